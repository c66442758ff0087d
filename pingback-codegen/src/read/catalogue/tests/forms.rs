//! Detection of the form, and pages in which no code is found.

use super::show;
use crate::diagnostic::Diagnostics;
use crate::read::catalogue::{CatalogueInput, Form, read};
use crate::source::Sources;

#[test]
fn reads_a_page_only_in_the_configured_form() {
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
fn empty_page() {
    let read = show(&[""]);
    insta::assert_snapshot!(read, @r"1:1:1 catalogue-empty: no error code was found in this list; searched for a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples; lines that begin with a code; Markdown headings, list items or table rows that name a code");
}

#[test]
fn page_without_codes() {
    let read = show(&["<html><body><h1>Hello</h1><p>Nothing here.</p></body></html>"]);
    insta::assert_snapshot!(read, @r"1:1:1 catalogue-empty: no error code was found in this list; searched for HTML headings, list items, definition lists or table rows that name a code; Markdown headings, list items or table rows that name a code");
}

#[test]
fn table_of_statuses_without_codes() {
    let read = show(&["| Code | Description |
|--|--|
| 400 | Bad Request |
| 404 | Not Found |
"]);
    insta::assert_snapshot!(read, @r"1:3:3 catalogue-statuses-only: this list explains HTTP statuses (400, 404) and has no error codes; the statuses are compared with the document's");
}

#[test]
fn invalid_json() {
    let read = show(&[r#"{"a": ["#]);
    insta::assert_snapshot!(read, @r"
    1:1:1 catalogue-empty: no error code was found in this list; searched for entries with a member `code`, or a mapping from codes to entries; Markdown headings, list items or table rows that name a code; a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples
    1:1:8 syntax: the text is not well-formed: the text ends where a value is expected
    ");
}
