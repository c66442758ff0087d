//! Parses the line that an entry begins with into codes, statuses and a title.
//!
//! ```text
//! INVALID_KEY (401)
//! 1001: Invalid key
//! `card_declined` – the card was declined
//! ```

use super::code::{self, MAX_CODES, Shape};
use super::entry::Fact;
use super::status;
use super::text::{Style, Text};
use std::ops::Range;

/// Characters that separate a code from its description.
const SEPARATORS: [char; 8] = [':', '-', '–', '—', '→', '=', '|', '·'];

/// The longest line of copied text that is a heading with a code and a status, and its most words.
const MAX_LINE_LENGTH: usize = 100;
const MAX_LINE_WORDS: usize = 10;
/// The longest line that is a heading with a status, and its most words.
const MAX_STATUS_LINE_LENGTH: usize = 80;
const MAX_STATUS_LINE_WORDS: usize = 8;

/// The parts of the line that an entry begins with.
#[derive(Debug, Default)]
pub(super) struct EntryHeading {
    pub(super) codes: Vec<Fact<String>>,
    /// Whether the codes are certainly codes.
    pub(super) is_certain: bool,
    /// Whether the code is a plain word that was taken for a code because its siblings are codes.
    pub(super) is_guess: bool,
    pub(super) statuses: Vec<Fact<u16>>,
    /// The rest of the line: a title, a message or a description.
    pub(super) title: Option<Text>,
}

/// Parses a heading or the term of a definition list.
pub(super) fn parse_heading(text: &Text) -> EntryHeading {
    let mut parser = HeadingParser {
        text,
        heading: EntryHeading::default(),
        used: Vec::new(),
    };
    parser.add_styled_words();
    let words: Vec<Word<'_>> = text
        .words()
        .filter(|(word, _)| is_word(word))
        .take(MAX_CODES)
        .collect();
    parser.add_distinctive_words(&words);
    parser.add_only_word(&words);
    parser.add_leading_number(&words);
    EntryHeading {
        title: longest_unused_part(text, parser.used),
        ..parser.heading
    }
}

type Word<'a> = (&'a str, Range<usize>);

struct HeadingParser<'a> {
    text: &'a Text,
    heading: EntryHeading,
    /// The ranges of the words that were used as codes and statuses.
    used: Vec<Range<usize>>,
}

impl HeadingParser<'_> {
    /// Adds the words that are formatted as code.
    fn add_styled_words(&mut self) {
        for range in self.text.styled_ranges(Style::Code).take(MAX_CODES) {
            for (word, part) in self.text.slice(range.clone()).words() {
                self.add(word, range.start + part.start..range.start + part.end, true);
            }
        }
    }

    /// Adds the words that look like codes in any text, and the first status.
    fn add_distinctive_words(&mut self, words: &[Word<'_>]) {
        for (word, range) in words {
            let span = self.text.span(range.clone());
            if self.heading.codes.iter().any(|code| code.span == span) {
                continue;
            }
            let is_distinctive = Shape::of(word).is_some_and(Shape::is_distinctive);
            if (self.heading.codes.is_empty() || self.heading.is_certain) && is_distinctive {
                self.add(word, range.clone(), true);
            } else if self.heading.statuses.is_empty() && status::parse_registered_status(word).is_some() {
                self.add(word, range.clone(), false);
            }
        }
    }

    /// Adds the only word of a heading besides a status and its reason phrase.
    fn add_only_word(&mut self, words: &[Word<'_>]) {
        if !self.heading.codes.is_empty() {
            return;
        }
        let has_status = !self.heading.statuses.is_empty();
        let is_used = |(word, range): &Word<'_>| {
            self.used.contains(range)
                || has_status && (is_filler(word) || is_in_reason_phrase(self.text, range))
        };
        let mut unused = words.iter().filter(|word| !is_used(word));
        let (Some((word, range)), None) = (unused.next(), unused.next()) else {
            return;
        };
        let can_be_code = Shape::of(word).is_some_and(|shape| !matches!(shape, Shape::Word | Shape::Number));
        if (words.len() == 1 || has_status) && can_be_code && !code::is_common_word(word) {
            self.add(word, range.clone(), false);
        }
    }

    /// Adds the number of `1001: Invalid key` and `Error 1001`.
    fn add_leading_number(&mut self, words: &[Word<'_>]) {
        if !(self.heading.codes.is_empty() && self.heading.statuses.is_empty()) {
            return;
        }
        let first = words.iter().find(|(word, _)| !is_filler(word));
        if let Some((word, range)) = first.filter(|(word, _)| code::is_code_number(word)) {
            let after = self.text.as_str()[range.end..].trim_start();
            let is_certain = range.start > 0 || after.starts_with(SEPARATORS);
            self.add(word, range.clone(), is_certain);
        }
    }

    /// Adds a word as a status or a code, if it can be one.
    fn add(&mut self, word: &str, range: Range<usize>, is_certain: bool) {
        let heading = &mut self.heading;
        if heading.codes.len() >= MAX_CODES {
            return;
        }
        let span = self.text.span(range.clone());
        if let Some(value) = status::parse_status(word) {
            heading.statuses.push(Fact { value, span });
        } else if Shape::of(word).is_some() && heading.codes.iter().all(|known| known.value != word) {
            heading.codes.push(Fact {
                value: word.to_owned(),
                span,
            });
            heading.is_certain |= is_certain;
        } else {
            return;
        }
        self.used.push(range);
    }
}

/// Returns whether a word is more than punctuation, such as a dash between words.
fn is_word(word: &str) -> bool {
    word.contains(char::is_alphanumeric)
}

/// Returns whether a word of a heading has no meaning for the entry: `Error 1001`, `HTTP 404`, `Code: X`.
fn is_filler(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "http" | "https" | "error" | "errors" | "code" | "status" | "response" | "http/1.1"
    )
}

/// Returns whether the word belongs to the reason phrase of a status, such as `Found` in `404 Not Found`.
fn is_in_reason_phrase(text: &Text, range: &Range<usize>) -> bool {
    let plain = text.as_str();
    let ends_phrase =
        |char: char| SEPARATORS.contains(&char) || matches!(char, '(' | ')' | '[' | ']' | ',' | '`' | '\n');
    let start = plain[..range.start]
        .char_indices()
        .rev()
        .find(|(_, char)| ends_phrase(*char))
        .map_or(0, |(at, char)| at + char.len_utf8());
    let end = plain[range.end..]
        .find(ends_phrase)
        .map_or(plain.len(), |length| range.end + length);
    let phrase = plain[start..end].trim_start_matches(|char: char| char.is_ascii_digit() || char == ' ');
    status::is_reason_phrase(phrase)
}

/// Returns the longest part between the used words, without separators around it; `None` if it has no meaning.
fn longest_unused_part(text: &Text, mut used: Vec<Range<usize>>) -> Option<Text> {
    used.sort_by_key(|range| range.start);
    let plain = text.as_str();
    let end_of_text = plain.len()..plain.len();
    let mut longest = 0..0;
    let mut start = 0;
    for range in used.into_iter().chain([end_of_text]) {
        if range.start > start && range.start - start > longest.len() {
            longest = start..range.start;
        }
        start = range.end.max(start);
    }
    let is_edge = |char: char| {
        char.is_whitespace()
            || SEPARATORS.contains(&char)
            || matches!(char, '(' | ')' | '[' | ']' | ',' | '`' | '*' | '#' | '¶')
    };
    let without_start = plain[longest.clone()].trim_start_matches(is_edge);
    let start = longest.end - without_start.len();
    let part = without_start.trim_end_matches(is_edge);
    let has_meaning = part.split(' ').any(|word| !is_filler(word)) && part.contains(char::is_alphabetic);
    has_meaning.then(|| text.slice(start..start + part.len()))
}

/// Parses a line that consists of a code and its status, with or without the reason phrase or a title, such as
/// `400 (F-RES-400) - Bad Request`. Such a line was a heading before the page was copied.
pub(super) fn parse_code_with_status(text: &Text) -> Option<EntryHeading> {
    let plain = text.as_str();
    if plain.len() > MAX_LINE_LENGTH || plain.ends_with(['.', ':', ';', ',']) || plain.contains('\n') {
        return None;
    }
    let heading = parse_heading(text);
    let ([code], [status]) = (heading.codes.as_slice(), heading.statuses.as_slice()) else {
        return None;
    };
    let words: Vec<Word<'_>> = text
        .words()
        .filter(|(word, _)| is_word(word) && !is_filler(word))
        .take(MAX_LINE_WORDS + 2)
        .collect();
    let index_of = |span| {
        words
            .iter()
            .position(|(_, range)| text.span(range.clone()) == span)
    };
    let (code, status) = (index_of(code.span)?, index_of(status.span)?);
    let (first, last) = (code.min(status), code.max(status));
    let between: Vec<&str> = words
        .get(first + 1..last)?
        .iter()
        .map(|(word, _)| *word)
        .collect();
    let is_heading = first == 0
        && words.len() <= MAX_LINE_WORDS
        && (between.is_empty() || status::is_reason_phrase(&between.join(" ")));
    is_heading.then_some(EntryHeading {
        is_certain: true,
        ..heading
    })
}

/// Whether the text around a list item is about errors. In such a list, words are codes that do not look like codes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Errors,
    Other,
}

/// Parses a list item that begins with a code. Returns `None` if it does not begin with one.
pub(super) fn parse_item(text: &Text, topic: Topic) -> Option<EntryHeading> {
    let plain = text.as_str();
    let item = ItemStart::new(text);
    let name = item.name;
    if !item.is_code(text, topic) {
        return None;
    }
    let mut start = plain.len() - item.after.len();
    let mut statuses = Vec::new();
    if let Some((found, end)) = parenthesized_statuses(text, start) {
        statuses = found;
        start = end;
    }
    if statuses.is_empty()
        && let Some((status, end)) = leading_status(text, start)
    {
        statuses.push(status);
        start = end;
    }
    let title = trim_separators(&plain[start..]);
    let title = text.slice(plain.len() - title.len()..plain.len());
    Some(EntryHeading {
        codes: vec![Fact {
            value: name.to_owned(),
            span: text.span(0..name.len()),
        }],
        is_certain: true,
        is_guess: false,
        statuses,
        title: (!title.is_empty()).then_some(title),
    })
}

/// The first word of a list item.
struct ItemStart<'a> {
    name: &'a str,
    /// Whether the name is formatted as code or bold.
    is_styled: bool,
    /// Whether a separator or nothing follows the name.
    is_separated: bool,
    /// What follows the name.
    after: &'a str,
}

impl<'a> ItemStart<'a> {
    fn new(text: &'a Text) -> Self {
        let plain = text.as_str();
        let styled = text.leading_styled_range();
        let end = styled.as_ref().map_or_else(
            || {
                plain
                    .find([' ', '\n', ':', '(', '=', '—', '–', ','])
                    .unwrap_or(plain.len())
            },
            |range| range.end,
        );
        let name = plain[..end].trim_end_matches([':', ' ', '-', '–', '—']);
        let after = plain[end..].trim_start();
        Self {
            name,
            is_styled: styled.is_some(),
            is_separated: name.len() < end
                || after.is_empty()
                || after.starts_with(SEPARATORS)
                || after.starts_with('('),
            after,
        }
    }

    fn is_code(&self, text: &Text, topic: Topic) -> bool {
        let Some(shape) = Shape::of(self.name) else {
            return false;
        };
        let is_about_errors = topic == Topic::Errors;
        match shape {
            Shape::ScreamingSnake => self.is_styled || self.is_separated,
            Shape::Alphanumeric => self.is_separated,
            Shape::Uppercase => {
                self.is_separated && (self.is_styled || is_about_errors) && !code::is_common_word(self.name)
            }
            Shape::Number => {
                code::is_code_number(self.name)
                    && status::parse_status(self.name).is_none()
                    && self.is_separated
                    && is_about_errors
            }
            Shape::Dotted | Shape::Kebab | Shape::Snake | Shape::Camel => {
                self.is_styled && self.is_separated && is_about_errors
            }
            Shape::Word => {
                self.is_styled
                    && self.is_separated
                    && is_about_errors
                    && !self.after.is_empty()
                    && !self.is_remark(text)
                    && !code::is_common_word(self.name)
            }
        }
    }

    /// Returns whether the name is a bold word that introduces a remark.
    fn is_remark(&self, text: &Text) -> bool {
        let is_code_style = text.styled_ranges(Style::Code).any(|range| range.start == 0);
        let is_lowercase = self.name.bytes().all(|byte| byte.is_ascii_lowercase());
        let has_parentheses = self.after.starts_with('(') && !status::is_reason_phrase(self.name);
        !(is_code_style || is_lowercase || has_parentheses)
    }
}

/// Returns the statuses in the parentheses at `start`, and where the text continues: `(401)`.
fn parenthesized_statuses(text: &Text, start: usize) -> Option<(Vec<Fact<u16>>, usize)> {
    let inner = text.as_str()[start..].strip_prefix('(')?;
    let end = start + inner.find(')')? + 2;
    let statuses = status::find_statuses(&text.slice(start..end));
    (!statuses.is_empty()).then_some((statuses, end))
}

/// Returns the status that the text from `start` begins with, and where the text continues:
/// `— 401 — The key is bad`, `: HTTP 404 Not Found. No such thing`.
fn leading_status(text: &Text, start: usize) -> Option<(Fact<u16>, usize)> {
    let plain = text.as_str();
    let (word, range) = text
        .words()
        .filter(|(_, range)| range.start >= start)
        .take(4)
        .find(|(word, _)| !is_filler(word))?;
    let value = status::parse_registered_status(word).filter(|status| *status >= 400)?;
    let after = plain[range.end..].trim_start_matches(['`', '*', ')', ']', ' ']);
    let reason = status::leading_reason_length(after);
    let is_separated =
        after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with(['\n', ',', '.', ';']);
    if reason == 0 && !is_separated {
        return None;
    }
    let rest = after[reason..].trim_start_matches([',', '.', ';', ')', ']']);
    let span = text.span(range);
    Some((Fact { value, span }, plain.len() - rest.len()))
}

/// Parses a line that begins the section of one status: `401 - Unauthorized`, `HTTP 404: Not found`, `429`.
pub(super) fn parse_status_heading(text: &Text) -> Option<EntryHeading> {
    let plain = text.as_str();
    if plain.len() > MAX_STATUS_LINE_LENGTH || plain.ends_with('.') {
        return None;
    }
    let words: Vec<Word<'_>> = text
        .words()
        .filter(|(word, _)| !is_filler(word))
        .take(MAX_STATUS_LINE_WORDS + 1)
        .collect();
    let (first, range) = words.first()?;
    let value = status::parse_registered_status(first)?;
    if words.len() > MAX_STATUS_LINE_WORDS {
        return None;
    }
    let after = &plain[range.end..];
    let title = trim_separators(after);
    let is_separated = after.trim_start().starts_with(SEPARATORS);
    if !(title.is_empty() || is_separated || status::is_reason_phrase(title)) {
        return None;
    }
    let title = text.slice(plain.len() - title.len()..plain.len());
    Some(EntryHeading {
        statuses: vec![Fact {
            value,
            span: text.span(range.clone()),
        }],
        title: (!title.is_empty()).then_some(title),
        ..EntryHeading::default()
    })
}

fn trim_separators(text: &str) -> &str {
    text.trim_start_matches(|char: char| char.is_whitespace() || SEPARATORS.contains(&char))
}
