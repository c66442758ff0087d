//! Serializes parameters for paths, queries, headers, cookies and forms, in the styles of the `OpenAPI` specification
//! ("Style Values"), which follow RFC 6570.

use super::digits::{is_wide, replace_numbers};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// How a parameter is serialized.
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
    /// Like form, with spaces as separators.
    SpaceDelimited,
    /// Like form, with vertical bars as separators.
    PipeDelimited,
    /// `name[member]=value`, in a query or form.
    DeepObject,
    /// JSON text.
    Json,
}

/// The documented encoding of a property of a form.
#[derive(Debug)]
pub struct FormField {
    /// The name of the property in the document.
    pub name: &'static str,
    /// The media type of the part in a multipart form, if it is documented.
    pub content_type: Option<&'static str>,
    /// The style. Without one, scalars are text, objects are JSON, and each element of an array is a field.
    pub style: Option<Style>,
    /// Whether each element of an array is a field.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded in a urlencoded form.
    pub allow_reserved: bool,
}

/// The maximum depth of `deepObject`; values at a greater depth are written as JSON text.
const DEPTH: usize = 16;

/// The characters that are encoded by default: all but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The characters that are encoded with `allowReserved`. It includes `&`, `+`, `#`, brackets and `%`, which would
/// change the meaning of the query.
const ENCODED_IF_RESERVED_ALLOWED: &AsciiSet = &RESERVED
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

/// The characters that a cookie value cannot contain (RFC 6265, section 4.1.1), and `%`.
const NOT_IN_COOKIES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// A value, classified as the styles require.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Absent,
    Scalar(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Shape {
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        serde_json::to_string(value)
            .map_err(|error| error.to_string())
            .and_then(|json| Self::of_json(&json))
    }

    fn of_json(json: &str) -> Result<Self, String> {
        // `Value` would round large integers, and print the digits of an `f64` for an `f32`.
        if json.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Ok(Self::Scalar(json.to_owned()));
        }
        // Nested large integers become strings. They are written as text in the end anyway.
        let texts = replace_numbers(json, |number| is_wide(number).then(|| format!("\"{number}\"")));
        let value =
            serde_json::from_str(texts.as_deref().unwrap_or(json)).map_err(|error| error.to_string())?;
        Ok(match value {
            Value::Null => Self::Absent,
            // Undefined values are ignored, also in lists (RFC 6570, section 2.3).
            Value::Array(items) => Self::List(items.into_iter().filter(|item| !item.is_null()).collect()),
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

/// The text of a nested value.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Percent-encodes all but the unreserved characters.
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

/// Appends a pair to a query.
pub(super) fn append(query: &mut String, pair: &str) {
    if !query.is_empty() && !pair.is_empty() {
        query.push('&');
    }
    query.push_str(pair);
}

/// Serializes a path parameter.
pub(super) fn path(name: &str, style: Style, explode: bool, value: &Shape) -> String {
    let key = encode(name);
    let members = |between: &str, inside: &str, list: &[(String, Value)]| {
        let texts = list
            .iter()
            .map(|(k, v)| format!("{}{inside}{}", encode(k), encode(&scalar(v))));
        texts.collect::<Vec<_>>().join(between)
    };
    let items = |list: &[Value], between: &str| {
        let texts = list.iter().map(|item| encode(&scalar(item)));
        texts.collect::<Vec<_>>().join(between)
    };
    // An empty value is written as the name without `=` (RFC 6570, section 3.2.7).
    let named = |key: &str, text: &str| match text {
        "" => format!(";{key}"),
        text => format!(";{key}={text}"),
    };
    match (style, value) {
        (_, Shape::Absent) => String::new(),
        // A list or object without members is undefined (RFC 6570, section 2.3).
        (_, Shape::List(list)) if list.is_empty() => String::new(),
        (_, Shape::Object(list)) if list.is_empty() => String::new(),
        (Style::Label, Shape::Scalar(text)) => format!(".{}", encode(text)),
        (Style::Label, Shape::List(list)) => format!(".{}", items(list, if explode { "." } else { "," })),
        (Style::Label, Shape::Object(list)) if explode => format!(".{}", members(".", "=", list)),
        (Style::Label, Shape::Object(list)) => format!(".{}", members(",", ",", list)),
        (Style::Matrix, Shape::Scalar(text)) => named(&key, &encode(text)),
        (Style::Matrix, Shape::List(list)) if explode => {
            let pairs = list.iter().map(|item| named(&key, &encode(&scalar(item))));
            pairs.collect()
        }
        (Style::Matrix, Shape::List(list)) => named(&key, &items(list, ",")),
        (Style::Matrix, Shape::Object(list)) if explode => {
            let pairs = list.iter().map(|(k, v)| named(&encode(k), &encode(&scalar(v))));
            pairs.collect()
        }
        (Style::Matrix, Shape::Object(list)) => named(&key, &members(",", ",", list)),
        (_, Shape::Scalar(text)) => encode(text),
        (_, Shape::List(list)) => items(list, ","),
        (_, Shape::Object(list)) if explode => members(",", "=", list),
        (_, Shape::Object(list)) => members(",", ",", list),
    }
}

/// Serializes a query parameter or a form property into `name=value` pairs. An absent or empty value has none.
pub(super) fn query(
    name: &str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    value: Shape,
) -> Vec<String> {
    let set = if allow_reserved {
        ENCODED_IF_RESERVED_ALLOWED
    } else {
        RESERVED
    };
    let key = encode(name);
    match value {
        Shape::Absent => Vec::new(),
        Shape::Scalar(text) => vec![format!("{key}={}", utf8_percent_encode(&text, set))],
        Shape::List(items) if items.is_empty() => Vec::new(),
        Shape::Object(members) if members.is_empty() => Vec::new(),
        Shape::List(items) => query_list(&key, style, explode, set, items),
        Shape::Object(members) => query_object(&key, style, explode, set, &members),
    }
}

/// Serializes a list that is not empty; `key` is encoded.
fn query_list(
    key: &str,
    style: Style,
    explode: bool,
    set: &'static AsciiSet,
    items: Vec<Value>,
) -> Vec<String> {
    let text = |item: &Value| utf8_percent_encode(&scalar(item), set).to_string();
    match style {
        Style::DeepObject if items.iter().any(is_nested) => {
            let mut pairs = Vec::new();
            deep(key, &Value::Array(items), set, &mut pairs, DEPTH);
            pairs
        }
        Style::DeepObject => items
            .iter()
            .map(|item| format!("{key}%5B%5D={}", text(item)))
            .collect(),
        _ if explode => items.iter().map(|item| format!("{key}={}", text(item))).collect(),
        _ => {
            let texts: Vec<_> = items.iter().map(text).collect();
            vec![format!("{key}={}", texts.join(separator(style)))]
        }
    }
}

/// Serializes an object that is not empty; `key` is encoded.
fn query_object(
    key: &str,
    style: Style,
    explode: bool,
    set: &'static AsciiSet,
    members: &[(String, Value)],
) -> Vec<String> {
    match style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            for (member, value) in members {
                let key = format!("{key}%5B{}%5D", encode(member));
                deep(&key, value, set, &mut pairs, DEPTH);
            }
            pairs
        }
        _ if explode => members
            .iter()
            .flat_map(|(member, value)| exploded(member, value, set))
            .collect(),
        _ => {
            let texts: Vec<_> = members
                .iter()
                .flat_map(|(member, value)| {
                    let text = utf8_percent_encode(&scalar(value), set).to_string();
                    [encode(member), text]
                })
                .collect();
            vec![format!("{key}={}", texts.join(separator(style)))]
        }
    }
}

/// The encoded separator between the elements of a list or object that is not exploded.
fn separator(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::Matrix | Style::Label | Style::Simple | Style::Form | Style::DeepObject | Style::Json => ",",
    }
}

/// Serializes a property of a urlencoded form that has no style ("Encoding Object" of `OpenAPI` 3.0.4 and 3.1.1).
pub(super) fn field(name: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(|item| pair(name, &scalar(item))).collect()
        }
        other => vec![pair(name, &scalar(other))],
    }
}

/// Serializes a member of an exploded object. An array in it is exploded, too.
fn exploded(member: &str, value: &Value, set: &'static AsciiSet) -> Vec<String> {
    let one = |value: &Value| format!("{}={}", encode(member), utf8_percent_encode(&scalar(value), set));
    match value {
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(one).collect(),
        other => vec![one(other)],
    }
}

/// Serializes `key[member][member]=value`. Values below `depth` levels are written as JSON text.
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
        // Nested elements need an index, so that their members can be assigned to them.
        Value::Array(items) if depth > 0 && items.iter().any(is_nested) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{key}%5B{index}%5D"), item, set, pairs, depth - 1);
            }
        }
        Value::Array(items) if depth > 0 => {
            for item in items.iter().filter(|item| !item.is_null()) {
                pairs.push(format!("{key}={}", utf8_percent_encode(&scalar(item), set)));
            }
        }
        other => pairs.push(format!("{key}={}", utf8_percent_encode(&scalar(other), set))),
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// Serializes a header, which is not percent-encoded. `None` for an absent or empty value.
pub(super) fn header(explode: bool, value: &Shape) -> Option<String> {
    match value {
        Shape::Absent => None,
        Shape::Scalar(text) => Some(text.clone()),
        Shape::List(list) if list.is_empty() => None,
        Shape::Object(list) if list.is_empty() => None,
        Shape::List(list) => Some(joined(list)),
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

/// Joins the elements of a list with commas.
fn joined(list: &[Value]) -> String {
    list.iter().map(scalar).collect::<Vec<_>>().join(",")
}

/// Serializes a cookie parameter into `name=value` pairs. An absent or empty value has none.
pub(super) fn cookie(name: &str, explode: bool, value: &Shape) -> Vec<String> {
    let one = |name: &str, text: &str| format!("{name}={}", cookie_text(text));
    match value {
        Shape::Absent => Vec::new(),
        Shape::Scalar(text) => vec![one(name, text)],
        Shape::List(list) if list.is_empty() => Vec::new(),
        Shape::Object(list) if list.is_empty() => Vec::new(),
        Shape::List(list) if explode => list.iter().map(|item| one(name, &scalar(item))).collect(),
        // A comma is not allowed in a cookie, so it is encoded.
        Shape::List(list) => vec![one(name, &joined(list))],
        // The names of members come from the value, so they must not be able to start another cookie.
        Shape::Object(list) if explode => list
            .iter()
            .map(|(k, v)| one(&cookie_text(k).replace('=', "%3D"), &scalar(v)))
            .collect(),
        Shape::Object(list) => {
            let flat: Vec<_> = list.iter().flat_map(|(k, v)| [k.clone(), scalar(v)]).collect();
            vec![one(name, &flat.join(","))]
        }
    }
}
