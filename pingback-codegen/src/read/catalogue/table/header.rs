//! Finds the header of a table. It may be marked as an ordinary row, span two rows, or be the first column.

use crate::read::catalogue::block::Table;
use crate::read::catalogue::label::{self, Field};
use crate::read::catalogue::text::Text;
use std::borrow::Cow;

/// Longer texts are not column names.
const MAX_NAME_LENGTH: usize = 60;
/// Tables with more rows are not transposed.
const MAX_TRANSPOSED_ROWS: usize = 40;

/// Splits a table into its header, empty if it has none, and the other rows.
pub(super) fn split_header(table: &Table) -> (Cow<'_, [Text]>, &[Vec<Text>]) {
    let Some((first, rest)) = table.rows.split_first() else {
        return (Cow::Borrowed(&table.header), &table.rows);
    };
    let labels = count_labels(first);
    if table.header.iter().all(Text::is_empty) {
        let is_header =
            labels >= 2.min(first.len()) && first.iter().all(|cell| cell.as_str().len() < MAX_NAME_LENGTH);
        return if is_header {
            (Cow::Borrowed(first), rest)
        } else {
            (Cow::Borrowed(&[]), &table.rows)
        };
    }
    if labels > 1 && labels == count_filled(first) {
        return (Cow::Owned(merge_header_rows(&table.header, first)), rest);
    }
    (Cow::Borrowed(&table.header), &table.rows)
}

/// Merges a header of two rows, of which the second names the columns below the groups of the first.
fn merge_header_rows(groups: &[Text], names: &[Text]) -> Vec<Text> {
    let columns = groups.len().max(names.len());
    let cell = |column: usize| {
        let name = names.get(column);
        name.filter(|cell| !cell.is_empty())
            .or_else(|| groups.get(column))
            .or(name)
    };
    (0..columns).filter_map(cell).cloned().collect()
}

/// Returns whether a row repeats the header, as copied tables have it on each page.
pub(super) fn is_repeated_header(row: &[Text], code_column: usize) -> bool {
    let code_label = row
        .get(code_column)
        .and_then(|cell| label::field_of_label(cell.as_str()));
    let labels = count_labels(row);
    matches!(code_label, Some(Field::Code | Field::Name)) && labels > 1 && labels == count_filled(row)
}

/// Transposes a table whose first column has the labels that the header has in other tables.
pub(super) fn transpose_if_needed(table: &Table) -> Cow<'_, Table> {
    let rows: Vec<&Vec<Text>> = std::iter::once(&table.header)
        .chain(&table.rows)
        .filter(|row| !row.is_empty())
        .collect();
    let Some(corner) = rows.first().and_then(|row| row.first()) else {
        return Cow::Borrowed(table);
    };
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    if columns <= 2 || !has_labels_in_first_column(&rows) {
        return Cow::Borrowed(table);
    }
    let empty = corner.slice(0..0);
    let column = |index: usize| -> Vec<Text> {
        let cells = rows.iter().map(|row| row.get(index).unwrap_or(&empty));
        cells.cloned().collect()
    };
    Cow::Owned(Table {
        header: column(0),
        rows: (1..columns).map(column).collect(),
    })
}

fn has_labels_in_first_column(rows: &[&Vec<Text>]) -> bool {
    let fields: Vec<Field> = rows
        .iter()
        .filter_map(|row| label::field_of_label(row[0].as_str()))
        .collect();
    let has_code = fields
        .iter()
        .any(|field| matches!(field, Field::Code | Field::Name));
    (2..MAX_TRANSPOSED_ROWS).contains(&rows.len())
        && count_labels(&rows[0][1..]) == 0
        && fields.len() > 1
        && fields.len() * 3 >= rows.len() * 2
        && has_code
}

fn count_labels(row: &[Text]) -> usize {
    let labels = row.iter().map(|cell| label::field_of_label(cell.as_str()));
    labels.flatten().count()
}

fn count_filled(row: &[Text]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}
