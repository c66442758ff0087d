//! Redirects, and the request that is sent to the new location.

use super::support::{DONE, GET, KEY, OK, POST, Strict, builder, core, received, server_with};
use pingback_runtime::{Call, Error, Request};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_redirect_to_another_origin_does_not_send_the_key() {
    let other = server_with(ResponseTemplate::new(200).set_body_json(json!({"error": "moved"}))).await;
    let location = format!("{}/there", other.uri());
    let server = server_with(ResponseTemplate::new(302).insert_header("location", location)).await;
    let mut builder = builder(&server);
    builder.client_parameter(0, "yes");
    builder.header("x-tenant", "t");
    let core = builder.build().expect("a core");
    let mut request = Request::new(&GET);
    request.extra_header("x-extra", "e");
    let response = Call::new(&core, request)
        .send::<_, Strict>(OK)
        .await
        .expect("a success");
    assert_eq!(response.error, "moved");
    let request = &received(&other).await[0];
    for name in [
        "x-api-key",
        "x-developer-mode",
        "x-tenant",
        "x-extra",
        "cookie",
        "authorization",
        "referer",
    ] {
        assert!(
            !request.headers.contains_key(name),
            "{name} went to another origin"
        );
    }
    let home = &received(&server).await[0];
    assert_eq!(home.headers["x-tenant"], "t");
}

#[tokio::test]
async fn a_redirect_within_the_origin_sends_everything() {
    let server = MockServer::start().await;
    let here = ResponseTemplate::new(307).insert_header("location", "/elsewhere");
    Mock::given(path("/it")).respond_with(here).mount(&server).await;
    Mock::given(path("/elsewhere"))
        .and(method("POST"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let core = core(&server);
    let mut request = Request::new(&POST);
    request.json("application/json", json!({"a": 1}));
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let second = &received(&server).await[1];
    assert_eq!(second.headers["x-api-key"], KEY);
    assert_eq!(second.body, br#"{"a":1}"#);
}

#[tokio::test]
async fn a_post_is_not_redirected_to_another_origin() {
    let other = server_with(ResponseTemplate::new(204)).await;
    let server = server_with(ResponseTemplate::new(307).insert_header("location", other.uri())).await;
    let core = core(&server);
    let mut request = Request::new(&POST);
    request.json("application/json", json!({"a": 1}));
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Undocumented(response)) if response.status() == 307));
    assert!(received(&other).await.is_empty());
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = server_with(ResponseTemplate::new(302).insert_header("location", "/it")).await;
    let core = core(&server);
    let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Undocumented(response)) if response.status() == 302));
    assert_eq!(received(&server).await.len(), 11);
}
