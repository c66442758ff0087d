//! Redirects, and the request that is sent to the new location.

use super::support::{DONE, GET, KEY, OK, POST, Strict, builder, core, received, server_with};
use pingback_runtime::{Call, Case, Error, ErrorCases, Redirects, Request, Success};
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

/// A server that redirects `/it` with this status, and the server behind the redirect: itself, or another one.
async fn redirecting(status: u16, to_other: bool) -> (MockServer, Option<MockServer>) {
    let server = MockServer::start().await;
    let there = ResponseTemplate::new(200).set_body_json(json!({"error": "behind"}));
    let other = if to_other {
        Some(server_with(there).await)
    } else {
        Mock::given(path("/there"))
            .respond_with(there)
            .mount(&server)
            .await;
        None
    };
    let location = other.as_ref().map(MockServer::uri).unwrap_or_default() + "/there";
    let here = ResponseTemplate::new(status)
        .insert_header("location", location)
        .set_body_string("moved");
    Mock::given(path("/it")).respond_with(here).mount(&server).await;
    (server, other)
}

/// The successes of an operation that documents redirects and no 2xx.
const MOVED: Success<http::StatusCode> = &[
    Case::status(302, |reply| Ok(reply.status())),
    Case::range(3, |reply| Ok(reply.status())),
];

#[tokio::test]
async fn a_documented_redirect_is_the_success_and_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        for operation in [&GET, &POST] {
            let (server, other) = redirecting(status, true).await;
            let core = core(&server);
            let moved = Call::new(&core, Request::new(operation)).send::<_, Strict>(MOVED);
            let moved = moved.await.expect("a success");
            assert_eq!((moved.status().as_u16(), moved.as_u16()), (status, status));
            let other = other.expect("another server");
            assert_eq!(moved.headers()["location"], format!("{}/there", other.uri()));
            assert!(received(&other).await.is_empty());
            assert_eq!(received(&server).await.len(), 1);
        }
    }
}

/// The body of a documented redirect.
const PAGE: Success<String> = &[Case::status(303, pingback_runtime::text)];

#[tokio::test]
async fn the_body_of_a_documented_redirect_is_read_and_others_are_followed() {
    let (server, _) = redirecting(303, false).await;
    let core = core(&server);
    let page = Call::new(&core, Request::new(&GET)).send::<_, Strict>(PAGE);
    assert_eq!(*page.await.expect("a success"), "moved");
    let (server, _) = redirecting(302, false).await;
    let core = super::support::core(&server);
    let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(PAGE).await;
    // The page behind it is no documented response.
    assert!(matches!(result, Err(Error::Undocumented(response)) if response.status() == 200));
}

/// An error enum with a documented redirect.
#[derive(Debug, PartialEq)]
enum Elsewhere {
    Found,
}

super::support::error_impls!(Elsewhere, std::convert::Infallible, |_| None);

impl ErrorCases for Elsewhere {
    const API: &'static pingback_runtime::Api = &super::support::API;

    const CASES: &'static [Case<Self>] = &[Case::status(302, |_| Ok(Self::Found))];

    fn reply(&self) -> pingback_runtime::ErrorReply<'_> {
        pingback_runtime::ErrorReply::empty(0)
    }
}

/// Whether a GET with the client's and the request's setting follows a redirect to another origin or not.
async fn follows(client: Option<Redirects>, request: Option<Redirects>, to_other: bool) -> bool {
    let (server, other) = redirecting(302, to_other).await;
    let mut builder = builder(&server);
    if let Some(redirects) = client {
        builder.redirects(redirects);
    }
    let core = builder.build().expect("a core");
    let mut call = Request::new(&GET);
    if let Some(redirects) = request {
        call.redirects(redirects);
    }
    match Call::new(&core, call).send::<_, Elsewhere>(OK).await {
        Ok(response) => response.error == "behind",
        Err(Error::Api(error)) => {
            assert_eq!(error.kind, Elsewhere::Found);
            assert_eq!(error.status(), 302);
            assert!(error.headers().contains_key("location"));
            assert_eq!(error.body(), "moved");
            assert!(other.is_none() || received(&other.expect("another server")).await.is_empty());
            false
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_client_and_the_request_decide_which_redirects_are_followed() {
    use Redirects::{AnyOrigin, Never, SameOrigin};
    for (client, request, within, across) in [
        (None, None, true, true),
        (Some(AnyOrigin), None, true, true),
        (Some(SameOrigin), None, true, false),
        (Some(Never), None, false, false),
        (None, Some(SameOrigin), true, false),
        (None, Some(Never), false, false),
        (Some(Never), Some(AnyOrigin), true, true),
        (Some(AnyOrigin), Some(SameOrigin), true, false),
    ] {
        assert_eq!(
            follows(client, request, false).await,
            within,
            "{client:?} {request:?}"
        );
        assert_eq!(
            follows(client, request, true).await,
            across,
            "{client:?} {request:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_back_to_the_origin_sends_no_credentials() {
    let home = MockServer::start().await;
    let back = format!("{}/back", home.uri());
    let other = server_with(ResponseTemplate::new(302).insert_header("location", back)).await;
    let here = ResponseTemplate::new(302).insert_header("location", other.uri());
    Mock::given(path("/it")).respond_with(here).mount(&home).await;
    let body = ResponseTemplate::new(200).set_body_json(json!({"error": "back"}));
    Mock::given(path("/back")).respond_with(body).mount(&home).await;
    let core = core(&home);
    let response = Call::new(&core, Request::new(&GET)).send::<_, Strict>(OK).await;
    assert_eq!(response.expect("a success").error, "back");
    assert!(!received(&home).await[1].headers.contains_key("x-api-key"));
}

/// Sends `status`, a `Location` and the start of a body that never ends. Then answers the next request.
#[tokio::test]
async fn the_body_of_a_followed_redirect_is_not_read() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let mut open = Vec::new();
        for answer in [
            "HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 1000\r\n\r\nstart",
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 17\r\n\r\n{\"error\":\"there\"}",
        ] {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await.expect("a request");
            stream.write_all(answer.as_bytes()).await.expect("sent");
            open.push(stream);
        }
        open
    });
    let mut builder = pingback_runtime::CoreBuilder::new(&super::support::API);
    builder.base_url(format!("http://{address}"));
    builder.credential(0, pingback_runtime::Credential::fixed(KEY));
    let core = builder.build().expect("a core");
    let response = Call::new(&core, Request::new(&GET)).send::<_, Strict>(OK).await;
    assert_eq!(response.expect("a success").error, "there");
    drop(server.await);
}
