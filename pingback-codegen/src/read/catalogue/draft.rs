//! An entry while it is being read, and what a reader hands on: entries, and facts that lost their code.

use super::label::Field;
use super::status;
use super::text::offset;
use super::{CatalogueEntry, Fact};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;

/// The messages and codes of one entry that are read; no page has as many.
const MOST_MESSAGES: usize = 500;
pub(super) const MOST_CODES: usize = 64;

/// What one reader found in one source.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// In the order of the source; a code may occur several times.
    pub(super) entries: Vec<CatalogueEntry>,
    /// Facts of entries whose code is lost.
    pub(super) headless: Vec<Headless>,
    /// What is said of HTTP statuses apart from any code.
    pub(super) statuses: Vec<(u16, Fact<String>)>,
    /// Examples whose code is an HTTP status.
    pub(super) coded: Vec<(u16, Fact<serde_json::Value>)>,
    /// What there is to say about the source.
    pub(super) findings: Vec<Diagnostic>,
}

/// The facts of an entry whose code is lost.
#[derive(Debug)]
pub(super) struct Headless {
    /// Where its first fact stands.
    pub(super) span: Span,
    /// What is left of it; its code is empty.
    pub(super) facts: CatalogueEntry,
}

/// An entry that is being read.
#[derive(Debug)]
pub(super) struct Draft {
    /// How deep in the page it began; see `sections`.
    pub(super) rank: u8,
    /// Its code; several if the page tells them together.
    pub(super) codes: Vec<Fact<String>>,
    /// The look of the code leaves no doubt that it is one.
    pub(super) firm: bool,
    /// The code is a plain word, taken for one since its neighbours are codes.
    pub(super) guessed: bool,
    /// The facts.
    pub(super) facts: CatalogueEntry,
    /// Which facts a label announced, in order.
    pub(super) labels: Vec<Field>,
}

/// An entry that nothing is known of.
pub(super) fn blank(code: Fact<String>) -> CatalogueEntry {
    CatalogueEntry {
        code,
        statuses: Vec::new(),
        title: None,
        messages: Vec::new(),
        suggested_action: None,
        explanation: None,
        payloads: Vec::new(),
    }
}

/// Does it say anything but the code?
pub(super) fn is_bare(entry: &CatalogueEntry) -> bool {
    entry.statuses.is_empty()
        && entry.title.is_none()
        && entry.messages.is_empty()
        && entry.suggested_action.is_none()
        && entry.explanation.is_none()
        && entry.payloads.is_empty()
}

impl Draft {
    /// An entry that begins at `span`.
    pub(super) fn new(rank: u8, span: Span) -> Self {
        Self {
            rank,
            codes: Vec::new(),
            firm: false,
            guessed: false,
            facts: blank(Fact {
                value: String::new(),
                span,
            }),
            labels: Vec::new(),
        }
    }

    /// The same facts for one code.
    pub(super) fn of_code(&self, code: Fact<String>) -> Self {
        Self {
            rank: self.rank,
            codes: vec![code],
            firm: self.firm,
            guessed: self.guessed,
            facts: self.facts.clone(),
            labels: self.labels.clone(),
        }
    }

    /// Adds a message, unless it has it already.
    pub(super) fn message(&mut self, message: Option<Fact<String>>) {
        if let Some(message) = message
            && self.facts.messages.len() < MOST_MESSAGES
            && !self
                .facts
                .messages
                .iter()
                .any(|known| known.value == message.value)
        {
            self.facts.messages.push(message);
        }
    }

    /// Adds a status, unless it has it already.
    pub(super) fn statuses(&mut self, statuses: impl IntoIterator<Item = Fact<u16>>) {
        for status in statuses {
            if !self
                .facts
                .statuses
                .iter()
                .any(|known| known.value == status.value)
            {
                self.facts.statuses.push(status);
            }
        }
    }

    /// Adds prose.
    pub(super) fn explanation(&mut self, prose: Option<Fact<String>>) {
        append(&mut self.facts.explanation, prose);
    }

    /// Adds advice.
    pub(super) fn action(&mut self, prose: Option<Fact<String>>) {
        append(&mut self.facts.suggested_action, prose);
    }
}

/// Adds a paragraph to prose.
fn append(to: &mut Option<Fact<String>>, prose: Option<Fact<String>>) {
    match (to, prose) {
        (Some(fact), Some(more)) => {
            fact.value.push('\n');
            fact.value.push_str(&more.value);
            fact.span.end = fact.span.end.max(more.span.end);
        }
        (empty @ None, more) => *empty = more,
        (Some(_), None) => {}
    }
}

/// The statuses that the texts of an entry name: those of the first text that names any.
fn statuses_in_prose(facts: &CatalogueEntry) -> Vec<Fact<u16>> {
    let texts = facts
        .explanation
        .iter()
        .chain(&facts.messages)
        .chain(&facts.title);
    texts
        .map(|text| {
            // White space and entities may stand between a text and what it was read from.
            let exact = text.span.end.saturating_sub(text.span.start) == offset(text.value.len());
            let mut told: Vec<Fact<u16>> = Vec::new();
            for (value, range) in status::told(&text.value) {
                let mut span = text.span;
                if exact {
                    span.start = text.span.start + offset(range.start);
                    span.end = text.span.start + offset(range.end);
                }
                if told.iter().all(|known| known.value != value) {
                    told.push(Fact { value, span });
                }
            }
            told
        })
        .find(|told| !told.is_empty())
        .unwrap_or_default()
}

impl Reading {
    /// How much there is beside entries.
    pub(super) fn worth(&self) -> usize {
        self.headless.len() + self.statuses.len()
    }

    /// Notes what stands under a status instead of a code.
    fn note_status(&mut self, facts: &CatalogueEntry) {
        let [status] = facts.statuses.as_slice() else {
            return;
        };
        // An example that lies alone says what one body holds, not what the status means.
        if !facts.payloads.is_empty() && facts.title.is_none() {
            return;
        }
        let said = facts
            .messages
            .first()
            .or(facts.explanation.as_ref())
            .or(facts.title.as_ref());
        if let Some(said) = said {
            let said = Fact {
                value: said.value.clone(),
                span: status.span,
            };
            self.statuses.push((status.value, said));
        }
    }

    /// Makes entries of the statuses of a page that has no codes of its own, if its examples show that the bodies
    /// have the status for a code.
    pub(super) fn statuses_as_codes(&mut self) {
        if !self.entries.is_empty() || self.coded.is_empty() {
            return;
        }
        for (status, said) in std::mem::take(&mut self.statuses) {
            if status < 400 {
                continue;
            }
            let mut entry = blank(Fact {
                value: status.to_string(),
                span: said.span,
            });
            entry.statuses.push(Fact {
                value: status,
                span: said.span,
            });
            let examples = self.coded.iter().filter(|(code, _)| *code == status);
            entry.payloads = examples.map(|(_, body)| body.clone()).collect();
            entry.messages.push(said);
            self.entries.push(entry);
        }
    }

    /// Takes a finished entry in. One that has neither a code nor facts that only an entry has vanishes: it
    /// was a heading like any other.
    pub(super) fn take(&mut self, draft: Draft) {
        let Draft {
            codes,
            firm,
            guessed,
            mut facts,
            labels,
            ..
        } = draft;
        if codes.is_empty() {
            let telling = labels.contains(&Field::Status) || labels.contains(&Field::Message);
            let mut kinds = labels;
            kinds.dedup();
            if telling && kinds.len() > 1 {
                self.headless.push(Headless {
                    span: facts.code.span,
                    facts,
                });
                return;
            }
            let is_coded = |body: &Fact<_>| self.coded.iter().any(|(_, coded)| coded.span == body.span);
            if let Some(payload) = facts.payloads.first()
                && !facts.statuses.is_empty()
                && !is_coded(payload)
            {
                let what = "an example body without a code, below a status";
                self.findings.push(Diagnostic::new(
                    rules::CATALOGUE_LINE_IGNORED,
                    payload.span,
                    &[&what],
                ));
            }
            self.note_status(&facts);
            return;
        }
        let told = if facts.statuses.is_empty() {
            statuses_in_prose(&facts)
        } else {
            Vec::new()
        };
        if !told.is_empty()
            && let Some(code) = codes.first()
        {
            let numbers: Vec<String> = told.iter().map(|fact| fact.value.to_string()).collect();
            let args: &[&dyn std::fmt::Display] = &[&code.value, &numbers.join(", ")];
            self.findings.push(
                Diagnostic::new(rules::CATALOGUE_STATUS_FROM_PROSE, told[0].span, args)
                    .about(code.value.clone()),
            );
            facts.statuses = told;
        }
        let supported = !labels.is_empty() || !facts.statuses.is_empty() || !facts.payloads.is_empty();
        if !firm && !supported && facts.messages.is_empty() {
            return;
        }
        if guessed && let Some(code) = codes.first() {
            self.findings.push(
                Diagnostic::new(rules::CATALOGUE_CODE_GUESSED, code.span, &[&code.value])
                    .about(code.value.clone()),
            );
        }
        for code in codes {
            self.entries.push(CatalogueEntry {
                code,
                ..facts.clone()
            });
        }
    }
}
