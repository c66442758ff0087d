//! The headers of a response in, typed values out. How each header is read is told by a [`Form`]; no type of any
//! API is known here.

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use std::fmt;

/// Documented headers of a response, with their types.
pub trait TypedHeaders: Sized {
    /// Reads them.
    ///
    /// # Errors
    /// A header that is required is missing, or one is not what the documents say.
    fn read(headers: &HeaderMap) -> Result<Self, HeaderError>;
}

/// How the text of a header is read.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// As it is.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON.
    Json,
    /// A text for each line of that name.
    Lines,
    /// Values with commas between them.
    List(&'static Form),
    /// Names and values with commas between them: whether they are `name=value`, how the values of names that are
    /// known are read, and how those of others.
    Object(bool, &'static [(&'static str, Form)], Option<&'static Form>),
}

/// A header that is not what the documents say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError(Box<Misfit>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Misfit {
    name: &'static str,
    value: Option<String>,
    reason: String,
}

impl HeaderError {
    fn new(name: &'static str, value: Option<String>, reason: String) -> Self {
        Self(Box::new(Misfit { name, value, reason }))
    }

    /// The header.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Its value; `None` if it is missing.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Misfit { name, value, reason } = &*self.0;
        match value {
            Some(value) => write!(f, "the header `{name}` is `{value}`: {reason}"),
            None => write!(f, "the header `{name}` {reason}"),
        }
    }
}

impl std::error::Error for HeaderError {}

/// A header that may be missing.
///
/// # Errors
/// It is there and is no `T`.
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

/// A header that is always there.
///
/// # Errors
/// It is missing, or no `T`.
pub fn required<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    form: &Form,
) -> Result<T, HeaderError> {
    optional(headers, name, form)?
        .ok_or_else(|| HeaderError::new(name, None, "is required, and missing".to_owned()))
}

/// The text of a header, and the value that it stands for.
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
        // Several lines of one name are one list (RFC 9110, section 5.3).
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
        // Inside of another value there are no lines.
        Form::Text | Form::Lines => Ok(Value::String(text.to_owned())),
        Form::Number => number(text)
            .map(Value::Number)
            .ok_or_else(|| format!("`{text}` is no number")),
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

/// What stands between commas; empty parts do not count (RFC 9110, section 5.6.1).
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn number(text: &str) -> Option<Number> {
    let whole = text.parse::<u64>().ok().map(Number::from);
    whole
        .or_else(|| text.parse::<i64>().ok().map(Number::from))
        .or_else(|| Number::from_f64(text.parse().ok()?))
}
