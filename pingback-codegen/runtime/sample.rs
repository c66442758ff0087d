//! The API's own examples, and values made up: each has to come through its type unchanged. Part of the tests
//! only.

use super::digits;
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
    pub travel: Travel,
}

/// Decodes a value, and encodes what came of it.
pub fn travel<T: Serialize + DeserializeOwned>(json: &str) -> Result<String, String> {
    let value: T = digits::decode(json.as_bytes()).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

/// [`travel`] by way of some type.
pub type Travel = fn(&str) -> Result<String, String>;

/// Sends all of them through their types.
///
/// # Panics
/// If one of them does not come back as it went.
pub fn run(samples: &[Sample]) {
    let results = samples.iter().map(|sample| {
        let dropped: Vec<String> = sample.dropped.iter().map(ToString::to_string).collect();
        check(sample.travel, sample.json, &dropped)
            .map_err(|failure| format!("{}: {failure}\n    {}", sample.schema, sample.json))
    });
    conclude("examples", results.collect());
}

/// Sends values made up through their types: `text` lists for each the number of its way, its schema, the value,
/// and what is dropped of it.
///
/// # Panics
/// If one of them does not come back as it went.
pub fn run_instances(ways: &[Travel], text: &str) {
    let instances: Vec<(usize, String, Value, Vec<String>)> =
        serde_json::from_str(text).expect("the list is as it was written");
    let results = instances.iter().map(|(way, schema, value, dropped)| {
        let json = value.to_string();
        check(ways[*way], &json, dropped).map_err(|failure| format!("{schema}: {failure}\n    {json}"))
    });
    conclude("instances", results.collect());
}

/// Says how many there are, and why those fail that do.
fn conclude(what: &str, results: Vec<Result<(), String>>) {
    let count = results.len();
    let failures: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    println!("{what}: {} of {count}", count - failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn check(travel: Travel, json: &str, dropped: &[String]) -> Result<(), String> {
    compare(dropped, "", &exact(json)?, &exact(&travel(json)?)?)
}

/// What stands before the digits of an integer that `Value` would round.
const INTEGER: &str = "an integer: ";

/// The value, with large integers as texts.
fn exact(json: &str) -> Result<Value, String> {
    let kept = digits::rewrite(json, |number| {
        digits::is_wide(number).then(|| format!("\"{INTEGER}{number}\""))
    });
    serde_json::from_str(kept.as_deref().unwrap_or(json)).map_err(|error| error.to_string())
}

/// The float that is nearest to a number.
fn near(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.strip_prefix(INTEGER)?.parse().ok(),
        other => other.as_f64(),
    }
}

fn compare(dropped: &[String], at: &str, before: &Value, after: &Value) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match after.get(name) {
                    Some(after) => compare(dropped, &at, value, after)?,
                    None if dropped.contains(&at) => {}
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
                compare(dropped, &format!("{at}/{index}"), before, after)
            }),
        _ if before == after => Ok(()),
        // What is written as a float is compared as one.
        _ if (before.is_number() || after.is_number())
            && near(before).is_some()
            && near(before).map(f64::to_bits) == near(after).map(f64::to_bits) =>
        {
            Ok(())
        }
        _ => Err(format!("{at} was {before} and became {after}")),
    }
}
