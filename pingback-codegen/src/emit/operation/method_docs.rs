//! Writes the docs of the client's method for an operation.

use super::error_table::{self, SharedErrors};
use super::{example, is_streamed, status_text, unused_name};
use crate::emit::docs::{description_paragraphs, doc_attributes, one_line};
use crate::emit::markdown::code_span_text;
use crate::emit::names::without_raw_prefix;
use crate::emit::{Layout, headers};
use crate::model::{Api, Argument, Operation};
use proc_macro2::TokenStream;
use std::fmt::Write as _;

/// The docs: description, arguments, response headers, errors and an example.
pub(super) fn method_docs(
    api: &Api,
    operation: &Operation,
    layout: Layout,
    shared_errors: &SharedErrors,
) -> TokenStream {
    let mut sections = vec![format!(
        "{}\n\n`{} {}`",
        description_paragraphs(&operation.docs),
        operation.method,
        code_span_text(&operation.path)
    )];
    sections.extend(arguments_section(operation));
    sections.extend(headers::docs_section(api, operation));
    sections.extend(redirect_section(operation));
    sections.extend(streaming_section(operation));
    sections.push(error_table::section(api, operation, shared_errors));
    sections.push(example::section(api, operation, layout));
    doc_attributes(&sections.join("\n\n"))
}

/// The arguments that the document describes.
fn arguments_section(operation: &Operation) -> Option<String> {
    let lines: Vec<String> = operation
        .arguments()
        .into_iter()
        .filter_map(|argument| {
            let name = without_raw_prefix(argument.name());
            let about = match argument {
                Argument::Parameter(parameter) => one_line(&parameter.docs),
                Argument::Body(_, content) if content.has_range() => {
                    let range = code_span_text(&content.media_type);
                    format!("`Body::content_type` has to set its media type, one of `{range}`.")
                }
                Argument::Body(..) => String::new(),
            };
            (!about.is_empty()).then(|| format!("- `{name}`: {about}"))
        })
        .collect();
    (!lines.is_empty()).then(|| format!("# Arguments\n\n{}", lines.join("\n")))
}

/// The redirects that are a success.
fn redirect_section(operation: &Operation) -> Option<String> {
    let responses = operation.success.responses().iter();
    let statuses: Vec<String> = responses
        .filter(|response| response.status.is_redirect())
        .map(|response| status_text(response.status))
        .collect();
    let text = format!(
        "# Redirects\n\nA response with status {} is a success: it is not followed, and its header `Location` says \
         where it leads.",
        statuses.join(" or ")
    );
    (!statuses.is_empty()).then_some(text)
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
    let mut text = "# Streaming\n\nAwaiting the request returns the complete body.".to_owned();
    if is_streamed {
        let name = unused_name(operation, "streaming");
        let _ = write!(text, " Its method `{name}` returns the bytes as they arrive.");
    }
    if has_events {
        let events = unused_name(operation, "events");
        let either = unused_name(operation, "either");
        let _ = write!(
            text,
            " Its method `{events}` returns a stream of events, and `{either}` whichever of the two the API sends."
        );
    }
    Some(text)
}
