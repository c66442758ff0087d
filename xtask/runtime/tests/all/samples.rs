//! The tests of generated crates, which send values through their types.

use pingback_runtime::sample::{RoundTrip, Sample, round_trip, run, run_instances};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Crane {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
}

fn crane(json: &'static str) -> Sample {
    Sample {
        schema: "/components/schemas/Crane",
        json,
        left_out: &[],
        rounded: &[],
        round_trip: round_trip::<Crane>,
    }
}

/// The message of the test, if it fails.
fn failure(sample: Sample) -> Option<String> {
    let failure = std::panic::catch_unwind(|| run(&[sample])).err()?;
    let message = failure.downcast_ref::<String>()?;
    message.lines().next().map(ToOwned::to_owned)
}

#[test]
fn a_member_that_is_lost_fails() {
    let text = r#"{"id":1,"reach":2}"#;
    let failed = failure(crane(text)).expect("it is lost");
    assert_eq!(failed, "/components/schemas/Crane: /reach was lost");
    let left_out = &["/reach"];
    assert_eq!(
        failure(Sample {
            left_out,
            ..crane(text)
        }),
        None
    );
}

#[test]
fn numbers_are_equal_by_their_value() {
    for text in [
        r#"{"id":3.0}"#,
        r#"{"id":1e3}"#,
        r#"{"weight":3}"#,
        r#"{"weight":0.10}"#,
    ] {
        assert_eq!(failure(crane(text)), None, "{text}");
    }
    let text = r#"{"weight":9007199254740993}"#;
    assert!(failure(crane(text)).is_some());
    let rounded = &["/weight"];
    assert_eq!(
        failure(Sample {
            rounded,
            ..crane(text)
        }),
        None
    );
    assert_eq!(failure(crane(r#"{"id":9007199254740993}"#)), None);
}

#[test]
fn a_number_of_another_value_fails() {
    let add: RoundTrip = |json| Ok(json.replace("9007199254740993", "9007199254740992.0"));
    let sample = Sample {
        round_trip: add,
        ..crane(r#"{"id":9007199254740993}"#)
    };
    assert!(failure(sample).is_some());
    let negate: RoundTrip = |json| Ok(json.replace('1', "-1"));
    let sample = Sample {
        round_trip: negate,
        ..crane(r#"{"id":1}"#)
    };
    assert!(failure(sample).is_some());
}

#[test]
fn instances_are_read_from_a_list() {
    let types: &[RoundTrip] = &[round_trip::<Crane>];
    run_instances(
        types,
        r#"[[0,"/Crane",{"id":1,"x":2},["/x"],[]],[0,"/Crane",{},[],[]]]"#,
    );
    let lost = || run_instances(types, r#"[[0,"/Crane",{"x":2},[],[]]]"#);
    assert!(std::panic::catch_unwind(lost).is_err());
}
