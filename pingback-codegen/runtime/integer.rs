//! Integers of any size.

use super::buffer;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// An integer of any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Integer(Box<str>);

impl Integer {
    /// The decimal digits, with a `-` before them if the integer is negative.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer, if it fits into 128 bits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        self.0.parse().ok()
    }
}

/// A text is not an integer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnInteger(String);

impl fmt::Display for NotAnInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no integer", self.0)
    }
}

impl std::error::Error for NotAnInteger {}

impl FromStr for Integer {
    type Err = NotAnInteger;

    fn from_str(text: &str) -> Result<Self, NotAnInteger> {
        let (minus, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAnInteger(text.to_owned()));
        }
        Ok(Self(match digits.trim_start_matches('0') {
            "" => "0".into(),
            digits => format!("{minus}{digits}").into(),
        }))
    }
}

impl From<i128> for Integer {
    fn from(number: i128) -> Self {
        Self(number.to_string().into())
    }
}

impl From<i64> for Integer {
    fn from(number: i64) -> Self {
        i128::from(number).into()
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.to_string()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = buffer::value(deserializer)?;
        let text = match (&value, buffer::digits(&value)) {
            (_, Some(digits)) => digits.to_owned(),
            (Value::Number(number), None) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => {
                number
                    .as_i128()
                    .map_or_else(|| format!("{number:.0}"), |number| number.to_string())
            }
            _ => value.to_string(),
        };
        text.parse().map_err(D::Error::custom)
    }
}
