//! The generated client apart from its error enums: the requests that it sends, where it sends the key, and what
//! errors keep of an unexpected response.

use pingback_generated::models::{NewSubscriber, SubscriberStatus, UpdateSubscriberBody};
use pingback_generated::operations::GetSubscriberError;
use pingback_generated::{Client, Error};
use serde_json::json;
use wiremock::matchers::{any, body_json, header, header_exists, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

fn client(server: &MockServer) -> Client {
    Client::builder()
        .base_url(server.uri())
        .api_key("top-secret")
        .build()
        .expect("a valid client")
}

async fn server_with(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("recording is on")
}

fn found() -> ResponseTemplate {
    ResponseTemplate::new(200)
        .set_body_json(json!({ "data": { "id": "1", "email": "ada@example.com" }, "requestId": "r" }))
}

#[tokio::test]
async fn key_and_developer_mode_are_set_once_on_the_client() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/subscriber/ada%40example.com"))
        .and(header("x-api-key", "top-secret"))
        .and(header("x-developer-mode", "true"))
        .respond_with(found())
        .expect(1)
        .mount(&server)
        .await;
    let client = Client::builder()
        .base_url(server.uri())
        .api_key("top-secret")
        .developer_mode(true)
        .build()
        .expect("a valid client");

    let found = client.get_subscriber("ada@example.com").await.expect("a success");

    assert_eq!(found.status(), 200);
    assert_eq!(found.request_id.as_deref(), Some("r"));
    assert_eq!(
        found.data.as_ref().map(|subscriber| subscriber.email.as_str()),
        Some("ada@example.com")
    );
}

#[tokio::test]
async fn developer_mode_is_not_sent_unless_it_is_set() {
    let server = server_with(found()).await;
    client(&server).get_subscriber("a").await.expect("a success");
    assert!(
        !received(&server).await[0]
            .headers
            .contains_key("x-developer-mode")
    );
}

#[test]
fn a_client_without_the_key_cannot_be_built() {
    let error = Client::builder().build().expect_err("the key is required");
    assert!(error.to_string().contains("api_key"), "{error}");
}

#[tokio::test]
async fn a_request_body_has_no_read_only_member_and_no_null() {
    let server = MockServer::start().await;
    Mock::given(body_json(
        json!({ "email": "ada@example.com", "status": "paid_subscriber" }),
    ))
    .respond_with(ResponseTemplate::new(201).set_body_json(json!({})))
    .expect(1)
    .mount(&server)
    .await;
    let subscriber = NewSubscriber {
        status: Some(SubscriberStatus::PaidSubscriber),
        ..NewSubscriber::new("ada@example.com")
    };
    client(&server)
        .create_subscriber(subscriber)
        .await
        .expect("a success");
}

#[tokio::test]
async fn an_optional_body_is_sent_only_when_it_is_given() {
    let server = server_with(found()).await;
    let client = client(&server);

    client.update_subscriber("a").await.expect("a success");
    let body = UpdateSubscriberBody {
        name: Some("Ada".to_owned()),
        ..UpdateSubscriberBody::default()
    };
    client.update_subscriber("a").body(body).await.expect("a success");

    let requests = received(&server).await;
    assert!(requests[0].body.is_empty());
    assert!(!requests[0].headers.contains_key("content-type"));
    assert_eq!(requests[1].body, br#"{"name":"Ada"}"#);
    assert_eq!(requests[1].headers["content-type"], "application/json");
}

#[tokio::test]
async fn path_parameters_are_percent_encoded() {
    let server = server_with(found()).await;
    let client = client(&server);
    let texts = [
        "a/b",
        "a?b",
        "a#b",
        "a%b",
        "a%2Fb",
        "zwölf 日本",
        "a..b",
        "...",
        "a b+c&d=e;f",
        "\u{7f}\n",
    ];
    for text in texts {
        client.get_subscriber(text).await.expect("a success");
    }
    for (request, text) in received(&server).await.iter().zip(texts) {
        let segments: Vec<_> = request.url.path_segments().expect("a path").collect();
        assert_eq!(segments.len(), 2, "{text:?}: {}", request.url);
        let decoded = percent_encoding::percent_decode_str(segments[1])
            .decode_utf8()
            .expect("UTF-8");
        assert_eq!(decoded, text);
        assert_eq!((request.url.query(), request.url.fragment()), (None, None));
    }
}

#[tokio::test]
async fn path_parameters_that_a_url_cannot_contain_are_errors() {
    let server = server_with(found()).await;
    for text in [".", "..", ""] {
        match client(&server).get_subscriber(text).await {
            Err(Error::Request(error)) => {
                let message = error.to_string();
                assert!(
                    message.contains("email") && message.contains("getSubscriber"),
                    "{message}"
                );
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
    assert!(received(&server).await.is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed_with_the_key() {
    let server = MockServer::start().await;
    Mock::given(path("/subscriber/old"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", "/subscriber/new"))
        .mount(&server)
        .await;
    Mock::given(path("/subscriber/new"))
        .and(header("x-api-key", "top-secret"))
        .respond_with(found())
        .expect(1)
        .mount(&server)
        .await;
    client(&server)
        .get_subscriber("old")
        .await
        .expect("the redirect is followed");
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_never_sent_the_key() {
    let other = server_with(found()).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/elsewhere", other.uri());
        let server = server_with(ResponseTemplate::new(status).insert_header("location", location)).await;
        let _ = client(&server).get_subscriber("a").await;
        let _ = client(&server)
            .create_subscriber(NewSubscriber::new("a@example.com"))
            .await;
        let _ = client(&server).remove_subscriber_from_segment("1", "a").await;
    }
    for request in received(&other).await {
        assert!(!request.headers.contains_key("x-api-key"), "{request:?}");
        assert!(request.body.is_empty(), "{request:?}");
    }
}

#[tokio::test]
async fn the_error_of_an_undocumented_status_has_the_whole_response() {
    let server = server_with(
        ResponseTemplate::new(418)
            .insert_header("x-brew", "tea")
            .set_body_string("<h1>I'm a teapot</h1>"),
    )
    .await;
    match client(&server).get_subscriber("a").await {
        Err(Error::Undocumented(response)) => {
            assert_eq!(response.status(), 418);
            assert_eq!(response.headers()["x-brew"], "tea");
            assert_eq!(response.body().as_ref(), b"<h1>I'm a teapot</h1>");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_error_of_an_undocumented_code_has_the_whole_response() {
    let body = json!({ "error": "Gone fishing.", "errorCode": "GONE_FISHING", "more": [1, 2] });
    let server = server_with(ResponseTemplate::new(404).set_body_json(&body)).await;
    match client(&server).get_subscriber("a").await {
        Err(Error::Undocumented(response)) => {
            assert_eq!(response.status(), 404);
            assert_eq!(response.code_str(), Some("GONE_FISHING"));
            assert_eq!(
                serde_json::from_slice::<serde_json::Value>(response.body()).expect("JSON"),
                body
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_error_of_a_body_that_is_not_json_has_its_bytes() {
    let server = server_with(ResponseTemplate::new(500).set_body_string("<html>proxy</html>")).await;
    match client(&server).get_subscriber("a").await {
        Err(Error::Decode(error)) => {
            assert_eq!(error.status(), 500);
            assert_eq!(error.body().as_ref(), b"<html>proxy</html>");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_error_of_a_mismatched_success_names_the_member() {
    let server =
        server_with(ResponseTemplate::new(200).set_body_json(json!({ "data": { "email": 7 } }))).await;
    match client(&server).get_subscriber("a").await {
        Err(Error::Decode(error)) => {
            let message = error.to_string();
            assert!(
                message.contains("data.email") || message.contains("/data/email"),
                "{message}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_key_is_never_displayed() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:9")
        .api_key("top-secret")
        .build()
        .expect("valid");
    let error = client
        .get_subscriber("a")
        .await
        .expect_err("no server listens there");
    for text in [format!("{client:?}"), format!("{error:?}"), error.to_string()] {
        assert!(!text.contains("top-secret"), "{text}");
    }
}

#[tokio::test]
async fn a_code_is_decoded_only_for_operations_that_document_it() {
    let server =
        server_with(ResponseTemplate::new(404).set_body_json(json!({ "errorCode": "SUBSCRIBER_NOT_FOUND" })))
            .await;
    match client(&server).get_subscriber("a").await {
        Err(Error::Api(error)) => {
            assert!(
                matches!(error.kind, GetSubscriberError::SubscriberNotFound(_)),
                "{error:?}"
            );
        }
        other => panic!("{other:?}"),
    }
    // The same code where the document doesn't list it for the operation.
    match client(&server)
        .create_subscriber(NewSubscriber::new("a@example.com"))
        .await
    {
        Err(Error::Undocumented(response)) => assert_eq!(response.code_str(), Some("SUBSCRIBER_NOT_FOUND")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_key_is_sent_as_a_header_only() {
    let server = MockServer::start().await;
    Mock::given(header_exists("x-api-key"))
        .respond_with(found())
        .expect(1)
        .mount(&server)
        .await;
    client(&server).get_subscriber("a").await.expect("a success");
    assert!(!received(&server).await[0].url.as_str().contains("top-secret"));
}
