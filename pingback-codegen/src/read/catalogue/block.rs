//! What a page is made of, once its form is behind us: headings, list items, paragraphs, tables, examples.
//! The readers of page forms make blocks, `sections` and `table` read entries from them.

use super::text::Text;

/// One piece of a page, in the order of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading; the deeper, the higher the level.
    Heading {
        /// 1 to 6; components and summaries count as 7.
        level: u8,
        /// What it says.
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
    Term(Text),
    /// An example: bytes `start..end` of the source, kept as they are.
    Example {
        /// How many lists it lies in.
        depth: u8,
        /// Its first byte.
        start: usize,
        /// The byte after its last.
        end: usize,
    },
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
