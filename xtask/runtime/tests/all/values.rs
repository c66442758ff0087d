//! The types of values: dates and times, UUIDs, JSON, and properties that can be missing.

use chrono::{FixedOffset, Utc};
use pingback_runtime::{DateTime, Maybe, Uuid, json};
use serde_json::json as value;

fn read(text: &str) -> DateTime {
    text.parse().expect("a date and time")
}

#[test]
fn a_time_keeps_its_text() {
    for text in [
        "2024-02-29T12:00:00Z",
        "2024-02-29T12:00:00.120000+02:00",
        "2024-02-29t12:00:00z",
    ] {
        let time: DateTime = serde_json::from_value(value!(text)).expect("decodes");
        assert_eq!(serde_json::to_value(&time).expect("encodes"), value!(text));
    }
}

#[test]
fn times_are_compared_as_instants() {
    assert_eq!(
        read("2024-02-29T12:00:00Z"),
        read("2024-02-29T14:00:00.000+02:00")
    );
    assert!(read("2024-02-29T12:00:00Z") < read("2024-02-29T12:00:01Z"));
}

#[test]
fn a_missing_offset_is_utc_and_a_missing_time_is_midnight() {
    let noon = read("2024-02-29T12:00:00Z");
    for text in [
        "2024-02-29T12:00:00",
        "2024-02-29 12:00:00",
        "2024-02-29T12:00:00.000+0000",
        "2024-02-29 12:00:00Z",
    ] {
        assert_eq!(read(text), noon, "{text}");
    }
    assert_eq!(read("2024-02-29"), read("2024-02-29T00:00:00Z"));
}

#[test]
fn a_time_converts_from_and_to_chrono() {
    let noon: chrono::DateTime<Utc> = read("2024-02-29T12:00:00Z").into();
    let time = DateTime::from(noon);
    assert_eq!(time.to_string(), "2024-02-29T12:00:00Z");
    assert_eq!(chrono::DateTime::<FixedOffset>::from(time), noon);
}

#[test]
fn an_invalid_time_is_named() {
    let error = serde_json::from_value::<DateTime>(value!("soon")).expect_err("no time");
    assert_eq!(
        error.to_string(),
        "`soon` is not a date and time: premature end of input"
    );
}

#[test]
fn maybe_converts_from_values_and_options() {
    assert_eq!(Maybe::from(1), Maybe::Value(1));
    assert_eq!(Maybe::<i32>::from(None), Maybe::Null);
    assert_eq!(Maybe::<i32>::default(), Maybe::Absent);
    assert_eq!(Maybe::from(Some(1)).into_value(), Some(1));
}

#[test]
fn numbers_are_equal_in_any_notation() {
    assert!(json::same(&value!(1), &value!(1.0)));
    assert!(!json::same(&value!(u64::MAX), &value!(u64::MAX - 1)));
    assert!(!json::same(&value!(1), &value!("1")));
}

#[test]
fn a_uuid_is_written_as_it_was_read() {
    for text in [
        "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "67E55044-10B1-426F-9247-BB680E5FE0C8",
        "67e55044-10B1-426f-9247-bB680e5fe0C8",
        "67E5504410b1426f9247bb680e5fe0c8",
        "{67E55044-10b1-426f-9247-bb680e5fe0c8}",
        "urn:uuid:67e55044-10b1-426f-9247-bb680e5fE0C8",
    ] {
        let json = serde_json::Value::from(text);
        let read: Uuid = serde_json::from_value(json.clone()).expect("a UUID");
        assert_eq!(serde_json::to_value(read).expect("a text"), json);
        assert_eq!(read.to_string(), text);
    }
}

#[test]
fn uuids_are_equal_in_any_format() {
    let lower: Uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().expect("a UUID");
    let upper: Uuid = "67E55044-10B1-426F-9247-BB680E5FE0C8".parse().expect("a UUID");
    assert_eq!(lower, upper);
    assert_eq!(upper.as_u128(), lower.as_u128());
    let plain = ::uuid::Uuid::from(upper);
    assert!(upper == plain);
    assert_eq!(Uuid::from(plain).to_string(), lower.to_string());
    assert!("67e55044".parse::<Uuid>().is_err());
}
