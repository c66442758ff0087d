//! Parses the headers of a response into typed values. A [`Form`] describes the syntax of each header.

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use std::fmt;

/// The documented headers of a response, as a struct.
pub trait TypedHeaders: Sized {
    /// Parses the headers.
    ///
    /// # Errors
    /// A required header is missing, or a header does not match its documentation.
    fn read(headers: &HeaderMap) -> Result<Self, HeaderError>;
}

/// The syntax of the value of a header.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON text.
    Json,
    /// A list with one text for each header line of this name.
    Lines,
    /// A list of values that are separated by commas.
    List(&'static Form),
    /// Names and values that are separated by commas: whether they are written `name=value`, the syntax of the values
    /// of known names, and the syntax of all other values.
    Object(bool, &'static [(&'static str, Form)], Option<&'static Form>),
}

/// A header does not match its documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError(Box<InvalidHeader>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct InvalidHeader {
    name: &'static str,
    value: Option<String>,
    reason: String,
}

impl HeaderError {
    fn new(name: &'static str, value: Option<String>, reason: String) -> Self {
        Self(Box::new(InvalidHeader { name, value, reason }))
    }

    /// The name of the header.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The value of the header; `None` if it is missing.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// Why the header could not be parsed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let InvalidHeader { name, value, reason } = &*self.0;
        match value {
            Some(value) => write!(f, "the header `{name}` is `{value}`: {reason}"),
            None => write!(f, "the header `{name}` {reason}"),
        }
    }
}

impl std::error::Error for HeaderError {}

/// Parses an optional header.
///
/// # Errors
/// The value is not a `T`.
pub fn optional<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    form: &Form,
) -> Result<Option<T>, HeaderError> {
    let Some((text, value)) = read(headers, name, form)? else {
        return Ok(None);
    };
    serde_json::from_value(value)
        .map(Some)
        .map_err(|error| HeaderError::new(name, Some(text), error.to_string()))
}

/// Parses a required header.
///
/// # Errors
/// The header is missing, or its value is not a `T`.
pub fn required<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    form: &Form,
) -> Result<T, HeaderError> {
    optional(headers, name, form)?
        .ok_or_else(|| HeaderError::new(name, None, "is required, and missing".to_owned()))
}

/// The text of a header, and its value as JSON.
fn read(
    headers: &HeaderMap,
    name: &'static str,
    form: &Form,
) -> Result<Option<(String, Value)>, HeaderError> {
    let mut text = String::new();
    let mut lines = Vec::new();
    for value in headers.get_all(name) {
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let reason = "it is not UTF-8".to_owned();
            return Err(HeaderError::new(name, Some(text), reason));
        };
        // Several header lines of one name form one list (RFC 9110, section 5.3).
        if !lines.is_empty() {
            text.push_str(", ");
        }
        text.push_str(value.trim());
        lines.push(Value::from(value.trim()));
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let read = match form {
        Form::Lines => Ok(Value::Array(lines)),
        form => value(form, &text),
    };
    match read {
        Ok(value) => Ok(Some((text, value))),
        Err(reason) => Err(HeaderError::new(name, Some(text), reason)),
    }
}

fn value(form: &Form, text: &str) -> Result<Value, String> {
    match form {
        // A value inside another has no header lines of its own.
        Form::Text | Form::Lines => Ok(Value::String(text.to_owned())),
        Form::Number => number(text)
            .map(Value::Number)
            .ok_or_else(|| format!("`{text}` is not a number")),
        Form::Boolean => match text {
            _ if text.eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
            _ if text.eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
            _ => Err(format!("`{text}` is neither `true` nor `false`")),
        },
        Form::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
        Form::List(item) => parts(text)
            .map(|part| value(item, part))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        Form::Object(explode, members, others) => {
            let mut parts = parts(text);
            let mut object = Map::new();
            while let Some(part) = parts.next() {
                let (name, text) = if *explode {
                    part.split_once('=')
                        .ok_or_else(|| format!("`{part}` has no `=`"))?
                } else {
                    let text = parts.next();
                    (part, text.ok_or_else(|| format!("`{part}` has no value"))?)
                };
                let known = members.iter().find(|(known, _)| *known == name.trim());
                if let Some(form) = known.map(|(_, form)| form).or(*others) {
                    object.insert(name.trim().to_owned(), value(form, text.trim())?);
                }
            }
            Ok(Value::Object(object))
        }
    }
}

/// The elements of a comma-separated list, without the empty ones (RFC 9110, section 5.6.1).
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn number(text: &str) -> Option<Number> {
    let whole = text.parse::<u64>().ok().map(Number::from);
    whole
        .or_else(|| text.parse::<i64>().ok().map(Number::from))
        .or_else(|| Number::from_f64(text.parse().ok()?))
}
