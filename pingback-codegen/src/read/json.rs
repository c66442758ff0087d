//! Parses a JSON text (RFC 8259) into a tree.

use super::number::Number;
use super::tree::{Entry, Node, Value};
use super::tree_rules::{MAX_DEPTH, duplicate_key};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::{SourceId, Span};
use indexmap::IndexMap;

/// A parsed JSON text.
pub(super) struct Json {
    pub(super) root: Node,
    /// The warnings about names that occur twice in an object. The tree has the last member of the name.
    pub(super) duplicate_keys: Vec<Diagnostic>,
}

/// Parses a JSON text.
pub(super) fn parse(source: SourceId, text: &str) -> Result<Json, Diagnostic> {
    let at = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut parser = Parser {
        source,
        text,
        at,
        duplicate_keys: Vec::new(),
    };
    parser.skip_white_space();
    let root = parser.value(0)?;
    parser.skip_white_space();
    if parser.at < text.len() {
        return Err(parser.error("something follows the end of the value"));
    }
    Ok(Json {
        root,
        duplicate_keys: parser.duplicate_keys,
    })
}

struct Parser<'a> {
    source: SourceId,
    text: &'a str,
    at: usize,
    duplicate_keys: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_white_space(&mut self) {
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

    /// A syntax error at the next character.
    fn error(&self, why: &str) -> Diagnostic {
        let here = self.span(self.at);
        let length = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let end = here.end + u32::try_from(length).unwrap_or(0);
        Diagnostic::new(rules::SYNTAX, Span { end, ..here }, &[&why])
    }

    /// Recursion is bounded by [`MAX_DEPTH`].
    fn value(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.literal("true", Value::Bool(true))?,
            Some(b'f') => self.literal("false", Value::Bool(false))?,
            Some(b'n') => self.literal("null", Value::Null)?,
            Some(_) => return Err(self.error("a value is expected here")),
            None => return Err(self.error("the text ends where a value is expected")),
        };
        Ok(Node {
            value,
            span: self.span(start),
        })
    }

    /// Consumes the opening bracket of a collection.
    fn enter(&mut self, depth: usize) -> Result<(), Diagnostic> {
        if depth >= MAX_DEPTH {
            let span = self.error("").span;
            return Err(Diagnostic::new(rules::TOO_DEEP, span, &[&MAX_DEPTH]));
        }
        self.at += 1;
        self.skip_white_space();
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
                return Err(self.error("a name in double quotes is expected here"));
            }
            let key = self.string()?;
            let key_span = self.span(start);
            self.skip_white_space();
            if self.peek() != Some(b':') {
                return Err(self.error("a colon is expected here"));
            }
            self.at += 1;
            self.skip_white_space();
            let node = self.value(depth + 1)?;
            if let Some(first) = entries.get(&key) {
                self.duplicate_keys
                    .push(duplicate_key(&key, first.key_span, key_span));
            }
            entries.insert(key, Entry { key_span, node });
            if self.ends_collection(b'}', "a comma or `}` is expected here")? {
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
            if self.ends_collection(b']', "a comma or `]` is expected here")? {
                return Ok(Value::Array(nodes));
            }
        }
    }

    /// Consumes the comma or closing bracket after an element. True for a closing bracket.
    fn ends_collection(&mut self, close: u8, expected: &str) -> Result<bool, Diagnostic> {
        self.skip_white_space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_white_space();
                Ok(false)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.error(expected)),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, Diagnostic> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("a value is expected here"))
        }
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        if let Some(number) = Number::parse(&self.text[start..self.at]) {
            Ok(Value::Number(number))
        } else {
            self.at = start;
            Err(self.error("this is not a number of JSON"))
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
                Some(_) => return Err(self.error("a control character must be escaped in a string")),
                None => return Err(self.error("the text ends inside a string")),
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
                return self.unicode_escape();
            }
            _ => {
                self.at = start;
                return Err(self.error("this escape sequence is not defined"));
            }
        };
        self.at += 1;
        Ok(char)
    }

    /// The character of a `\u` escape. An unpaired surrogate becomes U+FFFD.
    fn unicode_escape(&mut self) -> Result<char, Diagnostic> {
        let Some(first) = self.four_hex_digits() else {
            return Err(self.error("four hexadecimal digits are expected here"));
        };
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let after_first = self.at;
        if self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            if let Some(second) = self
                .four_hex_digits()
                .filter(|second| (0xdc00..0xe000).contains(second))
            {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = after_first;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_hex_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
