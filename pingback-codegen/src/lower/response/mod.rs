//! Lowers responses: sorts them into successes and errors, and lowers their bodies and headers.

use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::model::{Docs, Status};
use crate::read::tree::Pointer;

pub(in crate::lower) mod contents;
mod events;
pub(in crate::lower) mod former_header_sets;
mod header_form;
pub(in crate::lower) mod header_sets;
pub(in crate::lower) mod headers;
pub(in crate::lower) mod outcomes;
pub(in crate::lower) mod success;

/// One documented response.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Documented<'d> {
    pub(in crate::lower) status: Status,
    pub(in crate::lower) response: &'d openapiv3::Response,
    pub(in crate::lower) pointer: Pointer,
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
