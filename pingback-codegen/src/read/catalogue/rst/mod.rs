//! Converts reStructuredText to blocks.
//!
//! ```text
//! ``INVALID_KEY``
//! ---------------
//! :Status: 401
//! ```

mod line;
mod table;

use super::block::{Block, Table};
use super::text::Text;
use crate::source::SourceId;
use line::{Line, count_indented, item_marker_length, rule_char, split_field, split_lines};
use table::{
    CsvOptions, is_grid_border, is_simple_rule, parse_csv_table, parse_grid, parse_list_table, parse_simple,
};

/// Lists and directives nested deeper than this are not read.
const MAX_DEPTH: usize = 12;
/// The deepest level of a heading.
const MAX_HEADING_LEVEL: u8 = 6;

/// Returns whether a text has markup that only reStructuredText has.
pub(super) fn is_likely(text: &str) -> bool {
    let mut previous = "";
    text.lines().any(|line| {
        let trimmed = line.trim();
        let is_directive = trimmed
            .strip_prefix(".. ")
            .is_some_and(|rest| rest.contains("::"));
        let is_underline = line == trimmed
            && trimmed.starts_with('=')
            && rule_char(trimmed).is_some()
            && !previous.is_empty()
            && previous.chars().count() <= trimmed.len();
        previous = trimmed;
        is_directive || is_underline || is_grid_border(trimmed) || is_simple_rule(trimmed)
    })
}

/// Converts a page.
pub(super) fn parse(source: SourceId, whole: &str) -> Vec<Block> {
    let mut parser = Parser {
        source,
        blocks: Vec::new(),
        heading_styles: Vec::new(),
    };
    parser.body(&split_lines(whole), Nesting::default());
    parser.blocks
}

struct Parser {
    source: SourceId,
    blocks: Vec<Block>,
    /// The styles of headings in the order of their first use, which is that of their levels.
    heading_styles: Vec<HeadingStyle>,
}

/// The character of a rule below a title, and whether there is also one above.
#[derive(Clone, Copy, PartialEq, Eq)]
struct HeadingStyle {
    rule_char: char,
    has_overline: bool,
}

/// How deep a body is nested.
#[derive(Clone, Copy, Default)]
struct Nesting {
    /// The number of lists around it.
    lists: u8,
    /// The number of lists, definitions and directives around it.
    all: usize,
}

impl Nesting {
    fn inside_list(self) -> Self {
        Self {
            lists: self.lists.saturating_add(1),
            all: self.all + 1,
        }
    }

    fn inside_block(self) -> Self {
        Self {
            all: self.all + 1,
            ..self
        }
    }
}

impl Parser {
    fn body(&mut self, lines: &[Line<'_>], nesting: Nesting) {
        if nesting.all > MAX_DEPTH {
            return;
        }
        let mut at = 0;
        while at < lines.len() {
            at += self.element(&lines[at..], nesting);
        }
    }

    /// Parses the element that begins with the first line. Returns how many lines it takes.
    fn element(&mut self, lines: &[Line<'_>], nesting: Nesting) -> usize {
        let first = lines[0].trimmed();
        if first.is_empty() {
            1
        } else if let Some(line_count) = self.section(lines) {
            line_count
        } else if is_grid_border(first) {
            let parsed = parse_grid(self.source, lines);
            self.push_table(parsed.table);
            parsed.line_count
        } else if is_simple_rule(first) {
            let parsed = parse_simple(self.source, lines);
            self.push_table(parsed.table);
            parsed.line_count
        } else if first == ".." || first.starts_with(".. ") {
            self.directive(lines, nesting)
        } else if let Some(marker_length) = item_marker_length(first) {
            self.item(lines, marker_length, nesting)
        } else if split_field(first).is_some() {
            // `:Status: 400` is a labelled fact, like the items of other pages.
            self.item(lines, 1, nesting)
        } else if lines
            .get(1)
            .is_some_and(|next| !next.is_empty() && next.indent() > lines[0].indent())
        {
            self.definition(lines, nesting)
        } else {
            self.paragraph(lines, nesting)
        }
    }

    /// Parses a title with a rule below it, and perhaps one above it. Returns how many lines it takes.
    fn section(&mut self, lines: &[Line<'_>]) -> Option<usize> {
        let has_overline = rule_char(lines[0].text).is_some();
        let title_index = usize::from(has_overline);
        let title = lines.get(title_index)?;
        let underline = lines.get(title_index + 1)?;
        let style = HeadingStyle {
            rule_char: rule_char(underline.text)?,
            has_overline,
        };
        let length = title.trimmed().chars().count();
        let is_title = length > 0
            && underline.trimmed().len() >= length
            && rule_char(title.text).is_none()
            && (title.indent() == 0 || has_overline);
        if !is_title {
            return None;
        }
        let known = self.heading_styles.iter().position(|known| *known == style);
        let index = known.unwrap_or_else(|| {
            self.heading_styles.push(style);
            self.heading_styles.len() - 1
        });
        self.blocks.push(Block::Heading {
            level: u8::try_from(index + 1)
                .unwrap_or(MAX_HEADING_LEVEL)
                .min(MAX_HEADING_LEVEL),
            text: title.parse(self.source, 0),
        });
        Some(title_index + 2)
    }

    /// Parses a list item or field.
    fn item(&mut self, lines: &[Line<'_>], marker_length: usize, nesting: Nesting) -> usize {
        let inner_count = count_indented(&lines[1..], lines[0].indent());
        let inner = &lines[1..=inner_count];
        let mut text = lines[0].parse(self.source, marker_length);
        let continued = self.continue_paragraph(&mut text, inner);
        let inside = nesting.inside_list();
        self.blocks.push(Block::Item {
            depth: inside.lists,
            text,
        });
        self.body(&inner[continued..], inside);
        1 + inner_count
    }

    /// Parses a term and its indented definition.
    fn definition(&mut self, lines: &[Line<'_>], nesting: Nesting) -> usize {
        let inside = nesting.inside_list();
        self.blocks.push(Block::Term {
            depth: inside.lists,
            text: lines[0].parse(self.source, 0),
        });
        let inner_count = count_indented(&lines[1..], lines[0].indent());
        self.body(&lines[1..=inner_count], inside);
        1 + inner_count
    }

    /// Parses a paragraph, and the literal block below it if it ends with `::`.
    fn paragraph(&mut self, lines: &[Line<'_>], nesting: Nesting) -> usize {
        let mut text = lines[0].parse(self.source, 0);
        let mut line_count = 1 + self.continue_paragraph(&mut text, &lines[1..]);
        let introduces_literal = text.as_str().ends_with("::");
        if introduces_literal {
            text = text.slice(0..text.as_str().len() - 2);
        }
        if !text.is_empty() {
            let depth = nesting.lists;
            self.blocks.push(Block::Paragraph { depth, text });
        }
        if introduces_literal {
            let literal_count = count_indented(&lines[line_count..], lines[0].indent());
            self.push_example(&lines[line_count..line_count + literal_count]);
            line_count += literal_count;
        }
        line_count
    }

    /// Appends the lines up to the end of a paragraph. Returns how many there are.
    fn continue_paragraph(&self, text: &mut Text, lines: &[Line<'_>]) -> usize {
        let ends_paragraph = |line: &Line<'_>| {
            let trimmed = line.trimmed();
            trimmed.is_empty()
                || item_marker_length(trimmed).is_some()
                || split_field(trimmed).is_some()
                || trimmed.starts_with(".. ")
        };
        let count = lines.iter().take_while(|line| !ends_paragraph(line)).count();
        for line in &lines[..count] {
            text.append_after_space(&line.parse(self.source, 0));
        }
        count
    }

    /// Parses `.. name:: argument` with its options and content.
    fn directive(&mut self, lines: &[Line<'_>], nesting: Nesting) -> usize {
        let inner_count = count_indented(&lines[1..], lines[0].indent());
        let inner = &lines[1..=inner_count];
        let option_count = inner
            .iter()
            .take_while(|line| split_field(line.trimmed()).is_some())
            .count();
        let (options, content) = inner.split_at(option_count);
        let header_rows = option(options, "header-rows")
            .and_then(|(value, _)| value.parse().ok())
            .unwrap_or(0);
        let name = lines[0].trimmed().trim_start_matches("..").trim_start();
        match name.split("::").next().unwrap_or_default() {
            "list-table" => self.push_table(parse_list_table(self.source, content, header_rows)),
            "csv-table" => {
                let options = CsvOptions {
                    header: option(options, "header"),
                    header_rows,
                    delimiter: option(options, "delim").map(|(value, _)| value),
                };
                self.push_table(parse_csv_table(self.source, content, &options));
            }
            "code-block" | "code" | "sourcecode" | "parsed-literal" => self.push_example(content),
            "table" | "note" | "warning" | "tip" | "hint" | "important" | "caution" | "attention"
            | "admonition" | "topic" | "container" | "tabs" | "tab" | "tab-set" | "tab-item" | "dropdown"
            | "rst-class" | "class" => self.body(content, nesting.inside_block()),
            _ => {}
        }
        1 + inner_count
    }

    fn push_example(&mut self, lines: &[Line<'_>]) {
        let mut text = Text::new(self.source);
        for line in lines {
            text.push_verbatim(line.text, line.start);
            text.push_verbatim("\n", line.end());
        }
        if !text.as_str().trim().is_empty() {
            self.blocks.push(Block::Example(text));
        }
    }

    fn push_table(&mut self, table: Option<Table>) {
        self.blocks.extend(table.map(Block::Table));
    }
}

/// Returns the value of an option of a directive, and its place in the source.
fn option<'a>(options: &[Line<'a>], wanted: &str) -> Option<(&'a str, usize)> {
    options.iter().find_map(|line| {
        let (name, value) = split_field(line.trimmed())?;
        (name == wanted).then(|| (value, line.end() - value.len()))
    })
}
