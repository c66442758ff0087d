//! A messaging app for Pipedrive that responds with errors in the form that Pipedrive's page requires. Pipedrive then
//! shows the error to its user.
//!
//! `cargo run --example pipedrive_app`, then `curl -i localhost:3000/channels/of-mallory`

use axum::extract::Path;
use axum::routing::get;
use axum::{Router, serve};
use pingback_consumer::pipedrive::{Error, ErrorCode};

/// The handler returns the error, which converts to a response with its status, code and body.
async fn channel(Path(id): Path<String>) -> Result<String, Error> {
    match id.as_str() {
        "of-ada" => Ok("{\"success\": true}".to_owned()),
        "of-mallory" => Err(Error::new(ErrorCode::AccountSuspended, "pay your bill first")),
        _ => Err(Error::new(
            ErrorCode::NotFound,
            format!("there is no channel `{id}`"),
        )),
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/channels/{id}", get(channel));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on {}", listener.local_addr()?);
    serve(listener, app).await
}
