//! From a request to a typed result: the only generic step is the choice of the case, and its decoding.

use super::answer::Answer;
use super::error::{ApiError, DecodeError, Error, ErrorResponse};
use super::reply::{Incoming, Reply, is_no_stream, is_stream};
use super::request::Request;
use super::response::Response;
use super::transport::{Arrived, Core, Failure};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A request and the client that will send it.
#[must_use = "a request does nothing until it is sent"]
#[derive(Debug)]
pub struct Call<'c> {
    core: &'c Core,
    /// The request.
    pub request: Request,
}

impl<'c> Call<'c> {
    /// A call of this client.
    pub fn new(core: &'c Core, request: Request) -> Self {
        Self { core, request }
    }

    /// Asks for these media types alone.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.request.accept(media_types);
        self
    }

    /// Sends the request.
    pub fn send<T, E: OperationError>(self, success: Success<T>) -> ResponseFuture<'c, T, E> {
        let Self { core, request } = self;
        let streams = success.iter().any(|case| case.stream.is_some());
        let streams = streams.then(|| Cases::new(success, E::CASES));
        ResponseFuture {
            sent: Box::pin(core.send(request, streams)),
            core,
            success,
            error: PhantomData,
        }
    }
}

/// The cases of success. None: any 2xx is one, and nothing is read.
pub type Success<T> = &'static [Case<T>];

/// An operation's error enum. It is read from a response, and a response can be made of it again: by a server that
/// is implemented with it, or by one that stands in for the real one in a test.
pub trait OperationError: Sized + fmt::Debug + 'static {
    /// All that the documents promise, most specific first.
    const CASES: &'static [Case<Self>];

    /// JSON pointer of the code in a body; empty where no case has a code.
    const CODE: &'static str = "";

    /// Which of the cases this is, and what it holds: all else is made of that.
    fn answer(&self) -> Answer<'_>;

    /// The status: that of the case, or the one that it holds.
    fn status(&self) -> StatusCode {
        let answer = self.answer();
        answer.status(when(self, &answer))
    }

    /// The code that the case is for, if it is for one.
    fn code(&self) -> Option<&'static str> {
        when(self, &self.answer())?.code()
    }

    /// The media type of the body, if there is a body.
    fn content_type(&self) -> Option<&'static str> {
        self.answer().media_type()
    }

    /// The body. The code that the case is for stands in it, whatever is in the value itself: what is made of
    /// this is read as the same case again.
    fn to_body(&self) -> Bytes {
        let answer = self.answer();
        let case = Self::CASES.get(answer.case);
        let number = case.is_some_and(|case| case.number);
        let place = case.and_then(|case| case.place).unwrap_or(Self::CODE);
        answer.body(when(self, &answer), number, place)
    }

    /// Status, content type and body.
    fn to_response(&self) -> http::Response<Bytes> {
        self.answer().response(self.status(), self.to_body())
    }
}

fn when<E: OperationError>(_: &E, answer: &Answer<'_>) -> Option<When> {
    E::CASES.get(answer.case).map(|case| case.when)
}

/// For operations without documented errors.
impl OperationError for std::convert::Infallible {
    const CASES: &'static [Case<Self>] = &[];

    fn answer(&self) -> Answer<'_> {
        match *self {}
    }
}

/// One case: when it holds, and how its body is read.
pub struct Case<T> {
    when: When,
    /// Is the code written as a number?
    number: bool,
    /// Where the code stands, if not where it stands in most bodies.
    place: Option<&'static str>,
    /// The media type of what is read as it arrives.
    stream: Option<&'static str>,
    /// The only media type that it is for.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Code(u16, &'static str),
    Status(u16),
    RangeCode(u16, &'static str),
    Range(u16),
    DefaultCode(&'static str),
    Default,
}

impl When {
    /// The one status that this is for.
    pub(super) fn status(self) -> Option<u16> {
        match self {
            Self::Code(status, _) | Self::Status(status) => Some(status),
            Self::RangeCode(..) | Self::Range(_) | Self::DefaultCode(_) | Self::Default => None,
        }
    }

    /// The one code that this is for.
    pub(super) fn code(self) -> Option<&'static str> {
        match self {
            Self::Code(_, code) | Self::RangeCode(_, code) | Self::DefaultCode(code) => Some(code),
            Self::Status(_) | Self::Range(_) | Self::Default => None,
        }
    }
}

impl<T> Case<T> {
    /// It is for content of this media type only, and goes before those that are for any.
    #[must_use]
    pub const fn of(self, media_type: &'static str) -> Self {
        Self {
            content: Some(media_type),
            ..self
        }
    }

    /// The code stands at this JSON pointer.
    #[must_use]
    pub const fn at(self, pointer: &'static str) -> Self {
        Self {
            place: Some(pointer),
            ..self
        }
    }

    /// The code is written as a number.
    #[must_use]
    pub const fn number(self) -> Self {
        Self { number: true, ..self }
    }

    /// This status with this code.
    pub const fn code(
        status: u16,
        code: &'static str,
        read: fn(&Reply) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::whole(When::Code(status, code), read)
    }

    /// This status.
    pub const fn status(status: u16, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(When::Status(status), read)
    }

    /// This hundred of statuses (`4` is 4XX) with this code.
    pub const fn range_code(
        hundred: u16,
        code: &'static str,
        read: fn(&Reply) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::whole(When::RangeCode(hundred, code), read)
    }

    /// This hundred of statuses.
    pub const fn range(hundred: u16, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(When::Range(hundred), read)
    }

    /// Whatever no other case is for, with this code.
    pub const fn default_code(code: &'static str, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(When::DefaultCode(code), read)
    }

    /// Whatever no other case is for.
    pub const fn default(read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self::whole(When::Default, read)
    }

    /// This status with content of a media type (`""` is any), which is read as it arrives.
    pub const fn status_stream(
        status: u16,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(When::Status(status), media_type, read)
    }

    /// This hundred of statuses with content of a media type, which is read as it arrives.
    pub const fn range_stream(
        hundred: u16,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(When::Range(hundred), media_type, read)
    }

    /// Whatever no other case is for, with content of a media type, which is read as it arrives.
    pub const fn default_stream(
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self::stream(When::Default, media_type, read)
    }

    const fn whole(when: When, read: fn(&Reply) -> Result<T, Box<DecodeError>>) -> Self {
        Self {
            when,
            number: false,
            place: None,
            stream: None,
            content: None,
            read: Read::Whole(read),
        }
    }

    const fn stream(
        when: When,
        media_type: &'static str,
        read: fn(Incoming) -> Result<T, Box<DecodeError>>,
    ) -> Self {
        Self {
            when,
            number: false,
            place: None,
            stream: Some(media_type),
            content: None,
            read: Read::Stream(read),
        }
    }

    fn read(&self, reply: &Reply) -> Result<T, Box<DecodeError>> {
        match self.read {
            Read::Whole(read) => read(reply),
            Read::Stream(_) => is_no_stream(reply),
        }
    }
}

/// How well a case fits: the smaller, the better.
fn rank(when: When, status: u16, code: Option<&str>) -> Option<u8> {
    match when {
        When::Code(s, c) if s == status && code == Some(c) => Some(0),
        When::Status(s) if s == status => Some(1),
        When::RangeCode(h, c) if h == status / 100 && code == Some(c) => Some(2),
        When::Range(h) if h == status / 100 => Some(3),
        When::DefaultCode(c) if code == Some(c) => Some(4),
        When::Default => Some(5),
        _ => None,
    }
}

/// A case is for this very status, whatever its code.
fn names(when: When, status: u16) -> bool {
    matches!(when, When::Code(s, _) | When::Status(s) if s == status)
}

/// The response to a request: poll it, or `.await` it.
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<'c, T: 'static, E> {
    sent: Pin<Box<dyn Future<Output = Result<Arrived, Failure>> + Send + 'c>>,
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
            Ok(Arrived::Whole(reply)) => decide(reply, self.core, self.success),
            Ok(Arrived::Stream(incoming)) => begin(incoming, self.success),
            Err(Failure::Transport(error)) => Err(Error::Transport(error)),
            Err(Failure::Request(error)) => Err(Error::Request(error)),
        })
    }
}

/// Reads a body as it arrives.
fn begin<T, E: OperationError>(incoming: Incoming, success: Success<T>) -> Result<Response<T>, Error<E>> {
    let (status, headers) = (incoming.reply.status, incoming.reply.headers.clone());
    let case = Cases::new(success, E::CASES).success(status, &headers);
    let body = match case.and_then(|index| success.get(index)).map(|case| &case.read) {
        Some(Read::Stream(read)) => read(incoming),
        _ => is_stream(incoming),
    };
    Ok(Response::new(body.map_err(Error::Decode)?, status, headers))
}

/// Chooses the case by status and code, and reads the body as that case says.
fn decide<T, E: OperationError>(
    reply: Reply,
    core: &Core,
    success: Success<T>,
) -> Result<Response<T>, Error<E>> {
    match choose(&reply, core, &Cases::new(success, E::CASES)) {
        Choice::Success(index) => {
            let body = success[index]
                .read(&reply)
                .map_err(|error| undecodable(error, &reply, core))?;
            Ok(Response::new(body, reply.status, reply.headers))
        }
        Choice::Error(index, response) => {
            let read = E::CASES[index].read(&response.reply);
            let kind = read.map_err(|error| Error::Decode(error.of((*response).clone())))?;
            Err(Error::Api(Box::new(ApiError {
                kind,
                response: *response,
            })))
        }
        Choice::Undocumented(response) => Err(Error::Undocumented(response)),
        Choice::NotJson(error) => Err(Error::Decode(error)),
    }
}

/// A success that cannot be read may still tell what it is, such as the id of the request.
fn undecodable<E>(error: Box<DecodeError>, reply: &Reply, core: &Core) -> Error<E> {
    let json: Option<Value> = serde_json::from_slice(&reply.body).ok();
    Error::Decode(error.of(core.error_response(reply.clone(), json.as_ref())))
}

enum Choice {
    Success(usize),
    Error(usize, Box<ErrorResponse>),
    Undocumented(Box<ErrorResponse>),
    NotJson(Box<DecodeError>),
}

/// When each case of an operation holds.
pub(super) struct Cases {
    /// With the media type of what is read as it arrives.
    success: Vec<(When, Option<&'static str>)>,
    /// With the media type that the case is for.
    errors: Vec<(When, Option<&'static str>)>,
}

impl Cases {
    fn new<T, E>(success: &[Case<T>], errors: &[Case<E>]) -> Self {
        Self {
            success: success.iter().map(|case| (case.when, case.stream)).collect(),
            errors: errors.iter().map(|case| (case.when, case.content)).collect(),
        }
    }

    /// Is a response with this head read as it arrives?
    pub(super) fn stream(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        let case = self.success(status, headers);
        case.is_some_and(|index| {
            self.success
                .get(index)
                .is_some_and(|(_, stream)| stream.is_some())
        })
    }

    /// The case of success, if it is one.
    fn success(&self, status: StatusCode, headers: &HeaderMap) -> Option<usize> {
        let (status, ok) = (status.as_u16(), status.is_success());
        let ranked = self.success.iter().enumerate();
        let ranked = ranked.filter_map(|(index, (when, stream))| {
            let rank = rank(*when, status, None)?;
            match stream {
                Some(media_type) if !is_of(headers, media_type) => None,
                stream => Some((rank, stream.is_none(), index)),
            }
        });
        let (rank, _, index) = ranked.min().filter(|(rank, ..)| ok || *rank < 4)?;
        // Only an error for this very status is more to the point than a range or a default of success.
        (rank <= 1 || !self.errors.iter().any(|(when, _)| names(*when, status))).then_some(index)
    }
}

/// Is content of this media type? None is of any.
fn is_of(headers: &HeaderMap, media_type: &str) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let given = given
        .and_then(|given| given.split(';').next())
        .unwrap_or_default();
    media_type.is_empty() || given.trim().eq_ignore_ascii_case(media_type)
}

fn choose(reply: &Reply, core: &Core, cases: &Cases) -> Choice {
    if let Some(index) = cases.success(reply.status, &reply.headers) {
        return Choice::Success(index);
    }
    let (status, ok) = (reply.status.as_u16(), reply.status.is_success());
    let json: Option<Value> = serde_json::from_slice(&reply.body).ok();
    let response = Box::new(core.error_response(reply.clone(), json.as_ref()));
    let ranked = cases.errors.iter().enumerate();
    let ranked = ranked.filter_map(|(index, (when, content))| {
        let fits = content.is_none_or(|content| is_of(&reply.headers, content));
        let rank = rank(*when, status, response.code()).filter(|_| fits)?;
        // Of two for the same statuses the one of this very media type is meant.
        Some((rank / 2, content.is_none(), rank, index))
    });
    // A 2xx is no error unless an error case names it.
    let as_error = ranked.min().filter(|(group, ..)| !ok || *group == 0);
    let code_missing = cases.errors.iter().any(|(when, _)| names(*when, status));
    match as_error {
        // The documents know the status, but only with other codes: the wider cases are not for it.
        Some((group, ..)) if group > 0 && code_missing => {}
        Some((.., index)) => return Choice::Error(index, response),
        None => {}
    }
    if code_missing && json.is_none() {
        let reason = "the documented errors of this status are told apart by a code, and this is no JSON";
        return Choice::NotJson(reply.undecodable("JSON", String::new(), reason.to_owned()));
    }
    Choice::Undocumented(response)
}
