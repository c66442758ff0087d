//! Strings, numbers and booleans: `type`, `format` and bounds in, the Rust type that holds all valid values
//! out.

use super::merge::Merged;
use crate::model::{FloatKind, IntKind, Type};
use crate::read::number::Number;
use crate::read::schema::{JsonType, Literal, SchemaId, Schemas};

/// The type of a string by its format.
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

/// The narrowest integer type that the format allows and that holds every number the schema mentions.
pub(super) fn integer(schemas: &Schemas, merged: &Merged) -> IntKind {
    let mut kind = match merged.format.as_deref() {
        Some("int32" | "int16" | "int8") => IntKind::I32,
        Some("uint8" | "uint16" | "uint32") => IntKind::U32,
        Some("uint64" | "uint") => IntKind::U64,
        _ => IntKind::I64,
    };
    let mut negative = false;
    for number in mentioned(schemas, merged) {
        negative |= number.as_f64().is_some_and(|value| value < 0.0);
        kind = holding(kind, &number);
    }
    match kind {
        IntKind::U32 if negative => IntKind::I64,
        IntKind::U64 if negative => IntKind::I128,
        kind => kind,
    }
}

/// The integer type that holds what any of these does.
pub(super) fn widest(kinds: impl Iterator<Item = IntKind>) -> IntKind {
    kinds
        .reduce(|a, b| match (a, b) {
            (a, b) if a == b => a,
            (IntKind::U64, IntKind::U32) | (IntKind::U32, IntKind::U64) => IntKind::U64,
            (IntKind::Digits, _) | (_, IntKind::Digits) => IntKind::Digits,
            (IntKind::U64 | IntKind::I128, _) | (_, IntKind::U64 | IntKind::I128) => IntKind::I128,
            _ => IntKind::I64,
        })
        .unwrap_or(IntKind::I64)
}

/// The integer type that holds all of these.
pub(super) fn integer_of(values: impl Iterator<Item = Number> + Clone) -> IntKind {
    let negative = values
        .clone()
        .any(|number| number.as_f64().is_some_and(|value| value < 0.0));
    match values.fold(IntKind::I64, |kind, number| holding(kind, &number)) {
        IntKind::U64 if negative => IntKind::I128,
        kind => kind,
    }
}

fn holding(kind: IntKind, number: &Number) -> IntKind {
    let fits = |kind| match kind {
        IntKind::I32 => number.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        IntKind::I64 => number.as_i64().is_some(),
        // What is negative is looked at apart, since bounds below an unsigned type's are no reason to widen it.
        IntKind::U32 => {
            number.as_u64().is_some_and(|n| u32::try_from(n).is_ok())
                || number.as_i64().is_some_and(|n| n < 0)
        }
        IntKind::U64 => number.as_u64().is_some() || number.as_i64().is_some_and(|n| n < 0),
        IntKind::I128 => number.as_i128().is_some(),
        IntKind::Digits => true,
    };
    // A bound such as 1.5 or 2e9 is a float to the parser; whole floats count where they are exact.
    if number.is_f64() {
        let value = number.as_f64().unwrap_or_default().abs();
        return if value <= 2_147_483_647.0 {
            kind
        } else if value <= 9.0e18 {
            match kind {
                IntKind::I32 => IntKind::I64,
                IntKind::U32 => IntKind::U64,
                kind => kind,
            }
        } else if value <= 9_223_372_036_854_775_808.0 {
            // The bounds of i64 itself, rounded.
            match kind {
                IntKind::I32 => IntKind::I64,
                IntKind::U32 => IntKind::U64,
                kind => kind,
            }
        } else if value <= 18_446_744_073_709_551_616.0 {
            if matches!(kind, IntKind::I128 | IntKind::Digits) {
                kind
            } else {
                IntKind::U64
            }
        } else if value <= 170_141_183_460_469_231_731_687_303_715_884_105_728.0 && kind != IntKind::Digits {
            IntKind::I128
        } else {
            IntKind::Digits
        };
    }
    if fits(kind) {
        return kind;
    }
    let wider: &[IntKind] = match kind {
        IntKind::I32 => &[IntKind::I64, IntKind::U64, IntKind::I128],
        IntKind::U32 | IntKind::I64 => &[IntKind::U64, IntKind::I128],
        IntKind::U64 => &[IntKind::I128],
        IntKind::I128 | IntKind::Digits => &[],
    };
    wider
        .iter()
        .copied()
        .find(|&kind| fits(kind))
        .unwrap_or(IntKind::Digits)
}

fn mentioned(schemas: &Schemas, merged: &Merged) -> Vec<Number> {
    let mut numbers = Vec::new();
    for &part in &merged.parts {
        let schema = &schemas[part];
        numbers.extend(schema.constraints.minimum.clone());
        numbers.extend(schema.constraints.maximum.clone());
        let literals = schema
            .examples
            .iter()
            .chain(&schema.default)
            .chain(schema.enumeration.iter().flatten());
        numbers.extend(literals.filter_map(Literal::number));
    }
    numbers
}

/// Is it a file or the like, so that a form sends it as bytes?
pub(super) fn is_binary(schemas: &Schemas, merged: &Merged) -> bool {
    let string = merged.json_type() == Some(JsonType::String);
    let undeclared = merged.is_anything();
    let media_type = merged.parts.iter().any(|&part: &SchemaId| {
        schemas[part].content_media_type.is_some() && schemas[part].content_encoding.is_none()
    });
    (string && matches!(merged.format.as_deref(), Some("binary" | "file")))
        || ((string || undeclared) && media_type)
}
