//! A JSON text in, a tree with byte ranges out. Strict; whoever wants leniency goes on to YAML.

use super::number::Number;
use super::tree::{Entry, Node, Value};
use super::yaml::{MAX_DEPTH, duplicate_key};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::{SourceId, Span};
use indexmap::IndexMap;

/// What was read.
pub(super) struct Parsed {
    /// The value.
    pub(super) root: Node,
    /// Warnings of names that occur twice in an object; the last one is in the tree.
    pub(super) duplicates: Vec<Diagnostic>,
}

/// Reads a text that is JSON and nothing else.
pub(super) fn parse(source: SourceId, text: &str) -> Result<Parsed, Diagnostic> {
    let at = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut reader = Reader {
        source,
        text,
        at,
        duplicates: Vec::new(),
    };
    reader.space();
    let root = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.failure("something follows the end of the value"));
    }
    Ok(Parsed {
        root,
        duplicates: reader.duplicates,
    })
}

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    at: usize,
    duplicates: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start: offset(start),
            end: offset(self.at),
        }
    }

    /// A complaint about the character at hand.
    fn failure(&self, why: &str) -> Diagnostic {
        let here = self.span(self.at);
        let length = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let end = here.end + u32::try_from(length).unwrap_or(0);
        Diagnostic::new(rules::SYNTAX, Span { end, ..here }, &[&why])
    }

    /// Recursion is bounded by `MAX_DEPTH`.
    fn value(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => return Err(self.failure("a value is expected here")),
            None => return Err(self.failure("the text ends where a value is expected")),
        };
        Ok(Node {
            value,
            span: self.span(start),
        })
    }

    fn enter(&mut self, depth: usize) -> Result<(), Diagnostic> {
        if depth >= MAX_DEPTH {
            let span = self.failure("").span;
            return Err(Diagnostic::new(rules::TOO_DEEP, span, &[&MAX_DEPTH]));
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<Value, Diagnostic> {
        self.enter(depth)?;
        let mut entries: IndexMap<String, Entry> = IndexMap::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(entries));
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.failure("a name in double quotes is expected here"));
            }
            let key = self.string()?;
            let key_span = self.span(start);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.failure("a colon is expected here"));
            }
            self.at += 1;
            self.space();
            let node = self.value(depth + 1)?;
            if let Some(first) = entries.get(&key) {
                self.duplicates
                    .push(duplicate_key(&key, first.key_span, key_span));
            }
            entries.insert(key, Entry { key_span, node });
            if self.more(b'}', "a comma or `}` is expected here")? {
                return Ok(Value::Object(entries));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Diagnostic> {
        self.enter(depth)?;
        let mut nodes = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(nodes));
        }
        loop {
            nodes.push(self.value(depth + 1)?);
            if self.more(b']', "a comma or `]` is expected here")? {
                return Ok(Value::Array(nodes));
            }
        }
    }

    /// After an element: true if the collection ends here.
    fn more(&mut self, close: u8, otherwise: &str) -> Result<bool, Diagnostic> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                Ok(false)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.failure(otherwise)),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Diagnostic> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.failure("a value is expected here"))
        }
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        // It is strict, and keeps integers integers.
        if let Some(number) = Number::parse(&self.text[start..self.at]) {
            Ok(Value::Number(number))
        } else {
            self.at = start;
            Err(self.failure("this is no number that JSON can hold"))
        }
    }

    fn string(&mut self) -> Result<String, Diagnostic> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self
                .peek()
                .is_some_and(|byte| byte != b'"' && byte != b'\\' && byte >= 0x20)
            {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.failure("a control character must be escaped in a string")),
                None => return Err(self.failure("the text ends inside a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Diagnostic> {
        let start = self.at;
        self.at += 1;
        let char = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => {
                self.at = start;
                return Err(self.failure("this escape is not known"));
            }
        };
        self.at += 1;
        Ok(char)
    }

    /// The character after `\u`; half of a surrogate pair alone becomes the replacement character.
    fn unicode(&mut self) -> Result<char, Diagnostic> {
        let Some(first) = self.hex() else {
            return Err(self.failure("four hexadecimal digits are expected here"));
        };
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let after_first = self.at;
        if self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            if let Some(second) = self.hex().filter(|second| (0xdc00..0xe000).contains(second)) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = after_first;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
