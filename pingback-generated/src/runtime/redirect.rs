//! Decides whether to follow a redirect, and what to send to the new location. reqwest's redirect policy is disabled,
//! since it would send a key in a custom header to other hosts.

use http::{HeaderMap, Method, StatusCode, header};
use reqwest::Url;

/// The maximum number of redirects that are followed for a request.
pub(super) const MAX_REDIRECTS: usize = 10;

/// The next request of a chain of redirects.
#[derive(Debug, PartialEq)]
pub(super) struct Next {
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) with_body: bool,
    /// Whether the location has another origin. From then on, no credentials, headers or body are sent.
    pub(super) leaves_origin: bool,
}

/// The next request; `None` if the response is not a redirect, or is a redirect that must not be followed.
pub(super) fn next(from: &Url, method: &Method, status: StatusCode, headers: &HeaderMap) -> Option<Next> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let mut url = from.join(location).ok()?;
    url.set_fragment(None);
    let secure_enough = url.scheme() == "https" || url.scheme() == "http" && from.scheme() == "http";
    // reqwest would send a user name in the location as an `Authorization` header.
    if !secure_enough || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let see_other = status == StatusCode::SEE_OTHER && *method != Method::HEAD;
    let method = if see_other { Method::GET } else { method.clone() };
    let leaves_origin = url.origin() != from.origin();
    if leaves_origin && method != Method::GET && method != Method::HEAD {
        return None;
    }
    Some(Next {
        url,
        method,
        with_body: !see_other && !leaves_origin,
        leaves_origin,
    })
}
