//! A JSON parser for the examples of documentation, which are often not quite JSON: with missing or superfluous commas,
//! comments, single or typographic quotation marks, or keys without quotation marks. It corrects such mistakes and
//! returns what and where they were.
//!
//! ```text
//! {code: 'A_B', "status": 400,} // comment
//! ```

use serde_json::{Map, Number, Value};
use std::str::CharIndices;

/// Values nested deeper than this are read as `null`.
const MAX_DEPTH: usize = 64;
/// The most mistakes that are reported for one value.
const MAX_MISTAKES: usize = 16;

/// A parsed value.
pub(super) struct Parsed {
    pub(super) value: Value,
    /// Where the value ends.
    pub(super) end: usize,
    /// The mistakes that were corrected, each with its byte offset.
    pub(super) mistakes: Vec<(usize, &'static str)>,
}

/// Parses the value at `start`. Returns `None` if there is no value.
pub(super) fn parse(text: &str, start: usize) -> Option<Parsed> {
    let mut parser = Parser {
        text,
        at: start,
        mistakes: Vec::new(),
    };
    parser.skip_space();
    let value = parser.value(0)?;
    Some(Parsed {
        value,
        end: parser.at,
        mistakes: parser.mistakes,
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    mistakes: Vec<(usize, &'static str)>,
}

/// Returns the length of the comment that a text begins with.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") || text.starts_with('#') {
        Some(text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        Some(text.find("*/").map_or(text.len(), |end| end + 2))
    } else {
        None
    }
}

fn ellipsis_length(text: &str) -> Option<usize> {
    let ellipsis = ["...", "…"]
        .iter()
        .find(|ellipsis| text.starts_with(**ellipsis))?;
    Some(ellipsis.len())
}

/// Returns the closing quotation mark for an opening one.
fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '\'' => Some('\''),
        '“' | '”' | '„' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn report(&mut self, mistake: &'static str) {
        self.report_at(self.at, mistake);
    }

    fn report_at(&mut self, at: usize, mistake: &'static str) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push((at, mistake));
        }
    }

    /// Skips white space, comments and ellipses.
    fn skip_space(&mut self) {
        let is_space = |char: char| char.is_whitespace() || super::text::is_invisible(char);
        loop {
            let rest = &self.text[self.at..];
            let text = rest.trim_start_matches(is_space);
            self.at += rest.len() - text.len();
            if let Some(length) = comment_length(text) {
                self.report("JSON has no comments");
                self.at += length;
            } else if let Some(length) = ellipsis_length(text) {
                self.report("an ellipsis replaces a part of it");
                self.at += length;
            } else {
                return;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let char = self.peek()?;
        match char {
            '{' => Some(self.object(depth)),
            '[' => Some(self.array(depth)),
            _ if closing_quote(char).is_some() => Some(Value::String(self.string(char))),
            _ => self.unquoted_value(),
        }
    }

    /// Parses an object, whose `{` is the next character.
    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut members = Map::new();
        let mut is_separated = true;
        while self.begin_item('}', &mut is_separated) {
            let Some(key) = self.key() else {
                self.skip_char();
                is_separated = true;
                continue;
            };
            let value = self.member_value(depth);
            members.entry(key).or_insert(value);
        }
        Value::Object(members)
    }

    /// Parses the colon and the value of a member.
    fn member_value(&mut self, depth: usize) -> Value {
        self.skip_space();
        if self.peek() == Some(':') {
            self.at += 1;
        } else {
            self.report("a colon is missing");
        }
        self.skip_space();
        if matches!(self.peek(), None | Some(',' | '}' | ']')) {
            self.report("a value is missing");
            Value::Null
        } else {
            self.nested(depth)
        }
    }

    /// Parses an array, whose `[` is the next character.
    fn array(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut elements = Vec::new();
        let mut is_separated = true;
        while self.begin_item(']', &mut is_separated) {
            let element = self.nested(depth);
            elements.push(element);
        }
        Value::Array(elements)
    }

    /// Skips to the next member or element. Returns `false` at the end of the object or array, which `close` ends.
    fn begin_item(&mut self, close: char, is_separated: &mut bool) -> bool {
        loop {
            self.skip_space();
            match self.peek() {
                Some(',') => self.comma(is_separated),
                Some(char) if char == close => {
                    self.at += 1;
                    return false;
                }
                None | Some('}' | ']') => {
                    self.report(if close == '}' {
                        "a `}` is missing"
                    } else {
                        "a `]` is missing"
                    });
                    return false;
                }
                Some(_) => break,
            }
        }
        if !*is_separated {
            self.report("a comma is missing");
        }
        *is_separated = false;
        true
    }

    fn comma(&mut self, is_separated: &mut bool) {
        if *is_separated {
            self.report("a superfluous comma");
        }
        *is_separated = true;
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        if matches!(self.peek(), Some('}' | ']')) {
            self.report_at(comma, "a superfluous comma");
        }
    }

    /// Parses a value inside another. A character that begins no value is skipped and read as `null`.
    fn nested(&mut self, depth: usize) -> Value {
        if depth >= MAX_DEPTH {
            self.report("nested too deeply to be read");
            self.skip_nested();
            return Value::Null;
        }
        if let Some(value) = self.value(depth + 1) {
            return value;
        }
        self.skip_char();
        Value::Null
    }

    /// Skips a value that is nested too deeply, without recursion.
    fn skip_nested(&mut self) {
        let mut open = 0usize;
        while let Some(char) = self.peek() {
            match char {
                '{' | '[' => open += 1,
                '}' | ']' if open == 0 => return,
                '}' | ']' => open -= 1,
                '"' => {
                    self.string(char);
                    continue;
                }
                _ => {}
            }
            self.at += char.len_utf8();
            if open == 0 && matches!(char, '}' | ']' | ',') {
                return;
            }
        }
    }

    fn skip_char(&mut self) {
        if let Some(char) = self.peek() {
            self.report("an unexpected character");
            self.at += char.len_utf8();
        }
    }

    fn key(&mut self) -> Option<String> {
        let char = self.peek()?;
        if closing_quote(char).is_some() {
            return Some(self.string(char));
        }
        let rest = &self.text[self.at..];
        let length = rest
            .find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '$' | '-' | '.')))
            .unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.report("a key without quotation marks");
        let key = rest[..length].to_owned();
        self.at += length;
        Some(key)
    }

    /// Parses a string, whose quotation mark is the next character. An unclosed string ends at the end of the line.
    fn string(&mut self, open: char) -> String {
        if open != '"' {
            self.report("quotation marks that JSON does not allow");
        }
        let close = closing_quote(open).unwrap_or(open);
        self.at += open.len_utf8();
        let mut string = String::new();
        let start = self.at;
        let mut chars = self.text[start..].char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => match decode_escape(&mut chars) {
                    Some(char) => string.push(char),
                    None => break,
                },
                _ if char == close || (close == '”' && char == '"') => {
                    self.at = start + at + char.len_utf8();
                    return string;
                }
                '\n' => {
                    self.at = start + at;
                    self.report("a string without its closing quotation mark");
                    return string.trim_end().trim_end_matches(',').to_owned();
                }
                _ => string.push(char),
            }
        }
        self.at = self.text.len();
        self.report("a string without its closing quotation mark");
        string
    }

    /// Parses a number, a literal, or a word that should have been a string.
    fn unquoted_value(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|char: char| {
                char.is_whitespace() || matches!(char, ',' | '}' | ']' | '{' | '[' | ':' | '"')
            })
            .unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_empty() {
            return None;
        }
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => {
                if let Ok(number) = word.parse::<Number>() {
                    Value::Number(number)
                } else {
                    self.report("not a JSON value");
                    match word {
                        "True" => Value::Bool(true),
                        "False" => Value::Bool(false),
                        "None" | "undefined" | "nil" => Value::Null,
                        _ => Value::String(word.to_owned()),
                    }
                }
            }
        };
        self.at += length;
        Some(value)
    }
}

/// Decodes what follows the backslash of an escape.
fn decode_escape(chars: &mut CharIndices<'_>) -> Option<char> {
    let (_, char) = chars.next()?;
    Some(match char {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let (decoded, length) = decode_unicode_escape(chars.as_str());
            for _ in 0..length {
                chars.next();
            }
            decoded
        }
        other => other,
    })
}

/// Decodes what follows the `\u` of an escape, or of a surrogate pair of escapes. Returns the character and the number
/// of characters that were consumed.
fn decode_unicode_escape(text: &str) -> (char, usize) {
    let unit = |text: &str| text.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(first) = unit(text) else {
        return (char::REPLACEMENT_CHARACTER, 0);
    };
    if let Some(char) = char::from_u32(first) {
        return (char, 4);
    }
    let second = text
        .get(4..)
        .and_then(|rest| rest.strip_prefix("\\u"))
        .and_then(unit)
        .filter(|second| (0xDC00..0xE000).contains(second) && (0xD800..0xDC00).contains(&first));
    match second {
        Some(second) => {
            let scalar = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            (char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER), 10)
        }
        None => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<&'static str>) {
        let parsed = parse(text, 0).expect("a value");
        (
            parsed.value.to_string(),
            parsed.mistakes.into_iter().map(|(_, what)| what).collect(),
        )
    }

    #[test]
    fn reads_valid_json_without_mistakes() {
        let text = r#"{"a":[1,-2.5,"x\n\u00e9",{"b":null}],"c":true}"#;
        let (value, mistakes) = read(text);
        assert_eq!(
            value,
            serde_json::from_str::<Value>(text)
                .expect("valid JSON")
                .to_string()
        );
        assert!(mistakes.is_empty());
    }

    #[test]
    fn corrects_and_reports_mistakes() {
        let table = [
            (r#"{"a":1 "b":2}"#, r#"{"a":1,"b":2}"#, "a comma is missing"),
            (r#"{"a":1,}"#, r#"{"a":1}"#, "a superfluous comma"),
            (
                r"{'a':1}",
                r#"{"a":1}"#,
                "quotation marks that JSON does not allow",
            ),
            (
                r"{“a”:1}",
                r#"{"a":1}"#,
                "quotation marks that JSON does not allow",
            ),
            (r"{a:1}", r#"{"a":1}"#, "a key without quotation marks"),
            ("{\"a\":1 // one\n}", r#"{"a":1}"#, "JSON has no comments"),
            (r#"{"a":1"#, r#"{"a":1}"#, "a `}` is missing"),
            (r#"{"a":}"#, r#"{"a":null}"#, "a value is missing"),
            (
                r#"{"a":[1,...]}"#,
                r#"{"a":[1]}"#,
                "an ellipsis replaces a part of it",
            ),
            (
                "{\"a\":\"x\n}",
                r#"{"a":"x"}"#,
                "a string without its closing quotation mark",
            ),
        ];
        for (text, expected, mistake) in table {
            let (value, mistakes) = read(text);
            assert_eq!(value, expected, "{text}");
            assert_eq!(mistakes.first(), Some(&mistake), "{text}");
        }
    }

    #[test]
    fn terminates_on_deeply_nested_input() {
        for text in [
            "[".repeat(1 << 20),
            "{\"a\":".repeat(1 << 18),
            "{a".repeat(1 << 18),
            "[}".repeat(1 << 18),
        ] {
            assert!(parse(&text, 0).is_some());
        }
    }
}
