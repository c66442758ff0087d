//! The blocks that every form of page is converted to: headings, list items, paragraphs, terms, examples and tables. The
//! readers of page forms make blocks; `sections` and `table` read entries from them.

use super::text::Text;
use crate::diagnostic::Diagnostic;

/// The blocks of a page, and findings about unclear parts.
#[derive(Default)]
pub(super) struct ParsedPage {
    pub(super) blocks: Vec<Block>,
    pub(super) findings: Vec<Diagnostic>,
}

impl From<Vec<Block>> for ParsedPage {
    fn from(blocks: Vec<Block>) -> Self {
        Self {
            blocks,
            findings: Vec::new(),
        }
    }
}

/// One piece of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading.
    Heading {
        /// 1 to 6, or [`COMPONENT_LEVEL`].
        level: u8,
        /// Empty where a component ends.
        text: Text,
    },
    /// The first paragraph of a list item.
    Item {
        /// The number of lists around it, 1 for an item of an outermost list.
        depth: u8,
        text: Text,
    },
    /// Any other prose.
    Paragraph {
        /// The number of lists around it, 0 for none.
        depth: u8,
        text: Text,
    },
    /// The term of a definition list.
    Term {
        /// The number of definition lists around it, 1 for an outermost one.
        depth: u8,
        text: Text,
    },
    /// An example with its white space.
    Example(Text),
    /// A table.
    Table(Table),
}

/// A table. Its rows may be shorter or longer than its header.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// The cells of the header, empty if the table has none.
    pub(super) header: Vec<Text>,
    /// All other rows.
    pub(super) rows: Vec<Vec<Text>>,
}

/// The heading level of component titles and summaries.
pub(super) const COMPONENT_LEVEL: u8 = 7;
