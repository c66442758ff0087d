//! What a page is made of, once its form is behind us: headings, list items, paragraphs, tables, examples.
//! The readers of page forms make blocks, `sections` and `table` read entries from them.

use super::text::{Style, Text};
use crate::source::SourceId;

/// One piece of a page, in the order of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading; the deeper, the higher the level.
    Heading {
        /// 1 to 6; titles of components and summaries count as 7.
        level: u8,
        /// What it says; empty where a component ends.
        text: Text,
    },
    /// The first paragraph of a list item.
    Item {
        /// How many lists it lies in, 1 for the outermost.
        depth: u8,
        /// What it says.
        text: Text,
    },
    /// Other prose.
    Paragraph {
        /// How many lists it lies in, 0 for none.
        depth: u8,
        /// What it says.
        text: Text,
    },
    /// The term of a definition list.
    Term {
        /// How many definition lists it lies in, 1 for the outermost.
        depth: u8,
        /// What it says.
        text: Text,
    },
    /// An example, its white space kept.
    Example(Text),
    /// A table.
    Table(Table),
}

/// A table; rows may be shorter or longer than its header.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// The header cells, empty if it has none.
    pub(super) header: Vec<Text>,
    /// The other rows.
    pub(super) rows: Vec<Vec<Text>>,
}

/// The level of the titles of components and summaries.
pub(super) const COMPONENT_LEVEL: u8 = 7;

/// Tables inside tables that are told apart; what lies deeper joins the innermost.
const DEEPEST_TABLE: usize = 8;
/// The rows that a `rowspan` may reach, and how many bytes of cells may be repeated in all for it.
const LONGEST_SPAN: usize = 200;
/// The columns in which `rowspan` is followed.
const WIDEST_SPAN: usize = 64;
const MOST_REPEATED: usize = 1 << 20;

/// Makes blocks out of what opens and closes, as Markdown and HTML tell it.
pub(super) struct Builder {
    source: SourceId,
    blocks: Vec<Block>,
    text: Text,
    kind: Kind,
    /// How many lists are open.
    lists: u8,
    /// How many definition lists are open.
    definitions: u8,
    styles: Vec<(Style, usize)>,
    example: Option<Text>,
    tables: Vec<OpenTable>,
    repeated: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Term,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Vec<Text>,
    /// All cells of the row are header cells.
    is_header: bool,
    in_cell: bool,
    /// By column: how many more rows a cell of an earlier row reaches into, and its text.
    spans: Vec<(usize, Text)>,
    rows_of_cell: usize,
    columns_of_cell: usize,
}

impl Builder {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            blocks: Vec::new(),
            text: Text::new(source),
            kind: Kind::Paragraph,
            lists: 0,
            definitions: 0,
            styles: Vec::new(),
            example: None,
            tables: Vec::new(),
            repeated: 0,
        }
    }

    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// Adds blocks that were made elsewhere.
    pub(super) fn insert(&mut self, blocks: Vec<Block>) {
        if !self.in_cell() {
            self.flush();
            self.blocks.extend(blocks);
        }
    }

    /// The blocks, once all is told.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_example();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.flush();
        self.blocks
    }

    /// How many columns of the open row are filled.
    pub(super) fn columns_so_far(&self) -> usize {
        self.tables.last().map_or(0, |open| {
            let reached = open
                .spans
                .iter()
                .skip(open.row.len())
                .take_while(|(left, _)| *left > 0);
            open.row.len() + reached.count()
        })
    }

    /// Where text goes now.
    pub(super) fn text(&mut self) -> &mut Text {
        self.example.as_mut().unwrap_or(&mut self.text)
    }

    pub(super) fn is_example(&self) -> bool {
        self.example.is_some()
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// A line break.
    pub(super) fn line_break(&mut self, at: usize) {
        self.text().push_break(at);
    }

    /// A paragraph begins or ends here, or something that looks like one.
    pub(super) fn boundary(&mut self, at: usize) {
        if self.in_cell() || self.example.is_some() || matches!(self.kind, Kind::Heading(_) | Kind::Term) {
            self.text().push_break(at);
        } else {
            self.flush();
        }
    }

    pub(super) fn heading(&mut self, level: u8) {
        if self.in_cell() {
            return;
        }
        self.flush();
        self.kind = Kind::Heading(level);
    }

    /// A heading or term ends.
    pub(super) fn end_title(&mut self, at: usize) {
        if self.in_cell() {
            self.text().push_break(at);
            return;
        }
        self.flush();
        self.kind = Kind::Paragraph;
    }

    /// A title that is told in one piece, as a component's attribute; an empty one ends the component.
    pub(super) fn title(&mut self, text: Text) {
        if self.in_cell() || self.example.is_some() {
            return;
        }
        self.flush();
        self.kind = Kind::Paragraph;
        self.blocks.push(Block::Heading {
            level: COMPONENT_LEVEL,
            text,
        });
    }

    pub(super) fn list(&mut self, at: usize) {
        self.boundary(at);
        self.lists = self.lists.saturating_add(1);
    }

    pub(super) fn end_list(&mut self, at: usize) {
        self.boundary(at);
        self.lists = self.lists.saturating_sub(1);
        if self.kind == Kind::Item {
            self.kind = Kind::Paragraph;
        }
    }

    pub(super) fn definitions(&mut self, at: usize) {
        self.boundary(at);
        self.definitions = self.definitions.saturating_add(1);
    }

    pub(super) fn end_definitions(&mut self, at: usize) {
        self.boundary(at);
        self.definitions = self.definitions.saturating_sub(1);
    }

    pub(super) fn item(&mut self, at: usize) {
        self.boundary(at);
        if !self.in_cell() {
            self.kind = Kind::Item;
        }
    }

    pub(super) fn term(&mut self, at: usize) {
        self.boundary(at);
        if !self.in_cell() {
            self.flush();
            self.kind = Kind::Term;
        }
    }

    pub(super) fn style(&mut self, style: Style) {
        if self.styles.len() < 16 {
            let at = self.text.next();
            self.styles.push((style, at));
        }
    }

    pub(super) fn end_style(&mut self, style: Style) {
        if let Some(index) = self.styles.iter().rposition(|(open, _)| *open == style) {
            let (style, start) = self.styles.remove(index);
            if self.example.is_none() {
                self.text.style(style, start);
            }
        }
    }

    pub(super) fn example(&mut self) {
        if self.in_cell() {
            return;
        }
        self.flush();
        self.example = Some(Text::new(self.source));
    }

    pub(super) fn end_example(&mut self) {
        if let Some(text) = self.example.take()
            && !text.is_empty()
        {
            self.blocks.push(Block::Example(text));
        }
    }

    pub(super) fn table(&mut self) {
        self.end_example();
        if self.tables.len() < DEEPEST_TABLE {
            if self.in_cell() {
                self.end_cell();
            } else {
                self.flush();
            }
            self.tables.push(OpenTable::default());
        }
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        if let Some(open) = self.tables.pop()
            && !(open.table.header.is_empty() && open.table.rows.is_empty())
        {
            self.blocks.push(Block::Table(open.table));
        }
    }

    pub(super) fn row(&mut self) {
        self.end_row();
        if let Some(open) = self.tables.last_mut() {
            open.is_header = true;
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        let Some(open) = self.tables.last_mut() else {
            return;
        };
        repeat_spans(open, self.source, true, &mut self.repeated);
        let row = std::mem::take(&mut open.row);
        if row.is_empty() {
            return;
        }
        if open.is_header && open.table.header.is_empty() && open.table.rows.is_empty() {
            open.table.header = row;
        } else {
            open.table.rows.push(row);
        }
    }

    pub(super) fn cell(&mut self, is_header: bool, rows: usize, columns: usize) {
        self.end_cell();
        if self.tables.is_empty() {
            return;
        }
        self.flush();
        if let Some(open) = self.tables.last_mut() {
            repeat_spans(open, self.source, false, &mut self.repeated);
            open.is_header &= is_header;
            open.in_cell = true;
            open.rows_of_cell = rows.clamp(1, LONGEST_SPAN);
            open.columns_of_cell = columns.clamp(1, 20);
        }
    }

    pub(super) fn end_cell(&mut self) {
        if !self.in_cell() {
            return;
        }
        let text = self.take_text();
        let Some(open) = self.tables.last_mut() else {
            return;
        };
        open.in_cell = false;
        for index in 0..open.columns_of_cell {
            let column = open.row.len();
            let text = if index == 0 {
                text.clone()
            } else {
                Text::new(self.source)
            };
            if open.rows_of_cell > 1 && column < WIDEST_SPAN {
                while open.spans.len() <= column {
                    open.spans.push((0, Text::new(self.source)));
                }
                open.spans[column] = (open.rows_of_cell - 1, text.clone());
            }
            open.row.push(text);
        }
    }

    pub(super) fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|open| open.in_cell)
    }

    fn take_text(&mut self) -> Text {
        let mut text = std::mem::replace(&mut self.text, Text::new(self.source));
        for (style, start) in &mut self.styles {
            text.style(*style, *start);
            *start = 0;
        }
        text
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = self.take_text();
        let depth = self.lists.saturating_add(self.definitions.saturating_sub(1));
        let block = match self.kind {
            Kind::Paragraph => Block::Paragraph { depth, text },
            Kind::Heading(level) => Block::Heading { level, text },
            // An item outside any list is a list of its own.
            Kind::Item => Block::Item {
                depth: depth.max(1),
                text,
            },
            Kind::Term => Block::Term {
                depth: self.definitions.max(1),
                text,
            },
        };
        self.kind = Kind::Paragraph;
        self.blocks.push(block);
    }
}

/// Repeats the cells of earlier rows that reach into this one at its next column; at the end of a row also
/// those further right.
fn repeat_spans(open: &mut OpenTable, source: SourceId, at_end: bool, repeated: &mut usize) {
    while *repeated < MOST_REPEATED {
        let at = open.row.len();
        if at_end && (at == 0 || !open.spans.iter().skip(at).any(|(left, _)| *left > 0)) {
            return;
        }
        let cell = match open.spans.get_mut(at) {
            Some((left, text)) if *left > 0 => {
                *left -= 1;
                text.clone()
            }
            _ if at_end => Text::new(source),
            _ => return,
        };
        *repeated += 1 + cell.as_str().len();
        open.row.push(cell);
    }
}
