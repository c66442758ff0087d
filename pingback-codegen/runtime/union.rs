//! Values of one of several types: which of them a JSON value is.

use super::json;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What tells the branches of a union apart.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// This property is one of these texts.
    Text(&'static str, &'static [&'static str]),
    /// This property is one of these values, each as JSON text.
    Json(&'static str, &'static [&'static str]),
    /// It is an object with all of these members.
    Has(&'static [&'static str]),
    /// It is of one of these JSON types.
    Type(&'static [&'static str]),
}

impl Test {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Text(name, texts) => value
                .get(name)
                .and_then(Value::as_str)
                .is_some_and(|text| texts.contains(&text)),
            Self::Json(name, texts) => value
                .get(name)
                .is_some_and(|value| texts.iter().any(|text| json::same(&json::parse(text), value))),
            Self::Has(names) => value.is_object() && names.iter().all(|name| value.get(name).is_some()),
            Self::Type(names) => names.iter().any(|name| is_type(value, name)),
        }
    }
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        // `1.0` is an integer to JSON Schema.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// A value, while its branch is looked for.
#[derive(Debug)]
pub struct Choice {
    type_name: &'static str,
    value: Value,
    /// What was tried, and why it was not that.
    tried: Vec<(&'static str, serde_json::Error)>,
}

impl Choice {
    /// Reads a value of the union `type_name`.
    pub fn read<'de, D: Deserializer<'de>>(
        type_name: &'static str,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self {
            type_name,
            value,
            tried: Vec::new(),
        })
    }

    /// Do all tests hold?
    pub fn passes(&self, tests: &[Test]) -> bool {
        tests.iter().all(|test| test.holds(&self.value))
    }

    /// Decodes the value as the branch `name`, if the tests hold and it fits.
    pub fn fit<T: DeserializeOwned>(&mut self, name: &'static str, tests: &[Test]) -> Option<T> {
        if !self.passes(tests) {
            return None;
        }
        T::deserialize(&self.value)
            .map_err(|error| self.tried.push((name, error)))
            .ok()
    }

    /// Decodes the value as the branch `name`, which it must be.
    pub fn only<T: DeserializeOwned, E: Error>(mut self, name: &'static str) -> Result<T, E> {
        match self.fit(name, &[]) {
            Some(value) => Ok(value),
            None => Err(self.fail()),
        }
    }

    /// The value as it came.
    pub fn rest(self) -> Value {
        self.value
    }

    /// No branch takes the value.
    pub fn fail<E: Error>(self) -> E {
        let mut text = format!("this is no `{}`", self.type_name);
        for (name, error) in self.tried {
            text.push_str("; as `");
            text.push_str(name);
            text.push_str("`: ");
            text.push_str(&error.to_string());
        }
        E::custom(text)
    }
}

/// Writes `value`, an object, with the property `name` set to `tag` unless it has that property itself.
pub fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(name).or_insert_with(|| Value::from(tag));
    }
    value.serialize(serializer)
}
