//! Decodes a value, and counts the members that the type does not keep and the values that it does not list.

use super::buffer;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};
use std::cell::Cell;

/// The nesting depth of unions at which the number of attempts is limited. The time to try all branches of nested
/// unions grows exponentially.
const DEEP_NESTING: usize = 4;
/// The maximum number of attempts at that depth. After it, the first branch that matches is taken.
const MAX_DEEP_ATTEMPTS: usize = 2_000;
/// The maximum number of failed attempts at that depth. After it, decoding fails.
const MAX_DEEP_FAILURES: usize = 10_000;

thread_local! {
    /// The number of nested unions that are being decoded.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// The number of attempts within the outermost union, at a depth of [`DEEP_NESTING`] or more.
    static ATTEMPTS: Cell<usize> = const { Cell::new(0) };
    /// The number of these attempts that failed.
    static FAILURES: Cell<usize> = const { Cell::new(0) };
    /// The number of lost members of the value that is being decoded. It is not part of [`Tracked`], since nested
    /// types may read a value into a buffer before they decode it.
    static LOST_MEMBERS: Cell<usize> = const { Cell::new(0) };
    /// The number of values within it that are not listed by the type at their place.
    static UNLISTED_VALUES: Cell<usize> = const { Cell::new(0) };
}

/// How far a value is from being one of the type that it is decoded as. The least is the best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deviation {
    /// A value that the type does not list: the type does not allow it.
    has_unlisted: bool,
    lost_members: usize,
    unlisted_values: usize,
}

/// Decodes a branch of a union.
pub(super) fn decode<T: DeserializeOwned>(value: &Value) -> Result<(T, Deviation), Error> {
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    let before = (LOST_MEMBERS.replace(0), UNLISTED_VALUES.replace(0));
    let result = T::deserialize(Tracked(value));
    let (lost_members, unlisted_values) = (LOST_MEMBERS.replace(before.0), UNLISTED_VALUES.replace(before.1));
    DEPTH.set(depth);
    if depth == 0 {
        ATTEMPTS.set(0);
        FAILURES.set(0);
    } else if depth >= DEEP_NESTING {
        ATTEMPTS.set(ATTEMPTS.get() + 1);
        FAILURES.set(FAILURES.get() + usize::from(result.is_err()));
    }
    let deviation = Deviation {
        has_unlisted: unlisted_values > 0,
        lost_members,
        unlisted_values,
    };
    result.map(|value| (value, deviation))
}

/// Decodes a value inside another, and adds its lost members to those of the outer value.
pub(super) fn decode_nested<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Tracked(value))
}

/// Whether the union that is being decoded takes the first branch that matches, since the attempts are used up.
pub(super) fn takes_first_match() -> bool {
    DEPTH.get() >= DEEP_NESTING && ATTEMPTS.get() >= MAX_DEEP_ATTEMPTS
}

/// Whether the failed attempts are used up.
pub(super) fn has_too_many_failures() -> bool {
    FAILURES.get() >= MAX_DEEP_FAILURES
}

/// Adds to the deviation of the outer value.
pub(super) fn add(deviation: Deviation) {
    add_lost_members(deviation.lost_members);
    add_unlisted_values(deviation.unlisted_values);
}

/// Adds to the number of values that are not listed.
pub(super) fn add_unlisted_values(values: usize) {
    UNLISTED_VALUES.set(UNLISTED_VALUES.get().saturating_add(values));
}

fn add_lost_members(members: usize) {
    LOST_MEMBERS.set(LOST_MEMBERS.get().saturating_add(members));
}

/// Deserializes a value like `Value` does, but counts ignored members.
struct Tracked<'de>(&'de Value);

impl<'de> IntoDeserializer<'de, Error> for Tracked<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The integer that a float or large number equals. JSON Schema accepts `1.0` as an integer.
fn integer(value: &Value) -> Option<i128> {
    if let Some(digits) = buffer::digits(value) {
        return digits.parse().ok();
    }
    let number = value.as_f64().filter(|_| value.is_f64())?;
    // Up to 2^53 floats represent integers exactly.
    let whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    if whole {
        format!("{number:.0}").parse().ok()
    } else {
        None
    }
}

macro_rules! deserialize_integers {
    ($($name:ident)*) => {
        $(
            fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                match integer(self.0).map(|number| i64::try_from(number).map_err(|_| number)) {
                    Some(Ok(number)) => visitor.visit_i64(number),
                    Some(Err(number)) => visitor.visit_i128(number),
                    None => self.deserialize_any(visitor),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Tracked<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(digits) = buffer::digits(self.0) {
            return visitor.visit_f64(digits.parse().unwrap_or(f64::INFINITY));
        }
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.iter().map(Tracked));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (name.as_str(), Tracked(value)));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end()?;
                Ok(value)
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if buffer::is_json_text(name) {
            return visitor.visit_string(self.0.to_string());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        add_lost_members(1);
        visitor.visit_unit()
    }

    deserialize_integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct enum identifier
    }
}
