//! Checks that the items of a list are unique as JSON.

use super::checked::{self, ConstraintError, Limit, Violation};
use super::{buffer, tracked};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserializer, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Checks the items of a list.
pub fn items<T: Serialize>(
    type_name: &'static str,
    limits: &'static [Limit],
    items: &[T],
) -> Result<(), ConstraintError> {
    checked::count(type_name, limits, items.len())?;
    // A value that cannot be serialized is reported when it is sent.
    let value = |item| {
        let text = serde_json::to_string(item)?;
        buffer::value(&mut serde_json::Deserializer::from_str(&text))
    };
    let values: Result<Vec<Value>, serde_json::Error> = items.iter().map(value).collect();
    values.map_or(Ok(()), |values| check_unique_items(type_name, limits, &values))
}

/// Deserializes a list. The items are compared before they are decoded, since a type may not keep the members in which
/// they differ.
pub fn read<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    type_name: &'static str,
    limits: &'static [Limit],
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let value = buffer::value(deserializer)?;
    if let Value::Array(values) = &value {
        checked::count(type_name, limits, values.len())
            .and_then(|()| check_unique_items(type_name, limits, values))
            .map_err(Error::custom)?;
    }
    tracked::decode_nested(&value).map_err(Error::custom)
}

/// Checks that no two values are equal.
fn check_unique_items(
    type_name: &'static str,
    limits: &'static [Limit],
    values: &[Value],
) -> Result<(), ConstraintError> {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(values.len());
    let duplicate = values.iter().enumerate().find_map(|(index, value)| {
        let mut text = String::new();
        write_canonical(value, &mut text);
        seen.insert(text, index).map(|first| (first, index))
    });
    checked::check(type_name, limits, |limit| match (limit, duplicate) {
        (Limit::UniqueItems, Some((a, b))) => Some(Violation::Same(a, b)),
        _ => None,
    })
}

/// Writes a value in a canonical form, which is the same for equal values: `1.0` is written as `1`, and members are
/// sorted.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in members {
                let _ = write!(text, "{name:?}:");
                write_canonical(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().unwrap_or_default();
            // `Display` writes neither an exponent nor the fraction `.0`. `-0.0` equals `0.0`.
            let _ = write!(text, "{}", if float == 0.0 { 0.0 } else { float });
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}
