//! The API, the operations and the helpers that the tests share.

use pingback_runtime as runtime;
use pingback_runtime::{
    Api, Call, Case, Core, CoreBuilder, Credential, CredentialKind, Error, ErrorCases, ErrorReply, Operation,
    OperationError, Request, Response, Success,
};
use serde::{Deserialize, Serialize};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request as Received, ResponseTemplate};

pub(super) const KEY: &str = "very-secret-key";

pub(super) static API: Api = Api {
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

/// The API without its credentials.
pub(super) const API_WITHOUT_CREDENTIALS: Api = Api {
    user_agent: "test/1",
    base_url: None,
    credentials: &[],
    client_parameters: &[],
    code_pointers: &[],
    message_pointers: &[],
    request_id_pointers: &[],
    pace: None,
};

pub(super) const fn operation(method: http::Method, path: &'static str) -> Operation {
    secured(method, path, &[&[0]])
}

pub(super) const fn secured(
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

pub(super) static GET: Operation = operation(http::Method::GET, "/it");

pub(super) static POST: Operation = operation(http::Method::POST, "/it");

pub(super) static GET_ONE: Operation = operation(http::Method::GET, "/things/{id}/parts");

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(super) struct Body {
    pub(super) error: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum DoItError {
    Taken(Body),
    Numeric(Body),
    Conflict(Body),
    Gone,
    Client(http::StatusCode),
    Server(http::StatusCode),
}

/// The codes that the API documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Code {
    Taken,
    Numeric,
}

/// The impls that a generated error enum has beside [`ErrorCases`].
macro_rules! error_impls {
    ($error:ident, $code:ty, $parse:expr) => {
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                ::pingback_runtime::ErrorCases::write(self, f)
            }
        }

        impl std::error::Error for $error {}

        impl ::pingback_runtime::OperationError for $error {
            type Code = $code;

            fn parse_code(text: &str) -> Option<Self::Code> {
                let parse: fn(&str) -> Option<Self::Code> = $parse;
                parse(text)
            }
        }
    };
}

pub(super) use error_impls;

fn parse_code(text: &str) -> Option<Code> {
    match text {
        "TAKEN" => Some(Code::Taken),
        "2604" => Some(Code::Numeric),
        _ => None,
    }
}

error_impls!(DoItError, Code, parse_code);
error_impls!(Strict, Code, parse_code);

impl ErrorCases for DoItError {
    const API: &'static Api = &API;

    const CASES: &'static [Case<Self>] = &[
        Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken)),
        Case::code(400, "2604", |r| runtime::json(r).map(Self::Numeric)).number(),
        Case::status(409, |r| runtime::json(r).map(Self::Conflict)),
        Case::status(410, |r| runtime::empty(r).map(|()| Self::Gone)),
        Case::range(4, |r| runtime::empty(r).map(|()| Self::Client(r.status()))),
        Case::default(|r| runtime::empty(r).map(|()| Self::Server(r.status()))),
    ];

    fn reply(&self) -> ErrorReply<'_> {
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
pub(super) enum Strict {
    Taken(Body),
}

impl ErrorCases for Strict {
    const API: &'static Api = &API;

    const CASES: &'static [Case<Self>] = &[Case::code(400, "TAKEN", |r| runtime::json(r).map(Self::Taken))];

    fn reply(&self) -> ErrorReply<'_> {
        match self {
            Self::Taken(body) => ErrorReply::json(0, body),
        }
    }
}

pub(super) const OK: Success<Body> = &[Case::status(200, runtime::json)];

pub(super) const DONE: Success<()> = &[Case::range(2, runtime::empty)];

pub(super) fn builder(server: &MockServer) -> CoreBuilder {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.uri());
    builder.credential(0, Credential::fixed(KEY));
    builder
}

pub(super) fn core(server: &MockServer) -> Core {
    builder(server).build().expect("all that is required is set")
}

pub(super) async fn server_with(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

pub(super) async fn call<E: OperationError>(template: ResponseTemplate) -> Result<Response<Body>, Error<E>> {
    let server = server_with(template).await;
    let core = core(&server);
    Call::new(&core, Request::new(&GET)).send(OK).await
}

pub(super) async fn api_error(template: ResponseTemplate) -> DoItError {
    match call::<DoItError>(template).await {
        Err(Error::Api(error)) => error.kind,
        other => panic!("not a documented error: {other:?}"),
    }
}

pub(super) async fn received(server: &MockServer) -> Vec<Received> {
    server.received_requests().await.expect("requests are recorded")
}

pub(super) fn body(error: &str) -> Body {
    Body {
        error: error.to_owned(),
    }
}
