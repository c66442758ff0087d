//! Converts the copied text of a web page to blocks, one for each line. Such text has no headings, its bullets are any
//! character, and a line may be broken in two.
//!
//! ```text
//! INVALID_KEY
//! • Status: 401
//! • Message: The key is not valid.
//! ```

use super::block::{Block, ParsedPage, Table};
use super::code::Shape;
use super::csv;
use super::label::{self, Field};
use super::payload;
use super::text::{Text, is_invisible};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::SourceId;
use std::ops::Range;

/// The deepest nesting of list items that is distinguished.
const MAX_DEPTH: usize = 32;

/// The characters that begin a list item in copied text.
const BULLETS: [char; 12] = ['•', '-', '*', '◦', '▪', '‣', '·', '–', '—', '○', '●', '+'];

/// Converts the text in `range`.
pub(super) fn parse(source: SourceId, whole: &str, range: Range<usize>) -> ParsedPage {
    let mut parser = PageParser {
        source,
        whole,
        end: range.end,
        page: ParsedPage::default(),
        indents: Vec::new(),
        is_after_empty_line: true,
    };
    let mut at = range.start;
    while at < range.end {
        at = parser
            .example(at)
            .or_else(|| parser.table(at))
            .unwrap_or_else(|| parser.line(at));
    }
    parser.page
}

struct PageParser<'a> {
    source: SourceId,
    whole: &'a str,
    end: usize,
    page: ParsedPage,
    /// The indentation of the open list items, outermost first.
    indents: Vec<usize>,
    is_after_empty_line: bool,
}

impl PageParser<'_> {
    /// Parses the example that begins at `at`, if there is one. Returns where the text continues.
    fn example(&mut self, at: usize) -> Option<usize> {
        let range = payload::leading_object_range(self.whole, at..self.end)?;
        let rest = &self.whole[range.end..self.end];
        let rest_of_line = rest.find('\n').filter(|length| rest[..*length].trim().is_empty());
        let next = rest_of_line.map_or(range.end, |length| range.end + length + 1);
        let example = Text::verbatim_from_range(self.source, self.whole, range);
        self.page.blocks.push(Block::Example(example));
        self.is_after_empty_line = false;
        Some(next)
    }

    /// Parses the table that begins at `at`, if there is one. Returns where the text continues.
    fn table(&mut self, at: usize) -> Option<usize> {
        let text = &self.whole[at..self.end];
        if !is_table_header(text.lines().next()?) {
            return None;
        }
        let rows = text.split_inclusive('\n').take_while(|line| line.contains('\t'));
        let length = rows.map(str::len).sum();
        let mut rows = csv::read_rows(self.source, [(&text[..length], at)], '\t').into_iter();
        self.page.blocks.push(Block::Table(Table {
            header: rows.next()?,
            rows: rows.collect(),
        }));
        self.is_after_empty_line = true;
        Some(at + length)
    }

    /// Parses the line that begins at `at`. Returns where the next line begins.
    fn line(&mut self, at: usize) -> usize {
        let next = self.whole[at..self.end]
            .find('\n')
            .map_or(self.end, |length| at + length + 1);
        if let Some(line) = Line::parse(self.whole, at..next) {
            self.push_line(&line);
            self.is_after_empty_line = false;
        } else {
            self.is_after_empty_line = true;
        }
        next
    }

    fn push_line(&mut self, line: &Line) {
        let text = Text::from_range(self.source, self.whole, line.range.clone());
        if line.has_bullet {
            let depth = self.depth(line.indent);
            self.page.blocks.push(Block::Item { depth, text });
            return;
        }
        if let Some(Block::Item { text: last, .. }) = self.page.blocks.last_mut()
            && !self.is_after_empty_line
            && continues(last, &text)
        {
            let finding = Diagnostic::new(rules::CATALOGUE_LINE_JOINED, text.full_span(), &[&text.as_str()])
                .related(last.full_span(), "this line is unfinished");
            self.page.findings.push(finding);
            last.push_line_break(line.range.start);
            last.push(&self.whole[line.range.clone()], line.range.start);
            return;
        }
        self.indents.clear();
        self.page.blocks.push(Block::Paragraph { depth: 0, text });
    }

    /// Returns the depth of a list item from its indentation.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.indents.last().is_some_and(|last| *last > indent) {
            self.indents.pop();
        }
        if self.indents.last() != Some(&indent) && self.indents.len() < MAX_DEPTH {
            self.indents.push(indent);
        }
        u8::try_from(self.indents.len()).unwrap_or(u8::MAX)
    }
}

/// Returns whether a line is the header of a table of codes as browsers copy it, with tabs between the cells.
fn is_table_header(line: &str) -> bool {
    if !line.contains('\t') {
        return false;
    }
    let fields: Vec<Field> = line.split('\t').filter_map(label::field_of_label).collect();
    fields.len() > 1
        && fields
            .iter()
            .any(|field| matches!(field, Field::Code | Field::Name))
}

/// One line of the text that is not empty.
struct Line {
    /// The range without indentation and bullet.
    range: Range<usize>,
    /// The indentation in characters.
    indent: usize,
    has_bullet: bool,
}

impl Line {
    fn parse(whole: &str, range: Range<usize>) -> Option<Self> {
        let is_space = |char: char| char.is_whitespace() || is_invisible(char);
        let raw = &whole[range.clone()];
        let text = raw.trim_start_matches(is_space);
        let start = range.end - text.len();
        let text = text.trim_end_matches(is_space);
        if text.is_empty() {
            return None;
        }
        let end = start + text.len();
        let content = text
            .strip_prefix(BULLETS)
            .filter(|rest| rest.is_empty() || rest.starts_with(is_space) || text.starts_with('•'))
            .map(|rest| rest.trim_start_matches(is_space));
        Some(Self {
            range: content.map_or(start, |content| end - content.len())..end,
            indent: raw.chars().take_while(|char| is_space(*char)).count(),
            has_bullet: content.is_some(),
        })
    }
}

/// Returns whether a line is the rest of the list item above, which was broken in two. The item must have begun a value
/// and must not have ended its sentence.
fn continues(item: &Text, line: &Text) -> bool {
    if Shape::of(line.as_str()).is_some_and(Shape::is_code_by_itself) || label::split_label(line).is_some() {
        return false;
    }
    let Some(labelled) = label::split_label(item) else {
        return false;
    };
    if labelled.field == Field::Status || labelled.value.is_empty() {
        return false;
    }
    let is_finished = item.as_str().ends_with(['.', '!', '?', ':', '…']);
    !is_finished || line.as_str().starts_with(char::is_lowercase)
}
