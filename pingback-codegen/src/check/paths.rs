//! Checks the syntax of path templates, and finds templates of the same route.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Api, Operation, PathPart};
use crate::read::Document;
use crate::read::tree::Node;
use std::collections::HashMap;

/// Reports templates without a slash at the start or with unpaired braces.
pub(super) fn report_malformed_templates(document: &Document, diagnostics: &mut Diagnostics) {
    let paths = document.tree.get("paths").and_then(Node::as_object);
    for (path, entry) in paths.into_iter().flatten() {
        // Extensions are not paths, and whole URLs were reported when the document was read.
        if path.starts_with("x-") || path.contains("://") {
            continue;
        }
        if !path.starts_with('/') {
            diagnostics.report(rules::PATH_SLASH, entry.key_span, &[path]);
        }
        if has_unpaired_braces(path) {
            diagnostics.report(rules::PATH_BRACES, entry.key_span, &[path]);
        }
    }
}

/// Whether a brace has no partner in its segment, or a pair of braces contains no name.
fn has_unpaired_braces(path: &str) -> bool {
    let mut opened = None;
    for (at, char) in path.char_indices() {
        match (char, opened) {
            ('{', None) => opened = Some(at),
            ('}', Some(open)) if at > open + 1 => opened = None,
            ('{' | '}', _) | ('/', Some(_)) => return true,
            _ => {}
        }
    }
    opened.is_some()
}

/// Reports operations with the same method whose paths differ only in the names of their parameters.
pub(super) fn report_same_routes(api: &Api, diagnostics: &mut Diagnostics) {
    let mut known: HashMap<(&str, String), &Operation> = HashMap::new();
    for operation in &api.operations {
        let key = (operation.method.as_str(), route(operation));
        let Some(first) = known.get(&key) else {
            known.insert(key, operation);
            continue;
        };
        // Some documents distinguish the uses of one route by a fragment.
        if without_fragment(&first.path) == without_fragment(&operation.path) {
            continue;
        }
        let finding = Diagnostic::new(
            rules::SAME_ROUTE,
            operation.place.span,
            &[&operation.path, &first.path],
        );
        diagnostics.push(match first.place.span {
            Some(span) => finding.related(span, "the other"),
            None => finding,
        });
    }
}

fn without_fragment(path: &str) -> &str {
    path.split('#').next().unwrap_or(path)
}

/// The path without the names of its parameters.
fn route(operation: &Operation) -> String {
    let parts = operation.path_parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Parameter(_) => "{}",
    });
    parts.collect()
}
