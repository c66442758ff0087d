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
    /// JSON pointers of members that may be left out: no schema describes them, or they are read-only or write-only.
    pub left_out: &'static [&'static str],
    /// JSON pointers of numbers that may be rounded to the nearest `f64`.
    pub rounded: &'static [&'static str],
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
        let permitted = Permitted {
            left_out: sample.left_out.iter().map(ToString::to_string).collect(),
            rounded: sample.rounded.iter().map(ToString::to_string).collect(),
        };
        check(sample.round_trip, sample.json, &permitted)
            .map_err(|failure| format!("{}: {failure}\n    {}", sample.schema, sample.json))
    });
    report_results("examples", results.collect());
}

/// The index of a type, the JSON pointer of its schema, a value, and the JSON pointers of members that may be left out
/// and of numbers that may be rounded.
type Instance = (usize, String, Value, Vec<String>, Vec<String>);

/// Tests generated instances. `text` is a JSON list of them; the index is that in `round_trips`.
///
/// # Panics
/// If an instance changes.
pub fn run_instances(round_trips: &[RoundTrip], text: &str) {
    let instances: Vec<Instance> = serde_json::from_str(text).expect("the list is as it was written");
    let results = instances
        .into_iter()
        .map(|(index, schema, value, left_out, rounded)| {
            let json = value.to_string();
            check(round_trips[index], &json, &Permitted { left_out, rounded })
                .map_err(|failure| format!("{schema}: {failure}\n    {json}"))
        });
    report_results("instances", results.collect());
}

/// How a value may change.
struct Permitted {
    left_out: Vec<String>,
    rounded: Vec<String>,
}

/// Prints the number of successes, and panics if there are failures.
fn report_results(what: &str, results: Vec<Result<(), String>>) {
    let count = results.len();
    let failures: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    println!("{what}: {} of {count}", count - failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn check(round_trip: RoundTrip, json: &str, permitted: &Permitted) -> Result<(), String> {
    let after = parse(&round_trip(json)?)?;
    compare(permitted, "", &parse(json)?, &after)
}

/// The prefix of a string that holds a number: `Value` would round some numbers.
const NUMBER: &str = "the number ";

/// Parses JSON. Each number becomes a string, which is the same for all ways to write the number.
fn parse(json: &str) -> Result<Value, String> {
    let text = digits::replace_numbers(json, |number| Some(format!("\"{NUMBER}{}\"", canonical(number)?)));
    serde_json::from_str(text.as_deref().unwrap_or(json)).map_err(|error| error.to_string())
}

/// A number as an integer without zeros at its end, and an exponent. `None` if the exponent exceeds 64 bits.
fn canonical(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (minus, integer) = match integer.strip_prefix('-') {
        Some(integer) => ("-", integer),
        None => ("", integer),
    };
    let all = format!("{integer}{fraction}");
    let digits = all.trim_end_matches('0');
    let zeros = i64::try_from(all.len() - digits.len()).ok()?;
    let places = i64::try_from(fraction.len()).ok()?;
    let exponent = exponent
        .parse::<i64>()
        .ok()?
        .checked_add(zeros)?
        .checked_sub(places)?;
    match digits.trim_start_matches('0') {
        "" => Some("0e0".to_owned()),
        digits => Some(format!("{minus}{digits}e{exponent}")),
    }
}

/// The nearest float of a number.
fn nearest(value: &Value) -> Option<f64> {
    value.as_str()?.strip_prefix(NUMBER)?.parse().ok()
}

fn compare(permitted: &Permitted, at: &str, before: &Value, after: &Value) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match after.get(name) {
                    Some(after) => compare(permitted, &at, value, after)?,
                    None if permitted.left_out.contains(&at) => {}
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
                compare(permitted, &format!("{at}/{index}"), before, after)
            }),
        _ if before == after => Ok(()),
        _ if permitted.rounded.iter().any(|rounded| rounded == at)
            && nearest(before).is_some()
            && nearest(before).map(f64::to_bits) == nearest(after).map(f64::to_bits) =>
        {
            Ok(())
        }
        _ => Err(format!("{at} was {before} and became {after}")),
    }
}
