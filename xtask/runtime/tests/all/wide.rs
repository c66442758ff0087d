//! Unions and integers of APIs with integers of more than 64 bits.

use pingback_runtime::wide::{Integer, union};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

#[derive(Debug, PartialEq)]
enum Number {
    Small(u64),
    Large(i128),
    Any(Integer),
    Other(Value),
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut choice = union::Choice::read("Number", deserializer)?;
        let is_integer = &[union::Test::Type(&["integer"])];
        choice.attempt("Small", is_integer, Self::Small);
        choice.attempt("Large", is_integer, Self::Large);
        choice.attempt("Any", is_integer, Self::Any);
        choice.end_or(Self::Other)
    }
}

fn read(text: &str) -> Number {
    serde_json::from_str(text).expect("decodes")
}

#[test]
fn a_union_keeps_all_digits_of_its_integers() {
    assert_eq!(read("18446744073709551615"), Number::Small(u64::MAX));
    assert_eq!(read("18446744073709551616"), Number::Large(1 << 64));
    let digits = "9".repeat(50);
    assert_eq!(read(&digits), Number::Any(digits.parse().expect("an integer")));
}

#[test]
fn a_value_of_no_branch_has_rounded_integers() {
    assert_eq!(
        read(r#"{"a": [18446744073709551616]}"#),
        Number::Other(json!({ "a": [18_446_744_073_709_551_616.0] }))
    );
}

#[test]
fn an_integer_is_written_with_all_digits() {
    for (text, digits) in [
        ("-0012", "-12"),
        ("000", "0"),
        ("123456789012345678901234567890", ""),
    ] {
        let integer: Integer = text.parse().expect("an integer");
        let expected = if digits.is_empty() { text } else { digits };
        assert_eq!(serde_json::to_string(&integer).expect("encodes"), expected);
    }
    assert_eq!(
        "1.5".parse::<Integer>().map_err(|error| error.to_string()),
        Err("`1.5` is no integer".to_owned())
    );
}

/// An object that is written with a tag.
#[derive(Serialize)]
struct Point {
    x: Integer,
}

#[test]
fn a_tag_is_added_to_an_object_with_large_integers() {
    let x: Integer = "9".repeat(50).parse().expect("an integer");
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut text);
    union::tagged(&mut serializer, "kind", "point", &Point { x }).expect("encodes");
    assert_eq!(
        String::from_utf8(text).expect("UTF-8"),
        format!(r#"{{"kind":"point","x":{}}}"#, "9".repeat(50))
    );
}
