//! Lowers responses: classifies them as successes or errors, and lowers their bodies and headers.

use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::model::{Docs, Status};
use crate::read::tree::Pointer;
use openapiv3::{ReferenceOr, StatusCode};

pub(in crate::lower) mod contents;
mod events;
pub(in crate::lower) mod former_header_sets;
mod header_form;
pub(in crate::lower) mod header_sets;
pub(in crate::lower) mod headers;
pub(in crate::lower) mod success;

/// One documented response.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Documented<'d> {
    pub(in crate::lower) status: Status,
    pub(in crate::lower) response: &'d openapiv3::Response,
    pub(in crate::lower) pointer: Pointer,
}

/// The documented responses of an operation. A redirect is an error, since the client follows redirects and returns only
/// those that it cannot follow.
pub(in crate::lower) struct Outcomes<'d> {
    pub(in crate::lower) successes: Vec<Documented<'d>>,
    pub(in crate::lower) errors: Vec<Documented<'d>>,
}

/// Sorts the responses of an operation. `default` is an error if there is a 2xx response. Without one it is the success,
/// unless it describes an error.
pub(in crate::lower) fn outcomes<'d>(lowering: &Lowering<'d>, endpoint: &Endpoint<'d>) -> Outcomes<'d> {
    let responses = &endpoint.route.operation.responses;
    let pointer = endpoint.route.pointer.child("responses");
    let mut outcomes = Outcomes {
        successes: Vec::new(),
        errors: Vec::new(),
    };
    for (code, response) in &responses.responses {
        let ReferenceOr::Item(response) = response else {
            continue;
        };
        let (status, key) = match code {
            StatusCode::Code(code) => (Status::Exact(*code), code.to_string()),
            StatusCode::Range(hundreds) => (
                Status::Range(u8::try_from(*hundreds).unwrap_or_default()),
                format!("{hundreds}XX"),
            ),
        };
        let upper = pointer.child(&key);
        let pointer = if lowering.reader.resolve(&upper).is_none() && key.ends_with("XX") {
            pointer.child(key.to_ascii_lowercase())
        } else {
            upper
        };
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
    if let Some(ReferenceOr::Item(response)) = &responses.default {
        let documented = Documented {
            status: Status::Default,
            response,
            pointer: pointer.child("default"),
        };
        if outcomes.successes.is_empty() && !describes_error(lowering, response) {
            outcomes.successes.push(documented);
        } else {
            outcomes.errors.push(documented);
        }
    }
    outcomes.errors.sort_by_key(|error| match error.status {
        Status::Exact(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    outcomes
}

/// Whether the description or the name of the body's schema contains a word for an error.
fn describes_error(lowering: &Lowering<'_>, response: &openapiv3::Response) -> bool {
    let mentions_error = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["error", "problem", "fault", "fail"]
            .iter()
            .any(|word| text.contains(word))
    };
    mentions_error(&response.description)
        || contents::content(lowering, &response.content)
            .and_then(|content| content.schema)
            .is_some_and(|id| {
                let schema = lowering.reader.schema(lowering.reader.follow(id));
                schema
                    .pointer
                    .segments()
                    .last()
                    .is_some_and(|name| mentions_error(&name))
            })
}

/// The description of a response.
pub(in crate::lower) fn response_docs(response: &openapiv3::Response) -> Docs {
    Docs {
        description: text(Some(&response.description)),
        ..Docs::default()
    }
}

/// Whether HTTP allows no body in a response (RFC 9110, section 6.4.1), even if one is documented.
pub(in crate::lower) fn is_bodiless(endpoint: &Endpoint<'_>, status: Status) -> bool {
    endpoint.route.method == "HEAD" || matches!(status, Status::Exact(204 | 205 | 304))
}
