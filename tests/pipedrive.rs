//! Pipedrive's errors, generated from its error page alone: an app responds with them over HTTP, and a client decodes them.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use pingback_consumer::pipedrive::{DateTime, Error, ErrorBody, ErrorCode};
use serde_json::{Value, json};

/// An app that responds to each request with the error whose code is the path.
async fn app() -> String {
    async fn respond(Path(code): Path<String>) -> Result<&'static str, Error> {
        let code: ErrorCode = code.parse().expect("the test asks for a code");
        let mut error = Error::new(code, "why it failed");
        if code == ErrorCode::RateLimitExceeded {
            error.body.data.retry_by = Some(time("2021-11-26T13:42:17.191Z"));
        }
        Err(error)
    }
    let app = Router::new().route("/{code}", get(respond));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

fn time(text: &str) -> DateTime {
    text.parse().expect("a date and time")
}

#[tokio::test]
async fn each_error_of_an_app_is_decoded_as_the_same_error() {
    let app = app().await;
    for &code in ErrorCode::ALL {
        let response = reqwest::get(format!("{app}/{code}")).await.expect("a response");
        assert_eq!(response.headers()["content-type"], "application/json");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a body");
        let error = Error::from_parts(status, &body).expect("an error that is known");
        assert_eq!((error.code, error.status), (code, code.status()));
        assert_eq!(error.message(), Some("why it failed"));
        assert!(!error.body.success);
    }
}

#[tokio::test]
async fn bodies_have_the_form_that_the_page_shows() {
    let app = app().await;
    let ask = async |code: ErrorCode| {
        let response = reqwest::get(format!("{app}/{code}")).await.expect("a response");
        let status = response.status();
        let body: Value = serde_json::from_str(&response.text().await.expect("a body")).expect("JSON");
        (status, body)
    };
    assert_eq!(
        ask(ErrorCode::AccountSuspended).await,
        (
            StatusCode::UNAUTHORIZED,
            json!({"success": false, "data": {"message": "why it failed", "code": "ACCOUNT_SUSPENDED"}})
        )
    );
    assert_eq!(
        ask(ErrorCode::RateLimitExceeded).await,
        (
            StatusCode::TOO_MANY_REQUESTS,
            json!({"success": false, "data": {
                "message": "why it failed",
                "code": "RATE_LIMIT_EXCEEDED",
                "retry_by": "2021-11-26T13:42:17.191Z"
            }})
        )
    );
}

#[test]
fn errors_with_the_same_status_are_distinguished() {
    let read = |code: &str| {
        let body = format!(r#"{{"success":false,"data":{{"message":"no","code":"{code}"}}}}"#);
        Error::from_parts(401, body.as_bytes()).map(|error| error.code)
    };
    assert_eq!(read("UNAUTHORIZED"), Ok(ErrorCode::Unauthorized));
    assert_eq!(read("ACCOUNT_SUSPENDED"), Ok(ErrorCode::AccountSuspended));
}

/// The example payloads of the page, with the missing comma added to one of them.
#[test]
fn the_examples_of_the_page_are_decoded() {
    let page = include_str!("../specs/pipedrive/errors.txt");
    let mut codes = Vec::new();
    for payload in page.lines().filter(|line| line.starts_with('{')) {
        let corrected = payload.replace("\" \"retry_by\"", "\", \"retry_by\"");
        let error = Error::from_parts(400, corrected.as_bytes()).expect("an example");
        if let Some(time) = &error.body.data.retry_by {
            assert_eq!(time.timestamp_millis(), 1_637_934_137_191);
        }
        codes.push(error.code);
    }
    assert_eq!(codes, ErrorCode::ALL);
}

#[test]
fn an_unknown_error_keeps_its_body() {
    let read = |body: &str| {
        let unknown = Error::from_parts(502, body.as_bytes()).expect_err("nothing that is known");
        assert_eq!((unknown.status(), unknown.body()), (502, body.as_bytes()));
        let code = unknown.code_str().map(str::to_owned);
        (code, unknown.code(), unknown.to_string())
    };
    assert!(read("<html>Bad Gateway</html>").2.contains("not JSON"));
    assert_eq!(
        read("{}").2,
        "status 502 with no known error: the body has no code"
    );
    let (text_of_code, code, text) = read(r#"{"success":false,"data":{"message":"no","code":"TEAPOT"}}"#);
    assert_eq!((text_of_code.as_deref(), code), (Some("TEAPOT"), None));
    assert!(text.contains("`TEAPOT` is not a known code"), "{text}");
    let (_, code, text) = read(r#"{"data":{"code":"NOT_FOUND"}}"#);
    assert_eq!(code, Some(ErrorCode::NotFound));
    assert!(text.contains("does not match its documentation"), "{text}");
}

#[test]
fn a_response_is_a_status_and_a_body() {
    let (status, body): (u16, ErrorBody) = ErrorCode::Forbidden.response("not yours");
    assert_eq!((status, body.data.code.as_str()), (403, "FORBIDDEN"));
    let response: http::Response<Vec<u8>> = Error::new(ErrorCode::Forbidden, "not yours").into();
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(
        serde_json::from_slice::<ErrorBody>(response.body()).expect("the body"),
        body
    );
    let error = Error::with_status(418, ErrorCode::Forbidden, "not yours");
    assert_eq!(error.to_string(), "FORBIDDEN (status 418): not yours");
}
