//! Tests of all readers: small pages in the style of public error pages, and the catalogues that are read from them.

mod captures;
mod data;
mod forms;
mod hostile;
mod html;
mod lines;
mod markdown;
mod merge;
mod pages;
mod rules;
mod sections;
mod tables;

use super::{Catalogue, CatalogueEntry, CatalogueInput, Fact, read};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use std::fmt::Write as _;

/// Reads texts as the pages of one catalogue. The sources are named by numbers from 1.
fn read_texts(texts: &[&str]) -> (Catalogue, Diagnostics, Sources) {
    let mut sources = Sources::default();
    let inputs: Vec<_> = texts
        .iter()
        .zip(1..)
        .map(|(text, number)| CatalogueInput {
            source: sources.add(format!("{number}"), *text),
            form: None,
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    let catalogue = read(&inputs, &sources, &mut diagnostics);
    (catalogue, diagnostics, sources)
}

/// Reads texts and shows the entries, then the findings, each on one line.
fn show(texts: &[&str]) -> String {
    let (catalogue, diagnostics, sources) = read_texts(texts);
    let mut shown = String::new();
    for entry in catalogue.entries.values() {
        let _ = writeln!(shown, "{}", show_entry(entry, &sources));
    }
    for finding in &diagnostics {
        let _ = writeln!(shown, "{}", show_finding(finding, &sources));
    }
    shown
}

fn show_entry(entry: &CatalogueEntry, sources: &Sources) -> String {
    let mut parts = vec![format!(
        "{} {}",
        place(entry.code.span, sources),
        entry.code.value
    )];
    let mut show_texts = |label: &str, facts: &mut dyn Iterator<Item = &Fact<String>>| {
        parts.extend(facts.map(|fact| format!("{label} {:?}", fact.value)));
    };
    show_texts("title", &mut entry.title.iter());
    show_texts("message", &mut entry.messages.iter());
    show_texts("explanation", &mut entry.explanation.iter());
    show_texts("action", &mut entry.suggested_action.iter());
    parts.extend(
        entry
            .payloads
            .iter()
            .map(|fact| format!("example {}", fact.value)),
    );
    let statuses = entry.statuses.iter().map(|fact| fact.value.to_string());
    parts.splice(1..1, statuses);
    parts.join(" | ")
}

fn show_finding(finding: &Diagnostic, sources: &Sources) -> String {
    let span = finding.span.expect("findings of catalogues have a place");
    let mut shown = format!(
        "{} {}: {}",
        place(span, sources),
        finding.rule.name,
        finding.message
    );
    for (span, why) in &finding.related {
        let _ = write!(shown, " ({} {why})", place(*span, sources));
    }
    if finding.hint != finding.rule.hint {
        let _ = write!(shown, " -> {}", finding.hint);
    }
    shown
}

fn place(span: Span, sources: &Sources) -> String {
    let place = sources.locate(span).expect("the span is in the source");
    place.to_string()
}
