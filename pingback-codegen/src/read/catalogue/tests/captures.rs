//! Pages of real APIs, as they were captured: all entries are read, and lost codes are reported.

use super::read_texts;
use crate::diagnostic::rules;
use crate::read::catalogue::Fact;

const FIRST: &str = include_str!("../../../../../specs/pingback/errors.txt");
const SECOND: &str = include_str!("../../../../../specs/pingback/errors-capture-2.txt");
const PIPEDRIVE: &str = include_str!("../../../../../specs/pipedrive/errors.txt");
const ZINGLE: &str = include_str!("../../../../../specs/zingle/error-codes.md");

#[test]
fn reads_all_entries_of_the_first_capture() {
    let (catalogue, diagnostics, _) = read_texts(&[FIRST]);
    assert!(diagnostics.is_empty());
    assert_eq!(catalogue.entries.len(), 13);
    for entry in catalogue.entries.values() {
        assert_eq!(entry.statuses.len(), 1, "{}", entry.code.value);
        assert!(entry.suggested_action.is_some(), "{}", entry.code.value);
    }
    let messages = &catalogue.entries["INVALID_PARAMS"].messages;
    let messages: Vec<&str> = messages.iter().map(|fact| fact.value.as_str()).collect();
    assert_eq!(
        messages,
        [
            "DEAL_ID_IS_NECESSARY",
            "CONTACT_EMAIL_IS_NECESSARY",
            "EMAIL_IS_NECESSARY"
        ]
    );
}

#[test]
fn reports_the_four_lost_codes_of_the_second_capture() {
    let (catalogue, diagnostics, sources) = read_texts(&[SECOND]);
    assert_eq!(catalogue.entries.len(), 9);
    let places: Vec<String> = diagnostics
        .iter()
        .map(|finding| {
            let place = sources.locate(finding.span.expect("a place")).expect("a place");
            format!("{} {}", place.line, finding.rule.name)
        })
        .collect();
    insta::assert_snapshot!(places.join("\n"), @r"
    38 catalogue-line-joined
    11 catalogue-entry-without-code
    30 catalogue-entry-without-code
    33 catalogue-entry-without-code
    36 catalogue-entry-without-code
    ");
}

#[test]
fn finds_the_lost_codes_in_the_other_capture() {
    for texts in [[FIRST, SECOND], [SECOND, FIRST]] {
        let (read, diagnostics, _) = read_texts(&texts);
        let (first, _, _) = read_texts(&[FIRST]);
        assert_eq!(read.entries.len(), 13);
        for (code, entry) in &read.entries {
            let expected = &first.entries[code];
            let values =
                |facts: &[Fact<String>]| facts.iter().map(|fact| fact.value.clone()).collect::<Vec<_>>();
            assert_eq!(values(&entry.messages), values(&expected.messages));
            assert_eq!(entry.statuses.len(), 1);
        }
        let hints: Vec<&str> = diagnostics
            .iter()
            .filter(|finding| finding.rule == rules::CATALOGUE_ENTRY_WITHOUT_CODE)
            .map(|finding| finding.related[0].1.as_str())
            .collect();
        assert_eq!(
            hints,
            [
                "`CONTACT_NOT_FOUND`",
                "`CONTACT_ALREADY_EXISTS`",
                "`CONTACT_ASSOCIATED_WITH_A_DEAL`",
                "`INVALID_INPUT`"
            ]
        );
        assert_eq!(diagnostics.len(), 5);
    }
}

#[test]
fn reads_malformed_payloads() {
    let (catalogue, diagnostics, sources) = read_texts(&[PIPEDRIVE]);
    let read: Vec<String> = catalogue
        .entries
        .values()
        .map(|entry| {
            assert!(entry.messages.is_empty() && entry.explanation.is_some());
            let title = entry.title.as_ref().map_or("", |title| &title.value);
            format!(
                "{} {} {title} {}",
                entry.code.value,
                entry.statuses[0].value,
                entry.payloads.len()
            )
        })
        .collect();
    insta::assert_snapshot!(read.join("\n"), @r"
    INVALID_BODY 400 Bad request 1
    UNAUTHORIZED 401 Unauthorized 1
    ACCOUNT_SUSPENDED 401 Unauthorized 1
    NOT_FOUND 404 Not found 1
    RATE_LIMIT_EXCEEDED 429 Rate limit exceeded 1
    FORBIDDEN 403 Forbidden 1
    ");
    let payload = &catalogue.entries["RATE_LIMIT_EXCEEDED"].payloads[0].value;
    assert_eq!(payload["data"]["retry_by"], "2021-11-26T13:42:17.191Z");
    let names: Vec<&str> = diagnostics.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["catalogue-malformed-payload", "catalogue-line-ignored"]);
    let finding = diagnostics.iter().next().expect("a finding");
    assert_eq!(
        sources
            .locate(finding.span.expect("a place"))
            .expect("a place")
            .line,
        44
    );
}

#[test]
fn reads_every_cell_of_a_long_table() {
    let (catalogue, diagnostics, _) = read_texts(&[ZINGLE]);
    assert!(diagnostics.is_empty());
    assert_eq!(catalogue.entries.len(), 201);
    for row in ZINGLE.lines().filter(|line| line.starts_with("| ")).skip(2) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, code, message, explanation, _] = cells.as_slice() else {
            unreachable!("the table has three columns: {row}");
        };
        let entry = &catalogue.entries[*code];
        assert_eq!(entry.messages[0].value, *message);
        let read = entry.explanation.as_ref().map(|fact| fact.value.as_str());
        assert_eq!(read.unwrap_or_default(), *explanation);
    }
}

/// The page is in the repository without the markup around its table. Its words must stay those of the published page.
#[test]
fn the_long_table_has_the_words_of_the_published_page() {
    let rows = ZINGLE.lines().filter(|line| line.starts_with("| ")).skip(2);
    let words: Vec<&str> = rows
        .flat_map(str::split_whitespace)
        .filter(|word| *word != "|")
        .collect();
    // FNV-1a with 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.join(" ").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    assert_eq!((words.len(), hash), (1749, 0x3665_47e4_644d_26e9));
}

#[test]
fn reads_a_table_that_lost_its_columns() {
    let list: String = ZINGLE
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>().join(" ") + "\n")
        .collect();
    let page = format!("206 lines (205 loc) · 11.8 KB\n\nFile metadata and controls\n\n{list}");
    let (read, _, _) = read_texts(&[&page]);
    assert_eq!(read.entries.len(), 201);
    assert_eq!(
        read.entries["2608"].messages[0].value,
        "Unknown two-character country code"
    );
}

#[test]
fn gives_each_fact_its_place_in_the_source() {
    for text in [FIRST, SECOND, PIPEDRIVE, ZINGLE] {
        let (catalogue, _, sources) = read_texts(&[text]);
        for entry in catalogue.entries.values() {
            assert_eq!(sources.text(entry.code.span), entry.code.value);
            for message in &entry.messages {
                let there = sources.text(message.span).split_whitespace().collect::<Vec<_>>();
                assert_eq!(there.join(" "), message.value);
            }
        }
    }
}
