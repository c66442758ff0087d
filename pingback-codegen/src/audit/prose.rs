//! Statuses that descriptions speak of, beside those that responses have.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::lower::statuses::registered;
use crate::model::Status;
use crate::read::Document;
use crate::read::catalogue::Catalogue;
use crate::read::tree::{Node, Pointer};
use crate::source::{Sources, Span};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// So many statuses make a list, and what a list lacks is missing.
const LIST: usize = 3;

/// Compares both ways.
pub(super) fn statuses(
    document: &Document,
    catalogue: &Catalogue,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let info = Pointer("/info/description".to_owned());
    let described = document
        .tree
        .at(&info)
        .map(|node| mentioned(node.span, sources))
        .unwrap_or_default();
    for (status, span) in &described {
        if documented.iter().any(|error| covers(error, *status)) {
            continue;
        }
        let finding = Diagnostic::new(
            rules::STATUS_ONLY_IN_PROSE,
            *span,
            &[status, &"no operation documents it"],
        );
        diagnostics.push(in_catalogue(
            finding.about(status.to_string()),
            *status,
            catalogue,
            document,
        ));
    }
    if described.len() >= LIST {
        let mut missing: BTreeMap<u16, &DocumentedError> = BTreeMap::new();
        for error in documented {
            if let Status::Exact(status @ 400..=599) = error.status
                && !described.contains_key(&status)
            {
                missing.entry(status).or_insert(error);
            }
        }
        let list = described.values().next().copied();
        for (status, error) in missing {
            let args: &[&dyn std::fmt::Display] =
                &[&status, &error.operation, &"the description's list of statuses"];
            let finding = Diagnostic::new(rules::STATUS_NOT_IN_PROSE, error.span, args);
            diagnostics.push(
                finding
                    .about(status.to_string())
                    .beside(list, "the list begins here"),
            );
        }
    }
    of_catalogue(document, catalogue, &described, documented, diagnostics);
    of_operations(document, catalogue, documented, sources, diagnostics);
}

/// Statuses that the catalogue explains apart from its codes.
fn of_catalogue(
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
        .map(|(status, said)| (*status, said.span))
        .collect();
    for (status, span) in &listed {
        if described.contains_key(status) || documented.iter().any(|error| covers(error, *status)) {
            continue;
        }
        let args: &[&dyn std::fmt::Display] = &[status, &"no operation documents it"];
        let operations = document.key_span(&Pointer("/paths".to_owned()));
        diagnostics.push(
            Diagnostic::new(rules::STATUS_ONLY_IN_PROSE, *span, args)
                .about(status.to_string())
                .beside(operations, "the operations begin here"),
        );
    }
    if listed.len() < LIST {
        return;
    }
    let told = |status: u16| {
        listed.iter().any(|(known, _)| *known == status)
            || catalogue
                .entries
                .values()
                .any(|entry| entry.statuses.iter().any(|known| known.value == status))
    };
    let mut missing: BTreeMap<u16, &DocumentedError> = BTreeMap::new();
    for error in documented {
        if let Status::Exact(status @ 400..=599) = error.status
            && !told(status)
        {
            missing.entry(status).or_insert(error);
        }
    }
    for (status, error) in missing {
        let args: &[&dyn std::fmt::Display] =
            &[&status, &error.operation, &"the catalogue's list of statuses"];
        diagnostics.push(
            Diagnostic::new(rules::STATUS_NOT_IN_PROSE, error.span, args)
                .about(status.to_string())
                .beside(listed.first().map(|(_, span)| *span), "the list begins here"),
        );
    }
}

/// Is the status one that a response documents?
fn covers(error: &DocumentedError, status: u16) -> bool {
    match error.status {
        Status::Exact(exact) => exact == status,
        Status::Range(hundreds) => u16::from(hundreds) == status / 100,
        Status::Default => true,
    }
}

/// Descriptions of single operations.
fn of_operations(
    document: &Document,
    catalogue: &Catalogue,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let paths = Pointer("/paths".to_owned());
    let items = document
        .tree
        .at(&paths)
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    for (path, item) in items {
        for (method, operation) in item.node.as_object().into_iter().flatten() {
            let (Some(description), Some(responses)) =
                (operation.node.get("description"), operation.node.get("responses"))
            else {
                continue;
            };
            let has = |status: u16| {
                let keys = [
                    status.to_string(),
                    format!("{}XX", status / 100),
                    format!("{}xx", status / 100),
                ];
                keys.iter().any(|key| responses.get(key).is_some()) || responses.get("default").is_some()
            };
            let pointer = paths.child(path).child(method);
            for (status, span) in mentioned(description.span, sources) {
                if has(status) {
                    continue;
                }
                let finding = Diagnostic::new(
                    rules::STATUS_ONLY_IN_PROSE,
                    span,
                    &[&status, &"this operation has no response for it"],
                );
                let elsewhere = documented
                    .iter()
                    .find(|error| error.status == Status::Exact(status));
                let finding = finding.about(format!("{}/{status}", pointer.0));
                diagnostics.push(match elsewhere {
                    Some(error) => finding.beside(error.span, "another operation has it"),
                    None => in_catalogue(finding, status, catalogue, document),
                });
            }
        }
    }
}

/// Adds the entry of the catalogue that has the status, and the place where the response is missing.
fn in_catalogue(finding: Diagnostic, status: u16, catalogue: &Catalogue, document: &Document) -> Diagnostic {
    let entry = catalogue.entries.values().find_map(|entry| {
        let known = entry.statuses.iter().find(|known| known.value == status)?;
        Some((known.span, &entry.code.value))
    });
    match entry {
        Some((span, code)) => finding.related(span, format!("the catalogue has it for `{code}`")),
        None => finding.beside(
            document.key_span(&Pointer("/paths".to_owned())),
            "the operations begin here",
        ),
    }
}

/// The error statuses that a text speaks of, each with its first place, in the order of the text. A number is
/// taken for a status only where its surroundings say so.
fn mentioned(span: Span, sources: &Sources) -> IndexMap<u16, Span> {
    let text = sources.text(span);
    let mut found = IndexMap::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        for (at, status) in in_line(line) {
            let start = span.start + u32::try_from(offset + at).unwrap_or(0);
            found.entry(status).or_insert(Span {
                source: span.source,
                start,
                end: start + 3,
            });
        }
        offset += line.len();
    }
    found
}

fn in_line(line: &str) -> Vec<(usize, u16)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 3 <= bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = line
            .get(at..at + length)
            .and_then(|digits| digits.parse::<u16>().ok());
        if let Some(status @ 400..=599) = number.filter(|_| length == 3)
            && let Some(name) = registered(status)
            && is_status(&line[..at], &line[at + length..], name)
        {
            found.push((at, status));
        }
        at += length;
    }
    found
}

/// How many bytes before a number are looked at.
const NEAR: usize = 24;

fn is_status(before: &str, after: &str, name: &str) -> bool {
    // `\n` in a JSON text is no letter.
    let bare = before.strip_suffix("\\n").unwrap_or(before);
    let touches =
        |char: char| char.is_alphanumeric() || matches!(char, '.' | ',' | '_' | '-' | '/' | '$' | '#');
    if bare.ends_with(touches) && bare.len() == before.len() {
        return false;
    }
    let inside_number = after.starts_with(char::is_alphanumeric)
        || after.starts_with(['.', ',']) && after[1..].starts_with(|char: char| char.is_ascii_digit())
        || after.starts_with(['%', '_']);
    if inside_number {
        return false;
    }
    let quiet = |char: char| {
        char.is_whitespace() || matches!(char, '`' | '*' | '|' | '-' | '•' | '"' | ':' | '(' | '<' | '>')
    };
    // The first cell of a row.
    let row = bare.rsplit("\\n").next().unwrap_or(bare);
    if row.trim_start().starts_with('|') && row.trim().trim_start_matches('|').chars().all(quiet) {
        return true;
    }
    // Its own name behind it: `404 Not Found`.
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|char| char.is_alphanumeric());
        letters.take(name.len()).collect::<String>().to_ascii_lowercase()
    };
    if letters(after.trim_start_matches(quiet)) == name.to_ascii_lowercase() {
        return true;
    }
    let says_so = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["http", "status", "response code"]
            .iter()
            .any(|word| text.contains(word))
    };
    let mut start = before.len().saturating_sub(NEAR);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let mut end = after.len().min(NEAR);
    while !after.is_char_boundary(end) {
        end -= 1;
    }
    says_so(&before[start..]) || says_so(&after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses_of(line: &str) -> Vec<u16> {
        in_line(line).into_iter().map(|(_, status)| status).collect()
    }

    #[test]
    fn a_status_is_known_by_its_surroundings() {
        assert_eq!(statuses_of("| `403` | Forbidden |"), [403]);
        assert_eq!(statuses_of("you will receive a `429` status code."), [429]);
        assert_eq!(statuses_of("- 404 Not Found: no such thing"), [404]);
        assert_eq!(statuses_of("Returns HTTP 409 if it exists"), [409]);
    }

    #[test]
    fn other_numbers_are_none() {
        for line in [
            "at most 500 items",
            "`500` items",
            "costs 404.50",
            "x-429",
            "| items | 500 |",
            "4290 status",
            "status 499",
        ] {
            assert_eq!(statuses_of(line), Vec::<u16>::new(), "{line}");
        }
    }
}
