//! Decoding that counts what it has no place for: the members that a type does not know.

use super::buffer;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};
use std::cell::Cell;

/// Unions within this many others are deep: to compare all branches of all of them could take time without end.
const DEEP: usize = 4;
/// So many branches are compared that deep; of the unions that are left the first branch that fits is taken.
const EFFORT: usize = 2_000;
/// As many branches may fail that deep before nothing more is tried.
const PATIENCE: usize = 10_000;

thread_local! {
    /// How many unions are being decoded, each within another.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// How many branches were tried within the outermost of them, deep down.
    static TRIED: Cell<usize> = const { Cell::new(0) };
    /// How many of these failed.
    static FAILURES: Cell<usize> = const { Cell::new(0) };
    /// The members lost so far by what is being decoded. It lies here, and not beside the value, since what is
    /// inside may read a value as a whole before it decodes it.
    static LOST: Cell<usize> = const { Cell::new(0) };
}

/// Decodes a value, and says how many of its members are lost by that.
pub(super) fn decode<T: DeserializeOwned>(value: &Value) -> Result<(T, usize), Error> {
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    let before = LOST.replace(0);
    let result = T::deserialize(Tracked(value));
    let lost = LOST.replace(before);
    DEPTH.set(depth);
    if depth == 0 {
        TRIED.set(0);
        FAILURES.set(0);
    } else if depth >= DEEP {
        TRIED.set(TRIED.get() + 1);
        FAILURES.set(FAILURES.get() + usize::from(result.is_err()));
    }
    result.map(|value| (value, lost))
}

/// Decodes a value that is part of another, and counts what is lost as lost by that.
pub(super) fn inside<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Tracked(value))
}

/// Is a union that is decoded now within so many others that the first branch that fits has to do?
pub(super) fn is_deep() -> bool {
    DEPTH.get() >= DEEP && TRIED.get() >= EFFORT
}

/// Has so much failed that nothing more is to be tried?
pub(super) fn is_hopeless() -> bool {
    FAILURES.get() >= PATIENCE
}

/// Counts members as lost.
pub(super) fn lose(members: usize) {
    LOST.set(LOST.get().saturating_add(members));
}

/// A value that is decoded like any other, but for the counting.
struct Tracked<'de>(&'de Value);

impl<'de> IntoDeserializer<'de, Error> for Tracked<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The integer that a value is; `1.0` is one to JSON Schema.
fn integer(value: &Value) -> Option<i128> {
    if let Some(digits) = buffer::digits(value) {
        return digits.parse().ok();
    }
    let number = value.as_f64().filter(|_| value.is_f64())?;
    // Floats are this exact up to 2^53.
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
        if buffer::wants_text(name) {
            return visitor.visit_string(self.0.to_string());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        lose(1);
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
