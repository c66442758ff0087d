//! The client of `specs/corpus/errors.yaml`, called over HTTP: an API whose errors have several shapes.

use corpus::errors::operations::{GetNewError, GetOldError, PutOldError};
use corpus::errors::{Client, Error, ErrorCode, OperationError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn client(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    (server, client)
}

fn template(status: u16, body: &str, media_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, media_type)
}

/// Status, body and media type of a response, and the expected code, message and variant.
type Expectation = (
    u16,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

#[tokio::test]
async fn codes_and_messages_are_found_in_all_shapes() {
    let expectations: [Expectation; 6] = [
        (
            400,
            r#"{"errorCode":17,"error":"No"}"#,
            "application/json",
            Some("17"),
            Some("No"),
            "Code17",
        ),
        (
            404,
            r#"{"error":{"code":"THING_GONE","detail":"It went"}}"#,
            "application/json",
            Some("THING_GONE"),
            Some("It went"),
            "ThingGone",
        ),
        (
            404,
            r#"{"error":{"code":"THING_HIDDEN"}}"#,
            "application/json",
            Some("THING_HIDDEN"),
            None,
            "ThingHidden",
        ),
        (
            422,
            r#"{"errors":[{"code":"NAME_SHORT","detail":"Too short"},{"code":"NAME_LONG"}]}"#,
            "application/vnd.api+json",
            Some("NAME_SHORT"),
            Some("Too short"),
            "NameShort",
        ),
        (
            422,
            r#"{"errors":[{"code":"NAME_LONG"}]}"#,
            "application/vnd.api+json",
            Some("NAME_LONG"),
            None,
            "NameLong",
        ),
        (
            409,
            r#"{"title":"It is taken","status":409}"#,
            "application/problem+json",
            None,
            Some("It is taken"),
            "Conflict",
        ),
    ];
    for (status, body, media_type, code, message, variant) in expectations {
        let (_server, client) = client(template(status, body, media_type)).await;
        let Err(Error::Api(error)) = client.get_new("1").await else {
            panic!("{body} is documented");
        };
        assert_eq!((error.code_str(), error.message()), (code, message), "{body}");
        let shown = format!("{:?}", error.kind);
        assert!(shown.starts_with(variant), "{shown}");
        assert_eq!(error.kind.code_str(), code);
        assert_eq!(error.kind.code().map(ErrorCode::as_str), code);
        let again: serde_json::Value = serde_json::from_slice(&error.kind.to_body()).expect("JSON");
        let first: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(again, first);
    }
    // The code is inserted at the pointer that is documented for this error.
    let gone = GetNewError::ThingGone(serde_json::from_str(r#"{"error":{"code":"?"}}"#).expect("the type"));
    assert_eq!(&gone.to_body()[..], br#"{"error":{"code":"THING_GONE"}}"#);
    let short = r#"{"errors":[{"code":"NAME_SHORT","detail":"Too short"}]}"#;
    let body: corpus::errors::models::JsonApi = serde_json::from_str(short).expect("the type");
    assert_eq!(body.to_string(), "Too short");
    assert!(ErrorCode::ALL.iter().any(|code| code.as_str() == "NAME_LONG"));
}

#[tokio::test]
async fn errors_can_be_text_html_or_empty() {
    let (_server, old) = client(template(401, r#""who are you?""#, "application/json")).await;
    let Err(Error::Api(error)) = old.get_old("1").await else {
        panic!("a text is documented");
    };
    assert!(matches!(&error.kind, GetOldError::Unauthorized(text) if text == "who are you?"));
    let (_server, old) = client(template(503, "<h1>no</h1>", "text/html")).await;
    let Err(Error::Api(error)) = old.put_old("1").await else {
        panic!("a page is documented");
    };
    assert!(
        matches!(&error.kind, PutOldError::ServerError(status, page) if *status == 503 && page == "<h1>no</h1>")
    );
    let (_server, old) = client(ResponseTemplate::new(403)).await;
    let Err(Error::Api(error)) = old.put_old("1").await else {
        panic!("nothing is documented");
    };
    assert!(matches!(&error.kind, PutOldError::Forbidden));
    // A proxy's HTML page instead of the documented JSON.
    let (_server, old) = client(template(400, "<h1>no</h1>", "text/html")).await;
    let Err(Error::Decode(error)) = old.put_old("1").await else {
        panic!("a page is not documented");
    };
    assert_eq!(&error.body()[..], b"<h1>no</h1>");
}
