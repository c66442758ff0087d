//! A piece of text as a reader sees it (white space in one blank, invisible characters gone, entities
//! decoded) of which every byte still knows the place in the source it came from.

use super::Fact;
use crate::source::{SourceId, Span};
use std::ops::Range;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In backticks or `<code>`.
    Code,
    /// Bold.
    Strong,
}

/// Cleaned text with its way back to the source.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    source: SourceId,
    chars: String,
    runs: Vec<Run>,
    styles: Vec<(Style, Range<usize>)>,
    /// White space that is written only if more text follows.
    blank: Option<(char, Range<u32>)>,
}

/// From `at` to the next run's `at`, the text stands for `source`.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    at: usize,
    source: Range<u32>,
}

/// The length of a text as spans count it; texts are under 4 GiB (see `Sources::add`).
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Characters that nobody sees and that tear words apart for a program.
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
            blank: None,
        }
    }

    /// A part of a source as one text.
    pub(super) fn of(source: SourceId, whole: &str, range: Range<usize>) -> Self {
        let mut text = Self::new(source);
        text.push(&whole[range.clone()], range.start);
        text
    }

    /// A part of a source as one text, its white space kept.
    pub(super) fn verbatim(source: SourceId, whole: &str, range: Range<usize>) -> Self {
        let mut text = Self::new(source);
        text.push_verbatim(&whole[range.clone()], range.start);
        text
    }

    /// Adds text that stands so in the source, at `start`.
    pub(super) fn push(&mut self, raw: &str, start: usize) {
        for (at, char) in raw.char_indices() {
            let at = offset(start + at);
            let end = at + offset(char.len_utf8());
            if char.is_whitespace() {
                self.push_blank(' ', at..end);
            } else if !is_invisible(char) {
                self.push_char(char, at..end);
            }
        }
    }

    /// Adds text that stands so in the source, its white space kept.
    pub(super) fn push_verbatim(&mut self, raw: &str, start: usize) {
        for (at, char) in raw.char_indices() {
            let at = offset(start + at);
            self.write(char, at..at + offset(char.len_utf8()));
        }
    }

    /// Adds text that the source spells differently: an entity, an escape.
    pub(super) fn push_decoded(&mut self, decoded: &str, range: Range<usize>) {
        let source = offset(range.start)..offset(range.end);
        for char in decoded.chars() {
            if char.is_whitespace() {
                self.push_blank(' ', source.clone());
            } else if !is_invisible(char) {
                self.push_char(char, source.clone());
            }
        }
    }

    /// Adds a line break that means something, or at least may.
    pub(super) fn push_break(&mut self, at: usize) {
        self.push_blank('\n', offset(at)..offset(at));
    }

    fn push_blank(&mut self, char: char, source: Range<u32>) {
        if self.chars.is_empty() {
            return;
        }
        match &mut self.blank {
            Some((kept, _)) if char == '\n' => *kept = '\n',
            Some(_) => {}
            empty => *empty = Some((char, source)),
        }
    }

    fn push_char(&mut self, char: char, source: Range<u32>) {
        if let Some((blank, place)) = self.blank.take() {
            self.write(blank, place);
        }
        self.write(char, source);
    }

    fn write(&mut self, char: char, source: Range<u32>) {
        let at = self.chars.len();
        self.chars.push(char);
        if let Some(last) = self.runs.last_mut() {
            let plain = last.source.len() == at - last.at;
            if plain && last.source.end == source.start && source.len() == char.len_utf8() {
                last.source.end = source.end;
                return;
            }
        }
        self.runs.push(Run { at, source });
    }

    /// Adds another text behind a blank.
    pub(super) fn append(&mut self, other: &Text) {
        let place = other.runs.first().map_or(0, |run| run.source.start);
        self.blank = None;
        self.push_blank(' ', place..place);
        self.append_to_line(other);
    }

    /// Adds another text behind the white space that is due.
    pub(super) fn append_to_line(&mut self, other: &Text) {
        if other.is_empty() {
            return;
        }
        if let Some((blank, place)) = self.blank.take() {
            self.write(blank, place);
        }
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

    /// Where the next visible character will stand; a style's range starts there.
    pub(super) fn next(&self) -> usize {
        self.chars.len() + usize::from(self.blank.is_some())
    }

    /// Says how the text from `start` to here is set.
    pub(super) fn style(&mut self, style: Style, start: usize) {
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

    /// The ranges set in `style`, in order.
    pub(super) fn styled(&self, style: Style) -> impl Iterator<Item = Range<usize>> + '_ {
        self.styles
            .iter()
            .filter(move |(kind, _)| *kind == style)
            .map(|(_, range)| range.clone())
    }

    /// Is the whole of it set in `style`?
    pub(super) fn is_all(&self, style: Style) -> bool {
        self.styled(style)
            .any(|range| range.start == 0 && range.end == self.chars.len())
    }

    /// The place of a part of it.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start).map_or(0, |(run, _, exact)| {
            run.source.start + if exact { offset(range.start - run.at) } else { 0 }
        });
        let end =
            range
                .end
                .checked_sub(1)
                .and_then(|last| self.place(last))
                .map_or(start, |(run, _, exact)| {
                    if exact {
                        run.source.start + offset(range.end - run.at)
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

    /// The place of all of it.
    pub(super) fn whole(&self) -> Span {
        self.span(0..self.chars.len())
    }

    /// The run that holds the byte `at`, its end, and whether it is spelt as in the source.
    fn place(&self, at: usize) -> Option<(&Run, usize, bool)> {
        let index = self.runs.partition_point(|run| run.at <= at).checked_sub(1)?;
        let run = &self.runs[index];
        let end = self.runs.get(index + 1).map_or(self.chars.len(), |next| next.at);
        Some((run, end, run.source.len() == end - run.at))
    }

    /// A part of it, without the white space around it.
    pub(super) fn slice(&self, range: Range<usize>) -> Text {
        let range = trim(&self.chars, range);
        let mut runs = Vec::new();
        let first = self
            .runs
            .partition_point(|run| run.at <= range.start)
            .saturating_sub(1);
        for index in first..self.runs.len() {
            let run = &self.runs[index];
            if run.at >= range.end {
                break;
            }
            let end = self.runs.get(index + 1).map_or(self.chars.len(), |next| next.at);
            let part = run.at.max(range.start)..end.min(range.end);
            let exact = run.source.len() == end - run.at;
            let source = if exact {
                let start = run.source.start + offset(part.start - run.at);
                start..start + offset(part.len())
            } else {
                run.source.clone()
            };
            runs.push(Run {
                at: part.start - range.start,
                source,
            });
        }
        let styles = self
            .styles
            .iter()
            // Styles are noted as they end, so in the order of their ends.
            .skip(
                self.styles
                    .partition_point(|(_, styled)| styled.end <= range.start),
            )
            .take_while(|(_, styled)| styled.start < range.end)
            .filter_map(|(style, styled)| {
                let part = styled.start.max(range.start)..styled.end.min(range.end);
                (part.start < part.end).then(|| (*style, part.start - range.start..part.end - range.start))
            })
            .collect();
        Text {
            source: self.source,
            chars: self.chars[range].to_owned(),
            runs,
            styles,
            blank: None,
        }
    }

    /// Its lines, where line breaks were kept.
    pub(super) fn lines(&self) -> Vec<Text> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in self.chars.split_inclusive('\n') {
            lines.push(self.slice(start..start + line.len()));
            start += line.len();
        }
        lines
    }

    /// All of it as a fact: on one line, without quotation marks around the whole.
    pub(super) fn fact(&self) -> Option<Fact<String>> {
        let range = unquoted(&self.chars, trim(&self.chars, 0..self.chars.len()));
        if range.is_empty() {
            return None;
        }
        Some(Fact {
            value: self.chars[range.clone()].replace('\n', " "),
            span: self.span(range),
        })
    }

    /// Its words with their ranges: what white space parts, without punctuation around it.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, Range<usize>)> + '_ {
        let mut at = 0;
        self.chars.split([' ', '\n']).filter_map(move |piece| {
            let start = at;
            at += piece.len() + 1;
            let left = piece.trim_start_matches(is_wrapping);
            let word = left.trim_end_matches(is_wrapping);
            let start = start + piece.len() - left.len();
            (!word.is_empty()).then(|| (word, start..start + word.len()))
        })
    }
}

/// Punctuation that people put around a word.
fn is_wrapping(char: char) -> bool {
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

/// The range without white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let left = part.trim_start();
    let start = range.start + part.len() - left.len();
    start..start + left.trim_end().len()
}

/// The range without a pair of quotation marks around all of it.
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
        Text::of(SourceId(0), whole, 0..whole.len())
    }

    #[test]
    fn white_space_is_one_blank_and_invisible_characters_go() {
        assert_eq!(text(" a\u{a0}\r\n b\u{200b}c ").as_str(), "a bc");
    }

    #[test]
    fn a_part_knows_its_place() {
        let whole = "  zwölf \u{200b}  x_y, z";
        let text = text(whole);
        let (word, range) = text.words().nth(1).expect("two words");
        assert_eq!(word, "x_y");
        let span = text.span(range.clone());
        assert_eq!(&whole[span.start as usize..span.end as usize], "x_y");
        let slice = text.slice(range.start..text.as_str().len());
        let span = slice.whole();
        assert_eq!(&whole[span.start as usize..span.end as usize], "x_y, z");
    }

    #[test]
    fn decoded_text_has_the_place_of_its_spelling() {
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
