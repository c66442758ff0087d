//! The error responses of the document with their places, for the audit.

use super::error_response::ErrorResponse;
use super::status_specific::Branch;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::model::Status;
use crate::read::tree::Pointer;
use crate::source::Span;

/// An error response of one operation with its places in the document, for the audit to compare with the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentedError {
    /// The id of the operation.
    pub operation: String,
    /// The response.
    pub pointer: Pointer,
    /// The key of the response, its status.
    pub span: Option<Span>,
    /// The status.
    pub status: Status,
    /// The codes it documents.
    pub mentions: Vec<Mention>,
}

/// A code in an error response.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The code.
    pub code: String,
    /// The value in the document.
    pub span: Option<Span>,
    /// Whether it belongs to the status of the response, rather than to a schema that several statuses share.
    pub is_status_specific: bool,
    /// The message in the same body.
    pub message: Option<(String, Span)>,
    /// The title of the schema that has it.
    pub title: Option<(String, Span)>,
}

/// The documented errors with their places in the document.
pub(super) fn documented_errors(
    lowering: &Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    responses: &[ErrorResponse<'_>],
    branches: &[Vec<Branch>],
) -> Vec<DocumentedError> {
    let mentions = |branches: &[Branch]| {
        let mentions = branches.iter().flat_map(|branch| {
            branch.body.evidence.iter().map(|evidence| Mention {
                code: evidence.code.clone(),
                span: evidence.span,
                is_status_specific: branch.status_specific.contains(evidence),
                message: evidence.message.clone().zip(evidence.message_span),
                title: branch.body.title.clone().zip(branch.body.title_span),
            })
        });
        mentions.collect()
    };
    responses
        .iter()
        .zip(branches)
        .map(|(response, branches)| DocumentedError {
            operation: endpoints[response.operation].names.id.clone(),
            pointer: response.documented.pointer.clone(),
            span: lowering.reader.key_span(&response.documented.pointer),
            status: response.documented.status,
            mentions: mentions(branches),
        })
        .collect()
}
