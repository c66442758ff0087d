//! An entry while it is being read.

use super::code::{MAX_CODES, Shape};
use super::entry::{CatalogueEntry, Fact};
use super::entry_heading::{self, EntryHeading};
use super::label::Field;
use super::status;
use super::text::{Style, Text};
use crate::source::Span;

/// The most messages that are read for one entry. No real page has as many.
const MAX_MESSAGES: usize = 500;

/// Text after a status with more words than this is an explanation of it.
const MAX_STATUS_REMARK_WORDS: usize = 2;

/// An entry that is being read.
#[derive(Debug)]
pub(super) struct EntryDraft {
    /// The rank of the block that the entry began with; see `sections`.
    pub(super) rank: u8,
    /// The codes. There are several if the page documents them together.
    pub(super) codes: Vec<Fact<String>>,
    /// Whether the codes are certainly codes.
    pub(super) is_certain: bool,
    /// Whether the code is a plain word that was taken for a code because its siblings are codes.
    pub(super) is_guess: bool,
    /// The facts. Their code is not filled in.
    pub(super) facts: CatalogueEntry,
    /// The labels that introduced facts, in order.
    pub(super) labels: Vec<Field>,
}

impl EntryDraft {
    /// Creates an entry that begins at `span`.
    pub(super) fn new(rank: u8, span: Span) -> Self {
        Self {
            rank,
            codes: Vec::new(),
            is_certain: false,
            is_guess: false,
            facts: CatalogueEntry::new(Fact {
                value: String::new(),
                span,
            }),
            labels: Vec::new(),
        }
    }

    /// Creates an entry with a code that is certainly one.
    pub(super) fn with_code(rank: u8, code: Fact<String>) -> Self {
        let span = code.span;
        Self {
            codes: vec![code],
            is_certain: true,
            ..Self::new(rank, span)
        }
    }

    /// Splits the draft into one draft for each of its codes, with the same facts.
    pub(super) fn split_by_code(self) -> Vec<Self> {
        if self.codes.len() < 2 {
            return vec![self];
        }
        let codes = self.codes.iter();
        codes
            .map(|code| Self {
                codes: vec![code.clone()],
                facts: self.facts.clone(),
                labels: self.labels.clone(),
                ..self
            })
            .collect()
    }

    /// Adds a message unless the entry has it already.
    pub(super) fn add_message(&mut self, message: Option<Fact<String>>) {
        let messages = &mut self.facts.messages;
        if let Some(message) = message
            && messages.len() < MAX_MESSAGES
            && !messages.iter().any(|known| known.value == message.value)
        {
            messages.push(message);
        }
    }

    /// Adds the statuses that the entry does not have yet.
    pub(super) fn add_statuses(&mut self, statuses: impl IntoIterator<Item = Fact<u16>>) {
        let known = &mut self.facts.statuses;
        for status in statuses {
            if !known.iter().any(|known| known.value == status.value) {
                known.push(status);
            }
        }
    }

    /// Adds a paragraph to the explanation.
    pub(super) fn add_explanation(&mut self, paragraph: Option<Fact<String>>) {
        append_paragraph(&mut self.facts.explanation, paragraph);
    }

    /// Adds a paragraph to the suggested action.
    pub(super) fn add_action(&mut self, paragraph: Option<Fact<String>>) {
        append_paragraph(&mut self.facts.suggested_action, paragraph);
    }

    /// Adds the value that a label or column introduces.
    pub(super) fn add_field(&mut self, field: Field, value: &Text) {
        match field {
            Field::Code => {
                let heading = entry_heading::parse_heading(value);
                if self.codes.is_empty() {
                    self.codes = heading.codes;
                    self.is_certain = true;
                }
                self.add_statuses(heading.statuses);
            }
            Field::Name => self.add_name(value),
            Field::Status => {
                let statuses = status::find_statuses(value);
                self.add_explanation(text_after_status(value, &statuses));
                self.add_statuses(statuses);
            }
            Field::Message => self.add_message(value.to_fact()),
            Field::Description if self.facts.messages.is_empty() => self.add_message(value.to_fact()),
            Field::Description | Field::Explanation => self.add_explanation(value.to_fact()),
            Field::Action => self.add_action(value.to_fact()),
            Field::Payload => {}
        }
    }

    /// Adds a name, which is the code on some pages and a title on others.
    fn add_name(&mut self, value: &Text) {
        let shape = Shape::of(value.as_str());
        let is_code = shape.is_some_and(|shape| shape.is_distinctive() || shape == Shape::Snake)
            || (shape.is_some() && value.is_entirely(Style::Code));
        if self.codes.is_empty() && is_code {
            self.codes.extend(value.to_fact());
            self.is_certain = true;
        } else if self.facts.title.is_none() {
            self.facts.title = value.to_fact();
        }
    }

    /// Adds the codes of a heading that directly follows the heading of the entry, if there are any and they fit.
    pub(super) fn add_codes_of_sibling(&mut self, heading: &mut EntryHeading) -> bool {
        let fits = !heading.codes.is_empty() && self.codes.len() < MAX_CODES;
        if fits {
            self.codes.append(&mut heading.codes);
        }
        fits
    }
}

fn append_paragraph(prose: &mut Option<Fact<String>>, paragraph: Option<Fact<String>>) {
    match (prose, paragraph) {
        (Some(prose), Some(paragraph)) => {
            prose.value.push('\n');
            prose.value.push_str(&paragraph.value);
            prose.span.end = prose.span.end.max(paragraph.span.end);
        }
        (empty @ None, paragraph) => *empty = paragraph,
        (Some(_), None) => {}
    }
}

/// Returns the sentence after a status: `402. The card was declined.`
fn text_after_status(value: &Text, statuses: &[Fact<u16>]) -> Option<Fact<String>> {
    let [status] = statuses else {
        return None;
    };
    let plain = value.as_str();
    let (_, range) = value
        .words()
        .find(|(_, range)| value.span(range.clone()) == status.span)?;
    let rest = plain[range.end..].strip_prefix(['.', ';', ','])?;
    if rest.split_whitespace().count() <= MAX_STATUS_REMARK_WORDS {
        return None;
    }
    value.slice(plain.len() - rest.len()..plain.len()).to_fact()
}
