//! Decides whether to follow a redirect, and what to send to the new location. reqwest's redirect policy is disabled,
//! since it would send a key in a custom header to other hosts.

use http::{HeaderMap, Method, StatusCode, header};
use reqwest::Url;

/// The maximum number of redirects that are followed for a request.
const MAX_REDIRECTS: usize = 10;

/// Which redirects are followed: those with status 301, 302, 303, 307 or 308 and a `Location`, at most ten in a row.
///
/// A redirect is not followed if it is a documented success of the operation, if it leads from https to http, or if the
/// body of the request is a stream and would have to be sent again. The response to a redirect that is not followed is
/// returned, with its status and headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Redirects {
    /// Within the origin (scheme, host and port) the whole request is sent again. A GET or HEAD is also sent to another
    /// origin, without credentials, without the headers that the caller has set, and without a body.
    #[default]
    AnyOrigin,
    /// Only redirects within the origin are followed.
    SameOrigin,
    /// No redirect is followed.
    Never,
}

/// One request of a chain of redirects.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hop {
    /// The URL without credentials.
    pub(super) url: Url,
    pub(super) method: Method,
    /// Whether the body of the request is sent.
    pub(super) with_body: bool,
    /// Whether all requests of the chain so far went to one origin. If not, no credentials, headers of the caller or
    /// body are sent.
    pub(super) same_origin: bool,
    /// How many redirects led here.
    redirects: usize,
}

impl Hop {
    /// The request itself.
    pub(super) fn first(url: Url, method: Method) -> Self {
        Self {
            url,
            method,
            with_body: true,
            same_origin: true,
            redirects: 0,
        }
    }

    /// The request that a response leads to; `None` if the response is not a redirect, or one that must not be followed.
    pub(super) fn next(&self, status: StatusCode, headers: &HeaderMap, allowed: Redirects) -> Option<Self> {
        if !is_redirect(status) || self.redirects >= MAX_REDIRECTS || allowed == Redirects::Never {
            return None;
        }
        let url = location(&self.url, headers)?;
        let same_origin = self.same_origin && url.origin() == self.url.origin();
        let see_other = status == StatusCode::SEE_OTHER && self.method != Method::HEAD;
        let method = if see_other {
            Method::GET
        } else {
            self.method.clone()
        };
        let may_leave = allowed == Redirects::AnyOrigin && matches!(method, Method::GET | Method::HEAD);
        (same_origin || may_leave).then_some(Self {
            url,
            method,
            with_body: self.with_body && !see_other && same_origin,
            same_origin,
            redirects: self.redirects + 1,
        })
    }
}

/// Whether a response with this status and a `Location` is a redirect (RFC 9110, section 15.4).
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The URL of a redirect, if it is as secure as `from`.
fn location(from: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let mut url = from.join(location).ok()?;
    url.set_fragment(None);
    let is_secure = url.scheme() == "https" || url.scheme() == "http" && from.scheme() == "http";
    // reqwest would send a user name in the location as an `Authorization` header.
    (is_secure && url.username().is_empty() && url.password().is_none()).then_some(url)
}
