//! Builds blocks from the start and end events of Markdown and HTML. Events need not be balanced: a block ends where the
//! next one begins.

use super::block::{Block, COMPONENT_LEVEL};
use super::table_builder::{CellSpec, RepeatBudget, TableBuilder};
use super::text::{Style, Text};
use crate::source::SourceId;

/// Tables nested deeper than this become part of the table around them.
const MAX_TABLE_DEPTH: usize = 8;
/// The most styles that are open at the same time.
const MAX_OPEN_STYLES: usize = 16;

pub(super) struct BlockBuilder {
    source: SourceId,
    blocks: Vec<Block>,
    text: Text,
    kind: Kind,
    list_depth: u8,
    definition_depth: u8,
    /// The open styles, each with the position in the text where it starts.
    styles: Vec<(Style, usize)>,
    example: Option<Text>,
    /// The open tables, outermost first.
    tables: Vec<TableBuilder>,
    repeat_budget: RepeatBudget,
}

/// The kind of block that the current text becomes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Term,
}

impl BlockBuilder {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            blocks: Vec::new(),
            text: Text::new(source),
            kind: Kind::Paragraph,
            list_depth: 0,
            definition_depth: 0,
            styles: Vec::new(),
            example: None,
            tables: Vec::new(),
            repeat_budget: RepeatBudget::default(),
        }
    }

    /// Ends everything that is open and returns the blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_example();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.finish_block();
        self.blocks
    }

    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// Returns the text of the current block.
    pub(super) fn text(&mut self) -> &mut Text {
        self.example.as_mut().unwrap_or(&mut self.text)
    }

    pub(super) fn is_in_example(&self) -> bool {
        self.example.is_some()
    }

    pub(super) fn is_in_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// Adds finished blocks.
    pub(super) fn push_blocks(&mut self, blocks: Vec<Block>) {
        if !self.is_in_cell() {
            self.finish_block();
            self.blocks.extend(blocks);
        }
    }

    pub(super) fn push_line_break(&mut self, at: usize) {
        self.text().push_line_break(at);
    }

    /// Begins or ends a paragraph. In headings, terms, cells and examples this is a line break.
    pub(super) fn break_paragraph(&mut self, at: usize) {
        if self.is_in_cell() || self.example.is_some() || matches!(self.kind, Kind::Heading(_) | Kind::Term) {
            self.text().push_line_break(at);
        } else {
            self.finish_block();
        }
    }

    pub(super) fn begin_heading(&mut self, level: u8) {
        if self.is_in_cell() {
            return;
        }
        self.finish_block();
        self.kind = Kind::Heading(level);
    }

    pub(super) fn end_heading_or_term(&mut self, at: usize) {
        if self.is_in_cell() {
            self.text().push_line_break(at);
            return;
        }
        self.finish_block();
        self.kind = Kind::Paragraph;
    }

    /// Adds the title of a component. An empty title ends the component.
    pub(super) fn push_component_title(&mut self, text: Text) {
        if self.is_in_cell() || self.example.is_some() {
            return;
        }
        self.finish_block();
        self.kind = Kind::Paragraph;
        self.blocks.push(Block::Heading {
            level: COMPONENT_LEVEL,
            text,
        });
    }

    pub(super) fn begin_list(&mut self, at: usize) {
        self.break_paragraph(at);
        self.list_depth = self.list_depth.saturating_add(1);
    }

    pub(super) fn end_list(&mut self, at: usize) {
        self.break_paragraph(at);
        self.list_depth = self.list_depth.saturating_sub(1);
        if self.kind == Kind::Item {
            self.kind = Kind::Paragraph;
        }
    }

    pub(super) fn begin_definition_list(&mut self, at: usize) {
        self.break_paragraph(at);
        self.definition_depth = self.definition_depth.saturating_add(1);
    }

    pub(super) fn end_definition_list(&mut self, at: usize) {
        self.break_paragraph(at);
        self.definition_depth = self.definition_depth.saturating_sub(1);
    }

    pub(super) fn begin_item(&mut self, at: usize) {
        self.break_paragraph(at);
        if !self.is_in_cell() {
            self.kind = Kind::Item;
        }
    }

    pub(super) fn begin_term(&mut self, at: usize) {
        self.break_paragraph(at);
        if !self.is_in_cell() {
            self.finish_block();
            self.kind = Kind::Term;
        }
    }

    pub(super) fn begin_style(&mut self, style: Style) {
        if self.styles.len() < MAX_OPEN_STYLES {
            let start = self.text.next_position();
            self.styles.push((style, start));
        }
    }

    pub(super) fn end_style(&mut self, style: Style) {
        if let Some(index) = self.styles.iter().rposition(|(open, _)| *open == style) {
            let (style, start) = self.styles.remove(index);
            if self.example.is_none() {
                self.text.add_style(style, start);
            }
        }
    }

    pub(super) fn begin_example(&mut self) {
        if self.is_in_cell() {
            return;
        }
        self.finish_block();
        self.example = Some(Text::new(self.source));
    }

    pub(super) fn end_example(&mut self) {
        if let Some(text) = self.example.take()
            && !text.is_empty()
        {
            self.blocks.push(Block::Example(text));
        }
    }

    pub(super) fn begin_table(&mut self) {
        self.end_example();
        if self.tables.len() >= MAX_TABLE_DEPTH {
            return;
        }
        if self.is_in_cell() {
            self.end_cell();
        } else {
            self.finish_block();
        }
        self.tables.push(TableBuilder::new(self.source));
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        let table = self.tables.pop().and_then(TableBuilder::finish);
        self.blocks.extend(table.map(Block::Table));
    }

    pub(super) fn begin_row(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.end_row(&mut self.repeat_budget);
        }
    }

    pub(super) fn begin_cell(&mut self, spec: CellSpec) {
        self.end_cell();
        if self.tables.is_empty() {
            return;
        }
        self.finish_block();
        if let Some(table) = self.tables.last_mut() {
            table.begin_cell(spec, &mut self.repeat_budget);
        }
    }

    pub(super) fn end_cell(&mut self) {
        if !self.is_in_cell() {
            return;
        }
        let text = self.take_text();
        if let Some(table) = self.tables.last_mut() {
            table.end_cell(&text);
        }
    }

    pub(super) fn is_in_cell(&self) -> bool {
        self.tables.last().is_some_and(TableBuilder::is_in_cell)
    }

    /// Returns how many columns of the open row are filled, including cells that span from earlier rows.
    pub(super) fn filled_columns(&self) -> usize {
        self.tables.last().map_or(0, TableBuilder::filled_columns)
    }

    /// Takes the current text. Open styles continue in the next text.
    fn take_text(&mut self) -> Text {
        let mut text = std::mem::replace(&mut self.text, Text::new(self.source));
        for (style, start) in &mut self.styles {
            text.add_style(*style, *start);
            *start = 0;
        }
        text
    }

    /// Makes a block of the current text, unless it is empty.
    fn finish_block(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = self.take_text();
        let nested_definitions = self.definition_depth.saturating_sub(1);
        let depth = self.list_depth.saturating_add(nested_definitions);
        let block = match self.kind {
            Kind::Paragraph => Block::Paragraph { depth, text },
            Kind::Heading(level) => Block::Heading { level, text },
            // HTML allows items outside of any list.
            Kind::Item => Block::Item {
                depth: depth.max(1),
                text,
            },
            Kind::Term => Block::Term {
                depth: self.definition_depth.max(1),
                text,
            },
        };
        self.kind = Kind::Paragraph;
        self.blocks.push(block);
    }
}
