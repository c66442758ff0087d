//! Lowers the values of `enum` and `const` to an [`Enum`].

use super::merge::Merged;
use super::scalar;
use crate::model::{Docs, Enum, EnumVariant, FloatKind, Type};
use crate::names::variant_name;
use crate::read::schema::{JsonType, Literal, Schema, Schemas};
use serde_json::Value;
use std::collections::HashSet;

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EnumValue {
    pub(super) value: Value,
    /// The name that the document gives the value.
    pub(super) name: Option<String>,
    pub(super) docs: Docs,
}

/// Whether an enum accepts values that the document does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Openness {
    Closed,
    /// Any other value of the same type is valid.
    Open,
}

/// The distinct values that the schemas list, except `null`. `None` if they do not become an enum: objects, arrays, or
/// both booleans.
pub(super) fn values(schemas: &Schemas, merged: &Merged) -> Option<Vec<EnumValue>> {
    let literals = merged.enumeration.as_ref()?;
    let is_composite = |literal: &Literal| literal.value.is_object() || literal.value.is_array();
    if literals.iter().any(is_composite) {
        return None;
    }
    let source = merged.enumerated_by.map(|id| &schemas[id]);
    let mut seen = HashSet::with_capacity(literals.len());
    let values: Vec<EnumValue> = literals
        .iter()
        .map(|literal| &literal.value)
        .filter(|value| !value.is_null() && seen.insert(value.to_string()))
        .map(|value| EnumValue {
            value: value.clone(),
            name: source.and_then(|schema| text_of_value(schema, &schema.enum_names, value)),
            docs: Docs {
                description: source
                    .and_then(|schema| text_of_value(schema, &schema.enum_descriptions, value)),
                ..Docs::default()
            },
        })
        .collect();
    let is_any_boolean = values.len() == 2 && values.iter().all(|value| value.value.is_boolean());
    (!values.is_empty() && !is_any_boolean).then_some(values)
}

/// The text for a value in a list that is parallel to the values of the schema.
fn text_of_value(schema: &Schema, texts: &[String], value: &Value) -> Option<String> {
    let literals = schema.enumeration.as_ref()?;
    if texts.len() != literals.len() {
        return None;
    }
    let index = literals.iter().position(|literal| literal.value == *value)?;
    texts.get(index).cloned()
}

/// The JSON type that all values have.
pub(super) fn json_type(values: &[EnumValue]) -> Option<JsonType> {
    let type_of = |value: &Value| match value {
        Value::String(_) => Some(JsonType::String),
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Number(number) if number.is_f64() => Some(JsonType::Number),
        Value::Number(_) => Some(JsonType::Integer),
        _ => None,
    };
    let mut types = values.iter().map(|value| type_of(&value.value));
    let mut common = types.next()??;
    for ty in types {
        common = match (common, ty?) {
            (a, b) if a == b => a,
            (JsonType::Integer | JsonType::Number, JsonType::Integer | JsonType::Number) => JsonType::Number,
            _ => return None,
        };
    }
    Some(common)
}

/// The enum of these values. Its variants may share names; naming all members makes them unique.
pub(super) fn define(values: &[EnumValue], openness: Openness) -> Enum {
    let repr = match json_type(values) {
        Some(JsonType::String) => Type::String,
        Some(JsonType::Boolean) => Type::Bool,
        Some(JsonType::Integer) => {
            let numbers = values.iter().filter_map(|value| match &value.value {
                Value::Number(number) => Some(number.clone().into()),
                _ => None,
            });
            Type::Int(scalar::integer_of(numbers))
        }
        Some(JsonType::Number) => Type::Float(FloatKind::F64),
        _ => Type::Json,
    };
    let variants = values.iter().map(|value| EnumVariant {
        name: name(value),
        value: value.value.clone(),
        docs: value.docs.clone(),
    });
    Enum {
        repr,
        variants: variants.collect(),
        is_open: openness == Openness::Open,
        unlisted: None,
    }
}

/// The name of a value: the document's, or the value as text.
fn name(value: &EnumValue) -> String {
    let text = match (&value.name, &value.value) {
        (Some(name), _) if !name.trim().is_empty() => name.clone(),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    let mut name = variant_name(&text);
    if value.name.is_none() && value.value.is_number() && name.starts_with('N') {
        name.replace_range(..1, "Value");
    }
    name
}

/// The name of the variant that holds unlisted values.
pub(super) fn unlisted_name(openness: Openness) -> &'static str {
    match openness {
        Openness::Open => "Other",
        Openness::Closed => "Unlisted",
    }
}
