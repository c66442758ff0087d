//! Finds encodings of properties that the schema of a request body does not describe.

use crate::diagnostic::{Diagnostics, rules};
use crate::read::Document;
use crate::read::schema::{Additional, SchemaId, Schemas};
use crate::read::tree::Pointer;
use std::collections::HashSet;

pub(super) fn report_unknown_properties(document: &Document, diagnostics: &mut Diagnostics) {
    let paths = Pointer("/paths".to_owned());
    for (path, item) in &document.paths {
        for (method, operation) in &item.operations {
            let body = operation.request_body.as_ref().and_then(|body| body.as_item());
            let Some(body) = body else {
                continue;
            };
            let place = paths
                .child(path)
                .child(method)
                .child("requestBody")
                .child("content");
            for (name, media_type) in body.content.iter().filter(|(_, one)| !one.encoding.is_empty()) {
                let schema = document.schema_of(media_type);
                let Some(properties) = schema.and_then(|schema| described(&document.schemas, schema)) else {
                    continue;
                };
                let place = place.child(name).child("encoding");
                let encoded = media_type.encoding.keys();
                for property in encoded.filter(|property| !properties.contains(property.as_str())) {
                    let span = document.key_span(&place.child(property));
                    diagnostics.report(rules::ENCODING_WITHOUT_PROPERTY, span, &[name, property]);
                }
            }
        }
    }
}

/// The properties that a schema describes; `None` if it may have others.
fn described(schemas: &Schemas, schema: SchemaId) -> Option<HashSet<&str>> {
    let mut properties = HashSet::new();
    let mut visited = HashSet::new();
    let mut queue = vec![schema];
    while let Some(id) = queue.pop() {
        if !visited.insert(id) {
            continue;
        }
        let schema = &schemas[id];
        if matches!(schema.additional, Additional::Any | Additional::Schema(_)) {
            return None;
        }
        properties.extend(schema.properties.keys().map(String::as_str));
        queue.extend(schema.reference);
        queue.extend(&schema.all_of);
        queue.extend(&schema.any_of);
        queue.extend(&schema.one_of);
    }
    // A schema without properties allows any.
    (!properties.is_empty()).then_some(properties)
}
