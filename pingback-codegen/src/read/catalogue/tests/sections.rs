//! Entries with headings, labels, list items and examples.

use super::show;

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
    1:10:5 card_declined | 402 | message "The card was declined." | explanation "The bank said no." | action "Use another card."
    1:21:4 INVALID_KEY | 401 | explanation "The key is invalid." | action "Use another."
    "#);
}

#[test]
fn code_below_a_heading_in_words() {
    let read = show(&[r#"### Invalid API key

- Code: `invalid_api_key`
- Status: 401
- Message: "Invalid key"

### Not found

- Code: `not_found`
- Status: 404
"#]);
    insta::assert_snapshot!(read, @r#"
    1:3:10 invalid_api_key | 401 | title "Invalid API key" | message "Invalid key"
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
    1:3:5 1001 | title "Invalid key" | explanation "The key is invalid."
    1:7:11 1002 | title "Missing key" | explanation "The key is missing."
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
    1:4:6 MISSING_NAME | 400 | message "name is missing"
    1:5:6 MISSING_AGE | 400 | message "age is missing"
    1:7:6 NO_USER | 404 | message "no such user"
    "#);
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
    1:10:14 no_key | 401 | title "Unauthorized" | message "Give a key" | explanation "No key." | example {"error":{"code":"no_key","message":"Give a key"}}
    1:17:21 bad_key | 401 | title "Unauthorized" | example {"error":{"code":"bad_key","message":"string"}}
    1:25:21 not_found | 404 | title "Missing" | example {"error":{"code":"not_found"}}
    1:11:28 catalogue-malformed-payload: this example is not valid JSON: a superfluous comma; it is read as if it were corrected
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
    1:1:13 1001 | 400 | message "foo"
    1:5:13 1002 | 404 | message "bar"
    "#);
}

#[test]
fn class_names_with_prose_before_the_facts() {
    let read = show(&["Common Errors

AccessDeniedException

You do not have access.

HTTP Status Code: 400

IncompleteSignature

The signature does not conform.

HTTP Status Code: 403
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:1 AccessDeniedException | 400 | explanation "You do not have access."
    1:9:1 IncompleteSignature | 403 | explanation "The signature does not conform."
    "#);
}

#[test]
fn bold_names_in_lists() {
    let read = show(&["# Errors

- **INVALID_KEY** (401): The key

1. `A_B` – x
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:5 INVALID_KEY | 401 | message "The key"
    1:5:5 A_B | message "x"
    1:5:5 catalogue-entry-without-status: `A_B` has no HTTP status, while other entries of the list have one
    "#);
}
