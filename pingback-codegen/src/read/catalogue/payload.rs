//! Example bodies: where one lies in a text, and which code, status and message it holds.

use super::Fact;
use super::code::{self, Shape};
use super::draft::Reading;
use super::status;
use super::text::Text;
use super::tolerant;
use crate::diagnostic::{Diagnostic, rules};
use serde_json::Value;
use std::ops::Range;

/// The longest example that is taken for one.
const LONGEST: usize = 64 * 1024;

/// An example body, read.
pub(super) struct Payload {
    pub(super) body: Fact<Value>,
    pub(super) code: Option<Fact<String>>,
    pub(super) status: Option<Fact<u16>>,
    pub(super) message: Option<Fact<String>>,
}

/// If the text in `range` begins (after white space on its line) with a JSON object: where that lies.
pub(super) fn extent(whole: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = &whole[range.clone()];
    let left = text.trim_start_matches([' ', '\t', '\u{a0}']);
    let inner = left.strip_prefix('{')?;
    let first = inner.trim_start();
    let object = first.starts_with(['"', '\'', '“', '”', '}'])
        || (inner.starts_with(['\n', '\r']) && first.starts_with(char::is_alphabetic));
    if !object {
        return None;
    }
    let start = range.start + text.len() - left.len();
    // An object that never closes ends at the next empty line, or it would swallow the page.
    let mut open = 0usize;
    let mut quoted = false;
    let mut escaped = false;
    let mut line_is_blank = false;
    let mut giving_up = None;
    for (at, byte) in left.bytes().enumerate().take(LONGEST) {
        match byte {
            b'\n' => {
                quoted = false;
                if line_is_blank && giving_up.is_none() {
                    giving_up = Some(at);
                }
                line_is_blank = true;
            }
            b' ' | b'\t' | b'\r' => {}
            _ => line_is_blank = false,
        }
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => open += 1,
            b'}' if !quoted => {
                open -= 1;
                if open == 0 {
                    return Some(start..start + at + 1);
                }
            }
            _ => {}
        }
    }
    let end = giving_up.unwrap_or_else(|| left.len().min(LONGEST));
    let end = (0..=end)
        .rev()
        .find(|end| left.is_char_boundary(*end))
        .unwrap_or(0);
    Some(start..start + left[..end].trim_end().len())
}

/// Reads an example; `None` if it holds no object. Slips in it are reported.
pub(super) fn read(example: &Text, reading: &mut Reading) -> Option<Payload> {
    let text = example.as_str();
    let brace = text.find('{')?;
    let parsed = tolerant::parse(text, brace)?;
    // The end of a text is a place too.
    let point = |at: usize| {
        let length = text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        example.span(at..at + length)
    };
    // What begins with no name in quotation marks and holds no code is another language.
    let is_quoted = text[brace + 1..]
        .trim_start()
        .starts_with(['"', '\'', '“', '”', '}']);
    if !(parsed.slips.is_empty() || is_quoted) && find_code(&members(&parsed.value)).is_none() {
        return None;
    }
    if let Some((at, what)) = parsed.slips.first() {
        let mut finding = Diagnostic::new(rules::CATALOGUE_MALFORMED_PAYLOAD, point(*at), &[what]);
        for (at, what) in &parsed.slips[1..] {
            finding = finding.related(point(*at), *what);
        }
        reading.findings.push(finding);
    }
    let whole = example.span(brace..parsed.end);
    let place = |needle: &str| {
        text[brace..parsed.end]
            .find(needle)
            .map_or(whole, |at| example.span(brace + at..brace + at + needle.len()))
    };
    let members = members(&parsed.value);
    let code = find_code(&members).map(|value| Fact {
        span: place(&value),
        value,
    });
    // `HTTP/1.1 401 Unauthorized` above the body, or `http code 400`.
    let mut next = 0;
    let head = text[..brace].split_inclusive('\n').find_map(|line| {
        let start = next;
        next += line.len();
        status_line(line).map(|(value, range)| Fact {
            value,
            span: example.span(start + range.start..start + range.end),
        })
    });
    let status = members
        .iter()
        .filter(|(key, _)| {
            matches!(
                key.as_str(),
                "status" | "statuscode" | "httpstatus" | "httpstatuscode" | "httpcode"
            )
        })
        .chain(members.iter().filter(|(key, _)| key == "code"))
        .find_map(|(_, value)| {
            let word = scalar(value)?;
            Some(Fact {
                value: status::status(&word)?,
                span: place(&word),
            })
        })
        .filter(|status| {
            code.as_ref()
                .is_none_or(|code| code.value != status.value.to_string())
        })
        .or(head);
    if let (None, Some(value)) = (&code, members.iter().find(|(key, _)| is_code_key(key)))
        && let Some(number) = scalar(value.1).and_then(|word| status::status(&word))
    {
        reading.coded.push((
            number,
            Fact {
                value: parsed.value.clone(),
                span: whole,
            },
        ));
    }
    let message = [
        "message",
        "errormessage",
        "msg",
        "detail",
        "description",
        "errordescription",
        "error",
        "title",
    ]
    .iter()
    .find_map(|wanted| {
        members
            .iter()
            .filter(|(key, _)| key == wanted)
            .find_map(|(_, value)| value.as_str().filter(|text| is_message(text)))
    })
    .filter(|message| code.as_ref().is_none_or(|code| code.value != *message))
    .map(|message| Fact {
        value: message.to_owned(),
        span: place(message),
    });
    Some(Payload {
        body: Fact {
            value: parsed.value,
            span: whole,
        },
        code,
        status,
        message,
    })
}

/// The status of a line such as `HTTP/1.1 401 Unauthorized`, `Status: 401`, `http code 401`.
fn status_line(line: &str) -> Option<(u16, Range<usize>)> {
    let lower = line.trim_start().to_ascii_lowercase();
    if !(lower.starts_with("http") || lower.starts_with("status")) {
        return None;
    }
    let mut at = 0;
    line.split([' ', ':', '\t', '\n']).take(5).find_map(|word| {
        let range = at..at + word.len();
        at = range.end + 1;
        Some((status::status(word)?, range))
    })
}

/// The members of an object and of what it holds, outermost first; keys in lower case without `_` and `-`.
fn members(value: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let mut level = vec![value];
    for _ in 0..5 {
        let mut next = Vec::new();
        for value in level {
            match value {
                Value::Object(members) => {
                    for (key, value) in members {
                        let key = key.to_lowercase().replace(['_', '-'], "");
                        found.push((key, value));
                        next.push(value);
                    }
                }
                Value::Array(elements) => next.extend(elements.iter().take(4)),
                _ => {}
            }
        }
        level = next;
    }
    found
}

/// Names that only a code has.
fn is_code_key(key: &str) -> bool {
    matches!(key, "code" | "errorcode" | "errcode")
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The code: the value of the member whose name says so most clearly.
fn find_code(members: &[(String, &Value)]) -> Option<String> {
    const KEYS: [&str; 12] = [
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
    KEYS.iter().find_map(|wanted| {
        members
            .iter()
            .filter(|(key, _)| key == wanted)
            .find_map(|(key, value)| {
                let word = scalar(value)?;
                let shape = code::shape(&word)?;
                let is_code = match shape {
                    // `"code": 404` beside a better candidate is the status again.
                    Shape::Number => key.ends_with("code") && status::status(&word).is_none(),
                    Shape::Word => key.ends_with("code") && !is_placeholder(&word),
                    _ if matches!(key.as_str(), "name" | "issue") => shape == Shape::Screaming,
                    Shape::Capitals | Shape::Kebab | Shape::Camel => key != "error" || shape != Shape::Kebab,
                    _ => true,
                };
                is_code.then_some(word)
            })
    })
}

/// Words that stand for a value in an example.
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

fn is_message(text: &str) -> bool {
    !is_placeholder(text) && text.len() < 1000
}
