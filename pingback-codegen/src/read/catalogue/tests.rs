use super::*;

/// Reads texts as the sources of one list; gives the entries and the findings as short lines.
fn show(texts: &[&str]) -> (String, String) {
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
    let mut entries = String::new();
    for entry in catalogue.entries.values() {
        entries.push_str(&line(entry, &sources));
        entries.push('\n');
    }
    let mut findings = String::new();
    for finding in &diagnostics {
        let place = finding.span.and_then(|span| sources.locate(span));
        let place = place.map(|place| place.to_string()).unwrap_or_default();
        findings.push_str(&format!("{place} {}: {}\n", finding.rule.name, finding.message));
    }
    (entries, findings)
}

fn line(entry: &CatalogueEntry, sources: &Sources) -> String {
    let place = sources.locate(entry.code.span).expect("in the source");
    let mut parts = vec![format!("{}:{} {}", place.line, place.column, entry.code.value)];
    parts.extend(entry.statuses.iter().map(|fact| fact.value.to_string()));
    parts.extend(entry.title.iter().map(|fact| format!("title {:?}", fact.value)));
    parts.extend(entry.messages.iter().map(|fact| format!("says {:?}", fact.value)));
    parts.extend(
        entry
            .explanation
            .iter()
            .map(|fact| format!("since {:?}", fact.value)),
    );
    parts.extend(
        entry
            .suggested_action
            .iter()
            .map(|fact| format!("do {:?}", fact.value)),
    );
    parts.extend(entry.payloads.iter().map(|fact| format!("body {}", fact.value)));
    parts.join(" | ")
}

const FIRST: &str = include_str!("../../../../specs/pingback/errors.txt");
const SECOND: &str = include_str!("../../../../specs/pingback/errors-capture-2.txt");
const PIPEDRIVE: &str = include_str!("../../../../specs/pipedrive/errors.txt");

#[test]
fn peek() {
    for texts in [
        &[FIRST][..],
        &[SECOND],
        &[FIRST, SECOND],
        &[SECOND, FIRST],
        &[PIPEDRIVE],
    ] {
        let (entries, findings) = show(texts);
        println!("{entries}\n{findings}\n-----");
    }
}
