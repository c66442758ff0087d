//! Sends a request and returns its typed result. Only the selection and the decoding of the response are generic,
//! so that the rest is compiled once.

use super::error::{ApiError, DecodeError, Error, ErrorResponse};
use super::operation_error::OperationError;
use super::reply::{Incoming, Reply, reject_stream, reject_whole};
use super::request::Request;
use super::response::Response;
use super::transport::{Core, Failure, Received};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A request, and the client that sends it.
#[must_use = "a request does nothing until it is sent"]
#[derive(Debug)]
pub struct Call<'c> {
    core: &'c Core,
    /// The request.
    pub request: Request,
}

impl<'c> Call<'c> {
    /// Combines a client and a request.
    pub fn new(core: &'c Core, request: Request) -> Self {
        Self { core, request }
    }

    /// Replaces the value of `Accept`.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.request.accept(media_types);
        self
    }

    /// Sends the request.
    pub fn send<T, E: OperationError>(self, success: Success<T>) -> ResponseFuture<'c, T, E> {
        let Self { core, request } = self;
        let is_special = success
            .iter()
            .any(|case| case.stream.is_some() || case.when.is_redirect());
        let special = is_special.then(|| Cases::new(success, E::CASES));
        ResponseFuture {
            sent: Box::pin(core.send(request, special)),
            core,
            success,
            error: PhantomData,
        }
    }
}

/// The documented success responses of an operation.
pub type Success<T> = &'static [Case<T>];

/// A documented response: which responses it matches, and how their body is read.
pub struct Case<T> {
    pub(super) when: Matcher,
    /// Whether the code is written as a number.
    pub(super) is_number: bool,
    /// The JSON pointer of the code, if it is not the first one of the API.
    pub(super) code_pointer: Option<&'static str>,
    /// The media type of a body that is read as a stream.
    stream: Option<&'static str>,
    /// The only media type that the case matches.
    content: Option<&'static str>,
    read: Read<T>,
}

enum Read<T> {
    Whole(fn(&Reply) -> Result<T, Box<DecodeError>>),
    Stream(fn(Incoming) -> Result<T, Box<DecodeError>>),
}

impl<T> fmt::Debug for Case<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.when.fmt(f)
    }
}

/// The responses that a case matches. A range is the first digit of its statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matcher {
    Code(u16, &'static str),
    Status(u16),
    RangeCode(u16, &'static str),
    Range(u16),
    DefaultCode(&'static str),
    Default,
}

impl Matcher {
    /// Whether it matches redirects only.
    fn is_redirect(self) -> bool {
        matches!(self, Self::Status(300..=399) | Self::Range(3))
    }

    /// The status, if it matches one status only.
    pub(super) fn status(self) -> Option<u16> {
        match self {
            Self::Code(status, _) | Self::Status(status) => Some(status),
            Self::RangeCode(..) | Self::Range(_) | Self::DefaultCode(_) | Self::Default => None,
        }
    }

    /// The code, if it matches one code only.
    pub(super) fn code(self) -> Option<&'static str> {
        match self {
            Self::Code(_, code) | Self::RangeCode(_, code) | Self::DefaultCode(code) => Some(code),
            Self::Status(_) | Self::Range(_) | Self::Default => None,
        }
    }
}

impl<T> Case<T> {
    /// Restricts the case to a media type. It takes precedence over cases for any media type.
    #[must_use]
    pub const fn of(self, media_type: &'static str) -> Self {
        Self {
            content: Some(media_type),
            ..self
        }
    }

    /// Sets the JSON pointer of the code.
    #[must_use]
    pub const fn at(self, pointer: &'static str) -> Self {
        Self {
            code_pointer: Some(pointer),
            ..self
        }
    }

    /// Declares that the code is written as a number.
    #[must_use]
    pub const fn number(self) -> Self {
        Self {
            is_number: true,
            ..self
        }
    }

    /// A case for a status with a code.
    pub const fn code(
        status: u16,
        code: &'static str,
        read: fn(&Reply) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::whole(Matcher::Code(status, code), read)
    }

    /// A case for a status.
    pub const fn status(status: u16, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(Matcher::Status(status), read)
    }

    /// A case for a range of statuses (`4` is 4XX) with a code.
    pub const fn range_code(
        hundred: u16,
        code: &'static str,
        read: fn(&Reply) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::whole(Matcher::RangeCode(hundred, code), read)
    }

    /// A case for a range of statuses.
    pub const fn range(hundred: u16, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(Matcher::Range(hundred), read)
    }

    /// A case for a code with any status that no other case matches.
    pub const fn default_code(code: &'static str, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(Matcher::DefaultCode(code), read)
    }

    /// A case for responses that no other case matches.
    pub const fn default(read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(Matcher::Default, read)
    }

    /// A case for a status with a body of a media type (`""` for any) that is read as a stream.
    pub const fn status_stream(
        status: u16,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(Matcher::Status(status), media_type, read)
    }

    /// A case for a range of statuses with a body of a media type that is read as a stream.
    pub const fn range_stream(
        hundred: u16,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(Matcher::Range(hundred), media_type, read)
    }

    /// A case for responses that no other case matches, with a body of a media type that is read as a stream.
    pub const fn default_stream(
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(Matcher::Default, media_type, read)
    }

    const fn whole(when: Matcher, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self {
            when,
            is_number: false,
            code_pointer: None,
            stream: None,
            content: None,
            read: Read::Whole(read),
        }
    }

    const fn stream(
        when: Matcher,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self {
            when,
            is_number: false,
            code_pointer: None,
            stream: Some(media_type),
            content: None,
            read: Read::Stream(read),
        }
    }

    fn read(&self, reply: &Reply) -> Result<T, Box<DecodeError>> {
        match self.read {
            Read::Whole(read) => read(reply),
            Read::Stream(_) => reject_whole(reply),
        }
    }
}

/// How well a case matches; smaller is better. `None` if it does not match.
fn rank(when: Matcher, status: u16, code: Option<&str>) -> Option<u8> {
    match when {
        Matcher::Code(s, c) if s == status && code == Some(c) => Some(0),
        Matcher::Status(s) if s == status => Some(1),
        Matcher::RangeCode(h, c) if h == status / 100 && code == Some(c) => Some(2),
        Matcher::Range(h) if h == status / 100 => Some(3),
        Matcher::DefaultCode(c) if code == Some(c) => Some(4),
        Matcher::Default => Some(5),
        _ => None,
    }
}

/// Whether a case is for this status, with a code or without.
fn is_for_status(when: Matcher, status: u16) -> bool {
    matches!(when, Matcher::Code(s, _) | Matcher::Status(s) if s == status)
}

/// The future of a response.
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<'c, T: 'static, E> {
    sent: Pin<Box<dyn Future<Output = Result<Received, Failure>> + Send + 'c>>,
    core: &'c Core,
    success: Success<T>,
    error: PhantomData<fn() -> E>,
}

impl<T, E> fmt::Debug for ResponseFuture<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<T, E: OperationError> Future for ResponseFuture<'_, T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let sent = ready!(self.sent.as_mut().poll(context));
        Poll::Ready(match sent {
            Ok(Received::Whole(reply)) => read_reply(reply, self.core, self.success),
            Ok(Received::Stream(incoming)) => read_stream(incoming, self.success),
            Err(Failure::Transport(error)) => Err(Error::Transport(error)),
            Err(Failure::Request(error)) => Err(Error::Request(error)),
        })
    }
}

/// Hands over a body that is read as a stream.
fn read_stream<T, E: OperationError>(
    incoming: Incoming,
    success: Success<T>,
) -> Result<Response<T>, Error<E>> {
    let (status, headers) = (incoming.reply.status, incoming.reply.headers.clone());
    let case = Cases::new(success, E::CASES).success(status, &headers);
    let body = match case.and_then(|index| success.get(index)).map(|case| &case.read) {
        Some(Read::Stream(read)) => read(incoming),
        _ => reject_stream(incoming),
    };
    Ok(Response::new(body.map_err(Error::Decode)?, status, headers))
}

/// Selects the case by status and code, and decodes the body.
fn read_reply<T, E: OperationError>(
    reply: Reply,
    core: &Core,
    success: Success<T>,
) -> Result<Response<T>, Error<E>> {
    match select(&reply, core, &Cases::new(success, E::CASES)) {
        Outcome::Success(index) => {
            let body = success[index]
                .read(&reply)
                .map_err(|error| with_error_response(error, &reply, core))?;
            Ok(Response::new(body, reply.status, reply.headers))
        }
        Outcome::Error(index, response) => {
            let read = E::CASES[index].read(&response.reply);
            let kind = read.map_err(|error| Error::Decode(error.with_response((*response).clone())))?;
            Err(Error::Api(Box::new(ApiError::new(kind, *response))))
        }
        Outcome::Undocumented(response) => Err(Error::Undocumented(response)),
        Outcome::NotJson(error) => Err(Error::Decode(error)),
    }
}

/// Adds code, message and request id to the error, if the body of the success contains them.
fn with_error_response<E>(error: Box<DecodeError>, reply: &Reply, core: &Core) -> Error<E> {
    let json = reply.json_value();
    Error::Decode(error.with_response(core.error_response(reply.clone(), json.as_ref())))
}

/// What a response is, by status, code and media type.
enum Outcome {
    Success(usize),
    Error(usize, Box<ErrorResponse>),
    Undocumented(Box<ErrorResponse>),
    NotJson(Box<DecodeError>),
}

/// What the cases of an operation match. Not generic, unlike the cases themselves.
pub(super) struct Cases {
    /// For each success: what it matches, and its media type if its body is read as a stream.
    success: Vec<(Matcher, Option<&'static str>)>,
    /// For each error: what it matches, and its media type if it is for one only.
    errors: Vec<(Matcher, Option<&'static str>)>,
}

impl Cases {
    fn new<T, E>(success: &[Case<T>], errors: &[Case<E>]) -> Self {
        Self {
            success: success.iter().map(|case| (case.when, case.stream)).collect(),
            errors: errors.iter().map(|case| (case.when, case.content)).collect(),
        }
    }

    /// Whether the body of a success is read as a stream.
    pub(super) fn is_stream(&self, success: Option<usize>) -> bool {
        let case = success.and_then(|index| self.success.get(index));
        case.is_some_and(|(_, stream)| stream.is_some())
    }

    /// The index of the success that the response matches.
    pub(super) fn success(&self, status: StatusCode, headers: &HeaderMap) -> Option<usize> {
        let (status, ok) = (status.as_u16(), status.is_success());
        let ranked = self.success.iter().enumerate();
        let ranked = ranked.filter_map(|(index, (when, stream))| {
            let rank = rank(*when, status, None)?;
            match stream {
                Some(media_type) if !has_media_type(headers, media_type) => None,
                stream => Some((rank, stream.is_none(), index)),
            }
        });
        let (rank, _, index) = ranked.min().filter(|(rank, ..)| ok || *rank < 4)?;
        // A success for a range or by default gives way to an error for this status.
        (rank <= 1 || !self.errors.iter().any(|(when, _)| is_for_status(*when, status))).then_some(index)
    }
}

/// Whether `Content-Type` is this media type. The empty media type matches any.
fn has_media_type(headers: &HeaderMap, media_type: &str) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let given = given
        .and_then(|given| given.split(';').next())
        .unwrap_or_default();
    media_type.is_empty() || given.trim().eq_ignore_ascii_case(media_type)
}

fn select(reply: &Reply, core: &Core, cases: &Cases) -> Outcome {
    if let Some(index) = cases.success(reply.status, &reply.headers) {
        return Outcome::Success(index);
    }
    let (status, ok) = (reply.status.as_u16(), reply.status.is_success());
    let json = reply.json_value();
    let response = Box::new(core.error_response(reply.clone(), json.as_ref()));
    let ranked = cases.errors.iter().enumerate();
    let ranked = ranked.filter_map(|(index, (when, content))| {
        let fits = content.is_none_or(|content| has_media_type(&reply.headers, content));
        let rank = rank(*when, status, response.code_str()).filter(|_| fits)?;
        // Of two cases for the same status, the one for this media type takes precedence.
        Some((rank / 2, content.is_none(), rank, index))
    });
    // A 2xx is an error only if an error case is for this status.
    let as_error = ranked.min().filter(|(group, ..)| !ok || *group == 0);
    let code_missing = cases.errors.iter().any(|(when, _)| is_for_status(*when, status));
    match as_error {
        // The status is documented with other codes only, so the cases for ranges and the default don't apply.
        Some((group, ..)) if group > 0 && code_missing => {}
        Some((.., index)) => return Outcome::Error(index, response),
        None => {}
    }
    if code_missing && json.is_none() {
        let reason =
            "the documented errors of this status are distinguished by a code, and this body is not JSON";
        return Outcome::NotJson(reply.decode_error("JSON", String::new(), reason.to_owned()));
    }
    Outcome::Undocumented(response)
}
