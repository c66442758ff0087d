//! The report as Markdown, for a comment on a pull request or a page for the API's owners.

use super::{Audited, severity};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use std::fmt::Write as _;

/// A heading for each severity, a section for each rule, an item for each finding.
#[must_use]
pub fn markdown(audited: &[Audited<'_>]) -> String {
    let mut text = "# Audit\n".to_owned();
    let all: Vec<_> = audited
        .iter()
        .flat_map(|one| {
            one.all()
                .into_iter()
                .map(|(finding, accepted)| (one.sources, finding, accepted))
        })
        .collect();
    if all.is_empty() {
        text.push_str("\nNothing was found.\n");
    }
    for level in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level: Vec<_> = all
            .iter()
            .filter(|(_, finding, accepted)| finding.severity == level && accepted.is_none())
            .map(|(sources, finding, _)| (*sources, *finding))
            .collect();
        if of_level.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {}s ({})", capital(severity(level)), of_level.len());
        let mut rules: Vec<&str> = Vec::new();
        for (_, finding) in &of_level {
            if !rules.contains(&finding.rule.name) {
                rules.push(finding.rule.name);
            }
        }
        for rule in rules {
            let _ = writeln!(text, "\n### `{rule}`\n");
            for (sources, finding) in of_level.iter().filter(|(_, finding)| finding.rule.name == rule) {
                item(&mut text, sources, finding, None);
            }
        }
    }
    let accepted: Vec<_> = all.iter().filter(|(.., accepted)| accepted.is_some()).collect();
    if !accepted.is_empty() {
        let _ = writeln!(text, "\n## Accepted ({})\n", accepted.len());
        for (sources, finding, reason) in accepted {
            item(&mut text, sources, finding, *reason);
        }
    }
    text
}

fn item(text: &mut String, sources: &Sources, finding: &Diagnostic, reason: Option<&str>) {
    let _ = writeln!(text, "- {}", escaped(&finding.message));
    if let Some(place) = finding.span.and_then(|span| place(sources, span)) {
        let _ = writeln!(text, "  - at {place}");
    }
    for (span, why) in &finding.related {
        if let Some(place) = place(sources, *span) {
            let _ = writeln!(text, "  - {place}: {}", escaped(why));
        }
    }
    match reason {
        Some(reason) => {
            let _ = writeln!(text, "  - accepted: {}", escaped(reason));
        }
        None => {
            let _ = writeln!(text, "  - {}", escaped(&capital(&finding.hint)));
        }
    }
}

fn place(sources: &Sources, span: Span) -> Option<String> {
    Some(format!("`{}`", sources.locate(span)?))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// One line in which nothing of a document is taken for Markdown, but for code between backticks.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut in_code = false;
    for char in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        in_code ^= char == '`';
        if !in_code && matches!(char, '<' | '>' | '*' | '_' | '[' | ']' | '\\' | '|' | '#') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}
