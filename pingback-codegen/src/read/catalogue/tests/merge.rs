//! Merging of repeated entries and of several sources.

use super::show;

#[test]
fn code_listed_twice() {
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
    1:1:4 A_B | 400 | 401 | message "x" | message "y"
    1:9:4 C_D | explanation "no status, but prose"
    1:5:4 catalogue-duplicate-code: `A_B` is listed more than once; the entries are merged (1:1:4 listed first here)
    1:9:4 catalogue-entry-without-status: `C_D` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn code_in_a_table_of_contents() {
    let read = show(&["- `A_B`
- `C_D`

## A_B
- Status: 400
"]);
    insta::assert_snapshot!(read, @r"
    1:4:4 A_B | 400
    1:2:4 C_D
    1:2:4 catalogue-code-without-facts: the list gives only the name of `C_D`
    ");
}

#[test]
fn sources_that_disagree() {
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
    1:1:1 A_B | 400 | 401 | message "x" | message "y" | action "p"
    2:2:11 catalogue-conflict: two sources differ in the status of `A_B`; both are accepted, or the first where only one is possible (1:2:11 the first source has this)
    2:3:12 catalogue-conflict: two sources differ in the message of `A_B`; both are accepted, or the first where only one is possible (1:3:12 the first source has this)
    2:4:21 catalogue-conflict: two sources differ in the suggested action of `A_B`; both are accepted, or the first where only one is possible (1:4:21 the first source has this)
    "#);
}

#[test]
fn orphaned_facts_with_two_owners() {
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
    2:1:1 A_B | 404 | message "Gone."
    2:4:1 C_D | 404 | message "Gone."
    1:1:1 catalogue-empty: no error code was found in this list; searched for entries with a member `code`, or a mapping from codes to entries; a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples; lines that begin with a code
    1:1:3 catalogue-entry-without-code: an entry has no code: status 404, “Gone.”; it is ignored -> this may be `A_B` or `C_D`: add the right code above this line
    "#);
}
