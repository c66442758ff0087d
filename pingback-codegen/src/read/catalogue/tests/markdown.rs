//! Markdown with the extensions of documentation tools.

use super::show;

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
    1:9:4 TOKEN_EXPIRED | 401 | explanation "The token has expired.\nRefresh it."
    1:17:4 QUOTA_EXCEEDED | 429 | explanation "You sent too much."
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
    1:2:21 invalid_api_key | 401 | explanation "The key is wrong." | action "check it."
    1:9:21 RATE_LIMITED | 429 | message "Slow down."
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
    1:4:16 FOO_BAR | 400 | message "foo"
    1:12:19 BAZ_QUX | 404
    "#);
}

#[test]
fn html_table_within_markdown() {
    let read = show(&["# Errors

<table>
<tr><th>Code</th><th>Status</th><th>Message</th></tr>

<tr><td>AAA_BBB</td><td>400</td><td>aaa</td></tr>
</table>
"]);
    insta::assert_snapshot!(read, @r#"1:6:9 AAA_BBB | 400 | message "aaa""#);
}
