//! Lowers strings and numbers to the Rust type that holds all valid values, by `type`, `format` and bounds.

use super::integer_range::IntegerRange;
use super::merge::Merged;
use crate::model::{FloatKind, IntKind, Type};
use crate::read::number::Number;
use crate::read::schema::{JsonType, Literal, SchemaId, Schemas};

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
    let is_integer = match merged.json_type() {
        Some(JsonType::Integer) => true,
        _ => has_integer_format(merged) && fraction(schemas, merged).is_none(),
    };
    if is_integer {
        Type::Int(integer(schemas, merged))
    } else {
        Type::Float(FloatKind::F64)
    }
}

/// Whether numbers are integers by their format. These are the formats of integers in the registry of formats of the
/// OpenAPI Initiative, which apply to `type: number`.
pub(super) fn has_integer_format(merged: &Merged) -> bool {
    matches!(
        merged.format.as_deref(),
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "double-int")
    )
}

/// The first bound, example or default with a fraction, and its schema.
pub(super) fn fraction(schemas: &Schemas, merged: &Merged) -> Option<(SchemaId, Number)> {
    let has_fraction = |number: &Number| number.as_f64().is_some_and(|float| float.fract() != 0.0);
    merged.parts.iter().find_map(|&id| {
        let schema = &schemas[id];
        let limits = &schema.constraints;
        let bounds = limits
            .minimum
            .iter()
            .chain(&limits.maximum)
            .chain(&limits.multiple_of);
        let literals = schema.examples.iter().chain(&schema.default);
        let mut numbers = bounds.cloned().chain(literals.filter_map(Literal::number));
        Some((id, numbers.find(has_fraction)?))
    })
}

/// The narrowest integer type that the format allows and that holds the range between the bounds. Types are unsigned only
/// by their format or if the minimum is 0 or more.
pub(super) fn integer(schemas: &Schemas, merged: &Merged) -> IntKind {
    use IntKind::{Digits, I32, I64, I128, U32, U64};
    let range = IntegerRange::of(schemas, merged);
    let has_negative = range.allows_negative();
    let kinds: &[IntKind] = match merged.format.as_deref() {
        Some("int32" | "int16" | "int8") => &[I32, I64, U64, I128],
        Some("uint8" | "uint16" | "uint32") => &[U32, U64, I64, I128],
        Some("uint64" | "uint") => &[U64, I128],
        Some("int64") if range.minimum_is_negative() != Some(false) => return I64,
        _ => &[I64, U64, I128],
    };
    let is_unsigned_format = matches!(kinds[0], U32 | U64);
    let allows = |kind: IntKind| match kind {
        U32 | U64 if is_unsigned_format => range.minimum_is_negative() != Some(true),
        U32 | U64 => !has_negative,
        _ => true,
    };
    let mut kinds = kinds.iter().copied();
    kinds
        .find(|&kind| allows(kind) && range.fits(kind))
        .unwrap_or(Digits)
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
    let range = IntegerRange::of_values(values);
    let kinds = [IntKind::I64, IntKind::U64, IntKind::I128];
    let mut kinds = kinds.into_iter();
    kinds.find(|&kind| range.fits(kind)).unwrap_or(IntKind::Digits)
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
