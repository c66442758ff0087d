//! Tests tables of values that stand beside the documents: `specs/corpus/NAME.values.txt` has pairs of a value and what
//! its type writes after it has read the value, both written by hand.
//!
//! ```text
//! # A comment
//! models::Pet
//!     {"kind": "cat", "lives": 9}
//!     {"kind": "cat", "lives": 9.0} => {"kind": "cat", "lives": 9}
//!     {"lives": 9} => error
//! ```
//!
//! A line that is not indented is a type, as the generated module names it. The values below it come back unchanged,
//! or as the value after `=>`, or are refused. The order of members and spaces do not matter, while the digits of numbers
//! do: `1` is not `1.0`.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Reads a value and writes it again.
type RoundTrip = fn(&str) -> Result<String, String>;

/// Tests a table. `round_trips` has the function of each of its types, in the same order.
///
/// # Panics
/// If a value does not come back as the table says.
pub(crate) fn test(table: &str, round_trips: &[RoundTrip]) {
    let mut round_trips = round_trips.iter();
    let mut current: Option<(&str, RoundTrip)> = None;
    let mut failures = Vec::new();
    for (number, line) in (1..).zip(table.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.starts_with(char::is_whitespace) {
            current = round_trips.next().map(|&round_trip| (line, round_trip));
            continue;
        }
        let (ty, round_trip) = current.expect("a type stands before its values");
        if let Err(failure) = test_pair(line.trim(), round_trip) {
            failures.push(format!("line {number}, {ty}: {failure}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn test_pair(pair: &str, round_trip: RoundTrip) -> Result<(), String> {
    let (value, expected) = pair.split_once(" => ").unwrap_or((pair, pair));
    parse(value).expect("the table contains JSON");
    match (round_trip(value), expected) {
        (Err(_), "error") => Ok(()),
        (Err(error), _) => Err(format!("{value} is refused: {error}")),
        (Ok(actual), "error") => Err(format!("{value} is not refused, but becomes {actual}")),
        (Ok(actual), _) if parse(&actual) == parse(expected) => Ok(()),
        (Ok(actual), _) => Err(format!("{value} becomes {actual}, not {expected}")),
    }
}

/// A value with the digits of its numbers.
#[derive(Debug, PartialEq)]
enum Json {
    Object(BTreeMap<String, Json>),
    Array(Vec<Json>),
    String(String),
    /// A number, a boolean or `null`.
    Literal(String),
}

/// `None` if the text is not JSON.
fn parse(text: &str) -> Option<Json> {
    let text = text.trim();
    match text.chars().next()? {
        '{' => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let members = members
                .into_iter()
                .map(|(name, raw)| Some((name, parse(raw.get())?)));
            members.collect::<Option<_>>().map(Json::Object)
        }
        '[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let items = items.into_iter().map(|raw| parse(raw.get()));
            items.collect::<Option<_>>().map(Json::Array)
        }
        '"' => serde_json::from_str(text).ok().map(Json::String),
        _ => {
            serde_json::from_str::<&RawValue>(text).ok()?;
            Some(Json::Literal(text.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A type that doubles its texts, and holds nothing else.
    fn doubled(json: &str) -> Result<String, String> {
        let text: String = serde_json::from_str(json).map_err(|error| error.to_string())?;
        Ok(format!("{:?}", text.repeat(2)))
    }

    #[test]
    fn a_table_names_types_and_their_values() {
        test(
            "# A comment\n\nString\n    \"a\" => \"aa\"\n    1 => error\n    \"\"\n",
            &[doubled],
        );
        assert!(test_pair("\"a\"", doubled).is_err());
        assert!(test_pair("\"a\" => error", doubled).is_err());
        assert!(test_pair("1 => 1", doubled).is_err());
    }

    #[test]
    fn numbers_are_compared_by_their_digits() {
        assert_eq!(
            parse(r#"{"a": [1, "x"], "b": null}"#),
            parse(r#"{"b":null,"a":[1,"x"]}"#)
        );
        assert_ne!(parse("[1]"), parse("[1.0]"));
        assert_ne!(parse("9007199254740993"), parse("9007199254740992"));
        assert_ne!(parse("1"), parse("\"1\""));
        assert_eq!(parse("{a}"), None);
    }
}
