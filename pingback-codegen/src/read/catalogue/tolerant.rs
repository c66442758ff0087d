//! A JSON parser that reads what people publish as JSON: with commas missing or to spare, comments, single
//! or curly quotation marks, bare keys. It says what it mended, and never fails; it knows nothing of what
//! the JSON is for.

use serde_json::{Map, Number, Value};

/// Values nested deeper than this are read as `null`.
const DEEPEST: usize = 64;

/// What was read.
pub(super) struct Parsed {
    pub(super) value: Value,
    /// Where the value ends.
    pub(super) end: usize,
    /// What had to be mended, each with its place.
    pub(super) slips: Vec<(usize, &'static str)>,
}

/// Reads the value at `start`; `None` if there is none.
pub(super) fn parse(text: &str, start: usize) -> Option<Parsed> {
    let mut parser = Parser {
        text,
        at: start,
        slips: Vec::new(),
    };
    parser.skip_blank();
    let value = parser.value(0)?;
    Some(Parsed {
        value,
        end: parser.at,
        slips: parser.slips,
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    slips: Vec<(usize, &'static str)>,
}

/// Quotation marks and what closes them.
fn closing(open: char) -> Option<char> {
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

    fn slip(&mut self, what: &'static str) {
        // A broken text of a megabyte must not become a megabyte of complaints.
        if self.slips.len() < 16 {
            self.slips.push((self.at, what));
        }
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let left =
                rest.trim_start_matches(|char: char| char.is_whitespace() || super::text::is_invisible(char));
            self.at += rest.len() - left.len();
            let comment = if left.starts_with("//") || left.starts_with('#') {
                left.find('\n').unwrap_or(left.len())
            } else if left.starts_with("/*") {
                left.find("*/").map_or(left.len(), |end| end + 2)
            } else if left.starts_with("...") {
                3
            } else if left.starts_with('…') {
                '…'.len_utf8()
            } else {
                return;
            };
            self.slip(if left.starts_with(['.', '…']) {
                "an ellipsis stands for something left out"
            } else {
                "JSON has no comments"
            });
            self.at += comment;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let char = self.peek()?;
        match char {
            '{' => Some(self.object(depth)),
            '[' => Some(self.array(depth)),
            _ if closing(char).is_some() => Some(Value::String(self.string(char))),
            _ => self.bare(),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut members = Map::new();
        let mut separated = true;
        loop {
            self.skip_blank();
            match self.peek() {
                None | Some(']') => {
                    self.slip("a `}` is missing");
                    break;
                }
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(',') => {
                    self.comma(&mut separated);
                    continue;
                }
                Some(_) => {}
            }
            if !separated {
                self.slip("a comma is missing");
            }
            separated = false;
            let Some(key) = self.key() else {
                self.skip_char();
                separated = true;
                continue;
            };
            self.skip_blank();
            if self.peek() == Some(':') {
                self.at += 1;
            } else {
                self.slip("a colon is missing");
            }
            self.skip_blank();
            let value = if matches!(self.peek(), None | Some(',' | '}' | ']')) {
                self.slip("a value is missing");
                Value::Null
            } else {
                self.nested(depth)
            };
            members.entry(key).or_insert(value);
        }
        Value::Object(members)
    }

    fn array(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut elements = Vec::new();
        let mut separated = true;
        loop {
            self.skip_blank();
            match self.peek() {
                None | Some('}') => {
                    self.slip("a `]` is missing");
                    break;
                }
                Some(']') => {
                    self.at += 1;
                    break;
                }
                Some(',') => {
                    self.comma(&mut separated);
                    continue;
                }
                Some(_) => {}
            }
            if !separated {
                self.slip("a comma is missing");
            }
            separated = false;
            let value = self.nested(depth);
            elements.push(value);
        }
        Value::Array(elements)
    }

    fn comma(&mut self, separated: &mut bool) {
        if *separated {
            self.slip("a comma too many");
        }
        *separated = true;
        let comma = self.at;
        self.at += 1;
        self.skip_blank();
        if matches!(self.peek(), Some('}' | ']')) {
            self.slips.push((comma, "a comma too many"));
        }
    }

    /// A value inside another; whatever cannot be read is passed over.
    fn nested(&mut self, depth: usize) -> Value {
        if depth >= DEEPEST {
            self.slip("nested too deeply to be read");
            self.skip_nested();
            return Value::Null;
        }
        if let Some(value) = self.value(depth + 1) {
            return value;
        }
        self.skip_char();
        Value::Null
    }

    /// Passes over a value that is nested too deeply, without recursion.
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
            self.slip("this does not belong here");
            self.at += char.len_utf8();
        }
    }

    fn key(&mut self) -> Option<String> {
        let char = self.peek()?;
        if closing(char).is_some() {
            return Some(self.string(char));
        }
        let rest = &self.text[self.at..];
        let length = rest
            .find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '$' | '-' | '.')))
            .unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.slip("a key without quotation marks");
        let key = rest[..length].to_owned();
        self.at += length;
        Some(key)
    }

    fn string(&mut self, open: char) -> String {
        if open != '"' {
            self.slip("not the quotation marks of JSON");
        }
        let close = closing(open).unwrap_or(open);
        self.at += open.len_utf8();
        let mut string = String::new();
        let start = self.at;
        let mut chars = self.text[start..].char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => match chars.next() {
                    Some((_, 'n')) => string.push('\n'),
                    Some((_, 't')) => string.push('\t'),
                    Some((_, 'r')) => string.push('\r'),
                    Some((_, 'b')) => string.push('\u{8}'),
                    Some((_, 'f')) => string.push('\u{c}'),
                    Some((escape, 'u')) => {
                        let (char, length) = unicode(&self.text[start + escape + 1..]);
                        string.push(char);
                        for _ in 0..length {
                            chars.next();
                        }
                    }
                    Some((_, other)) => string.push(other),
                    None => break,
                },
                _ if char == close || (close == '”' && char == '"') => {
                    self.at = start + at + char.len_utf8();
                    return string;
                }
                '\n' => {
                    self.at = start + at;
                    self.slip("a string without its closing quotation mark");
                    return string.trim_end().trim_end_matches(',').to_owned();
                }
                _ => string.push(char),
            }
        }
        self.at = self.text.len();
        self.slip("a string without its closing quotation mark");
        string
    }

    /// A number, a literal, or a word that should have been a string.
    fn bare(&mut self) -> Option<Value> {
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
                    self.slip("not a JSON value");
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

/// The character of a `\uXXXX` escape (a pair of them for most emoji) and how many characters it took.
fn unicode(text: &str) -> (char, usize) {
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
            parsed.slips.into_iter().map(|(_, what)| what).collect(),
        )
    }

    #[test]
    fn sound_json_needs_no_mending() {
        let text = r#"{"a":[1,-2.5,"x\n\u00e9",{"b":null}],"c":true}"#;
        let (value, slips) = read(text);
        assert_eq!(
            value,
            serde_json::from_str::<Value>(text).expect("sound").to_string()
        );
        assert!(slips.is_empty());
    }

    #[test]
    fn slips_are_mended_and_told() {
        let table = [
            (r#"{"a":1 "b":2}"#, r#"{"a":1,"b":2}"#, "a comma is missing"),
            (r#"{"a":1,}"#, r#"{"a":1}"#, "a comma too many"),
            (r"{'a':1}", r#"{"a":1}"#, "not the quotation marks of JSON"),
            (r"{“a”:1}", r#"{"a":1}"#, "not the quotation marks of JSON"),
            (r"{a:1}", r#"{"a":1}"#, "a key without quotation marks"),
            ("{\"a\":1 // one\n}", r#"{"a":1}"#, "JSON has no comments"),
            (r#"{"a":1"#, r#"{"a":1}"#, "a `}` is missing"),
            (r#"{"a":}"#, r#"{"a":null}"#, "a value is missing"),
            (
                r#"{"a":[1,...]}"#,
                r#"{"a":[1]}"#,
                "an ellipsis stands for something left out",
            ),
            (
                "{\"a\":\"x\n}",
                r#"{"a":"x"}"#,
                "a string without its closing quotation mark",
            ),
        ];
        for (text, expected, slip) in table {
            let (value, slips) = read(text);
            assert_eq!(value, expected, "{text}");
            assert_eq!(slips.first(), Some(&slip), "{text}");
        }
    }

    #[test]
    fn hostile_text_ends() {
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
