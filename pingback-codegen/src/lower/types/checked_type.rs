//! Lowers schemas with limits to [`Checked`] types, with a default and an example.

use super::context::Context;
use super::definitions::{Body, Definition};
use super::merge::Merged;
use crate::model::{Checked, Docs, IntKind, Limit, Type, TypeKind};
use crate::read::schema::SchemaId;
use serde_json::Value;

/// Longer examples are left out.
const MAX_EXAMPLE_LENGTH: usize = 60;

/// Strings to try as examples if the document has none.
const STRINGS: &[&str] = &[
    "text",
    "ada",
    "Ada",
    "a1b2c3",
    "ada@example.com",
    "https://example.com",
    "2025-01-31",
    "en",
    "US",
    "EUR",
    "en-US",
    "12:00",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "12345678",
    "+4930901820",
    "1.0.0",
    "/path",
    "#00ff00",
    "A1B2C3D4",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "0123456789abcdef0123456789abcdef",
];

/// The type whose values satisfy `limits`, with the first example that satisfies them: from the document, or else an
/// invented one.
pub(super) fn checked(context: &Context<'_>, merged: &Merged, inner: Type, limits: Vec<Limit>) -> Checked {
    let checked = Checked {
        inner,
        limits,
        default: None,
        example: None,
    };
    let documented = merged.parts.iter().flat_map(|&part| {
        let schema = &context.schemas[part];
        schema.examples.iter().chain(&schema.default)
    });
    let documented = documented.map(|literal| literal.value.clone());
    let example = documented.chain(invented_examples(&checked)).find(|value| {
        is_valid(&checked.inner, value)
            && is_readable(value)
            && context.checked.limit_validator.is_valid(&checked, value) == Some(true)
    });
    Checked { example, ..checked }
}

/// The body of a checked type when all its places are known: with their common default, and without facts that are
/// documented at some of the places only. Other bodies are unchanged.
pub(super) fn with_shared_default(context: &Context<'_>, definition: &Definition, mut body: Body) -> Body {
    let TypeKind::Checked(checked) = &mut body.kind else {
        return body;
    };
    let schemas = context.schemas;
    let default = |schema: &SchemaId| schemas[*schema].default.as_ref().map(|literal| &literal.value);
    let texts = |schema: &SchemaId| (&schemas[*schema].title, &schemas[*schema].description);
    let mut places = definition.places.iter();
    let Some(first) = places.next() else {
        return body;
    };
    let mut others = places.clone();
    if !others.all(|place| default(place) == default(first)) {
        body.docs
            .constraints
            .retain(|text| !text.starts_with("default: "));
    } else if let Some(default) = default(first) {
        let is_empty = match (default, &checked.inner) {
            (Value::Array(items), Type::Array(_)) => items.is_empty(),
            (Value::Object(members), Type::Map(_)) => members.is_empty(),
            _ => false,
        };
        let is_valid = is_empty || is_valid(&checked.inner, default);
        if is_valid && context.checked.limit_validator.is_valid(checked, default) == Some(true) {
            checked.default = Some(default.clone());
        }
    }
    if places.any(|place| texts(place) != texts(first)) {
        body.docs = Docs {
            constraints: body.docs.constraints,
            ..Docs::default()
        };
    }
    body
}

/// Values that may satisfy the limits.
fn invented_examples(checked: &Checked) -> Vec<Value> {
    match &checked.inner {
        Type::String => string_examples(&checked.limits),
        Type::Int(_) | Type::Float(_) => {
            let mut numbers = vec![Value::from(1)];
            numbers.extend(checked.limits.iter().flat_map(number_examples));
            numbers.push(Value::from(0));
            numbers
        }
        _ => Vec::new(),
    }
}

fn string_examples(limits: &[Limit]) -> Vec<Value> {
    let mut texts: Vec<String> = STRINGS.iter().map(|text| (*text).to_owned()).collect();
    for limit in limits {
        if let Limit::MinLength(length) | Limit::MaxLength(length) = limit
            && let Ok(length) = usize::try_from(*length)
            && length <= MAX_EXAMPLE_LENGTH
        {
            texts.extend(["a", "A", "1"].map(|one| one.repeat(length)));
        }
    }
    texts.into_iter().map(Value::from).collect()
}

/// Numbers at the edge of a limit.
fn number_examples(limit: &Limit) -> Vec<Value> {
    let integer = |number: Option<i128>| number.and_then(|number| i64::try_from(number).ok());
    match limit {
        Limit::Minimum(number) => integer(number.at_least()).into_iter().map(Value::from).collect(),
        Limit::Maximum(number) => integer(number.at_most()).into_iter().map(Value::from).collect(),
        Limit::ExclusiveMinimum(number) => {
            let next = number.at_most().and_then(|most| most.checked_add(1));
            integer(next).into_iter().map(Value::from).collect()
        }
        Limit::MultipleOf(step) => {
            let text = format!("{}e{}", step.digits, step.exponent);
            let integer = text
                .strip_suffix("e0")
                .and_then(|digits| digits.parse::<u64>().ok());
            let float = text.parse::<f64>().ok().map(Value::from);
            integer.map(Value::from).or(float).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the type can hold the value. False for types without examples.
fn is_valid(inner: &Type, value: &Value) -> bool {
    match inner {
        Type::String => value.is_string(),
        Type::Int(kind) => match kind {
            IntKind::I32 => value.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
            IntKind::U32 => value.as_u64().is_some_and(|value| u32::try_from(value).is_ok()),
            IntKind::U64 => value.is_u64(),
            IntKind::I64 => value.is_i64(),
            IntKind::I128 => value.is_i64() || value.is_u64(),
            IntKind::Digits => false,
        },
        Type::Float(_) => value.is_number(),
        _ => false,
    }
}

/// Whether a value is short and plain enough for documentation.
fn is_readable(value: &Value) -> bool {
    let is_plain = |c: char| (c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '`')) || c == ' ';
    value
        .as_str()
        .is_none_or(|text| text.len() <= MAX_EXAMPLE_LENGTH && text.chars().all(is_plain))
}
