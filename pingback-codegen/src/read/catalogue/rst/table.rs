//! Parses the four kinds of tables of reStructuredText.
//!
//! ```text
//! +------+---------+    ====== =========    .. list-table::    .. csv-table::
//! | Code | Meaning |    Code   Meaning        * - Code           Code, Meaning
//! +======+=========+    ====== =========        - Meaning        A_B, "Bad"
//! | A_B  | Bad     |    A_B    Bad            * - A_B
//! +------+---------+    ====== =========        - Bad
//! ```

use super::line::Line;
use crate::read::catalogue::block::Table;
use crate::read::catalogue::csv;
use crate::read::catalogue::inline;
use crate::read::catalogue::text::Text;
use crate::source::SourceId;
use std::ops::Range;

/// Columns further to the right are not read.
const MAX_COLUMNS: usize = 64;

/// A table and the number of lines that it takes.
pub(super) struct ParsedTable {
    pub(super) table: Option<Table>,
    pub(super) line_count: usize,
}

/// Returns whether a line is the border of a grid table.
pub(super) fn is_grid_border(line: &str) -> bool {
    line.len() > 4
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='))
}

/// Returns whether a line is a rule of a simple table, which has a part for each column.
pub(super) fn is_simple_rule(line: &str) -> bool {
    line.starts_with("==")
        && line.bytes().all(|byte| matches!(byte, b'=' | b' '))
        && line.split(' ').filter(|part| !part.is_empty()).count() > 1
}

/// Parses the grid table that begins with the first line, which is a border.
pub(super) fn parse_grid(source: SourceId, lines: &[Line<'_>]) -> ParsedTable {
    let columns = grid_columns(&lines[0]);
    let empty_row = || -> Vec<Text> { columns.iter().map(|_| Text::new(source)).collect() };
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut header_rows = 0;
    let mut row = empty_row();
    let mut line_count = 1;
    for line in &lines[1..] {
        if !line.trimmed().starts_with(['+', '|']) {
            break;
        }
        line_count += 1;
        let borders: Vec<bool> = columns
            .iter()
            .map(|column| is_border(line.part(column.clone()).0))
            .collect();
        if !borders.contains(&true) {
            append_grid_cells(source, &mut row, line, &columns);
            continue;
        }
        // A cell without a border below continues in the next row.
        let mut next = empty_row();
        for ((next, cell), has_border) in next.iter_mut().zip(&row).zip(borders) {
            if !has_border {
                next.clone_from(cell);
            }
        }
        rows.push(std::mem::replace(&mut row, next));
        if line.trimmed().contains("==") {
            header_rows = rows.len();
        }
    }
    ParsedTable {
        table: table_of_rows(rows, header_rows),
        line_count,
    }
}

/// Returns the ranges between the `+` of a border.
fn grid_columns(border: &Line<'_>) -> Vec<Range<usize>> {
    let border_line = border.trimmed();
    let mut next_start = border.indent() + 1;
    border_line[1..border_line.len() - 1]
        .split('+')
        .take(MAX_COLUMNS)
        .map(|part| {
            let start = next_start;
            next_start += part.len() + 1;
            start..start + part.len()
        })
        .collect()
}

fn is_border(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'+'))
}

fn append_grid_cells(source: SourceId, row: &mut [Text], line: &Line<'_>, columns: &[Range<usize>]) {
    for (cell, column) in row.iter_mut().zip(columns) {
        let (part, start) = line.part(column.clone());
        let content = part.trim_start_matches(['|', ' ']);
        let start = start + part.len() - content.len();
        cell.append_after_space(&inline::parse(
            source,
            content.trim_end_matches(['|', ' ']),
            start,
        ));
    }
}

/// Parses the simple table that begins with the first line, which is a rule.
pub(super) fn parse_simple(source: SourceId, lines: &[Line<'_>]) -> ParsedTable {
    let columns = simple_columns(&lines[0]);
    let mut rows: Vec<Vec<Text>> = Vec::new();
    // How many rows there are above each rule.
    let mut rules = vec![0];
    let mut is_below_rule = true;
    let mut line_count = 1;
    for (number, line) in lines.iter().enumerate().skip(1) {
        line_count = number + 1;
        if is_simple_rule(line.trimmed()) {
            rules.push(rows.len());
            is_below_rule = true;
            let is_last = rules.len() > 2 || lines.get(number + 1).is_none_or(Line::is_empty);
            if is_last {
                break;
            }
            continue;
        }
        if line.trimmed().bytes().all(|byte| matches!(byte, b'-' | b' ')) {
            continue;
        }
        let cells = simple_cells(source, line, &columns);
        match rows.last_mut() {
            // An empty first cell continues the row above.
            Some(row) if cells[0].is_empty() && !is_below_rule => append_cells(row, &cells),
            _ => rows.push(cells),
        }
        is_below_rule = false;
    }
    let header_rows = if rules.len() > 2 { rules[1] } else { 0 };
    ParsedTable {
        table: table_of_rows(rows, header_rows),
        line_count,
    }
}

/// Returns the ranges of the columns below a rule. Each reaches to the next column, and the last to the end of the line.
fn simple_columns(rule: &Line<'_>) -> Vec<Range<usize>> {
    let mut next_start = rule.indent();
    let starts: Vec<usize> = rule
        .trimmed()
        .split(' ')
        .filter_map(|part| {
            let start = next_start;
            next_start += part.len() + 1;
            (!part.is_empty()).then_some(start)
        })
        .take(MAX_COLUMNS)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

fn simple_cells(source: SourceId, line: &Line<'_>, columns: &[Range<usize>]) -> Vec<Text> {
    columns
        .iter()
        .map(|column| {
            let (part, start) = line.part(column.clone());
            let content = part.trim_start();
            inline::parse(source, content.trim_end(), start + part.len() - content.len())
        })
        .collect()
}

/// Parses the content of a `list-table`, in which rows begin with `*` and cells with `-`.
pub(super) fn parse_list_table(source: SourceId, lines: &[Line<'_>], header_rows: usize) -> Option<Table> {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut cell_indent = 0;
    for line in lines {
        let trimmed = line.trimmed();
        let first_cell = trimmed
            .strip_prefix('*')
            .map(str::trim_start)
            .filter(|rest| rest.starts_with('-'));
        if let Some(cell) = first_cell {
            rows.push(Vec::new());
            cell_indent = line.indent() + trimmed.len() - cell.len();
        }
        let Some(row) = rows.last_mut() else {
            continue;
        };
        let cell = first_cell.unwrap_or(trimmed);
        let begins_cell =
            (first_cell.is_some() || line.indent() == cell_indent) && (cell == "-" || cell.starts_with("- "));
        if begins_cell && row.len() < MAX_COLUMNS {
            let marker_length = trimmed.len() - cell.len() + 1;
            row.push(line.parse(source, marker_length));
        } else if let Some(last) = row.last_mut().filter(|_| !trimmed.is_empty()) {
            last.append_after_space(&line.parse(source, 0));
        }
    }
    table_of_rows(rows, header_rows)
}

/// The options of a `csv-table`.
pub(super) struct CsvOptions<'a> {
    /// The header and its place in the source.
    pub(super) header: Option<(&'a str, usize)>,
    pub(super) header_rows: usize,
    pub(super) delimiter: Option<&'a str>,
}

/// Parses the content of a `csv-table`.
pub(super) fn parse_csv_table(
    source: SourceId,
    lines: &[Line<'_>],
    options: &CsvOptions<'_>,
) -> Option<Table> {
    let separator = options.delimiter.and_then(|name| match name {
        "tab" => Some('\t'),
        "space" => Some(' '),
        other => other.chars().next(),
    });
    let mut rows = csv::read_rows(source, options.header, ',');
    let header_rows = rows.len().max(options.header_rows);
    let content = lines
        .iter()
        .map(|line| (line.text.trim_start(), line.start + line.indent()));
    rows.extend(csv::read_rows(source, content, separator.unwrap_or(',')));
    table_of_rows(rows, header_rows)
}

/// Makes a table of rows, of which the first are the header. Returns `None` if there are no rows.
fn table_of_rows(rows: Vec<Vec<Text>>, header_rows: usize) -> Option<Table> {
    let mut rows = rows.into_iter();
    let mut header: Vec<Text> = Vec::new();
    for row in rows.by_ref().take(header_rows) {
        if header.is_empty() {
            header = row;
        } else {
            append_cells(&mut header, &row);
        }
    }
    let rows: Vec<Vec<Text>> = rows.collect();
    (!(header.is_empty() && rows.is_empty())).then_some(Table { header, rows })
}

fn append_cells(row: &mut [Text], cells: &[Text]) {
    for (cell, continuation) in row.iter_mut().zip(cells) {
        cell.append_after_space(continuation);
    }
}
