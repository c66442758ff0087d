//! Finds members of OpenAPI 3.1 in a document of version 3.0.

use crate::diagnostic::{Diagnostics, rules};
use crate::read::Document;
use crate::read::tree::{Node, Pointer, Value};
use crate::source::Span;
use indexmap::IndexMap;

/// Objects other than schemas: their pointer, what they are, and their member.
const MEMBERS: [(&str, &str, &str); 5] = [
    ("", "the document", "webhooks"),
    ("", "the document", "jsonSchemaDialect"),
    ("/info", "info", "summary"),
    ("/info/license", "the license", "identifier"),
    ("/components", "components", "pathItems"),
];

/// Keywords of schemas that OpenAPI 3.0 does not have. Those that are not supported at all have rules of their own.
const KEYWORDS: [&str; 22] = [
    "const",
    "examples",
    "patternProperties",
    "prefixItems",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$defs",
    "$anchor",
    "$comment",
    "$schema",
];

/// Reports each member once, with the number of objects that have it.
pub(super) fn report(document: &Document, diagnostics: &mut Diagnostics) {
    if !document.is_openapi_3_0() {
        return;
    }
    for (pointer, what, member) in MEMBERS {
        let object = document.tree.at(&Pointer(pointer.to_owned()));
        if let Some(entry) = object.and_then(|object| object.entry(member)) {
            diagnostics.report(rules::NEWER_MEMBER, entry.key_span, &[&member, &what, &1]);
        }
    }
    let mut keywords: IndexMap<&str, (Span, usize)> = IndexMap::new();
    for schema in &document.schemas.list {
        let node = document.tree.at(&schema.pointer);
        for (key, entry) in node.and_then(Node::as_object).into_iter().flatten() {
            if let Some(keyword) = newer_keyword(key, &entry.node) {
                keywords.entry(keyword).or_insert((entry.key_span, 0)).1 += 1;
            }
        }
    }
    for (keyword, (span, count)) in keywords {
        diagnostics.report(rules::NEWER_MEMBER, span, &[&keyword, &"a schema", &count]);
    }
}

/// The keyword, if it is of OpenAPI 3.1 or has a value that only 3.1 allows.
fn newer_keyword(key: &str, value: &Node) -> Option<&'static str> {
    match (key, &value.value) {
        ("type", Value::Array(_)) => Some("type: [...]"),
        ("type", Value::String(name)) if name == "null" => Some("type: 'null'"),
        ("exclusiveMinimum", Value::Number(_)) => Some("exclusiveMinimum: number"),
        ("exclusiveMaximum", Value::Number(_)) => Some("exclusiveMaximum: number"),
        _ => KEYWORDS.into_iter().find(|keyword| *keyword == key),
    }
}
