//! Decides which documented codes are specific to the status of their response.
//!
//! A document lists a code in an `enum` or `const`, or shows it in an example. An example in a schema that many
//! responses share belongs to one of them, but the document does not show to which. So a code is specific to a status if
//! all responses that its place in the document was found for have that status, or if it is the only value of its
//! schema. Any other code is one of the API's codes, but no response is matched by it.

use super::error_response::ErrorResponse;
use super::evidence::{BodyAlternative, Evidence};
use crate::model::Status;
use crate::read::tree::Pointer;
use std::collections::{HashMap, HashSet};

/// One alternative of an error body, with its codes classified.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) body: BodyAlternative,
    /// The codes that are specific to the status.
    pub(super) status_specific: Vec<Evidence>,
    /// Whether the body may also have another code, or none.
    pub(super) open: bool,
}

/// Classifies the codes of all responses.
pub(super) fn classify(
    responses: &[ErrorResponse<'_>],
    alternatives: Vec<Vec<BodyAlternative>>,
) -> Vec<Vec<Branch>> {
    let mut statuses: HashMap<Pointer, HashSet<Status>> = HashMap::new();
    let mut example_codes: HashSet<&str> = HashSet::new();
    let mut example_statuses: HashSet<Status> = HashSet::new();
    let mut responses_with_examples = 0;
    for (response, alternatives) in responses.iter().zip(&alternatives) {
        let status = response.documented.status;
        let mut has_example = false;
        for evidence in alternatives.iter().flat_map(|body| &body.evidence) {
            statuses
                .entry(evidence.origin.clone())
                .or_default()
                .insert(status);
            if !evidence.listed {
                has_example = true;
                example_codes.insert(&evidence.code);
                example_statuses.insert(status);
            }
        }
        responses_with_examples += usize::from(has_example);
    }
    // An example that is copied to responses of several statuses is no more specific than a shared one.
    let is_one_example =
        example_codes.len() == 1 && example_statuses.len() > 1 && responses_with_examples > 2;
    let is_specific = |evidence: &Evidence| {
        let has_one_status = statuses.get(&evidence.origin).is_none_or(|all| all.len() == 1);
        (has_one_status || evidence.listed && evidence.alone) && (evidence.listed || !is_one_example)
    };
    let classify = |body: BodyAlternative| {
        let (status_specific, others): (Vec<Evidence>, Vec<Evidence>) =
            body.evidence.iter().cloned().partition(is_specific);
        let is_closed = status_specific.iter().any(|evidence| evidence.listed);
        let has_other_listed = others.iter().any(|evidence| evidence.listed);
        Branch {
            open: status_specific.is_empty() || has_other_listed && !is_closed,
            body,
            status_specific,
        }
    };
    alternatives
        .into_iter()
        .map(|bodies| bodies.into_iter().map(classify).collect())
        .collect()
}
