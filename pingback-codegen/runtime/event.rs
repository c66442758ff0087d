//! Responses that are streams of events: server-sent events, or sequences of JSON values.

use super::error::{DecodeError, Error, TransportError, TransportErrorKind};
use super::framing::{Frame, Framer, Framing, TooLong};
use super::reply::{Incoming, Reply};
use super::stream::ByteStream;
use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The error of a stream of events: `Transport`, or `Decode` for one event.
pub type StreamError = Error<Infallible>;

/// A stream of events with data of type `T`: call [`EventStream::next`], or use it as a `Stream`.
///
/// An event whose data is not a `T`, such as the `[DONE]` at the end of some streams, does not end the stream: only
/// [`Event::data`] of that event returns an error, and the next event can be read.
pub struct EventStream<T> {
    bytes: ByteStream,
    framer: Framer,
    head: Arc<Reply>,
    decode: Decode<T>,
    ended: bool,
}

type Decode<T> = fn(&Frame) -> Result<T, serde_json::Error>;

/// An event.
pub struct Event<T> {
    frame: Frame,
    last_id: String,
    head: Arc<Reply>,
    decode: Decode<T>,
}

/// The success of an operation that returns either a complete body or a stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Either<W, S> {
    /// A complete body.
    Whole(W),
    /// A stream.
    Stream(S),
}

impl<W, S> Either<W, S> {
    /// The complete body, if it is one.
    pub fn whole(self) -> Option<W> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Stream(_) => None,
        }
    }

    /// The stream, if it is one.
    pub fn stream(self) -> Option<S> {
        match self {
            Self::Whole(_) => None,
            Self::Stream(stream) => Some(stream),
        }
    }
}

/// Server-sent events whose data is JSON.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn events<T: DeserializeOwned>(incoming: Incoming) -> Result<EventStream<T>, Box<DecodeError>> {
    Ok(EventStream::new(incoming, Framing::ServerSent, data))
}

/// Server-sent events whose data is text.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn text_events<T: DeserializeOwned>(incoming: Incoming) -> Result<EventStream<T>, Box<DecodeError>> {
    Ok(EventStream::new(incoming, Framing::ServerSent, text))
}

/// Server-sent events that are documented as objects with the members `event`, `data`, `id` and `retry`.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn whole_events<T: DeserializeOwned>(incoming: Incoming) -> Result<EventStream<T>, Box<DecodeError>> {
    Ok(EventStream::new(incoming, Framing::ServerSent, whole))
}

/// JSON values, one on each line.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn json_lines<T: DeserializeOwned>(incoming: Incoming) -> Result<EventStream<T>, Box<DecodeError>> {
    Ok(EventStream::new(incoming, Framing::Lines, data))
}

/// JSON values that are separated by record separators (RFC 7464).
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "all readers have one signature")]
pub fn json_sequence<T: DeserializeOwned>(incoming: Incoming) -> Result<EventStream<T>, Box<DecodeError>> {
    Ok(EventStream::new(incoming, Framing::Sequence, data))
}

fn data<T: DeserializeOwned>(frame: &Frame) -> Result<T, serde_json::Error> {
    serde_json::from_str(&frame.data)
}

fn text<T: DeserializeOwned>(frame: &Frame) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::String(frame.data.clone()))
}

fn whole<T: DeserializeOwned>(frame: &Frame) -> Result<T, serde_json::Error> {
    let text = || Value::String(frame.data.clone());
    let json = serde_json::from_str(&frame.data).ok();
    let both = json.is_some();
    serde_json::from_value(object(frame, json.unwrap_or_else(text))).or_else(|error| {
        // Data that is valid JSON may be documented as text.
        let text = both.then(|| serde_json::from_value(object(frame, text())).ok());
        text.flatten().ok_or(error)
    })
}

fn object(frame: &Frame, data: Value) -> Value {
    let mut object = Map::new();
    if let Some(name) = &frame.name {
        object.insert("event".to_owned(), name.as_str().into());
    }
    if let Some(id) = &frame.id {
        object.insert("id".to_owned(), id.as_str().into());
    }
    if let Some(retry) = frame.retry {
        let milliseconds = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
        object.insert("retry".to_owned(), milliseconds.into());
    }
    object.insert("data".to_owned(), data);
    Value::Object(object)
}

impl<T> EventStream<T> {
    fn new(incoming: Incoming, framing: Framing, decode: Decode<T>) -> Self {
        let head = Arc::new(incoming.reply.clone());
        Self {
            // Long pauses between events are normal.
            bytes: ByteStream::new(incoming).idle_timeout(None),
            framer: Framer::new(framing),
            head,
            decode,
            ended: false,
        }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// The connection was interrupted, the idle timeout expired, or an event is longer than 64 MiB. The stream ends
    /// after such an error.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    /// The data of the next event; `None` at the end.
    ///
    /// # Errors
    /// Those of [`EventStream::next`] and [`Event::data`]. After an error of [`Event::data`] the next event can be
    /// read.
    pub async fn next_data(&mut self) -> Option<Result<T, StreamError>> {
        let event = self.next().await?;
        Some(event.and_then(|event| event.data()))
    }

    /// Sets the maximum time without data before the stream fails. `None`, the default, is no limit.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Option<Duration>) -> Self {
        self.bytes = self.bytes.idle_timeout(limit);
        self
    }

    /// The last id that the server has sent; empty if it has sent none. If a new request has this id in the header
    /// `Last-Event-ID`, a server that supports ids continues after that event.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        self.framer.last_id()
    }

    /// The delay before reconnecting that the server asks for.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.framer.retry()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, StreamError>>> {
        Poll::Ready(match ready!(self.poll_frame(context)) {
            Some(Ok(frame)) => Some(Ok(Event {
                frame,
                last_id: self.framer.last_id().to_owned(),
                head: Arc::clone(&self.head),
                decode: self.decode,
            })),
            Some(Err(error)) => Some(Err(Error::Transport(error))),
            None => None,
        })
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, TransportError>>> {
        loop {
            if let Some(frame) = self.framer.next() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(self.bytes.poll_chunk(context)) {
                Some(Ok(chunk)) => {
                    if let Err(TooLong) = self.framer.push(&chunk) {
                        self.ended = true;
                        let error =
                            TransportError::new(self.head.operation, TransportErrorKind::TooLong, None);
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    self.framer.end();
                }
            }
        }
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> Event<T> {
    /// The name of the event; `message` if the server has sent none.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.frame.name.as_deref() {
            None | Some("") => "message",
            Some(name) => name,
        }
    }

    /// The data as it was received.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.frame.data
    }

    /// The last id that the server has sent, with this event or an earlier one; `None` if it has sent none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        Some(self.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// The decoded data.
    ///
    /// # Errors
    /// The data is not a `T`. The error contains the data as its body.
    pub fn data(&self) -> Result<T, StreamError> {
        (self.decode)(&self.frame).map_err(|error| self.json_error(std::any::type_name::<T>(), &error))
    }

    fn json_error(&self, type_name: &'static str, error: &serde_json::Error) -> StreamError {
        let reply = Reply {
            body: Bytes::from(self.frame.data.clone()),
            ..Reply::clone(&self.head)
        };
        Error::Decode(reply.json_error(type_name, error))
    }
}

impl<T> Clone for Event<T> {
    fn clone(&self) -> Self {
        Self {
            frame: self.frame.clone(),
            last_id: self.last_id.clone(),
            head: Arc::clone(&self.head),
            decode: self.decode,
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("operation", &self.head.operation)
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name())
            .field("text", &self.text())
            .field("id", &self.id())
            .finish()
    }
}
