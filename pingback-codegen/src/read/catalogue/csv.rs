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
    let separator = separator(whole).unwrap_or(',');
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut row: Vec<Text> = Vec::new();
    let mut cell = Text::new(source);
    let mut quoted = false;
    let mut begun = false;
    let mut chars = whole.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let end = at + char.len_utf8();
        match char {
            '"' if quoted => {
                if chars.peek().is_some_and(|(_, next)| *next == '"') {
                    chars.next();
                    cell.push_decoded("\"", at..end + 1);
                } else {
                    quoted = false;
                }
            }
            '"' if !begun => {
                quoted = true;
                begun = true;
            }
            '\n' if quoted => cell.push_break(at),
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
                cell.push(&whole[at..end], at);
            }
        }
    }
    row.push(cell);
    finish(&mut row, &mut rows);
    let mut rows = rows.into_iter();
    Table {
        header: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    }
}

fn finish(row: &mut Vec<Text>, rows: &mut Vec<Vec<Text>>) {
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
}
