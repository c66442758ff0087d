//! Values that are read before it is known what they are, and objects that are written with a member more, where
//! integers have more than 64 bits.
//!
//! `Value` would round such integers, so each is kept in it as an object with one member: its digits.

use super::digits::{is_wide, rewrite};
use serde::de::{Error as _, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The member that holds the digits.
const DIGITS: &str = "$runtime::digits";
/// A value of this name is given as JSON text by those that know the name.
const TEXT: &str = "$runtime::text";

/// Reads a value.
pub(super) fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let text = text(deserializer)?;
    let kept = rewrite(&text, |number| {
        is_wide(number).then(|| format!("{{\"{DIGITS}\":\"{number}\"}}"))
    });
    serde_json::from_str(kept.as_deref().unwrap_or(&text)).map_err(D::Error::custom)
}

/// Reads a value as JSON text, in which some integers may stand as [`value`] keeps them.
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

/// The digits of a number that `Value` cannot hold.
pub(super) fn digits(value: &Value) -> Option<&str> {
    value.as_object()?.get(DIGITS)?.as_str()
}

/// Is the value of this name to be given as JSON text?
pub(super) fn wants_text(name: &str) -> bool {
    name == TEXT
}

/// The value as whoever uses the types sees it: large integers are rounded.
pub(super) fn plain(value: Value) -> Value {
    if let Some(digits) = digits(&value) {
        return digits.parse::<f64>().map_or(Value::Null, Value::from);
    }
    match value {
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}

/// Writes `value`, an object, with the property `name` set to `tag` unless it has that property itself.
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
