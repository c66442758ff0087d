//! Where a redirect leads, and what may go there. reqwest's own following is off, since it would carry a key in
//! a header of the API's own to another host.

use http::{HeaderMap, Method, StatusCode, header};
use reqwest::Url;

/// How many redirects are followed in a row.
pub(super) const MOST: usize = 10;

/// The next request of a chain.
#[derive(Debug, PartialEq)]
pub(super) struct Next {
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) with_body: bool,
    /// Another origin: credentials, headers and body stay behind, for the rest of the chain.
    pub(super) left: bool,
}

/// Where to go next; `None` if the response is no redirect or one that must not be followed.
pub(super) fn next(from: &Url, method: &Method, status: StatusCode, headers: &HeaderMap) -> Option<Next> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let mut url = from.join(location).ok()?;
    url.set_fragment(None);
    let secure_enough = url.scheme() == "https" || url.scheme() == "http" && from.scheme() == "http";
    // A user name in a location would become an `Authorization` header.
    if !secure_enough || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let see_other = status == StatusCode::SEE_OTHER && *method != Method::HEAD;
    let method = if see_other { Method::GET } else { method.clone() };
    let left = url.origin() != from.origin();
    if left && method != Method::GET && method != Method::HEAD {
        return None;
    }
    Some(Next {
        url,
        method,
        with_body: !see_other && !left,
        left,
    })
}
