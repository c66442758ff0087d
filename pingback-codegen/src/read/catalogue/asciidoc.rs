//! AsciiDoc to blocks: sections, lists of all kinds, listings and tables.

use super::block::{Block, Builder};
use super::inline;
use super::text::Text;
use crate::source::SourceId;

/// A table has at most so many columns.
const WIDEST: usize = 64;

/// Does the text look like AsciiDoc rather than like anything else?
pub(super) fn is_likely(text: &str) -> bool {
    let mut fence = false;
    text.lines().any(|line| {
        fence ^= line.starts_with("```");
        let section = heading(line).is_some_and(|(level, _)| level > 0);
        !fence
            && (line.trim_end() == "|==="
                || section
                || line.starts_with("[cols=")
                || line.starts_with("[source,"))
    })
}

struct Reader {
    source: SourceId,
    builder: Builder,
    /// The attributes in brackets above a block.
    attributes: String,
    table: Option<Table>,
    listing: Option<(String, Text)>,
}

/// A table that is being read.
struct Table {
    columns: Option<usize>,
    has_header: bool,
    /// How many cells are written in the row, and whether any row is.
    filled: usize,
    rows: usize,
    cell: Option<Cell>,
}

struct Cell {
    text: Text,
    rows: usize,
    columns: usize,
}

/// The blocks of a text.
pub(super) fn blocks(source: SourceId, whole: &str) -> Vec<Block> {
    let mut reader = Reader {
        source,
        builder: Builder::new(source),
        attributes: String::new(),
        table: None,
        listing: None,
    };
    let mut at = 0;
    for line in whole.split_inclusive('\n') {
        let text = line.trim_end();
        // A hard line break.
        let text = text.strip_suffix(" +").unwrap_or(text);
        reader.line(
            text,
            at,
            whole[at + line.len()..]
                .trim_start_matches([' ', '\t'])
                .starts_with(['\n', '\r']),
        );
        at += line.len();
    }
    reader.end_listing();
    reader.end_table();
    reader.builder.finish()
}

impl Reader {
    fn line(&mut self, line: &str, at: usize, blank_follows: bool) {
        if self.in_listing(line, at) {
            return;
        }
        if self.table.is_some() {
            self.row(line, at, blank_follows);
            return;
        }
        let bare = line.trim_start();
        let start = at + line.len() - bare.len();
        if bare.is_empty() {
            self.builder.boundary(at);
        } else if bare == "|===" {
            self.begin_table();
        } else if is_fence(bare) {
            self.listing = Some((bare.to_owned(), Text::new(self.source)));
            self.attributes.clear();
        } else if bare.starts_with("//") || bare.starts_with("====") || bare == "--" || is_attribute(bare) {
            self.builder.boundary(at);
        } else if bare.starts_with('[') && bare.ends_with(']') {
            bare.clone_into(&mut self.attributes);
        } else if let Some((level, title)) = heading(line) {
            self.builder.heading(level + 1);
            self.write(title, at + line.len() - title.len());
            self.builder.end_title(at + line.len());
        } else if let Some((depth, rest)) = item(bare) {
            self.item(depth, rest, at + line.len() - rest.len());
        } else if let Some((term, rest)) = definition(bare) {
            self.builder.term(at);
            self.write(term, start);
            self.builder.end_title(at + line.len());
            self.write(rest, at + line.len() - rest.len());
        } else if bare != "+" {
            // `.Title` of a block is as good as a sentence.
            let rest = bare
                .strip_prefix('.')
                .filter(|rest| rest.starts_with(char::is_alphabetic))
                .unwrap_or(bare);
            self.builder.line_break(at);
            self.write(rest, at + line.len() - rest.len());
        }
    }

    fn write(&mut self, raw: &str, start: usize) {
        let text = inline::text(self.source, raw, start);
        self.builder.text().append_to_line(&text);
    }

    fn item(&mut self, depth: u8, rest: &str, start: usize) {
        let text = inline::text(self.source, rest, start);
        self.builder.insert(vec![Block::Item { depth, text }]);
    }

    /// Takes the lines of a listing in, which is an example as it stands.
    fn in_listing(&mut self, line: &str, at: usize) -> bool {
        match &mut self.listing {
            Some((fence, _)) if fence == line.trim() => self.end_listing(),
            Some((_, text)) => {
                text.push_verbatim(line, at);
                text.push_verbatim("\n", at + line.len());
            }
            None => return false,
        }
        true
    }

    fn end_listing(&mut self) {
        if let Some((_, text)) = self
            .listing
            .take()
            .filter(|(_, text)| !text.as_str().trim().is_empty())
        {
            self.builder.insert(vec![Block::Example(text)]);
        }
    }

    fn begin_table(&mut self) {
        let attributes = std::mem::take(&mut self.attributes);
        self.table = Some(Table {
            columns: columns(&attributes),
            has_header: attributes.contains("header"),
            filled: 0,
            rows: 0,
            cell: None,
        });
        self.builder.table();
    }

    fn end_table(&mut self) {
        self.end_cell();
        if self.table.take().is_some() {
            self.builder.end_table();
        }
    }

    /// A line inside a table: cells begin with `|`, what stands before the first goes on with the last one.
    fn row(&mut self, line: &str, at: usize, blank_follows: bool) {
        if line.trim() == "|===" {
            self.end_table();
            return;
        }
        let mut cells: Vec<(usize, usize)> = Vec::new();
        let mut from = 0;
        while let Some(found) = line[from..].find('|') {
            let bar = from + found;
            from = bar + 1;
            if !line[..bar].ends_with('\\') {
                cells.push((bar, from));
            }
        }
        let first = cells
            .first()
            .map_or(line.len(), |(bar, _)| spec_start(line, *bar));
        if let Some(cell) = self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            let text = inline::text(self.source, &line[..first], at);
            cell.text.append(&text);
        }
        let count = cells.len();
        for (index, (bar, content)) in cells.iter().enumerate() {
            self.end_cell();
            let spec = &line[spec_start(line, *bar)..*bar];
            let end = cells
                .get(index + 1)
                .map_or(line.len(), |(next, _)| spec_start(line, *next).max(*content));
            let text = inline::text(self.source, line[*content..end].trim_end(), at + content);
            let (columns, rows) = spans(spec);
            if let Some(table) = &mut self.table {
                // Without `cols` the first line tells how many there are; with an empty line behind it it is the header.
                table.columns.get_or_insert(count.min(WIDEST));
                table.has_header |=
                    table.rows == 0 && table.filled == 0 && index == 0 && blank_follows && count > 1;
                table.cell = Some(Cell { text, rows, columns });
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = &mut self.table else {
            return;
        };
        let Some(cell) = table.cell.take() else {
            return;
        };
        if table.filled == 0 {
            self.builder.row();
        }
        self.builder
            .cell(table.has_header && table.rows == 0, cell.rows, cell.columns);
        self.builder.text().append_to_line(&cell.text);
        self.builder.end_cell();
        table.filled = self.builder.columns_so_far();
        if table.filled >= table.columns.unwrap_or(1) {
            self.builder.end_row();
            table.filled = 0;
            table.rows += 1;
        }
    }
}

/// `== Title`: its level from 0, and the title.
fn heading(line: &str) -> Option<(u8, &str)> {
    let title = line.trim_start_matches('=');
    let level = line.len() - title.len();
    let is_heading = (1..7).contains(&level) && title.starts_with(' ');
    is_heading.then(|| (u8::try_from(level - 1).unwrap_or(0), title.trim_start()))
}

/// `** text`: its depth, and the text.
fn item(bare: &str) -> Option<(u8, &str)> {
    let sign = bare
        .chars()
        .next()
        .filter(|sign| matches!(sign, '*' | '-' | '.'))?;
    let rest = bare.trim_start_matches(sign);
    let depth = bare.len() - rest.len();
    let is_item = depth < 6 && rest.starts_with(' ');
    is_item.then(|| (u8::try_from(depth).unwrap_or(1), rest.trim_start()))
}

/// `term:: text`.
fn definition(bare: &str) -> Option<(&str, &str)> {
    let (term, rest) = bare.split_once("::")?;
    let rest = rest.trim_start_matches(':');
    let is_term = !term.is_empty() && term.len() < 200 && (rest.is_empty() || rest.starts_with(' '));
    is_term.then(|| (term, rest.trim_start()))
}

/// `----`, `....` and Markdown's fences hold listings.
fn is_fence(bare: &str) -> bool {
    bare.starts_with("```")
        || bare.len() > 3 && (bare.bytes().all(|byte| byte == b'-') || bare.bytes().all(|byte| byte == b'.'))
}

/// `:name: value`.
fn is_attribute(bare: &str) -> bool {
    let name = bare.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
}

/// How many columns `cols="1,2*,3"` or `cols=3*` names.
fn columns(attributes: &str) -> Option<usize> {
    let value = attributes.split_once("cols=")?.1;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([',', ']']).next()?,
    };
    let count = value.split([',', ';']).map(|part| {
        let times = part
            .trim()
            .split_once('*')
            .and_then(|(times, _)| times.parse().ok());
        times.unwrap_or(1_usize).min(WIDEST)
    });
    Some(count.sum::<usize>().clamp(1, WIDEST))
}

/// Where the specification of a cell begins that stands before its `|`: `2+|`, `.3+^|`, `a|`.
fn spec_start(line: &str, bar: usize) -> usize {
    let before = &line[..bar];
    let spec = before.len()
        - before
            .trim_end_matches(|char: char| !char.is_whitespace() && char != '|')
            .len();
    let start = bar - spec;
    let is_spec = spec < 10
        && line[start..bar].bytes().all(|byte| {
            byte.is_ascii_digit()
                || matches!(
                    byte,
                    b'.' | b'+' | b'*' | b'<' | b'>' | b'^' | b'a' | b'd' | b'e' | b'h' | b'l' | b'm' | b's'
                )
        })
        && (spec == 1 || line[start..bar].contains(['+', '*', '.', '<', '>', '^']) || spec == 0);
    if is_spec { start } else { bar }
}

/// The columns and rows that a cell spans.
fn spans(spec: &str) -> (usize, usize) {
    let Some((numbers, _)) = spec.split_once('+') else {
        return (1, 1);
    };
    let (columns, rows) = numbers.split_once('.').unwrap_or((numbers, ""));
    (columns.parse().unwrap_or(1), rows.parse().unwrap_or(1))
}
