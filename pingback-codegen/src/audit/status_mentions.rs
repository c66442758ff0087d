//! Finds the HTTP statuses that a text mentions.

use crate::lower::statuses::registered;
use crate::source::{Sources, Span};
use indexmap::IndexMap;

/// How many bytes before and after a number may contain a word such as `status`.
const CONTEXT: usize = 24;

/// The error statuses that a text mentions, each with its first place, in the order of the text. A number is a status
/// only if its context shows that.
pub(super) fn mentioned_statuses(span: Span, sources: &Sources) -> IndexMap<u16, Span> {
    let text = sources.text(span);
    let mut found = IndexMap::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        for (at, status) in statuses_in_line(line) {
            let start = span.start + u32::try_from(offset + at).unwrap_or(0);
            found.entry(status).or_insert(Span {
                source: span.source,
                start,
                end: start + 3,
            });
        }
        offset += line.len();
    }
    found
}

/// The error statuses in a line, with their byte offsets.
fn statuses_in_line(line: &str) -> Vec<(usize, u16)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 3 <= bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = line
            .get(at..at + length)
            .and_then(|digits| digits.parse::<u16>().ok());
        if let Some(status @ 400..=599) = number.filter(|_| length == 3)
            && let Some(name) = registered(status)
            && is_status(&line[..at], &line[at + length..], &name)
        {
            found.push((at, status));
        }
        at += length;
    }
    found
}

/// Whether the number between `before` and `after` is a status; `name` is the name of that status.
fn is_status(before: &str, after: &str, name: &str) -> bool {
    !is_part_of_word(before, after)
        && (is_first_cell(before)
            || is_followed_by(after, name)
            || names_status(last_bytes(before))
            || names_status(first_bytes(after)))
}

/// Whether the number is part of an identifier or a longer number, such as `x-429` or `404.50`.
fn is_part_of_word(before: &str, after: &str) -> bool {
    let joins =
        |char: char| char.is_alphanumeric() || matches!(char, '.' | ',' | '_' | '-' | '/' | '$' | '#');
    // In a JSON string, `\n` before the number is a line break.
    let follows = before.ends_with(joins) && !before.ends_with("\\n");
    let continues = after.starts_with(char::is_alphanumeric)
        || after.starts_with(['.', ',']) && after[1..].starts_with(|char: char| char.is_ascii_digit())
        || after.starts_with(['%', '_']);
    follows || continues
}

/// Whether the number begins the first cell of a table row.
fn is_first_cell(before: &str) -> bool {
    let before = before.strip_suffix("\\n").unwrap_or(before);
    let row = before.rsplit("\\n").next().unwrap_or(before).trim();
    row.starts_with('|') && row.trim_start_matches('|').chars().all(is_separator)
}

/// Whether the name of the status follows: `404 Not Found`.
fn is_followed_by(after: &str, name: &str) -> bool {
    let letters = after
        .trim_start_matches(is_separator)
        .chars()
        .filter(|char| char.is_alphanumeric());
    let letters: String = letters.take(name.len()).collect();
    letters.eq_ignore_ascii_case(name)
}

fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, '`' | '*' | '|' | '-' | '•' | '"' | ':' | '(' | '<' | '>')
}

fn names_status(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["http", "status", "response code"]
        .iter()
        .any(|word| text.contains(word))
}

fn last_bytes(text: &str) -> &str {
    let mut start = text.len().saturating_sub(CONTEXT);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn first_bytes(text: &str) -> &str {
    let mut end = text.len().min(CONTEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses_of(line: &str) -> Vec<u16> {
        statuses_in_line(line)
            .into_iter()
            .map(|(_, status)| status)
            .collect()
    }

    #[test]
    fn statuses_are_recognized_by_their_context() {
        assert_eq!(statuses_of("| `403` | Forbidden |"), [403]);
        assert_eq!(statuses_of("you will receive a `429` status code."), [429]);
        assert_eq!(statuses_of("- 404 Not Found: no such thing"), [404]);
        assert_eq!(statuses_of("Returns HTTP 409 if it exists"), [409]);
    }

    #[test]
    fn other_numbers_are_not_statuses() {
        for line in [
            "at most 500 items",
            "`500` items",
            "costs 404.50",
            "x-429",
            "| items | 500 |",
            "4290 status",
            "status 499",
        ] {
            assert_eq!(statuses_of(line), Vec::<u16>::new(), "{line}");
        }
    }
}
