//! Plain lines, separated values and copied text.

use super::show;

#[test]
fn lines_that_begin_with_a_code() {
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
    1:2:1 1001 | message "Bad thing"
    1:3:1 1002 | message "Worse thing"
    1:5:1 1003 | message "The worst of all things"
    1:4:1 catalogue-line-ignored: this line is ignored: `Note this` does not begin with a code
    1:6:1 catalogue-line-joined: `of all things` is read as the continuation of the line above (1:5:6 this line is unfinished)
    1:9:1 catalogue-line-ignored: this line is ignored: `2024` is not part of a list
    "#);
}

#[test]
fn plain_lines_with_names() {
    let read = show(&["E_FOO: foo happened
E_BAR: bar happened
401 E_BAZ baz
"]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 E_FOO | message "foo happened"
    1:2:1 E_BAR | message "bar happened"
    1:3:5 E_BAZ | 401 | message "baz"
    1:1:1 catalogue-entry-without-status: `E_FOO` has no HTTP status, while other entries of the list have one
    1:2:1 catalogue-entry-without-status: `E_BAR` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn separated_values() {
    let read = show(&[r#"code;status;message
FOO_BAR;400;"Foo; ""bar"""
BAR_BAZ;404;Baz
"#]);
    insta::assert_snapshot!(read, @r#"
    1:2:1 FOO_BAR | 400 | message "Foo; \"bar\""
    1:3:1 BAR_BAZ | 404 | message "Baz"
    "#);
}

#[test]
fn carriage_returns_and_invisible_characters() {
    let read = show(&[
        "FOO_\u{200b}BAR\r\n\u{a0}\u{a0}• Status:\u{a0}400\r\n\u{a0}\u{a0}• Message: Foo\u{a0}bar.\r\n\r\nBAR_BAZ\r\n• Status: 404\r\n• Message: Bar.\r\n",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:1 FOO_BAR | 400 | message "Foo bar."
    1:5:1 BAR_BAZ | 404 | message "Bar."
    "#);
}
