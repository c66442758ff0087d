//! Bytes in, however they are cut; the events of a stream out. Server-sent events as WHATWG HTML says (section 9.2.6,
//! "Interpreting an event stream"), and JSON values, one on each line or set apart by RFC 7464.

use std::collections::VecDeque;
use std::time::Duration;

/// More than this of one event is never kept.
const LONGEST: usize = 64 * 1024 * 1024;

/// How events are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// `text/event-stream`.
    ServerSent,
    /// `application/x-ndjson`, `application/jsonl`: a JSON value on each line.
    Lines,
    /// `application/json-seq`: a JSON value after each record separator.
    Sequence,
}

/// One event as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) name: Option<String>,
    pub(super) data: String,
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
}

/// An event is too long to be kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Puts events together.
#[derive(Debug)]
pub(super) struct Framer {
    framing: Framing,
    /// What has come of a line, or of a record.
    pending: Vec<u8>,
    /// The last byte was a CR: a LF after it belongs to it.
    after_cr: bool,
    /// The first line is complete.
    begun: bool,
    /// What has come of an event; each line of data ends with a LF.
    frame: Frame,
    /// The last id that has come.
    id: String,
    /// The last id of what has been handed out.
    last_id: String,
    retry: Option<Duration>,
    /// What is complete, with the last id until then: an id can come without an event.
    ready: VecDeque<(String, Option<Frame>)>,
}

impl Framer {
    pub(super) fn new(framing: Framing) -> Self {
        Self {
            framing,
            pending: Vec::new(),
            after_cr: false,
            begun: false,
            frame: Frame::default(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
            ready: VecDeque::new(),
        }
    }

    /// The next event that is complete.
    pub(super) fn next(&mut self) -> Option<Frame> {
        while let Some((id, frame)) = self.ready.pop_front() {
            self.last_id = id;
            if frame.is_some() {
                return frame;
            }
        }
        None
    }

    /// The last id that the server has sent, up to the event that was handed out last.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants clients to wait before they come again.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes what has come.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        match self.framing {
            Framing::ServerSent => self.push_lines(bytes, |byte| matches!(byte, b'\n' | b'\r')),
            Framing::Lines => self.push_lines(bytes, |byte| byte == b'\n'),
            Framing::Sequence => self.push_records(bytes),
        }
    }

    /// Takes the end. An event that its stream breaks off is none (WHATWG); a JSON value may be complete.
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
                    // Most values end with the line: then there is no need to wait for the next one.
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
        if self.pending.len() + self.frame.data.len() + bytes.len() > LONGEST {
            self.pending = Vec::new();
            self.frame = Frame::default();
            return Err(TooLong);
        }
        self.pending.extend_from_slice(bytes);
        Ok(())
    }

    /// What is pending is a JSON value, if it is anything.
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

    /// What is pending, without the byte order mark that a stream may begin with.
    fn text(&mut self) -> String {
        let bytes = std::mem::take(&mut self.pending);
        let start = if self.begun {
            None
        } else {
            bytes.strip_prefix(b"\xef\xbb\xbf")
        };
        self.begun = true;
        String::from_utf8_lossy(start.unwrap_or(&bytes)).into_owned()
    }

    /// A line of server-sent events is complete.
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
                if self.frame.data.len() + value.len() >= LONGEST {
                    self.frame = Frame::default();
                    return Err(TooLong);
                }
                self.frame.data.push_str(value);
                self.frame.data.push('\n');
            }
            "id" if !value.contains('\0') => self.frame.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // Longer than a `u64` is for ever anyway.
                let pause = Duration::from_millis(value.parse().unwrap_or(u64::MAX));
                self.frame.retry = Some(pause);
                self.retry = Some(pause);
            }
            // A comment begins with a colon, and so has an empty name. What else there is, is ignored.
            _ => {}
        }
        Ok(())
    }

    /// A blank line: the event is complete, if it has data.
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
