//! Takes the line that begins an entry apart: `INVALID_KEY (401)`, `### 1001: Invalid key`,
//! `401 - Unauthorized`, "`card_declined` – the card was declined".

use super::Fact;
use super::code::{self, Shape};
use super::draft::MOST_CODES;
use super::status;
use super::text::{Style, Text};
use std::ops::Range;

/// What such a line says.
#[derive(Debug, Default)]
pub(super) struct Headline {
    pub(super) codes: Vec<Fact<String>>,
    /// The look of the line leaves no doubt that it names a code.
    pub(super) firm: bool,
    /// The code is a plain word.
    pub(super) guessed: bool,
    pub(super) statuses: Vec<Fact<u16>>,
    /// What is left of it.
    pub(super) rest: Option<Text>,
}

/// Separators between a code and what is said of it.
const SEPARATORS: [char; 8] = [':', '-', '–', '—', '→', '=', '|', '·'];

/// Reads a heading or the term of a definition list.
pub(super) fn heading(text: &Text) -> Headline {
    let mut line = Headline::default();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for range in text.styled(Style::Code).take(MOST_CODES) {
        for (word, range) in text
            .slice(range.clone())
            .words()
            .map(|(word, part)| (word.to_owned(), range.start + part.start..range.start + part.end))
        {
            take(text, &word, range, true, &mut line, &mut taken);
        }
    }
    let words: Vec<(&str, Range<usize>)> = text
        .words()
        .filter(|(word, _)| has_letter(word))
        .take(MOST_CODES)
        .collect();
    for (word, range) in &words {
        if line
            .codes
            .iter()
            .any(|code| code.span == text.span(range.clone()))
        {
            continue;
        }
        let telling = code::shape(word).is_some_and(Shape::is_telling);
        if (line.codes.is_empty() || line.firm) && telling {
            take(text, word, range.clone(), true, &mut line, &mut taken);
        } else if status::status(word).is_some_and(status::is_registered) && line.statuses.is_empty() {
            take(text, word, range.clone(), false, &mut line, &mut taken);
        }
    }
    // One word, but for a status and its phrase.
    if line.codes.is_empty() {
        let beside = !line.statuses.is_empty();
        let said = |(word, range): &&(&str, Range<usize>)| {
            taken.contains(range) || beside && (is_filler(word) || in_reason(text, range))
        };
        let left: Vec<_> = words.iter().filter(|word| !said(word)).take(2).collect();
        if let [(word, range)] = left.as_slice()
            && (words.len() == 1 || beside)
            && code::shape(word).is_some_and(|shape| !matches!(shape, Shape::Word | Shape::Number))
            && !code::is_common(word)
        {
            take(text, word, range.clone(), false, &mut line, &mut taken);
        }
    }
    if line.codes.is_empty() && line.statuses.is_empty() {
        let mut lead = words.iter().skip_while(|(word, _)| is_filler(word));
        if let Some((word, range)) = lead.next().filter(|(word, _)| code::is_list_number(word)) {
            let told = range.start > 0 || text.as_str()[range.end..].trim_start().starts_with(SEPARATORS);
            take(text, word, range.clone(), told, &mut line, &mut taken);
        }
    }
    line.rest = rest(text, taken);
    line
}

/// Does the word belong to the phrase of a status, as `Found` in `404 Not Found`?
fn in_reason(text: &Text, range: &Range<usize>) -> bool {
    let plain = text.as_str();
    let edge =
        |char: char| SEPARATORS.contains(&char) || matches!(char, '(' | ')' | '[' | ']' | ',' | '`' | '\n');
    let before = plain[..range.start]
        .char_indices()
        .rev()
        .find(|(_, char)| edge(*char));
    let start = before.map_or(0, |(at, char)| at + char.len_utf8());
    let end = plain[range.end..]
        .find(edge)
        .map_or(plain.len(), |length| range.end + length);
    let part = plain[start..end].trim_start_matches(|char: char| char.is_ascii_digit() || char == ' ');
    status::is_reason(part)
}

/// Reads a line that is nothing but a code and its status, with or without the phrase or a title:
/// `400 (F-RES-400) - Bad Request`. As a line of copied text it was a heading.
pub(super) fn of_both(text: &Text) -> Option<Headline> {
    let plain = text.as_str();
    if plain.len() > 100 || plain.ends_with(['.', ':', ';', ',']) || plain.contains('\n') {
        return None;
    }
    let line = heading(text);
    let ([code], [status]) = (line.codes.as_slice(), line.statuses.as_slice()) else {
        return None;
    };
    let words: Vec<_> = text
        .words()
        .filter(|(word, _)| has_letter(word) && !is_filler(word))
        .take(12)
        .collect();
    let at = |span| {
        words
            .iter()
            .position(|(_, range)| text.span(range.clone()) == span)
    };
    let (code, status) = (at(code.span)?, at(status.span)?);
    let (first, last) = (code.min(status), code.max(status));
    let between = words.get(first + 1..last)?.iter().map(|(word, _)| *word);
    let between = between.collect::<Vec<_>>().join(" ");
    let is_heading = first == 0 && words.len() < 11 && (between.is_empty() || status::is_reason(&between));
    is_heading.then_some(Headline { firm: true, ..line })
}

/// Notes the word as a code or a status.
fn take(
    text: &Text,
    word: &str,
    range: Range<usize>,
    firm: bool,
    line: &mut Headline,
    taken: &mut Vec<Range<usize>>,
) {
    let span = text.span(range.clone());
    if line.codes.len() >= MOST_CODES {
        return;
    }
    if let Some(value) = status::status(word) {
        line.statuses.push(Fact { value, span });
    } else if code::shape(word).is_some() {
        if line.codes.iter().any(|known| known.value == word) {
            return;
        }
        line.codes.push(Fact {
            value: word.to_owned(),
            span,
        });
        line.firm |= firm;
    } else {
        return;
    }
    taken.push(range);
}

/// A dash between two words is none.
fn has_letter(word: &str) -> bool {
    word.contains(char::is_alphanumeric)
}

/// Words of a heading that say nothing: `Error 1001`, `HTTP 404`, `Code: X`.
fn is_filler(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "http" | "https" | "error" | "errors" | "code" | "status" | "response" | "http/1.1"
    )
}

/// The longest stretch between the words taken, without separators; `None` if it says nothing.
fn rest(text: &Text, mut taken: Vec<Range<usize>>) -> Option<Text> {
    taken.sort_by_key(|range| range.start);
    let plain = text.as_str();
    let mut best = 0..0;
    let mut start = 0;
    for range in taken
        .iter()
        .cloned()
        .chain(std::iter::once(plain.len()..plain.len()))
    {
        if range.start > start && range.start - start > best.len() {
            best = start..range.start;
        }
        start = range.end.max(start);
    }
    let part = &plain[best.clone()];
    let edge = |char: char| {
        char.is_whitespace()
            || SEPARATORS.contains(&char)
            || matches!(char, '(' | ')' | '[' | ']' | ',' | '`' | '*' | '#' | '¶')
    };
    let left = part.trim_start_matches(edge);
    let begin = best.start + part.len() - left.len();
    let kept = left.trim_end_matches(edge);
    let telling = kept.split(' ').any(|word| !is_filler(word)) && kept.contains(char::is_alphabetic);
    telling.then(|| text.slice(begin..begin + kept.len()))
}

/// Reads a list item that begins with a code; `None` if it does not. `errors` says whether the list is known
/// to be one of errors, where codes need not look like codes.
pub(super) fn item(text: &Text, errors: bool) -> Option<Headline> {
    let plain = text.as_str();
    let set = text
        .styled(Style::Code)
        .chain(text.styled(Style::Strong))
        .find(|range| range.start == 0);
    let marked = set.is_some();
    let end = set.map_or_else(
        || {
            plain
                .find([' ', '\n', ':', '(', '=', '—', '–', ','])
                .unwrap_or(plain.len())
        },
        |range| range.end,
    );
    let name = plain[..end].trim_end_matches([':', ' ', '-', '–', '—']);
    let after = plain[end..].trim_start();
    let separated =
        name.len() < end || after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with('(');
    let shape = code::shape(name)?;
    let firm = match shape {
        Shape::Screaming => marked || separated,
        Shape::Tagged => separated,
        Shape::Capitals => separated && (marked || errors) && !code::is_common(name),
        Shape::Number => code::is_list_number(name) && status::status(name).is_none() && separated && errors,
        Shape::Dotted | Shape::Kebab | Shape::Snake | Shape::Camel => marked && separated && errors,
        // A bold word that begins a remark is no code.
        Shape::Word => {
            let quiet = text.styled(Style::Code).any(|range| range.start == 0)
                || name.bytes().all(|byte| byte.is_ascii_lowercase())
                || after.starts_with('(') && !status::is_reason(name);
            marked && separated && errors && !after.is_empty() && quiet && !code::is_common(name)
        }
    };
    if !firm {
        return None;
    }
    let mut line = Headline {
        codes: vec![Fact {
            value: name.to_owned(),
            span: text.span(0..name.len()),
        }],
        firm: true,
        ..Headline::default()
    };
    let mut start = plain.len() - after.len();
    if let Some(inner) = after.strip_prefix('(')
        && let Some(close) = inner.find(')')
    {
        let statuses = status::statuses(&text.slice(start..start + close + 2));
        if !statuses.is_empty() {
            line.statuses = statuses;
            start += close + 2;
        }
    }
    if line.statuses.is_empty()
        && let Some((status, end)) = leading_status(text, start)
    {
        line.statuses.push(status);
        start = end;
    }
    let tail =
        plain[start..].trim_start_matches(|char: char| char.is_whitespace() || SEPARATORS.contains(&char));
    let tail = text.slice(plain.len() - tail.len()..plain.len());
    line.rest = (!tail.is_empty()).then_some(tail);
    Some(line)
}

/// The status with which the text from `start` begins, and where it goes on: `— 401 — The key is bad`,
/// `: HTTP 404 Not Found. No such thing`.
fn leading_status(text: &Text, start: usize) -> Option<(Fact<u16>, usize)> {
    let plain = text.as_str();
    let mut words = text
        .words()
        .filter(|(_, range)| range.start >= start)
        .take(4)
        .skip_while(|(word, _)| is_filler(word));
    let (word, range) = words.next()?;
    let value = status::status(word).filter(|number| *number >= 400 && status::is_registered(*number))?;
    let after = &plain[range.end..];
    let bare = after.trim_start_matches(['`', '*', ')', ']', ' ']);
    let reason = status::reason_at(bare);
    let stops = bare.is_empty() || bare.starts_with(SEPARATORS) || bare.starts_with(['\n', ',', '.', ';']);
    if reason == 0 && !stops {
        return None;
    }
    let end = plain.len() - bare.len() + reason;
    let rest = plain[end..].trim_start_matches([',', '.', ';', ')', ']']);
    let span = text.span(range);
    Some((Fact { value, span }, plain.len() - rest.len()))
}

/// `401 - Unauthorized`, `HTTP 404: Not found`, `429`: a line that begins a section of one status.
pub(super) fn of_status(text: &Text) -> Option<Headline> {
    let plain = text.as_str();
    if plain.len() > 80 || plain.ends_with('.') {
        return None;
    }
    let words: Vec<(&str, Range<usize>)> = text
        .words()
        .filter(|(word, _)| !is_filler(word))
        .take(9)
        .collect();
    let (first, range) = words.first()?;
    let value = status::status(first).filter(|number| status::is_registered(*number))?;
    if words.len() > 8 {
        return None;
    }
    let left = &plain[range.end..];
    let title = left.trim_start_matches(|char: char| char.is_whitespace() || SEPARATORS.contains(&char));
    let set_off = left.trim_start().starts_with(SEPARATORS);
    if !(title.is_empty() || set_off || status::is_reason(title)) {
        return None;
    }
    let title = text.slice(plain.len() - title.len()..plain.len());
    Some(Headline {
        statuses: vec![Fact {
            value,
            span: text.span(range.clone()),
        }],
        rest: (!title.is_empty()).then_some(title),
        ..Headline::default()
    })
}
