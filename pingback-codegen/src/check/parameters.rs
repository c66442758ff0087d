//! Parameters that are declared twice.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::Document;
use crate::read::tree::{Node, Pointer};
use std::collections::HashMap;

/// Parameters with the same name and location in one list.
pub(super) fn duplicates(document: &Document, diagnostics: &mut Diagnostics) {
    let paths = Pointer("/paths".to_owned());
    for (path, item) in document
        .paths
        .iter()
        .filter(|(_, item)| !item.operations.is_empty())
    {
        let pointer = paths.child(path);
        let is_read = item
            .parameters
            .iter()
            .map(|parameter| parameter.as_item().is_some());
        duplicates_in(document, &pointer, is_read, diagnostics);
        for (method, operation) in &item.operations {
            let parameters = operation.parameters.iter();
            let is_read = parameters.map(|parameter| parameter.as_item().is_some());
            duplicates_in(document, &pointer.child(method), is_read, diagnostics);
        }
    }
}

/// Checks the `parameters` of the object at `pointer`. `is_read` has an item for each parameter: whether it could be read.
fn duplicates_in(
    document: &Document,
    pointer: &Pointer,
    is_read: impl Iterator<Item = bool>,
    diagnostics: &mut Diagnostics,
) {
    let list = pointer.child("parameters");
    let mut first_spans = HashMap::new();
    for (index, _) in is_read.enumerate().filter(|(_, is_read)| *is_read) {
        let Some(parameter) = document.node(&list.child(index)) else {
            continue;
        };
        let text = |key| parameter.get(key).and_then(Node::as_str);
        let (Some(name), Some(location)) = (text("name"), text("in")) else {
            continue;
        };
        let span = parameter.get("name").unwrap_or(parameter).span;
        let Some(first) = first_spans.get(&(name, location)) else {
            first_spans.insert((name, location), span);
            continue;
        };
        diagnostics.push(
            Diagnostic::new(rules::DUPLICATE_PARAMETER, span, &[&location, &name])
                .related(*first, "the first parameter of that name"),
        );
    }
}
