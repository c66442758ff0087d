//! Buffers a JSON value before its type is known, and writes an object with an additional member.
//!
//! `buffer_wide.rs` replaces this file in clients of APIs that have integers of more than 64 bits.

use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Reads a value into the buffer.
pub(super) fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// The digits of an integer that `Value` cannot represent. Always `None`: no type of this API has such integers.
#[allow(clippy::unnecessary_wraps, reason = "`buffer_wide.rs` returns digits")]
pub(super) fn digits(_: &Value) -> Option<&str> {
    None
}

/// Whether a newtype struct of this name requests its value as JSON text.
pub(super) fn is_json_text(_: &str) -> bool {
    false
}

/// The value as users see it.
pub(super) fn round_wide_integers(value: Value) -> Value {
    value
}

/// Writes the object `value`, and adds the property `name` with the value `tag` if the object doesn't have it.
pub(super) fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(name).or_insert_with(|| Value::from(tag));
    }
    value.serialize(serializer)
}
