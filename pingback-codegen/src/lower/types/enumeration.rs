//! `enum` and `const`: values in, an [`Enum`] out.

use super::merge::Merged;
use super::scalar;
use crate::model::{Docs, Enum, EnumVariant, FloatKind, Type};
use crate::names::variant_name;
use crate::read::schema::{JsonType, Literal, SchemaId, Schemas};
use serde_json::Value;
use std::collections::HashSet;

/// A value of an enum, with what the document says of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) value: Value,
    pub(super) name: Option<String>,
    pub(super) docs: Docs,
}

/// The values of a schema as choices, each once. `None` where they make no enum: objects and arrays, or both
/// truth values.
pub(super) fn choices(schemas: &Schemas, merged: &Merged) -> Option<Vec<Choice>> {
    let values = merged.enumeration.as_ref()?;
    if values
        .iter()
        .any(|literal| literal.value.is_object() || literal.value.is_array())
    {
        return None;
    }
    let source = merged.enumerated_by.map(|id| &schemas[id]);
    let texts = |list: fn(&crate::read::schema::Schema) -> &Vec<String>, value: &Literal| {
        let schema = source?;
        let all = schema.enumeration.as_ref()?;
        let list = list(schema);
        if list.len() != all.len() {
            return None;
        }
        let index = all.iter().position(|literal| literal.value == value.value)?;
        list.get(index).cloned()
    };
    let mut seen = HashSet::with_capacity(values.len());
    let mut choices: Vec<Choice> = Vec::with_capacity(values.len());
    for literal in values {
        let value = &literal.value;
        if value.is_null() || !seen.insert(value.to_string()) {
            continue;
        }
        choices.push(Choice {
            value: value.clone(),
            name: texts(|schema| &schema.enum_names, literal),
            docs: Docs {
                description: texts(|schema| &schema.enum_descriptions, literal),
                ..Docs::default()
            },
        });
    }
    let both = choices.len() == 2 && choices.iter().all(|choice| choice.value.is_boolean());
    (!choices.is_empty() && !both).then_some(choices)
}

/// The JSON type that all values have.
pub(super) fn json_type(choices: &[Choice]) -> Option<JsonType> {
    let of = |value: &Value| match value {
        Value::String(_) => Some(JsonType::String),
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Number(number) if number.is_f64() => Some(JsonType::Number),
        Value::Number(_) => Some(JsonType::Integer),
        _ => None,
    };
    let mut types = choices.iter().map(|choice| of(&choice.value));
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

/// The enum of these values.
pub(super) fn define(choices: &[Choice]) -> Enum {
    let repr = match json_type(choices) {
        Some(JsonType::String) => Type::String,
        Some(JsonType::Boolean) => Type::Bool,
        Some(JsonType::Integer) => {
            Type::Int(scalar::integer_of(choices.iter().filter_map(
                |choice| match &choice.value {
                    Value::Number(number) => Some(number.clone().into()),
                    _ => None,
                },
            )))
        }
        Some(JsonType::Number) => Type::Float(FloatKind::F64),
        _ => Type::Json,
    };
    // What falls together is told apart when all types have their names.
    let variants = choices
        .iter()
        .map(|choice| {
            let text = match (&choice.name, &choice.value) {
                (Some(name), _) if !name.trim().is_empty() => name.clone(),
                (_, Value::String(text)) => text.clone(),
                (_, other) => other.to_string(),
            };
            let mut name = variant_name(&text);
            if choice.name.is_none() && choice.value.is_number() && name.starts_with('N') {
                name.replace_range(..1, "Value");
            }
            EnumVariant {
                name,
                value: choice.value.clone(),
                docs: choice.docs.clone(),
            }
        })
        .collect();
    Enum {
        repr,
        variants,
        unlisted: None,
    }
}

/// The `const`s of `oneOf` branches, with their titles as names.
pub(super) fn titled(schemas: &Schemas, branch: SchemaId, choices: &mut [Choice]) {
    if let [choice] = choices {
        let schema = &schemas[branch];
        if choice.name.is_none() {
            choice.name.clone_from(&schema.title);
        }
        if choice.docs.description.is_none() {
            choice.docs.description.clone_from(&schema.description);
        }
    }
}
