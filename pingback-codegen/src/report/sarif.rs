//! Writes the report as SARIF 2.1.0 (OASIS), which code hosts show in pull requests.

use super::{Audited, Region, severity, uri};
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::source::{Sources, Span};
use serde_json::{Value, json};

/// One log with one run.
#[must_use]
pub fn sarif(audited: &[Audited<'_>]) -> String {
    let all: Vec<_> = audited
        .iter()
        .flat_map(|one| {
            one.findings()
                .into_iter()
                .map(|(finding, accepted)| (one.sources, finding, accepted))
        })
        .collect();
    // Only rules with findings, in the order of the table of rules.
    let used: Vec<&Rule> = rules::ALL
        .iter()
        .copied()
        .filter(|rule| all.iter().any(|(_, finding, _)| finding.rule == *rule))
        .collect();
    let results: Vec<Value> = all
        .iter()
        .map(|(sources, finding, accepted)| result(sources, finding, *accepted, &used))
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": used.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.message.replace("{}", "…") },
        "help": { "text": rule.hint },
        "defaultConfiguration": { "level": severity(rule.severity) },
    })
}

fn result(sources: &Sources, finding: &Diagnostic, accepted: Option<&str>, used: &[&Rule]) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.name,
        "level": severity(finding.severity),
        "message": { "text": format!("{}\n{}", finding.message, finding.hint) },
    });
    if let Some(index) = used.iter().position(|rule| *rule == finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if let Some(location) = finding.span.and_then(|span| location(sources, span)) {
        result["locations"] = json!([location]);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .filter_map(|(id, (span, why))| {
            let mut location = location(sources, *span)?;
            location["id"] = id.into();
            location["message"] = json!({ "text": why });
            Some(location)
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    // Code hosts recognize a finding by this when its line changes.
    if let Some(subject) = &finding.subject {
        result["partialFingerprints"] =
            json!({ "subject/v1": format!("{}:{subject}:{}", finding.rule.name, finding.message) });
    }
    if let Some(reason) = accepted {
        result["suppressions"] =
            json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
    }
    result
}

fn location(sources: &Sources, span: Span) -> Option<Value> {
    let region = Region::new(sources, span)?;
    Some(json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(region.file) },
            "region": {
                "startLine": region.start.0,
                "startColumn": region.start.1,
                "endLine": region.end.0,
                "endColumn": region.end.1,
            },
        },
    }))
}
