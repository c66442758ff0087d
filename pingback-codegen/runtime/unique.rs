//! Lists that hold no item twice, by what JSON takes for the same.

use super::checked::{self, ConstraintError, Found, Limit};
use super::{buffer, tracked};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserializer, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Is this list what it should be?
pub fn items<T: Serialize>(
    type_name: &'static str,
    limits: &'static [Limit],
    items: &[T],
) -> Result<(), ConstraintError> {
    checked::count(type_name, limits, items.len())?;
    // What cannot be written is refused when it is sent.
    let value = |item| {
        let text = serde_json::to_string(item)?;
        buffer::value(&mut serde_json::Deserializer::from_str(&text))
    };
    let values: Result<Vec<Value>, serde_json::Error> = items.iter().map(value).collect();
    values.map_or(Ok(()), |values| differ(type_name, limits, &values))
}

/// Reads a list. The items are compared as they came, since a type may have no place for what makes them differ.
pub fn read<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    type_name: &'static str,
    limits: &'static [Limit],
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let value = buffer::value(deserializer)?;
    if let Value::Array(values) = &value {
        checked::count(type_name, limits, values.len())
            .and_then(|()| differ(type_name, limits, values))
            .map_err(Error::custom)?;
    }
    tracked::inside(&value).map_err(Error::custom)
}

/// Are no two of these values the same?
fn differ(
    type_name: &'static str,
    limits: &'static [Limit],
    values: &[Value],
) -> Result<(), ConstraintError> {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(values.len());
    let twice = values.iter().enumerate().find_map(|(index, value)| {
        let mut text = String::new();
        write_plain(value, &mut text);
        seen.insert(text, index).map(|first| (first, index))
    });
    checked::hold(type_name, limits, |limit| match (limit, twice) {
        (Limit::UniqueItems, Some((a, b))) => Some(Found::Same(a, b)),
        _ => None,
    })
}

/// Writes a value such that the same values are the same text: `1.0` is `1`, and the order of members is nothing.
fn write_plain(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_plain(item, text);
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
                write_plain(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().unwrap_or_default();
            // Without an exponent, and without a fraction that is nothing.
            let _ = write!(text, "{}", if float == 0.0 { 0.0 } else { float });
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}
