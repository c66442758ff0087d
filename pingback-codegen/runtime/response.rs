//! A successful response: its typed body, status and headers.

use super::headers::{HeaderError, TypedHeaders};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

/// A successful response. It derefs to its typed body.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Response<T> {
    pub(super) fn new(body: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            body,
            status,
            headers,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, parsed; `None` if the header is missing or cannot be parsed.
    #[must_use]
    pub fn header<V: FromStr>(&self, name: &str) -> Option<V> {
        self.headers.get(name)?.to_str().ok()?.parse().ok()
    }

    /// The documented headers, as the type in `headers` that the operation's documentation names.
    ///
    /// # Errors
    /// A required header is missing, or a header does not match its documentation.
    pub fn typed_headers<H: TypedHeaders>(&self) -> Result<H, HeaderError> {
        H::read(&self.headers)
    }

    /// The body, without status and headers.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.body
    }

    /// The body, status and headers.
    #[must_use]
    pub fn into_parts(self) -> (T, StatusCode, HeaderMap) {
        (self.body, self.status, self.headers)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
