//! Parses tables of AsciiDoc.
//!
//! ```text
//! [cols="1,2", options="header"]
//! |===
//! | Code | Meaning
//! | A_B  | Bad
//! |===
//! ```

use crate::read::catalogue::block_builder::BlockBuilder;
use crate::read::catalogue::inline;
use crate::read::catalogue::table_builder::{CellKind, CellSpec};
use crate::read::catalogue::text::Text;
use std::ops::Range;

/// Columns further to the right are part of the next row.
const MAX_COLUMNS: usize = 64;
/// The longest specification before the `|` of a cell.
const MAX_SPEC_LENGTH: usize = 9;

/// The line that begins and ends a table.
pub(super) const DELIMITER: &str = "|===";

/// A table that is being parsed. Its cells may have several lines, and a row ends when all its columns are filled.
pub(super) struct TableParser {
    /// The number of columns, once it is known.
    columns: Option<usize>,
    has_header: bool,
    /// How many columns of the current row are filled.
    filled: usize,
    /// How many rows are complete.
    rows: usize,
    cell: Option<Cell>,
}

struct Cell {
    text: Text,
    rows: usize,
    columns: usize,
}

/// One line of a page, without its line ending.
#[derive(Clone, Copy)]
pub(super) struct PageLine<'a> {
    pub(super) text: &'a str,
    /// Where the line starts in the source.
    pub(super) start: usize,
    pub(super) precedes_empty_line: bool,
}

impl TableParser {
    /// Begins a table with the attributes above it.
    pub(super) fn begin(attributes: &str, builder: &mut BlockBuilder) -> Self {
        builder.begin_table();
        Self {
            columns: column_count(attributes),
            has_header: attributes.contains("header"),
            filled: 0,
            rows: 0,
            cell: None,
        }
    }

    pub(super) fn end(mut self, builder: &mut BlockBuilder) {
        self.end_cell(builder);
        builder.end_table();
    }

    /// Reads the cells of a line. What comes before the first `|` belongs to the last cell.
    pub(super) fn read_line(&mut self, line: PageLine<'_>, builder: &mut BlockBuilder) {
        let cells = split_cells(line.text);
        let first = cells.first().map_or(line.text.len(), |cell| cell.spec.start);
        if let Some(cell) = &mut self.cell {
            let continuation = inline::parse(builder.source(), &line.text[..first], line.start);
            cell.text.append_after_space(&continuation);
        }
        for (index, cell) in cells.iter().enumerate() {
            self.end_cell(builder);
            // Without `cols`, the cells of the first line are the columns. With an empty line below, they are the header.
            self.columns.get_or_insert(cells.len().min(MAX_COLUMNS));
            let begins_table = self.rows == 0 && self.filled == 0 && index == 0;
            self.has_header |= begins_table && line.precedes_empty_line && cells.len() > 1;
            let content = line.text[cell.content.clone()].trim_end();
            let (columns, rows) = spans(&line.text[cell.spec.clone()]);
            self.cell = Some(Cell {
                text: inline::parse(builder.source(), content, line.start + cell.content.start),
                rows,
                columns,
            });
        }
    }

    fn end_cell(&mut self, builder: &mut BlockBuilder) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        if self.filled == 0 {
            builder.begin_row();
        }
        let is_header = self.has_header && self.rows == 0;
        builder.begin_cell(CellSpec {
            kind: if is_header {
                CellKind::Header
            } else {
                CellKind::Data
            },
            rows: cell.rows,
            columns: cell.columns,
        });
        builder.text().append(&cell.text);
        builder.end_cell();
        self.filled = builder.filled_columns();
        if self.filled >= self.columns.unwrap_or(1) {
            builder.end_row();
            self.filled = 0;
            self.rows += 1;
        }
    }
}

/// The ranges of a cell in its line.
struct CellRange {
    /// The specification before the `|`.
    spec: Range<usize>,
    content: Range<usize>,
}

fn split_cells(line: &str) -> Vec<CellRange> {
    let bars: Vec<usize> = line
        .match_indices('|')
        .map(|(bar, _)| bar)
        .filter(|bar| !line[..*bar].ends_with('\\'))
        .collect();
    bars.iter()
        .enumerate()
        .map(|(index, bar)| {
            let next = bars.get(index + 1);
            let end = next.map_or(line.len(), |next| spec_start(line, *next).max(bar + 1));
            CellRange {
                spec: spec_start(line, *bar)..*bar,
                content: bar + 1..end,
            }
        })
        .collect()
}

/// Returns where the specification before the `|` of a cell starts: `2+|`, `.3+^|`, `a|`.
fn spec_start(line: &str, bar: usize) -> usize {
    let before = &line[..bar];
    let without_spec = before.trim_end_matches(|char: char| !char.is_whitespace() && char != '|');
    let spec = &before[without_spec.len()..];
    let is_spec_byte = |byte: u8| {
        byte.is_ascii_digit()
            || matches!(
                byte,
                b'.' | b'+' | b'*' | b'<' | b'>' | b'^' | b'a' | b'd' | b'e' | b'h' | b'l' | b'm' | b's'
            )
    };
    let is_spec = spec.len() <= MAX_SPEC_LENGTH
        && spec.bytes().all(is_spec_byte)
        && (spec.len() <= 1 || spec.contains(['+', '*', '.', '<', '>', '^']));
    if is_spec { without_spec.len() } else { bar }
}

/// Returns the columns and rows that a cell spans.
fn spans(spec: &str) -> (usize, usize) {
    let Some((numbers, _)) = spec.split_once('+') else {
        return (1, 1);
    };
    let (columns, rows) = numbers.split_once('.').unwrap_or((numbers, ""));
    (columns.parse().unwrap_or(1), rows.parse().unwrap_or(1))
}

/// Returns the number of columns of `cols="1,2*,3"` or `cols=3*`.
fn column_count(attributes: &str) -> Option<usize> {
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
        times.unwrap_or(1_usize).min(MAX_COLUMNS)
    });
    Some(count.sum::<usize>().clamp(1, MAX_COLUMNS))
}
