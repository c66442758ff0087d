//! What is an HTTP status? Knows the numbers and their reason phrases, nothing of codes.

use super::Fact;
use super::text::Text;

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

/// Is this the phrase that HTTP gives to some status?
pub(super) fn is_reason(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    REASONS.iter().any(|(_, reason)| *reason == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

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
