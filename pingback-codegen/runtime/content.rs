//! The body of a request: bytes, or a stream that can be sent once.

use bytes::Bytes;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The body of a request.
///
/// It is created from `Bytes`, `Vec<u8>`, `String`, `&str` or `&[u8]`, or from a stream. A stream can be sent once:
/// clones share it, a request with a stream is never repeated, and a redirect that would have to send it again is not
/// followed.
#[derive(Clone)]
pub struct Body {
    content: Content,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Whole(Bytes),
    Stream {
        body: Arc<Mutex<Option<reqwest::Body>>>,
        length: Option<u64>,
    },
}

impl Body {
    fn new(content: Content) -> Self {
        Self {
            content,
            content_type: None,
        }
    }

    /// Sets the media type. Replaces the documented one. Required where the document has only a range, such as `image/*`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The media type that was set.
    pub(super) fn own_content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Sets the length of a stream, which is then sent with `Content-Length` instead of in chunks.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// The number of bytes, if it is known.
    #[must_use]
    pub fn known_length(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { length, .. } => *length,
        }
    }

    /// The bytes; `None` if the body is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// The body to send; `None` if it is a stream that has been sent already.
    pub(super) fn take(&self) -> Option<reqwest::Body> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.clone().into()),
            Content::Stream { body, .. } => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    pub(super) fn is_stream(&self) -> bool {
        matches!(self.content, Content::Stream { .. })
    }
}

/// Bodies are equal if their media types and their bytes are equal, or if they share one stream.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        let is_same_content = match (&self.content, &other.content) {
            (Content::Whole(one), Content::Whole(other)) => one == other,
            (Content::Stream { body: one, .. }, Content::Stream { body: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        };
        is_same_content && self.content_type == other.content_type
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
        Self::new(Content::Whole(bytes))
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

/// reqwest can create bodies from other kinds of streams.
impl From<reqwest::Body> for Body {
    fn from(body: reqwest::Body) -> Self {
        match body.as_bytes() {
            Some(bytes) => bytes.into(),
            None => Self::new(Content::Stream {
                body: Arc::new(Mutex::new(Some(body))),
                length: None,
            }),
        }
    }
}
