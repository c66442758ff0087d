//! Normalized text that maps every byte back to its place in the source. Each run of white space becomes one space or
//! line break, invisible characters are removed, and entities are decoded.

use super::Fact;
use crate::source::{SourceId, Span};
use std::ops::Range;

/// How a range of text is formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In backticks or `<code>`.
    Code,
    /// Bold.
    Strong,
}

/// Normalized text with its source map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    source: SourceId,
    chars: String,
    /// The source map: one run for each stretch of text that the source spells the same way, one for each that it
    /// spells differently.
    runs: Vec<Run>,
    /// In the order in which they end.
    styles: Vec<(Style, Range<usize>)>,
    /// White space that is written once more text follows, so that no text ends with white space.
    pending_space: Option<(char, Range<u32>)>,
}

/// Maps the text from `at` to the `at` of the next run to a range of the source.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    at: usize,
    source: Range<u32>,
}

/// Converts a byte offset to the type that spans use. Sources are smaller than 4 GiB (see `Sources::add`).
pub(super) fn span_offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Returns whether a character has no glyph. Such characters split words for a program, but not for a reader.
pub(super) fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

impl Text {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            chars: String::new(),
            runs: Vec::new(),
            styles: Vec::new(),
            pending_space: None,
        }
    }

    /// Normalizes a range of a source.
    pub(super) fn from_range(source: SourceId, whole: &str, range: Range<usize>) -> Self {
        let mut text = Self::new(source);
        text.push(&whole[range.clone()], range.start);
        text
    }

    /// Copies a range of a source with all its white space.
    pub(super) fn verbatim_from_range(source: SourceId, whole: &str, range: Range<usize>) -> Self {
        let mut text = Self::new(source);
        text.push_verbatim(&whole[range.clone()], range.start);
        text
    }

    /// Appends text that the source has at `start`, and normalizes it.
    pub(super) fn push(&mut self, raw: &str, start: usize) {
        for (at, char) in raw.char_indices() {
            let at = span_offset(start + at);
            let end = at + span_offset(char.len_utf8());
            if char.is_whitespace() {
                self.push_space(' ', at..end);
            } else if !is_invisible(char) {
                self.push_char(char, at..end);
            }
        }
    }

    /// Appends text that the source has at `start`, with all its white space.
    pub(super) fn push_verbatim(&mut self, raw: &str, start: usize) {
        for (at, char) in raw.char_indices() {
            let at = span_offset(start + at);
            self.write(char, at..at + span_offset(char.len_utf8()));
        }
    }

    /// Appends text that the source spells differently in `range`, such as an entity or an escape.
    pub(super) fn push_decoded(&mut self, decoded: &str, range: Range<usize>) {
        let source = span_offset(range.start)..span_offset(range.end);
        for char in decoded.chars() {
            if char.is_whitespace() {
                self.push_space(' ', source.clone());
            } else if !is_invisible(char) {
                self.push_char(char, source.clone());
            }
        }
    }

    /// Appends a line break that may be significant.
    pub(super) fn push_line_break(&mut self, at: usize) {
        self.push_space('\n', span_offset(at)..span_offset(at));
    }

    fn push_space(&mut self, char: char, source: Range<u32>) {
        if self.chars.is_empty() {
            return;
        }
        match &mut self.pending_space {
            Some((space, _)) if char == '\n' => *space = '\n',
            Some(_) => {}
            empty => *empty = Some((char, source)),
        }
    }

    fn push_char(&mut self, char: char, source: Range<u32>) {
        self.write_pending_space();
        self.write(char, source);
    }

    fn write_pending_space(&mut self) {
        if let Some((space, place)) = self.pending_space.take() {
            self.write(space, place);
        }
    }

    fn write(&mut self, char: char, source: Range<u32>) {
        let at = self.chars.len();
        self.chars.push(char);
        if let Some(last) = self.runs.last_mut() {
            let is_verbatim = last.source.len() == at - last.at;
            if is_verbatim && last.source.end == source.start && source.len() == char.len_utf8() {
                last.source.end = source.end;
                return;
            }
        }
        self.runs.push(Run { at, source });
    }

    /// Appends another text after a space.
    pub(super) fn append_after_space(&mut self, other: &Text) {
        let place = other.runs.first().map_or(0, |run| run.source.start);
        self.pending_space = None;
        self.push_space(' ', place..place);
        self.append(other);
    }

    /// Appends another text. White space at the end of this text is kept between them.
    pub(super) fn append(&mut self, other: &Text) {
        if other.is_empty() {
            return;
        }
        self.write_pending_space();
        let shift = self.chars.len();
        self.chars.push_str(&other.chars);
        self.runs.extend(other.runs.iter().map(|run| Run {
            at: run.at + shift,
            source: run.source.clone(),
        }));
        let styles = other.styles.iter();
        self.styles
            .extend(styles.map(|(style, range)| (*style, range.start + shift..range.end + shift)));
    }

    /// Returns where the next visible character will be, which is where the range of a style starts.
    pub(super) fn next_position(&self) -> usize {
        self.chars.len() + usize::from(self.pending_space.is_some())
    }

    /// Marks the text from `start` to the end as formatted in `style`.
    pub(super) fn add_style(&mut self, style: Style, start: usize) {
        if start < self.chars.len() {
            self.styles.push((style, start..self.chars.len()));
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.chars
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Returns the ranges formatted in `style`, in order.
    pub(super) fn styled_ranges(&self, style: Style) -> impl Iterator<Item = Range<usize>> + '_ {
        self.styles
            .iter()
            .filter(move |(kind, _)| *kind == style)
            .map(|(_, range)| range.clone())
    }

    /// Returns whether the whole text is formatted in `style`.
    pub(super) fn is_entirely(&self, style: Style) -> bool {
        self.styled_ranges(style)
            .any(|range| range.start == 0 && range.end == self.chars.len())
    }

    /// Returns the range of code or bold text that the text begins with.
    pub(super) fn leading_styled_range(&self) -> Option<Range<usize>> {
        self.styled_ranges(Style::Code)
            .chain(self.styled_ranges(Style::Strong))
            .find(|range| range.start == 0)
    }

    /// Returns the place of a part of the text in the source.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.run_at(range.start).map_or(0, |(run, is_verbatim)| {
            let inside = if is_verbatim { range.start - run.at } else { 0 };
            run.source.start + span_offset(inside)
        });
        let last = range.end.checked_sub(1).and_then(|last| self.run_at(last));
        let end = last.map_or(start, |(run, is_verbatim)| {
            if is_verbatim {
                run.source.start + span_offset(range.end - run.at)
            } else {
                run.source.end
            }
        });
        Span {
            source: self.source,
            start,
            end: end.max(start),
        }
    }

    /// Returns the place of the whole text in the source.
    pub(super) fn full_span(&self) -> Span {
        self.span(0..self.chars.len())
    }

    /// Returns the run that holds the byte at `at`, and whether the source spells it the same way.
    fn run_at(&self, at: usize) -> Option<(&Run, bool)> {
        let index = self.runs.partition_point(|run| run.at <= at).checked_sub(1)?;
        let run = &self.runs[index];
        Some((run, run.source.len() == self.run_end(index) - run.at))
    }

    /// Returns where the run at `index` ends in the text.
    fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.chars.len(), |next| next.at)
    }

    /// Returns a part of the text, without the white space around it.
    pub(super) fn slice(&self, range: Range<usize>) -> Text {
        let range = trim(&self.chars, range);
        Text {
            source: self.source,
            runs: self.runs_within(&range),
            styles: self.styles_within(&range),
            chars: self.chars[range].to_owned(),
            pending_space: None,
        }
    }

    fn runs_within(&self, range: &Range<usize>) -> Vec<Run> {
        let first = self
            .runs
            .partition_point(|run| run.at <= range.start)
            .saturating_sub(1);
        let mut runs = Vec::new();
        for (index, run) in self.runs.iter().enumerate().skip(first) {
            if run.at >= range.end {
                break;
            }
            let end = self.run_end(index);
            let part = run.at.max(range.start)..end.min(range.end);
            let is_verbatim = run.source.len() == end - run.at;
            let source = if is_verbatim {
                let start = run.source.start + span_offset(part.start - run.at);
                start..start + span_offset(part.len())
            } else {
                run.source.clone()
            };
            runs.push(Run {
                at: part.start - range.start,
                source,
            });
        }
        runs
    }

    fn styles_within(&self, range: &Range<usize>) -> Vec<(Style, Range<usize>)> {
        let first = self
            .styles
            .partition_point(|(_, styled)| styled.end <= range.start);
        self.styles[first..]
            .iter()
            .take_while(|(_, styled)| styled.start < range.end)
            .filter_map(|(style, styled)| {
                let part = styled.start.max(range.start)..styled.end.min(range.end);
                (part.start < part.end).then(|| (*style, part.start - range.start..part.end - range.start))
            })
            .collect()
    }

    /// Splits the text at its line breaks.
    pub(super) fn lines(&self) -> Vec<Text> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in self.chars.split_inclusive('\n') {
            lines.push(self.slice(start..start + line.len()));
            start += line.len();
        }
        lines
    }

    /// Returns the text as a fact on one line, without quotation marks around it; `None` if nothing is left.
    pub(super) fn to_fact(&self) -> Option<Fact<String>> {
        let range = unquoted(&self.chars, trim(&self.chars, 0..self.chars.len()));
        if range.is_empty() {
            return None;
        }
        Some(Fact {
            value: self.chars[range.clone()].replace('\n', " "),
            span: self.span(range),
        })
    }

    /// Splits the text at white space and returns the words with their ranges, without the punctuation around them.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, Range<usize>)> + '_ {
        let mut at = 0;
        self.chars.split([' ', '\n']).filter_map(move |piece| {
            let start = at;
            at += piece.len() + 1;
            let left = piece.trim_start_matches(is_punctuation);
            let word = left.trim_end_matches(is_punctuation);
            let start = start + piece.len() - left.len();
            (!word.is_empty()).then(|| (word, start..start + word.len()))
        })
    }
}

/// Returns whether a character is punctuation that surrounds words.
fn is_punctuation(char: char) -> bool {
    matches!(
        char,
        '(' | ')'
            | '['
            | ']'
            | '<'
            | '>'
            | ':'
            | ';'
            | ','
            | '.'
            | '"'
            | '\''
            | '`'
            | '*'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '|'
            | '–'
            | '—'
            | '•'
            | '/'
            | '#'
            | '!'
            | '='
    )
}

/// Shrinks a range by the white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let left = part.trim_start();
    let start = range.start + part.len() - left.len();
    start..start + left.trim_end().len()
}

/// Shrinks a range by the pair of quotation marks that encloses it, if there is one.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    for (open, close) in [('"', '"'), ('“', '”'), ('`', '`')] {
        let inner = text[range.clone()]
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner
            && !inner.contains([open, close])
        {
            let start = range.start + open.len_utf8();
            return trim(text, start..start + inner.len());
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(whole: &str) -> Text {
        Text::from_range(SourceId(0), whole, 0..whole.len())
    }

    #[test]
    fn collapses_white_space_and_removes_invisible_characters() {
        assert_eq!(text(" a\u{a0}\r\n b\u{200b}c ").as_str(), "a bc");
    }

    #[test]
    fn maps_words_and_slices_to_their_source() {
        let whole = "  zwölf \u{200b}  x_y, z";
        let text = text(whole);
        let (word, range) = text.words().nth(1).expect("two words");
        assert_eq!(word, "x_y");
        let span = text.span(range.clone());
        assert_eq!(&whole[span.start as usize..span.end as usize], "x_y");
        let slice = text.slice(range.start..text.as_str().len());
        let span = slice.full_span();
        assert_eq!(&whole[span.start as usize..span.end as usize], "x_y, z");
    }

    #[test]
    fn maps_decoded_text_to_its_spelling() {
        let mut text = Text::new(SourceId(0));
        text.push("a", 0);
        text.push_decoded("&", 1..6);
        text.push("b", 6);
        assert_eq!(text.as_str(), "a&b");
        let span = text.span(1..2);
        assert_eq!((span.start, span.end), (1, 6));
        let span = text.span(2..3);
        assert_eq!((span.start, span.end), (6, 7));
    }
}
