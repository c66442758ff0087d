//! Parameters that are declared twice.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::Document;
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use std::collections::HashMap;

/// Reports parameters with the same name and location in one list, and headers whose names differ in case only.
pub(super) fn report_duplicates(document: &Document, diagnostics: &mut Diagnostics) {
    let paths = Pointer("/paths".to_owned());
    for (path, item) in document
        .paths
        .iter()
        .filter(|(_, item)| !item.operations.is_empty())
    {
        let pointer = paths.child(path);
        let is_read: Vec<bool> = item
            .parameters
            .iter()
            .map(|one| one.as_item().is_some())
            .collect();
        let of_path = read_parameters(document, &pointer, &is_read);
        report_duplicates_in_list(&of_path, &HashMap::new(), diagnostics);
        let overridable = first_of_each(&of_path);
        for (method, operation) in &item.operations {
            let is_read: Vec<bool> = operation
                .parameters
                .iter()
                .map(|one| one.as_item().is_some())
                .collect();
            let own = read_parameters(document, &pointer.child(method), &is_read);
            report_duplicates_in_list(&own, &overridable, diagnostics);
        }
    }
}

/// A parameter of the document.
struct Declared<'d> {
    name: &'d str,
    location: &'d str,
    span: Span,
}

impl<'d> Declared<'d> {
    /// Equal for parameters of which only one can be sent. Case does not count in the name of a header (RFC 9110,
    /// section 5.1).
    fn key(&self) -> (String, &'d str) {
        let name = if self.location == "header" {
            self.name.to_ascii_lowercase()
        } else {
            self.name.to_owned()
        };
        (name, self.location)
    }
}

/// The first parameter of each name and location.
fn first_of_each<'l, 'd>(list: &'l [Declared<'d>]) -> HashMap<(String, &'d str), &'l Declared<'d>> {
    let mut first = HashMap::new();
    for parameter in list {
        first.entry(parameter.key()).or_insert(parameter);
    }
    first
}

/// The `parameters` of the object at `pointer` that could be read: those whose item in `is_read` is true.
fn read_parameters<'d>(document: &'d Document, pointer: &Pointer, is_read: &[bool]) -> Vec<Declared<'d>> {
    let place = pointer.child("parameters");
    let indices = (0..is_read.len()).filter(|&index| is_read[index]);
    let declared = indices.filter_map(|index| {
        let parameter = document.node(&place.child(index))?;
        Some(Declared {
            name: parameter.get("name").and_then(Node::as_str)?,
            location: parameter.get("in").and_then(Node::as_str)?,
            span: parameter.get("name").unwrap_or(parameter).span,
        })
    });
    declared.collect()
}

/// Reports parameters of one list that have the same name and location. If they override a parameter of the path item
/// (those in `overridable`), the last is used, otherwise the first. A header that overrides one of the path item by a
/// name in other case is reported, too.
fn report_duplicates_in_list(
    list: &[Declared<'_>],
    overridable: &HashMap<(String, &str), &Declared<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut known: HashMap<(String, &str), &Declared<'_>> = HashMap::new();
    for parameter in list {
        let key = parameter.key();
        let overridden = overridable.get(&key).copied();
        let used = if overridden.is_some() { "last" } else { "first" };
        match (known.get(&key).copied(), overridden) {
            (Some(first), _) => report(parameter, first, used, diagnostics),
            (None, Some(first)) if first.name != parameter.name => {
                report(parameter, first, used, diagnostics);
            }
            (None, _) => {}
        }
        known.entry(key).or_insert(parameter);
    }
}

/// Reports that two parameters are one; `used` says which of them.
fn report(parameter: &Declared<'_>, first: &Declared<'_>, used: &str, diagnostics: &mut Diagnostics) {
    let diagnostic = if parameter.name == first.name {
        Diagnostic::new(
            rules::DUPLICATE_PARAMETER,
            parameter.span,
            &[&parameter.location, &parameter.name, &used],
        )
        .related(first.span, "the first parameter of that name")
    } else {
        Diagnostic::new(
            rules::HEADERS_DIFFER_IN_CASE,
            parameter.span,
            &[&first.name, &parameter.name, &used],
        )
        .related(first.span, "the first parameter of that header")
    };
    diagnostics.push(diagnostic);
}
