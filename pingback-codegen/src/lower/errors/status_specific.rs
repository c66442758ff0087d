//! What error responses say of codes: where in a body the code, the message and the request id stand, and
//! which codes a response documents. Knows nothing of variants and types.
//!
//! A code can be documented by an `enum` or `const`, or only by examples. An example is a weak witness: in a
//! schema that many responses share it illustrates one of them. So what was found at one place of the document
//! is *tied* to a status only if all responses that it was found for have that status (or if it is a `const`,
//! which leaves no choice). What isn't tied still lists codes of the API, but a response is not told apart by
//! it. Nor does a number that repeats the HTTP status count as a code.

use super::evidence::{Branch, ErrorResponse};
use crate::model::Status;
use crate::read::tree::Pointer;
use std::collections::{HashMap, HashSet};

/// Decides which evidence is tied to its status; see the module's own words.
pub(in crate::lower) fn tie(responses: &[ErrorResponse<'_>], branches: &mut [Vec<Branch>]) {
    let mut statuses: HashMap<Pointer, HashSet<Status>> = HashMap::new();
    let mut examples: HashSet<String> = HashSet::new();
    let mut example_statuses: HashSet<Status> = HashSet::new();
    let mut example_responses = 0;
    for (response, branches) in responses.iter().zip(branches.iter()) {
        let mut by_example = false;
        for evidence in branches.iter().flat_map(|branch| &branch.evidence) {
            statuses
                .entry(evidence.origin.clone())
                .or_default()
                .insert(response.documented.status);
            if !evidence.listed {
                by_example = true;
                examples.insert(evidence.code.clone());
                example_statuses.insert(response.documented.status);
            }
        }
        example_responses += usize::from(by_example);
    }
    // One code for everything, copied from response to response, illustrates just as a shared one does.
    let one_for_all = examples.len() == 1 && example_statuses.len() > 1 && example_responses > 2;
    for branch in branches.iter_mut().flatten() {
        let (tied, untied): (Vec<_>, Vec<_>) = branch.evidence.iter().cloned().partition(|evidence| {
            let one_status = statuses.get(&evidence.origin).is_none_or(|all| all.len() == 1);
            (one_status || evidence.listed && evidence.alone) && (evidence.listed || !one_for_all)
        });
        let closed = tied.iter().any(|evidence| evidence.listed);
        branch.open = tied.is_empty() || untied.iter().any(|evidence| evidence.listed) && !closed;
        branch.tied = tied;
    }
}
