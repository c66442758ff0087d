//! The bytes of a request: at hand, or a stream, which goes out once.

use bytes::Bytes;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The bytes that a request sends.
///
/// It is made from what holds them (`Bytes`, `Vec<u8>`, `String`, `&str`, `&[u8]`), or from a stream. A stream
/// goes out once: clones share it, a request with one is never repeated, and a redirect that would have to send it
/// again is not followed.
#[derive(Clone)]
pub struct Body(Content);

#[derive(Clone)]
enum Content {
    Whole(Bytes),
    Stream {
        body: Arc<Mutex<Option<reqwest::Body>>>,
        length: Option<u64>,
    },
}

impl Body {
    /// Says how long a stream is, which then goes out with that `Content-Length` rather than in chunks.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// How many bytes there are, if that is known.
    #[must_use]
    pub fn known_length(&self) -> Option<u64> {
        match &self.0 {
            Content::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { length, .. } => *length,
        }
    }

    /// The bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Whole(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// What to send now; `None` if it was a stream that has been sent.
    pub(super) fn take(&self) -> Option<reqwest::Body> {
        match &self.0 {
            Content::Whole(bytes) => Some(bytes.clone().into()),
            Content::Stream { body, .. } => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    pub(super) fn is_stream(&self) -> bool {
        matches!(self.0, Content::Stream { .. })
    }
}

/// Equal bytes, or the same stream.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Content::Whole(one), Content::Whole(other)) => one == other,
            (Content::Stream { body: one, .. }, Content::Stream { body: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.is_stream() { "stream" } else { "bytes" };
        f.debug_struct("Body").field(name, &self.known_length()).finish()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Whole(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Bytes::copy_from_slice(text.as_bytes()).into()
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Bytes::copy_from_slice(bytes).into()
    }
}

impl<const N: usize> From<&[u8; N]> for Body {
    fn from(bytes: &[u8; N]) -> Self {
        bytes.as_slice().into()
    }
}

/// Of a body of reqwest, which can be made from further kinds of streams.
impl From<reqwest::Body> for Body {
    fn from(body: reqwest::Body) -> Self {
        match body.as_bytes() {
            Some(bytes) => bytes.into(),
            None => Self(Content::Stream {
                body: Arc::new(Mutex::new(Some(body))),
                length: None,
            }),
        }
    }
}
