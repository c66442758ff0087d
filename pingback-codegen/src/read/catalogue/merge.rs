//! Merges the outputs of several sources into one catalogue. Entries with the same code become one; sources that disagree
//! are reported; facts without a code are assigned to one if another source leaves no doubt.

use super::entry::{Catalogue, CatalogueEntry, Fact, collapse_space};
use super::orphans::MessageIndex;
use super::output::ReaderOutput;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::source::Span;
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::collections::HashSet;

/// The most repetitions of one code that a finding points to.
const MAX_REPETITIONS: usize = 20;

/// Merges the outputs in the order of their sources.
pub(super) fn merge_sources(outputs: Vec<ReaderOutput>, diagnostics: &mut Diagnostics) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let mut orphaned_facts = Vec::new();
    for output in outputs {
        for (status, description) in output.statuses {
            catalogue.statuses.entry(status).or_insert(description);
        }
        for finding in output.findings {
            diagnostics.push(finding);
        }
        for entry in merge_repetitions(output.entries, diagnostics) {
            match catalogue.entries.entry(entry.code.value.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(entry);
                }
                Entry::Occupied(mut known) => {
                    report_conflicts(known.get(), &entry, diagnostics);
                    known.get_mut().merge(entry);
                }
            }
        }
        orphaned_facts.extend(output.orphaned_facts);
    }
    let index = MessageIndex::new(&catalogue);
    for orphan in orphaned_facts {
        index.assign(orphan, &mut catalogue, diagnostics);
    }
    report_missing_facts(&catalogue, diagnostics);
    catalogue
}

/// Merges the entries of one source that have the same code, and reports them. A code without facts, as in a table of
/// contents, is not a second entry, and neither is an example.
fn merge_repetitions(entries: Vec<CatalogueEntry>, diagnostics: &mut Diagnostics) -> Vec<CatalogueEntry> {
    let mut merged = IndexMap::<String, RepeatedEntry>::new();
    for entry in entries {
        match merged.entry(entry.code.value.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert(RepeatedEntry::new(entry));
            }
            Entry::Occupied(mut known) if known.get().entry.has_only_code() => {
                known.insert(RepeatedEntry::new(entry));
            }
            Entry::Occupied(_) if entry.has_only_code() => {}
            Entry::Occupied(mut known) => known.get_mut().add(entry),
        }
    }
    for finding in merged.values().filter_map(RepeatedEntry::finding) {
        diagnostics.push(finding);
    }
    merged.into_values().map(|repeated| repeated.entry).collect()
}

/// An entry and the places where its code is listed again.
struct RepeatedEntry {
    entry: CatalogueEntry,
    repetitions: Vec<Span>,
}

impl RepeatedEntry {
    fn new(entry: CatalogueEntry) -> Self {
        Self {
            entry,
            repetitions: Vec::new(),
        }
    }

    fn add(&mut self, other: CatalogueEntry) {
        if is_read_from_example(&self.entry) {
            self.entry.code = other.code.clone();
        } else if !is_read_from_example(&other) {
            if self.repetitions.len() == MAX_REPETITIONS {
                return;
            }
            self.repetitions.push(other.code.span);
        }
        self.entry.merge(other);
    }

    fn finding(&self) -> Option<Diagnostic> {
        let code = &self.entry.code;
        let (second, others) = self.repetitions.split_first()?;
        let finding = Diagnostic::new(rules::CATALOGUE_DUPLICATE_CODE, *second, &[&code.value])
            .about(code.value.clone())
            .related(code.span, "listed first here");
        Some(
            others
                .iter()
                .fold(finding, |finding, other| finding.related(*other, "and here")),
        )
    }
}

/// Returns whether the code of an entry was read from an example body.
fn is_read_from_example(entry: &CatalogueEntry) -> bool {
    let code = entry.code.span;
    entry.payloads.iter().any(|body| {
        body.span.source == code.source && body.span.start <= code.start && code.end <= body.span.end
    })
}

/// Reports where two sources document one code differently.
fn report_conflicts(first: &CatalogueEntry, second: &CatalogueEntry, diagnostics: &mut Diagnostics) {
    let statuses = |entry: &CatalogueEntry| -> HashSet<u16> {
        let statuses = entry.statuses.iter();
        statuses.map(|fact| fact.value).collect()
    };
    let messages = |entry: &CatalogueEntry| -> HashSet<String> {
        let messages = entry.messages.iter();
        messages.map(|fact| collapse_space(&fact.value)).collect()
    };
    let action = |entry: &CatalogueEntry| {
        let action = entry.suggested_action.as_ref();
        action.map(|fact| collapse_space(&fact.value))
    };
    let conflicts = [
        (
            "status",
            statuses(first) != statuses(second),
            first_span(&first.statuses),
            first_span(&second.statuses),
        ),
        (
            "message",
            messages(first) != messages(second),
            first_span(&first.messages),
            first_span(&second.messages),
        ),
        (
            "suggested action",
            action(first) != action(second),
            first_span(&first.suggested_action),
            first_span(&second.suggested_action),
        ),
    ];
    for (what, is_conflict, in_first, in_second) in conflicts {
        if is_conflict
            && let Some(in_first) = in_first
            && let Some(in_second) = in_second
        {
            let code = &first.code.value;
            diagnostics.push(
                Diagnostic::new(rules::CATALOGUE_CONFLICT, in_second, &[&what, code])
                    .about(code.clone())
                    .related(in_first, "the first source has this"),
            );
        }
    }
}

fn first_span<'a, T: 'a>(facts: impl IntoIterator<Item = &'a Fact<T>>) -> Option<Span> {
    facts.into_iter().next().map(|fact| fact.span)
}

/// Reports entries without facts, and entries without a status if others of the same source have one.
fn report_missing_facts(catalogue: &Catalogue, diagnostics: &mut Diagnostics) {
    let sources_with_statuses: HashSet<_> = catalogue
        .entries
        .values()
        .filter(|entry| !entry.statuses.is_empty())
        .map(|entry| entry.code.span.source)
        .collect();
    for entry in catalogue.entries.values() {
        if entry.has_only_code() {
            report_about_code(rules::CATALOGUE_CODE_WITHOUT_FACTS, &entry.code, diagnostics);
        } else if entry.statuses.is_empty() && sources_with_statuses.contains(&entry.code.span.source) {
            report_about_code(rules::CATALOGUE_ENTRY_WITHOUT_STATUS, &entry.code, diagnostics);
        }
    }
}

fn report_about_code(rule: &'static Rule, code: &Fact<String>, diagnostics: &mut Diagnostics) {
    let finding = Diagnostic::new(rule, code.span, &[&code.value]);
    diagnostics.push(finding.about(code.value.clone()));
}
