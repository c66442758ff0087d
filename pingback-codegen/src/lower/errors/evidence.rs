//! Finds the codes that an error response documents, in its schemas and its examples.

use super::code_text::code_text;
use super::error_response::{ErrorResponse, media_examples};
use super::pointer_choice::BodyPointers;
use crate::lower::reader::Reader;
use crate::read::catalogue::Catalogue;
use crate::read::schema::{Schema, SchemaId};
use crate::read::tree::Pointer;
use crate::source::Span;
use serde_json::Value;

/// How many schemas are searched at one level of a body.
const VISITS: usize = 2_000;

/// A code that a response documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub(super) code: String,
    /// The name that the document gives to a value of an enum.
    pub(super) name: Option<String>,
    /// The message in the same body.
    pub(super) message: Option<String>,
    /// The schema or example that has the code.
    pub(super) origin: Pointer,
    pub(super) span: Option<Span>,
    pub(super) message_span: Option<Span>,
    /// Whether it is a value of an enum.
    pub(super) listed: bool,
    /// Whether it is the only value of that enum, or the only example at that place.
    pub(super) alone: bool,
}

/// One alternative of an error body, and the codes that it documents.
#[derive(Debug)]
pub(super) struct BodyAlternative {
    pub(super) schema: SchemaId,
    pub(super) title: Option<String>,
    pub(super) title_span: Option<Span>,
    pub(super) evidence: Vec<Evidence>,
}

/// A value that a schema documents for a pointer.
struct DocumentedValue {
    value: Value,
    span: Span,
    /// The schema that has it.
    origin: Pointer,
    /// Whether it is a value of an enum.
    listed: bool,
    /// The name of that value.
    name: Option<String>,
}

/// The alternatives of the JSON body of a response, with the codes that they document.
pub(super) fn alternatives(
    reader: Reader<'_>,
    response: &ErrorResponse<'_>,
    pointers: &BodyPointers,
    catalogue: &Catalogue,
) -> Vec<BodyAlternative> {
    let Some(schema) = response.schema() else {
        return Vec::new();
    };
    let mut alternatives: Vec<BodyAlternative> = reader
        .branches(schema)
        .into_iter()
        .map(|id| {
            let (title, title_span) = title(reader, id).unzip();
            BodyAlternative {
                schema: id,
                title,
                title_span: title_span.flatten(),
                evidence: schema_evidence(reader, id, pointers, catalogue),
            }
        })
        .collect();
    // An example belongs to the alternative that has its code, or else to the only alternative.
    let examples: Vec<(usize, Evidence)> = example_evidence(reader, response, pointers, catalogue)
        .into_iter()
        .filter_map(|example| {
            let has_code =
                |body: &BodyAlternative| body.evidence.iter().any(|known| known.code == example.code);
            let index = alternatives.iter().position(has_code);
            let index = index.or((alternatives.len() == 1).then_some(0))?;
            Some((index, example))
        })
        .collect();
    // Examples of the response replace those of its schema.
    for (index, _) in &examples {
        alternatives[*index].evidence.retain(|known| known.listed);
    }
    for (index, example) in examples {
        alternatives[index].evidence.push(example);
    }
    alternatives
}

/// The title of a schema, and its place.
fn title(reader: Reader<'_>, id: SchemaId) -> Option<(String, Option<Span>)> {
    reader.with_all_of(id).into_iter().find_map(|layer| {
        let schema = reader.schema(layer);
        let title = schema.title.clone()?;
        Some((title, reader.span(&schema.pointer.child("title"))))
    })
}

/// The codes in the examples of a response.
fn example_evidence(
    reader: Reader<'_>,
    response: &ErrorResponse<'_>,
    pointers: &BodyPointers,
    catalogue: &Catalogue,
) -> Vec<Evidence> {
    let Some(code_pointer) = &pointers.code else {
        return Vec::new();
    };
    let examples = media_examples(response);
    let mut evidence = Vec::new();
    for (example, keys) in &examples {
        let code = example.pointer(code_pointer);
        let Some(code) = code.and_then(|value| code_text(value, catalogue)) else {
            continue;
        };
        let message_pointer = pointers.message.as_ref();
        let message = message_pointer.and_then(|pointer| example.pointer(pointer));
        let mut pointer = response.documented.pointer.clone();
        for key in keys {
            pointer = pointer.child(key);
        }
        let span_at = |within: &str| {
            let value = match keys.as_slice() {
                [.., "examples", _] => pointer.child("value"),
                _ => pointer.clone(),
            };
            reader.span(&Pointer(format!("{}{within}", value.0)))
        };
        evidence.push(Evidence {
            code,
            name: None,
            message: message.and_then(Value::as_str).map(str::to_owned),
            span: span_at(code_pointer),
            message_span: message.and(message_pointer).and_then(|pointer| span_at(pointer)),
            origin: reader.resolve(&pointer).map_or(pointer, |(origin, _)| origin),
            listed: false,
            alone: examples.len() == 1,
        });
    }
    evidence
}

/// The codes that a schema documents at the code pointer. Where an enum lists codes, examples are ignored.
fn schema_evidence(
    reader: Reader<'_>,
    schema: SchemaId,
    pointers: &BodyPointers,
    catalogue: &Catalogue,
) -> Vec<Evidence> {
    let Some(code_pointer) = &pointers.code else {
        return Vec::new();
    };
    let documented = documented_values(reader, schema, code_pointer);
    let any_listed = documented.iter().any(|value| value.listed);
    let mut evidence: Vec<Evidence> = Vec::new();
    for documented in documented.into_iter().filter(|value| value.listed || !any_listed) {
        let Some(code) = code_text(&documented.value, catalogue) else {
            continue;
        };
        let origin = documented.origin;
        if evidence
            .iter()
            .all(|known| known.code != code || known.origin != origin)
        {
            evidence.push(Evidence {
                code,
                name: documented.name,
                message: None,
                origin,
                span: Some(documented.span),
                message_span: None,
                listed: documented.listed,
                alone: false,
            });
        }
    }
    if let [only] = evidence.as_mut_slice() {
        only.alone = true;
        let messages = pointers.message.as_ref();
        let messages = messages.map(|pointer| documented_values(reader, schema, pointer));
        let text = |message: DocumentedValue| Some((message.value.as_str()?.to_owned(), message.span));
        let (message, span) = messages.into_iter().flatten().find_map(text).unzip();
        (only.message, only.message_span) = (message, span);
    }
    evidence
}

/// The values that a schema documents for a pointer: values of an enum, and parts of examples.
fn documented_values(reader: Reader<'_>, schema: SchemaId, pointer: &str) -> Vec<DocumentedValue> {
    let mut found = Vec::new();
    let segments: Vec<String> = Pointer(pointer.to_owned()).segments().collect();
    let mut level = vec![schema];
    for depth in 0..=segments.len() {
        let schemas = all_layers(reader, std::mem::take(&mut level));
        let rest = segments[depth..]
            .iter()
            .fold(Pointer::default(), |rest, segment| rest.child(segment));
        for schema in schemas {
            for example in &schema.examples {
                if let Some(value) = example.value.pointer(&rest.0) {
                    found.push(DocumentedValue {
                        value: value.clone(),
                        span: example.span,
                        origin: schema.pointer.clone(),
                        listed: false,
                        name: None,
                    });
                }
            }
            match segments.get(depth) {
                None => found.extend(enum_values(schema)),
                Some(segment) => {
                    level.extend(schema.properties.get(segment));
                    level.extend(schema.items.filter(|_| segment == "0"));
                }
            }
        }
    }
    found
}

/// The schemas that apply to one value in one of its alternatives.
fn all_layers(reader: Reader<'_>, mut pending: Vec<SchemaId>) -> Vec<&Schema> {
    let mut layers: Vec<SchemaId> = Vec::new();
    while let Some(id) = pending.pop() {
        for layer in reader.with_all_of(id) {
            if layers.len() < VISITS && !layers.contains(&layer) {
                layers.push(layer);
                let schema = reader.schema(layer);
                pending.extend(schema.any_of.iter().chain(&schema.one_of));
            }
        }
    }
    layers.into_iter().map(|layer| reader.schema(layer)).collect()
}

/// The values of an enum.
fn enum_values(schema: &Schema) -> impl Iterator<Item = DocumentedValue> {
    let values = schema.enumeration.iter().flatten().enumerate();
    values.map(|(index, literal)| {
        let name = schema.enum_names.get(index);
        DocumentedValue {
            value: literal.value.clone(),
            span: literal.span,
            origin: schema.pointer.clone(),
            listed: true,
            name: name.or_else(|| schema.enum_descriptions.get(index)).cloned(),
        }
    })
}
