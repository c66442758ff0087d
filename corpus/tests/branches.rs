//! The types of `specs/corpus/branches.yaml`: values that only something inside tells apart.

use corpus::branches::models::{Measure, Reach, Reading};
use serde_json::{Value, json};

fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) -> T {
    let decoded: T = serde_json::from_value(value.clone()).expect("a value of the type");
    assert_eq!(serde_json::to_value(&decoded).expect("JSON"), *value);
    decoded
}

#[test]
fn a_listed_value_inside_selects_the_branch() {
    let first = round_trip(&json!({ "data": { "kind": "one" } }));
    assert!(matches!(first, Reading::First(_)), "{first:?}");
    let second = round_trip(&json!({ "data": { "kind": "two", "more": 1 } }));
    assert!(matches!(second, Reading::Second(_)), "{second:?}");
    // No branch lists it: the first that keeps all members goes before the variant for unlisted values.
    let other = round_trip(&json!({ "data": { "kind": "three" } }));
    assert!(matches!(other, Reading::First(_)), "{other:?}");
    let none = round_trip(&json!({ "data": 3 }));
    assert!(matches!(none, Reading::Unlisted(_)), "{none:?}");
}

#[test]
fn listed_items_select_the_branch() {
    let lengths = round_trip(&json!({ "units": ["m", "km"] }));
    assert!(matches!(lengths, Measure::Lengths(_)), "{lengths:?}");
    let weights = round_trip(&json!({ "units": ["kg"] }));
    assert!(matches!(weights, Measure::Weights(_)), "{weights:?}");
    // The branch that lists more of the values is better.
    let mixed = round_trip(&json!({ "units": ["kg", "?"] }));
    assert!(matches!(mixed, Measure::Weights(_)), "{mixed:?}");
}

#[test]
fn a_value_of_several_branches_keeps_the_members_of_all() {
    let one = round_trip(&json!({ "phone": "1", "ext": 2 }));
    assert!(matches!(one, Reach::Line(_)), "{one:?}");
    let two = round_trip(&json!({ "email": "a@example.com", "phone": "1" }));
    assert!(
        matches!(&two, Reach::MailboxLine(both) if both.email == "a@example.com" && both.phone == "1"),
        "{two:?}"
    );
}
