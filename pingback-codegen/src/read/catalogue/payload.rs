//! Example bodies: finds the JSON object in a text, and the code, status and message in the object.
//!
//! ```text
//! HTTP/1.1 401 Unauthorized
//! { "error": { "code": "no_key", "message": "Give a key" } }
//! ```

use super::code::Shape;
use super::entry::Fact;
use super::lenient_json::{self, Parsed};
use super::status;
use super::text::Text;
use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;
use serde_json::Value;
use std::ops::Range;

/// Longer objects are cut off.
const MAX_LENGTH: usize = 64 * 1024;
/// How many levels of objects are searched for code, status and message.
const MAX_LEVELS: usize = 5;
/// How many elements of an array are searched.
const MAX_ELEMENTS: usize = 4;
/// Longer strings are not messages.
const MAX_MESSAGE_LENGTH: usize = 1000;
/// How many words of a line above the body are searched for a status.
const MAX_STATUS_LINE_WORDS: usize = 5;

/// The members that can hold a code, the most likely first. All keys are compared in lower case without `_` and `-`.
const CODE_KEYS: [&str; 12] = [
    "errorcode",
    "code",
    "errcode",
    "apicode",
    "internalcode",
    "error",
    "errortype",
    "type",
    "status",
    "reason",
    "name",
    "issue",
];
/// The members that hold only codes.
const EXPLICIT_CODE_KEYS: [&str; 3] = ["code", "errorcode", "errcode"];
/// The members that can hold a status.
const STATUS_KEYS: [&str; 5] = ["status", "statuscode", "httpstatus", "httpstatuscode", "httpcode"];
/// The members that can hold a message, the most likely first.
const MESSAGE_KEYS: [&str; 8] = [
    "message",
    "errormessage",
    "msg",
    "detail",
    "description",
    "errordescription",
    "error",
    "title",
];

/// An example body and the facts in it.
pub(super) struct ExampleBody {
    pub(super) body: Fact<Value>,
    pub(super) code: Option<Fact<String>>,
    pub(super) status: Option<Fact<u16>>,
    pub(super) message: Option<Fact<String>>,
    /// The status in the member that holds the code in other bodies, if the body has no code.
    pub(super) status_as_code: Option<u16>,
    /// The mistakes in the JSON, if there are any.
    pub(super) finding: Option<Diagnostic>,
}

/// Returns the range of the JSON object that the text in `range` begins with, after white space on the same line.
pub(super) fn leading_object_range(whole: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = &whole[range.clone()];
    let object = text.trim_start_matches([' ', '\t', '\u{a0}']);
    let inner = object.strip_prefix('{')?;
    let first = inner.trim_start();
    let has_key = first.starts_with(['"', '\'', '“', '”', '}'])
        || (inner.starts_with(['\n', '\r']) && first.starts_with(char::is_alphabetic));
    if !has_key {
        return None;
    }
    let start = range.start + text.len() - object.len();
    let length = closed_object_length(object).unwrap_or_else(|| open_object_length(object));
    Some(start..start + length)
}

/// Returns the length of an object to its closing brace.
fn closed_object_length(object: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, byte) in object.bytes().enumerate().take(MAX_LENGTH) {
        is_quoted &= byte != b'\n';
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b'{' if !is_quoted => depth += 1,
            b'}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the length of an object that is never closed. It ends at the first empty line, so that it does not swallow the
/// rest of the page.
fn open_object_length(object: &str) -> usize {
    let limit = (0..=object.len().min(MAX_LENGTH))
        .rev()
        .find(|end| object.is_char_boundary(*end))
        .unwrap_or(0);
    let mut end = 0;
    for line in object[..limit].split_inclusive('\n') {
        let is_empty =
            end > 0 && line.ends_with('\n') && line.trim_matches([' ', '\t', '\r', '\n']).is_empty();
        end += line.len();
        if is_empty {
            break;
        }
    }
    object[..end].trim_end().len()
}

/// Returns whether the whole text is one JSON object.
pub(super) fn is_object(text: &str) -> bool {
    let text = text.trim();
    leading_object_range(text, 0..text.len()).is_some_and(|range| range.end == text.len())
}

/// Reads an example. Returns `None` if it holds no JSON object.
pub(super) fn read(example: &Text) -> Option<ExampleBody> {
    let text = example.as_str();
    let start = text.find('{')?;
    let parsed = lenient_json::parse(text, start)?;
    let members = members_by_level(&parsed.value);
    let code = find_code(&members);
    // An example in a programming language also has braces.
    let has_quoted_key = text[start + 1..]
        .trim_start()
        .starts_with(['"', '\'', '“', '”', '}']);
    if !(parsed.mistakes.is_empty() || has_quoted_key || code.is_some()) {
        return None;
    }
    let object = ObjectText {
        example,
        range: start..parsed.end,
    };
    let code = code.map(|code| object.fact(&code));
    let status = find_status(&members, &object)
        .filter(|status| {
            code.as_ref()
                .is_none_or(|code| code.value != status.value.to_string())
        })
        .or_else(|| status_above(example, start));
    let message = find_message(&members)
        .filter(|message| code.as_ref().is_none_or(|code| code.value != *message))
        .map(|message| object.fact(message));
    Some(ExampleBody {
        status_as_code: find_status_as_code(&members).filter(|_| code.is_none()),
        finding: report_mistakes(example, &parsed),
        body: Fact {
            span: object.span(),
            value: parsed.value,
        },
        code,
        status,
        message,
    })
}

/// The text of an object in an example.
struct ObjectText<'a> {
    example: &'a Text,
    range: Range<usize>,
}

impl ObjectText<'_> {
    fn span(&self) -> Span {
        self.example.span(self.range.clone())
    }

    /// Returns the place where a value first occurs in the object; the whole object if it is spelled with escapes.
    fn place(&self, value: &str) -> Span {
        let start = self.range.start;
        self.example.as_str()[self.range.clone()].find(value).map_or_else(
            || self.span(),
            |at| self.example.span(start + at..start + at + value.len()),
        )
    }

    fn fact(&self, value: &str) -> Fact<String> {
        Fact {
            value: value.to_owned(),
            span: self.place(value),
        }
    }
}

fn report_mistakes(example: &Text, parsed: &Parsed) -> Option<Diagnostic> {
    let char_at = |at: usize| {
        let rest = example.as_str().get(at..);
        let length = rest
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        example.span(at..at + length)
    };
    let ((at, mistake), others) = parsed.mistakes.split_first()?;
    let finding = Diagnostic::new(rules::CATALOGUE_MALFORMED_PAYLOAD, char_at(*at), &[mistake]);
    Some(others.iter().fold(finding, |finding, (at, mistake)| {
        finding.related(char_at(*at), *mistake)
    }))
}

/// Finds the status in a line above the body such as `HTTP/1.1 401 Unauthorized`, `Status: 401`, `http code 401`.
fn status_above(example: &Text, body_start: usize) -> Option<Fact<u16>> {
    let mut next_start = 0;
    example.as_str()[..body_start]
        .split_inclusive('\n')
        .find_map(|line| {
            let start = next_start;
            next_start += line.len();
            let (value, range) = status_of_line(line)?;
            Some(Fact {
                value,
                span: example.span(start + range.start..start + range.end),
            })
        })
}

fn status_of_line(line: &str) -> Option<(u16, Range<usize>)> {
    let lower = line.trim_start().to_ascii_lowercase();
    if !(lower.starts_with("http") || lower.starts_with("status")) {
        return None;
    }
    let mut next_start = 0;
    line.split([' ', ':', '\t', '\n'])
        .take(MAX_STATUS_LINE_WORDS)
        .find_map(|word| {
            let range = next_start..next_start + word.len();
            next_start = range.end + 1;
            Some((status::parse_status(word)?, range))
        })
}

/// Returns the members of an object and of the values in it, outermost first, with normalized keys.
fn members_by_level(value: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let mut level = vec![value];
    for _ in 0..MAX_LEVELS {
        let mut next_level = Vec::new();
        for value in level {
            if let Some(members) = value.as_object() {
                found.extend(members.iter().map(|(key, value)| (normalize_key(key), value)));
                next_level.extend(members.values());
            }
            let elements = value.as_array().into_iter().flatten();
            next_level.extend(elements.take(MAX_ELEMENTS));
        }
        level = next_level;
    }
    found
}

fn normalize_key(key: &str) -> String {
    key.to_lowercase().replace(['_', '-'], "")
}

/// Returns a string or number as text.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn find_code(members: &[(String, &Value)]) -> Option<String> {
    CODE_KEYS.iter().find_map(|wanted| {
        members
            .iter()
            .filter(|(key, _)| key == wanted)
            .filter_map(|(key, value)| Some((key, scalar_text(value)?)))
            .find(|(key, word)| is_code(key, word))
            .map(|(_, word)| word)
    })
}

/// Returns whether the value of a member is a code.
fn is_code(key: &str, word: &str) -> bool {
    let Some(shape) = Shape::of(word) else {
        return false;
    };
    match shape {
        // `"code": 404` repeats the status.
        Shape::Number => key.ends_with("code") && status::parse_status(word).is_none(),
        Shape::Word => key.ends_with("code") && !is_placeholder(word),
        _ if matches!(key, "name" | "issue") => shape == Shape::ScreamingSnake,
        Shape::Kebab => key != "error",
        _ => true,
    }
}

fn find_status(members: &[(String, &Value)], object: &ObjectText<'_>) -> Option<Fact<u16>> {
    let named = members
        .iter()
        .filter(|(key, _)| STATUS_KEYS.contains(&key.as_str()));
    let codes = members.iter().filter(|(key, _)| key == "code");
    named.chain(codes).find_map(|(_, value)| {
        let word = scalar_text(value)?;
        Some(Fact {
            value: status::parse_status(&word)?,
            span: object.place(&word),
        })
    })
}

/// Finds the status in the first member that has a code in other bodies.
fn find_status_as_code(members: &[(String, &Value)]) -> Option<u16> {
    let (_, value) = members
        .iter()
        .find(|(key, _)| EXPLICIT_CODE_KEYS.contains(&key.as_str()))?;
    status::parse_status(&scalar_text(value)?)
}

fn find_message<'a>(members: &[(String, &'a Value)]) -> Option<&'a str> {
    MESSAGE_KEYS.iter().find_map(|wanted| {
        members
            .iter()
            .filter(|(key, _)| key == wanted)
            .find_map(|(_, value)| value.as_str().filter(|text| is_message(text)))
    })
}

fn is_message(text: &str) -> bool {
    !is_placeholder(text) && text.len() < MAX_MESSAGE_LENGTH
}

/// Returns whether a word is a placeholder for a value in an example: `<string>`, `message`.
fn is_placeholder(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '{', '}', '.', '…', '[', ']']);
    word.is_empty()
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "string"
                | "message"
                | "text"
                | "error message"
                | "code"
                | "integer"
                | "number"
                | "error"
                | "description"
        )
}
