//! A documented error on its way out: what a variant holds in, the status, the content type and the body that
//! tell of it out. Knows the tables of the errors, and none of their types.

use super::call::When;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// Which case a value of an error enum is, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer<'a> {
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

/// A value that is written as JSON, whatever its type.
trait Json {
    fn to_json(&self) -> Vec<u8>;
}

impl<T: Serialize> Json for T {
    fn to_json(&self) -> Vec<u8> {
        // Nothing that is generated can fail to be JSON.
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

impl<'a> Answer<'a> {
    /// The case of that number, which has no body.
    #[must_use]
    pub fn empty(case: usize) -> Self {
        Self::new(case, Content::Empty, None)
    }

    /// The case of that number, with JSON.
    pub fn json<T: Serialize>(case: usize, body: &'a T) -> Self {
        Self::new(case, Content::Json(body), Some("application/json"))
    }

    /// The case of that number, with text.
    #[must_use]
    pub fn text(case: usize, body: &'a str) -> Self {
        Self::new(case, Content::Text(body), Some("text/plain; charset=utf-8"))
    }

    /// The case of that number, with bytes.
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

    /// Its status, where the case is for several.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Its media type, where it is not the usual one.
    #[must_use]
    pub fn with_media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// The status: the case's, unless the case is for several.
    pub(super) fn status(&self, when: Option<When>) -> StatusCode {
        let of_case = || StatusCode::from_u16(when?.status()?).ok();
        self.status
            .or_else(of_case)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(super) fn media_type(&self) -> Option<&'static str> {
        self.media_type
    }

    /// The body. The code of the case stands in it, so that it is read as the same case again.
    pub(super) fn body(&self, when: Option<When>, number: bool, pointer: &str) -> Bytes {
        match self.content {
            Content::Empty => Bytes::new(),
            Content::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Content::Bytes(bytes) => bytes.clone(),
            Content::Json(value) => {
                let json = value.to_json();
                let code = when.and_then(When::code);
                code.and_then(|code| with_code(&json, pointer, code, number))
                    .unwrap_or(json)
                    .into()
            }
        }
    }

    /// All of it.
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

/// The body with the code in its place; `None` if it stands there, or nothing can stand there.
fn with_code(json: &[u8], pointer: &str, code: &str, number: bool) -> Option<Vec<u8>> {
    let mut body: Value = serde_json::from_slice(json).ok()?;
    let stands = match body.pointer(pointer) {
        Some(Value::String(text)) => text == code,
        Some(Value::Number(number)) => number.to_string() == code,
        _ => false,
    };
    if stands {
        return None;
    }
    let place = place(&mut body, pointer)?;
    *place = match code.parse::<serde_json::Number>() {
        Ok(code) if number => Value::Number(code),
        _ => Value::String(code.to_owned()),
    };
    serde_json::to_vec(&body).ok()
}

/// The place in a value, which is made where there is none yet.
fn place<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
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
