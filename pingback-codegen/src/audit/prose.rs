//! Compares the statuses that descriptions mention with those that responses document.

use super::status_mentions::mentioned_statuses;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::model::Status;
use crate::read::Document;
use crate::read::catalogue::Catalogue;
use crate::read::tree::{Node, Pointer};
use crate::source::{Sources, Span};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// A text that mentions this many statuses is a list, which should be complete.
const MIN_LIST: usize = 3;

/// Compares the description of the API, the catalogue's list of statuses and the descriptions of operations with the
/// documented responses.
pub(super) fn compare(
    document: &Document,
    catalogue: &Catalogue,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let description = document.tree.at(&Pointer("/info/description".to_owned()));
    let described = description
        .map(|node| mentioned_statuses(node.span, sources))
        .unwrap_or_default();
    compare_description(document, catalogue, &described, documented, diagnostics);
    compare_catalogue(document, catalogue, &described, documented, diagnostics);
    compare_operations(document, catalogue, documented, sources, diagnostics);
}

/// Compares the statuses of `info.description` with the responses of all operations.
fn compare_description(
    document: &Document,
    catalogue: &Catalogue,
    described: &IndexMap<u16, Span>,
    documented: &[DocumentedError],
    diagnostics: &mut Diagnostics,
) {
    for (&status, &span) in described {
        if is_documented(documented, status) {
            continue;
        }
        let finding = only_in_prose(span, status, "no operation documents it").about(status.to_string());
        diagnostics.push(relate_entry(finding, status, catalogue, document));
    }
    if described.len() >= MIN_LIST {
        let list = described.values().next().copied();
        let is_listed = |status| described.contains_key(&status);
        for (status, error) in first_unlisted(documented, is_listed) {
            diagnostics.push(not_in_prose(
                error,
                status,
                "the description's list of statuses",
                list,
            ));
        }
    }
}

/// Compares the statuses that the catalogue explains apart from its codes with the responses of all operations.
fn compare_catalogue(
    document: &Document,
    catalogue: &Catalogue,
    described: &IndexMap<u16, Span>,
    documented: &[DocumentedError],
    diagnostics: &mut Diagnostics,
) {
    let listed: Vec<(u16, Span)> = catalogue
        .statuses
        .iter()
        .filter(|(status, _)| **status >= 400)
        .map(|(status, text)| (*status, text.span))
        .collect();
    for &(status, span) in &listed {
        if described.contains_key(&status) || is_documented(documented, status) {
            continue;
        }
        let operations = document.key_span(&Pointer("/paths".to_owned()));
        diagnostics.push(
            only_in_prose(span, status, "no operation documents it")
                .about(status.to_string())
                .related_if_known(operations, "the operations begin here"),
        );
    }
    if listed.len() < MIN_LIST {
        return;
    }
    let list = listed.first().map(|(_, span)| *span);
    let is_listed = |status: u16| {
        let mut entries = catalogue.entries.values();
        listed.iter().any(|(known, _)| *known == status)
            || entries.any(|entry| entry.statuses.iter().any(|known| known.value == status))
    };
    for (status, error) in first_unlisted(documented, is_listed) {
        diagnostics.push(not_in_prose(
            error,
            status,
            "the catalogue's list of statuses",
            list,
        ));
    }
}

/// Compares the description of each operation with its own responses.
fn compare_operations(
    document: &Document,
    catalogue: &Catalogue,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for (pointer, operation) in operations(document) {
        let (Some(description), Some(responses)) = (operation.get("description"), operation.get("responses"))
        else {
            continue;
        };
        for (status, span) in mentioned_statuses(description.span, sources) {
            if has_response(responses, status) {
                continue;
            }
            let finding = only_in_prose(span, status, "this operation has no response for it")
                .about(format!("{}/{status}", pointer.0));
            let elsewhere = documented
                .iter()
                .find(|error| error.status == Status::Exact(status));
            diagnostics.push(match elsewhere {
                Some(error) => finding.related_if_known(error.span, "another operation has it"),
                None => relate_entry(finding, status, catalogue, document),
            });
        }
    }
}

/// The members of all path items, which are operations if they have responses.
fn operations(document: &Document) -> Vec<(Pointer, &Node)> {
    let paths = Pointer("/paths".to_owned());
    let items = document.tree.at(&paths).and_then(Node::as_object);
    let mut operations = Vec::new();
    for (path, item) in items.into_iter().flatten() {
        let members = item.node.as_object().into_iter().flatten();
        operations
            .extend(members.map(|(method, operation)| (paths.child(path).child(method), &operation.node)));
    }
    operations
}

fn has_response(responses: &Node, status: u16) -> bool {
    let hundreds = status / 100;
    let keys = [
        status.to_string(),
        format!("{hundreds}XX"),
        format!("{hundreds}xx"),
        "default".to_owned(),
    ];
    keys.iter().any(|key| responses.get(key).is_some())
}

/// Whether a response of any operation documents the status.
fn is_documented(documented: &[DocumentedError], status: u16) -> bool {
    documented.iter().any(|error| match error.status {
        Status::Exact(exact) => exact == status,
        Status::Range(hundreds) => u16::from(hundreds) == status / 100,
        Status::Default => true,
    })
}

/// For each documented status that a list lacks, in order, the first response.
fn first_unlisted(
    documented: &[DocumentedError],
    is_listed: impl Fn(u16) -> bool,
) -> BTreeMap<u16, &DocumentedError> {
    let mut missing = BTreeMap::new();
    for error in documented {
        if let Status::Exact(status @ 400..=599) = error.status
            && !is_listed(status)
        {
            missing.entry(status).or_insert(error);
        }
    }
    missing
}

fn only_in_prose(span: Span, status: u16, reason: &str) -> Diagnostic {
    Diagnostic::new(rules::STATUS_ONLY_IN_PROSE, span, &[&status, &reason])
}

fn not_in_prose(error: &DocumentedError, status: u16, list: &str, start: Option<Span>) -> Diagnostic {
    let args: &[&dyn std::fmt::Display] = &[&status, &error.operation, &list];
    Diagnostic::new(rules::STATUS_NOT_IN_PROSE, error.span, args)
        .about(status.to_string())
        .related_if_known(start, "the list begins here")
}

/// Adds the catalogue's entry for the status, or else the place of the operations.
fn relate_entry(finding: Diagnostic, status: u16, catalogue: &Catalogue, document: &Document) -> Diagnostic {
    let entry = catalogue.entries.values().find_map(|entry| {
        let known = entry.statuses.iter().find(|known| known.value == status)?;
        Some((known.span, &entry.code.value))
    });
    match entry {
        Some((span, code)) => finding.related(span, format!("the catalogue lists it for `{code}`")),
        None => finding.related_if_known(
            document.key_span(&Pointer("/paths".to_owned())),
            "the operations begin here",
        ),
    }
}
