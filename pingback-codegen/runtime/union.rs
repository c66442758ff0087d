//! Selects the branch of a union that a JSON value is decoded as.

use super::tracked::{self, Deviation};
use super::{buffer, json};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A condition on a value that a branch of a union requires.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// The property is one of these strings.
    Text(&'static str, &'static [&'static str]),
    /// The property is one of these strings, or missing.
    TextOrNone(&'static str, &'static [&'static str]),
    /// The property is one of these values, given as JSON text.
    Json(&'static str, &'static [&'static str]),
    /// The property is one of these values, given as JSON text, or missing.
    JsonOrNone(&'static str, &'static [&'static str]),
    /// The value is an object with all of these members.
    Has(&'static [&'static str]),
    /// The value has one of these JSON types.
    Type(&'static [&'static str]),
}

impl Test {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Text(..) | Self::Json(..) => self.identifies_branch(value),
            Self::TextOrNone(name, _) | Self::JsonOrNone(name, _) => {
                self.identifies_branch(value) || (value.is_object() && value.get(name).is_none())
            }
            Self::Has(names) => value.is_object() && names.iter().all(|name| value.get(name).is_some()),
            Self::Type(names) => names.iter().any(|name| is_type(value, name)),
        }
    }

    /// Whether a property of the value identifies the branch.
    fn identifies_branch(self, value: &Value) -> bool {
        match self {
            Self::Text(name, texts) | Self::TextOrNone(name, texts) => value
                .get(name)
                .and_then(Value::as_str)
                .is_some_and(|text| texts.contains(&text)),
            Self::Json(name, texts) | Self::JsonOrNone(name, texts) => value
                .get(name)
                .is_some_and(|value| texts.iter().any(|text| json::same(&json::parse(text), value))),
            Self::Has(_) | Self::Type(_) => false,
        }
    }
}

fn is_type(value: &Value, name: &str) -> bool {
    if buffer::digits(value).is_some() {
        return matches!(name, "integer" | "number");
    }
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        // JSON Schema accepts `1.0` as an integer.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// The decoding of a value as a branch of the union `U`.
#[derive(Debug)]
pub struct Choice<U> {
    trial: Trial,
    best: Option<U>,
}

/// The part of a [`Choice`] that does not depend on the union, so that it is compiled once.
#[derive(Debug)]
struct Trial {
    type_name: &'static str,
    value: Value,
    /// Whether a property has identified a branch. Then a value that does not match that branch is an error, not a
    /// value of another branch.
    named: bool,
    /// How far the value is from the best branch.
    least: Option<Deviation>,
    /// The branches that failed, and their errors.
    failures: Vec<(&'static str, serde_json::Error)>,
}

impl Trial {
    /// Whether to try a branch with these tests.
    fn admits(&mut self, tests: &[Test]) -> bool {
        let is_finished = match self.least {
            Some(least) => least == Deviation::default() || tracked::takes_first_match(),
            None => tracked::has_too_many_failures(),
        };
        let names = tests.iter().any(|test| test.identifies_branch(&self.value));
        if is_finished || (self.named && !names) || !tests.iter().all(|test| test.holds(&self.value)) {
            return false;
        }
        self.named |= names;
        true
    }

    fn fail<E: Error>(self) -> E {
        let mut text = format!("this is not `{}`", self.type_name);
        for (name, error) in self.failures {
            text.push_str("; as `");
            text.push_str(name);
            text.push_str("`: ");
            text.push_str(&error.to_string());
        }
        E::custom(text)
    }
}

impl<U> Choice<U> {
    /// Reads a value of the union `type_name`.
    pub fn read<'de, D: Deserializer<'de>>(
        type_name: &'static str,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value = buffer::value(deserializer)?;
        Ok(Self {
            trial: Trial {
                type_name,
                value,
                named: false,
                least: None,
                failures: Vec::new(),
            },
            best: None,
        })
    }

    /// Tries to decode the value as the branch `name`, if it satisfies all tests and no earlier branch fits completely.
    /// A branch that lists all values is better than one that does not; of those, the one that loses the fewest members
    /// is the best one, and the first of equal ones.
    pub fn attempt<T: DeserializeOwned>(&mut self, name: &'static str, tests: &[Test], build: fn(T) -> U) {
        if !self.trial.admits(tests) {
            return;
        }
        match tracked::decode(&self.trial.value) {
            Ok((value, deviation)) if self.trial.least.is_none_or(|least| deviation < least) => {
                self.trial.least = Some(deviation);
                self.best = Some(build(value));
            }
            Ok(_) => {}
            Err(error) => self.trial.failures.push((name, error)),
        }
    }

    /// The best branch.
    pub fn end<E: Error>(self) -> Result<U, E> {
        tracked::add(self.trial.least.unwrap_or_default());
        match self.best {
            Some(best) => Ok(best),
            None => Err(self.trial.fail()),
        }
    }

    /// The best branch, or else the JSON value itself. An error if a property identifies a branch that does not match.
    pub fn end_or<E: Error>(self, unlisted: fn(Value) -> U) -> Result<U, E> {
        if self.best.is_none() && !self.trial.named {
            count_unlisted();
            return Ok(unlisted(buffer::round_wide_integers(self.trial.value)));
        }
        self.end()
    }
}

/// Notes that a value is not listed by its type, so that a branch of a union that lists it is better.
pub fn count_unlisted() {
    tracked::add_unlisted_values(1);
}

/// Writes the object `value`, and adds the property `name` with the value `tag` if the object doesn't have it.
pub fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    buffer::tagged(serializer, name, tag, value)
}
