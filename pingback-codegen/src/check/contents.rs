//! Reports bodies that have a structure by their schema, but are not decoded by their media type.

use crate::diagnostic::{Diagnostics, rules};
use crate::read::Document;
use crate::read::media_types::{Framing, essence, is_json, is_text, is_wildcard};
use crate::read::schema::{JsonType, SchemaId, Schemas};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::IndexMap;

/// Reports the first body of each media type and type of schema that is text or bytes for callers, with the number of
/// such bodies.
pub(super) fn report_undecoded_bodies(document: &Document, diagnostics: &mut Diagnostics) {
    let mut bodies: IndexMap<(String, JsonType), (Span, usize)> = IndexMap::new();
    for (id, schema) in document.schemas.iter() {
        let Some((content, media_type)) = body_content(&document.tree, &schema.pointer) else {
            continue;
        };
        if is_decoded(&media_type) || has_decoded_sibling(content, &media_type) {
            continue;
        }
        if let Some(json_type) = structure(&document.schemas, id) {
            let key = (essence(&media_type), json_type);
            bodies.entry(key).or_insert((schema.span, 0)).1 += 1;
        }
    }
    for ((media_type, json_type), (span, count)) in bodies {
        let body = if is_text(&media_type) {
            "a `String`"
        } else {
            "bytes"
        };
        diagnostics.report(
            rules::UNDECODED_BODY,
            span,
            &[&media_type, &body, &json_type.name(), &count],
        );
    }
}

/// The `content` and the media type of a body, if the pointer is that of its schema.
fn body_content<'a>(tree: &'a Node, pointer: &Pointer) -> Option<(&'a Node, String)> {
    let segments: Vec<_> = pointer.segments().collect();
    let [before @ .., content, media_type, schema] = segments.as_slice() else {
        return None;
    };
    if schema != "schema" || content != "content" {
        return None;
    }
    let is_body = match before {
        [first, .., _, _] if first == "webhooks" => false,
        [.., parent] if parent == "requestBody" => true,
        [.., parent, _] => parent == "responses" || parent == "requestBodies",
        _ => false,
    };
    let is_callback = before.iter().any(|segment| segment == "callbacks");
    let parent = pointer.0.strip_suffix("/schema")?.rsplit_once('/')?.0;
    let content = tree.at(&Pointer(parent.to_owned()))?;
    (is_body && !is_callback).then(|| (content, media_type.clone()))
}

/// Whether bodies of the media type become values of the schema's type.
fn is_decoded(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_json(media_type)
        || is_wildcard(media_type)
        || Framing::of(media_type).is_some()
        || essence == "application/x-www-form-urlencoded"
        || essence.starts_with("multipart/")
}

/// Whether another media type has the same schema and is decoded, so that nothing is lost.
fn has_decoded_sibling(content: &Node, media_type: &str) -> bool {
    let schema = |media: &Node| media.get("schema").map(Node::to_json);
    let own = content.get(media_type).and_then(schema);
    let mut others = content.as_object().into_iter().flatten();
    others.any(|(other, entry)| is_decoded(other) && schema(&entry.node) == own)
}

/// The type of the values of a schema, if it is not a string.
fn structure(schemas: &Schemas, id: SchemaId) -> Option<JsonType> {
    let parts = schemas.with_all_of(id);
    let mut types = parts.iter().flat_map(|&part| &schemas[part].types);
    if let Some(&json_type) = types.next() {
        let is_only = types.all(|&other| other == json_type);
        return (is_only && json_type != JsonType::String).then_some(json_type);
    }
    let mut parts = parts.iter().map(|&part| &schemas[part]);
    parts
        .any(|schema| !schema.properties.is_empty())
        .then_some(JsonType::Object)
}
