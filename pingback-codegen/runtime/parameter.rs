//! Values in, text of a URL, header, cookie or form out: the styles of the `OpenAPI` specification ("Style
//! Values"), which are those of RFC 6570.

use super::digits::{is_wide, rewrite};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `;name=value`, in a path.
    Matrix,
    /// `.value`, in a path.
    Label,
    /// `value`, in a path or header.
    Simple,
    /// `name=value`, in a query, cookie or form.
    Form,
    /// Like form, with spaces between the elements.
    SpaceDelimited,
    /// Like form, with bars between the elements.
    PipeDelimited,
    /// `name[member]=value`, in a query or form.
    DeepObject,
    /// JSON text.
    Json,
}

/// How a property of a form is written.
#[derive(Debug)]
pub struct FormField {
    /// The property on the wire.
    pub name: &'static str,
    /// The media type of its part in a multipart form, if the document names one.
    pub content_type: Option<&'static str>,
    /// How it is written in a urlencoded form.
    pub style: Style,
    /// Arrays as one field for each element.
    pub explode: bool,
    /// Reserved characters stay as they are in a urlencoded form.
    pub allow_reserved: bool,
}

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `allowReserved` still encodes: `&`, `+`, `#`, brackets and `%` would change the meaning of the query.
const NOT_ALLOWED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What no cookie value can hold (RFC 6265, section 4.1.1), and `%`.
const NOT_IN_COOKIES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// A value, as far as styles tell values apart.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Absent,
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, Value)>),
}

impl Shape {
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        serde_json::to_string(value)
            .map_err(|error| error.to_string())
            .and_then(|json| Self::of_json(&json))
    }

    fn of_json(json: &str) -> Result<Self, String> {
        // A number stays as it was written: `Value` would round the large and the 32-bit ones.
        if json.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Ok(Self::Scalar(json.to_owned()));
        }
        // Within others, the large ones are texts from here on, as everything is in the end.
        let texts = rewrite(json, |number| is_wide(number).then(|| format!("\"{number}\"")));
        let value =
            serde_json::from_str(texts.as_deref().unwrap_or(json)).map_err(|error| error.to_string())?;
        Ok(match value {
            Value::Null => Self::Absent,
            Value::Array(items) => Self::List(items.iter().map(scalar).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .filter(|(_, value)| !value.is_null())
                    .collect(),
            ),
            other => Self::Scalar(scalar(&other)),
        })
    }
}

/// The text of a value inside another.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Everything but unreserved characters percent-encoded.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

pub(super) fn cookie_text(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_COOKIES).to_string()
}

/// `name=value`, encoded.
pub(super) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}

/// Adds a pair to a query.
pub(super) fn append(query: &mut String, pair: &str) {
    if !query.is_empty() && !pair.is_empty() {
        query.push('&');
    }
    query.push_str(pair);
}

/// A path parameter's text.
pub(super) fn path(name: &str, style: Style, explode: bool, value: &Shape) -> String {
    let key = encode(name);
    let members = |between: &str, inside: &str, list: &[(String, Value)]| {
        let texts = list
            .iter()
            .map(|(k, v)| format!("{}{inside}{}", encode(k), encode(&scalar(v))));
        texts.collect::<Vec<_>>().join(between)
    };
    let items =
        |list: &[String], between: &str| list.iter().map(|v| encode(v)).collect::<Vec<_>>().join(between);
    match (style, value) {
        (_, Shape::Absent) => String::new(),
        (Style::Label, Shape::Scalar(text)) => format!(".{}", encode(text)),
        (Style::Label, Shape::List(list)) => format!(".{}", items(list, if explode { "." } else { "," })),
        (Style::Label, Shape::Object(list)) if explode => format!(".{}", members(".", "=", list)),
        (Style::Label, Shape::Object(list)) => format!(".{}", members(",", ",", list)),
        (Style::Matrix, Shape::Scalar(text)) if text.is_empty() => format!(";{key}"),
        (Style::Matrix, Shape::Scalar(text)) => format!(";{key}={}", encode(text)),
        (Style::Matrix, Shape::List(list)) if explode => {
            let pairs: Vec<_> = list
                .iter()
                .map(|item| format!(";{key}={}", encode(item)))
                .collect();
            pairs.concat()
        }
        (Style::Matrix, Shape::List(list)) => format!(";{key}={}", items(list, ",")),
        (Style::Matrix, Shape::Object(list)) if explode => format!(";{}", members(";", "=", list)),
        (Style::Matrix, Shape::Object(list)) => format!(";{key}={}", members(",", ",", list)),
        (_, Shape::Scalar(text)) => encode(text),
        (_, Shape::List(list)) => items(list, ","),
        (_, Shape::Object(list)) if explode => members(",", "=", list),
        (_, Shape::Object(list)) => members(",", ",", list),
    }
}

/// The `name=value` pairs of a query or form; none for what is absent or empty.
pub(super) fn query(
    name: &str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    value: Shape,
) -> Vec<String> {
    let set = if allow_reserved { NOT_ALLOWED } else { RESERVED };
    let text = |text: &str| utf8_percent_encode(text, set).to_string();
    let key = encode(name);
    let between = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match (style, value) {
        (_, Shape::Absent) => Vec::new(),
        (_, Shape::Scalar(value)) => vec![format!("{key}={}", text(&value))],
        (Style::DeepObject, Shape::List(list)) => list
            .iter()
            .map(|item| format!("{key}%5B%5D={}", text(item)))
            .collect(),
        (_, Shape::List(list)) if list.is_empty() => Vec::new(),
        (_, Shape::List(list)) if explode => {
            list.iter().map(|item| format!("{key}={}", text(item))).collect()
        }
        (_, Shape::List(list)) => {
            let items: Vec<_> = list.iter().map(|item| text(item)).collect();
            vec![format!("{key}={}", items.join(between))]
        }
        (_, Shape::Object(list)) if list.is_empty() => Vec::new(),
        (Style::DeepObject, Shape::Object(list)) => {
            let mut pairs = Vec::new();
            for (member, value) in &list {
                deep(
                    &format!("{key}%5B{}%5D", encode(member)),
                    value,
                    set,
                    &mut pairs,
                    16,
                );
            }
            pairs
        }
        (_, Shape::Object(list)) if explode => list
            .iter()
            .flat_map(|(member, value)| exploded(member, value, set))
            .collect(),
        (_, Shape::Object(list)) => {
            let flat: Vec<_> = list
                .iter()
                .flat_map(|(member, value)| [encode(member), text(&scalar(value))])
                .collect();
            vec![format!("{key}={}", flat.join(between))]
        }
    }
}

/// A member of an exploded object; an array within it is exploded too.
fn exploded(member: &str, value: &Value, set: &'static AsciiSet) -> Vec<String> {
    let one = |value: &Value| format!("{}={}", encode(member), utf8_percent_encode(&scalar(value), set));
    match value {
        Value::Array(items) => items.iter().map(one).collect(),
        other => vec![one(other)],
    }
}

/// `key[member][member]=value`; beyond `depth` the rest is JSON text.
fn deep(key: &str, value: &Value, set: &'static AsciiSet, pairs: &mut Vec<String>, depth: usize) {
    match value {
        Value::Null => {}
        Value::Object(members) if depth > 0 => {
            for (member, value) in members {
                deep(
                    &format!("{key}%5B{}%5D", encode(member)),
                    value,
                    set,
                    pairs,
                    depth - 1,
                );
            }
        }
        Value::Array(items) if depth > 0 => {
            for item in items {
                pairs.push(format!("{key}={}", utf8_percent_encode(&scalar(item), set)));
            }
        }
        other => pairs.push(format!("{key}={}", utf8_percent_encode(&scalar(other), set))),
    }
}

/// A header's text; not percent-encoded.
pub(super) fn header(explode: bool, value: &Shape) -> Option<String> {
    match value {
        Shape::Absent => None,
        Shape::Scalar(text) => Some(text.clone()),
        Shape::List(list) => Some(list.join(",")),
        Shape::Object(list) => {
            let inside = if explode { "=" } else { "," };
            let texts: Vec<_> = list
                .iter()
                .map(|(k, v)| format!("{k}{inside}{}", scalar(v)))
                .collect();
            Some(texts.join(","))
        }
    }
}

/// The `name=value` pairs of a `Cookie` header.
pub(super) fn cookie(name: &str, explode: bool, value: &Shape) -> Vec<String> {
    let one = |name: &str, text: &str| format!("{name}={}", cookie_text(text));
    match value {
        Shape::Absent => Vec::new(),
        Shape::Scalar(text) => vec![one(name, text)],
        Shape::List(list) if explode => list.iter().map(|item| one(name, item)).collect(),
        // A comma is not allowed in a cookie, so it is encoded with the rest.
        Shape::List(list) => vec![one(name, &list.join(","))],
        Shape::Object(list) if explode => list.iter().map(|(k, v)| one(k, &scalar(v))).collect(),
        Shape::Object(list) => {
            let flat: Vec<_> = list.iter().flat_map(|(k, v)| [k.clone(), scalar(v)]).collect();
            vec![one(name, &flat.join(","))]
        }
    }
}
