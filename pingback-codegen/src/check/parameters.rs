//! Parameters that are declared twice.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::Document;
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Reports parameters with the same name and location in one list.
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
        report_duplicates_in_list(&of_path, &HashSet::new(), diagnostics);
        let overridable = of_path.iter().map(Declared::key).collect();
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
    fn key(&self) -> (&'d str, &'d str) {
        (self.name, self.location)
    }
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
/// (those in `overridable`), the last is used, otherwise the first.
fn report_duplicates_in_list(
    list: &[Declared<'_>],
    overridable: &HashSet<(&str, &str)>,
    diagnostics: &mut Diagnostics,
) {
    let mut first_spans = HashMap::new();
    for parameter in list {
        let Some(first) = first_spans.get(&parameter.key()) else {
            first_spans.insert(parameter.key(), parameter.span);
            continue;
        };
        let used = if overridable.contains(&parameter.key()) {
            "last"
        } else {
            "first"
        };
        diagnostics.push(
            Diagnostic::new(
                rules::DUPLICATE_PARAMETER,
                parameter.span,
                &[&parameter.location, &parameter.name, &used],
            )
            .related(*first, "the first parameter of that name"),
        );
    }
}
