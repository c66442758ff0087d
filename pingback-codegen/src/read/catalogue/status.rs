//! Recognizes HTTP statuses: numbers, reason phrases, and statuses that running text mentions.

use super::entry::Fact;
use super::text::Text;
use http::StatusCode;
use std::ops::Range;
use std::sync::LazyLock;

/// The most statuses that are read for one entry. No real page has as many.
const MAX_STATUSES: usize = 20;

/// How many characters before a number in running text are searched for the words that announce a status.
const MAX_ANNOUNCEMENT_DISTANCE: usize = 40;

/// The registered reason phrases in lower case, with their statuses.
static REASON_PHRASES: LazyLock<Vec<(u16, String)>> = LazyLock::new(|| {
    let registered = (100..=599).filter_map(|status| {
        let phrase = StatusCode::from_u16(status).ok()?.canonical_reason()?;
        Some((status, phrase.to_ascii_lowercase()))
    });
    // The names that RFC 9110 introduced, which the `http` crate lacks.
    let newer = [(413, "content too large"), (422, "unprocessable content")];
    registered
        .chain(newer.map(|(status, phrase)| (status, phrase.to_owned())))
        .collect()
});

/// Parses a word that is a status and nothing else: `404`.
pub(super) fn parse_status(word: &str) -> Option<u16> {
    let number: u16 = (word.len() == 3).then(|| word.parse().ok()).flatten()?;
    (100..=599).contains(&number).then_some(number)
}

/// Returns whether a number is a registered status.
pub(super) fn is_registered(number: u16) -> bool {
    StatusCode::from_u16(number).is_ok_and(|status| status.canonical_reason().is_some())
}

/// Parses a word that is a registered status.
pub(super) fn parse_registered_status(word: &str) -> Option<u16> {
    parse_status(word).filter(|status| is_registered(*status))
}

/// Returns the length of the reason phrase that the text begins with, or 0 if it begins with none.
pub(super) fn leading_reason_length(text: &str) -> usize {
    let text = text.to_ascii_lowercase();
    let phrases = REASON_PHRASES.iter().map(|(_, phrase)| phrase.as_str());
    phrases
        .filter(|phrase| strip_leading_words(&text, phrase).is_some())
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// Returns whether a text is the reason phrase of a status.
pub(super) fn is_reason_phrase(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    REASON_PHRASES.iter().any(|(_, phrase)| *phrase == text)
}

/// Finds the statuses in a table cell or after a label: `400`, `HTTP 400 Bad Request`, `400, 422`, `401/403`.
pub(super) fn find_statuses(text: &Text) -> Vec<Fact<u16>> {
    let mut found: Vec<Fact<u16>> = Vec::new();
    for (word, range) in text.words() {
        let mut start = range.start;
        for part in word.split(['/', ',', '|', '-', ':', '(', ')']) {
            if let Some(value) = parse_status(part)
                && found.len() < MAX_STATUSES
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

/// Finds the error statuses that running text mentions as such: "returned with HTTP 404", "status code: 422",
/// "`409 Conflict`", "a 410 response". A number without such words around it is not a status.
pub(super) fn find_statuses_in_prose(text: &str) -> Vec<(u16, Range<usize>)> {
    let mut found: Vec<(u16, Range<usize>)> = Vec::new();
    for range in number_ranges(text) {
        if found.len() >= MAX_STATUSES {
            break;
        }
        let Some(value) = parse_registered_status(&text[range.clone()]).filter(|value| *value >= 400) else {
            continue;
        };
        let mention = Mention::new(text, &range);
        let last_end = found.last().map(|(_, last)| last.end);
        let is_listed = last_end.is_some_and(|end| is_list_separator(&text[end..range.start]));
        if !mention.is_part_of_word()
            && (mention.is_announced()
                || mention.has_reason_phrase(value)
                || mention.is_described()
                || is_listed)
            && !mention.is_negated()
        {
            found.push((value, range));
        }
    }
    found
}

/// Returns the ranges of the digits in a text.
fn number_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let start = at + bytes[at..].iter().position(is_digit)?;
        at = start + bytes[start..].iter().take_while(|byte| is_digit(byte)).count();
        Some(start..at)
    })
}

/// A number in running text with the text around it.
struct Mention<'a> {
    before: &'a str,
    after: &'a str,
    /// The last characters before the number, in lower case.
    near: String,
    /// The text after the number in lower case, without the punctuation between them.
    following: String,
}

impl<'a> Mention<'a> {
    fn new(text: &'a str, range: &Range<usize>) -> Self {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let start = before
            .char_indices()
            .rev()
            .nth(MAX_ANNOUNCEMENT_DISTANCE)
            .map_or(0, |(at, _)| at);
        Self {
            before,
            after,
            near: before[start..].to_ascii_lowercase(),
            following: after.trim_start_matches(is_separator).to_ascii_lowercase(),
        }
    }

    /// Returns whether the number is part of a longer word or number: `x-429`, `404.5`, `500%`.
    fn is_part_of_word(&self) -> bool {
        let starts_with_digit = |text: &str| text.starts_with(|char: char| char.is_ascii_digit());
        self.before
            .ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '#' | '$'))
            || self
                .after
                .starts_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '%'))
            || self.after.starts_with(['.', ',']) && starts_with_digit(&self.after[1..])
    }

    /// Returns whether the words before the number announce a status: `HTTP status code: 404`.
    fn is_announced(&self) -> bool {
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
        let lead = self.lead();
        ANNOUNCEMENTS.iter().any(|words| {
            lead.strip_suffix(words)
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    }

    /// Returns whether the reason phrase of the status follows: `404 Not Found`.
    fn has_reason_phrase(&self, status: u16) -> bool {
        REASON_PHRASES
            .iter()
            .any(|(number, phrase)| *number == status && self.following.starts_with(phrase))
    }

    /// Returns whether the text calls the number an error or a response: `a 404 response`, `with 404 errors`.
    fn is_described(&self) -> bool {
        let lead = self.lead();
        let has_article = ["a", "an", "with", "as"]
            .iter()
            .any(|word| lead == *word || lead.ends_with(&format!(" {word}")));
        has_article
            && ["error", "response", "status", "http"]
                .iter()
                .any(|word| strip_leading_words(&self.following, word).is_some())
    }

    /// Returns whether the words before the number mean that the status does not apply: `unlike 404`.
    fn is_negated(&self) -> bool {
        ["not", "unlike", "instead of", "rather than", "never", "no longer"]
            .iter()
            .any(|word| self.near.contains(word))
    }

    /// The text before the number, without the punctuation between them.
    fn lead(&self) -> &str {
        self.near.trim_end_matches(is_separator)
    }
}

/// Returns whether a character separates a number from the words that announce it.
fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, '`' | '*' | '"' | ':' | '(' | '=' | '_')
}

/// Returns whether the text between two numbers makes a list of them: `HTTP 404 or 410`.
fn is_list_separator(between: &str) -> bool {
    matches!(
        between.trim_matches(|char: char| is_separator(char) || char == ')'),
        "or" | "and" | "," | "/" | ", or" | ", and"
    )
}

/// Strips words from the start of a text if they end at the end of a word there.
fn strip_leading_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.strip_prefix(words)
        .filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn finds_announced_statuses_in_prose() {
        let read = |text: &str| -> Vec<u16> {
            let found = find_statuses_in_prose(text);
            found.into_iter().map(|(value, _)| value).collect()
        };
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
    fn finds_several_statuses_in_a_cell() {
        let read = |text: &str| -> Vec<u16> {
            let text = Text::from_range(SourceId(0), text, 0..text.len());
            find_statuses(&text).into_iter().map(|fact| fact.value).collect()
        };
        assert_eq!(read("HTTP 400 (Bad Request)"), [400]);
        assert_eq!(read("401/403, 404"), [401, 403, 404]);
        assert_eq!(read("4xx, 1000, 999"), [0u16; 0]);
    }

    #[test]
    fn recognizes_old_and_new_reason_phrases() {
        assert!(is_reason_phrase("Unprocessable Entity"));
        assert!(is_reason_phrase("unprocessable content"));
        assert!(!is_reason_phrase("Not Quite Found"));
        assert_eq!(
            leading_reason_length("Not Found. No such page"),
            "Not Found".len()
        );
        assert_eq!(leading_reason_length("Not Foundry"), 0);
    }
}
