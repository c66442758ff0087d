//! Creates the documentation of a type or field from the texts and constraints of its schemas.

use super::merge::Merged;
use crate::model::Docs;
use crate::read::number::Number;
use crate::read::schema::{Literal, Schema, SchemaId, Schemas};

/// Longer examples are left out.
const MAX_EXAMPLE_LENGTH: usize = 1000;
/// Longer patterns and defaults are left out.
const MAX_LITERAL_LENGTH: usize = 200;
/// A description is looked for in at most this many targets of `$ref`s.
const MAX_TARGETS: usize = 100;

/// The documentation of the values that `merged` describes.
pub(super) fn docs(schemas: &Schemas, merged: &Merged) -> Docs {
    docs_of_use(schemas, merged.parts.first().copied(), merged)
}

/// The documentation of the values that `merged` describes, at a place with schema `first`. Each text comes from the first
/// schema that has it: `first`, its inline `allOf` branches and, if `first` has no description, the targets of its `$ref`.
pub(super) fn docs_of_use(schemas: &Schemas, first: Option<SchemaId>, merged: &Merged) -> Docs {
    let sources = first
        .map(|first| text_sources(schemas, first))
        .unwrap_or_default();
    let text = |get: fn(&Schema) -> Option<&String>| {
        let first = sources.iter().find_map(|&id| get(&schemas[id]))?.trim();
        (!first.is_empty()).then(|| first.to_owned())
    };
    let description = text(|schema| schema.description.as_ref());
    let summary = text(|schema| schema.title.as_ref()).filter(|title| description.as_ref() != Some(title));
    let example = sources.iter().find_map(|&id| schemas[id].examples.first());
    Docs {
        summary,
        description,
        constraints: constraints(schemas, merged),
        example: example
            .map(Literal::text)
            .filter(|text| text.len() <= MAX_EXAMPLE_LENGTH),
        deprecated: sources.iter().any(|&id| schemas[id].deprecated),
    }
}

/// The schemas whose texts apply to a place with schema `first`.
fn text_sources(schemas: &Schemas, first: SchemaId) -> Vec<SchemaId> {
    let schema = &schemas[first];
    let mut sources = vec![first];
    // Branches behind a `$ref` have documentation of their own.
    let inline = |&branch: &SchemaId| schemas[branch].reference.is_none();
    sources.extend(schema.all_of.iter().copied().filter(inline));
    if schema.description.is_some() {
        return sources;
    }
    let mut next = schema.reference.or(match schema.all_of.as_slice() {
        [only] => schemas[*only].reference,
        _ => None,
    });
    let mut targets = Vec::new();
    while let Some(id) = next.filter(|id| targets.len() < MAX_TARGETS && !targets.contains(id)) {
        targets.push(id);
        next = schemas[id].reference;
    }
    sources.extend(targets);
    sources
}

/// The constraints of all parts, each once, as short phrases.
fn constraints(schemas: &Schemas, merged: &Merged) -> Vec<String> {
    let format = merged.format.as_deref();
    let format = format.filter(|format| !is_shown_by_type(format));
    let format = format.map(|format| format!("format: `{format}`"));
    let mut phrases: Vec<String> = format.into_iter().collect();
    for &id in &merged.parts {
        for phrase in constraints_of(&schemas[id]) {
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
    }
    phrases
}

/// Whether the Rust type shows the format.
fn is_shown_by_type(format: &str) -> bool {
    matches!(
        format,
        "int32"
            | "int64"
            | "uint32"
            | "uint64"
            | "double"
            | "float"
            | "date-time"
            | "date"
            | "uuid"
            | "string"
    )
}

/// The constraints of a schema's own keywords.
fn constraints_of(schema: &Schema) -> Vec<String> {
    let limits = &schema.constraints;
    let bound = |number: &Option<Number>, is_exclusive: bool, exclusive: &str, inclusive: &str| {
        let number = number.as_ref()?;
        let relation = if is_exclusive { exclusive } else { inclusive };
        Some(format!("{relation} {number}"))
    };
    let phrases = [
        range(limits.min_length, limits.max_length, ["character", "characters"]),
        range(limits.min_items, limits.max_items, ["item", "items"]),
        range(
            limits.min_properties,
            limits.max_properties,
            ["property", "properties"],
        ),
        bound(
            &limits.minimum,
            limits.exclusive_minimum,
            "greater than",
            "at least",
        ),
        bound(&limits.maximum, limits.exclusive_maximum, "less than", "at most"),
        limits
            .multiple_of
            .as_ref()
            .map(|number| format!("a multiple of {number}")),
        limits
            .pattern
            .as_ref()
            .filter(|pattern| pattern.len() <= MAX_LITERAL_LENGTH)
            .map(|pattern| format!("pattern: `{pattern}`")),
        schema.unique_items.then(|| "no duplicate items".to_owned()),
        schema
            .content_encoding
            .as_ref()
            .map(|encoding| format!("encoding: `{encoding}`")),
        schema
            .default
            .as_ref()
            .map(Literal::text)
            .filter(|text| text.len() <= MAX_LITERAL_LENGTH)
            .map(|default| format!("default: `{default}`")),
    ];
    phrases.into_iter().flatten().collect()
}

/// `2 to 5 items`. `unit` is the word for one and the word for several.
fn range(minimum: Option<u64>, maximum: Option<u64>, unit: [&str; 2]) -> Option<String> {
    let counted = |count: u64| format!("{count} {}", if count == 1 { unit[0] } else { unit[1] });
    match (minimum.filter(|&count| count > 0), maximum) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {}", counted(low))),
        (Some(low), Some(high)) => Some(format!("{low} to {}", counted(high))),
        (Some(low), None) => Some(format!("at least {}", counted(low))),
        (None, Some(high)) => Some(format!("at most {}", counted(high))),
        (None, None) => None,
    }
}
