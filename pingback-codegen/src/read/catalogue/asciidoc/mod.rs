//! Converts AsciiDoc to blocks.
//!
//! ```text
//! == `invalid_key`
//! Status:: 401
//! The key is not valid.
//! ```

mod table;

use super::block::Block;
use super::block_builder::BlockBuilder;
use super::inline;
use super::text::Text;
use crate::source::SourceId;
use table::{DELIMITER, PageLine, TableParser};

/// Longer texts are not terms.
const MAX_TERM_LENGTH: usize = 200;
/// The most characters of the marker of a list item.
const MAX_ITEM_DEPTH: usize = 5;

/// Returns whether a text has markup that only AsciiDoc has.
pub(super) fn is_likely(text: &str) -> bool {
    let mut is_in_fence = false;
    text.lines().any(|line| {
        is_in_fence ^= line.starts_with("```");
        let is_section = split_heading(line).is_some_and(|(level, _)| level > 0);
        !is_in_fence
            && (is_section
                || line.trim_end() == DELIMITER
                || line.starts_with("[cols=")
                || line.starts_with("[source,"))
    })
}

/// Converts a page.
pub(super) fn parse(source: SourceId, whole: &str) -> Vec<Block> {
    let mut parser = Parser {
        source,
        builder: BlockBuilder::new(source),
        attributes: String::new(),
        table: None,
        listing: None,
    };
    let mut next_start = 0;
    for raw in whole.split_inclusive('\n') {
        let start = next_start;
        next_start += raw.len();
        let rest = whole[next_start..].trim_start_matches([' ', '\t']);
        // A `+` at the end is a hard line break.
        let line = raw.trim_end();
        parser.read_line(PageLine {
            text: line.strip_suffix(" +").unwrap_or(line),
            start,
            precedes_empty_line: rest.starts_with(['\n', '\r']),
        });
    }
    parser.end_listing();
    parser.end_table();
    parser.builder.finish()
}

struct Parser {
    source: SourceId,
    builder: BlockBuilder,
    /// The attributes in brackets above the next block.
    attributes: String,
    table: Option<TableParser>,
    listing: Option<Listing>,
}

/// A listing that is being read.
struct Listing {
    /// The line that ends it.
    fence: String,
    text: Text,
}

impl Parser {
    fn read_line(&mut self, line: PageLine<'_>) {
        if self.listing.is_some() {
            self.read_listing_line(line.text, line.start);
        } else if self.table.is_some() && line.text.trim() == DELIMITER {
            self.end_table();
        } else if let Some(table) = &mut self.table {
            table.read_line(line, &mut self.builder);
        } else {
            self.read_block_line(line.text, line.start);
        }
    }

    /// Reads a line outside of tables and listings.
    fn read_block_line(&mut self, line: &str, start: usize) {
        let trimmed = line.trim_start();
        let end = start + line.len();
        if trimmed.is_empty() {
            self.builder.break_paragraph(start);
        } else if trimmed == DELIMITER {
            let attributes = std::mem::take(&mut self.attributes);
            self.table = Some(TableParser::begin(&attributes, &mut self.builder));
        } else if is_fence(trimmed) {
            self.attributes.clear();
            self.listing = Some(Listing {
                fence: trimmed.to_owned(),
                text: Text::new(self.source),
            });
        } else if is_delimiter_or_comment(trimmed) || is_document_attribute(trimmed) {
            self.builder.break_paragraph(start);
        } else if trimmed.starts_with('[') && trimmed.ends_with(']') {
            trimmed.clone_into(&mut self.attributes);
        } else if let Some((level, title)) = split_heading(line) {
            self.builder.begin_heading(level + 1);
            self.push(title, end - title.len());
            self.builder.end_heading_or_term(end);
        } else if let Some((depth, content)) = split_item(trimmed) {
            let text = inline::parse(self.source, content, end - content.len());
            self.builder.push_blocks(vec![Block::Item { depth, text }]);
        } else if let Some((term, definition)) = split_definition(trimmed) {
            self.builder.begin_term(start);
            self.push(term, end - trimmed.len());
            self.builder.end_heading_or_term(end);
            self.push(definition, end - definition.len());
        } else if trimmed != "+" {
            // `.Title` is the title of a block.
            let content = trimmed
                .strip_prefix('.')
                .filter(|title| title.starts_with(char::is_alphabetic))
                .unwrap_or(trimmed);
            self.builder.push_line_break(start);
            self.push(content, end - content.len());
        }
    }

    fn push(&mut self, raw: &str, start: usize) {
        let text = inline::parse(self.source, raw, start);
        self.builder.text().append(&text);
    }

    fn read_listing_line(&mut self, line: &str, start: usize) {
        let Some(listing) = &mut self.listing else {
            return;
        };
        if listing.fence == line.trim() {
            self.end_listing();
        } else {
            listing.text.push_verbatim(line, start);
            listing.text.push_verbatim("\n", start + line.len());
        }
    }

    fn end_listing(&mut self) {
        if let Some(Listing { text, .. }) = self.listing.take()
            && !text.as_str().trim().is_empty()
        {
            self.builder.push_blocks(vec![Block::Example(text)]);
        }
    }

    fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            table.end(&mut self.builder);
        }
    }
}

/// Splits `== Title` into its level, counted from 0, and the title.
fn split_heading(line: &str) -> Option<(u8, &str)> {
    let title = line.trim_start_matches('=');
    let level = line.len() - title.len();
    let is_heading = (1..7).contains(&level) && title.starts_with(' ');
    is_heading.then(|| (u8::try_from(level - 1).unwrap_or(0), title.trim_start()))
}

/// Splits `** text` into its depth and the text.
fn split_item(line: &str) -> Option<(u8, &str)> {
    let marker = line
        .chars()
        .next()
        .filter(|char| matches!(char, '*' | '-' | '.'))?;
    let rest = line.trim_start_matches(marker);
    let depth = line.len() - rest.len();
    let is_item = depth <= MAX_ITEM_DEPTH && rest.starts_with(' ');
    is_item.then(|| (u8::try_from(depth).unwrap_or(1), rest.trim_start()))
}

/// Splits `term:: definition`.
fn split_definition(line: &str) -> Option<(&str, &str)> {
    let (term, rest) = line.split_once("::")?;
    let rest = rest.trim_start_matches(':');
    let is_term =
        !term.is_empty() && term.len() < MAX_TERM_LENGTH && (rest.is_empty() || rest.starts_with(' '));
    is_term.then(|| (term, rest.trim_start()))
}

/// Returns whether a line begins or ends a listing: `----`, `....`, or a fence of Markdown.
fn is_fence(line: &str) -> bool {
    let consists_of = |char: u8| line.bytes().all(|byte| byte == char);
    line.starts_with("```") || line.len() > 3 && (consists_of(b'-') || consists_of(b'.'))
}

fn is_delimiter_or_comment(line: &str) -> bool {
    line.starts_with("//") || line.starts_with("====") || line == "--"
}

/// Returns whether a line sets an attribute of the document: `:name: value`.
fn is_document_attribute(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
}
