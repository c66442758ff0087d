//! Writes a report of findings, accepted ones included: for people ([`text`], [`markdown`]) and for programs ([`json`],
//! [`sarif`]).

mod json;
mod markdown;
mod sarif;

pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;

use crate::diagnostic::{Accepted, Diagnostic, Diagnostics, Severity, show};
use crate::generate::Generated;
use crate::source::{Sources, Span};
use std::fmt::Write as _;
use std::path::Path;

/// The findings about one API, and the texts that they point into.
#[derive(Debug, Clone, Copy)]
pub struct Audited<'a> {
    /// The findings.
    pub diagnostics: &'a Diagnostics,
    /// The texts.
    pub sources: &'a Sources,
}

impl<'a> From<&'a Generated> for Audited<'a> {
    fn from(run: &'a Generated) -> Self {
        Self {
            diagnostics: &run.diagnostics,
            sources: &run.sources,
        }
    }
}

impl<'a> Audited<'a> {
    /// All findings in the order of their places; accepted ones with the reason.
    fn findings(self) -> Vec<(&'a Diagnostic, Option<&'a str>)> {
        let open = self.diagnostics.iter().map(|finding| (finding, None));
        let accepted = self.diagnostics.accepted().iter();
        let accepted = accepted.map(|Accepted { finding, reason }| (finding, Some(reason.as_str())));
        let mut all: Vec<_> = open.chain(accepted).collect();
        all.sort_by_key(|(finding, _)| {
            (
                finding.span.is_none(),
                finding.span.map(|span| (span.source, span.start)),
            )
        });
        all
    }
}

/// The report for a terminal: each finding with its source lines.
#[must_use]
pub fn text(audited: &[Audited<'_>], style: show::Style) -> String {
    let mut text = String::new();
    for (number, one) in audited.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text.push_str(&show::text(one.diagnostics, one.sources, style));
        let accepted = one.diagnostics.accepted().len();
        if one.diagnostics.is_empty() {
            text.push_str("no findings\n");
        }
        if accepted > 0 {
            let (noun, verb) = if accepted == 1 {
                ("finding", "is")
            } else {
                ("findings", "are")
            };
            let _ = writeln!(text, "{accepted} {noun} {verb} accepted in the configuration");
        }
    }
    text
}

/// The number of findings of at least this severity, without accepted ones.
#[must_use]
pub fn count(audited: &[Audited<'_>], min: Severity) -> usize {
    let findings = audited.iter().flat_map(|one| one.diagnostics);
    findings.filter(|finding| finding.severity >= min).count()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A span as lines and columns, counted from 1; the end is exclusive.
struct Region<'s> {
    file: &'s str,
    start: (usize, usize),
    end: (usize, usize),
}

impl<'s> Region<'s> {
    fn new(sources: &'s Sources, span: Span) -> Option<Self> {
        let start = sources.locate(span)?;
        let last = Span {
            start: span.end.max(span.start),
            ..span
        };
        let end = sources
            .locate(last)
            .map_or((start.line, start.column), |end| (end.line, end.column));
        Some(Self {
            file: start.file,
            start: (start.line, start.column),
            end,
        })
    }
}

/// A path as a URI, relative if the path is.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    if Path::new(file).is_absolute() {
        format!("file://{uri}")
    } else {
        uri
    }
}
