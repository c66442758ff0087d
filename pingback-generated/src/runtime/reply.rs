//! What came back, before anybody knows what it is; and the readers that give it a type.

use super::digits;
use super::error::DecodeError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// What came back.
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

    pub(super) fn undecodable(
        &self,
        type_name: &'static str,
        place: String,
        reason: String,
    ) -> Box<DecodeError> {
        Box::new(DecodeError::new(self.clone(), type_name, place, reason))
    }

    /// The body is JSON of something else.
    pub(super) fn misfit(&self, type_name: &'static str, error: &serde_json::Error) -> Box<DecodeError> {
        let place = place(&self.body, error.line(), error.column());
        self.undecodable(type_name, place, error.to_string())
    }
}

/// What is coming: the head is there, and the body can be read as it arrives.
pub struct Incoming {
    /// The reply without its body.
    pub(super) reply: Reply,
    pub(super) response: reqwest::Response,
    /// How long the request may take, unless it may take for ever.
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

/// What an operation's answer was not sent for: it is a stream where all of it was asked for.
///
/// # Errors
/// Always.
#[allow(clippy::needless_pass_by_value, reason = "all readers have one form")]
pub fn is_stream<T>(incoming: Incoming) -> Result<T, Box<DecodeError>> {
    let reason = "it is a stream of events, which the request's `events()` reads";
    Err(incoming
        .reply
        .undecodable(std::any::type_name::<T>(), String::new(), reason.to_owned()))
}

/// What an operation's answer was not sent for: all of it has come where a stream was asked for.
///
/// # Errors
/// Always; the error holds the body.
pub fn is_no_stream<T>(reply: &Reply) -> Result<T, Box<DecodeError>> {
    let reason = "it is no stream of events; awaiting the request itself reads it";
    Err(reply.undecodable(std::any::type_name::<T>(), String::new(), reason.to_owned()))
}

/// Reads JSON.
///
/// # Errors
/// The body is not JSON, or does not fit `T`.
pub fn json<T: DeserializeOwned>(reply: &Reply) -> Result<T, Box<DecodeError>> {
    digits::decode(&reply.body).map_err(|error| reply.misfit(std::any::type_name::<T>(), &error))
}

/// Reads text.
///
/// # Errors
/// The body is not UTF-8.
pub fn text(reply: &Reply) -> Result<String, Box<DecodeError>> {
    let text = std::str::from_utf8(&reply.body);
    text.map(ToOwned::to_owned)
        .map_err(|error| reply.undecodable("String", String::new(), error.to_string()))
}

/// Reads bytes.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one form")]
pub fn bytes(reply: &Reply) -> Result<Bytes, Box<DecodeError>> {
    Ok(reply.body.clone())
}

/// Reads nothing, whatever the body holds.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one form")]
pub fn empty(_: &Reply) -> Result<(), Box<DecodeError>> {
    Ok(())
}

/// One object or array around the place that is looked for.
enum Level {
    Object(String),
    Array(usize),
}

/// The JSON pointer of the value in which a line and column of the text lie. Found by a scan of the text and
/// not by a second decoding, which would have to be compiled for every type.
fn place(body: &[u8], line: usize, column: usize) -> String {
    let mut start = 0;
    for _ in 1..line {
        match body[start..].iter().position(|byte| *byte == b'\n') {
            Some(end) => start += end + 1,
            None => break,
        }
    }
    let end = (start + column).min(body.len());
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    // A string is a key if an object is open and no colon has come yet.
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
            // What ends at the very place is the thing that did not fit: it is not left.
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
                let close = string_end(body, at);
                if key_next && close <= end {
                    let key = serde_json::from_slice(&body[at..close]).unwrap_or_default();
                    if let Some(Level::Object(name)) = levels.last_mut() {
                        *name = key;
                    }
                    key_next = false;
                }
                at = close;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    let closes_object = end > 0 && body.get(end - 1) == Some(&b'}');
    if closes_object {
        // A member is missing: the object itself is the place, not its last member.
        if let Some(Level::Object(name)) = levels.last_mut() {
            name.clear();
        }
    }
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

/// The offset after the string that starts at `at`.
fn string_end(body: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while let Some(byte) = body.get(next) {
        match byte {
            b'\\' => next += 2,
            b'"' => return next + 1,
            _ => next += 1,
        }
    }
    body.len()
}
