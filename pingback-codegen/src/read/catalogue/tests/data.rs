//! YAML and JSON data.

use super::show;

#[test]
fn sequence_of_entries() {
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
    1:2:11 MISSING_BODY | 400 | message "a" | message "b" | action "do"
    1:6:11 1002 | 401 | 403 | message "x"
    "#);
}

#[test]
fn mapping_by_code() {
    let read = show(&["MISSING_BODY: Body is necessary.
FORBIDDEN_X: { status: 403, message: 'No.' }
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 MISSING_BODY | message "Body is necessary."
    1:2:1 FORBIDDEN_X | 403 | message "No."
    1:1:1 catalogue-entry-without-status: `MISSING_BODY` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn mapping_by_status() {
    let read = show(&[
        r#"{"errors": {"404": [{"code": "a.b", "message": "m"}], "400": {"bad_x": {"message": "y", "payload": {"a": 1}}}}}"#,
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:30 a.b | 404 | message "m"
    1:1:63 bad_x | 400 | message "y" | example {"a":1}
    "#);
}
