//! Finds operations whose documentation is incomplete or has no effect.

use crate::diagnostic::{Diagnostics, rules};
use crate::model::Api;
use crate::read::Document;
use crate::read::tree::{Node, Pointer};
use std::collections::HashSet;

/// Reports, in one finding, the operations that document only successful responses.
pub(super) fn report_undocumented_errors(api: &Api, diagnostics: &mut Diagnostics) {
    let mut without_errors = api.operations.iter().filter(|one| one.errors.is_empty());
    if let Some(first) = without_errors.next() {
        let count = 1 + without_errors.count();
        diagnostics.report(rules::NO_ERRORS, first.place.span, &[&count, &first.id]);
    }
}

/// Reports operations of webhooks whose id another operation has.
pub(super) fn report_repeated_webhook_ids(document: &Document, diagnostics: &mut Diagnostics) {
    let operations = document.paths.values().flat_map(|item| &item.operations);
    let ids = operations.filter_map(|(_, operation)| operation.operation_id.clone());
    let mut known: HashSet<String> = ids.collect();
    let webhooks = Pointer("/webhooks".to_owned());
    let names = document.node(&webhooks).and_then(Node::as_object);
    for (name, _) in names.into_iter().flatten() {
        let item = document.node(&webhooks.child(name)).and_then(Node::as_object);
        for (key, entry) in item.into_iter().flatten() {
            let id = entry.node.get("operationId").filter(|_| !key.starts_with("x-"));
            if let Some(id) = id
                && let Some(text) = id.as_str()
                && !known.insert(text.to_owned())
            {
                diagnostics.report(rules::REPEATED_WEBHOOK_ID, id.span, &[&text]);
            }
        }
    }
}

/// Reports request bodies without media types.
pub(super) fn report_bodies_without_content(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    for operation in &api.operations {
        let Some(documented) = document.operation(&operation.path, &operation.method) else {
            continue;
        };
        let body = documented.request_body.as_ref().and_then(|body| body.as_item());
        if body.is_some_and(|body| body.content.is_empty()) {
            let span = document.key_span(&operation.place.pointer.child("requestBody"));
            diagnostics.report(rules::BODY_WITHOUT_CONTENT, span, &[&operation.id]);
        }
    }
}

/// Reports responses with a 1XX status. A client only gets the response after them.
pub(super) fn report_informational_responses(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    for operation in &api.operations {
        let pointer = operation.place.pointer.child("responses");
        let responses = document.node(&pointer).and_then(Node::as_object);
        for (key, entry) in responses.into_iter().flatten() {
            if is_informational(key) {
                let status = key.trim().to_ascii_uppercase();
                diagnostics.report(
                    rules::INFORMATIONAL_RESPONSE,
                    entry.key_span,
                    &[&status, &operation.id],
                );
            }
        }
    }
}

/// Whether a key of `responses` is a status from 100 to 199 or `1XX`.
fn is_informational(key: &str) -> bool {
    match key.trim().as_bytes() {
        [b'1', b'x' | b'X', b'x' | b'X'] => true,
        [b'1', second, third] => second.is_ascii_digit() && third.is_ascii_digit(),
        _ => false,
    }
}
