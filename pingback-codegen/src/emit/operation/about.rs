//! An operation in; what is said of it and its parts out.

use super::streaming::is_streamed;
use super::{example, free, required};
use crate::emit::{docs, headers};
use crate::model::{Api, Docs, Operation, Status};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write as _;

pub(super) fn method_docs(api: &Api, operation: &Operation, examples_run: bool) -> TokenStream {
    let mut text = String::new();
    for part in [&operation.docs.summary, &operation.docs.description]
        .into_iter()
        .flatten()
    {
        let _ = write!(text, "{}\n\n", docs::safe(part).trim());
    }
    let route = format!(
        "`{} {}`",
        operation.method,
        crate::emit::docs::spelled(&operation.path)
    );
    let _ = write!(text, "{route}\n\n");
    if operation.parameters.iter().any(|parameter| parameter.required) {
        text.push_str("# Arguments\n\n");
        for parameter in required(operation) {
            let said = [&parameter.docs.summary, &parameter.docs.description];
            let said = markdown_cell(said.into_iter().flatten().next().map_or("", String::as_str));
            let colon = if said.is_empty() { "" } else { ": " };
            let name = parameter.name.strip_prefix("r#").unwrap_or(&parameter.name);
            let _ = writeln!(text, "- `{name}`{colon}{said}");
        }
        text.push('\n');
    }
    headers::method_docs(api, operation, &mut text);
    streaming(operation, &mut text);
    errors(api, operation, &mut text);
    example::example(api, operation, examples_run, &mut text);
    doc_lines(&text)
}

/// What else can be done with the request than await it.
fn streaming(operation: &Operation, text: &mut String) {
    let mut responses = operation.success.responses().iter();
    let events = responses.any(|response| response.events.is_some());
    let streamed = is_streamed(operation);
    if !events && !streamed {
        return;
    }
    text.push_str("# Streaming\n\nThe request gives all at once when it is awaited.");
    if streamed {
        let name = free(operation, "streaming");
        let _ = write!(text, " Its `{name}()` hands out the bytes as they arrive.");
    }
    if events {
        let (events, either) = (free(operation, "events"), free(operation, "either"));
        let _ = write!(
            text,
            " Its `{events}()` reads the answer as a stream of events, `{either}()` as what it is."
        );
    }
    text.push_str("\n\n");
}

/// The table of errors.
fn errors(api: &Api, operation: &Operation, text: &mut String) {
    text.push_str("# Errors\n\n");
    if operation.errors.is_empty() {
        text.push_str(
            "No error of this operation is documented: whatever comes is `Error::Undocumented`.\n\n",
        );
        return;
    }
    text.push_str("| Status | Code | Case | Message | What to do |\n| --- | --- | --- | --- | --- |\n");
    let mut cases: Vec<_> = operation.errors.iter().collect();
    cases.sort_by_key(|case| rank(case.status));
    for case in cases {
        let code = case
            .code
            .as_deref()
            .map(|code| format!("`{}`", crate::emit::docs::spelled(code).replace('|', "\\|")));
        let known = case
            .code
            .as_ref()
            .and_then(|code| api.errors.codes.iter().find(|known| known.code == *code));
        let message = case
            .message
            .as_deref()
            .or_else(|| known?.messages.first().map(String::as_str));
        let message = message
            .or(case.docs.description.as_deref())
            .or(case.docs.summary.as_deref());
        let action =
            known.and_then(|known| known.suggested_action.as_deref().or(known.explanation.as_deref()));
        let _ = writeln!(
            text,
            "| {} | {} | `{}` | {} | {} |",
            status_text(case.status),
            code.unwrap_or_default(),
            case.variant,
            markdown_cell(message.unwrap_or_default()),
            markdown_cell(action.unwrap_or_default()),
        );
    }
    text.push('\n');
}

/// Where a status stands among others: a range after all that are in it.
fn rank(status: Status) -> (u16, bool) {
    match status {
        Status::Exact(status) => (status, false),
        Status::Range(hundred) => (u16::from(hundred) * 100 + 99, true),
        Status::Default => (u16::MAX, true),
    }
}

/// The first sentence is ours, what the document says follows.
pub(super) fn parameter_docs(said: &Docs, first: &str) -> TokenStream {
    let mut text = first.to_owned();
    for part in [&said.summary, &said.description].into_iter().flatten() {
        let _ = write!(text, "\n\n{}", docs::safe(part).trim());
    }
    for constraint in &said.constraints {
        let _ = write!(text, "\n\n{}.", docs::safe(constraint).trim());
    }
    let lines = doc_lines(&text);
    let deprecated = said.deprecated.then(|| quote!(#[deprecated]));
    quote!(#lines #deprecated)
}

/// A status for people.
pub(in crate::emit) fn status_text(status: Status) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

/// `#[doc]` for text that is safe as it is.
pub(in crate::emit) fn doc_lines(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| match line.trim_end() {
        "" => String::new(),
        // The indentation of a line in a list counts.
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The first paragraph of a text on one line, for a list or a table.
pub(in crate::emit) fn markdown_cell(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n");
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    // What was made safe may have lines again, with a hard break between them.
    let safe = docs::safe(&line).replace("\\\n", " ");
    let safe = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    safe.replace("\\|", "|").replace('|', "\\|")
}
