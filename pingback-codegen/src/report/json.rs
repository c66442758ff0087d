//! Writes the report as JSON, for other programs.

use super::{Audited, Region, severity};
use crate::source::{Sources, Span};
use serde_json::{Value, json as value};

/// One object with all findings.
#[must_use]
pub fn json(audited: &[Audited<'_>]) -> String {
    let findings: Vec<Value> = audited
        .iter()
        .flat_map(|one| one.findings().into_iter().map(move |finding| (one, finding)))
        .map(|(one, (finding, accepted))| {
            let related: Vec<Value> = finding
                .related
                .iter()
                .filter_map(|(span, why)| {
                    let mut place = place(one.sources, *span)?;
                    place["why"] = why.as_str().into();
                    Some(place)
                })
                .collect();
            value!({
                "rule": finding.rule.name,
                "severity": severity(finding.severity),
                "message": finding.message,
                "help": finding.hint,
                "about": finding.subject,
                "place": finding.span.and_then(|span| place(one.sources, span)),
                "related": related,
                "accepted": accepted,
            })
        })
        .collect();
    format!("{:#}\n", value!({ "version": 1, "findings": findings }))
}

fn place(sources: &Sources, span: Span) -> Option<Value> {
    let region = Region::new(sources, span)?;
    Some(value!({
        "file": region.file,
        "line": region.start.0,
        "column": region.start.1,
        "endLine": region.end.0,
        "endColumn": region.end.1,
    }))
}
