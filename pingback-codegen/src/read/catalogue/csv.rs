//! Rows of values, separated by commas, semicolons or tabs, under a row of names, to a table. Quotation as
//! in RFC 4180. The columns may have any order and the names that `label` knows: `code`, `status`,
//! `message`, `description`, `suggested action`, ...

use super::block::Table;
use super::text::Text;
use crate::source::SourceId;

/// The separator of the row of names, if it looks like one.
pub(super) fn separator(text: &str) -> Option<char> {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .find(|line| !line.trim().is_empty())?;
    ['\t', ';', ','].into_iter().find(|separator| {
        let names: Vec<&str> = first.split(*separator).collect();
        let known = names
            .iter()
            .filter(|name| super::label::field(name.trim().trim_matches('"')).is_some())
            .count();
        names.len() > 1 && known >= 2
    })
}

/// The table; its first row is the header.
pub(super) fn table(source: SourceId, whole: &str) -> Table {
    let mut rows = rows(source, [(whole, 0)], separator(whole).unwrap_or(',')).into_iter();
    Table {
        header: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    }
}

/// The rows of a text that is given in pieces, each with its place and each ending a line.
pub(super) fn rows<'a>(
    source: SourceId,
    pieces: impl IntoIterator<Item = (&'a str, usize)>,
    separator: char,
) -> Vec<Vec<Text>> {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut row: Vec<Text> = Vec::new();
    let mut cell = Text::new(source);
    let mut quoted = false;
    let mut begun = false;
    for (piece, start) in pieces {
        let mut chars = piece.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let end = at + char.len_utf8();
            match char {
                '"' if quoted => {
                    if chars.peek().is_some_and(|(_, next)| *next == '"') {
                        chars.next();
                        cell.push_decoded("\"", start + at..start + end + 1);
                    } else {
                        quoted = false;
                    }
                }
                '"' if !begun => {
                    quoted = true;
                    begun = true;
                }
                '\n' if quoted => cell.push_break(start + at),
                '\n' => {
                    row.push(std::mem::replace(&mut cell, Text::new(source)));
                    finish(&mut row, &mut rows);
                    begun = false;
                }
                _ if char == separator && !quoted => {
                    row.push(std::mem::replace(&mut cell, Text::new(source)));
                    begun = false;
                }
                _ => {
                    begun |= !char.is_whitespace() && !super::text::is_invisible(char);
                    cell.push(&piece[at..end], start + at);
                }
            }
        }
        if quoted {
            cell.push_break(start + piece.len());
        } else {
            row.push(std::mem::replace(&mut cell, Text::new(source)));
            finish(&mut row, &mut rows);
            begun = false;
        }
    }
    if quoted {
        row.push(cell);
        finish(&mut row, &mut rows);
    }
    rows
}

fn finish(row: &mut Vec<Text>, rows: &mut Vec<Vec<Text>>) {
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
}
