//! Checks the syntax of path templates, and finds templates of the same route.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Api, Operation, PathPart};
use crate::read::Document;
use crate::read::tree::Node;
use std::collections::{HashMap, HashSet};

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
        for name in repeated_names(path) {
            let placeholder = format!("{{{name}}}");
            diagnostics.report(rules::REPEATED_PLACEHOLDER, entry.key_span, &[path, &placeholder]);
        }
    }
}

/// The names that occur more than once between braces, each once.
fn repeated_names(path: &str) -> Vec<&str> {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0));
    let mut known = HashSet::new();
    let mut repeated: Vec<&str> = names
        .filter(|name| !name.is_empty() && !known.insert(*name))
        .collect();
    repeated.sort_unstable();
    repeated.dedup();
    repeated
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

/// Reports operations with the same method whose paths differ only in the names of their parameters or in their
/// percent-encoding.
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
        let difference = if without_names(&first.path) == without_names(&operation.path) {
            "the names of parameters"
        } else {
            "the percent-encodings"
        };
        let finding = Diagnostic::new(
            rules::SAME_ROUTE,
            operation.place.span,
            &[&operation.path, &first.path, &difference],
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

/// The template without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut route = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        route.push('{');
        route.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    route
}

/// The path without the names of its parameters, in the normal form of its percent-encoding.
fn route(operation: &Operation) -> String {
    let parts = operation.path_parts.iter().map(|part| match part {
        PathPart::Literal(text) => normalized(text),
        PathPart::Parameter(_) => "{}".to_owned(),
    });
    parts.collect()
}

/// `%` and two hexadecimal digits.
fn escape(byte: u8) -> [char; 3] {
    let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
    ['%', digit(byte >> 4), digit(byte)]
}

/// Decodes unreserved characters and writes the other escapes in upper case (RFC 3986, section 6.2.2).
fn normalized(text: &str) -> String {
    let mut parts = text.split('%');
    let mut normalized = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.map(|code| (code, char::from(code))) {
            Some((_, char)) if char.is_ascii_alphanumeric() || "-._~".contains(char) => normalized.push(char),
            Some((code, _)) => normalized.extend(escape(code)),
            None => normalized.push('%'),
        }
        normalized.push_str(if code.is_some() { &part[2..] } else { part });
    }
    normalized
}
