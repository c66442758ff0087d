//! Reads single cells of a table.

use crate::read::catalogue::code::{MAX_CODES, Shape};
use crate::read::catalogue::entry::Fact;
use crate::read::catalogue::entry_heading;
use crate::read::catalogue::status;
use crate::read::catalogue::text::{Style, Text};
use std::ops::Range;

/// Returns whether a cell is empty or holds a placeholder such as `-` or `N/A`.
pub(super) fn is_blank(cell: &Text) -> bool {
    let text = cell.as_str();
    text.is_empty()
        || matches!(
            text.to_ascii_lowercase().as_str(),
            "-" | "–" | "—" | "n/a" | "none" | "null" | "--" | "*"
        )
}

/// Returns whether a text is a range of numeric codes: `4000-4099`, `5xxx`.
pub(super) fn is_code_range(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let has_bounds = text
        .split_once(['-', '–', '—', '…'])
        .is_some_and(|(from, to)| is_number(from.trim()) && is_number(to.trim()));
    let prefix = text.trim_end_matches(['x', 'X', '*']);
    has_bounds || (prefix.len() < text.len() && is_number(prefix))
}

/// Returns whether a word is a registered HTTP status.
pub(super) fn is_status(word: &str) -> bool {
    status::parse_registered_status(word).is_some()
}

/// Returns the codes in a cell.
pub(super) fn find_codes(cell: &Text) -> Vec<Fact<String>> {
    let fact = |range: Range<usize>| Fact {
        value: cell.as_str()[range.clone()].to_owned(),
        span: cell.span(range),
    };
    let styled = styled_codes(cell);
    if !styled.is_empty() {
        return styled.into_iter().map(fact).collect();
    }
    let words = listed_words(cell);
    if let [(word, range)] = words.as_slice() {
        // This includes 404: the columns of statuses are known, and this is not one of them.
        let is_code = Shape::of(word).is_some();
        return is_code.then(|| fact(range.clone())).into_iter().collect();
    }
    let is_list = words.iter().all(|(word, _)| is_code_in_list(word));
    let has_code_on_each_line =
        || cell.lines().len() == words.len() && words.iter().all(|(word, _)| can_be_code(word));
    if is_list || has_code_on_each_line() {
        return words.into_iter().map(|(_, range)| fact(range)).collect();
    }
    entry_heading::parse_heading(cell).codes
}

fn styled_codes(cell: &Text) -> Vec<Range<usize>> {
    cell.styled_ranges(Style::Code)
        .filter(|range| can_be_code(&cell.as_str()[range.clone()]))
        .take(MAX_CODES)
        .collect()
}

/// Returns the words of a cell, split at the separators of a list.
fn listed_words(cell: &Text) -> Vec<(&str, Range<usize>)> {
    cell.words()
        .flat_map(|(word, range)| {
            let mut next_start = range.start;
            word.split([',', '/', '|']).map(move |part| {
                let start = next_start;
                next_start += part.len() + 1;
                (part, start..start + part.len())
            })
        })
        .filter(|(word, _)| !matches!(*word, "" | "or" | "and" | "&"))
        .take(MAX_CODES)
        .collect()
}

fn can_be_code(word: &str) -> bool {
    Shape::of(word).is_some() && !is_status(word)
}

fn is_code_in_list(word: &str) -> bool {
    Shape::of(word).is_some_and(|shape| shape.is_distinctive() || shape == Shape::Number && !is_status(word))
}
