//! Error catalogues: one small reader for each form that such pages have, and what they all give, a
//! [`Catalogue`]. Texts in, one list of codes out; knows nothing of the OpenAPI document.
//!
//! ```text
//! page, markdown, html, rst, asciidoc ──> blocks ──> sections, table ─┐
//! csv ─────────────────────────────────> table ───────────────────────┼──> readings ──> join ──> Catalogue
//! lines, structured ──────────────────────────────────────────────────┘
//! ```

mod asciidoc;
mod block;
mod code;
mod csv;
mod draft;
mod form;
mod headline;
mod html;
mod inline;
mod join;
mod label;
mod lines;
mod markdown;
mod members;
mod page;
mod payload;
mod readme;
mod rst;
mod sections;
mod status;
mod structured;
mod table;
mod text;
mod tolerant;

#[cfg(test)]
mod pages;
#[cfg(test)]
mod tests;

pub use form::{Form, UnknownForm};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::yaml;
use crate::source::{SourceId, Sources, Span};
use block::Block;
use draft::Reading;
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
    /// HTTP statuses that are explained apart from any code: what is said of each, first told first.
    pub statuses: IndexMap<u16, Fact<String>>,
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

/// One source of a list, and its form where the look of it shall not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueInput {
    /// The text.
    pub source: SourceId,
    /// Its form; `None` to tell it by its content.
    pub form: Option<Form>,
}

/// Is this what a member of a body is called that says what to do?
#[must_use]
pub fn names_action(name: &str) -> bool {
    label::member(name) == Some(label::Field::Action)
}

/// Reads all sources of one list. Whatever is damaged, doubtful or guessed is reported; a source in which
/// nothing is found is an error.
pub fn read(inputs: &[CatalogueInput], sources: &Sources, diagnostics: &mut Diagnostics) -> Catalogue {
    let mut readings = Vec::new();
    for input in inputs {
        let text = sources.get(input.source).map_or("", |source| source.text());
        let forms = input
            .form
            .map_or_else(|| form::candidates(text), |form| vec![form]);
        let mut best: Option<Reading> = None;
        for form in &forms {
            let mut reading = read_as(*form, input.source, sources);
            reading.statuses_as_codes();
            if !reading.entries.is_empty() {
                // A page of plain lines may hold one that looks like a heading.
                let lines = (*form == Form::Page && forms.contains(&Form::Lines))
                    .then(|| read_as(Form::Lines, input.source, sources))
                    .filter(|lines| lines.entries.len() > 2 * reading.entries.len());
                best = Some(lines.unwrap_or(reading));
                break;
            }
            // What has lost its code is still worth telling if no form gives an entry.
            if best.as_ref().is_none_or(|best| best.worth() < reading.worth()) {
                best = Some(reading);
            }
        }
        let reading = best.unwrap_or_default();
        if reading.entries.is_empty() {
            diagnostics.push(statuses_only(&reading).unwrap_or_else(|| nothing_found(input.source, &forms)));
        }
        readings.push(reading);
    }
    join::join(readings, diagnostics)
}

fn read_as(form: Form, source: SourceId, sources: &Sources) -> Reading {
    let mut reading = Reading::default();
    let text = sources.get(source).map_or("", |source| source.text());
    let is_copied = form == Form::Page;
    let blocks = match form {
        Form::Page => page::blocks(source, text, 0..text.len(), &mut reading),
        Form::Markdown => markdown::blocks(source, text, &mut reading),
        Form::Html => html::blocks(source, text),
        Form::Rst => rst::blocks(source, text),
        Form::Asciidoc => asciidoc::blocks(source, text),
        Form::Csv => vec![Block::Table(csv::table(source, text))],
        Form::Lines => {
            lines::read(source, text, &mut reading);
            return reading;
        }
        Form::Json | Form::Yaml => {
            let mut findings = Diagnostics::default();
            if let Some(tree) = yaml::parse(source, sources, &mut findings) {
                structured::read(&tree, &mut reading);
            }
            reading.findings.extend(findings.iter().cloned());
            return reading;
        }
    };
    sections::read(sections::Page { is_copied }, &blocks, &mut reading);
    reading
}

/// The finding about a list that tells of HTTP statuses and nothing else, at the first of them.
fn statuses_only(reading: &Reading) -> Option<Diagnostic> {
    let (_, first) = reading.statuses.first()?;
    let mut numbers: Vec<String> = reading
        .statuses
        .iter()
        .map(|(status, _)| status.to_string())
        .collect();
    numbers.dedup();
    if numbers.len() > MOST_STATUSES {
        numbers.truncate(MOST_STATUSES);
        numbers.push("...".to_owned());
    }
    let args: &[&dyn std::fmt::Display] = &[&numbers.join(", ")];
    Some(Diagnostic::new(rules::CATALOGUE_STATUSES_ONLY, first.span, args))
}

/// As many statuses, and forms, are named in a finding.
const MOST_STATUSES: usize = 10;
const MOST_FORMS: usize = 3;

fn nothing_found(source: SourceId, forms: &[Form]) -> Diagnostic {
    let mut looked: Vec<&str> = forms
        .iter()
        .map(|form| form.looks_for())
        .take(MOST_FORMS)
        .collect();
    looked.dedup();
    let start = Span {
        source,
        start: 0,
        end: 0,
    };
    Diagnostic::new(rules::CATALOGUE_EMPTY, start, &[&looked.join("; ")])
}
