//! Selecting and decoding responses, and turning errors back into responses.

use super::support::{
    API, Body, Code, DoItError, GET, Strict, api_error, body, call, core, error_impls, server_with,
};
use pingback_runtime as runtime;
use pingback_runtime::{Api, Call, Case, Error, ErrorCases, ErrorReply, OperationError, Request, Success};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use wiremock::ResponseTemplate;

/// An error whose code is nested in a list.
#[derive(Debug, PartialEq)]
enum Deep {
    Taken(serde_json::Value),
}

error_impls!(Deep, std::convert::Infallible, |_| None);

impl ErrorCases for Deep {
    const API: &'static Api = &Api {
        code_pointers: &["/errors/0/co~1de"],
        ..API
    };

    const CASES: &'static [Case<Self>] = &[Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken))];

    fn reply(&self) -> ErrorReply<'_> {
        match self {
            Self::Taken(body) => ErrorReply::json(0, body),
        }
    }
}

/// An error without a code, and with a body of any shape.
#[derive(Debug, PartialEq)]
enum Untyped {
    Bad(serde_json::Value),
}

error_impls!(Untyped, std::convert::Infallible, |_| None);

impl ErrorCases for Untyped {
    const API: &'static Api = &API;

    const CASES: &'static [Case<Self>] = &[Case::status(400, |r| runtime::json(r).map(Self::Bad))];

    fn reply(&self) -> ErrorReply<'_> {
        match self {
            Self::Bad(body) => ErrorReply::json(0, body),
        }
    }
}

#[tokio::test]
async fn a_success_derefs_to_its_body_and_keeps_status_and_headers() {
    let template = ResponseTemplate::new(200)
        .set_body_json(json!({"error": "none"}))
        .insert_header("x-left", "4");
    let response = call::<DoItError>(template).await.expect("a success");
    assert_eq!(response.error, "none");
    assert_eq!(response.status(), 200);
    assert_eq!(response.header::<u32>("x-left"), Some(4));
}

#[tokio::test]
async fn cases_are_selected_by_status_and_code() {
    let with = |status, code: serde_json::Value| {
        ResponseTemplate::new(status).set_body_json(json!({"error": "e", "errorCode": code}))
    };
    assert_eq!(
        api_error(with(400, json!("TAKEN"))).await,
        DoItError::Taken(body("e"))
    );
    assert_eq!(
        api_error(with(400, json!(2604))).await,
        DoItError::Numeric(body("e"))
    );
    assert_eq!(
        api_error(with(409, json!("TAKEN"))).await,
        DoItError::Conflict(body("e"))
    );
    assert_eq!(api_error(ResponseTemplate::new(410)).await, DoItError::Gone);
    assert_eq!(
        api_error(with(418, json!("X"))).await,
        DoItError::Client(http::StatusCode::IM_A_TEAPOT)
    );
    assert_eq!(
        api_error(ResponseTemplate::new(500)).await,
        DoItError::Server(http::StatusCode::INTERNAL_SERVER_ERROR)
    );
}

#[tokio::test]
async fn an_undocumented_code_keeps_the_complete_response() {
    let sent = json!({"error": "e", "errorCode": "NEW", "requestId": "r1", "more": [1]});
    let template = ResponseTemplate::new(400)
        .set_body_json(&sent)
        .insert_header("retry-after", "7");
    let Err(Error::Undocumented(response)) = call::<DoItError>(template).await else {
        panic!("undocumented")
    };
    assert_eq!(response.code_str(), Some("NEW"));
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(response.body()).expect("JSON"),
        sent
    );
    assert_eq!(response.to_string(), "doIt: 400 NEW: e [request r1]");
}

#[tokio::test]
async fn html_from_a_proxy_is_undocumented() {
    let template = ResponseTemplate::new(502).set_body_raw("<h1>Bad Gateway</h1>", "text/html");
    let Err(Error::Undocumented(response)) = call::<Strict>(template).await else {
        panic!("undocumented")
    };
    assert_eq!(&response.body()[..], b"<h1>Bad Gateway</h1>");
}

#[tokio::test]
async fn an_undocumented_success_matches_no_error_case() {
    let template = ResponseTemplate::new(206).set_body_json(json!({}));
    assert!(matches!(
        call::<DoItError>(template).await,
        Err(Error::Undocumented(_))
    ));
}

#[tokio::test]
async fn a_documented_status_with_an_invalid_body_keeps_its_bytes() {
    let template = ResponseTemplate::new(400).set_body_raw("<oops>", "text/html");
    let Err(Error::Decode(error)) = call::<Strict>(template).await else {
        panic!("a decode error")
    };
    assert_eq!(error.status(), 400);
    assert_eq!(&error.body()[..], b"<oops>");
}

/// The response of an error, as a mock server sends it.
fn template(error: &impl OperationError) -> ResponseTemplate {
    let (parts, body) = error.to_response().into_parts();
    let template = ResponseTemplate::new(parts.status).set_body_bytes(body);
    match parts.headers.get("content-type") {
        Some(media_type) => template.insert_header("content-type", media_type),
        None => template,
    }
}

#[tokio::test]
async fn the_response_of_an_error_is_read_as_the_same_error() {
    let body = |error: &str| Body {
        error: error.to_owned(),
    };
    let status = |status| http::StatusCode::from_u16(status).expect("a status");
    for error in [
        DoItError::Taken(body("a")),
        DoItError::Numeric(body("b")),
        DoItError::Conflict(body("c")),
        DoItError::Gone,
        DoItError::Client(status(418)),
        DoItError::Server(status(503)),
    ] {
        assert_eq!(api_error(template(&error)).await, error);
    }
}

#[test]
fn the_response_of_an_error_has_its_status_code_and_content_type() {
    let body = Body {
        error: "a".to_owned(),
    };
    let shown = |error: DoItError| {
        let text = String::from_utf8(error.to_body().to_vec()).expect("text");
        (
            error.status().as_u16(),
            error.code_str(),
            error.content_type(),
            text,
        )
    };
    let json = Some("application/json");
    let text = r#"{"error":"a","errorCode":"TAKEN"}"#.to_owned();
    assert_eq!(
        shown(DoItError::Taken(body.clone())),
        (400, Some("TAKEN"), json, text)
    );
    let text = r#"{"error":"a","errorCode":2604}"#.to_owned();
    assert_eq!(
        shown(DoItError::Numeric(body.clone())),
        (400, Some("2604"), json, text)
    );
    let text = r#"{"error":"a"}"#.to_owned();
    assert_eq!(
        shown(DoItError::Conflict(body)),
        (409, None, Some("application/problem+json"), text)
    );
    assert_eq!(shown(DoItError::Gone), (410, None, None, String::new()));
}

#[test]
fn a_code_is_inserted_at_its_pointer() {
    let written = |body: serde_json::Value| -> serde_json::Value {
        serde_json::from_slice(&Deep::Taken(body).to_body()).expect("JSON")
    };
    let whole = json!({"errors": [{"co/de": "TAKEN"}]});
    assert_eq!(written(json!(null)), whole);
    assert_eq!(written(json!({"errors": []})), whole);
    assert_eq!(written(json!({"errors": [{"co/de": "OTHER"}]})), whole);
    assert_eq!(
        written(json!({"a": 1, "errors": [{"co/de": null, "b": 2}, 3]})),
        json!({"a": 1, "errors": [{"co/de": "TAKEN", "b": 2}, 3]})
    );
    // A body that has no room for the code is not changed.
    assert_eq!(written(json!({"errors": "x"})), json!({"errors": "x"}));
}

#[tokio::test]
async fn an_error_is_displayed_on_one_line() {
    let body = json!({"error": "It is\n  taken.", "errorCode": "TAKEN", "requestId": "r1"});
    let template = ResponseTemplate::new(400)
        .set_body_json(body)
        .insert_header("retry-after", "3");
    let error = call::<Strict>(template).await.expect_err("an error");
    assert!(matches!(error.kind(), Some(Strict::Taken(_))));
    assert_eq!((error.operation(), error.code_str()), ("doIt", Some("TAKEN")));
    assert_eq!(error.code(), Some(Code::Taken));
    assert_eq!(error.message(), Some("It is\n  taken."));
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert!(!error.is_retryable());
    assert_eq!(error.to_string(), "doIt: 400 TAKEN: It is taken. [request r1]");

    let html = "<html>\n  <b>Bad gateway</b>\n</html>";
    let template = ResponseTemplate::new(502).set_body_raw(html, "text/html");
    let error = call::<Strict>(template).await.expect_err("an error");
    assert!(error.is_retryable() && error.kind().is_none());
    assert_eq!(
        error.to_string(),
        "doIt: 502 Bad Gateway: <html> <b>Bad gateway</b> </html> (undocumented)"
    );

    // The code and the message of a body that cannot be decoded are displayed, too.
    let body = json!({"error": 5, "errorCode": "TAKEN", "requestId": "r2"});
    let template = ResponseTemplate::new(400).set_body_json(body);
    let error = call::<Strict>(template).await.expect_err("an error");
    assert!(matches!(error, Error::Decode(_)));
    assert_eq!(
        (error.code_str(), error.message(), error.request_id()),
        (Some("TAKEN"), Some("5"), Some("r2"))
    );
    let template = ResponseTemplate::new(200).set_body_json(json!({"requestId": "r3"}));
    let error = call::<Strict>(template).await.expect_err("an error");
    assert_eq!(error.request_id(), Some("r3"));
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn an_error_value_is_displayed_with_status_code_and_message() {
    let teapot = DoItError::Client(http::StatusCode::IM_A_TEAPOT);
    let shown = [
        (
            DoItError::Taken(body("It is\n  taken.")),
            "400 TAKEN: It is taken.",
        ),
        (DoItError::Numeric(body("No.")), "400 2604: No."),
        (DoItError::Conflict(body("Again.")), "409 Conflict: Again."),
        (DoItError::Gone, "410 Gone"),
        (teapot, "418 I'm a teapot"),
    ];
    for (error, text) in shown {
        assert_eq!(error.to_string(), text);
        let error: &dyn std::error::Error = &error;
        assert!(error.source().is_none());
    }
    // Without a code and a message the start of the body is displayed.
    assert_eq!(
        Untyped::Bad(json!({"why": 1})).to_string(),
        r#"400 Bad Request: {"why":1}"#
    );
}

#[tokio::test]
async fn a_code_is_typed_if_it_is_documented() {
    let with = |status: u16, code: serde_json::Value| {
        ResponseTemplate::new(status).set_body_json(json!({"error": "e", "errorCode": code}))
    };
    let error = call::<DoItError>(with(400, json!(2604)))
        .await
        .expect_err("an error");
    assert_eq!(
        (error.code(), error.code_str()),
        (Some(Code::Numeric), Some("2604"))
    );
    let Error::Api(error) = error else {
        panic!("a documented error")
    };
    assert_eq!(
        (error.code(), error.code_str()),
        (Some(Code::Numeric), Some("2604"))
    );
    assert_eq!(
        (error.kind.code(), error.kind.code_str()),
        (Some(Code::Numeric), Some("2604"))
    );
    assert_eq!(DoItError::Gone.code(), None);

    // A documented code with a status that is not documented for it is typed, too.
    let error = call::<Strict>(with(500, json!("TAKEN")))
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Undocumented(_)));
    assert_eq!(error.code(), Some(Code::Taken));

    let error = call::<Strict>(with(400, json!("NEW")))
        .await
        .expect_err("an error");
    assert_eq!((error.code(), error.code_str()), (None, Some("NEW")));
}

#[tokio::test]
async fn errors_give_access_to_their_response() {
    let template = ResponseTemplate::new(409)
        .set_body_json(json!({"error": "e", "errorCode": "X", "requestId": "r1"}))
        .insert_header("retry-after", "7");
    let Err(Error::Api(error)) = call::<DoItError>(template).await else {
        panic!("a documented error")
    };
    assert_eq!((error.operation(), error.status().as_u16()), ("doIt", 409));
    assert_eq!(error.headers()["retry-after"], "7");
    assert_eq!(error.body(), error.response().body());
    assert_eq!((error.message(), error.request_id()), (Some("e"), Some("r1")));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(!error.is_retryable());
    assert_eq!(error.into_response().code_str(), Some("X"));

    let template = ResponseTemplate::new(400)
        .set_body_json(json!({"errorCode": "TAKEN", "requestId": "r2"}))
        .insert_header("retry-after", "8");
    let Err(Error::Decode(error)) = call::<Strict>(template).await else {
        panic!("a decode error")
    };
    assert_eq!((error.operation(), error.status().as_u16()), ("doIt", 400));
    assert_eq!(error.headers()["retry-after"], "8");
    assert_eq!(error.body(), error.response().body());
    assert_eq!((error.message(), error.request_id()), (None, Some("r2")));
    assert_eq!(error.code_str(), Some("TAKEN"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(8)));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_decode_error_names_the_place() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[allow(dead_code, reason = "only decoded")]
        list: Vec<Body>,
    }
    const READ: Success<Outer> = &[Case::status(200, runtime::json)];
    let cases = [
        (r#"{"list": [{"error": "a"}, {"error": 5}]}"#, "/list/1/error"),
        (r#"{"list": [{"error": "a"}, {"wrong": 5}]}"#, "/list/1"),
        (r#"{"a/b": {"x": [1, {}]}, "list": true}"#, "/list"),
        ("{\n  \"list\": [\n    {\"error\": null}\n  ]\n}", "/list/0/error"),
    ];
    for (text, place) in cases {
        let server = server_with(ResponseTemplate::new(200).set_body_raw(text, "application/json")).await;
        let core = core(&server);
        let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(READ).await;
        let Err(Error::Decode(error)) = result else {
            panic!("a decode error")
        };
        assert_eq!(error.place(), place, "{text}: {error}");
    }
}
