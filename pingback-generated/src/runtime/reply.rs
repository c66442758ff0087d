//! A response before it is decoded, and the functions that decode it.

use super::digits;
use super::error::DecodeError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// A response with its complete body.
#[derive(Clone)]
pub struct Reply {
    pub(super) operation: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Reply {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn decode_error(
        &self,
        type_name: &'static str,
        place: String,
        reason: String,
    ) -> Box<DecodeError> {
        Box::new(DecodeError::new(self.clone(), type_name, place, reason))
    }

    /// The body as JSON text. A parser may ignore a byte order mark (RFC 8259, section 8.1).
    fn json_text(&self) -> &[u8] {
        self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body)
    }

    /// The body as any JSON; `None` if it is not JSON.
    pub(super) fn json_value(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(self.json_text()).ok()
    }

    /// The error of decoding the body as JSON.
    pub(super) fn json_error(&self, type_name: &'static str, error: &serde_json::Error) -> Box<DecodeError> {
        let place = pointer_at(self.json_text(), error.line(), error.column());
        self.decode_error(type_name, place, error.to_string())
    }
}

/// A response whose body has not been read yet.
pub struct Incoming {
    /// The reply without its body.
    pub(super) reply: Reply,
    pub(super) response: reqwest::Response,
    /// The timeout of the request, if any.
    pub(super) timeout: Option<Duration>,
}

impl Incoming {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("operation", &self.reply.operation)
            .field("status", &self.reply.status)
            .finish_non_exhaustive()
    }
}

/// Rejects a stream where a complete body was requested.
///
/// # Errors
/// Always.
#[allow(clippy::needless_pass_by_value, reason = "all readers have one signature")]
pub fn reject_stream<T>(incoming: Incoming) -> Result<T, Box<DecodeError>> {
    let reason = "it is a stream of events, which the request's `events()` reads";
    Err(incoming
        .reply
        .decode_error(std::any::type_name::<T>(), String::new(), reason.to_owned()))
}

/// Rejects a complete body where a stream was requested.
///
/// # Errors
/// Always. The error contains the body.
pub fn reject_whole<T>(reply: &Reply) -> Result<T, Box<DecodeError>> {
    let reason = "it is no stream of events; awaiting the request itself reads it";
    Err(reply.decode_error(std::any::type_name::<T>(), String::new(), reason.to_owned()))
}

/// Decodes the body as JSON.
///
/// # Errors
/// The body is not JSON, or not a `T`.
pub fn json<T: DeserializeOwned>(reply: &Reply) -> Result<T, Box<DecodeError>> {
    digits::decode(reply.json_text()).map_err(|error| reply.json_error(std::any::type_name::<T>(), &error))
}

/// Decodes the body as text.
///
/// # Errors
/// The body is not UTF-8.
pub fn text(reply: &Reply) -> Result<String, Box<DecodeError>> {
    let text = std::str::from_utf8(&reply.body);
    text.map(ToOwned::to_owned)
        .map_err(|error| reply.decode_error("String", String::new(), error.to_string()))
}

/// Returns the body as bytes.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn bytes(reply: &Reply) -> Result<Bytes, Box<DecodeError>> {
    Ok(reply.body.clone())
}

/// Ignores the body.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn empty(_: &Reply) -> Result<(), Box<DecodeError>> {
    Ok(())
}

/// The JSON pointer of the value at a line and column of the body. The body is scanned, since decoding it a second time
/// to find the pointer would have to be compiled for each type.
fn pointer_at(body: &[u8], line: usize, column: usize) -> String {
    let levels = levels_at(body, offset(body, line, column));
    let mut pointer = String::new();
    for (depth, level) in levels.iter().enumerate() {
        match level {
            Level::Object(name) if name.is_empty() && depth + 1 == levels.len() => {}
            Level::Object(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Level::Array(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
    pointer
}

/// The offset of a line and column, at most the length of the body.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match body[start..].iter().position(|byte| *byte == b'\n') {
            Some(end) => start += end + 1,
            None => break,
        }
    }
    (start + column).min(body.len())
}

/// An object or array that contains the position, with the current key or index.
enum Level {
    Object(String),
    Array(usize),
}

/// The objects and arrays that contain the byte before `end`, outermost first.
fn levels_at(body: &[u8], end: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    // Whether the next string is a key.
    let mut key_next = false;
    while at < end {
        match body[at] {
            b'{' => {
                levels.push(Level::Object(String::new()));
                key_next = true;
            }
            b'[' => {
                levels.push(Level::Array(0));
                key_next = false;
            }
            // A value that ends at the position is the one that could not be decoded, so its level stays.
            b'}' | b']' if at + 1 < end => {
                levels.pop();
                key_next = false;
            }
            b',' if at + 1 < end => match levels.last_mut() {
                Some(Level::Array(index)) => *index += 1,
                Some(Level::Object(_)) => key_next = true,
                None => {}
            },
            b'"' => {
                let close = digits::string_end(body, at);
                if key_next && close <= end {
                    set_key(
                        &mut levels,
                        serde_json::from_slice(&body[at..close]).unwrap_or_default(),
                    );
                    key_next = false;
                }
                at = close;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    if end > 0 && body.get(end - 1) == Some(&b'}') {
        // At the end of an object a member is missing: the pointer is that of the object, not of its last member.
        set_key(&mut levels, String::new());
    }
    levels
}

/// Sets the current key, if the innermost level is an object.
fn set_key(levels: &mut [Level], key: String) {
    if let Some(Level::Object(name)) = levels.last_mut() {
        *name = key;
    }
}
