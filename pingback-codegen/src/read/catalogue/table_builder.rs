//! Builds one table cell by cell. A cell that spans rows is repeated in each of them, so that every row is complete.

use super::block::Table;
use super::text::Text;
use crate::source::SourceId;

/// The most rows and columns that one cell spans.
const MAX_ROW_SPAN: usize = 200;
const MAX_COLUMN_SPAN: usize = 20;
/// Cells further to the right are not repeated.
const MAX_SPANNED_COLUMNS: usize = 64;

/// How many more bytes of cells may be repeated on a page. This limits what a hostile page can allocate.
pub(super) struct RepeatBudget(usize);

impl Default for RepeatBudget {
    fn default() -> Self {
        Self(1 << 20)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Header,
    Data,
}

/// The kind of a cell, and how many rows and columns it spans.
#[derive(Clone, Copy)]
pub(super) struct CellSpec {
    pub(super) kind: CellKind,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

pub(super) struct TableBuilder {
    source: SourceId,
    table: Table,
    row: Vec<Text>,
    /// Whether all cells of the row so far are header cells.
    is_header_row: bool,
    /// The rows and columns that the open cell spans.
    open_cell: Option<(usize, usize)>,
    /// For each column, the cell that spans from an earlier row and how many more rows it spans.
    row_spans: Vec<(usize, Text)>,
}

impl TableBuilder {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            table: Table::default(),
            row: Vec::new(),
            is_header_row: false,
            open_cell: None,
            row_spans: Vec::new(),
        }
    }

    /// Returns the table unless it is empty.
    pub(super) fn finish(self) -> Option<Table> {
        let is_empty = self.table.header.is_empty() && self.table.rows.is_empty();
        (!is_empty).then_some(self.table)
    }

    pub(super) fn begin_row(&mut self) {
        self.is_header_row = true;
    }

    /// Ends the row. The first row is the header if all its cells are header cells.
    pub(super) fn end_row(&mut self, budget: &mut RepeatBudget) {
        self.repeat_remaining_cells(budget);
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            return;
        }
        if self.is_header_row && self.table.header.is_empty() && self.table.rows.is_empty() {
            self.table.header = row;
        } else {
            self.table.rows.push(row);
        }
    }

    pub(super) fn begin_cell(&mut self, spec: CellSpec, budget: &mut RepeatBudget) {
        while budget.0 > 0
            && let Some(cell) = self.spanning_cell()
        {
            self.repeat_cell(cell, budget);
        }
        self.is_header_row &= spec.kind == CellKind::Header;
        self.open_cell = Some((
            spec.rows.clamp(1, MAX_ROW_SPAN),
            spec.columns.clamp(1, MAX_COLUMN_SPAN),
        ));
    }

    /// Ends the open cell. Further columns that it spans are empty.
    pub(super) fn end_cell(&mut self, text: &Text) {
        let Some((rows, columns)) = self.open_cell.take() else {
            return;
        };
        for index in 0..columns {
            let text = if index == 0 {
                text.clone()
            } else {
                Text::new(self.source)
            };
            if rows > 1 {
                self.note_row_span(rows - 1, &text);
            }
            self.row.push(text);
        }
    }

    pub(super) fn is_in_cell(&self) -> bool {
        self.open_cell.is_some()
    }

    /// Returns how many columns of the row are filled, including cells that span from earlier rows.
    pub(super) fn filled_columns(&self) -> usize {
        let spanned = self
            .row_spans
            .iter()
            .skip(self.row.len())
            .take_while(|(rows_left, _)| *rows_left > 0);
        self.row.len() + spanned.count()
    }

    /// Notes that the cell of the next column spans further rows.
    fn note_row_span(&mut self, rows_left: usize, text: &Text) {
        let column = self.row.len();
        if column >= MAX_SPANNED_COLUMNS {
            return;
        }
        while self.row_spans.len() <= column {
            self.row_spans.push((0, Text::new(self.source)));
        }
        self.row_spans[column] = (rows_left, text.clone());
    }

    /// Returns the cell of an earlier row that spans to the next column of this row.
    fn spanning_cell(&mut self) -> Option<Text> {
        let (rows_left, text) = self.row_spans.get_mut(self.row.len())?;
        *rows_left = rows_left.checked_sub(1)?;
        Some(text.clone())
    }

    /// Repeats all cells that span from earlier rows to the right of the last cell.
    fn repeat_remaining_cells(&mut self, budget: &mut RepeatBudget) {
        while budget.0 > 0 && !self.row.is_empty() && self.has_spanning_cell_to_the_right() {
            let cell = self.spanning_cell().unwrap_or_else(|| Text::new(self.source));
            self.repeat_cell(cell, budget);
        }
    }

    fn has_spanning_cell_to_the_right(&self) -> bool {
        let mut spans = self.row_spans.iter().skip(self.row.len());
        spans.any(|(rows_left, _)| *rows_left > 0)
    }

    fn repeat_cell(&mut self, cell: Text, budget: &mut RepeatBudget) {
        budget.0 = budget.0.saturating_sub(1 + cell.as_str().len());
        self.row.push(cell);
    }
}
