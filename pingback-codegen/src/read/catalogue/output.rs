//! The output of a reader: the entries of one source, and facts that it could not assign to a code.

use super::draft::EntryDraft;
use super::entry::{CatalogueEntry, Fact};
use super::label::Field;
use super::payload::{self, ExampleBody};
use super::status;
use super::text::{Text, span_offset};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;
use serde_json::Value;
use std::fmt::Display;

/// Everything that one reader found in one source.
#[derive(Debug, Default)]
pub(super) struct ReaderOutput {
    /// The entries in the order of the source. A code may occur several times.
    pub(super) entries: Vec<CatalogueEntry>,
    /// Facts of entries whose code is missing.
    pub(super) orphaned_facts: Vec<OrphanedFacts>,
    /// Descriptions of HTTP statuses without a code.
    pub(super) statuses: Vec<(u16, Fact<String>)>,
    /// Example bodies that have an HTTP status as their code.
    pub(super) examples_by_status: Vec<(u16, Fact<Value>)>,
    pub(super) findings: Vec<Diagnostic>,
}

/// The facts of an entry whose code is missing.
#[derive(Debug)]
pub(super) struct OrphanedFacts {
    /// Where the first fact is.
    pub(super) span: Span,
    /// The facts. Their code is empty.
    pub(super) facts: CatalogueEntry,
}

impl ReaderOutput {
    pub(super) fn with_findings(findings: Vec<Diagnostic>) -> Self {
        Self {
            findings,
            ..Self::default()
        }
    }

    /// Returns how many facts there are that belong to no entry.
    pub(super) fn other_facts(&self) -> usize {
        self.orphaned_facts.len() + self.statuses.len()
    }

    /// Reports text that looks like part of the list and was not read.
    pub(super) fn report_ignored(&mut self, span: Span, what: &str) {
        self.findings
            .push(Diagnostic::new(rules::CATALOGUE_LINE_IGNORED, span, &[&what]));
    }

    /// Reports something about one code.
    fn report_about_code(&mut self, code: &str, finding: Diagnostic) {
        self.findings.push(finding.about(code.to_owned()));
    }

    /// Reads an example body, and records facts in it that do not belong to the current entry.
    pub(super) fn read_example(&mut self, example: &Text) -> Option<ExampleBody> {
        let mut read = payload::read(example)?;
        self.findings.extend(read.finding.take());
        if let Some(status) = read.status_as_code {
            self.examples_by_status.push((status, read.body.clone()));
        }
        Some(read)
    }

    /// Adds a finished entry. A draft without a code becomes orphaned facts or the description of a status, or is dropped
    /// because it began with an ordinary heading.
    pub(super) fn add(&mut self, mut draft: EntryDraft) {
        let Some(first) = draft.codes.first().cloned() else {
            self.add_without_code(draft);
            return;
        };
        if draft.facts.statuses.is_empty() {
            draft.facts.statuses = self.statuses_from_prose(&first.value, &draft.facts);
        }
        let has_evidence = draft.is_certain
            || !draft.labels.is_empty()
            || !draft.facts.statuses.is_empty()
            || !draft.facts.payloads.is_empty()
            || !draft.facts.messages.is_empty();
        if !has_evidence {
            return;
        }
        if draft.is_guess {
            let args: &[&dyn Display] = &[&first.value];
            let finding = Diagnostic::new(rules::CATALOGUE_CODE_GUESSED, first.span, args);
            self.report_about_code(&first.value, finding);
        }
        for code in draft.codes {
            self.entries.push(CatalogueEntry {
                code,
                ..draft.facts.clone()
            });
        }
    }

    fn add_without_code(&mut self, draft: EntryDraft) {
        let EntryDraft {
            facts, mut labels, ..
        } = draft;
        let has_main_label = labels.contains(&Field::Status) || labels.contains(&Field::Message);
        labels.dedup();
        if has_main_label && labels.len() > 1 {
            self.orphaned_facts.push(OrphanedFacts {
                span: facts.code.span,
                facts,
            });
            return;
        }
        if let Some(payload) = facts.payloads.first()
            && !facts.statuses.is_empty()
            && !self.has_status_as_code(payload)
        {
            self.report_ignored(payload.span, "an example body below a status has no code");
        }
        self.statuses.extend(status_description(&facts));
    }

    fn has_status_as_code(&self, payload: &Fact<Value>) -> bool {
        self.examples_by_status
            .iter()
            .any(|(_, example)| example.span == payload.span)
    }

    /// Returns the statuses that the prose of an entry mentions, and reports them.
    fn statuses_from_prose(&mut self, code: &str, facts: &CatalogueEntry) -> Vec<Fact<u16>> {
        let statuses = statuses_in_prose(facts);
        if let Some(first) = statuses.first() {
            let numbers: Vec<String> = statuses.iter().map(|fact| fact.value.to_string()).collect();
            let args: &[&dyn Display] = &[&code, &numbers.join(", ")];
            let finding = Diagnostic::new(rules::CATALOGUE_STATUS_FROM_PROSE, first.span, args);
            self.report_about_code(code, finding);
        }
        statuses
    }

    /// Turns the statuses of a page without codes into entries, if its examples show that bodies have the status as
    /// their code.
    pub(super) fn use_statuses_as_codes(&mut self) {
        if !self.entries.is_empty() || self.examples_by_status.is_empty() {
            return;
        }
        for (status, description) in std::mem::take(&mut self.statuses) {
            if status < 400 {
                continue;
            }
            let span = description.span;
            let examples = self.examples_by_status.iter();
            let examples = examples.filter(|(code, _)| *code == status);
            self.entries.push(CatalogueEntry {
                statuses: vec![Fact { value: status, span }],
                payloads: examples.map(|(_, body)| body.clone()).collect(),
                messages: vec![description],
                ..CatalogueEntry::new(Fact {
                    value: status.to_string(),
                    span,
                })
            });
        }
    }
}

/// Returns the description of a status from a section that has a status in place of a code.
fn status_description(facts: &CatalogueEntry) -> Option<(u16, Fact<String>)> {
    let [status] = facts.statuses.as_slice() else {
        return None;
    };
    // An example without a title shows one body; it does not describe the status.
    if !facts.payloads.is_empty() && facts.title.is_none() {
        return None;
    }
    let description = facts
        .messages
        .first()
        .or(facts.explanation.as_ref())
        .or(facts.title.as_ref())?;
    let description = Fact {
        value: description.value.clone(),
        span: status.span,
    };
    Some((status.value, description))
}

/// Returns the statuses in the first text of an entry that mentions any.
fn statuses_in_prose(facts: &CatalogueEntry) -> Vec<Fact<u16>> {
    facts
        .explanation
        .iter()
        .chain(&facts.messages)
        .chain(&facts.title)
        .map(statuses_in_text)
        .find(|statuses| !statuses.is_empty())
        .unwrap_or_default()
}

fn statuses_in_text(text: &Fact<String>) -> Vec<Fact<u16>> {
    // The text is shorter than its source if white space was collapsed or entities were decoded. The place inside it is
    // unknown then.
    let is_verbatim = text.span.end.saturating_sub(text.span.start) == span_offset(text.value.len());
    let mut statuses: Vec<Fact<u16>> = Vec::new();
    for (value, range) in status::find_statuses_in_prose(&text.value) {
        if statuses.iter().any(|known| known.value == value) {
            continue;
        }
        let mut span = text.span;
        if is_verbatim {
            span.start = text.span.start + span_offset(range.start);
            span.end = text.span.start + span_offset(range.end);
        }
        statuses.push(Fact { value, span });
    }
    statuses
}
