//! Request bodies that are sent as they are produced: from a stream, a reader, or several bodies.

use super::content::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use std::error::Error;
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// The size of the buffer for a reader.
const READ_SIZE: usize = 64 * 1024;

type Chunk = Option<Result<Bytes, Box<dyn Error + Send + Sync>>>;

/// Produces the next bytes.
type Next = Box<dyn FnMut(&mut Context<'_>) -> Poll<Chunk> + Send>;

impl Body {
    /// Creates a body from a stream.
    pub fn stream<S, D, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let mut stream = Box::pin(stream);
        Self::chunks(Box::new(move |context| {
            let next = ready!(stream.as_mut().poll_next(context));
            Poll::Ready(next.map(|item| item.map(Into::into).map_err(Into::into)))
        }))
    }

    /// Creates a body from a reader, such as a `tokio::fs::File`.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        let mut reader = Box::pin(reader);
        let mut buffer = Vec::new();
        Self::chunks(Box::new(move |context| {
            buffer.resize(READ_SIZE, 0);
            let mut part = ReadBuf::new(&mut buffer);
            Poll::Ready(match ready!(reader.as_mut().poll_read(context, &mut part)) {
                Ok(()) if part.filled().is_empty() => None,
                Ok(()) => Some(Ok(Bytes::copy_from_slice(part.filled()))),
                Err(error) => Some(Err(error.into())),
            })
        }))
    }

    /// Concatenates bodies; `None` if one is a stream that has been sent already.
    pub(super) fn concat(bodies: &[Self]) -> Option<Self> {
        let length: Option<u64> = bodies.iter().map(Self::known_length).sum();
        let taken: Option<Vec<reqwest::Body>> = bodies.iter().map(Self::take).collect();
        let mut rest = taken?.into_iter();
        let mut current = None;
        let body = Self::chunks(Box::new(move |context| {
            loop {
                if current.is_none() {
                    current = rest.next();
                }
                let Some(body) = &mut current else {
                    return Poll::Ready(None);
                };
                match ready!(http_body::Body::poll_frame(pin!(body), context)) {
                    Some(Ok(frame)) => {
                        if let Ok(data) = frame.into_data() {
                            return Poll::Ready(Some(Ok(data)));
                        }
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                    None => current = None,
                }
            }
        }));
        Some(match length {
            Some(length) => body.length(length),
            None => body,
        })
    }

    fn chunks(next: Next) -> Self {
        reqwest::Body::wrap(Chunks(Mutex::new(Some(next)))).into()
    }
}

/// A body for reqwest, which requires it to be `Sync`. The mutex makes it so and is never locked.
struct Chunks(Mutex<Option<Next>>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let slot = self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(next) = slot else {
            return Poll::Ready(None);
        };
        let chunk = ready!(next(context));
        if !matches!(chunk, Some(Ok(_))) {
            // The producer is not called again after the end or an error.
            *slot = None;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
