//! Splits the bytes of a stream into events: server-sent events (WHATWG HTML, section 9.2.6, "Interpreting an event
//! stream"), and JSON values, one on each line or with record separators (RFC 7464). The bytes can be split anywhere.

use std::collections::VecDeque;
use std::time::Duration;

/// The maximum number of bytes of an event.
const MAX_LENGTH: usize = 64 * 1024 * 1024;

/// How events are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// `text/event-stream`.
    ServerSent,
    /// `application/x-ndjson`, `application/jsonl`: a JSON value on each line.
    Lines,
    /// `application/json-seq` (RFC 7464): a JSON value after each record separator.
    Sequence,
}

/// An event, before its data is decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) name: Option<String>,
    pub(super) data: String,
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
}

/// An event is longer than [`MAX_LENGTH`].
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// The state of splitting a stream.
#[derive(Debug)]
pub(super) struct Framer {
    framing: Framing,
    /// The received part of a line, or of a record.
    pending: Vec<u8>,
    /// Whether the last byte was a CR. A LF after it is part of the same line end.
    after_cr: bool,
    /// Whether the first line is complete.
    started: bool,
    /// The received part of an event. Each line of its data ends with a LF.
    frame: Frame,
    /// The last id that was received.
    id: String,
    /// The last id that was received up to the event that `next` returned last.
    last_id: String,
    retry: Option<Duration>,
    /// The complete events that were not returned yet, each with the last id up to it. An id without an event is an
    /// entry, too.
    ready: VecDeque<(String, Option<Frame>)>,
}

impl Framer {
    pub(super) fn new(framing: Framing) -> Self {
        Self {
            framing,
            pending: Vec::new(),
            after_cr: false,
            started: false,
            frame: Frame::default(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
            ready: VecDeque::new(),
        }
    }

    /// Removes the next complete event.
    pub(super) fn next(&mut self) -> Option<Frame> {
        while let Some((id, frame)) = self.ready.pop_front() {
            self.last_id = id;
            if frame.is_some() {
                return frame;
            }
        }
        None
    }

    /// The last id that the server has sent, up to the event that `next` returned last.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// The delay before reconnecting that the server asks for.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Adds received bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        match self.framing {
            Framing::ServerSent => self.push_lines(bytes, |byte| matches!(byte, b'\n' | b'\r')),
            Framing::Lines => self.push_lines(bytes, |byte| byte == b'\n'),
            Framing::Sequence => self.push_records(bytes),
        }
    }

    /// Ends the stream. An incomplete server-sent event is discarded, as WHATWG HTML requires. A JSON value at the end
    /// may be complete.
    pub(super) fn end(&mut self) {
        if self.framing != Framing::ServerSent {
            self.json();
        }
        self.pending.clear();
    }

    fn push_lines(&mut self, mut bytes: &[u8], ends: fn(u8) -> bool) -> Result<(), TooLong> {
        if bytes.is_empty() {
            return Ok(());
        }
        if std::mem::take(&mut self.after_cr) {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(at) = bytes.iter().position(|byte| ends(*byte)) {
            let (line, rest) = bytes.split_at(at);
            self.keep(line)?;
            bytes = match rest {
                [b'\r'] => {
                    self.after_cr = true;
                    &[]
                }
                [b'\r', b'\n', rest @ ..] | [_, rest @ ..] | rest => rest,
            };
            if self.framing == Framing::ServerSent {
                self.line()?;
            } else {
                self.json();
            }
        }
        self.keep(bytes)
    }

    fn push_records(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        for piece in bytes.split_inclusive(|byte| matches!(byte, 0x1e | b'\n')) {
            match piece.split_last() {
                Some((0x1e, text)) => {
                    self.keep(text)?;
                    self.json();
                }
                Some((b'\n', _)) => {
                    self.keep(piece)?;
                    // Most values end with a line feed. A complete value is returned before the next separator.
                    if serde_json::from_slice::<serde::de::IgnoredAny>(&self.pending).is_ok() {
                        self.json();
                    }
                }
                _ => self.keep(piece)?,
            }
        }
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        if self.pending.len() + self.frame.data.len() + bytes.len() > MAX_LENGTH {
            self.pending = Vec::new();
            self.frame = Frame::default();
            return Err(TooLong);
        }
        self.pending.extend_from_slice(bytes);
        Ok(())
    }

    /// Completes a JSON value, if any text is pending.
    fn json(&mut self) {
        let text = self.text();
        if !text.trim().is_empty() {
            let frame = Frame {
                data: text.trim().to_owned(),
                ..Frame::default()
            };
            self.ready.push_back((String::new(), Some(frame)));
        }
    }

    /// Removes the pending text, without the byte order mark at the start of the stream.
    fn text(&mut self) -> String {
        let bytes = std::mem::take(&mut self.pending);
        let start = if self.started {
            None
        } else {
            bytes.strip_prefix(b"\xef\xbb\xbf")
        };
        self.started = true;
        String::from_utf8_lossy(start.unwrap_or(&bytes)).into_owned()
    }

    /// Processes a complete line of server-sent events.
    fn line(&mut self) -> Result<(), TooLong> {
        let line = self.text();
        if line.is_empty() {
            self.dispatch();
            return Ok(());
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.frame.name = Some(value.to_owned()),
            "data" => {
                if self.frame.data.len() + value.len() >= MAX_LENGTH {
                    self.frame = Frame::default();
                    return Err(TooLong);
                }
                self.frame.data.push_str(value);
                self.frame.data.push('\n');
            }
            "id" if !value.contains('\0') => self.frame.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // A number that overflows `u64` is an unlimited delay.
                let pause = Duration::from_millis(value.parse().unwrap_or(u64::MAX));
                self.frame.retry = Some(pause);
                self.retry = Some(pause);
            }
            // Other fields are ignored, and so are comments, which begin with a colon: their name is empty.
            _ => {}
        }
        Ok(())
    }

    /// Completes an event at a blank line. An event without data is discarded, but its id is kept.
    fn dispatch(&mut self) {
        let mut frame = std::mem::take(&mut self.frame);
        if let Some(id) = &frame.id {
            self.id.clone_from(id);
        }
        let has_data = frame.data.pop().is_some();
        if has_data || frame.id.is_some() {
            self.ready.push_back((self.id.clone(), has_data.then_some(frame)));
        }
    }
}
