//! Writes the report as Markdown, for a comment on a pull request or a page for the owners of the API.

use super::{Audited, severity};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use std::fmt::Write as _;

/// A heading for each severity, a section for each rule, an item for each finding.
#[must_use]
pub fn markdown(audited: &[Audited<'_>]) -> String {
    let findings: Vec<Finding<'_>> = audited
        .iter()
        .flat_map(|one| {
            let findings = one.findings().into_iter();
            findings.map(|(diagnostic, accepted)| Finding {
                sources: one.sources,
                diagnostic,
                accepted,
            })
        })
        .collect();
    let mut text = "# Audit\n".to_owned();
    if findings.is_empty() {
        text.push_str("\nNo findings.\n");
    }
    for level in [Severity::Error, Severity::Warning, Severity::Note] {
        section(&mut text, level, &findings);
    }
    let accepted: Vec<_> = findings
        .iter()
        .filter(|finding| finding.accepted.is_some())
        .collect();
    if !accepted.is_empty() {
        let _ = writeln!(text, "\n## Accepted ({})\n", accepted.len());
        for finding in accepted {
            item(&mut text, finding);
        }
    }
    text
}

/// A finding, the texts that it points into, and why it is accepted.
struct Finding<'a> {
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
    accepted: Option<&'a str>,
}

/// Writes the findings of one severity that are not accepted, sorted by rule.
fn section(text: &mut String, level: Severity, findings: &[Finding<'_>]) {
    let findings: Vec<_> = findings
        .iter()
        .filter(|finding| finding.diagnostic.severity == level && finding.accepted.is_none())
        .collect();
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n## {}s ({})",
        capitalized(severity(level)),
        findings.len()
    );
    let mut rules: Vec<&str> = Vec::new();
    for finding in &findings {
        if !rules.contains(&finding.diagnostic.rule.name) {
            rules.push(finding.diagnostic.rule.name);
        }
    }
    for rule in rules {
        let _ = writeln!(text, "\n### `{rule}`\n");
        for finding in findings
            .iter()
            .filter(|finding| finding.diagnostic.rule.name == rule)
        {
            item(text, finding);
        }
    }
}

fn item(text: &mut String, finding: &Finding<'_>) {
    let Finding {
        sources,
        diagnostic,
        accepted,
    } = finding;
    let _ = writeln!(text, "- {}", escaped(&diagnostic.message));
    if let Some(place) = diagnostic.span.and_then(|span| place(sources, span)) {
        let _ = writeln!(text, "  - at {place}");
    }
    for (span, label) in &diagnostic.related {
        if let Some(place) = place(sources, *span) {
            let _ = writeln!(text, "  - {place}: {}", escaped(label));
        }
    }
    let _ = match accepted {
        Some(reason) => writeln!(text, "  - accepted: {}", escaped(reason)),
        None => writeln!(text, "  - {}", escaped(&capitalized(&diagnostic.hint))),
    };
}

fn place(sources: &Sources, span: Span) -> Option<String> {
    Some(format!("`{}`", sources.locate(span)?))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The text in one line. Markdown syntax from documents is escaped, except code between backticks.
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
