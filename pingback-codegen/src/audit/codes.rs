//! The codes of the document beside those of the catalogue: which are missing where, and what is said of them
//! differently.

use super::MOST_PLACES;
use super::texts::{fits, likeness, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::{DocumentedError, Mention};
use crate::model::Status;
use crate::read::Document;
use crate::read::Parsed;
use crate::read::catalogue::{Catalogue, CatalogueEntry, is_action_member};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::IndexMap;

/// Compares the two sources; where there is just one there is nothing to compare.
pub(super) fn compare(parsed: &Parsed, documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    let catalogue = &parsed.catalogue;
    let Some(document) = parsed.document.as_ref().filter(|_| !catalogue.entries.is_empty()) else {
        return;
    };
    let list = catalogue.entries.values().next().map(|entry| entry.code.span);
    let mentions = by_code(documented);
    for (code, mentions) in &mentions {
        if let Some(entry) = catalogue.entries.get(*code) {
            differences(entry, mentions, diagnostics);
            actions(document, entry, mentions, diagnostics);
        } else {
            let places = mentions.iter().filter_map(|(_, mention)| mention.span).collect();
            let (finding, others) = at_first(rules::CODE_NOT_IN_CATALOGUE, places, &[code]);
            let finding = finding.beside(list, "the catalogue's entries begin here");
            diagnostics.push(also(finding, others).about(*code));
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
        // A response of its status is where it would stand.
        let same_status = documented.iter().find(|error| {
            let mut statuses = entry.statuses.iter();
            statuses.any(|status| error.status == Status::Exact(status.value))
        });
        diagnostics.push(match same_status {
            Some(error) => finding.beside(error.span, "a response of its status, without it"),
            None => finding.beside(responses, "the document's error responses begin here"),
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

/// A finding at the first of several places, and the others, each once.
fn at_first(
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

fn also(mut finding: Diagnostic, others: Vec<Span>) -> Diagnostic {
    for other in others.into_iter().take(MOST_PLACES) {
        finding = finding.related(other, "here too");
    }
    finding
}

/// Messages and statuses of one code that only the document has.
fn differences(entry: &CatalogueEntry, mentions: &Mentions<'_>, diagnostics: &mut Diagnostics) {
    let code = &entry.code.value;
    let mut messages: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
    let mut statuses: IndexMap<u16, Vec<Span>> = IndexMap::new();
    for (error, mention) in mentions {
        if let Some((message, span)) = &mention.message
            && !entry.messages.iter().any(|known| fits(&known.value, message))
            && !matches!(plain(message).as_str(), "" | "string")
        {
            let place = messages.entry(plain(message));
            place.or_insert_with(|| (message, Vec::new())).1.push(*span);
        }
        if let Status::Exact(status) = error.status
            && mention.is_status_specific
            && !entry.statuses.iter().any(|known| known.value == status)
        {
            statuses.entry(status).or_default().extend(error.span);
        }
    }
    if let Some(known) = entry.messages.first() {
        for (message, places) in messages.into_values() {
            let (finding, others) = at_first(rules::MESSAGE_DIFFERS, places, &[code, &message]);
            let why = format!("the catalogue says \u{201c}{}\u{201d}", known.value);
            diagnostics.push(also(finding.related(known.span, why), others).about(code));
        }
    }
    if let Some(known) = entry.statuses.first() {
        let all: Vec<String> = entry
            .statuses
            .iter()
            .map(|status| status.value.to_string())
            .collect();
        for (status, places) in statuses {
            let (finding, others) =
                at_first(rules::STATUS_DIFFERS, places, &[code, &status, &all.join(", ")]);
            diagnostics
                .push(also(finding.related(known.span, "the catalogue says this"), others).about(code));
        }
    }
}

/// What the document advises where it names a code, beside what the catalogue does.
fn actions(
    document: &Document,
    entry: &CatalogueEntry,
    mentions: &Mentions<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(known) = &entry.suggested_action else {
        return;
    };
    let code = &entry.code.value;
    let mut advice: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
    for span in mentions.iter().filter_map(|(_, mention)| mention.span) {
        for node in advice_beside(document, span) {
            if let Some(text) = node.as_str()
                && !fits(&known.value, text)
                && !matches!(plain(text).as_str(), "" | "string")
            {
                let place = advice.entry(plain(text));
                place.or_insert_with(|| (text, Vec::new())).1.push(node.span);
            }
        }
    }
    for (text, places) in advice.into_values() {
        let (finding, others) = at_first(rules::ACTION_DIFFERS, places, &[code, &text]);
        let why = format!("the catalogue says \u{201c}{}\u{201d}", known.value);
        diagnostics.push(also(finding.related(known.span, why), others).about(code));
    }
}

/// The values that stand beside a code under a name for advice: in the same example, or as examples of properties
/// beside the code's.
fn advice_beside(document: &Document, code: Span) -> Vec<&Node> {
    let pointer = document.tree.pointer_at(code);
    let segments: Vec<String> = pointer.segments().collect();
    let mut found = Vec::new();
    // The code itself, `properties/code/example`, `properties/code/enum/0`.
    for above in 1..=3.min(segments.len()) {
        let kept = segments.len() - above;
        let parent = segments[..kept]
            .iter()
            .fold(Pointer::default(), |pointer, segment| pointer.child(segment));
        let is_properties = kept > 0 && segments[kept - 1] == "properties";
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

/// Branches of different titles that have one code. The title that is least like the code is the one to doubt.
pub(super) fn two_titles(documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    for (code, mentions) in by_code(documented) {
        let mut titles: IndexMap<String, (&str, Vec<Span>)> = IndexMap::new();
        // A list of codes that branches share names none of them.
        for (_, mention) in mentions.iter().filter(|(_, mention)| mention.is_status_specific) {
            if let Some((title, span)) = &mention.title {
                let known = titles.entry(plain(title));
                known.or_insert_with(|| (title, Vec::new())).1.push(*span);
            }
        }
        let mut titles: Vec<(&str, Vec<Span>)> = titles.into_values().collect();
        titles.sort_by_key(|(title, places)| std::cmp::Reverse((likeness(title, code), places.len())));
        let Some(((right, right_places), wrong)) = titles.split_first() else {
            continue;
        };
        for (title, places) in wrong {
            let (finding, others) = at_first(
                rules::CODE_UNDER_TWO_TITLES,
                places.clone(),
                &[title, &code, right],
            );
            let finding = finding.beside(right_places.first().copied(), "the other title");
            diagnostics.push(also(finding, others).about(code));
        }
    }
}

/// Entries of the catalogue that say the same.
pub(super) fn repeated_descriptions(catalogue: &Catalogue, diagnostics: &mut Diagnostics) {
    let mut known: IndexMap<String, &CatalogueEntry> = IndexMap::new();
    for entry in catalogue.entries.values() {
        let [description] = entry.messages.as_slice() else {
            continue;
        };
        let text = plain(&description.value);
        // What an example puts in the place of any text is no description.
        if text.is_empty() || text == "string" {
            continue;
        }
        match known.get(&text) {
            Some(first) => {
                let code = &entry.code.value;
                let finding = Diagnostic::new(
                    rules::DESCRIPTION_REPEATED,
                    description.span,
                    &[code, &first.code.value],
                );
                let place = first.messages.first().map(|message| message.span);
                diagnostics.push(finding.beside(place, "the other").about(code));
            }
            None => {
                known.insert(text, entry);
            }
        }
    }
}
