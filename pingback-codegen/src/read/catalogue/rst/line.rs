//! Lines of reStructuredText and the markup that they begin with.

use crate::read::catalogue::inline;
use crate::read::catalogue::text::Text;
use crate::source::SourceId;
use std::ops::Range;

/// One line without its line ending.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where the line starts in the source.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// Returns where the line ends in the source.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Parses the line without its indentation and the marker of `marker_length` bytes.
    pub(super) fn parse(&self, source: SourceId, marker_length: usize) -> Text {
        let content = self.trimmed().get(marker_length..).unwrap_or_default();
        inline::parse(source, content, self.start + self.indent() + marker_length)
    }

    /// Returns the text in a range of bytes and its place in the source. The text is shorter if the line is, or if a
    /// character crosses the end of the range.
    pub(super) fn part(&self, range: Range<usize>) -> (&'a str, usize) {
        let floor = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(range.start), floor(range.end));
        (&self.text[start..end.max(start)], self.start + start)
    }
}

/// Splits a text into lines.
pub(super) fn split_lines(whole: &str) -> Vec<Line<'_>> {
    let mut next_start = 0;
    whole
        .split_inclusive('\n')
        .map(|line| {
            let start = next_start;
            next_start += line.len();
            Line {
                start,
                text: line.trim_end_matches(['\n', '\r']),
            }
        })
        .collect()
}

/// Returns how many lines are empty or indented deeper than `indent`.
pub(super) fn count_indented(lines: &[Line<'_>], indent: usize) -> usize {
    let is_indented = |line: &&Line<'_>| line.is_empty() || line.indent() > indent;
    lines.iter().take_while(is_indented).count()
}

/// Returns the character of a rule that underlines or overlines a title.
pub(super) fn rule_char(text: &str) -> Option<char> {
    let text = text.trim_end();
    let first = text.chars().next()?;
    let is_rule =
        "=-~^\"'`#*+.:_<>".contains(first) && text.len() > 2 && text.chars().all(|char| char == first);
    is_rule.then_some(first)
}

/// Returns the length of the marker that begins a list item: `- `, `* `, `#. `, `12. `.
pub(super) fn item_marker_length(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|char: char| char.is_ascii_digit() || char == '#');
    let number_length = line.len() - rest.len();
    if (1..4).contains(&number_length) && rest.starts_with(". ") {
        return Some(number_length + 2);
    }
    let bullet = line
        .chars()
        .next()
        .filter(|char| matches!(char, '-' | '*' | '+' | '•'))?;
    let length = bullet.len_utf8();
    line[length..].starts_with(' ').then_some(length + 1)
}

/// Splits a field or option into name and value: `:Status: 400`. A role such as `` :code:`x` `` is not a field.
pub(super) fn split_field(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_field = !name.is_empty() && !name.contains('`') && (rest.is_empty() || rest.starts_with(' '));
    is_field.then_some((name, rest.trim()))
}
