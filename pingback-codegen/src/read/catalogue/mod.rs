//! Error catalogues: one small reader for each form that such pages have, and what they all give, a
//! [`Catalogue`].

use crate::source::Span;
use indexmap::IndexMap;

/// A thing that was read, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// The thing.
    pub value: T,
    /// Where it was read.
    pub span: Span,
}

/// All that one or several sources say of an API's error codes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// By code, in the order in which the codes were first read.
    pub entries: IndexMap<String, CatalogueEntry>,
}

/// What is known of one code. Where sources agree, a fact is kept once, from the first.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// The code as it is on the wire, with the place of its first mention.
    pub code: Fact<String>,
    /// HTTP statuses it comes with.
    pub statuses: Vec<Fact<u16>>,
    /// A title beside the code, if the page gives one.
    pub title: Option<Fact<String>>,
    /// The message or messages the API sends, or the short description of a table.
    pub messages: Vec<Fact<String>>,
    /// What the page advises.
    pub suggested_action: Option<Fact<String>>,
    /// Further prose.
    pub explanation: Option<Fact<String>>,
    /// Example payloads.
    pub payloads: Vec<Fact<serde_json::Value>>,
}
