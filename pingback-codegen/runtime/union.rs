//! Values of one of several types: which of them a JSON value is.

use super::{buffer, json, tracked};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What tells the branches of a union apart.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// This property is one of these texts.
    Text(&'static str, &'static [&'static str]),
    /// This property is one of these texts, or missing.
    TextOrNone(&'static str, &'static [&'static str]),
    /// This property is one of these values, each as JSON text.
    Json(&'static str, &'static [&'static str]),
    /// This property is one of these values, or missing.
    JsonOrNone(&'static str, &'static [&'static str]),
    /// It is an object with all of these members.
    Has(&'static [&'static str]),
    /// It is of one of these JSON types.
    Type(&'static [&'static str]),
}

impl Test {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Text(..) | Self::Json(..) => self.names(value),
            Self::TextOrNone(name, _) | Self::JsonOrNone(name, _) => {
                self.names(value) || (value.is_object() && value.get(name).is_none())
            }
            Self::Has(names) => value.is_object() && names.iter().all(|name| value.get(name).is_some()),
            Self::Type(names) => names.iter().any(|name| is_type(value, name)),
        }
    }

    /// Is there a property that leaves no doubt?
    fn names(self, value: &Value) -> bool {
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
        // `1.0` is an integer to JSON Schema.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// A value, while its branch is looked for among those of `U`.
#[derive(Debug)]
pub struct Choice<U> {
    trial: Trial,
    best: Option<U>,
}

/// What is known while branches are tried, whatever they are.
#[derive(Debug)]
struct Trial {
    type_name: &'static str,
    value: Value,
    /// A property named a branch: what doesn't fit that is broken, and not of another.
    named: bool,
    /// How many members are lost by the best branch.
    least: Option<usize>,
    /// What was tried, and why it was not that.
    tried: Vec<(&'static str, serde_json::Error)>,
}

impl Trial {
    /// Is a branch with these tests worth a try?
    fn admits(&mut self, tests: &[Test]) -> bool {
        let settled = match self.least {
            Some(lost) => lost == 0 || tracked::is_deep(),
            None => tracked::is_hopeless(),
        };
        let names = tests.iter().any(|test| test.names(&self.value));
        if settled || (self.named && !names) || !tests.iter().all(|test| test.holds(&self.value)) {
            return false;
        }
        self.named |= names;
        true
    }

    fn fail<E: Error>(self) -> E {
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
                tried: Vec::new(),
            },
            best: None,
        })
    }

    /// Decodes the value as the branch `name`, if all tests hold and no branch has kept all of it so far. Of two
    /// that fit, the one by which fewer members are lost is better, and then the first.
    pub fn attempt<T: DeserializeOwned>(&mut self, name: &'static str, tests: &[Test], build: fn(T) -> U) {
        if !self.trial.admits(tests) {
            return;
        }
        match tracked::decode(&self.trial.value) {
            Ok((value, lost)) if self.trial.least.is_none_or(|least| lost < least) => {
                self.trial.least = Some(lost);
                self.best = Some(build(value));
            }
            Ok(_) => {}
            Err(error) => self.trial.tried.push((name, error)),
        }
    }

    /// The best branch.
    pub fn end<E: Error>(self) -> Result<U, E> {
        tracked::lose(self.trial.least.unwrap_or(0));
        match self.best {
            Some(best) => Ok(best),
            None => Err(self.trial.fail()),
        }
    }

    /// The best branch; or the value as it came, unless a property says of which branch it should have been.
    pub fn end_or<E: Error>(self, unlisted: fn(Value) -> U) -> Result<U, E> {
        if self.best.is_none() && !self.trial.named {
            return Ok(unlisted(buffer::plain(self.trial.value)));
        }
        self.end()
    }
}

/// Writes `value`, an object, with the property `name` set to `tag` unless it has that property itself.
pub fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    buffer::tagged(serializer, name, tag, value)
}
