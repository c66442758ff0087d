//! Compiles and uses emitted types: `generated/models.rs` is emitted from the sample.

#![allow(
    clippy::too_many_arguments,
    dead_code,
    deprecated,
    unreachable_pub,
    reason = "a crate would export the types"
)]

use pingback_runtime as runtime;

#[path = "generated/models.rs"]
#[rustfmt::skip]
mod models;

use models::{
    Cat, Circle, Colour, Dog, Empty, Labels, Level, Loose, Mixed, Node, Odd, Pet, Presences, Priority,
    Scalars, Shape, Strict, Tree, Unit,
};
use runtime::Maybe;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Deserializes a value, and checks that it is serialized as the same value.
#[track_caller]
fn round_trip<T: Serialize + DeserializeOwned>(value: &Value) -> T {
    let text = value.to_string();
    let decoded: T = serde_json::from_str(&text).expect("decodes");
    assert_eq!(serde_json::to_value(&decoded).expect("encodes"), *value);
    decoded
}

fn error<T: DeserializeOwned>(value: &Value) -> String {
    serde_json::from_str::<T>(&value.to_string())
        .err()
        .expect("does not decode")
        .to_string()
}

#[test]
fn scalars_round_trip() {
    let value = json!({
        "flag": true, "small": -1, "big": u64::MAX, "huge": i64::MIN, "ratio": 0.1, "type": "x",
        "createdAt": "2024-02-29T12:00:00.10+02:00", "day": "2024-02-29", "anything": null, "list": ["a"],
        "map": {"b": 1}, "pair": ["c", false],
    });
    let scalars: Scalars = round_trip(&value);
    assert_eq!(scalars.created_at.timestamp(), 1_709_200_800);
}

#[test]
fn integers_of_128_bits_are_exact() {
    let text = "170141183460469231731687303715884105727";
    let value = json!({
        "flag": true, "small": -1, "big": 1, "huge": 7_777, "ratio": 1.5, "type": "x", "createdAt": "2024-02-29",
        "day": "2024-02-29", "anything": 1, "list": [], "map": {}, "pair": ["c", false],
    });
    let scalars: Scalars = serde_json::from_str(&value.to_string().replace("7777", text)).expect("decodes");
    assert_eq!(scalars.huge, i128::MAX);
    assert!(serde_json::to_string(&scalars).expect("encodes").contains(text));
}

#[test]
fn missing_and_null_differ_where_both_are_documented() {
    let missing: Presences = round_trip(&json!({"required_nullable": null}));
    assert_eq!(missing.optional_nullable, Maybe::Absent);
    assert_eq!(missing.optional_json, None);
    let null: Presences = round_trip(&json!({
        "required_nullable": "a", "optional": "b", "optional_nullable": null, "optional_json": null,
        "optional_alias": null,
    }));
    assert_eq!(null.optional_nullable, Maybe::Null);
    assert_eq!(null.optional_json, Some(Value::Null));
    assert_eq!(null.optional_alias, Maybe::Null);
}

#[test]
fn a_received_member_may_be_null_where_missing_is_documented() {
    let presences: Presences = serde_json::from_value(json!({"optional": null})).expect("decodes");
    assert_eq!(presences.optional, None);
    assert_eq!(presences.required_nullable, None);
}

#[test]
fn a_constructor_takes_the_required_fields() {
    let node = Node {
        next: Some(Box::new(Node::new("b"))),
        ..Node::new("a")
    };
    assert_eq!(
        serde_json::to_value(&node).expect("encodes"),
        json!({"name": "a", "next": {"name": "b"}})
    );
    round_trip::<Empty>(&json!({}));
    assert_eq!(Empty::default(), Empty {});
}

#[test]
fn additional_members_are_kept() {
    round_trip::<Labels>(&json!({"a": "b", "c": "d"}));
    let value = json!({
        "userId": u64::MAX, "note": null, "score": 0.1, "limit": null, "extra": null,
        "float": 1.0, "big": u64::MAX, "small": i64::MIN, "deep": {"a": [1, 1.5, null]},
    });
    let mixed: Mixed = round_trip(&value);
    assert_eq!(mixed.limit, Maybe::Null);
    assert_eq!(mixed.rest.len(), 4);
}

#[test]
fn an_additional_member_does_not_repeat_a_field() {
    let mut mixed = Mixed::new(1, None);
    mixed.rest.insert("userId".into(), json!(2));
    assert_eq!(
        serde_json::to_string(&mixed).expect("encodes"),
        r#"{"userId":1,"note":null}"#
    );
}

#[test]
fn an_error_names_the_member_and_the_place() {
    assert_eq!(
        error::<Mixed>(&json!({"note": null})),
        "missing field `userId` at line 1 column 13"
    );
    assert_eq!(
        error::<Mixed>(&json!({"userId": "x"})),
        "in `userId`: invalid type: string \"x\", expected u64 at line 1 column 13"
    );
    assert_eq!(
        error::<Node>(&json!({"name": "a", "next": {"name": 1}})),
        "in `next`: in `name`: invalid type: integer `1`, expected a string at line 1 column 28"
    );
    assert_eq!(
        error::<Node>(&json!(["a"])),
        "invalid type: sequence, expected an object, `Node` at line 1 column 0"
    );
}

#[test]
fn the_last_of_duplicate_members_counts() {
    let mixed: Mixed = serde_json::from_str(r#"{"userId": 1, "note": null, "userId": 2}"#).expect("decodes");
    assert_eq!(mixed.user_id, 2);
}

#[test]
fn enums_round_trip_as_their_values() {
    assert_eq!(round_trip::<Colour>(&json!("light blue")), Colour::LightBlue);
    assert_eq!("red".parse(), Ok(Colour::Red));
    assert_eq!(
        Colour::ALL.iter().map(Colour::as_str).collect::<Vec<_>>(),
        ["red", "light blue"]
    );
    assert_eq!(round_trip::<Priority>(&json!(1_000_000)), Priority::High);
    assert_eq!(round_trip::<Odd>(&json!(0.5)), Odd::Half);
    assert_eq!(round_trip::<Odd>(&json!(null)), Odd::Null);
    assert_eq!(Odd::from(json!(1.0)), Odd::One);
}

#[test]
fn unlisted_values_round_trip() {
    assert_eq!(
        round_trip::<Colour>(&json!("green")),
        Colour::Unlisted("green".into())
    );
    assert_eq!(round_trip::<Priority>(&json!(7)), Priority::Unlisted(7));
    assert_eq!(
        round_trip::<Odd>(&json!({"a": 1})),
        Odd::Unlisted(json!({"a": 1}))
    );
}

#[test]
fn closed_enums_reject_unlisted_values() {
    assert_eq!(error::<Unit>(&json!("kg")), "`kg` is no value of `Unit`");
    assert_eq!(error::<Level>(&json!(3)), "`3` is no value of `Level`");
    assert_eq!(error::<Strict>(&json!(false)), "`false` is no value of `Strict`");
    assert_eq!("m".parse(), Ok(Unit::Metre));
}

#[test]
fn a_union_is_decoded_by_the_property_that_names_the_branch() {
    let cat = json!({"kind": "cat", "lives": 9});
    assert_eq!(round_trip::<Pet>(&cat), Pet::Cat(Cat::new("cat", 9)));
    assert_eq!(
        round_trip::<Pet>(&json!({"kind": "dog", "name": "Rex"})),
        Dog {
            name: Some("Rex".into())
        }
        .into()
    );
    let fish = json!({"kind": "fish"});
    assert_eq!(round_trip::<Pet>(&fish), Pet::Unlisted(fish));
    assert_eq!(
        error::<Pet>(&json!({"kind": "cat"})),
        "this is not `Pet`; as `Cat`: missing field `lives`"
    );
}

#[test]
fn a_union_is_decoded_by_members_and_json_types() {
    assert_eq!(
        round_trip::<Shape>(&json!({"radius": 1.5})),
        Circle { radius: 1.5 }.into()
    );
    assert_eq!(round_trip::<Shape>(&json!([3, 4])), Shape::Sides(vec![3, 4]));
    assert_eq!(
        round_trip::<Shape>(&json!("dot")),
        Shape::from(String::from("dot"))
    );
    assert_eq!(round_trip::<Shape>(&json!(null)), Shape::Nothing);
    assert_eq!(error::<Shape>(&json!(1)), "this is not `Shape`");
}

#[test]
fn a_union_without_tests_is_the_first_branch_that_fits() {
    assert_eq!(round_trip::<Loose>(&json!(5)), Loose::Number(5));
    assert_eq!(
        round_trip::<Loose>(&json!({"kind": "cat", "lives": 1})),
        Loose::Cat(Cat::new("cat", 1))
    );
    assert_eq!(round_trip::<Loose>(&json!(0.5)), Loose::Unlisted(json!(0.5)));
}

#[test]
fn recursive_types_round_trip() {
    assert_eq!(round_trip::<Tree>(&json!([[], [[]]])).0.len(), 2);
}

#[test]
fn types_may_shadow_names_of_the_prelude() {
    let value: models::Option = round_trip(&json!({"some": "x"}));
    assert_eq!(value.some, Some(models::String("x".into())));
    assert_eq!(round_trip::<models::Ok>(&json!("err")), models::Ok::Err);
}

/// A union like generated ones, whose branches have no tests.
#[derive(Debug, PartialEq)]
enum Nested {
    Plain(Box<Plain>),
    Rich(Box<Rich>),
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Plain {
    inner: Option<Nested>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Rich {
    inner: Option<Nested>,
    bold: Option<bool>,
}

impl<'de> serde::Deserialize<'de> for Nested {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut choice = runtime::union::Choice::read("Nested", deserializer)?;
        choice.attempt("Plain", &[], Self::Plain);
        choice.attempt("Rich", &[], Self::Rich);
        choice.end()
    }
}

fn nested(depth: usize, leaf: Value) -> Value {
    (0..depth).fold(leaf, |inner, _| json!({ "inner": inner }))
}

#[test]
fn a_union_is_the_branch_that_keeps_most_members() {
    let decode = |value: Value| serde_json::from_value::<Nested>(value).expect("decodes");
    let plain = |inner| Nested::Plain(Box::new(Plain { inner }));
    let rich = |inner, bold| Nested::Rich(Box::new(Rich { inner, bold }));
    assert_eq!(decode(json!({})), plain(None));
    assert_eq!(decode(json!({ "bold": true })), rich(None, Some(true)));
    // A member that neither branch has makes no difference.
    assert_eq!(decode(json!({ "new": 1 })), plain(None));
    assert_eq!(decode(json!({ "new": 1, "bold": true })), rich(None, Some(true)));
    // Members that are lost in an inner value count, too.
    assert_eq!(
        decode(nested(2, json!({ "bold": true }))),
        plain(Some(plain(Some(rich(None, Some(true))))))
    );
}

#[test]
fn deeply_nested_unions_lose_no_members() {
    let mut at: Nested = serde_json::from_value(nested(9, json!({ "bold": true }))).expect("decodes");
    for _ in 0..9 {
        let Nested::Plain(plain) = at else {
            panic!("{at:?} is not the first that keeps all");
        };
        at = plain.inner.expect("it is there");
    }
    assert!(matches!(at, Nested::Rich(rich) if rich.bold == Some(true)));
}

#[test]
fn nested_unions_are_decoded_in_reasonable_time() {
    let depth = 100;
    let unknown = nested(depth, json!({ "new": 1, "bold": true }));
    assert!(serde_json::from_value::<Nested>(unknown).is_ok());
    let wrong = nested(depth, json!({ "bold": 1, "inner": 1 }));
    assert!(serde_json::from_value::<Nested>(wrong).is_err());
    // A failed attempt does not affect the next value.
    let fine = nested(2, json!({ "bold": true }));
    assert!(serde_json::from_value::<Nested>(fine).is_ok());
}
