//! Tables of codes.

use super::show;

#[test]
fn statuses_codes_and_meanings() {
    let read = show(&["# Errors

| HTTP | Code | Meaning |
| --- | --- | --- |
| 400 | `invalid_request` | The request is *malformed*. |
| 401 | `unauthorized` | No valid key.<br>Get one. |
| | `expired_key` | Renew &amp; retry, see [keys](#k). |
"]);
    insta::assert_snapshot!(read, @r#"
    1:5:10 invalid_request | 400 | message "The request is malformed."
    1:6:10 unauthorized | 401 | message "No valid key. Get one."
    1:7:6 expired_key | 401 | message "Renew & retry, see keys."
    1:7:6 catalogue-status-carried: the row of `expired_key` has no status; it gets the status of the rows above, 401 (1:6:3 the status of the rows above)
    "#);
}

#[test]
fn class_names_as_codes() {
    let read = show(&["## Error types

| Error | Description |
|---|---|
| InvalidParameterValue | A value is bad |
| AccessDenied | You may not |
"]);
    insta::assert_snapshot!(read, @r#"
    1:5:3 InvalidParameterValue | message "A value is bad"
    1:6:3 AccessDenied | message "You may not"
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
    1:3:9 E1001 | 400 | message "Bad" | action "Fix"
    1:3:16 E1002 | 400 | message "Bad" | action "Fix"
    1:4:9 E1003 | 404 | message "First"
    1:4:18 E1004 | 404 | message "Second"
    "#);
}

#[test]
fn small_numbers_as_codes() {
    let read = show(&["| Code | Text | Description |
|--|--|--|
| 3 | Invalid coordinates. | x |
| 215 | Bad auth | y |
| 404 | Gone | z |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 3 | message "Invalid coordinates." | explanation "x"
    1:4:3 215 | message "Bad auth" | explanation "y"
    1:5:3 404 | message "Gone" | explanation "z"
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
    1:3:3 -32700 | message "Parse error" | explanation "Invalid JSON"
    1:4:3 -32600 | message "Invalid Request" | explanation "bad"
    "#);
}

#[test]
fn rows_that_begin_a_section() {
    let read = show(&["| Error code | Description |
|--|--|
| **400 Bad Request** | |
| `a_b` | x |
| **404 Not Found** | |
| `c_d` | y |
"]);
    insta::assert_snapshot!(read, @r#"
    1:4:4 a_b | 400 | message "x"
    1:6:4 c_d | 404 | message "y"
    "#);
}

#[test]
fn ignores_tables_of_parameters() {
    let read = show(&["## Parameters

| Name | Type | Required | Description |
|--|--|--|--|
| `user_id` | string | yes | the id |

## Errors

| Type | Description |
|--|--|
| `api_error` | Ours |
"]);
    insta::assert_snapshot!(read, @r#"1:11:4 api_error | message "Ours""#);
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
    1:1:4 BAD_PET | 400 | message "Bad pet"
    1:8:4 WORSE_PET | 404 | explanation "It is ill" | action "Feed it"
    "#);
}

#[test]
fn columns_with_unknown_names() {
    let read = show(&["| Error code | Bedeutung | Seit |
|--|--|--|
| A_B | Etwas fehlt | 1.0 |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 A_B | message "Etwas fehlt"
    1:1:16 catalogue-column-guessed: the column `Bedeutung` is read as the description of the codes
    1:1:28 catalogue-line-ignored: this line is ignored: the name of the column `Seit` is unknown
    "#);
}

#[test]
fn rows_without_code() {
    let read = show(&["| Code | Status | Message |
|--|--|--|
| A_B | 400 | a |
| | 404 | c |
| see below | 409 | d |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:3 A_B | 400 | message "a"
    1:5:3 catalogue-line-ignored: this line is ignored: `see below` is not a code
    1:4:5 catalogue-entry-without-code: an entry has no code: status 404, “c”; it is ignored
    "#);
}

#[test]
fn codes_equal_to_statuses() {
    let read = show(&["| Status | Code | Message |
|---|---|---|
| 400 | 400 | Bad |
| 404 | 404 | Gone |
"]);
    insta::assert_snapshot!(read, @r#"
    1:3:9 400 | 400 | message "Bad"
    1:4:9 404 | 404 | message "Gone"
    "#);
}

#[test]
fn table_without_header() {
    let read = show(&[
        "<h2>400 Bad Request</h2><table><tr><td><code>bad_a</code></td><td>A is bad</td></tr><tr><td><code>bad_b</code></td><td>B is bad</td></tr></table>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:46 bad_a | 400 | message "A is bad"
    1:1:99 bad_b | 400 | message "B is bad"
    1:1:67 catalogue-column-guessed: the column 2 is read as the description of the codes
    "#);
}
