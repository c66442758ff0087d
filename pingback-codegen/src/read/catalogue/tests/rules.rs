//! Each rule about catalogues is provoked by a small text.

use super::read_texts;
use crate::diagnostic::rules;
use std::collections::BTreeSet;

const PROVOKING_TEXTS: [(&str, &[&str]); 14] = [
    ("catalogue-empty", &["Nothing here."]),
    (
        "catalogue-statuses-only",
        &["## 400\n\nBad request.\n\n## 404\n\nNot found.\n"],
    ),
    (
        "catalogue-entry-without-code",
        &["A_B\n- Status: 400\n- Message: a\n- Status: 404\n- Message: b\n"],
    ),
    (
        "catalogue-line-joined",
        &["A_B\n- Status: 400\n- Message: a\nb\n"],
    ),
    ("catalogue-line-ignored", &["1001 a\n1002 b\nNote\n1003 c\n"]),
    (
        "catalogue-malformed-payload",
        &["## A_B\n\n```json\n{\"code\": \"A_B\",}\n```\n"],
    ),
    (
        "catalogue-conflict",
        &["A_B\n- Status: 400\n", "A_B\n- Status: 401\n"],
    ),
    (
        "catalogue-duplicate-code",
        &["## A_B\n- Status: 400\n\n## A_B\n- Status: 401\n"],
    ),
    (
        "catalogue-entry-without-status",
        &["## A_B\n- Status: 400\n\n## C_D\n\nText.\n"],
    ),
    (
        "catalogue-column-guessed",
        &["| Error code | Bedeutung |\n|--|--|\n| A_B | Etwas fehlt |\n"],
    ),
    (
        "catalogue-status-carried",
        &["| HTTP | Code | Meaning |\n|--|--|--|\n| 400 | A_B | a |\n| | C_D | b |\n"],
    ),
    (
        "catalogue-status-from-prose",
        &["## A_B\n\nReturned with HTTP 404.\n"],
    ),
    (
        "catalogue-code-guessed",
        &["## not_found\n\nStatus: 404\n\n## throttled\n\nStatus: 429\n"],
    ),
    ("catalogue-code-without-facts", &["- `A_B`\n- `C_D`\n"]),
];

#[test]
fn every_rule_is_provoked() {
    for (rule, texts) in PROVOKING_TEXTS {
        let (_, diagnostics, _) = read_texts(texts);
        let names: Vec<&str> = diagnostics.iter().map(|finding| finding.rule.name).collect();
        assert!(names.contains(&rule), "{rule}: {names:?}");
    }
    let provoked = BTreeSet::from(PROVOKING_TEXTS.map(|(rule, _)| rule));
    let rules = rules::ALL.iter().map(|rule| rule.name);
    let missing: Vec<&str> = rules
        .filter(|name| name.starts_with("catalogue-") && !provoked.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
