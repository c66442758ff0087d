//! The API's own examples: each has to come through its type unchanged. Part of the tests only.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An example, and how it goes through its type.
#[derive(Debug)]
pub struct Sample {
    /// Where the API's document has the schema.
    pub schema: &'static str,
    /// The value.
    pub json: &'static str,
    /// What the type has no place for, as JSON pointers: members that the schema does not name, or that do not
    /// travel this way.
    pub dropped: &'static [&'static str],
    /// [`travel`] by way of the type.
    pub travel: fn(&str) -> Result<Value, String>,
}

/// Decodes a value, and encodes what came of it.
pub fn travel<T: Serialize + DeserializeOwned>(json: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_value(&value).map_err(|error| error.to_string())
}

/// Sends all of them through their types.
///
/// # Panics
/// If one of them does not come back as it went.
pub fn run(samples: &[Sample]) {
    let mut failures = Vec::new();
    for sample in samples {
        if let Err(failure) = sample.check() {
            failures.push(format!("{}: {failure}\n    {}", sample.schema, sample.json));
        }
    }
    println!(
        "examples: {} of {}",
        samples.len() - failures.len(),
        samples.len()
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

impl Sample {
    fn check(&self) -> Result<(), String> {
        let before: Value = serde_json::from_str(self.json).map_err(|error| error.to_string())?;
        let after = (self.travel)(self.json)?;
        self.compare("", &before, &after)
    }

    fn compare(&self, at: &str, before: &Value, after: &Value) -> Result<(), String> {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                for (name, value) in before {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    match after.get(name) {
                        Some(after) => self.compare(&at, value, after)?,
                        None if self.dropped.contains(&at.as_str()) => {}
                        None => return Err(format!("{at} was lost")),
                    }
                }
                match after.keys().find(|name| !before.contains_key(*name)) {
                    Some(name) => Err(format!("{at}/{name} was added")),
                    None => Ok(()),
                }
            }
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
                .iter()
                .zip(after)
                .enumerate()
                .try_for_each(|(index, (before, after))| {
                    self.compare(&format!("{at}/{index}"), before, after)
                }),
            (Value::Number(before), Value::Number(after))
                if before.as_f64().map(f64::to_bits) == after.as_f64().map(f64::to_bits) =>
            {
                Ok(())
            }
            _ if before == after => Ok(()),
            _ => Err(format!("{at} was {before} and became {after}")),
        }
    }
}
