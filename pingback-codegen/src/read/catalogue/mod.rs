//! Reads error catalogues: pages that list the error codes of an API. The input is the text of one or several pages in any
//! [`Form`]; the output is one [`Catalogue`]. Nothing here depends on the OpenAPI document.
//!
//! ```text
//! page, markdown, html, rst, asciidoc ──> blocks ──> sections, table ─┐
//! csv ─────────────────────────────────────────────> table ───────────┼──> ReaderOutput ──> merge ──> Catalogue
//! lines, structured ──────────────────────────────────────────────────┘
//! ```

mod asciidoc;
mod block;
mod block_builder;
mod body_members;
mod code;
mod csv;
mod detect;
mod draft;
mod entry;
mod entry_heading;
mod form;
mod html;
mod inline;
mod label;
mod lenient_json;
mod lines;
mod mapped_text;
mod markdown;
mod mdx;
mod merge;
mod orphans;
mod output;
mod page;
mod payload;
mod readme;
mod rst;
mod sections;
mod status;
mod structured;
mod table;
mod table_builder;
mod text;

#[cfg(test)]
mod tests;

pub use entry::{Catalogue, CatalogueEntry, Fact};
pub use form::{Form, UnknownForm};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::yaml;
use crate::source::{SourceId, Sources, Span};
use block::{Block, ParsedPage};
use output::ReaderOutput;
use sections::PageKind;

/// The most statuses, and the most forms, that a finding lists.
const MAX_LISTED_STATUSES: usize = 10;
const MAX_LISTED_FORMS: usize = 3;

/// One page, and its form if the form must not be detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueInput {
    /// The text.
    pub source: SourceId,
    /// The form; `None` to detect it from the text.
    pub form: Option<Form>,
}

/// Returns whether the member of a body with this name holds a suggested action, such as `suggested_action`.
#[must_use]
pub fn is_action_member(name: &str) -> bool {
    label::field_of_member(name) == Some(label::Field::Action)
}

/// Reads all pages of one catalogue. Damaged and doubtful facts and guesses are reported. A page without codes is an error,
/// or a warning if it describes HTTP statuses.
pub fn read(inputs: &[CatalogueInput], sources: &Sources, diagnostics: &mut Diagnostics) -> Catalogue {
    let mut outputs = Vec::new();
    for input in inputs {
        let page = Page {
            source: input.source,
            sources,
        };
        let forms = input
            .form
            .map_or_else(|| detect::candidates(page.text()), |form| vec![form]);
        let output = page.read_first_match(&forms);
        if output.entries.is_empty() {
            let finding = report_statuses_only(&output);
            diagnostics.push(finding.unwrap_or_else(|| report_nothing_found(input.source, &forms)));
        }
        outputs.push(output);
    }
    merge::merge_sources(outputs, diagnostics)
}

/// The text of one page.
#[derive(Clone, Copy)]
struct Page<'a> {
    source: SourceId,
    sources: &'a Sources,
}

impl<'a> Page<'a> {
    fn text(self) -> &'a str {
        self.sources.get(self.source).map_or("", |source| source.text())
    }

    /// Reads the page in the first form that yields entries. If none does, returns the output with the most other facts.
    fn read_first_match(self, forms: &[Form]) -> ReaderOutput {
        let mut best: Option<ReaderOutput> = None;
        for form in forms {
            let mut output = self.read_as(*form);
            output.use_statuses_as_codes();
            if !output.entries.is_empty() {
                let can_be_lines = *form == Form::Page && forms.contains(&Form::Lines);
                return if can_be_lines {
                    self.prefer_lines(output)
                } else {
                    output
                };
            }
            if best
                .as_ref()
                .is_none_or(|best| best.other_facts() < output.other_facts())
            {
                best = Some(output);
            }
        }
        best.unwrap_or_default()
    }

    /// Reads the page as plain lines and returns that output if it has many more entries: one line of such a page may look
    /// like a heading.
    fn prefer_lines(self, output: ReaderOutput) -> ReaderOutput {
        let lines = self.read_as(Form::Lines);
        if lines.entries.len() > 2 * output.entries.len() {
            lines
        } else {
            output
        }
    }

    fn read_as(self, form: Form) -> ReaderOutput {
        let (source, text) = (self.source, self.text());
        match form {
            Form::Page => read_blocks(PageKind::Copied, page::parse(source, text, 0..text.len())),
            Form::Markdown => read_blocks(PageKind::Marked, markdown::parse(source, text)),
            Form::Html => read_blocks(PageKind::Marked, html::parse(source, text).into()),
            Form::Rst => read_blocks(PageKind::Marked, rst::parse(source, text).into()),
            Form::Asciidoc => read_blocks(PageKind::Marked, asciidoc::parse(source, text).into()),
            Form::Csv => {
                let table = Block::Table(csv::read_table(source, text));
                read_blocks(PageKind::Marked, vec![table].into())
            }
            Form::Lines => lines::read(source, text),
            Form::Json | Form::Yaml => self.read_data(),
        }
    }

    fn read_data(self) -> ReaderOutput {
        let mut diagnostics = Diagnostics::default();
        let tree = yaml::parse(self.source, self.sources, &mut diagnostics);
        let mut output = tree.as_ref().map(structured::read).unwrap_or_default();
        output.findings.extend(diagnostics.iter().cloned());
        output
    }
}

fn read_blocks(kind: PageKind, page: ParsedPage) -> ReaderOutput {
    let mut output = ReaderOutput::with_findings(page.findings);
    sections::read(kind, &page.blocks, &mut output);
    output
}

/// Reports a page that describes HTTP statuses and has no codes.
fn report_statuses_only(output: &ReaderOutput) -> Option<Diagnostic> {
    let (_, first) = output.statuses.first()?;
    let statuses = output.statuses.iter();
    let mut numbers: Vec<String> = statuses.map(|(status, _)| status.to_string()).collect();
    numbers.dedup();
    if numbers.len() > MAX_LISTED_STATUSES {
        numbers.truncate(MAX_LISTED_STATUSES);
        numbers.push("...".to_owned());
    }
    let list = numbers.join(", ");
    Some(Diagnostic::new(
        rules::CATALOGUE_STATUSES_ONLY,
        first.span,
        &[&list],
    ))
}

fn report_nothing_found(source: SourceId, forms: &[Form]) -> Diagnostic {
    let mut expected: Vec<&str> = forms
        .iter()
        .map(|form| form.expected_content())
        .take(MAX_LISTED_FORMS)
        .collect();
    expected.dedup();
    let start = Span {
        source,
        start: 0,
        end: 0,
    };
    Diagnostic::new(rules::CATALOGUE_EMPTY, start, &[&expected.join("; ")])
}
