//! Values that are read before it is known what they are, and objects that are written with a member more.

use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Reads a value.
pub(super) fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// The digits of a number that `Value` cannot hold: there is none, since no type of this API has such numbers.
#[allow(
    clippy::unnecessary_wraps,
    reason = "where there are such numbers it is not so"
)]
pub(super) fn digits(_: &Value) -> Option<&str> {
    None
}

/// Is the value of this name to be given as JSON text?
pub(super) fn wants_text(_: &str) -> bool {
    false
}

/// The value as whoever uses the types sees it.
pub(super) fn plain(value: Value) -> Value {
    value
}

/// Writes `value`, an object, with the property `name` set to `tag` unless it has that property itself.
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
