//! Bodies of responses that are read as streams of bytes.

use super::error::{DecodeError, TransportError, TransportErrorKind};
use super::reply::Incoming;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, ReadBuf};

/// The body of a response as a stream of bytes: call [`ByteStream::chunk`], or use it as a `Stream` or as a
/// `tokio::io::AsyncRead`. Data is received only as it is read.
pub struct ByteStream {
    operation: &'static str,
    body: reqwest::Body,
    idle_timeout: Option<Duration>,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
    /// Received bytes that did not fit into the buffer of the last read.
    rest: Bytes,
}

/// Returns the body as a stream of bytes.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn stream(incoming: Incoming) -> Result<ByteStream, Box<DecodeError>> {
    Ok(ByteStream::new(incoming))
}

impl ByteStream {
    pub(crate) fn new(incoming: Incoming) -> Self {
        Self {
            operation: incoming.reply.operation,
            body: incoming.response.into(),
            idle_timeout: incoming.timeout,
            pause: None,
            rest: Bytes::new(),
        }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// The connection was interrupted, or the idle timeout expired. The stream ends after an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| self.poll_chunk(context))
            .await
            .transpose()
    }

    /// All remaining bytes.
    ///
    /// # Errors
    /// The connection was interrupted, or the idle timeout expired.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Sets the maximum time without data before the stream fails; `None` for no limit. The default is the request's
    /// timeout.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Option<Duration>) -> Self {
        self.idle_timeout = limit;
        self.pause = None;
        self
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.rest))));
        }
        loop {
            let Poll::Ready(frame) = http_body::Body::poll_frame(Pin::new(&mut self.body), context) else {
                return self.poll_pause(context);
            };
            self.pause = None;
            match frame {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                    _ => {}
                },
                Some(Err(error)) => {
                    self.body = reqwest::Body::default();
                    let error = TransportError::from_reqwest(self.operation, error);
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
    }

    /// Fails if the idle timeout has expired.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Some(limit) = self.idle_timeout else {
            return Poll::Pending;
        };
        let pause = self
            .pause
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        ready!(pause.as_mut().poll(context));
        self.pause = None;
        self.body = reqwest::Body::default();
        let error = TransportError::new(self.operation, TransportErrorKind::Timeout, None);
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl AsyncRead for ByteStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let this = self.get_mut();
        match ready!(this.poll_chunk(context)) {
            Some(Ok(mut chunk)) => {
                buffer.put_slice(&chunk.split_to(chunk.len().min(buffer.remaining())));
                this.rest = chunk;
                Poll::Ready(Ok(()))
            }
            Some(Err(error)) => Poll::Ready(Err(std::io::Error::other(error))),
            None => Poll::Ready(Ok(())),
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("operation", &self.operation)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}
