//! A server that uses the client's error enums: the client decodes the same error that the handler returned.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use pingback_consumer::built::pingback_generated::models::ErrorBody;
use pingback_consumer::built::pingback_generated::operations::GetSubscriberError;
use pingback_consumer::built::pingback_generated::{Client, ErrorCode, OperationError};
use serde_json::{Value, json};

fn body(message: &str) -> ErrorBody {
    ErrorBody {
        error: Some(message.to_owned()),
        ..ErrorBody::default()
    }
}

/// Knows one subscriber.
async fn subscriber(Path(email): Path<String>) -> Result<String, GetSubscriberError> {
    match email.as_str() {
        "ada@example.com" => Ok(json!({"data": {"email": email}}).to_string()),
        "eve@example.com" => Err(GetSubscriberError::Forbidden(body("You again."))),
        _ => Err(GetSubscriberError::SubscriberNotFound(body("Who?"))),
    }
}

#[tokio::test]
async fn the_client_decodes_the_error_that_a_handler_returned() {
    let app = Router::new().route("/subscriber/{email}", get(subscriber));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .api_key("key")
        .pace(None)
        .build()
        .expect("a valid client");

    assert!(client.get_subscriber("ada@example.com").await.is_ok());
    let ask = async |email: &str| client.get_subscriber(email).await.expect_err("an error");
    let error = ask("eve@example.com").await;
    assert!(matches!(error.kind(), Some(GetSubscriberError::Forbidden(_))));
    assert_eq!(error.code(), Some(ErrorCode::Forbidden));
    let error = ask("bob@example.com").await;
    assert!(matches!(
        error.kind(),
        Some(GetSubscriberError::SubscriberNotFound(_))
    ));
    assert_eq!((error.message(), error.is_retryable()), (Some("Who?"), false));
    assert_eq!(error.to_string(), "getSubscriber: 404 SUBSCRIBER_NOT_FOUND: Who?");
}

#[test]
fn an_error_is_a_response() {
    let error = GetSubscriberError::TooManyRequests(body("Slowly."));
    assert_eq!(error.content_type(), Some("application/json"));
    let response: http::Response<Vec<u8>> = error.into();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(
        serde_json::from_slice::<Value>(response.body()).expect("JSON"),
        json!({"error": "Slowly.", "errorCode": "TOO_MANY_REQUESTS"})
    );
}
