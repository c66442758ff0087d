//! The error enum of an operation, and how a value of it becomes an HTTP response: its status, content type and body.

use super::api::Api;
use super::call::{Case, Matcher};
use super::error::{text_at, write_summary};
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// The error enum of an operation, with a variant for each documented error.
///
/// A client reads it from a response. A server, or a mock server in a test, turns it back into a response. The trait is
/// sealed: only generated enums implement it.
#[expect(private_bounds, reason = "the trait is sealed")]
pub trait OperationError: ErrorCases + std::error::Error {
    /// The codes of the API: its enum `ErrorCode`, or [`Infallible`](std::convert::Infallible) if it documents no codes.
    type Code: Copy + fmt::Debug + 'static;

    /// The known code with this text.
    #[doc(hidden)]
    fn parse_code(text: &str) -> Option<Self::Code>;

    /// The status of the variant, or the status that the value holds.
    fn status(&self) -> StatusCode {
        self.reply().status(matcher(self))
    }

    /// The code of the variant, if it is for one code.
    fn code(&self) -> Option<Self::Code> {
        Self::parse_code(self.code_str()?)
    }

    /// The code of the variant as text.
    fn code_str(&self) -> Option<&'static str> {
        matcher(self)?.code()
    }

    /// The media type of the body, if there is a body.
    fn content_type(&self) -> Option<&'static str> {
        self.reply().media_type
    }

    /// The body. If the variant is for a code, the body contains that code even if the value does not, so that a client
    /// reads it as the same variant.
    fn to_body(&self) -> Bytes {
        let reply = self.reply();
        let case = Self::CASES.get(reply.case);
        let is_number = case.is_some_and(|case| case.is_number);
        let pointer = case.and_then(|case| case.code_pointer);
        let pointer = pointer.or_else(|| Self::API.code_pointers.first().copied());
        reply.body(matcher(self), is_number, pointer.unwrap_or_default())
    }

    /// Status, content type and body.
    fn to_response(&self) -> Response<Bytes> {
        self.reply().response(self.status(), self.to_body())
    }
}

/// How the values of an error enum are read from responses and written to them. The trait is private to the crate, so
/// that only generated enums implement [`OperationError`].
pub(crate) trait ErrorCases: Sized + 'static {
    /// The API of the operation.
    const API: &'static Api;

    /// All documented errors, most specific first.
    const CASES: &'static [Case<Self>];

    /// The case of this value, and its body.
    fn reply(&self) -> ErrorReply<'_>;

    /// Writes the error as one line: its status, its code and the message in its body.
    ///
    /// # Errors
    /// The formatter returns an error.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reply().write(matcher(self), Self::API, f)
    }
}

fn matcher<E: ErrorCases>(error: &E) -> Option<Matcher> {
    E::CASES.get(error.reply().case).map(|case| case.when)
}

/// The index of a value's case among the cases of its enum, and the body that the value holds.
#[derive(Clone, Copy)]
pub struct ErrorReply<'a> {
    case: usize,
    status: Option<StatusCode>,
    content: Content<'a>,
    media_type: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Empty,
    Json(&'a dyn Json),
    Text(&'a str),
    Bytes(&'a Bytes),
}

impl Content<'_> {
    /// The body as it is in the value.
    fn to_bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::Json(value) => value.to_json().into(),
            Self::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

/// An object-safe form of `Serialize`.
trait Json {
    fn to_json(&self) -> Vec<u8>;
}

impl<T: Serialize> Json for T {
    fn to_json(&self) -> Vec<u8> {
        // Serializing a generated type does not fail.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl<'a> ErrorReply<'a> {
    /// A case without a body.
    #[must_use]
    pub fn empty(case: usize) -> Self {
        Self::new(case, Content::Empty, None)
    }

    /// A case with a JSON body.
    pub fn json<T: Serialize>(case: usize, body: &'a T) -> Self {
        Self::new(case, Content::Json(body), Some("application/json"))
    }

    /// A case with a text body.
    #[must_use]
    pub fn text(case: usize, body: &'a str) -> Self {
        Self::new(case, Content::Text(body), Some("text/plain; charset=utf-8"))
    }

    /// A case with a body of bytes.
    #[must_use]
    pub fn bytes(case: usize, body: &'a Bytes) -> Self {
        Self::new(case, Content::Bytes(body), Some("application/octet-stream"))
    }

    fn new(case: usize, content: Content<'a>, media_type: Option<&'static str>) -> Self {
        Self {
            case,
            status: None,
            content,
            media_type,
        }
    }

    /// Sets the status, for a case that covers several statuses.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets the media type, if it differs from the default for this kind of body.
    #[must_use]
    pub fn with_media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// The status that was set, or else the status of the case.
    fn status(&self, when: Option<Matcher>) -> StatusCode {
        let of_case = || StatusCode::from_u16(when?.status()?).ok();
        self.status
            .or_else(of_case)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The body. If the case is for a code, the body contains that code at `pointer`, so that a client reads the
    /// response as the same case.
    fn body(&self, when: Option<Matcher>, is_number: bool, pointer: &str) -> Bytes {
        match self.content {
            Content::Json(value) => {
                let json = value.to_json();
                let code = when.and_then(Matcher::code);
                code.and_then(|code| with_code(&json, pointer, code, is_number))
                    .unwrap_or(json)
                    .into()
            }
            other => other.to_bytes(),
        }
    }

    fn write(&self, when: Option<Matcher>, api: &Api, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.content.to_bytes();
        let message = match self.content {
            Content::Json(_) => serde_json::from_slice(&body)
                .ok()
                .and_then(|json| text_at(&json, api.message_pointers)),
            _ => None,
        };
        let code = when.and_then(Matcher::code);
        write_summary(self.status(when), code, message.as_deref(), &body, f)
    }

    /// The whole response.
    fn response(&self, status: StatusCode, body: Bytes) -> Response<Bytes> {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let media_type = self.media_type.and_then(|text| HeaderValue::from_str(text).ok());
        if let Some(media_type) = media_type {
            response.headers_mut().insert(header::CONTENT_TYPE, media_type);
        }
        response
    }
}

/// Inserts `code` into a JSON body at `pointer`. `None` if the body already contains it, or has no room for it there.
fn with_code(json: &[u8], pointer: &str, code: &str, is_number: bool) -> Option<Vec<u8>> {
    let mut body: Value = serde_json::from_slice(json).ok()?;
    let is_present = match body.pointer(pointer) {
        Some(Value::String(text)) => text == code,
        Some(Value::Number(number)) => number.to_string() == code,
        _ => false,
    };
    if is_present {
        return None;
    }
    let value = insert_path(&mut body, pointer)?;
    *value = match code.parse::<serde_json::Number>() {
        Ok(code) if is_number => Value::Number(code),
        _ => Value::String(code.to_owned()),
    };
    serde_json::to_vec(&body).ok()
}

/// The value at `pointer`. Objects and arrays on the way are created where the value has `null` or no member.
fn insert_path<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    let mut at = value;
    for segment in pointer.strip_prefix('/')?.split('/') {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        if at.is_null() {
            *at = if segment == "0" {
                Value::Array(Vec::new())
            } else {
                Value::Object(Map::new())
            };
        }
        at = match at {
            Value::Object(members) => members.entry(segment).or_insert(Value::Null),
            Value::Array(items) => {
                let index: usize = segment.parse().ok()?;
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index)?
            }
            _ => return None,
        };
    }
    Some(at)
}
