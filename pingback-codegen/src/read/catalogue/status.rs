//! What is an HTTP status? Knows the numbers and their reason phrases, nothing of codes.

use super::Fact;
use super::text::Text;
use std::ops::Range;

/// The status a word is, if it is one: `404`.
pub(super) fn status(word: &str) -> Option<u16> {
    let number: u16 = (word.len() == 3).then(|| word.parse().ok()).flatten()?;
    (100..=599).contains(&number).then_some(number)
}

/// The statuses of one entry that are read; no page has as many.
const MOST: usize = 20;

/// All statuses that a status cell or line names: `400`, `HTTP 400 Bad Request`, `400, 422`, `401/403`.
pub(super) fn statuses(text: &Text) -> Vec<Fact<u16>> {
    let mut found: Vec<Fact<u16>> = Vec::new();
    for (word, range) in text.words() {
        let mut start = range.start;
        for part in word.split(['/', ',', '|', '-', ':', '(', ')']) {
            if let Some(value) = status(part)
                && found.len() < MOST
                && !found.iter().any(|known| known.value == value)
            {
                found.push(Fact {
                    value,
                    span: text.span(start..start + part.len()),
                });
            }
            start += part.len() + 1;
        }
    }
    found
}

/// The reason phrases of RFC 9110 and its friends, in lower case.
const REASONS: [(u16, &str); 44] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (204, "no content"),
    (301, "moved permanently"),
    (302, "found"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "payload too large"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "i'm a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable entity"),
    (422, "unprocessable content"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
];

/// Is this a status that HTTP defines?
pub(super) fn is_registered(number: u16) -> bool {
    matches!(number, 100..=103 | 203 | 205..=208 | 226 | 300 | 303 | 305 | 501 | 505..=508 | 510 | 511)
        || REASONS.iter().any(|(status, _)| *status == number)
}

/// How long the phrase of a status is with which the text begins; 0 if with none.
pub(super) fn reason_at(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let begins = REASONS.iter().map(|(_, reason)| *reason).filter(|reason| {
        lower
            .strip_prefix(reason)
            .is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric()))
    });
    begins.map(str::len).max().unwrap_or(0)
}

/// Is this the phrase that HTTP gives to some status?
pub(super) fn is_reason(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    REASONS.iter().any(|(_, reason)| *reason == text)
}

/// What announces a status in running text.
const ANNOUNCEMENTS: [&str; 12] = [
    "http",
    "http/1.1",
    "http status",
    "http status code",
    "http code",
    "http error",
    "http error code",
    "http response",
    "http response code",
    "status",
    "status code",
    "response code",
];

/// The error statuses that running text says something comes with: "returned with HTTP 404", "status code: 422",
/// "`409 Conflict`", "a 410 response". Numbers that nothing announces are none.
pub(super) fn told(text: &str) -> Vec<(u16, Range<usize>)> {
    let quiet = |char: char| char.is_whitespace() || matches!(char, '`' | '*' | '"' | ':' | '(' | '=' | '_');
    let bytes = text.as_bytes();
    let mut found: Vec<(u16, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && found.len() < MOST {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let range = at..at
            + bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
        at = range.end;
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let Some(value) = status(&text[range.clone()]).filter(|value| *value >= 400 && is_registered(*value))
        else {
            continue;
        };
        let inside = before
            .ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '#' | '$'))
            || after.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '%'))
            || after.starts_with(['.', ',']) && after[1..].starts_with(|char: char| char.is_ascii_digit());
        if inside {
            continue;
        }
        // The end of what stands before is all that counts.
        let start = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let near = before[start..].to_ascii_lowercase();
        let lead = near.trim_end_matches(quiet);
        let behind = after.trim_start_matches(quiet).to_ascii_lowercase();
        let announced = ANNOUNCEMENTS.iter().any(|words| {
            lead.strip_suffix(words)
                .is_some_and(|rest| !rest.ends_with(|char: char| char.is_alphanumeric()))
        });
        let named = REASONS
            .iter()
            .any(|(number, reason)| *number == value && behind.starts_with(reason));
        let article = ["a", "an", "with", "as"]
            .iter()
            .any(|word| lead == *word || lead.ends_with(&format!(" {word}")));
        let described = article
            && ["error", "response", "status", "http"].iter().any(|word| {
                behind
                    .strip_prefix(word)
                    .is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric()))
            });
        // `HTTP 404 or 410`
        let joined = found.last().is_some_and(|(_, last)| {
            matches!(
                text[last.end..range.start].trim_matches(|char: char| quiet(char) || char == ')'),
                "or" | "and" | "," | "/" | ", or" | ", and"
            )
        });
        let denied = ["not", "unlike", "instead of", "rather than", "never", "no longer"]
            .iter()
            .any(|word| near.contains(word));
        if (announced || named || described || joined) && !denied {
            found.push((value, range));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn a_status_in_running_text_is_announced() {
        let read = |text: &str| -> Vec<u16> { told(text).into_iter().map(|(value, _)| value).collect() };
        assert_eq!(read("Returned with HTTP 404 when it is gone"), [404]);
        assert_eq!(read("HTTP status code: 422. Up to 500 orders"), [422]);
        assert_eq!(read("the response has status `409 Conflict`"), [409]);
        assert_eq!(read("You get a 410 response."), [410]);
        assert_eq!(read("HTTP 401 or 403"), [401, 403]);
        assert_eq!(read("closed (503 Service Unavailable)"), [503]);
        assert_eq!(
            read("at most 500 errors, 404.5 km, x-429, unlike HTTP 404"),
            [0u16; 0]
        );
    }

    #[test]
    fn a_status_cell_may_name_several() {
        let read = |text: &str| -> Vec<u16> {
            let text = Text::of(SourceId(0), text, 0..text.len());
            statuses(&text).into_iter().map(|fact| fact.value).collect()
        };
        assert_eq!(read("HTTP 400 (Bad Request)"), [400]);
        assert_eq!(read("401/403, 404"), [401, 403, 404]);
        assert_eq!(read("4xx, 1000, 999"), [0u16; 0]);
    }
}
