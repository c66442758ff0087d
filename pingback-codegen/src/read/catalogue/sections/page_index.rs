//! Answers questions about a block that depend on the blocks around it.

use super::rank;
use crate::read::catalogue::block::Block;
use crate::read::catalogue::body_members;
use crate::read::catalogue::code::{self, Shape};
use crate::read::catalogue::entry::Fact;
use crate::read::catalogue::entry_heading::{self, EntryHeading};
use crate::read::catalogue::label;
use crate::read::catalogue::status;
use crate::read::catalogue::text::{Style, Text};
use std::collections::HashSet;

/// How many blocks after a word are searched for a label that shows that the word is a code.
const LABEL_DISTANCE: usize = 3;
/// The same for words that rarely are codes.
const LABEL_DISTANCE_OF_COMMON_WORDS: usize = 1;
/// How many lines after a word are searched for the next label.
const MAX_LINES_BEFORE_LABEL: usize = 64;

/// The blocks of a page and what was collected from all of them.
pub(super) struct PageIndex<'a> {
    pub(super) blocks: &'a [Block],
    /// The names of the members in the examples of the page.
    pub(super) example_members: HashSet<String>,
    /// The shapes of the codes that are alone in a heading or term, with the rank of the heading or term.
    heading_shapes: Vec<(u8, Shape)>,
}

impl<'a> PageIndex<'a> {
    pub(super) fn new(blocks: &'a [Block]) -> Self {
        Self {
            blocks,
            example_members: body_members::member_names_of_examples(blocks),
            heading_shapes: heading_shapes(blocks),
        }
    }

    /// Returns whether the text of the block at `at` is a code and nothing else. Unless its spelling is certain, a labelled
    /// fact has to follow.
    pub(super) fn is_code_alone(&self, text: &Text, at: usize) -> bool {
        let word = text.as_str();
        let Some(shape) = Shape::of(word) else {
            return false;
        };
        match shape {
            _ if shape.is_code_by_itself() => true,
            Shape::Number => {
                status::parse_status(word).is_none()
                    && self.has_label_within(at, LABEL_DISTANCE_OF_COMMON_WORDS)
            }
            Shape::Word => {
                (text.is_entirely(Style::Code) || text.is_entirely(Style::Strong))
                    && self.has_label_within(at, LABEL_DISTANCE_OF_COMMON_WORDS)
            }
            Shape::Uppercase => self.has_label_within(at, LABEL_DISTANCE_OF_COMMON_WORDS),
            _ => self.has_label_within(at, LABEL_DISTANCE),
        }
    }

    /// Returns whether the block after the one at `at` is a labelled fact.
    pub(super) fn is_followed_by_label(&self, at: usize) -> bool {
        self.has_label_within(at, 1)
    }

    /// Returns whether one of the next blocks is a labelled fact, with no other code before it.
    fn has_label_within(&self, at: usize, distance: usize) -> bool {
        self.lines_after(at)
            .take(distance)
            .take_while(|text| Shape::of(text.as_str()).is_none())
            .any(|text| label::split_label(text).is_some())
    }

    /// Returns the label that follows the block at `at`, with nothing but codes between them.
    pub(super) fn next_label(&self, at: usize) -> Option<label::Field> {
        self.lines_after(at)
            .take(MAX_LINES_BEFORE_LABEL)
            .map(|text| (label::split_label(text), Shape::of(text.as_str())))
            .find(|(labelled, shape)| labelled.is_some() || shape.is_none())
            .and_then(|(labelled, _)| labelled)
            .map(|labelled| labelled.field)
    }

    /// Returns the texts of the items and paragraphs that follow the block at `at`, up to a block of another kind.
    fn lines_after(&self, at: usize) -> impl Iterator<Item = &'a Text> {
        self.blocks.iter().skip(at + 1).map_while(|block| match block {
            Block::Item { text, .. } | Block::Paragraph { text, .. } => Some(text),
            _ => None,
        })
    }

    /// Returns whether a plain word in a heading or term is a code because the codes in headings of the same rank are
    /// spelled in the same way.
    pub(super) fn is_spelled_like_sibling_codes(&self, rank: u8, text: &Text) -> bool {
        let word = text.as_str();
        let can_be_code = Shape::of(word) == Some(Shape::Word)
            && !code::is_common_word(word)
            && label::field_of_label(word).is_none();
        let is_capitalized = word.starts_with(|char: char| char.is_ascii_uppercase());
        let has_same_spelling = |shape: Shape| {
            if is_capitalized {
                shape == Shape::Camel
            } else {
                matches!(shape, Shape::Snake | Shape::Kebab | Shape::Dotted)
            }
        };
        can_be_code
            && self
                .heading_shapes
                .iter()
                .any(|(other, shape)| *other == rank && has_same_spelling(*shape))
    }

    /// Returns the code of an entry heading that is the name of a member in the examples.
    pub(super) fn example_member<'h>(&self, heading: &'h EntryHeading) -> Option<&'h Fact<String>> {
        if !heading.statuses.is_empty() {
            return None;
        }
        heading.codes.iter().find(|code| {
            let shape = Shape::of(&code.value);
            self.example_members.contains(&code.value)
                && matches!(shape, Some(Shape::Word | Shape::Snake | Shape::Camel))
        })
    }
}

fn heading_shapes(blocks: &[Block]) -> Vec<(u8, Shape)> {
    let mut shapes = Vec::new();
    for block in blocks {
        let (rank, text) = match block {
            Block::Heading { level, text } => (*level, text),
            Block::Term { depth, text } => (rank::of_term(*depth), text),
            _ => continue,
        };
        let heading = entry_heading::parse_heading(text);
        if let [code] = heading.codes.as_slice()
            && let Some(shape) = Shape::of(&code.value)
            && !shapes.contains(&(rank, shape))
        {
            shapes.push((rank, shape));
        }
    }
    shapes
}
