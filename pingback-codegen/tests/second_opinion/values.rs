//! Compares lists of values, formats and ranges with enums and scalar types.

use crate::schema::{Alternative, JsonType, type_of};
use crate::types::{Difference, difference};
use pingback_codegen::model::{Enum, FloatKind, IntKind, Type};
use serde_json::Value;
use std::collections::BTreeSet;

/// The values that the alternatives list are those of the enum. An alternative that lists none makes it an open list.
pub(crate) fn compare_enum(all: &[Alternative<'_>], list: &Enum) -> Vec<Difference> {
    let documented = all_values(all);
    let mut differences = missing_values(all, list);
    for variant in &list.variants {
        let value = &variant.value;
        if !value.is_null() && !documented.iter().any(|other| is_same(other, value)) {
            differences.extend(difference(format!(
                "the document does not list the value {value}"
            )));
        }
    }
    differences
}

fn all_values<'d>(all: &[Alternative<'d>]) -> Vec<&'d Value> {
    const BOOLEANS: [&Value; 2] = [&Value::Bool(true), &Value::Bool(false)];
    let mut values: Vec<&Value> = Vec::new();
    for one in all {
        match one.values() {
            Some(listed) => values.extend(listed),
            None if one.types() == Some(BTreeSet::from([JsonType::Boolean])) => values.extend(BOOLEANS),
            None => {}
        }
    }
    values
}

/// The values of the alternatives that the enum does not list.
pub(crate) fn missing_values(all: &[Alternative<'_>], list: &Enum) -> Vec<Difference> {
    let documented = all_values(all);
    if documented.is_empty() {
        return difference("the type is an enum, the document lists no values");
    }
    let is_listed = |value: &Value| list.variants.iter().any(|variant| is_same(&variant.value, value));
    let missing = documented.into_iter().filter(|value| !is_listed(value));
    missing
        .flat_map(|value| difference(format!("the type does not list the value {value}")))
        .collect()
}

/// Whether values are equal, numbers by value and type.
fn is_same(a: &Value, b: &Value) -> bool {
    a == b || (a.is_number() && a.as_f64() == b.as_f64() && type_of(a) == type_of(b))
}

/// Compares alternatives with a scalar type. If they have different formats, it holds any text.
pub(crate) fn compare_scalar(all: &[Alternative<'_>], ty: &Type) -> Vec<Difference> {
    if all.iter().any(|one| one.values().is_some()) && all.len() == 1 {
        return difference(format!("the document lists values, the type is {ty:?}"));
    }
    let formats: BTreeSet<Option<&str>> = all.iter().map(Alternative::format).collect();
    let has_own_type = |format: &str| matches!(format, "date-time" | "date" | "uuid");
    let own_type = match formats.iter().collect::<Vec<_>>().as_slice() {
        [Some(format)] => Some(*format).filter(|format| has_own_type(format)),
        _ => None,
    };
    let is_right = match ty {
        Type::String => own_type.is_none(),
        Type::DateTime => own_type == Some("date-time"),
        Type::Date => own_type == Some("date"),
        Type::Uuid => own_type == Some("uuid"),
        // Numbers of every format keep the digits that they have in JSON.
        Type::Float(kind) => *kind == FloatKind::F64,
        Type::Int(kind) => {
            let ranges = all.iter().flat_map(|one| compare_range(one, *kind));
            return ranges.collect();
        }
        _ => true,
    };
    if is_right {
        Vec::new()
    } else {
        difference(format!("the formats are {formats:?}, the type is {ty:?}"))
    }
}

/// An integer type holds every documented value, and is unsigned only if the document excludes negative ones.
fn compare_range(one: &Alternative<'_>, kind: IntKind) -> Vec<Difference> {
    let bounds = |format: Option<&str>| match format {
        Some("int8") => (-128.0, 127.0),
        Some("uint8") => (0.0, 255.0),
        Some("int16") => (-2f64.powi(15), 2f64.powi(15) - 1.0),
        Some("uint16") => (0.0, 2f64.powi(16) - 1.0),
        Some("int32") => (-2f64.powi(31), 2f64.powi(31) - 1.0),
        Some("uint32") => (0.0, 2f64.powi(32) - 1.0),
        Some("uint64") => (0.0, 2f64.powi(64)),
        _ => (-2f64.powi(63), 2f64.powi(63)),
    };
    let (least, most) = match kind {
        IntKind::I32 => bounds(Some("int32")),
        IntKind::U32 => bounds(Some("uint32")),
        IntKind::I64 => bounds(None),
        IntKind::U64 => bounds(Some("uint64")),
        IntKind::I128 => (-2f64.powi(127), 2f64.powi(127)),
        IntKind::Digits => return Vec::new(),
    };
    let (min, max) = one.range();
    let (format_min, format_max) = bounds(one.format());
    let has_format = bounds(one.format()) != bounds(None) || one.format() == Some("int64");
    let min = match min {
        Some(min) if has_format => min.max(format_min),
        other => other.unwrap_or(format_min),
    };
    let max = match max {
        Some(max) if has_format => max.min(format_max),
        other => other.unwrap_or(format_max),
    };
    if least <= min && max <= most {
        return Vec::new();
    }
    difference(format!(
        "the document allows {min} to {max}, the type is {kind:?}"
    ))
}
