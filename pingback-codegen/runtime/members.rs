//! Objects with members of any name beside those that are known.

use super::{buffer, tracked};
use serde::Deserializer;
use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Display;

/// The members of an object; each is taken out as it is decoded, and what is left belongs to no field.
///
/// This stands in for `#[serde(flatten)]`, which costs far more to compile, and says nothing of where in a
/// value it failed.
#[derive(Debug)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Reads an object.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        buffer::members(deserializer).map(Self)
    }

    /// A member that must be there. One that may be `null` may also be missing.
    pub fn required<T: DeserializeOwned, E: Error>(&mut self, name: &'static str) -> Result<T, E> {
        match self.0.remove(name) {
            Some(value) => tracked::inside(&value).map_err(|error| inside(name, error)),
            None => T::deserialize(Value::Null).map_err(|_| E::missing_field(name)),
        }
    }

    /// A member that may be missing.
    pub fn optional<T: DeserializeOwned + Default, E: Error>(&mut self, name: &'static str) -> Result<T, E> {
        match self.0.remove(name) {
            Some(value) => tracked::inside(&value).map_err(|error| inside(name, error)),
            None => Ok(T::default()),
        }
    }

    /// A member that may be missing and whose values include `null`.
    pub fn present<T: DeserializeOwned, E: Error>(&mut self, name: &'static str) -> Result<Option<T>, E> {
        let value = self
            .0
            .remove(name)
            .map(|value| tracked::inside(&value))
            .transpose();
        value.map_err(|error| inside(name, error))
    }

    /// Whatever was not taken out.
    pub fn rest<T: DeserializeOwned, E: Error>(self) -> Result<BTreeMap<String, T>, E> {
        let decode = |(name, value): (String, Value)| match tracked::inside(&value) {
            Ok(value) => Ok((name, value)),
            Err(error) => Err(inside(&name, error)),
        };
        self.0.into_iter().map(decode).collect()
    }
}

fn inside<E: Error>(name: &str, error: impl Display) -> E {
    E::custom(format_args!("in `{name}`: {error}"))
}
