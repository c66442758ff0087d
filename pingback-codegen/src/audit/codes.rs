//! Compares the codes of the document with those of the catalogue: missing codes, and differing facts about a code.

use super::MAX_PLACES;
use super::texts::{matches_template, normalize, similarity};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::{DocumentedError, Mention};
use crate::model::Status;
use crate::read::Document;
use crate::read::Parsed;
use crate::read::catalogue::{Catalogue, CatalogueEntry, is_action_member};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::IndexMap;

/// Compares the document with the catalogue, if there are both.
pub(super) fn compare(parsed: &Parsed, documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    let catalogue = &parsed.catalogue;
    let Some(document) = parsed.document.as_ref().filter(|_| !catalogue.entries.is_empty()) else {
        return;
    };
    let first_entry = catalogue.entries.values().next().map(|entry| entry.code.span);
    let mentions = by_code(documented);
    for (code, mentions) in &mentions {
        if let Some(entry) = catalogue.entries.get(*code) {
            compare_messages(entry, mentions, diagnostics);
            compare_statuses(entry, mentions, diagnostics);
            compare_actions(document, entry, mentions, diagnostics);
        } else {
            let places = mentions.iter().filter_map(|(_, mention)| mention.span).collect();
            let (finding, others) = finding_at_first(rules::CODE_NOT_IN_CATALOGUE, places, &[code]);
            let finding = finding.related_if_known(first_entry, "the catalogue's entries begin here");
            diagnostics.push(with_places(finding, others).about(*code));
        }
    }
    let responses = documented.first().map(|error| error.span);
    let responses = responses.unwrap_or_else(|| document.key_span(&Pointer("/paths".to_owned())));
    for entry in catalogue.entries.values() {
        let code = &entry.code;
        if mentions.contains_key(code.value.as_str()) {
            continue;
        }
        let finding =
            Diagnostic::new(rules::CODE_NOT_IN_DOCUMENT, code.span, &[&code.value]).about(&code.value);
        let same_status = documented.iter().find(|error| {
            let mut statuses = entry.statuses.iter();
            statuses.any(|status| error.status == Status::Exact(status.value))
        });
        diagnostics.push(match same_status {
            Some(error) => {
                finding.related_if_known(error.span, "a response with its status does not document it")
            }
            None => finding.related_if_known(responses, "the document's error responses begin here"),
        });
    }
}

type Mentions<'a> = Vec<(&'a DocumentedError, &'a Mention)>;

fn by_code(documented: &[DocumentedError]) -> IndexMap<&str, Mentions<'_>> {
    let mut codes: IndexMap<&str, Mentions<'_>> = IndexMap::new();
    for error in documented {
        for mention in &error.mentions {
            codes.entry(&mention.code).or_default().push((error, mention));
        }
    }
    codes
}

/// A finding at the first of several places, and the other places without duplicates.
fn finding_at_first(
    rule: &'static rules::Rule,
    mut places: Vec<Span>,
    args: &[&dyn std::fmt::Display],
) -> (Diagnostic, Vec<Span>) {
    places.sort_unstable();
    places.dedup();
    let mut places = places.into_iter();
    let first = places.next();
    (Diagnostic::new(rule, first, args), places.collect())
}

fn with_places(mut finding: Diagnostic, others: Vec<Span>) -> Diagnostic {
    for other in others.into_iter().take(MAX_PLACES) {
        finding = finding.related(other, "and here");
    }
    finding
}

/// Reports messages of the document that the catalogue does not have for the code.
fn compare_messages(entry: &CatalogueEntry, mentions: &Mentions<'_>, diagnostics: &mut Diagnostics) {
    let Some(known) = entry.messages.first() else {
        return;
    };
    let code = &entry.code.value;
    let mut messages: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
    for (_, mention) in mentions {
        if let Some((message, span)) = &mention.message
            && !entry
                .messages
                .iter()
                .any(|known| matches_template(&known.value, message))
            && !is_placeholder(message)
        {
            let place = messages.entry(normalize(message));
            place.or_insert_with(|| (message, Vec::new())).1.push(*span);
        }
    }
    for (message, places) in messages.into_values() {
        let (finding, others) = finding_at_first(rules::MESSAGE_DIFFERS, places, &[code, &message]);
        let label = format!("the catalogue lists \u{201c}{}\u{201d}", known.value);
        diagnostics.push(with_places(finding.related(known.span, label), others).about(code));
    }
}

/// Reports statuses of the document that the catalogue does not have for the code.
fn compare_statuses(entry: &CatalogueEntry, mentions: &Mentions<'_>, diagnostics: &mut Diagnostics) {
    let Some(known) = entry.statuses.first() else {
        return;
    };
    let code = &entry.code.value;
    let mut statuses: IndexMap<u16, Vec<Span>> = IndexMap::new();
    for (error, mention) in mentions {
        if let Status::Exact(status) = error.status
            && mention.is_status_specific
            && !entry.statuses.iter().any(|known| known.value == status)
        {
            statuses.entry(status).or_default().extend(error.span);
        }
    }
    let all: Vec<String> = entry
        .statuses
        .iter()
        .map(|status| status.value.to_string())
        .collect();
    for (status, places) in statuses {
        let (finding, others) =
            finding_at_first(rules::STATUS_DIFFERS, places, &[code, &status, &all.join(", ")]);
        let finding = finding.related(known.span, "the status in the catalogue");
        diagnostics.push(with_places(finding, others).about(code));
    }
}

/// Whether a text is empty or `string`, which generated examples contain instead of a text.
fn is_placeholder(text: &str) -> bool {
    matches!(normalize(text).as_str(), "" | "string")
}

/// Reports advice of the document that differs from the suggested action of the catalogue.
fn compare_actions(
    document: &Document,
    entry: &CatalogueEntry,
    mentions: &Mentions<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(known) = &entry.suggested_action else {
        return;
    };
    let code = &entry.code.value;
    let mut actions: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
    for span in mentions.iter().filter_map(|(_, mention)| mention.span) {
        for node in actions_beside(document, span) {
            if let Some(text) = node.as_str()
                && !matches_template(&known.value, text)
                && !is_placeholder(text)
            {
                let known = actions.entry(normalize(text));
                known.or_insert_with(|| (text, Vec::new())).1.push(node.span);
            }
        }
    }
    for (text, places) in actions.into_values() {
        let (finding, others) = finding_at_first(rules::ACTION_DIFFERS, places, &[code, &text]);
        let label = format!("the catalogue lists \u{201c}{}\u{201d}", known.value);
        diagnostics.push(with_places(finding.related(known.span, label), others).about(code));
    }
}

/// The values beside a code whose names denote an action: members of the same example, or examples of properties of
/// the same schema.
fn actions_beside(document: &Document, code: Span) -> Vec<&Node> {
    let pointer = document.tree.pointer_at(code);
    let segments: Vec<String> = pointer.segments().collect();
    let mut found = Vec::new();
    // The code is a member of an example, `properties/code/example`, or `properties/code/enum/0`.
    for above in 1..=3.min(segments.len()) {
        let parent_length = segments.len() - above;
        let parent = segments[..parent_length]
            .iter()
            .fold(Pointer::default(), |pointer, segment| pointer.child(segment));
        let is_properties = parent_length > 0 && segments[parent_length - 1] == "properties";
        if (above == 1) == is_properties {
            continue;
        }
        let members = document.tree.at(&parent).and_then(Node::as_object);
        let members = members.into_iter().flatten();
        for (_, member) in members.filter(|(name, _)| is_action_member(name)) {
            if above == 1 {
                found.push(&member.node);
            } else {
                found.extend(
                    ["example", "const", "default"]
                        .iter()
                        .filter_map(|key| member.node.get(key)),
                );
            }
        }
    }
    found
}

/// Reports branches with the same code and different titles. The title that is most similar to the code is taken as the
/// right one.
pub(super) fn report_conflicting_titles(documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    for (code, mentions) in by_code(documented) {
        let mut titles: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
        // A list of codes that several branches share describes no branch in particular.
        for (_, mention) in mentions.iter().filter(|(_, mention)| mention.is_status_specific) {
            if let Some((title, span)) = &mention.title {
                let known = titles.entry(normalize(title));
                known.or_insert_with(|| (title, Vec::new())).1.push(*span);
            }
        }
        let mut titles: Vec<(&str, Vec<Span>)> = titles.into_values().collect();
        titles.sort_by_key(|(title, places)| std::cmp::Reverse((similarity(title, code), places.len())));
        let Some(((best, best_places), others)) = titles.split_first() else {
            continue;
        };
        for (title, places) in others {
            let (finding, places) = finding_at_first(
                rules::CODE_UNDER_TWO_TITLES,
                places.clone(),
                &[title, &code, best],
            );
            let finding = finding.related_if_known(best_places.first().copied(), "the other title");
            diagnostics.push(with_places(finding, places).about(code));
        }
    }
}

/// Reports entries of the catalogue with the same description.
pub(super) fn report_repeated_descriptions(catalogue: &Catalogue, diagnostics: &mut Diagnostics) {
    let mut known: IndexMap<String, &CatalogueEntry> = IndexMap::new();
    for entry in catalogue.entries.values() {
        let [description] = entry.messages.as_slice() else {
            continue;
        };
        if is_placeholder(&description.value) {
            continue;
        }
        let text = normalize(&description.value);
        match known.get(&text) {
            Some(first) => {
                let code = &entry.code.value;
                let finding = Diagnostic::new(
                    rules::DESCRIPTION_REPEATED,
                    description.span,
                    &[code, &first.code.value],
                );
                let place = first.messages.first().map(|message| message.span);
                diagnostics.push(finding.related_if_known(place, "the other entry").about(code));
            }
            None => {
                known.insert(text, entry);
            }
        }
    }
}

/// Reports error responses without a code, if other responses of the document have codes.
pub(super) fn report_missing_codes(documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    let Some(with_code) = documented.iter().find(|error| !error.mentions.is_empty()) else {
        return;
    };
    for error in documented {
        if let Status::Exact(status @ 400..=599) = error.status
            && error.mentions.is_empty()
        {
            let finding = Diagnostic::new(
                rules::ERROR_WITHOUT_CODE,
                error.span,
                &[&status, &error.operation],
            );
            diagnostics.push(
                finding
                    .about(error.pointer.0.clone())
                    .related_if_known(with_code.span, "this response has codes"),
            );
        }
    }
}
