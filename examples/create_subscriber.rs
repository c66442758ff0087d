//! Creates a subscriber, and handles every documented error.
//!
//! Without `PINGBACK_URL` a mock server in this process responds: the first call creates the subscriber, and
//! the second one fails, since the subscriber exists.

use pingback_generated::models::{ErrorBody, NewSubscriber};
use pingback_generated::operations::CreateSubscriberError;
use pingback_generated::{Client, Error, ErrorCode, OperationError};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mock, url) = if let Ok(url) = std::env::var("PINGBACK_URL") {
        (None, url)
    } else {
        let mock = mock_server().await;
        let url = mock.uri();
        (Some(mock), url)
    };
    let key = std::env::var("PINGBACK_API_KEY").unwrap_or_else(|_| "example-key".to_owned());
    let client = Client::builder()
        .base_url(url)
        .api_key(key)
        .developer_mode(true)
        .build()?;

    create(&client, "ada@example.com").await?;
    create(&client, "ada@example.com").await?;
    drop(mock);
    Ok(())
}

async fn create(client: &Client, email: &str) -> Result<(), Box<dyn std::error::Error>> {
    match client.create_subscriber(NewSubscriber::new(email)).await {
        Ok(created) => {
            let id = created
                .data
                .as_ref()
                .and_then(|subscriber| subscriber.id.as_deref());
            println!("created {email} as {}", id.unwrap_or("a subscriber without id"));
            println!("  status {}, request {:?}", created.status(), created.request_id);
        }
        Err(Error::Api(error)) => {
            println!("{email} was rejected: {error}");
            if let Some(action) = error.code().and_then(ErrorCode::suggested_action) {
                println!("  suggested action: {action}");
            }
            // No wildcard: when the API documents another code, this match stops compiling.
            match error.kind {
                CreateSubscriberError::SubscriberAlreadyExists(_) => println!("  fine, nothing to do"),
                CreateSubscriberError::SegmentationListNotFound(_) => println!("  check the list ids"),
                CreateSubscriberError::MissingBody(body) | CreateSubscriberError::InvalidInput(body) => {
                    println!("  correct the input: {body}");
                }
                CreateSubscriberError::Forbidden(_) => println!("  check the API key"),
                CreateSubscriberError::TooManyRequests(_) | CreateSubscriberError::InternalServerError(_) => {
                    println!("  try again later");
                }
            }
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

async fn mock_server() -> MockServer {
    let server = MockServer::start().await;
    let create = || {
        Mock::given(method("POST"))
            .and(path("/subscriber"))
            .and(header("x-developer-mode", "true"))
    };
    create()
        .respond_with(ResponseTemplate::new(201).set_body_json(serde_json::json!({
            "data": { "id": "7c2f", "email": "ada@example.com", "status": "free_subscriber" },
            "requestId": "ff37b0a8-de19-4f72-a7ed-0bd1cb73f29f"
        })))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    let exists = CreateSubscriberError::SubscriberAlreadyExists(ErrorBody {
        error: Some("Subscriber already exists.".to_owned()),
        request_id: Some("0a6c2f0e-52a1-4ecf-b3a5-5f0a3b1d9a11".to_owned()),
        ..ErrorBody::default()
    });
    let (parts, body) = exists.to_response().into_parts();
    create()
        .respond_with(ResponseTemplate::new(parts.status).set_body_bytes(body))
        .mount(&server)
        .await;
    server
}
