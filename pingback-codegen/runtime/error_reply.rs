//! Turns a value of an operation's error enum into an HTTP response: its status, content type and body.

use super::call::Matcher;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// The index of a value's case in [`OperationError::CASES`](super::call::OperationError::CASES), and the body that the
/// value holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorReply<'a> {
    pub(super) case: usize,
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

impl PartialEq for Content<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Empty, Self::Empty) => true,
            (Self::Json(one), Self::Json(other)) => one.to_json() == other.to_json(),
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            _ => false,
        }
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Json(_) => "Json",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
        })
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
    pub(super) fn status(&self, when: Option<Matcher>) -> StatusCode {
        let of_case = || StatusCode::from_u16(when?.status()?).ok();
        self.status
            .or_else(of_case)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(super) fn media_type(&self) -> Option<&'static str> {
        self.media_type
    }

    /// The body. If the case is for a code, the body contains that code at `pointer`, so that a client reads the
    /// response as the same case.
    pub(super) fn body(&self, when: Option<Matcher>, is_number: bool, pointer: &str) -> Bytes {
        match self.content {
            Content::Empty => Bytes::new(),
            Content::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Content::Bytes(bytes) => bytes.clone(),
            Content::Json(value) => {
                let json = value.to_json();
                let code = when.and_then(Matcher::code);
                code.and_then(|code| with_code(&json, pointer, code, is_number))
                    .unwrap_or(json)
                    .into()
            }
        }
    }

    /// The whole response.
    pub(super) fn response(&self, status: StatusCode, body: Bytes) -> Response<Bytes> {
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
