//! Sorts the documented responses of operations into successes and errors.

use super::Documented;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::model::Status;
use crate::read::tree::Pointer;
use openapiv3::{ReferenceOr, StatusCode};

/// The documented responses of an operation. A redirect is a success if no 2xx response is documented. Beside one it is
/// an error, since the client follows redirects and returns only those that it does not follow.
pub(in crate::lower) struct Outcomes<'d> {
    pub(in crate::lower) successes: Vec<Documented<'d>>,
    pub(in crate::lower) errors: Vec<Documented<'d>>,
    /// A `default` beside no 2xx response: the success for every 2xx, and the error for every other status without a
    /// response of its own. It is in neither list.
    pub(in crate::lower) lone_default: Option<Documented<'d>>,
}

impl<'d> Outcomes<'d> {
    /// The responses that can be a success.
    pub(in crate::lower) fn all_successes(&self) -> impl Iterator<Item = &Documented<'d>> {
        self.successes.iter().chain(&self.lone_default)
    }

    /// The responses that can be an error.
    pub(in crate::lower) fn all_errors(&self) -> impl Iterator<Item = &Documented<'d>> {
        self.errors.iter().chain(&self.lone_default)
    }
}

/// Sorts the responses of all operations by their statuses.
pub(in crate::lower) fn sort<'d>(lowering: &Lowering<'d>, endpoints: &[Endpoint<'d>]) -> Vec<Outcomes<'d>> {
    endpoints
        .iter()
        .map(|endpoint| sort_responses(lowering, endpoint))
        .collect()
}

fn sort_responses<'d>(lowering: &Lowering<'d>, endpoint: &Endpoint<'d>) -> Outcomes<'d> {
    let responses = &endpoint.route.operation.responses;
    let pointer = endpoint.route.pointer.child("responses");
    let mut outcomes = Outcomes {
        successes: Vec::new(),
        errors: Vec::new(),
        lone_default: None,
    };
    for (code, response) in &responses.responses {
        let ReferenceOr::Item(response) = response else {
            continue;
        };
        let (status, pointer) = status_and_pointer(lowering, code, &pointer);
        let list = match status {
            Status::Exact(200..=299) | Status::Range(2) => &mut outcomes.successes,
            // A client only gets the response after an informational one.
            Status::Exact(0..=199) | Status::Range(0 | 1) => continue,
            _ => &mut outcomes.errors,
        };
        list.push(Documented {
            status,
            response,
            pointer,
        });
    }
    let has_success = !outcomes.successes.is_empty();
    if !has_success {
        let is_redirect = |error: &mut Documented<'_>| error.status.is_redirect();
        outcomes.successes = outcomes.errors.extract_if(.., is_redirect).collect();
    }
    if let Some(ReferenceOr::Item(response)) = &responses.default {
        let default = Documented {
            status: Status::Default,
            response,
            pointer: pointer.child("default"),
        };
        if has_success {
            outcomes.errors.push(default);
        } else {
            outcomes.lone_default = Some(default);
        }
    }
    outcomes.errors.sort_by_key(|error| match error.status {
        Status::Exact(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    outcomes
}

/// The statuses that a key of `responses` stands for, and the pointer of its response.
fn status_and_pointer(lowering: &Lowering<'_>, code: &StatusCode, responses: &Pointer) -> (Status, Pointer) {
    let (status, key) = match code {
        StatusCode::Code(code) => (Status::Exact(*code), code.to_string()),
        StatusCode::Range(hundreds) => (
            Status::Range(u8::try_from(*hundreds).unwrap_or_default()),
            format!("{hundreds}XX"),
        ),
    };
    let upper = responses.child(&key);
    if lowering.reader.resolve(&upper).is_none() && key.ends_with("XX") {
        (status, responses.child(key.to_ascii_lowercase()))
    } else {
        (status, upper)
    }
}
