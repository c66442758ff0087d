//! What a document says of a type or a field, its constraints as short sentences.

use super::merge::Merged;
use crate::model::Docs;
use crate::read::number::Number;
use crate::read::schema::{Literal, Schema, SchemaId, Schemas};

/// An example longer than this helps nobody.
const LONGEST_EXAMPLE: usize = 1000;
/// Nor does a longer pattern or default.
const LONGEST_LITERAL: usize = 200;

/// The documentation of what `merged` describes. Texts are those of the first schema that has any and is
/// neither referred to nor inherited from, else of what a lone `$ref` points at.
pub(super) fn docs(schemas: &Schemas, merged: &Merged) -> Docs {
    docs_of_use(schemas, merged.parts.first().copied(), merged)
}

/// Like [`docs`], of the place where `first` stands for what `merged` describes.
pub(super) fn docs_of_use(schemas: &Schemas, first: Option<SchemaId>, merged: &Merged) -> Docs {
    let own = first.map(|first| own(schemas, first)).unwrap_or_default();
    let text = |get: fn(&Schema) -> Option<&String>| {
        own.iter()
            .find_map(|&id| get(&schemas[id]))
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let description = text(|schema| schema.description.as_ref());
    let summary = text(|schema| schema.title.as_ref()).filter(|title| description.as_ref() != Some(title));
    Docs {
        summary,
        description,
        constraints: constraints(schemas, merged),
        example: own
            .iter()
            .find_map(|&id| schemas[id].examples.first())
            .map(Literal::text)
            .filter(|text| text.len() <= LONGEST_EXAMPLE),
        deprecated: own.iter().any(|&id| schemas[id].deprecated),
    }
}

/// The schemas that speak of this place: the first, and what follows as long as it is the only thing said.
fn own(schemas: &Schemas, first: SchemaId) -> Vec<SchemaId> {
    let schema = &schemas[first];
    let mut own = vec![first];
    // Branches written out in place belong to it; those behind a `$ref` have documentation of their own.
    own.extend(
        schema
            .all_of
            .iter()
            .copied()
            .filter(|&branch| schemas[branch].reference.is_none()),
    );
    let silent = schema.description.is_none();
    let target = schema.reference.or(match schema.all_of.as_slice() {
        [only] => schemas[*only].reference,
        _ => None,
    });
    if silent {
        let mut seen = Vec::new();
        let mut next = target;
        while let Some(id) = next {
            // Nobody looks further for a description.
            if seen.len() >= 100 || seen.contains(&id) {
                break;
            }
            seen.push(id);
            next = schemas[id].reference;
        }
        own.extend(seen);
    }
    own
}

fn literal(literal: &Literal) -> Option<String> {
    let text = literal.text();
    (text.len() <= LONGEST_LITERAL).then_some(text)
}

fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn range(minimum: Option<u64>, maximum: Option<u64>, one: &str, many: &str) -> Option<String> {
    match (minimum.filter(|&count| count > 0), maximum) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {}", plural(low, one, many))),
        (Some(low), Some(high)) => Some(format!("{low} to {}", plural(high, one, many))),
        (Some(low), None) => Some(format!("at least {}", plural(low, one, many))),
        (None, Some(high)) => Some(format!("at most {}", plural(high, one, many))),
        (None, None) => None,
    }
}

/// Formats that the type itself shows.
fn shown_by_the_type(format: &str) -> bool {
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

fn constraints(schemas: &Schemas, merged: &Merged) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    if let Some(format) = merged
        .format
        .as_deref()
        .filter(|format| !shown_by_the_type(format))
    {
        sentences.push(format!("format: `{format}`"));
    }
    let mut say = |sentence: Option<String>| {
        if let Some(sentence) = sentence
            && !sentences.contains(&sentence)
        {
            sentences.push(sentence);
        }
    };
    for &id in &merged.parts {
        let schema = &schemas[id];
        let limits = &schema.constraints;
        say(range(
            limits.min_length,
            limits.max_length,
            "character",
            "characters",
        ));
        say(range(limits.min_items, limits.max_items, "item", "items"));
        say(range(
            limits.min_properties,
            limits.max_properties,
            "property",
            "properties",
        ));
        let bound = |number: &Option<Number>, exclusive: bool, open: &str, closed: &str| {
            number
                .as_ref()
                .map(|number| format!("{} {number}", if exclusive { open } else { closed }))
        };
        say(bound(
            &limits.minimum,
            limits.exclusive_minimum,
            "greater than",
            "at least",
        ));
        say(bound(
            &limits.maximum,
            limits.exclusive_maximum,
            "less than",
            "at most",
        ));
        say(limits
            .multiple_of
            .as_ref()
            .map(|number| format!("a multiple of {number}")));
        say(limits
            .pattern
            .as_ref()
            .filter(|pattern| pattern.len() <= LONGEST_LITERAL)
            .map(|pattern| format!("pattern: `{pattern}`")));
        say(schema.unique_items.then(|| "no item twice".to_owned()));
        say(schema
            .content_encoding
            .as_ref()
            .map(|encoding| format!("encoding: `{encoding}`")));
        say(schema
            .default
            .as_ref()
            .and_then(literal)
            .map(|default| format!("default: `{default}`")));
    }
    sentences
}
