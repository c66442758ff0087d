//! Writes the docs of the client's method for an operation.

use super::{example, is_streamed, required_parameters, status_text, unused_name};
use crate::emit::docs::{description_paragraphs, doc_attributes, one_line};
use crate::emit::markdown::{self, code_span_text};
use crate::emit::names::without_raw_prefix;
use crate::emit::{Layout, headers};
use crate::model::{Api, ErrorCase, Operation, Status};
use proc_macro2::TokenStream;
use std::fmt::Write as _;

/// The docs: description, arguments, response headers, errors and an example.
pub(super) fn method_docs(api: &Api, operation: &Operation, layout: Layout) -> TokenStream {
    let mut sections = vec![format!(
        "{}\n\n`{} {}`",
        description_paragraphs(&operation.docs),
        operation.method,
        code_span_text(&operation.path)
    )];
    sections.extend(arguments_section(operation));
    sections.extend(headers::docs_section(api, operation));
    sections.extend(streaming_section(operation));
    sections.push(errors_section(api, operation));
    sections.push(example::section(api, operation, layout));
    doc_attributes(&sections.join("\n\n"))
}

/// The arguments that the document describes.
fn arguments_section(operation: &Operation) -> Option<String> {
    let lines: Vec<String> = required_parameters(operation)
        .filter_map(|parameter| {
            let name = without_raw_prefix(&parameter.name);
            let about = one_line(&parameter.docs);
            (!about.is_empty()).then(|| format!("- `{name}`: {about}"))
        })
        .collect();
    (!lines.is_empty()).then(|| format!("# Arguments\n\n{}", lines.join("\n")))
}

/// The methods of the request that read the response while it arrives.
fn streaming_section(operation: &Operation) -> Option<String> {
    let has_events = operation
        .success
        .responses()
        .iter()
        .any(|response| response.events.is_some());
    let is_streamed = is_streamed(operation);
    if !has_events && !is_streamed {
        return None;
    }
    let mut text = "# Streaming\n\nThe request gives all at once when it is awaited.".to_owned();
    if is_streamed {
        let name = unused_name(operation, "streaming");
        let _ = write!(text, " Its `{name}()` hands out the bytes as they arrive.");
    }
    if has_events {
        let events = unused_name(operation, "events");
        let either = unused_name(operation, "either");
        let _ = write!(
            text,
            " Its `{events}()` reads the answer as a stream of events, `{either}()` as what it is."
        );
    }
    Some(text)
}

/// The table of errors, ordered by status.
fn errors_section(api: &Api, operation: &Operation) -> String {
    if operation.errors.is_empty() {
        return "# Errors\n\nNo error of this operation is documented: whatever comes is `Error::Undocumented`."
            .to_owned();
    }
    let mut cases: Vec<&ErrorCase> = operation.errors.iter().collect();
    cases.sort_by_key(|case| status_order(case.status));
    let rows: Vec<String> = cases.into_iter().map(|case| error_row(api, case)).collect();
    format!(
        "# Errors\n\n| Status | Code | Variant | Message | What to do |\n| --- | --- | --- | --- | --- |\n{}",
        rows.join("\n")
    )
}

fn error_row(api: &Api, case: &ErrorCase) -> String {
    let code = case.code.as_deref().map(|code| {
        let code = code_span_text(code).replace('|', "\\|");
        format!("`{code}`")
    });
    let known = case
        .code
        .as_ref()
        .and_then(|code| api.errors.codes.iter().find(|known| known.code == *code));
    let message = case
        .message
        .as_deref()
        .or_else(|| known?.messages.first().map(String::as_str))
        .or(case.docs.description.as_deref())
        .or(case.docs.summary.as_deref());
    let action = known.and_then(|known| known.suggested_action.as_deref().or(known.explanation.as_deref()));
    format!(
        "| {} | {} | `{}` | {} | {} |",
        status_text(case.status),
        code.unwrap_or_default(),
        case.variant,
        markdown::one_line(message.unwrap_or_default()),
        markdown::one_line(action.unwrap_or_default()),
    )
}

/// Orders statuses: a range comes after each status in it.
fn status_order(status: Status) -> (u16, bool) {
    match status {
        Status::Exact(status) => (status, false),
        Status::Range(hundred) => (u16::from(hundred) * 100 + 99, true),
        Status::Default => (u16::MAX, true),
    }
}
