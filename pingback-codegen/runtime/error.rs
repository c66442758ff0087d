//! The errors of a request.

use super::headers::{HeaderError, TypedHeaders};
use super::operation_error::OperationError;
use super::reply::Reply;
use super::retry;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// The error of a request.
#[derive(Debug)]
pub enum Error<E> {
    /// The API returned an error that is documented for this operation.
    Api(Box<ApiError<E>>),
    /// The API returned a response that is not documented.
    Undocumented(Box<ErrorResponse>),
    /// The status is documented, but the body does not match its documentation.
    Decode(Box<DecodeError>),
    /// There was no complete response.
    Transport(TransportError),
    /// The request is invalid or lacks its credentials, and was not sent.
    Request(RequestError),
}

impl<E> Error<E> {
    /// The documented error, if it is one.
    #[must_use]
    pub fn kind(&self) -> Option<&E> {
        match self {
            Self::Api(error) => Some(&error.kind),
            _ => None,
        }
    }

    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Transport(error) => error.operation(),
            Self::Request(error) => error.operation(),
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => {
                self.response().map_or("", ErrorResponse::operation)
            }
        }
    }

    /// The complete response, if there was one.
    #[must_use]
    pub fn response(&self) -> Option<&ErrorResponse> {
        match self {
            Self::Api(error) => Some(&error.response),
            Self::Undocumented(response) => Some(response),
            Self::Decode(error) => Some(&error.response),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(ErrorResponse::status)
    }

    /// The code in the body as text, if there is one.
    #[must_use]
    pub fn code_str(&self) -> Option<&str> {
        self.response()?.code_str()
    }

    /// The message in the body, if there is one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.response()?.message()
    }

    /// The request id, from the body or else from the header `x-request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    /// The delay before the next request that the server asks for with `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after()
    }

    /// Whether the same request may succeed later: after 408, 425, 429, 5xx except 501 and 505, and failures of the
    /// connection.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            _ => self.response().is_some_and(ErrorResponse::is_retryable),
        }
    }
}

impl<E: OperationError> Error<E> {
    /// The code in the body, if the API documents it. [`code_str`](Self::code_str) is the text of any code.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        E::parse_code(self.code_str()?)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.response.fmt(f),
            Self::Undocumented(response) => write!(f, "{response} (undocumented)"),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

/// Methods of an error with a field `response`.
macro_rules! response_accessors {
    () => {
        /// The complete response.
        #[must_use]
        pub fn response(&self) -> &ErrorResponse {
            &self.response
        }

        /// The operation's id.
        #[must_use]
        pub fn operation(&self) -> &'static str {
            self.response.operation()
        }

        /// The status.
        #[must_use]
        pub fn status(&self) -> StatusCode {
            self.response.status()
        }

        /// The headers.
        #[must_use]
        pub fn headers(&self) -> &HeaderMap {
            self.response.headers()
        }

        /// The documented headers of errors, as the type in `headers` that the operation's documentation names.
        ///
        /// # Errors
        /// A required header is missing, or a header does not match its documentation.
        pub fn typed_headers<H: TypedHeaders>(&self) -> Result<H, HeaderError> {
            self.response.typed_headers()
        }

        /// The body as it was received.
        #[must_use]
        pub fn body(&self) -> &Bytes {
            self.response.body()
        }

        /// The code in the body as text; for a number, its digits.
        #[must_use]
        pub fn code_str(&self) -> Option<&str> {
            self.response.code_str()
        }

        /// The message in the body.
        #[must_use]
        pub fn message(&self) -> Option<&str> {
            self.response.message()
        }

        /// The request id, from the body or else from the header `x-request-id`.
        #[must_use]
        pub fn request_id(&self) -> Option<&str> {
            self.response.request_id()
        }

        /// The delay before the next request that the server asks for with `Retry-After`.
        #[must_use]
        pub fn retry_after(&self) -> Option<Duration> {
            self.response.retry_after()
        }

        /// Whether the same request may succeed later: after 408, 425, 429, and 5xx except 501 and 505.
        #[must_use]
        pub fn is_retryable(&self) -> bool {
            self.response.is_retryable()
        }
    };
}

/// A documented error, and its response.
#[derive(Debug, Clone)]
pub struct ApiError<E> {
    /// The error.
    pub kind: E,
    response: ErrorResponse,
}

impl<E> ApiError<E> {
    pub(super) fn new(kind: E, response: ErrorResponse) -> Self {
        Self { kind, response }
    }

    response_accessors!();

    /// The complete response, without the error that was read from it.
    #[must_use]
    pub fn into_response(self) -> ErrorResponse {
        self.response
    }
}

impl<E: OperationError> ApiError<E> {
    /// The code in the body, if the API documents it. [`code_str`](Self::code_str) is the text of any code.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        E::parse_code(self.code_str()?)
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.fmt(f)
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {}

/// A complete response that is not a success.
#[derive(Clone)]
pub struct ErrorResponse {
    pub(super) reply: Reply,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
}

impl ErrorResponse {
    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.reply.operation
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// The documented headers of errors, as the type in `headers` that the operation's documentation names.
    ///
    /// # Errors
    /// A required header is missing, or a header does not match its documentation.
    pub fn typed_headers<H: TypedHeaders>(&self) -> Result<H, HeaderError> {
        H::read(&self.reply.headers)
    }

    /// The body as it was received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// The code in the body as text; for a number, its digits.
    #[must_use]
    pub fn code_str(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message in the body.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The request id, from the body or else from the header `x-request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let header = || {
            self.reply
                .headers
                .get("x-request-id")
                .and_then(|value| value.to_str().ok())
        };
        self.request_id.as_deref().or_else(header)
    }

    /// The delay before the next request that the server asks for with `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(&self.reply.headers)
    }

    /// Whether the same request may succeed later: after 408, 425, 429, and 5xx except 501 and 505.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        retry::is_retryable(self.reply.status)
    }
}

/// Always one line.
impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reply {
            operation,
            status,
            body,
            ..
        } = &self.reply;
        write!(f, "{operation}: ")?;
        write_summary(*status, self.code.as_deref(), self.message.as_deref(), body, f)?;
        if let Some(id) = self.request_id() {
            write!(f, " [request {id}]")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("operation", &self.reply.operation)
            .field("status", &self.reply.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id())
            .field("headers", &self.reply.headers)
            .field("body", &excerpt(&self.reply.body))
            .finish()
    }
}

/// A response with a documented status whose body does not match its documentation.
#[derive(Clone)]
pub struct DecodeError {
    response: ErrorResponse,
    type_name: &'static str,
    place: String,
    reason: String,
}

impl DecodeError {
    pub(super) fn new(reply: Reply, type_name: &'static str, place: String, reason: String) -> Self {
        // Code, message and request id are added by `with_response`, where their JSON pointers are known.
        let response = ErrorResponse {
            reply,
            code: None,
            message: None,
            request_id: None,
        };
        Self {
            response,
            type_name,
            place,
            reason,
        }
    }

    /// Adds the code, message and request id of the response.
    pub(super) fn with_response(mut self: Box<Self>, response: ErrorResponse) -> Box<Self> {
        self.response = response;
        self
    }

    response_accessors!();

    /// The type that the body was decoded as.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The JSON pointer of the value that does not match; empty for the whole body.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Why the body could not be decoded.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Always one line.
impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: the body is no {}",
            self.operation(),
            self.status(),
            self.type_name
        )?;
        if !self.place.is_empty() {
            write!(f, ": at {}", self.place)?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.body().is_empty() {
            write!(f, ": {}", excerpt(self.body()))?;
        }
        match self.request_id() {
            Some(id) => write!(f, " [request {id}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("type_name", &self.type_name)
            .field("place", &self.place)
            .field("reason", &self.reason)
            .field("response", &self.response)
            .finish()
    }
}

impl std::error::Error for DecodeError {}

/// The kind of a [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made.
    Connect,
    /// The timeout expired.
    Timeout,
    /// The connection was interrupted.
    Broken,
    /// The token provider returned an error, or a token that cannot be sent.
    Token,
    /// An event of a stream is longer than 64 MiB.
    TooLong,
}

/// There was no complete response.
#[derive(Debug)]
pub struct TransportError(Box<TransportFailure>);

#[derive(Debug)]
struct TransportFailure {
    operation: &'static str,
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    pub(super) fn new(
        operation: &'static str,
        kind: TransportErrorKind,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self(Box::new(TransportFailure {
            operation,
            kind,
            source,
        }))
    }

    pub(super) fn from_reqwest(operation: &'static str, error: reqwest::Error) -> Self {
        let kind = if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if error.is_connect() {
            TransportErrorKind::Connect
        } else {
            TransportErrorKind::Broken
        };
        // The URL can contain a key.
        Self::new(operation, kind, Some(Box::new(error.without_url())))
    }

    /// The kind of the failure.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Whether the same request may succeed later. Always true, except if there was no token.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.kind != TransportErrorKind::Token
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.0.kind {
            TransportErrorKind::Connect => "no connection could be made",
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::Broken => "the connection broke",
            TransportErrorKind::Token => "no usable token was provided",
            TransportErrorKind::TooLong => "an event is too long",
        };
        write!(f, "{}: {what}", self.0.operation)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// The request is invalid or lacks its credentials, and was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError(Box<InvalidRequest>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct InvalidRequest {
    operation: &'static str,
    parameter: String,
    message: String,
}

impl RequestError {
    pub(super) fn new(operation: &'static str, parameter: &str, reason: &str) -> Self {
        Self(Box::new(InvalidRequest {
            operation,
            parameter: parameter.to_owned(),
            message: format!("`{parameter}` cannot be sent: {reason}"),
        }))
    }

    /// The error of a request without credentials; `alternatives` has the names of those that are missing.
    pub(super) fn missing_credentials(operation: &'static str, alternatives: &[Vec<&str>]) -> Self {
        let first = alternatives.iter().flatten().next();
        let quoted = |all: &Vec<&str>| all.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
        let each: Vec<String> = alternatives.iter().map(|all| quoted(all).join(" and ")).collect();
        Self(Box::new(InvalidRequest {
            operation,
            parameter: first.copied().unwrap_or_default().to_owned(),
            message: format!("credentials are missing: the client needs {}", each.join(", or ")),
        }))
    }

    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The name of the invalid parameter, `body`, or the name of the first missing credential.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.0.parameter
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.operation, self.0.message)
    }
}

impl std::error::Error for RequestError {}

/// The first text or number at these JSON pointers of a body.
pub(super) fn text_at(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Writes status, code and message on one line. An error without code and message shows the start of its body.
pub(super) fn write_summary(
    status: StatusCode,
    code: Option<&str>,
    message: Option<&str>,
    body: &[u8],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match code {
        Some(code) => write!(f, "{} {}", status.as_u16(), one_line(code))?,
        None => write!(f, "{status}")?,
    }
    match message {
        Some(message) => write!(f, ": {}", one_line(message)),
        None if code.is_none() && !body.is_empty() => write!(f, ": {}", excerpt(body)),
        None => Ok(()),
    }
}

/// The start of a body, on one line.
fn excerpt(body: &[u8]) -> String {
    const LENGTH: usize = 200;
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * LENGTH)]);
    let text = one_line(&text);
    let mut start: String = text.chars().take(LENGTH).collect();
    if text.chars().nth(LENGTH).is_some() || body.len() > 4 * LENGTH {
        start.push('…');
    }
    start
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
