//! Calls of operations, against mock servers.

use pingback_runtime as runtime;
use pingback_runtime::{
    Api, BuildError, Call, Case, Core, CoreBuilder, Credential, CredentialKind, Error, ErrorReply, Form,
    HeaderError, Operation, OperationError, Pace, Request, Response, Retry, Style, Success,
    TransportErrorKind, TypedHeaders,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request as Received, ResponseTemplate};

const KEY: &str = "very-secret-key";

static API: Api = Api {
    user_agent: "test/1",
    base_url: None,
    credentials: &[
        ("api_key", CredentialKind::Header("x-api-key"), true),
        ("query_key", CredentialKind::Query("key"), false),
        ("cookie_key", CredentialKind::Cookie("session"), false),
        ("basic", CredentialKind::Basic, false),
        ("token", CredentialKind::Bearer, false),
    ],
    client_parameters: &[runtime::ClientParameter {
        name: "developer_mode",
        header: "x-developer-mode",
        required: false,
    }],
    code_pointers: &["/errorCode"],
    message_pointers: &["/error"],
    request_id_pointers: &["/requestId"],
    pace: None,
};

const fn operation(method: http::Method, path: &'static str) -> Operation {
    secured(method, path, &[&[0]])
}

const fn secured(
    method: http::Method,
    path: &'static str,
    security: &'static [&'static [usize]],
) -> Operation {
    Operation {
        id: "doIt",
        method,
        path,
        security,
        client_parameters: &[0],
        accept: "application/json",
        server: None,
    }
}

static GET: Operation = operation(http::Method::GET, "/it");
static POST: Operation = operation(http::Method::POST, "/it");
static GET_ONE: Operation = operation(http::Method::GET, "/things/{id}/parts");

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
struct Body {
    error: String,
}

#[derive(Debug, Clone, PartialEq)]
enum DoItError {
    Taken(Body),
    Numeric(Body),
    Conflict(Body),
    Gone,
    Client(http::StatusCode),
    Server(http::StatusCode),
}

impl OperationError for DoItError {
    const CASES: &'static [Case<Self>] = &[
        Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken)),
        Case::code(400, "2604", |r| runtime::json(r).map(Self::Numeric)).number(),
        Case::status(409, |r| runtime::json(r).map(Self::Conflict)),
        Case::status(410, |r| runtime::empty(r).map(|()| Self::Gone)),
        Case::range(4, |r| runtime::empty(r).map(|()| Self::Client(r.status()))),
        Case::default(|r| runtime::empty(r).map(|()| Self::Server(r.status()))),
    ];

    const CODE: &'static str = "/errorCode";

    fn answer(&self) -> ErrorReply<'_> {
        match self {
            Self::Taken(body) => ErrorReply::json(0, body),
            Self::Numeric(body) => ErrorReply::json(1, body),
            Self::Conflict(body) => ErrorReply::json(2, body).with_media_type("application/problem+json"),
            Self::Gone => ErrorReply::empty(3),
            Self::Client(status) => ErrorReply::empty(4).with_status(*status),
            Self::Server(status) => ErrorReply::empty(5).with_status(*status),
        }
    }
}

/// An error enum without cases for ranges and without a default.
#[derive(Debug, PartialEq)]
enum Strict {
    Taken(Body),
}

impl OperationError for Strict {
    const CASES: &'static [Case<Self>] = &[Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken))];

    const CODE: &'static str = "/errorCode";

    fn answer(&self) -> ErrorReply<'_> {
        match self {
            Self::Taken(body) => ErrorReply::json(0, body),
        }
    }
}

/// An error whose code is nested in a list.
#[derive(Debug, PartialEq)]
enum Deep {
    Taken(serde_json::Value),
}

impl OperationError for Deep {
    const CASES: &'static [Case<Self>] = &[Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken))];

    const CODE: &'static str = "/errors/0/co~1de";

    fn answer(&self) -> ErrorReply<'_> {
        match self {
            Self::Taken(body) => ErrorReply::json(0, body),
        }
    }
}

const OK: Success<Body> = &[Case::status(200, runtime::json)];
const DONE: Success<()> = &[Case::range(2, runtime::empty)];

fn builder(server: &MockServer) -> CoreBuilder {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.uri());
    builder.credential(0, Credential::fixed(KEY));
    builder
}

fn core(server: &MockServer) -> Core {
    builder(server).build().expect("all that is required is set")
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

async fn call<E: OperationError>(template: ResponseTemplate) -> Result<Response<Body>, Error<E>> {
    let server = answering(template).await;
    let core = core(&server);
    Call::new(&core, Request::new(&GET)).send(OK).await
}

async fn api_error(template: ResponseTemplate) -> DoItError {
    match call::<DoItError>(template).await {
        Err(Error::Api(error)) => error.kind,
        other => panic!("not a documented error: {other:?}"),
    }
}

async fn received(server: &MockServer) -> Vec<Received> {
    server.received_requests().await.expect("requests are recorded")
}

fn body(error: &str) -> Body {
    Body {
        error: error.to_owned(),
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
    assert_eq!(response.code(), Some("NEW"));
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(response.body()).expect("JSON"),
        sent
    );
    assert_eq!(response.to_string(), "doIt: 400 Bad Request NEW: e [request r1]");
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
        (error.status().as_u16(), error.code(), error.content_type(), text)
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
    let answer = ResponseTemplate::new(400)
        .set_body_json(body)
        .insert_header("retry-after", "3");
    let error = call::<Strict>(answer).await.expect_err("an error");
    assert!(matches!(error.kind(), Some(Strict::Taken(_))));
    assert_eq!((error.operation(), error.code()), ("doIt", Some("TAKEN")));
    assert_eq!(error.message(), Some("It is\n  taken."));
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "doIt: 400 Bad Request TAKEN: It is taken. [request r1]"
    );

    let html = "<html>\n  <b>Bad gateway</b>\n</html>";
    let answer = ResponseTemplate::new(502).set_body_raw(html, "text/html");
    let error = call::<Strict>(answer).await.expect_err("an error");
    assert!(error.is_retryable() && error.kind().is_none());
    assert_eq!(
        error.to_string(),
        "doIt: 502 Bad Gateway: <html> <b>Bad gateway</b> </html> (undocumented)"
    );

    // The code and the message of a body that cannot be decoded are displayed, too.
    let body = json!({"error": 5, "errorCode": "TAKEN", "requestId": "r2"});
    let answer = ResponseTemplate::new(400).set_body_json(body);
    let error = call::<Strict>(answer).await.expect_err("an error");
    assert!(matches!(error, Error::Decode(_)));
    assert_eq!(
        (error.code(), error.message(), error.request_id()),
        (Some("TAKEN"), Some("5"), Some("r2"))
    );
    let answer = ResponseTemplate::new(200).set_body_json(json!({"requestId": "r3"}));
    let error = call::<Strict>(answer).await.expect_err("an error");
    assert_eq!(error.request_id(), Some("r3"));
    assert!(!error.to_string().contains('\n'));
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
        let server = answering(ResponseTemplate::new(200).set_body_raw(text, "application/json")).await;
        let core = core(&server);
        let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(READ).await;
        let Err(Error::Decode(error)) = result else {
            panic!("a decode error")
        };
        assert_eq!(error.place(), place, "{text}: {error}");
    }
}

#[derive(Debug, PartialEq)]
struct Headers {
    total: u64,
    ratio: Option<f64>,
    on: Option<bool>,
    tags: Option<Vec<String>>,
    point: Option<BTreeMap<String, i32>>,
    size: Option<BTreeMap<String, serde_json::Value>>,
    data: Option<serde_json::Value>,
}

impl TypedHeaders for Headers {
    fn read(headers: &http::HeaderMap) -> Result<Self, HeaderError> {
        use runtime::headers::{optional, required};
        Ok(Self {
            total: required(headers, "x-total", &Form::Number)?,
            ratio: optional(headers, "x-ratio", &Form::Number)?,
            on: optional(headers, "x-on", &Form::Boolean)?,
            tags: optional(headers, "x-tags", &Form::List(&Form::Text))?,
            point: optional(headers, "x-point", &Form::Object(false, &[], Some(&Form::Number)))?,
            size: optional(
                headers,
                "x-size",
                &Form::Object(true, &[("w", Form::Number), ("unit", Form::Text)], None),
            )?,
            data: optional(headers, "x-data", &Form::Json)?,
        })
    }
}

#[tokio::test]
async fn headers_are_parsed_by_their_forms() {
    let answer = ResponseTemplate::new(200)
        .set_body_json(json!({"error": ""}))
        .insert_header("x-total", " 12 ")
        .insert_header("x-ratio", "-0.5")
        .insert_header("x-on", "True")
        .append_header("x-tags", "a, b,,")
        .append_header("x-tags", "c")
        .insert_header("x-point", "x,1,y,-2")
        .insert_header("x-size", "w=3, unit=cm, other=1")
        .insert_header("x-data", r#"{"a": [1]}"#);
    let response = call::<Strict>(answer).await.expect("a success");
    let point = [("x".to_owned(), 1), ("y".to_owned(), -2)];
    let size = [("w".to_owned(), json!(3)), ("unit".to_owned(), json!("cm"))];
    assert_eq!(
        response.typed_headers(),
        Ok(Headers {
            total: 12,
            ratio: Some(-0.5),
            on: Some(true),
            tags: Some(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]),
            point: Some(point.into()),
            size: Some(size.into()),
            data: Some(json!({"a": [1]})),
        })
    );
}

#[tokio::test]
async fn a_header_error_has_the_name_and_the_value() {
    let told = async |name: &str, value: &str| {
        let answer = ResponseTemplate::new(400)
            .set_body_json(json!({"error": "", "errorCode": "TAKEN"}))
            .insert_header("x-total", "1")
            .insert_header(name, value);
        let error = call::<Strict>(answer).await.expect_err("an error");
        let response = error.response().expect("a response");
        let misfit = response.typed_headers::<Headers>().expect_err("a misfit");
        assert_eq!((misfit.name(), misfit.value()), (name, Some(value)));
        misfit.to_string()
    };
    assert_eq!(
        told("x-total", "many").await,
        "the header `x-total` is `many`: `many` is no number"
    );
    assert!(told("x-total", "-1").await.contains("-1"));
    assert!(told("x-on", "yes").await.contains("neither `true` nor `false`"));
    assert!(told("x-point", "x,1,y").await.contains("`y` has no value"));
    assert!(told("x-size", "w").await.contains("`w` has no `=`"));
    assert!(told("x-data", "{").await.contains("EOF"));

    let answer = ResponseTemplate::new(200).set_body_json(json!({"error": ""}));
    let response = call::<Strict>(answer).await.expect("a success");
    let misfit = response.typed_headers::<Headers>().expect_err("a misfit");
    assert_eq!((misfit.name(), misfit.value()), ("x-total", None));
    assert_eq!(
        misfit.to_string(),
        "the header `x-total` is required, and missing"
    );
}

#[tokio::test]
async fn credentials_and_client_headers_are_sent() {
    let server = answering(ResponseTemplate::new(204)).await;
    let mut builder = builder(&server);
    builder.client_parameter(0, true);
    let core = builder.build().expect("a core");
    Call::new(&core, Request::new(&GET))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let request = &received(&server).await[0];
    assert_eq!(request.headers["x-api-key"], KEY);
    assert_eq!(request.headers["x-developer-mode"], "true");
    assert_eq!(request.headers["user-agent"], "test/1");
}

#[tokio::test]
async fn each_kind_of_credential_is_sent() {
    static ALL: Operation = secured(http::Method::GET, "/it", &[&[1, 2, 3]]);
    static BEARER: Operation = secured(http::Method::GET, "/it", &[&[1, 2, 3, 4], &[4]]);
    let server = answering(ResponseTemplate::new(204)).await;
    let mut first = builder(&server);
    first.credential(1, Credential::fixed("a b"));
    first.credential(2, Credential::fixed("c"));
    first.credential(3, Credential::basic("Aladdin", "open sesame"));
    let first = first.build().expect("a core");
    Call::new(&first, Request::new(&ALL))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let mut second = builder(&server);
    second.credential(4, Credential::fixed("token"));
    let second = second.build().expect("a core");
    Call::new(&second, Request::new(&BEARER))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let requests = received(&server).await;
    assert_eq!(requests[0].url.query(), Some("key=a%20b"));
    assert_eq!(requests[0].headers["cookie"], "session=c");
    // The example of RFC 7617.
    assert_eq!(
        requests[0].headers["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(requests[1].headers["authorization"], "Bearer token");
}

/// Provides `first` until it is refused, and another token after it if `renews`.
struct Tokens {
    refused: std::sync::Arc<std::sync::atomic::AtomicUsize>,
    renews: bool,
}

impl runtime::ProvideToken for Tokens {
    fn token(&self) -> runtime::TokenFuture<'_> {
        let refused = self.refused.load(std::sync::atomic::Ordering::SeqCst);
        let token = if refused == 0 { "first" } else { "second" };
        Box::pin(async move { Ok(secrecy::SecretString::from(token)) })
    }

    fn refused(&self, token: &secrecy::SecretString) -> bool {
        assert!(["first", "second"].contains(&secrecy::ExposeSecret::expose_secret(token)));
        self.refused.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.renews
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    static IT: Operation = secured(http::Method::POST, "/it", &[&[4]]);
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::header("authorization", "Bearer second"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let always = answering(ResponseTemplate::new(401)).await;
    for (server, renews, sent, ok) in [
        (&server, true, 2, true),
        (&server, false, 1, false),
        (&always, true, 2, false),
    ] {
        let before = received(server).await.len();
        let refused = std::sync::Arc::default();
        let mut builder = builder(server);
        let refused_too = std::sync::Arc::clone(&refused);
        builder.credential(4, Credential::provided(Tokens { refused, renews }));
        let core = builder.build().expect("a core");
        let mut request = Request::new(&IT);
        request.json("application/json", json!({"a": 1}));
        let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
        assert_eq!(result.is_ok(), ok);
        let requests = received(server).await.split_off(before);
        assert_eq!(requests.len(), sent);
        assert!(requests.iter().all(|request| request.body == br#"{"a":1}"#));
        assert_eq!(refused_too.load(std::sync::atomic::Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_does_not_send_the_key() {
    let other = answering(ResponseTemplate::new(200).set_body_json(json!({"error": "moved"}))).await;
    let location = format!("{}/there", other.uri());
    let server = answering(ResponseTemplate::new(302).insert_header("location", location)).await;
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
    let arrived = &received(&other).await[0];
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
            !arrived.headers.contains_key(name),
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
    let other = answering(ResponseTemplate::new(204)).await;
    let server = answering(ResponseTemplate::new(307).insert_header("location", other.uri())).await;
    let core = core(&server);
    let mut request = Request::new(&POST);
    request.json("application/json", json!({"a": 1}));
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Undocumented(response)) if response.status() == 307));
    assert!(received(&other).await.is_empty());
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = answering(ResponseTemplate::new(302).insert_header("location", "/it")).await;
    let core = core(&server);
    let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Undocumented(response)) if response.status() == 302));
    assert_eq!(received(&server).await.len(), 11);
}

#[tokio::test]
async fn path_parameters_are_encoded_or_rejected() {
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let cases = [
        ("a/b", "/things/a%2Fb/parts"),
        ("a?b#c", "/things/a%3Fb%23c/parts"),
        ("100%", "/things/100%25/parts"),
        ("%2e%2e", "/things/%252e%252e/parts"),
        ("zwölf ", "/things/zw%C3%B6lf%20/parts"),
        ("...", "/things/.../parts"),
        ("-._~", "/things/-._~/parts"),
        ("a\\b;c", "/things/a%5Cb%3Bc/parts"),
    ];
    for (value, _) in cases {
        let mut request = Request::new(&GET_ONE);
        request.path("id", Style::Simple, false, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect(value);
    }
    let arrived: Vec<_> = received(&server)
        .await
        .iter()
        .map(|request| request.url.path().to_owned())
        .collect();
    assert_eq!(arrived, cases.map(|(_, path)| path));

    for value in ["", ".", ".."] {
        let mut request = Request::new(&GET_ONE);
        request.path("id", Style::Simple, false, value);
        let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
        let Err(Error::Request(error)) = result else {
            panic!("`{value}` was sent")
        };
        assert_eq!((error.operation(), error.parameter()), ("doIt", "id"));
    }
    assert_eq!(received(&server).await.len(), cases.len());
}

#[tokio::test]
async fn an_invalid_header_value_is_rejected() {
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.header("x-note", Style::Simple, false, "a\r\nx-injected: 1");
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Request(error)) if error.parameter() == "x-note"));
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.uri());
    builder.credential(0, Credential::fixed("a\nb"));
    assert!(matches!(builder.build(), Err(BuildError::Invalid("api_key", _))));
}

#[tokio::test]
async fn the_key_is_never_shown() {
    static IN_QUERY: Operation = secured(http::Method::GET, "/it", &[&[1]]);
    let server = MockServer::start().await;
    let mut builder = builder(&server);
    builder.credential(1, Credential::fixed(KEY));
    builder.header("x-more", KEY);
    let mut shown = format!("{builder:?}");
    let core = builder.build().expect("a core");
    let mut request = Request::new(&IN_QUERY);
    request.extra_header("authorization", KEY);
    let _ = write!(shown, "{core:?} {request:?} {:?}", Credential::basic("user", KEY));
    drop(server);
    // No server listens, unless the port is in use again: then it responds 404.
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    let error = result.expect_err("nobody listens");
    let _ = write!(shown, "{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let _ = write!(shown, "{cause} {cause:?}");
        source = cause.source();
    }
    assert!(!shown.contains(KEY), "{shown}");
}

#[tokio::test]
async fn a_request_is_repeated_after_the_delay_of_retry_after() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "1");
    Mock::given(any())
        .respond_with(busy)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let mut builder = builder(&server);
    builder.retry(Retry::new());
    let core = builder.build().expect("a core");
    let before = Instant::now();
    Call::new(&core, Request::new(&GET))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    assert!(before.elapsed() >= Duration::from_secs(1));
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn only_repeatable_requests_are_repeated() {
    let server = answering(ResponseTemplate::new(503)).await;
    let mut builder = builder(&server);
    builder.retry(Retry::new().first_delay(Duration::from_millis(1)));
    let core = builder.build().expect("a core");
    let send = async |operation, repeatable| {
        let mut request = Request::new(operation);
        if repeatable {
            request.repeatable();
        }
        let before = received(&server).await.len();
        assert!(Call::new(&core, request).send::<_, Strict>(DONE).await.is_err());
        received(&server).await.len() - before
    };
    assert_eq!(send(&POST, false).await, 1);
    assert_eq!(send(&POST, true).await, 3);
    assert_eq!(send(&GET, false).await, 3);
}

#[tokio::test]
async fn the_budget_limits_repetitions() {
    let server = answering(ResponseTemplate::new(503)).await;
    let mut builder = builder(&server);
    builder.retry(
        Retry::new()
            .first_delay(Duration::from_millis(1))
            .attempts(5)
            .budget(2),
    );
    let core = builder.build().expect("a core");
    for _ in 0..3 {
        assert!(
            Call::new(&core, Request::new(&GET))
                .send::<_, Strict>(DONE)
                .await
                .is_err()
        );
    }
    assert_eq!(received(&server).await.len(), 3 + 2);
}

#[tokio::test]
async fn a_long_retry_after_is_returned_to_the_caller() {
    let server = answering(ResponseTemplate::new(429).insert_header("retry-after", "3600")).await;
    let mut builder = builder(&server);
    builder.retry(Retry::new());
    let core = builder.build().expect("a core");
    let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(DONE).await;
    let Err(Error::Undocumented(response)) = result else {
        panic!("undocumented")
    };
    assert_eq!(response.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn a_date_in_retry_after_is_parsed() {
    let past = ResponseTemplate::new(429).insert_header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let Err(Error::Undocumented(response)) = call::<Strict>(past).await else {
        panic!("undocumented")
    };
    assert_eq!(response.retry_after(), Some(Duration::ZERO));
    let future = ResponseTemplate::new(429).insert_header("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT");
    let Err(Error::Undocumented(response)) = call::<Strict>(future).await else {
        panic!("undocumented")
    };
    let at = std::time::SystemTime::now() + response.retry_after().expect("a date");
    let seconds = at
        .duration_since(std::time::SystemTime::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    assert!(seconds.abs_diff(253_402_300_799) <= 2, "{seconds}");
}

#[tokio::test]
async fn requests_keep_to_the_pace() {
    let server = answering(ResponseTemplate::new(204)).await;
    let mut builder = builder(&server);
    builder.pace(Some(Pace::new(10, 2)));
    let core = builder.build().expect("a core");
    let before = Instant::now();
    for _ in 0..5 {
        Call::new(&core, Request::new(&GET))
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
    }
    // Two requests at once, then three more with a delay of 100 ms each.
    assert!(
        before.elapsed() >= Duration::from_millis(290),
        "{:?}",
        before.elapsed()
    );
}

#[tokio::test]
async fn a_late_response_is_a_timeout() {
    let server = answering(ResponseTemplate::new(204).set_delay(Duration::from_secs(5))).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.timeout(Duration::from_millis(50));
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
}

#[test]
fn a_client_is_not_built_without_required_settings() {
    assert!(matches!(
        CoreBuilder::new(&API).build(),
        Err(BuildError::Missing("api_key"))
    ));
    for url in ["ftp://x", "https://u:p@x", "https://x?a=b", "nonsense"] {
        let mut builder = CoreBuilder::new(&API);
        builder.credential(0, Credential::fixed(KEY));
        builder.base_url(url);
        assert!(
            matches!(builder.build(), Err(BuildError::Invalid("base_url", _))),
            "{url}"
        );
    }
}

/// The table "Style Examples" of `OpenAPI` 3.0.4 and 3.1.1, which percent-encode as RFC 3986 requires.
#[tokio::test]
async fn styles_are_those_of_the_specification() {
    static ONE: Operation = operation(http::Method::GET, "/p{color}");
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let text = || json!("blue");
    let list = || json!(["blue", "black", "brown"]);
    let object = || json!({"R": 100, "G": 200, "B": 150});
    let in_path = [
        (Style::Matrix, false, json!(""), ";color"),
        (Style::Matrix, false, text(), ";color=blue"),
        (Style::Matrix, false, list(), ";color=blue,black,brown"),
        (Style::Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Style::Matrix, true, json!(""), ";color"),
        (Style::Matrix, true, text(), ";color=blue"),
        (Style::Matrix, true, list(), ";color=blue;color=black;color=brown"),
        (Style::Matrix, true, object(), ";R=100;G=200;B=150"),
        (Style::Label, false, json!(""), "."),
        (Style::Label, false, text(), ".blue"),
        (Style::Label, false, list(), ".blue,black,brown"),
        (Style::Label, false, object(), ".R,100,G,200,B,150"),
        (Style::Label, true, json!(""), "."),
        (Style::Label, true, text(), ".blue"),
        (Style::Label, true, list(), ".blue.black.brown"),
        (Style::Label, true, object(), ".R=100.G=200.B=150"),
        (Style::Simple, false, json!(""), ""),
        (Style::Simple, false, text(), "blue"),
        (Style::Simple, false, list(), "blue,black,brown"),
        (Style::Simple, false, object(), "R,100,G,200,B,150"),
        (Style::Simple, true, json!(""), ""),
        (Style::Simple, true, text(), "blue"),
        (Style::Simple, true, list(), "blue,black,brown"),
        (Style::Simple, true, object(), "R=100,G=200,B=150"),
        // RFC 6570: empty lists and objects and null are undefined; an empty string is the name after `;`.
        (Style::Label, false, json!([]), ""),
        (Style::Label, true, json!({}), ""),
        (Style::Matrix, false, json!([]), ""),
        (Style::Matrix, true, json!({}), ""),
        (Style::Matrix, true, json!(["", "a"]), ";color;color=a"),
        (Style::Matrix, true, json!({"R": "", "G": 1}), ";R;G=1"),
        (Style::Simple, false, json!(["a", null, "b"]), "a,b"),
        (Style::Simple, false, json!(["a,b", "c/d"]), "a%2Cb,c%2Fd"),
    ];
    for (style, explode, value, expected) in in_path {
        let mut request = Request::new(&ONE);
        request.path("color", style, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect(expected);
        let arrived = received(&server).await.pop().expect("a request");
        assert_eq!(arrived.url.path(), format!("/p{expected}"));
    }
    let in_query = [
        (Style::Form, false, json!(""), Some("color=")),
        (Style::Form, false, text(), Some("color=blue")),
        (Style::Form, false, list(), Some("color=blue,black,brown")),
        (Style::Form, false, object(), Some("color=R,100,G,200,B,150")),
        (Style::Form, true, json!(""), Some("color=")),
        (Style::Form, true, text(), Some("color=blue")),
        (
            Style::Form,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (Style::Form, true, object(), Some("R=100&G=200&B=150")),
        (
            Style::SpaceDelimited,
            false,
            list(),
            Some("color=blue%20black%20brown"),
        ),
        (
            Style::SpaceDelimited,
            false,
            object(),
            Some("color=R%20100%20G%20200%20B%20150"),
        ),
        (
            Style::PipeDelimited,
            false,
            list(),
            Some("color=blue%7Cblack%7Cbrown"),
        ),
        (
            Style::PipeDelimited,
            false,
            object(),
            Some("color=R%7C100%7CG%7C200%7CB%7C150"),
        ),
        (
            Style::DeepObject,
            true,
            object(),
            Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ),
        (
            Style::DeepObject,
            true,
            json!({"a": {"b": 1}}),
            Some("color%5Ba%5D%5Bb%5D=1"),
        ),
        (
            Style::Json,
            false,
            json!({"R": 1}),
            Some("color=%7B%22R%22%3A1%7D"),
        ),
        (Style::Form, true, json!([]), None),
        (Style::Form, true, json!({}), None),
        (Style::Form, true, json!(null), None),
        (
            Style::Form,
            false,
            json!(["a", null, "b,c"]),
            Some("color=a,b%2Cc"),
        ),
        (
            Style::Form,
            true,
            json!({"R": [1, null, 2], "G": null}),
            Some("R=1&R=2"),
        ),
        (
            Style::SpaceDelimited,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (
            Style::PipeDelimited,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (
            Style::PipeDelimited,
            false,
            json!(["a|b", "c d"]),
            Some("color=a%7Cb%7Cc%20d"),
        ),
        (Style::DeepObject, false, json!({"R": 1}), Some("color%5BR%5D=1")),
        (
            Style::DeepObject,
            true,
            list(),
            Some("color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown"),
        ),
        (Style::DeepObject, true, json!([]), None),
        (
            Style::DeepObject,
            true,
            json!({"a": [1, null]}),
            Some("color%5Ba%5D=1"),
        ),
        (
            Style::DeepObject,
            true,
            json!({"a": [{"b": 1, "c": [2]}, {"b": 3}]}),
            Some("color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B0%5D%5Bc%5D=2&color%5Ba%5D%5B1%5D%5Bb%5D=3"),
        ),
        (
            Style::DeepObject,
            true,
            json!([{"b": 1}]),
            Some("color%5B0%5D%5Bb%5D=1"),
        ),
    ];
    for (style, explode, value, expected) in in_query {
        let mut request = Request::new(&GET);
        request.query("color", style, explode, false, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let arrived = received(&server).await.pop().expect("a request");
        assert_eq!(arrived.url.query(), expected);
    }
    let in_header = [
        (false, json!(""), ""),
        (false, text(), "blue"),
        (false, list(), "blue,black,brown"),
        (false, object(), "R,100,G,200,B,150"),
        (true, json!(""), ""),
        (true, text(), "blue"),
        (true, list(), "blue,black,brown"),
        (true, object(), "R=100,G=200,B=150"),
    ];
    for (explode, value, expected) in in_header {
        let mut request = Request::new(&GET);
        request.header("color", Style::Simple, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let arrived = received(&server).await.pop().expect("a request");
        assert_eq!(arrived.headers["color"], expected);
    }
    // A cookie cannot contain a comma (RFC 6265), and `&` does not start another one. The table ignores both.
    let in_cookie = [
        (false, json!(""), "color="),
        (false, text(), "color=blue"),
        (false, list(), "color=blue%2Cblack%2Cbrown"),
        (false, object(), "color=R%2C100%2CG%2C200%2CB%2C150"),
        (true, json!(""), "color="),
        (true, text(), "color=blue"),
        (true, list(), "color=blue; color=black; color=brown"),
        (true, object(), "R=100; G=200; B=150"),
        (true, json!({"a; b=": "c; d"}), "a%3B%20b%3D=c%3B%20d"),
    ];
    for (explode, value, expected) in in_cookie {
        let mut request = Request::new(&GET);
        request.cookie("color", Style::Form, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let arrived = received(&server).await.pop().expect("a request");
        assert_eq!(arrived.headers["cookie"], expected);
    }
}

/// A property of a urlencoded form is serialized like a query parameter of the same style.
#[tokio::test]
async fn forms_have_the_styles_of_queries() {
    const fn field(name: &'static str, style: Style, explode: bool) -> runtime::FormField {
        runtime::FormField {
            name,
            content_type: None,
            style: Some(style),
            explode,
            allow_reserved: false,
        }
    }
    static FIELDS: &[runtime::FormField] = &[
        field("csv", Style::Form, false),
        field("space", Style::SpaceDelimited, false),
        field("pipe", Style::PipeDelimited, false),
        field("deep", Style::DeepObject, true),
        field("json", Style::Json, false),
        field("object", Style::Form, true),
    ];
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let list = || json!(["a b", "c"]);
    let form = json!({
        "csv": list(), "space": list(), "pipe": list(), "plain": list(), "json": list(),
        "deep": {"x": {"y": [1, 2]}, "z": null}, "object": {"R": 1, "G": "ä"},
        "none": null, "empty": "", "flag": true, "number": 0.5,
        "said_nothing": {"a": [1]}, "objects": [{"a": 1}, null, {"b": 2}],
    });
    let mut request = Request::new(&POST);
    request.form(FIELDS, &form);
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let arrived = received(&server).await.pop().expect("a request");
    let text = String::from_utf8_lossy(&arrived.body).replace('&', "\n");
    assert_eq!(
        arrived.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    insta::assert_snapshot!(text, @r"
    csv=a%20b,c
    space=a%20b%20c
    pipe=a%20b%7Cc
    plain=a%20b
    plain=c
    json=%5B%22a%20b%22%2C%22c%22%5D
    deep%5Bx%5D%5By%5D=1
    deep%5Bx%5D%5By%5D=2
    R=1
    G=%C3%A4
    empty=
    flag=true
    number=0.5
    said_nothing=%7B%22a%22%3A%5B1%5D%7D
    objects=%7B%22a%22%3A1%7D
    objects=%7B%22b%22%3A2%7D
    ");
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.query("f", Style::Form, true, false, 0.1f32);
    request.query("i", Style::Form, true, false, i128::MAX);
    request.query("r", Style::Form, true, true, "a/b:c&d");
    request.cookie("c", Style::Form, true, ["x y", "z"]);
    request.header("x-list", Style::Simple, false, [1, 2]);
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let arrived = received(&server).await.pop().expect("a request");
    let query = "f=0.1&i=170141183460469231731687303715884105727&r=a/b:c%26d";
    assert_eq!(arrived.url.query(), Some(query));
    assert_eq!(arrived.headers["cookie"], "c=x%20y; c=z");
    assert_eq!(arrived.headers["x-list"], "1,2");
}

#[tokio::test]
async fn each_property_of_a_form_has_its_encoding() {
    #[derive(Serialize)]
    struct Form {
        name: &'static str,
        tags: [&'static str; 2],
        file: bytes::Bytes,
        nothing: Option<u8>,
        inner: Body,
    }
    let form = || Form {
        name: "Ada & Co",
        tags: ["a", "b"],
        file: bytes::Bytes::from_static(&[0, 255]),
        nothing: None,
        inner: body("e"),
    };
    let server = answering(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&POST);
    request.multipart("multipart/form-data", &[], form());
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let mut request = Request::new(&POST);
    request.form(&[], json!({"name": "Ada & Co", "tags": ["a", "b"]}));
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let requests = received(&server).await;
    let content_type = requests[0].headers["content-type"].to_str().expect("text");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    let text = String::from_utf8_lossy(&requests[0].body)
        .replace(boundary, "B")
        .replace('\r', "");
    let text = text.replace('\0', "<0>").replace('\u{fffd}', "<255>");
    insta::assert_snapshot!(text, @r#"
    --B
    Content-Disposition: form-data; name="name"

    Ada & Co
    --B
    Content-Disposition: form-data; name="tags"

    a
    --B
    Content-Disposition: form-data; name="tags"

    b
    --B
    Content-Disposition: form-data; name="file"; filename="file"
    Content-Type: application/octet-stream

    <0><255>
    --B
    Content-Disposition: form-data; name="inner"
    Content-Type: application/json

    {"error":"e"}
    --B--
    "#);
    assert_eq!(requests[1].body, b"name=Ada%20%26%20Co&tags=a&tags=b");
}
