//! Buffers a JSON value before its type is known, and writes an object with an additional member.
//!
//! Replaces `buffer.rs` in clients of APIs that have integers of more than 64 bits. `Value` would round such
//! integers, so the buffer holds each as an object with one member, its digits.

use super::digits::{is_wide, replace_numbers};
use serde::de::{Error as _, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The name of the member that holds the digits.
const DIGITS: &str = "$runtime::digits";
/// The name of a newtype struct whose value is requested as JSON text. `serde_json`'s deserializers and
/// `Tracked` support it.
const TEXT: &str = "$runtime::text";

/// Reads a value into the buffer.
pub(super) fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let text = text(deserializer)?;
    let wrapped = replace_numbers(&text, |number| {
        is_wide(number).then(|| format!("{{\"{DIGITS}\":\"{number}\"}}"))
    });
    serde_json::from_str(wrapped.as_deref().unwrap_or(&text)).map_err(D::Error::custom)
}

/// Reads a value as JSON text. The text may contain integers in the form in which [`value`] holds them.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_newtype_struct(TEXT, Text)
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| raw.get().to_owned())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

/// The digits of an integer that `Value` cannot represent.
pub(super) fn digits(value: &Value) -> Option<&str> {
    value.as_object()?.get(DIGITS)?.as_str()
}

/// Whether a newtype struct of this name requests its value as JSON text.
pub(super) fn is_json_text(name: &str) -> bool {
    name == TEXT
}

/// The value as users see it, in which integers of more than 64 bits are rounded.
pub(super) fn round_wide_integers(value: Value) -> Value {
    if let Some(digits) = digits(&value) {
        return digits.parse::<f64>().map_or(Value::Null, Value::from);
    }
    match value {
        Value::Array(items) => items.into_iter().map(round_wide_integers).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, round_wide_integers(value)))
            .collect(),
        other => other,
    }
}

/// Writes the object `value`, and adds the property `name` with the value `tag` if the object doesn't have it.
pub(super) fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let text = serde_json::to_string(value).map_err(S::Error::custom)?;
    let Ok(members) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(&text) else {
        return value.serialize(serializer);
    };
    let mut map = serializer.serialize_map(None)?;
    if !members.contains_key(name) {
        map.serialize_entry(name, tag)?;
    }
    for (name, value) in &members {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
