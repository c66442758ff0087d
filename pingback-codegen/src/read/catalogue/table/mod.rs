//! Reads entries from tables.
//!
//! ```text
//! | HTTP | Code          | Meaning       |
//! | ---- | ------------- | ------------- |
//! | 401  | `invalid_key` | No valid key. |
//! ```

mod cells;
mod columns;
mod header;

use super::block::Table;
use super::draft::EntryDraft;
use super::entry::Fact;
use super::entry_heading;
use super::label::{self, Field};
use super::output::ReaderOutput;
use super::status;
use super::text::Text;
use crate::diagnostic::{Diagnostic, rules};
use cells::{find_codes, is_blank, is_code_range};
use columns::{Columns, describes_members, detect_columns, detect_status_columns};
use header::{is_repeated_header, split_header, transpose_if_needed};
use std::collections::HashSet;

/// Rows have no rank among the blocks of a page.
const ROW_RANK: u8 = u8::MAX;

/// Facts from the rest of the page that apply to a table.
pub(super) struct TableContext<'a> {
    /// The statuses in the heading above, which apply to all entries.
    pub(super) statuses: &'a [Fact<u16>],
    /// Whether the headings above are about errors. Words that do not look like codes may be codes then.
    pub(super) is_about_errors: bool,
    /// The names of the members in the examples of the page.
    pub(super) example_members: &'a HashSet<String>,
}

/// Reads a table of codes. Returns `false` if it is not one.
pub(super) fn read_codes(table: &Table, context: &TableContext<'_>, output: &mut ReaderOutput) -> bool {
    let table = transpose_if_needed(table);
    let (header, rows) = split_header(&table);
    let Some(mut columns) = detect_columns(&header, rows, context) else {
        return false;
    };
    output.findings.append(&mut columns.findings);
    let mut reader = RowReader {
        columns,
        section_statuses: context.statuses.to_vec(),
        previous_statuses: Vec::new(),
        output,
    };
    for row in rows {
        reader.read(row);
    }
    true
}

/// Reads the descriptions of HTTP statuses from a table that has no codes.
pub(super) fn read_statuses(table: &Table, output: &mut ReaderOutput) {
    let (header, rows) = split_header(table);
    let Some((status_column, description_column)) = detect_status_columns(&header, rows) else {
        return;
    };
    for row in rows {
        let statuses = row.get(status_column).map(status::find_statuses);
        let description = row.get(description_column).and_then(Text::to_fact);
        if let Some([status]) = statuses.as_deref()
            && let Some(description) = description
        {
            let description = Fact {
                value: description.value,
                span: status.span,
            };
            output.statuses.push((status.value, description));
        }
    }
}

/// Reads a table inside an entry, whose columns are facts of the entry, such as `Cause` and `Solution`.
pub(super) fn read_facts_of_entry(table: &Table, draft: &mut EntryDraft, output: &mut ReaderOutput) {
    let (header, rows) = split_header(table);
    for (index, name) in header.iter().enumerate() {
        let Some(field) = label::field_of_label(name.as_str()) else {
            continue;
        };
        let cells = rows.iter().filter_map(|row| row.get(index));
        for cell in cells.filter(|cell| !is_blank(cell)) {
            add_cell(draft, field, cell, output);
        }
    }
}

/// A row that holds a label and its value.
pub(super) struct LabelledRow<'a> {
    pub(super) field: Field,
    pub(super) label: &'a Text,
    pub(super) value: &'a Text,
}

/// Returns the labelled rows of a table with two columns, if most of its rows are labelled.
pub(super) fn labelled_rows(table: &Table) -> Option<Vec<LabelledRow<'_>>> {
    let rows: Vec<&[Text]> = std::iter::once(&table.header)
        .chain(&table.rows)
        .map(Vec::as_slice)
        .filter(|row| !row.is_empty())
        .collect();
    let mut labelled = Vec::new();
    for row in &rows {
        let [label, value] = row else {
            return None;
        };
        if let Some(field) = label::field_of_label(label.as_str()) {
            labelled.push(LabelledRow { field, label, value });
        }
    }
    // Below a header such as `Code`, `Message`, the first cells are codes.
    (labelled.len() >= 2 && labelled.len() * 2 > rows.len()).then_some(labelled)
}

/// Returns whether a table describes members of a body or parameters.
pub(super) fn is_member_table(table: &Table, example_members: &HashSet<String>) -> bool {
    let (header, rows) = split_header(table);
    describes_members(&header, rows, example_members)
}

/// Reads the rows of a table of codes in order.
struct RowReader<'a> {
    columns: Columns,
    /// The statuses of the heading above the table, or of a row that begins a section.
    section_statuses: Vec<Fact<u16>>,
    /// The statuses of the last row that has any.
    previous_statuses: Vec<Fact<u16>>,
    output: &'a mut ReaderOutput,
}

impl RowReader<'_> {
    fn read(&mut self, row: &[Text]) {
        if is_repeated_header(row, self.columns.code) {
            return;
        }
        let code_cell = row.get(self.columns.code).filter(|cell| !cell.is_empty());
        let codes = code_cell
            .filter(|cell| !is_blank(cell))
            .map(find_codes)
            .unwrap_or_default();
        if codes.is_empty() && row.iter().filter(|cell| !cell.is_empty()).count() <= 1 {
            self.begin_section(row);
            return;
        }
        if codes.is_empty()
            && let Some(cell) = code_cell
        {
            self.report_missing_code(cell);
            return;
        }
        let Some(first) = row.iter().find(|cell| !cell.is_empty()) else {
            return;
        };
        let mut draft = EntryDraft::new(ROW_RANK, first.full_span());
        draft.is_certain = true;
        draft.codes = codes;
        if let Some(cell) = code_cell {
            add_statuses_beside_code(&mut draft, cell);
        }
        self.add_statuses(&mut draft, row);
        self.add_facts(draft, row);
    }

    /// Reads a row with a single cell that spans the table. A status in it applies to the rows below.
    fn begin_section(&mut self, row: &[Text]) {
        let statuses: Vec<Fact<u16>> = row.iter().flat_map(status::find_statuses).collect();
        if !statuses.is_empty() {
            self.section_statuses = statuses;
        }
    }

    /// Reports a cell in the column of codes that has no code, unless it is a placeholder.
    fn report_missing_code(&mut self, cell: &Text) {
        if is_blank(cell) {
            return;
        }
        let what = if is_code_range(cell.as_str()) {
            "a range of codes"
        } else {
            "not a code"
        };
        let what = format!("`{}` is {what}", cell.as_str());
        self.output.report_ignored(cell.full_span(), &what);
    }

    /// Adds the statuses of the row. A row with an empty cell in the column of statuses has those of the row above.
    fn add_statuses(&mut self, draft: &mut EntryDraft, row: &[Text]) {
        if let Some(column) = self.columns.status {
            let cell = row.get(column).filter(|cell| !cell.is_empty());
            let statuses = cell.map(status::find_statuses).unwrap_or_default();
            if !statuses.is_empty() {
                draft.labels.push(Field::Status);
                self.previous_statuses.clone_from(&statuses);
                draft.add_statuses(statuses);
            } else if cell.is_none() {
                self.carry_statuses(draft);
            }
        }
        if draft.facts.statuses.is_empty() {
            draft.add_statuses(self.section_statuses.iter().cloned());
        }
    }

    fn carry_statuses(&mut self, draft: &mut EntryDraft) {
        let (Some(code), Some(status)) = (draft.codes.first(), self.previous_statuses.first()) else {
            return;
        };
        let finding = Diagnostic::new(
            rules::CATALOGUE_STATUS_CARRIED,
            code.span,
            &[&code.value, &status.value],
        );
        self.output.findings.push(
            finding
                .about(code.value.clone())
                .related(status.span, "the status of the rows above"),
        );
        draft.add_statuses(self.previous_statuses.iter().cloned());
    }

    /// Adds the other cells. If a cell has as many lines as the row has codes, each code has its own line.
    fn add_facts(&mut self, draft: EntryDraft, row: &[Text]) {
        let mut drafts = draft.split_by_code();
        for (index, field) in &self.columns.facts {
            let Some(cell) = row.get(*index).filter(|cell| !is_blank(cell)) else {
                continue;
            };
            let lines = cell.lines();
            let has_line_for_each = drafts.len() > 1 && lines.len() == drafts.len();
            for (number, draft) in drafts.iter_mut().enumerate() {
                let value = if has_line_for_each { &lines[number] } else { cell };
                add_cell(draft, *field, value, self.output);
            }
        }
        for draft in drafts {
            self.output.add(draft);
        }
    }
}

/// Adds the statuses in the cell of the code, as in `400 INVALID_KEY`. A status that is the code itself is not one.
fn add_statuses_beside_code(draft: &mut EntryDraft, cell: &Text) {
    let heading = entry_heading::parse_heading(cell);
    let codes: Vec<_> = draft.codes.iter().map(|code| code.span).collect();
    let statuses = heading.statuses.into_iter();
    draft.add_statuses(statuses.filter(|status| !codes.contains(&status.span)));
}

/// Adds the value of a cell, which may be an example body.
fn add_cell(draft: &mut EntryDraft, field: Field, value: &Text, output: &mut ReaderOutput) {
    if field != Field::Payload && !value.as_str().starts_with('{') {
        draft.labels.push(field);
        draft.add_field(field, value);
        return;
    }
    if let Some(example) = output.read_example(value) {
        draft.add_statuses(example.status);
        if draft.facts.messages.is_empty() {
            draft.add_message(example.message);
        }
        draft.facts.payloads.push(example.body);
    }
}
