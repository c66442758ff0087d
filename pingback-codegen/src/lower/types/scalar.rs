//! Lowers strings and numbers to the Rust type that holds all valid values, by `type`, `format` and the numbers that a
//! schema mentions.

use super::merge::Merged;
use crate::model::{FloatKind, IntKind, Type};
use crate::read::number::Number;
use crate::read::schema::{JsonType, Literal, Schemas};

/// The type of a string of that format.
pub(super) fn string(format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        Some("uuid") => Type::Uuid,
        _ => Type::String,
    }
}

/// The type of a number. `format: float` is an `f64` too: an `f32` would change what the API sent.
pub(super) fn number(schemas: &Schemas, merged: &Merged) -> Type {
    if merged.json_type() == Some(JsonType::Integer) {
        return Type::Int(integer(schemas, merged));
    }
    match merged.format.as_deref() {
        Some("int32" | "int64" | "uint32" | "uint64" | "integer") => Type::Int(integer(schemas, merged)),
        _ => Type::Float(FloatKind::F64),
    }
}

/// The narrowest integer type that the format allows and that holds every number the schemas mention.
pub(super) fn integer(schemas: &Schemas, merged: &Merged) -> IntKind {
    let narrowest = match merged.format.as_deref() {
        Some("int32" | "int16" | "int8") => IntKind::I32,
        Some("uint8" | "uint16" | "uint32") => IntKind::U32,
        Some("uint64" | "uint") => IntKind::U64,
        _ => IntKind::I64,
    };
    let numbers = mentioned_numbers(schemas, merged);
    let has_negative = numbers.iter().any(is_negative);
    match numbers.iter().fold(narrowest, widened_for) {
        IntKind::U32 if has_negative => IntKind::I64,
        IntKind::U64 if has_negative => IntKind::I128,
        kind => kind,
    }
}

/// The narrowest integer type that holds the values of all of these; `i64` if there are none.
pub(super) fn widest(kinds: impl Iterator<Item = IntKind>) -> IntKind {
    let wider = |a, b| match (a, b) {
        (a, b) if a == b => a,
        (IntKind::U64, IntKind::U32) | (IntKind::U32, IntKind::U64) => IntKind::U64,
        (IntKind::Digits, _) | (_, IntKind::Digits) => IntKind::Digits,
        (IntKind::U64 | IntKind::I128, _) | (_, IntKind::U64 | IntKind::I128) => IntKind::I128,
        _ => IntKind::I64,
    };
    kinds.reduce(wider).unwrap_or(IntKind::I64)
}

/// The integer type of at least 64 bits that holds all of these.
pub(super) fn integer_of(values: impl Iterator<Item = Number>) -> IntKind {
    let values: Vec<Number> = values.collect();
    match values.iter().fold(IntKind::I64, widened_for) {
        IntKind::U64 if values.iter().any(is_negative) => IntKind::I128,
        kind => kind,
    }
}

fn is_negative(number: &Number) -> bool {
    number.as_f64().is_some_and(|value| value < 0.0)
}

/// `kind`, or the narrowest wider type that holds the number. For unsigned types, negative numbers are not considered:
/// a negative bound does not widen the type.
fn widened_for(kind: IntKind, number: &Number) -> IntKind {
    if number.is_f64() {
        return widened_for_float(kind, number.as_f64().unwrap_or_default());
    }
    let has_negative_integer = number.as_i64().is_some_and(|n| n < 0);
    let holds = |kind| match kind {
        IntKind::I32 => number.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        IntKind::I64 => number.as_i64().is_some(),
        IntKind::U32 => number.as_u64().is_some_and(|n| u32::try_from(n).is_ok()) || has_negative_integer,
        IntKind::U64 => number.as_u64().is_some() || has_negative_integer,
        IntKind::I128 => number.as_i128().is_some(),
        IntKind::Digits => true,
    };
    let wider: &[IntKind] = match kind {
        IntKind::I32 => &[IntKind::I64, IntKind::U64, IntKind::I128],
        IntKind::U32 | IntKind::I64 => &[IntKind::U64, IntKind::I128],
        IntKind::U64 => &[IntKind::I128],
        IntKind::I128 | IntKind::Digits => &[],
    };
    let mut kinds = std::iter::once(kind).chain(wider.iter().copied());
    kinds.find(|&kind| holds(kind)).unwrap_or(IntKind::Digits)
}

/// Like [`widened_for`], for a number such as 1.5 or 2e9. The limits of 64 and 128 bits are rounded to floats here, as
/// they are in documents.
fn widened_for_float(kind: IntKind, number: f64) -> IntKind {
    const MAX_I32: f64 = 2_147_483_647.0;
    const MAX_I64: f64 = 9_223_372_036_854_775_808.0;
    const MAX_U64: f64 = 18_446_744_073_709_551_616.0;
    const MAX_I128: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    let size = number.abs();
    match kind {
        IntKind::Digits => kind,
        _ if size <= MAX_I32 => kind,
        IntKind::I32 if size <= MAX_I64 => IntKind::I64,
        IntKind::U32 if size <= MAX_I64 => IntKind::U64,
        _ if size <= MAX_I64 => kind,
        IntKind::I128 if size <= MAX_U64 => kind,
        _ if size <= MAX_U64 => IntKind::U64,
        _ if size <= MAX_I128 => IntKind::I128,
        _ => IntKind::Digits,
    }
}

/// The bounds, examples, defaults and listed values of all parts.
fn mentioned_numbers(schemas: &Schemas, merged: &Merged) -> Vec<Number> {
    let mut numbers = Vec::new();
    for schema in merged.parts.iter().map(|&part| &schemas[part]) {
        numbers.extend(schema.constraints.minimum.clone());
        numbers.extend(schema.constraints.maximum.clone());
        let examples = schema.examples.iter().chain(&schema.default);
        let literals = examples.chain(schema.enumeration.iter().flatten());
        numbers.extend(literals.filter_map(Literal::number));
    }
    numbers
}

/// Whether values are binary data, such as files, so that a form sends them as bytes.
pub(super) fn is_binary(schemas: &Schemas, merged: &Merged) -> bool {
    let is_string = merged.json_type() == Some(JsonType::String);
    let has_media_type = merged.parts.iter().any(|&part| {
        let schema = &schemas[part];
        schema.content_media_type.is_some() && schema.content_encoding.is_none()
    });
    (is_string && matches!(merged.format.as_deref(), Some("binary" | "file")))
        || ((is_string || merged.is_anything()) && has_media_type)
}
