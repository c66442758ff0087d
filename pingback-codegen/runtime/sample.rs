//! Tests that values survive decoding and encoding: examples of the API's document, and generated instances.

use super::digits;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An example of a schema.
#[derive(Debug)]
pub struct Sample {
    /// The JSON pointer of the schema in the API's document.
    pub schema: &'static str,
    /// The example as JSON text.
    pub json: &'static str,
    /// JSON pointers of members that the type does not keep: those that the schema does not define, or that are
    /// read-only or write-only.
    pub dropped: &'static [&'static str],
    /// [`round_trip`] for the type.
    pub round_trip: RoundTrip,
}

/// Decodes a value and encodes it again.
pub fn round_trip<T: Serialize + DeserializeOwned>(json: &str) -> Result<String, String> {
    let value: T = digits::decode(json.as_bytes()).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

/// [`round_trip`] for some type.
pub type RoundTrip = fn(&str) -> Result<String, String>;

/// Tests examples.
///
/// # Panics
/// If an example changes.
pub fn run(samples: &[Sample]) {
    let results = samples.iter().map(|sample| {
        let dropped: Vec<String> = sample.dropped.iter().map(ToString::to_string).collect();
        check(sample.round_trip, sample.json, &dropped)
            .map_err(|failure| format!("{}: {failure}\n    {}", sample.schema, sample.json))
    });
    report_results("examples", results.collect());
}

/// Tests generated instances. `text` is a JSON list that has for each the index of its type in `round_trips`, the JSON
/// pointer of its schema, the value, and the JSON pointers of members that the type does not keep.
///
/// # Panics
/// If an instance changes.
pub fn run_instances(round_trips: &[RoundTrip], text: &str) {
    let instances: Vec<(usize, String, Value, Vec<String>)> =
        serde_json::from_str(text).expect("the list is as it was written");
    let results = instances.iter().map(|(index, schema, value, dropped)| {
        let json = value.to_string();
        check(round_trips[*index], &json, dropped)
            .map_err(|failure| format!("{schema}: {failure}\n    {json}"))
    });
    report_results("instances", results.collect());
}

/// Prints the number of successes, and panics if there are failures.
fn report_results(what: &str, results: Vec<Result<(), String>>) {
    let count = results.len();
    let failures: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    println!("{what}: {} of {count}", count - failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn check(round_trip: RoundTrip, json: &str, dropped: &[String]) -> Result<(), String> {
    // By default serde_json's parser may round the last digit of a float. The digits of the encoded floats are kept,
    // so that `near` parses them exactly.
    let after = round_trip(json)?;
    let written = digits::replace_numbers(&after, |number| {
        number
            .contains(['.', 'e', 'E'])
            .then(|| format!("\"{NUMBER}{number}\""))
    });
    let after = exact(written.as_deref().unwrap_or(&after))?;
    compare(dropped, "", &exact(json)?, &after)
}

/// The prefix of a string that holds the digits of a number that `Value` would round.
const NUMBER: &str = "the number ";

/// Parses JSON, with large integers as strings of their digits.
fn exact(json: &str) -> Result<Value, String> {
    let wrapped = digits::replace_numbers(json, |number| {
        digits::is_wide(number).then(|| format!("\"{NUMBER}{number}\""))
    });
    serde_json::from_str(wrapped.as_deref().unwrap_or(json)).map_err(|error| error.to_string())
}

/// Whether a value is the digits of an integer that `Value` would round.
fn is_integer(value: &Value) -> bool {
    let digits = value.as_str().and_then(|text| text.strip_prefix(NUMBER));
    digits.is_some_and(|digits| !digits.contains(['.', 'e', 'E']))
}

/// The nearest float of a number.
fn near(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.strip_prefix(NUMBER)?.parse().ok(),
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
        // If one of the two is a float, both are compared as floats.
        _ if !(is_integer(before) && is_integer(after))
            && near(before).is_some()
            && near(before).map(f64::to_bits) == near(after).map(f64::to_bits) =>
        {
            Ok(())
        }
        _ => Err(format!("{at} was {before} and became {after}")),
    }
}
