//! Reads rows of separated values into tables. The separator is a comma, semicolon or tab; quotation marks are those of
//! RFC 4180. The first row names the columns, in any order, with the labels that `label` knows.
//!
//! ```text
//! code;status;message
//! INVALID_KEY;401;"The key; or ""token"""
//! ```

use super::block::Table;
use super::label;
use super::text::{Text, is_invisible};
use crate::source::SourceId;

/// Returns the separator of the first row, if two of its values are known labels.
pub(super) fn detect_separator(text: &str) -> Option<char> {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .find(|line| !line.trim().is_empty())?;
    ['\t', ';', ','].into_iter().find(|separator| {
        let names: Vec<&str> = first.split(*separator).collect();
        let labels = names
            .iter()
            .filter(|name| label::field_of_label(name.trim().trim_matches('"')).is_some());
        names.len() > 1 && labels.count() >= 2
    })
}

/// Reads a table whose first row is the header.
pub(super) fn read_table(source: SourceId, whole: &str) -> Table {
    let separator = detect_separator(whole).unwrap_or(',');
    let mut rows = read_rows(source, [(whole, 0)], separator).into_iter();
    Table {
        header: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    }
}

/// Reads the rows of a text that is given in pieces, each with its place in the source. A piece ends at the end of a
/// line.
pub(super) fn read_rows<'a>(
    source: SourceId,
    pieces: impl IntoIterator<Item = (&'a str, usize)>,
    separator: char,
) -> Vec<Vec<Text>> {
    let mut reader = RowReader {
        separator,
        rows: Vec::new(),
        row: Vec::new(),
        cell: Text::new(source),
        empty: Text::new(source),
        is_quoted: false,
        has_begun: false,
    };
    for (piece, start) in pieces {
        reader.read(piece, start);
    }
    if reader.is_quoted {
        reader.end_row();
    }
    reader.rows
}

struct RowReader {
    separator: char,
    rows: Vec<Vec<Text>>,
    row: Vec<Text>,
    cell: Text,
    empty: Text,
    /// Whether the reader is between quotation marks.
    is_quoted: bool,
    /// Whether the cell has a character other than white space. A quotation mark after that is an ordinary character.
    has_begun: bool,
}

impl RowReader {
    fn read(&mut self, piece: &str, start: usize) {
        let mut chars = piece.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            match char {
                '"' if self.is_quoted => {
                    if chars.next_if(|(_, next)| *next == '"').is_some() {
                        self.cell.push_decoded("\"", start + at..start + at + 2);
                    } else {
                        self.is_quoted = false;
                    }
                }
                '"' if !self.has_begun => {
                    self.is_quoted = true;
                    self.has_begun = true;
                }
                '\n' if self.is_quoted => self.cell.push_line_break(start + at),
                '\n' => self.end_row(),
                _ if char == self.separator && !self.is_quoted => self.end_cell(),
                _ => {
                    self.has_begun |= !char.is_whitespace() && !is_invisible(char);
                    self.cell.push(&piece[at..at + char.len_utf8()], start + at);
                }
            }
        }
        if self.is_quoted {
            self.cell.push_line_break(start + piece.len());
        } else {
            self.end_row();
        }
    }

    fn end_cell(&mut self) {
        let cell = std::mem::replace(&mut self.cell, self.empty.clone());
        self.row.push(cell);
        self.has_begun = false;
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(row);
        }
    }
}
