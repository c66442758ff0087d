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

const ZINGLE: &str = include_str!("../../../../specs/zingle/error-codes.md");

const FIXTURES: &[&str] = &[
    // 0 REST table
    "# Errors\n\n| HTTP | Code | Meaning |\n| --- | --- | --- |\n| 400 | `invalid_request` | The request is malformed. |\n| 401 | `unauthorized` | No *valid* key.<br>Get one. |\n| | `expired_key` | The key &amp; more |\n| 429 | rate_limited | See [limits](#x). |\n",
    // 1 Error | Description
    "## Error types\n\n| Error | Description |\n|---|---|\n| InvalidParameterValue | A value is bad |\n| AccessDenied | You may not |\n",
    // 2 status code, error code, message, resolution; several codes
    "| Status code | Error code | Message | Resolution |\n|--|--|--|--|\n| 400 | E1001, E1002 | Bad | Fix |\n| 404 | E1003<br>E1004 | First<br>Second | - |\n| 500 Internal Server Error | N/A | Oops | Retry |\n",
    // 3 statuses only
    "| Code | Description |\n|--|--|\n| 400 | Bad Request |\n| 404 | Not Found |\n",
    // 4 headings with bold labels
    "---\ntitle: Errors\n---\nimport X from 'y'\n\n# Errors\n\nIntro text.\n\n## `card_declined`\n\n**Status:** 402\n**Message:** The card was declined.\n\nThe bank said no.\n\n### How to fix\n\nUse another card.\n\n## INVALID_KEY (401)\n\nThe key is invalid.\n\n- **HTTP status**: 401\n- **Resolution**: Use\n  another.\n",
    // 5 nested bullets
    "# Error codes\n\n- **400 Bad Request**\n  - `MISSING_NAME` – name is missing\n  - `MISSING_AGE` – age is missing\n- **404 Not Found**\n  - `NO_USER`: no such user\n",
    // 6 Docusaurus MDX
    "---\nid: errors\n---\n\nimport Badge from '@site/src/Badge';\n\nexport const x = 1;\n\n# Error reference\n\n{/* a comment */}\n\n## TOKEN_EXPIRED <Badge text=\"401\" />\n\nThe token has expired.\n\n:::tip\nRefresh it.\n:::\n\n## QUOTA_EXCEEDED <Badge type=\"danger\">429</Badge> {#quota}\n\nYou sent too much.\n",
    // 7 Mintlify
    "---\ntitle: \"Errors\"\n---\n\n<AccordionGroup>\n  <Accordion title=\"invalid_api_key\">\n    **Status:** 401\n\n    The key is wrong.\n\n    **Solution:** check it.\n  </Accordion>\n  <Accordion title=\"RATE_LIMITED\" icon=\"x\">\n    - Status: 429\n    - Message: Slow down.\n  </Accordion>\n</AccordionGroup>\n\nThe end.\n",
    // 8 HTML definition list
    "<!DOCTYPE html><html><head><title>Errors</title><style>p{}</style></head><body><h1>Error codes</h1><dl><dt><code>NoSuchKey</code></dt><dd>The key doesn&rsquo;t exist. HTTP status: 404</dd><dt>ACCESS_DENIED<dd>You may not.</dl></body></html>",
    // 9 HTML table, unclosed, rowspan
    "<table><tr><th>HTTP status<th>Error code<th>Description<tr><td rowspan=2>400 Bad Request<td><code>BAD_NAME</code><td>Name is <b>bad</b><tr><td><code>BAD_AGE</code><td>Age is bad<tr><td>404<td><a href='#x'><code>NO_PET</code></a><td>No pet</table>",
    // 10 HTML headings and lists
    "<div><h2>Errors</h2><h3 id=x>PAYMENT_FAILED<a href=#x>#</a></h3><ul><li><strong>Status:</strong> 402<li><strong>Message:</strong> Payment failed<li>Suggested action: Try again.</ul><h3>CARD_EXPIRED</h3><p>The card is expired.</p><pre><code>{ &quot;code&quot;: &quot;CARD_EXPIRED&quot;, &quot;message&quot;: &quot;Expired&quot; }</code></pre></div><table><tr><td>x</table><p>y",
    // 11 code text
    "1001 Bad thing\n1002 Worse thing\n1003 The worst\nof all things\n",
    // 12 screaming lines
    "Errors\nE_FOO: foo happened\nE_BAR: bar happened\nE_BAZ: baz\n",
    // 13 csv
    "code,status,message\nFOO_BAR,400,\"Foo, bar\"\nBAR_BAZ,404,Baz\n",
    // 14 payload md
    "# Errors\n\n## 401 Unauthorized\n\nNo key.\n\n```json\n{\n  \"error\": {\n    \"code\": \"no_key\",\n    \"message\": \"Give a key\",\n  }\n}\n```\n\n```json\n{\"error\": {\"code\": \"bad_key\", \"message\": \"Bad key\"}}\n```\n\n## 404\n\n```\nHTTP/1.1 404 Not Found\n\n{\"error\": {\"code\": \"not_found\"}}\n```\n",
    // 15 duplicates
    "## A_B\n- Status: 400\n- Message: x\n\n## A_B\n- Status: 401\n- Message: y\n\n## C_D\n\nwithout status, but prose\n",
    // 16 empty
    "",
    // 17 html without codes
    "<html><body><h1>Hello</h1><p>Nothing here.</p></body></html>",
    // 18 numeric headings
    "# Error codes\n\n### 1001: Invalid key\n\nThe key is invalid.\n\n### 1002 - Missing key\n\nThe key is missing.\n",
    // 19 parameter table and an error table
    "## Parameters\n\n| Name | Type | Required | Description |\n|--|--|--|--|\n| `user_id` | string | yes | the id |\n\n## Errors\n\n| Type | Description |\n|--|--|\n| `api_error` | Ours |\n| `card_error` | The card |\n",
    // 20 key-value tables
    "## BAD_PET\n\n| Field | Value |\n|--|--|\n| Status | 400 |\n| Message | Bad pet |\n| Resolution | Better pet |\n\n## WORSE_PET\n\n| Cause | Solution |\n|--|--|\n| It is ill | Feed it |\n",
    // 21 JSON-RPC
    "| Code | Message | Meaning |\n|--|--|--|\n| -32700 | Parse error | Invalid JSON |\n| -32600 | Invalid Request | bad |\n",
    // 22 details
    "# Errors\n\n<details>\n<summary><code>FOO_BAR</code></summary>\n\nStatus: 400\n\nMessage: foo\n\n</details>\n\n<details><summary>BAZ_QUX</summary><p>Status: 404</p></details>\n",
    // 23 html in markdown
    "# Errors\n\n<table>\n<tr><th>Code</th><th>Status</th><th>Message</th></tr>\n\n<tr><td>AAA_BBB</td><td>400</td><td>aaa</td></tr>\n</table>\n",
    // 24 crlf, nbsp, zero width
    "FOO_\u{200b}BAR\r\n\u{a0}\u{a0}• Status:\u{a0}400\r\n\u{a0}\u{a0}• Message: Foo\u{a0}bar.\r\n\r\nBAR_BAZ\r\n• Status: 404\r\n• Message: Bar.\r\n",
    // 25 code under label
    "### Invalid API key\n\n- Code: `invalid_api_key`\n- Status: 401\n- Message: \"Invalid key\"\n\n### Not found\n\n- Code: `not_found`\n- Status: 404\n",
    // 26 twitter-like
    "| Code | Text | Description |\n|--|--|--|\n| 3 | Invalid coordinates. | Corresponds with HTTP 400. |\n| 13 | No location | HTTP 404 |\n| 215 | Bad auth | x |\n| 404 | Y | z |\n",
    "errors:\n  - code: MISSING_BODY\n    status: 400\n    messages: [a, b]\n    suggestedAction: do\n  - code: 1002\n    http_status: [401, 403]\n    description: x\n",
    "MISSING_BODY: Body is necessary.\nFORBIDDEN_X: { status: 403, message: No. }\n",
    "{\"errors\": {\"404\": [{\"code\": \"a.b\", \"message\": \"m\"}], \"400\": {\"bad_x\": {\"message\": \"y\"}}}}",
    "[{\"code\": 404, \"error\": \"NOT_FOUND\", \"description\": \"x\", \"payload\": {\"a\": 1}}]",
    "{\"a\": [",
    // 27 bare status text headings with lists of codes
    "## 400\n\n* `INVALID_A`: a\n* `INVALID_B`: b\n\n## 5xx\n\nText\n",
];

#[test]
fn peek() {
    for (number, text) in FIXTURES.iter().enumerate() {
        let (entries, findings) = show(&[text]);
        println!(
            "--- {number} {:?}\n{entries}\n{findings}",
            form::candidates(text)[0]
        );
    }
    for texts in [&[ZINGLE][..]] {
        let (entries, findings) = show(texts);
        println!(
            "{} \n{}\n{findings}\n-----",
            entries.lines().count(),
            entries.lines().take(14).collect::<Vec<_>>().join("\n")
        );
    }
    if let Ok(path) = std::env::var("PEEK") {
        let text = std::fs::read_to_string(path).unwrap();
        let (entries, findings) = show(&[&text]);
        println!(
            "{} \n{}\n{findings}\n-----",
            entries.lines().count(),
            entries.lines().take(14).collect::<Vec<_>>().join("\n")
        );
    }
}
