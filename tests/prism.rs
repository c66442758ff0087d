//! Prism, the mock server made from Pingback's own document, as the tests of the client rely on it.

#[path = "support/prism.rs"]
mod support;

use reqwest::{Client, StatusCode};
use support::Prism;

async fn get(prism: &Prism, prefer: &str) -> (StatusCode, serde_json::Value) {
    let response = Client::new()
        .get(format!("{}/subscriber/ada%40example.com", prism.url()))
        .header("x-api-key", "key")
        .header("prefer", prefer)
        .send()
        .await
        .expect("an answer");
    let status = response.status();
    let body = response.bytes().await.expect("a body");
    (status, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test]
async fn a_status_can_be_asked_for() {
    let Some(prism) = Prism::start("a_status_can_be_asked_for") else {
        return;
    };
    let (status, body) = get(&prism, "code=404").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{}", prism.log());
    assert_eq!(body["errorCode"], "SUBSCRIBER_NOT_FOUND");
    // Prism answers for itself when the document lacks the status, in a form of its own.
    let (status, body) = get(&prism, "code=403").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(body["type"], "https://stoplight.io/prism/errors#NOT_FOUND");
}

/// Why tests of successes ask for `dynamic=true`: the document's own example is a number where the schema has
/// a string, and Prism repeats it.
#[tokio::test]
async fn the_example_of_a_subscriber_breaks_its_own_schema() {
    let Some(prism) = Prism::start("the_example_of_a_subscriber_breaks_its_own_schema") else {
        return;
    };
    let (_, body) = get(&prism, "code=200").await;
    assert_eq!(body["data"]["customFields"][0]["value"], 25);
    let (status, body) = get(&prism, "code=200, dynamic=true").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body["data"]["email"].is_string(), "{body}");
}
