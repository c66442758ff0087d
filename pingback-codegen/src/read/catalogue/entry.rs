//! The result of reading error catalogues: [`Catalogue`] and its entries.

use crate::source::Span;
use indexmap::IndexMap;

/// A value and the place it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub span: Span,
}

/// Everything that one or several sources document about an API's error codes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// Entries by code, in the order in which the codes were first read.
    pub entries: IndexMap<String, CatalogueEntry>,
    /// Descriptions of HTTP statuses without a code. The first description of a status is kept.
    pub statuses: IndexMap<u16, Fact<String>>,
}

/// The documentation of one error code. A fact that several sources agree on is kept once, from the first.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// The code as the API sends it, with the place of its first mention.
    pub code: Fact<String>,
    /// HTTP statuses of the responses that carry the code.
    pub statuses: Vec<Fact<u16>>,
    /// The title beside the code, if the page has one.
    pub title: Option<Fact<String>>,
    /// The message or messages that the API sends, or the short description in a table.
    pub messages: Vec<Fact<String>>,
    /// What the page advises to do.
    pub suggested_action: Option<Fact<String>>,
    /// Further prose.
    pub explanation: Option<Fact<String>>,
    /// Example bodies.
    pub payloads: Vec<Fact<serde_json::Value>>,
}

impl CatalogueEntry {
    /// Creates an entry that has a code and no other facts.
    pub(super) fn new(code: Fact<String>) -> Self {
        Self {
            code,
            statuses: Vec::new(),
            title: None,
            messages: Vec::new(),
            suggested_action: None,
            explanation: None,
            payloads: Vec::new(),
        }
    }

    /// Returns whether the code is the only fact of the entry.
    pub(super) fn has_only_code(&self) -> bool {
        self.statuses.is_empty()
            && self.title.is_none()
            && self.messages.is_empty()
            && self.suggested_action.is_none()
            && self.explanation.is_none()
            && self.payloads.is_empty()
    }

    /// Returns whether the entry has a message, ignoring differences in white space.
    pub(super) fn has_message(&self, message: &str) -> bool {
        let message = collapse_space(message);
        self.messages
            .iter()
            .any(|known| collapse_space(&known.value) == message)
    }

    /// Adds the facts of another entry that this entry does not have.
    pub(super) fn merge(&mut self, other: Self) {
        for status in other.statuses {
            if !self.statuses.iter().any(|known| known.value == status.value) {
                self.statuses.push(status);
            }
        }
        for message in other.messages {
            if !self.has_message(&message.value) {
                self.messages.push(message);
            }
        }
        for payload in other.payloads {
            if !self.payloads.iter().any(|known| known.value == payload.value) {
                self.payloads.push(payload);
            }
        }
        self.title = self.title.take().or(other.title);
        self.suggested_action = self.suggested_action.take().or(other.suggested_action);
        self.explanation = self.explanation.take().or(other.explanation);
    }
}

/// Collapses white space, so that texts with different line breaks compare equal.
pub(super) fn collapse_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
