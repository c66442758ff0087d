//! Reads the responses of operations.

use super::super::object_kind::ObjectKind;
use super::super::tree::Value;
use super::content::content;
use super::parameters::header;
use super::reader::{DocumentReader, Located};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

/// Reads `responses` of an operation. OpenAPI 3.1 made it optional.
pub(super) fn responses<'a>(reader: &mut DocumentReader<'a>, operation: &Located<'a>) -> oa::Responses {
    let mut responses = oa::Responses::default();
    let Some(object) = operation.member("responses") else {
        if reader.is_openapi_3_0() {
            reader
                .members
                .report_missing(operation.node, "an operation", "responses");
        }
        return responses;
    };
    responses.extensions = object.extensions();
    let map = reader.map(operation, "responses");
    responses.responses.reserve_exact(map.len());
    for (key, node) in map {
        if key.starts_with("x-") {
            continue;
        }
        let status = status(key);
        if status.is_none() && key != "default" {
            let span = object.node.entry(key).map(|entry| entry.key_span);
            reader.members.diagnostics.report(rules::BAD_STATUS, span, &[key]);
            continue;
        }
        let Some(response) = response_or_reference(reader, key, node) else {
            continue;
        };
        let response = oa::ReferenceOr::Item(response);
        match status {
            Some(status) => drop(responses.responses.insert(status, response)),
            None => responses.default = Some(response),
        }
    }
    responses
}

/// `404` or `4XX`.
fn status(key: &str) -> Option<oa::StatusCode> {
    let [first @ b'1'..=b'9', second, third] = key.trim().as_bytes() else {
        return None;
    };
    match (second, third) {
        (b'x' | b'X', b'x' | b'X') => Some(oa::StatusCode::Range(u16::from(first - b'0'))),
        _ => key.trim().parse().ok().map(oa::StatusCode::Code),
    }
}

/// Reads a member of `responses`. `null` is read as a response without content, a string as its description.
fn response_or_reference<'a>(
    reader: &mut DocumentReader<'a>,
    key: &str,
    object: Located<'a>,
) -> Option<oa::Response> {
    let texts = reader.reference_texts(&object);
    let object = reader.resolve(object, ObjectKind::Response)?;
    let mut read = match &object.node.value {
        Value::Null => response(reader, &object),
        Value::String(text) => {
            reader
                .members
                .report_coerced(key, "a mapping", object.node, "its description");
            oa::Response {
                description: text.clone(),
                ..oa::Response::default()
            }
        }
        _ => {
            reader.members.object(object.node, key)?;
            response(reader, &object)
        }
    };
    if let Some(description) = texts.description {
        read.description = description;
    }
    Some(read)
}

pub(super) fn response<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> oa::Response {
    const MEMBERS: [&str; 5] = ["summary", "description", "headers", "content", "links"];
    reader
        .members
        .report_unknown_members(object.node, "a response", &MEMBERS);
    reader.report_not_generated(object.node, "links");
    let description = reader
        .members
        .required_string(object.node, "a response", "description");
    oa::Response {
        description: description.unwrap_or_default(),
        headers: reader.objects(object, "headers", ObjectKind::Header, |reader, node| {
            Some(header(reader, node))
        }),
        content: content(reader, object),
        links: IndexMap::new(),
        extensions: object.extensions(),
    }
}
