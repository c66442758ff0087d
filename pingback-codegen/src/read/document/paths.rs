//! Reads paths and operations.

use super::super::PathItem;
use super::super::object_kind::{METHODS, ObjectKind};
use super::bodies::request_body;
use super::external_docs::external_docs;
use super::parameters::parameters;
use super::reader::{DocumentReader, Located};
use super::responses::responses;
use super::security::security_requirements;
use super::servers::servers;
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

/// Reads `paths` of the document. OpenAPI 3.1 made it optional.
pub(super) fn paths<'a>(reader: &mut DocumentReader<'a>, root: &Located<'a>) -> IndexMap<String, PathItem> {
    let Some(object) = root.member("paths") else {
        if reader.is_openapi_3_0() {
            reader.members.report_missing(root.node, "the document", "paths");
        }
        return IndexMap::new();
    };
    let map = reader.map(root, "paths");
    let mut paths = IndexMap::with_capacity(map.len());
    for (path, item) in map {
        if path.starts_with("x-") {
            continue;
        }
        if path.contains("://") {
            let span = object.node.entry(path).map(|entry| entry.key_span);
            reader.members.diagnostics.report(rules::BAD_PATH, span, &[path]);
            continue;
        }
        if let Some(item) = path_item_or_reference(reader, path, item) {
            paths.insert(path.clone(), item);
        }
    }
    paths
}

fn path_item_or_reference<'a>(
    reader: &mut DocumentReader<'a>,
    path: &str,
    item: Located<'a>,
) -> Option<PathItem> {
    let texts = reader.reference_texts(&item);
    let item = reader.resolve(item, ObjectKind::PathItem)?;
    reader.members.object(item.node, path)?;
    let mut read = path_item(reader, &item);
    read.summary = texts.summary.or(read.summary);
    read.description = texts.description.or(read.description);
    Some(read)
}

fn path_item<'a>(reader: &mut DocumentReader<'a>, item: &Located<'a>) -> PathItem {
    report_unknown_members(reader, item);
    let mut operations = Vec::new();
    for method in METHODS {
        if let Some(node) = item.node.get(method)
            && reader.members.object(node, method).is_some()
        {
            let pointer = item.pointer.child(method);
            operations.push((method, operation(reader, &Located { node, pointer })));
        }
    }
    if let Some(members) = item.node.as_object() {
        operations.sort_by_key(|(method, _)| members.get_index_of(*method));
    }
    // Hardly any path has all methods, and there may be many paths.
    operations.shrink_to_fit();
    PathItem {
        operations,
        summary: reader.members.string(item.node, "summary"),
        description: reader.members.string(item.node, "description"),
        servers: servers(reader, item),
        parameters: parameters(reader, item),
    }
}

/// Reports members of a path item that are neither operations nor known. A member with `responses` is an operation
/// with an unknown method.
fn report_unknown_members(reader: &mut DocumentReader<'_>, item: &Located<'_>) {
    const OTHER_MEMBERS: [&str; 4] = ["summary", "description", "servers", "parameters"];
    let mut known: Vec<&str> = METHODS.iter().chain(&OTHER_MEMBERS).copied().collect();
    for (key, entry) in item.node.as_object().into_iter().flatten() {
        let is_operation =
            entry.node.get("responses").is_some() || matches!(key.as_str(), "query" | "additionalOperations");
        if is_operation && !known.contains(&key.as_str()) && !key.starts_with("x-") {
            known.push(key);
            let diagnostics = &mut *reader.members.diagnostics;
            diagnostics.report(rules::UNKNOWN_METHOD, entry.key_span, &[key]);
        }
    }
    reader
        .members
        .report_unknown_members(item.node, "a path item", &known);
}

fn operation<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> oa::Operation {
    const MEMBERS: [&str; 12] = [
        "tags",
        "summary",
        "description",
        "externalDocs",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "callbacks",
        "deprecated",
        "security",
        "servers",
    ];
    let node = object.node;
    reader
        .members
        .report_unknown_members(node, "an operation", &MEMBERS);
    reader.report_not_generated(node, "callbacks");
    let request_body = object
        .member("requestBody")
        .and_then(|body| reader.resolve(body, ObjectKind::RequestBody))
        .filter(|body| reader.members.object(body.node, "requestBody").is_some())
        .and_then(|body| request_body(reader, &body))
        .map(oa::ReferenceOr::Item);
    let members = &mut reader.members;
    oa::Operation {
        tags: members.strings(node, "tags"),
        summary: members.string(node, "summary"),
        description: members.string(node, "description"),
        operation_id: members
            .string(node, "operationId")
            .filter(|id| !id.trim().is_empty()),
        deprecated: members.is_true(node, "deprecated"),
        external_docs: external_docs(reader, object),
        parameters: parameters(reader, object),
        request_body,
        responses: responses(reader, object),
        callbacks: IndexMap::new(),
        security: security_requirements(reader, object),
        servers: servers(reader, object),
        extensions: object.extensions(),
    }
}
