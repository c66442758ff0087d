//! Tests of the limits of checked types, and of the impls that the macro `checked!` writes.

#![allow(clippy::items_after_statements, reason = "a table stands where it is used")]

use crate as runtime;
use crate::{Bound, Decimal, Limit, Pattern, checked, unique};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The error of a text; empty if there is none.
fn text(limits: &'static [Limit], text: &str) -> String {
    checked::text("T", limits, text).map_or_else(|error| error.to_string(), |()| String::new())
}

fn number(limits: &'static [Limit], number: impl Into<Bound>) -> String {
    checked::number("T", limits, number.into()).map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn the_length_of_a_text_counts_code_points() {
    static LIMITS: &[Limit] = &[Limit::MinLength(2), Limit::MaxLength(3)];
    assert_eq!(text(LIMITS, "äöü"), "");
    assert_eq!(text(LIMITS, "\u{1F600}\u{1F600}"), "");
    assert_eq!(
        text(LIMITS, "a"),
        "this is not `T`: it has 1 character, and must have at least 2"
    );
    assert_eq!(
        text(LIMITS, "abcd"),
        "this is not `T`: it has 4 characters, and may have at most 3"
    );
}

#[test]
fn a_pattern_has_ecma_262_syntax_and_matches_a_part() {
    static WORD: Pattern = Pattern::new(r"^\p{Lu}\d$|x(?=y)");
    static OLD: Pattern = Pattern::new(r"^[a-z\_]\-$");
    static LIMITS: &[Limit] = &[Limit::Pattern(&WORD)];
    static OLD_LIMITS: &[Limit] = &[Limit::Pattern(&OLD)];
    assert_eq!(text(LIMITS, "Ä1"), "");
    assert_eq!(text(LIMITS, "..xy.."), "");
    // `\d` is an ASCII digit, and `$` is the end of the text.
    assert_ne!(text(LIMITS, "A\u{0661}"), "");
    assert_ne!(text(LIMITS, "A1\n"), "");
    assert_eq!(text(OLD_LIMITS, "_-"), "");
    let error = text(LIMITS, "hunter2");
    assert_eq!(
        error,
        r"this is not `T`: it does not match the pattern `^\p{Lu}\d$|x(?=y)`"
    );
    assert!(!error.contains("hunter2"), "a text may be a secret");
}

#[test]
fn bounds_are_exact() {
    static LIMITS: &[Limit] = &[
        Limit::ExclusiveMinimum(Bound::Integer(0)),
        Limit::Maximum(Bound::Integer(18_446_744_073_709_551_614)),
    ];
    assert_eq!(number(LIMITS, 1), "");
    assert_eq!(number(LIMITS, u64::MAX - 1), "");
    assert_eq!(
        number(LIMITS, u64::MAX),
        "this is not `T`: it is 18446744073709551615, and must be at most 18446744073709551614"
    );
    assert_eq!(
        number(LIMITS, 0),
        "this is not `T`: it is 0, and must be greater than 0"
    );
    static FLOATS: &[Limit] = &[
        Limit::Minimum(Bound::Float(0.1)),
        Limit::ExclusiveMaximum(Bound::Float(0.3)),
    ];
    assert_eq!(number(FLOATS, 0.1), "");
    assert_ne!(number(FLOATS, 0.3), "");
    assert_ne!(number(FLOATS, f64::NAN), "");
}

#[test]
fn multiples_are_computed_in_decimal() {
    static CENTS: &[Limit] = &[Limit::MultipleOf(Decimal::new(1, -2))];
    for value in [0.0, 0.01, 0.07, 0.29, 1.15, 19.99, -4.35, 1e20, 123_456_789.01] {
        assert_eq!(number(CENTS, value), "", "{value}");
    }
    assert_eq!(
        number(CENTS, 19.995),
        "this is not `T`: it is 19.995, and must be a multiple of 0.01"
    );
    assert_ne!(number(CENTS, 1e-10), "");
    assert_ne!(number(CENTS, f64::INFINITY), "");
    static HALVES: &[Limit] = &[Limit::MultipleOf(Decimal::new(25, -1))];
    assert_eq!(number(HALVES, 5), "");
    assert_eq!(number(HALVES, i128::MAX - 2), "");
    assert_ne!(number(HALVES, 6), "");
    static LARGE: &[Limit] = &[Limit::MultipleOf(Decimal::new(3, 3))];
    assert_eq!(number(LARGE, 1_500 * 4), "");
    assert_eq!(
        number(LARGE, 1_000),
        "this is not `T`: it is 1000, and must be a multiple of 3000"
    );
    static HUGE: &[Limit] = &[Limit::MultipleOf(Decimal::new(u64::MAX, 300))];
    assert_eq!(number(HUGE, 0.0), "");
    assert_ne!(number(HUGE, 1e300), "");
}

#[test]
fn equal_json_is_a_duplicate() {
    static LIMITS: &[Limit] = &[Limit::MaxItems(4), Limit::UniqueItems];
    let error = |values: Value| {
        let values = values.as_array().cloned().expect("a list");
        unique::items("T", LIMITS, &values).map_or_else(|error| error.to_string(), |()| String::new())
    };
    assert_eq!(error(json!([1, "1", [1], true])), "");
    assert_eq!(error(json!([{"a": "}"}, {"a": {}}, {}, null])), "");
    assert_eq!(
        error(json!([9_007_199_254_740_993_u64, 9_007_199_254_740_992_u64])),
        ""
    );
    assert_eq!(
        error(json!([1, 2, 1.0])),
        "this is not `T`: its items 0 and 2 are the same"
    );
    assert_ne!(error(json!([0, -0.0])), "");
    assert_ne!(error(json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}])), "");
    assert_eq!(
        error(json!([1, 2, 3, 4, 5])),
        "this is not `T`: it has 5 items, and may have at most 4"
    );
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Name(String);

impl Name {
    fn limits() -> &'static [Limit] {
        static LIMITS: &[Limit] = &[Limit::MinLength(1), Limit::MaxLength(5)];
        LIMITS
    }
}

runtime::checked::checked!(text Name);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "i64")]
struct Age(i64);

impl Age {
    fn limits() -> &'static [Limit] {
        static LIMITS: &[Limit] = &[Limit::Minimum(Bound::Integer(0))];
        LIMITS
    }
}

runtime::checked::checked!(number Age(i64));

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Names(Vec<Item>);

impl Names {
    fn limits() -> &'static [Limit] {
        static LIMITS: &[Limit] = &[Limit::UniqueItems];
        LIMITS
    }
}

runtime::checked::checked!(set Names(Item));

/// An item that does not keep additional members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Item {
    name: Name,
}

#[test]
fn a_checked_text_converts_from_and_to_strings() {
    let name: Name = "ada".parse().expect("short enough");
    assert_eq!(Name::try_from("ada").expect("short enough"), name);
    assert_eq!(Name::try_from("ada".to_owned()).expect("short enough"), name);
    assert_eq!((name.as_str(), name.as_ref(), name.len()), ("ada", "ada", 3));
    assert_eq!(format!("{name:>5}"), "  ada");
    assert_eq!(String::from(name.clone()), "ada");
    assert_eq!(json!(name), json!("ada"));
    let error = Name::try_from("").expect_err("too short");
    assert_eq!(error.type_name(), "Name");
    assert!(matches!(error.limit(), Limit::MinLength(1)));
    let error: Box<dyn std::error::Error> = error.into();
    assert_eq!(
        error.to_string(),
        "this is not `Name`: it has 0 characters, and must have at least 1"
    );
}

#[test]
fn deserialization_checks_the_limits() {
    let error = serde_json::from_str::<Name>("\"ada lovelace\"").expect_err("too long");
    assert_eq!(
        error.to_string(),
        "this is not `Name`: it has 12 characters, and may have at most 5"
    );
    assert_eq!(serde_json::from_str::<Age>("7").expect("an age").get(), 7);
    assert!(serde_json::from_str::<Age>("-7").is_err());
    assert!(serde_json::from_str::<Age>("\"7\"").is_err());
}

#[test]
fn items_are_duplicates_only_if_all_members_are_equal() {
    let read = |value: Value| {
        unique::read::<Item, _>("Names", Names::limits(), value)
            .map(|items| Names::try_from(items).is_ok())
            .map_err(|error| error.to_string())
    };
    assert_eq!(read(json!([{"name": "a"}, {"name": "b"}])), Ok(true));
    // The items differ in a member that the type does not keep.
    assert_eq!(
        read(json!([{"name": "a", "id": 1}, {"name": "a", "id": 2}])),
        Ok(false)
    );
    assert_eq!(
        read(json!([{"name": "a"}, {"name": "a"}])),
        Err("this is not `Names`: its items 0 and 1 are the same".to_owned())
    );
}
