//! One small page for each form and each way of being damaged, written in the manner of public error pages.

use super::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Reads texts as the sources of one list, numbered from 1; entries first, then findings, a line each.
pub(super) fn show(texts: &[&str]) -> String {
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
    let mut shown = String::new();
    for entry in catalogue.entries.values() {
        let _ = writeln!(shown, "{}", line(entry, &sources));
    }
    for finding in &diagnostics {
        let place = finding
            .span
            .and_then(|span| sources.locate(span))
            .expect("a place");
        let _ = write!(shown, "{place} {}: {}", finding.rule.name, finding.message);
        for (span, why) in &finding.related {
            let _ = write!(shown, " ({} {why})", sources.locate(*span).expect("a place"));
        }
        if finding.hint != finding.rule.hint {
            let _ = write!(shown, " -> {}", finding.hint);
        }
        shown.push('\n');
    }
    shown
}

fn line(entry: &CatalogueEntry, sources: &Sources) -> String {
    let place = sources.locate(entry.code.span).expect("in the source");
    let mut parts = vec![format!("{place} {}", entry.code.value)];
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
const ZINGLE: &str = include_str!("../../../../specs/zingle/error-codes.md");

fn catalogue(texts: &[&str]) -> (Catalogue, Diagnostics, Sources) {
    let mut sources = Sources::default();
    let inputs: Vec<_> = texts
        .iter()
        .map(|text| CatalogueInput {
            source: sources.add("x", *text),
            form: None,
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    let catalogue = read(&inputs, &sources, &mut diagnostics);
    (catalogue, diagnostics, sources)
}

#[test]
fn the_first_capture_is_whole() {
    let (catalogue, diagnostics, _) = catalogue(&[FIRST]);
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
fn the_second_capture_alone_lacks_four_entries_and_says_where() {
    let (catalogue, diagnostics, sources) = catalogue(&[SECOND]);
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
fn both_captures_give_all_entries_and_name_the_lost_codes() {
    for texts in [[FIRST, SECOND], [SECOND, FIRST]] {
        let (read, diagnostics, _) = catalogue(&texts);
        let (first, _, _) = catalogue(&[FIRST]);
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
fn pipedrives_payloads_are_read_though_one_is_malformed() {
    let (catalogue, diagnostics, sources) = catalogue(&[PIPEDRIVE]);
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
fn zingles_table_keeps_every_word_of_the_page() {
    let (catalogue, diagnostics, _) = catalogue(&[ZINGLE]);
    assert!(diagnostics.is_empty());
    assert_eq!(catalogue.entries.len(), 201);
    let explained = catalogue
        .entries
        .values()
        .filter(|entry| entry.explanation.is_some());
    assert_eq!(explained.count(), 12);
    // The words of the page's own list, in order, without the borders of the table: FNV-1a, 64 bits.
    let rows = ZINGLE.lines().filter(|line| line.starts_with("| ")).skip(2);
    let words: Vec<&str> = rows
        .flat_map(str::split_whitespace)
        .filter(|word| *word != "|")
        .collect();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.join(" ").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    assert_eq!((words.len(), hash), (1749, 0x3665_47e4_644d_26e9));
}

#[test]
fn a_table_that_lost_its_columns_in_copying_still_reads() {
    let list: String = ZINGLE
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>().join(" ") + "\n")
        .collect();
    let page = format!("206 lines (205 loc) · 11.8 KB\n\nFile metadata and controls\n\n{list}");
    let (read, _, _) = catalogue(&[&page]);
    assert_eq!(read.entries.len(), 201);
    assert_eq!(
        read.entries["2608"].messages[0].value,
        "Unknown two-character country code"
    );
}

#[test]
fn a_form_has_a_name_and_can_be_chosen() {
    for form in Form::ALL {
        assert_eq!(form.as_str().parse(), Ok(form));
    }
    assert!("prose".parse::<Form>().is_err());
    let mut sources = Sources::default();
    let source = sources.add("x", "1001 a\n1002 b\n1003 c\n");
    let mut diagnostics = Diagnostics::default();
    let form = Some(Form::Html);
    let read = read(&[CatalogueInput { source, form }], &sources, &mut diagnostics);
    assert!(read.entries.is_empty() && diagnostics.has_errors());
}

#[test]
fn every_fact_stands_where_its_span_says() {
    for text in [FIRST, SECOND, PIPEDRIVE, ZINGLE] {
        let (catalogue, _, sources) = catalogue(&[text]);
        for entry in catalogue.entries.values() {
            assert_eq!(sources.text(entry.code.span), entry.code.value);
            for message in &entry.messages {
                let there = sources.text(message.span).split_whitespace().collect::<Vec<_>>();
                assert_eq!(there.join(" "), message.value);
            }
        }
    }
}

#[test]
fn every_rule_of_catalogues_is_provoked_here() {
    let here = concat!(include_str!("tests.rs"), include_str!("pages.rs"));
    let missing: BTreeSet<&str> = rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|name| name.starts_with("catalogue-") && !here.contains(&format!("{name}: ")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_table_of_statuses_codes_and_meanings() {
    let read = show(&["# Errors

| HTTP | Code | Meaning |
| --- | --- | --- |
| 400 | `invalid_request` | The request is *malformed*. |
| 401 | `unauthorized` | No valid key.<br>Get one. |
| | `expired_key` | Renew &amp; retry, see [keys](#k). |
"]);
    insta::assert_snapshot!(read, @r#"
    1:5:10 invalid_request | 400 | says "The request is malformed."
    1:6:10 unauthorized | 401 | says "No valid key. Get one."
    1:7:6 expired_key | 401 | says "Renew & retry, see keys."
    1:7:6 catalogue-status-carried: the row of `expired_key` has no status; it gets the status of the rows above, 401 (1:6:3 the status of the rows above)
    "#);
}

#[test]
fn a_table_whose_names_are_classes() {
    let read = show(&["## Error types

| Error | Description |
|---|---|
| InvalidParameterValue | A value is bad |
| AccessDenied | You may not |
"]);
    insta::assert_snapshot!(read, @r#"
    1:5:3 InvalidParameterValue | says "A value is bad"
    1:6:3 AccessDenied | says "You may not"
    "#);
}

#[test]
fn rows_with_several_codes() {
    let read = show(&["| Status code | Error code | Message | Resolution |
|--|--|--|--|
| 400 | E1001, E1002 | Bad | Fix |
| 404 | E1003<br>E1004 | First<br>Second | - |
| 500 Internal Server Error | N/A | Oops | Retry |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:9 E1001 | 400 | says "Bad" | do "Fix"
    1:3:16 E1002 | 400 | says "Bad" | do "Fix"
    1:4:9 E1003 | 404 | says "First"
    1:4:18 E1004 | 404 | says "Second"
    "#);
}

#[test]
fn a_column_that_counts_codes_beside_text() {
    let read = show(&["| Code | Text | Description |
|--|--|--|
| 3 | Invalid coordinates. | x |
| 215 | Bad auth | y |
| 404 | Gone | z |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 3 | says "Invalid coordinates." | since "x"
    1:4:3 215 | says "Bad auth" | since "y"
    1:5:3 404 | says "Gone" | since "z"
    "#);
}

#[test]
fn negative_codes() {
    let read = show(&["| Code | Message | Meaning |
|--|--|--|
| -32700 | Parse error | Invalid JSON |
| -32600 | Invalid Request | bad |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 -32700 | says "Parse error" | since "Invalid JSON"
    1:4:3 -32600 | says "Invalid Request" | since "bad"
    "#);
}

#[test]
fn rows_that_open_a_section() {
    let read = show(&["| Error code | Description |
|--|--|
| **400 Bad Request** | |
| `a_b` | x |
| **404 Not Found** | |
| `c_d` | y |
"]);
    insta::assert_snapshot!(read, @r#"
    1:4:4 a_b | 400 | says "x"
    1:6:4 c_d | 404 | says "y"
    "#);
}

#[test]
fn a_table_of_parameters_is_none_of_codes() {
    let read = show(&["## Parameters

| Name | Type | Required | Description |
|--|--|--|--|
| `user_id` | string | yes | the id |

## Errors

| Type | Description |
|--|--|
| `api_error` | Ours |
"]);
    insta::assert_snapshot!(read, @r#"1:11:4 api_error | says "Ours""#);
}

#[test]
fn tables_of_facts_below_a_code() {
    let read = show(&["## BAD_PET

| Field | Value |
|--|--|
| Status | 400 |
| Message | Bad pet |

## WORSE_PET (404)

| Cause | Solution |
|--|--|
| It is ill | Feed it |
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:4 BAD_PET | 400 | says "Bad pet"
    1:8:4 WORSE_PET | 404 | since "It is ill" | do "Feed it"
    "#);
}

#[test]
fn a_column_without_a_telling_name() {
    let read = show(&["| Error code | Bedeutung | Seit |
|--|--|--|
| A_B | Etwas fehlt | 1.0 |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 A_B | says "Etwas fehlt"
    1:1:16 catalogue-column-guessed: the column `Bedeutung` is read as the description of the codes
    1:1:28 catalogue-line-ignored: this line is ignored: the column `Seit`, whose name says nothing
    "#);
}

#[test]
fn a_row_that_lost_its_code() {
    let read = show(&["| Code | Status | Message |
|--|--|--|
| A_B | 400 | a |
| | 404 | c |
| see below | 409 | d |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 A_B | 400 | says "a"
    1:5:3 catalogue-line-ignored: this line is ignored: `see below` is no code
    1:4:5 catalogue-entry-without-code: an entry has no code: status 404, “c”; it is ignored
    "#);
}

#[test]
fn headings_with_bold_labels() {
    let read = show(&["---
title: Errors
---
import X from 'y'

# Errors

Intro.

## `card_declined`

**Status:** 402
**Message:** The card was declined.

The bank said no.

### How to fix

Use another card.

## INVALID_KEY (401)

The key is invalid.

- **Resolution**: Use
  another.
"]);
    insta::assert_snapshot!(read, @r#"
    1:10:5 card_declined | 402 | says "The card was declined." | since "The bank said no." | do "Use another card."
    1:21:4 INVALID_KEY | 401 | since "The key is invalid." | do "Use another."
    "#);
}

#[test]
fn a_heading_in_words_and_a_code_below() {
    let read = show(&[r#"### Invalid API key

- Code: `invalid_api_key`
- Status: 401
- Message: "Invalid key"

### Not found

- Code: `not_found`
- Status: 404
"#]);
    insta::assert_snapshot!(read, @r#"
    1:3:10 invalid_api_key | 401 | title "Invalid API key" | says "Invalid key"
    1:9:10 not_found | 404 | title "Not found"
    "#);
}

#[test]
fn numbered_headings() {
    let read = show(&["# Error codes

### 1001: Invalid key

The key is invalid.

### Error 1002 - Missing key

The key is missing.

## 2024

A year.
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:5 1001 | title "Invalid key" | since "The key is invalid."
    1:7:11 1002 | title "Missing key" | since "The key is missing."
    "#);
}

#[test]
fn nested_bullets_under_statuses() {
    let read = show(&["# Error codes

- **400 Bad Request**
  - `MISSING_NAME` – name is missing
  - `MISSING_AGE` – age is missing
- **404 Not Found**
  - `NO_USER`: no such user
"]);
    insta::assert_snapshot!(read, @r#"
    1:4:6 MISSING_NAME | 400 | says "name is missing"
    1:5:6 MISSING_AGE | 400 | says "age is missing"
    1:7:6 NO_USER | 404 | says "no such user"
    "#);
}

#[test]
fn docusaurus_with_badges() {
    let read = show(&[r#"import Badge from '@site/src/Badge';

export const x = 1;

# Error reference

{/* a comment */}

## TOKEN_EXPIRED <Badge text="401" />

The token has expired.

:::tip
Refresh it.
:::

## QUOTA_EXCEEDED <Badge type="danger">429</Badge> {#quota}

You sent too much.
"#]);
    insta::assert_snapshot!(read, @r#"
    1:9:4 TOKEN_EXPIRED | 401 | since "The token has expired.\nRefresh it."
    1:17:4 QUOTA_EXCEEDED | 429 | since "You sent too much."
    "#);
}

#[test]
fn mintlify_accordions() {
    let read = show(&[r#"<AccordionGroup>
  <Accordion title="invalid_api_key">
    **Status:** 401

    The key is wrong.

    **Solution:** check it.
  </Accordion>
  <Accordion title="RATE_LIMITED" icon="x">
    - Status: 429
    - Message: Slow down.
  </Accordion>
</AccordionGroup>

The end.
"#]);
    insta::assert_snapshot!(read, @r#"
    1:2:21 invalid_api_key | 401 | since "The key is wrong." | do "check it."
    1:9:21 RATE_LIMITED | 429 | says "Slow down."
    "#);
}

#[test]
fn details_with_summaries() {
    let read = show(&["# Errors

<details>
<summary><code>FOO_BAR</code></summary>

Status: 400

Message: foo

</details>

<details><summary>BAZ_QUX</summary><p>Status: 404</p></details>
"]);
    insta::assert_snapshot!(read, @r#"
    1:4:16 FOO_BAR | 400 | says "foo"
    1:12:19 BAZ_QUX | 404
    "#);
}

#[test]
fn html_tables_within_markdown() {
    let read = show(&["# Errors

<table>
<tr><th>Code</th><th>Status</th><th>Message</th></tr>

<tr><td>AAA_BBB</td><td>400</td><td>aaa</td></tr>
</table>
"]);
    insta::assert_snapshot!(read, @r#"1:6:9 AAA_BBB | 400 | says "aaa""#);
}

#[test]
fn examples_under_statuses() {
    let read = show(&[r#"# Errors

## 401 Unauthorized

No key.

```json
{
  "error": {
    "code": "no_key",
    "message": "Give a key",
  }
}
```

```json
{"error": {"code": "bad_key", "message": "string"}}
```

## Missing

```
HTTP/1.1 404 Not Found

{"error": {"code": "not_found"}}
```
"#]);
    insta::assert_snapshot!(read, @r#"
    1:10:14 no_key | 401 | title "Unauthorized" | says "Give a key" | since "No key." | body {"error":{"code":"no_key","message":"Give a key"}}
    1:17:21 bad_key | 401 | title "Unauthorized" | body {"error":{"code":"bad_key","message":"string"}}
    1:25:21 not_found | 404 | title "Missing" | body {"error":{"code":"not_found"}}
    1:11:28 catalogue-malformed-payload: this example is not valid JSON: a comma too many; it is read as if it were corrected
    "#);
}

#[test]
fn a_definition_list() {
    let read = show(&[
        "<!DOCTYPE html><title>Errors</title><style>p{}</style><h1>Error codes</h1><dl><dt><code>NoSuchKey</code></dt><dd>The key doesn&rsquo;t exist.</dd><dt>ACCESS_DENIED<dd>You may not.</dl>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:89 NoSuchKey | says "The key doesn’t exist."
    1:1:151 ACCESS_DENIED | says "You may not."
    "#);
}

#[test]
fn an_html_table_with_open_tags_and_spans() {
    let read = show(&[
        "<table><tr><th>HTTP status<th>Error code<th>Description<tr><td rowspan=2>400 Bad Request<td><code>BAD_NAME</code><td>Name is <b>bad</b><tr><td><code>BAD_AGE</code><td>Age is bad<tr><td>404<td><a href='#x'><code>NO_PET</code></a><td>No pet</table>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:99 BAD_NAME | 400 | says "Name is bad"
    1:1:150 BAD_AGE | 400 | says "Age is bad"
    1:1:212 NO_PET | 404 | says "No pet"
    "#);
}

#[test]
fn html_headings_and_lists() {
    let read = show(&[
        "<div><h2>Errors</h2><h3 id=x>PAYMENT_FAILED<a href=#x>#</a></h3><ul><li><strong>Status:</strong> 402<li><strong>Message:</strong> Payment failed<li>Suggested action: Try again.</ul><h3>CARD_EXPIRED</h3><p>The card is expired.</p><pre><code>{ &quot;code&quot;: &quot;CARD_EXPIRED&quot;, &quot;message&quot;: &quot;Expired&quot;, &quot;status&quot;: 402 }</code></pre></div>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:30 PAYMENT_FAILED | 402 | says "Payment failed" | do "Try again."
    1:1:186 CARD_EXPIRED | 402 | says "Expired" | since "The card is expired." | body {"code":"CARD_EXPIRED","message":"Expired","status":402}
    "#);
}

#[test]
fn plain_lines() {
    let read = show(&["Errors
1001 Bad thing
1002 Worse thing
Note this
1003 The worst
of all things

Version
2024 by us
"]);
    insta::assert_snapshot!(read, @r#"
    1:2:1 1001 | says "Bad thing"
    1:3:1 1002 | says "Worse thing"
    1:5:1 1003 | says "The worst of all things"
    1:4:1 catalogue-line-ignored: this line is ignored: `Note this` begins with no code
    1:6:1 catalogue-line-joined: `of all things` is read as the continuation of the line above (1:5:6 this line was not finished)
    1:9:1 catalogue-line-ignored: this line is ignored: `2024` stands apart from any list
    "#);
}

#[test]
fn plain_lines_with_names() {
    let read = show(&["E_FOO: foo happened
E_BAR: bar happened
401 E_BAZ baz
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 E_FOO | says "foo happened"
    1:2:1 E_BAR | says "bar happened"
    1:3:5 E_BAZ | 401 | says "baz"
    1:1:1 catalogue-entry-without-status: `E_FOO` has no HTTP status, while other entries of the list have one
    1:2:1 catalogue-entry-without-status: `E_BAR` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn rows_of_values() {
    let read = show(&[r#"code;status;message
FOO_BAR;400;"Foo; ""bar"""
BAR_BAZ;404;Baz
"#]);
    insta::assert_snapshot!(read, @r#"
    1:2:1 FOO_BAR | 400 | says "Foo; \"bar\""
    1:3:1 BAR_BAZ | 404 | says "Baz"
    "#);
}

#[test]
fn data_as_a_sequence() {
    let read = show(&["errors:
  - code: MISSING_BODY
    status: 400
    messages: [a, b]
    suggestedAction: do
  - code: 1002
    http_status: [401, 403]
    description: x
"]);
    insta::assert_snapshot!(read, @r#"
    1:2:11 MISSING_BODY | 400 | says "a" | says "b" | do "do"
    1:6:11 1002 | 401 | 403 | says "x"
    "#);
}

#[test]
fn data_by_code() {
    let read = show(&["MISSING_BODY: Body is necessary.
FORBIDDEN_X: { status: 403, message: 'No.' }
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 MISSING_BODY | says "Body is necessary."
    1:2:1 FORBIDDEN_X | 403 | says "No."
    1:1:1 catalogue-entry-without-status: `MISSING_BODY` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn data_by_status() {
    let read = show(&[
        r#"{"errors": {"404": [{"code": "a.b", "message": "m"}], "400": {"bad_x": {"message": "y", "payload": {"a": 1}}}}}"#,
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:30 a.b | 404 | says "m"
    1:1:63 bad_x | 400 | says "y" | body {"a":1}
    "#);
}

#[test]
fn carriage_returns_and_invisible_characters() {
    let read = show(&[
        "FOO_\u{200b}BAR\r\n\u{a0}\u{a0}• Status:\u{a0}400\r\n\u{a0}\u{a0}• Message: Foo\u{a0}bar.\r\n\r\nBAR_BAZ\r\n• Status: 404\r\n• Message: Bar.\r\n",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 FOO_BAR | 400 | says "Foo bar."
    1:5:1 BAR_BAZ | 404 | says "Bar."
    "#);
}

#[test]
fn a_code_told_twice() {
    let read = show(&["## A_B
- Status: 400
- Message: x

## A_B
- Status: 401
- Message: y

## C_D

no status, but prose
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:4 A_B | 400 | 401 | says "x" | says "y"
    1:9:4 C_D | since "no status, but prose"
    1:5:4 catalogue-duplicate-code: `A_B` is listed more than once; the entries are merged (1:1:4 listed first here)
    1:9:4 catalogue-entry-without-status: `C_D` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn a_table_of_contents_is_no_repetition() {
    let read = show(&["- `A_B`
- `C_D`

## A_B
- Status: 400
"]);
    insta::assert_snapshot!(read, @"
    1:4:4 A_B | 400
    1:2:4 C_D
    1:2:4 catalogue-code-without-facts: the list gives only the name of `C_D`
    ");
}

#[test]
fn sources_that_differ() {
    let read = show(&[
        "A_B
- Status: 400
- Message: x
- Suggested action: p
",
        "A_B
- Status: 401
- Message: y
- Suggested action: q
",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 A_B | 400 | 401 | says "x" | says "y" | do "p"
    2:2:11 catalogue-conflict: two sources differ in the status of `A_B`; both are accepted, or the first where only one is possible (1:2:11 the first source says this)
    2:3:12 catalogue-conflict: two sources differ in the message of `A_B`; both are accepted, or the first where only one is possible (1:3:12 the first source says this)
    2:4:21 catalogue-conflict: two sources differ in the suggested action of `A_B`; both are accepted, or the first where only one is possible (1:4:21 the first source says this)
    "#);
}

#[test]
fn facts_that_may_belong_to_two_codes() {
    let read = show(&[
        "- Status: 404
- Message: Gone.
",
        "A_B
- Status: 404
- Message: Gone.
C_D
- Status: 404
- Message: Gone.
",
    ]);
    insta::assert_snapshot!(read, @r#"
    2:1:1 A_B | 404 | says "Gone."
    2:4:1 C_D | 404 | says "Gone."
    1:1:1 catalogue-empty: no error code was found in this list; searched for entries with a member `code`, or a mapping from codes to entries; a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples; lines that begin with a code
    1:1:3 catalogue-entry-without-code: an entry has no code: status 404, “Gone.”; it is ignored -> this may be `A_B` or `C_D`: put the right code back above this line
    "#);
}

#[test]
fn html_items_with_headings() {
    let read = show(&[
        "<h1>Error codes</h1><ul><li><h3>account_closed</h3><p>The account is closed.</p></li><li><h3>amount_too_large</h3><p>Too large.</p></li></ul>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:33 account_closed | since "The account is closed."
    1:1:94 amount_too_large | since "Too large."
    "#);
}

#[test]
fn labels_without_bullets_or_headings() {
    let read = show(&["Error code: 1001
Message: foo
Status: 400

Error code: 1002
Message: bar
Status: 404
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:13 1001 | 400 | says "foo"
    1:5:13 1002 | 404 | says "bar"
    "#);
}

#[test]
fn names_of_classes_with_prose_before_the_facts() {
    let read = show(&["Common Errors

AccessDeniedException

You do not have access.

HTTP Status Code: 400

IncompleteSignature

The signature does not conform.

HTTP Status Code: 403
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:1 AccessDeniedException | 400 | since "You do not have access."
    1:9:1 IncompleteSignature | 403 | since "The signature does not conform."
    "#);
}

#[test]
fn codes_that_are_statuses_beside_a_column_of_statuses() {
    let read = show(&["| Status | Code | Message |
|---|---|---|
| 400 | 400 | Bad |
| 404 | 404 | Gone |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:9 400 | 400 | says "Bad"
    1:4:9 404 | 404 | says "Gone"
    "#);
}

#[test]
fn bold_names_in_lists() {
    let read = show(&["# Errors

- **INVALID_KEY** (401): The key

1. `A_B` – x
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:5 INVALID_KEY | 401 | says "The key"
    1:5:5 A_B | says "x"
    1:5:5 catalogue-entry-without-status: `A_B` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn a_table_without_header() {
    let read = show(&[
        "<h2>400 Bad Request</h2><table><tr><td><code>bad_a</code></td><td>A is bad</td></tr><tr><td><code>bad_b</code></td><td>B is bad</td></tr></table>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:46 bad_a | 400 | says "A is bad"
    1:1:99 bad_b | 400 | says "B is bad"
    1:1:67 catalogue-column-guessed: the column 2 is read as the description of the codes
    "#);
}

#[test]
fn nothing_at_all() {
    let read = show(&[""]);
    insta::assert_snapshot!(read, @"1:1:1 catalogue-empty: no error code was found in this list; searched for a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples; lines that begin with a code; Markdown headings, list items or table rows that name a code");
}

#[test]
fn a_page_without_codes() {
    let read = show(&["<html><body><h1>Hello</h1><p>Nothing here.</p></body></html>"]);
    insta::assert_snapshot!(read, @"1:1:1 catalogue-empty: no error code was found in this list; searched for HTML headings, list items, definition lists or table rows that name a code; Markdown headings, list items or table rows that name a code");
}

#[test]
fn statuses_alone_are_no_codes() {
    let read = show(&["| Code | Description |
|--|--|
| 400 | Bad Request |
| 404 | Not Found |
"]);
    insta::assert_snapshot!(read, @"1:3:3 catalogue-statuses-only: this list explains HTTP statuses (400, 404) and has no error codes; the statuses are compared with the document's");
}

#[test]
fn broken_data() {
    let read = show(&[r#"{"a": ["#]);
    insta::assert_snapshot!(read, @"
    1:1:1 catalogue-empty: no error code was found in this list; searched for entries with a member `code`, or a mapping from codes to entries; Markdown headings, list items or table rows that name a code; a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples
    1:1:8 syntax: the text is not well-formed: the text ends where a value is expected
    ");
}

/// The texts that `make` gives for the numbers below `count`.
fn each(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, number| text + &make(number))
}

/// 32 kilobytes each, since debug builds are slow.
#[test]
fn hostile_texts_are_read_in_reasonable_time() {
    let size = 1 << 15;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let texts = [
        fill("a"),
        fill("A_B "),
        fill("A_B\n"),
        fill("A_B: "),
        fill("400 "),
        fill("400\n"),
        fill("<div>"),
        fill("<table><tr><td>"),
        fill("<td rowspan=200>x<tr>"),
        fill("<a b=\"c <a b='d "),
        fill("<!-- "),
        fill("<script>"),
        fill("</"),
        fill("<"),
        fill("&amp;"),
        fill("&a&b;"),
        fill("<b><i><code>"),
        fill("<ul><li>"),
        fill("<Accordion title=\"A_B\">\n"),
        fill("- "),
        fill("> "),
        fill("# A_B\n"),
        fill("`"),
        fill("``` "),
        fill("**A_B** "),
        fill("["),
        fill("[a]("),
        fill("|a"),
        format!("|Code|Message|\n|--|--|\n{}", fill("|A_B|x|\n")),
        format!("|Code|{}\n|--|{}\n", "x|".repeat(3_000), "--|".repeat(3_000)),
        fill("{\"a\":"),
        fill("{\n\n"),
        fill("{\"code\":\"A_B\"}\n"),
        fill("{\"code\":\"A_B\"\n"),
        fill("A_B\n- Messages:\n"),
        fill("Messages:\nA_B\n"),
        fill("- Message: a\nb\n"),
        fill("- a: "),
        fill("a:\n"),
        fill("\"code\",\"status\"\n"),
        format!("code,status\n{}", fill("\"")),
        fill("1001 x\n"),
        fill("+--+--+\n|a |"),
        fill("== ==\na  b\n"),
        fill(".. list-table::\n\n  * - a\n    - b\n"),
        fill("a\n b\n  c\n"),
        format!(
            ".. note::\n{}",
            each(150, |n| format!("{}.. note::\n", " ".repeat(n)))
        ),
        fill("|===\n|a |b\n"),
        format!("|===\n{}", fill("|a ")),
        fill("== a_b\n"),
        fill("`a <"),
        fill("[a*`"),
        fill(":a:b"),
        fill("link:a"),
        fill("\u{200b}"),
        fill("\u{a0}\r\n"),
        fill("import a from 'b'\n"),
        fill("<details><summary>A_B</summary>\n\n"),
        fill("<dt>A_B<dd>x"),
        fill("<pre>{"),
        fill(&format!("{}A_B\n", " ".repeat(40))),
        each(2_500, |n| format!("ERROR_{n}\n- Status: 400\n- Message: m\n")),
        each(1_200, |n| {
            format!("E_{n}\n- Status: 400\n- Message: m\n- Status: 400\n- Message: m\n")
        }),
        format!("A_B\n- Messages:\n{}", each(6_000, |n| format!("  - m{n}\n"))),
        format!("# {}", each(6_000, |n| format!("A_{n} "))),
        format!(
            "{}<dd>{}",
            each(2_500, |n| format!("<dt>A_{n}")),
            "x ".repeat(size / 4)
        ),
        format!("{}Status: 400\n", fill("**a**\n")),
        format!(
            "# {}\n{}",
            "x".repeat(size / 2),
            "```\n{\"code\":\"A_B\"}\n```\n".repeat(1_200)
        ),
    ];
    // What grows with the square of one of these texts would not end.
    for text in texts {
        for form in [None].into_iter().chain(Form::ALL.map(Some)) {
            let mut sources = Sources::default();
            let source = sources.add("x", text.as_str());
            read(
                &[CatalogueInput { source, form }],
                &sources,
                &mut Diagnostics::default(),
            );
        }
    }
}
