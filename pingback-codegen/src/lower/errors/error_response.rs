//! Collects the error responses of all operations.

use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::response::contents::{Content, Format, content, other_contents};
use crate::lower::response::outcomes::Outcomes;
use crate::lower::response::{Documented, is_bodiless};
use crate::read::schema::SchemaId;
use serde_json::Value;

/// An error response of one operation.
#[derive(Debug, Clone)]
pub(super) struct ErrorResponse<'d> {
    /// The index of the operation.
    pub(super) operation: usize,
    pub(super) documented: Documented<'d>,
    /// `None` if there is no body.
    pub(super) content: Option<Content<'d>>,
    /// The further media types that have bodies of their own.
    pub(super) other_contents: Vec<Content<'d>>,
}

impl<'d> ErrorResponse<'d> {
    /// A response with the media type that is read first, without the further ones.
    pub(super) fn without_others(
        lowering: &Lowering<'d>,
        operation: usize,
        documented: Documented<'d>,
    ) -> Self {
        Self {
            operation,
            content: content(lowering, &documented.response.content),
            other_contents: Vec::new(),
            documented,
        }
    }

    /// The schema of a JSON body.
    pub(super) fn schema(&self) -> Option<SchemaId> {
        self.content
            .filter(|content| content.format == Format::Json)?
            .schema
    }
}

/// All error responses, operation by operation.
pub(super) fn error_responses<'d>(
    lowering: &mut Lowering<'d>,
    endpoints: &[Endpoint<'d>],
    outcomes: &[Outcomes<'d>],
) -> Vec<ErrorResponse<'d>> {
    let mut responses = Vec::new();
    for (operation, (endpoint, outcomes)) in endpoints.iter().zip(outcomes).enumerate() {
        for documented in &outcomes.errors {
            let response = ErrorResponse::without_others(lowering, operation, documented.clone());
            let content = response
                .content
                .filter(|_| !is_bodiless(endpoint, documented.status));
            responses.push(ErrorResponse {
                other_contents: other_contents_of(lowering, documented, content.as_ref()),
                content,
                ..response
            });
        }
    }
    responses
}

/// The further media types of an error whose body differs from that of the chosen one. Each becomes a case, which the
/// media type of the response selects. The others are reported as not decoded.
fn other_contents_of<'d>(
    lowering: &mut Lowering<'_>,
    documented: &Documented<'d>,
    chosen: Option<&Content<'d>>,
) -> Vec<Content<'d>> {
    let Some(chosen) = chosen else {
        return Vec::new();
    };
    let others = other_contents(lowering, documented.response, chosen);
    if !others.unread.is_empty() {
        let span = lowering.reader.key_span(&documented.pointer.child("content"));
        lowering.diagnostics.report(
            rules::ERROR_MEDIA_TYPES,
            span,
            &[&chosen.media_type, &others.unread.join("`, `")],
        );
    }
    others.read
}

/// The examples of the media type, each with the keys that lead to it from the response.
pub(super) fn media_examples<'d>(response: &ErrorResponse<'d>) -> Vec<(&'d Value, Vec<&'d str>)> {
    let Some(content) = response.content else {
        return Vec::new();
    };
    let keys = ["content", content.media_type];
    let named = content.media.examples.iter().filter_map(|(name, example)| {
        let value = example.as_item()?.value.as_ref()?;
        Some((value, [keys.as_slice(), &["examples", name]].concat()))
    });
    let one = content
        .media
        .example
        .iter()
        .map(|value| (value, [keys.as_slice(), &["example"]].concat()));
    one.chain(named).collect()
}
