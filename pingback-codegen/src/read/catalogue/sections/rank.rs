//! Ranks order the blocks of a page. A block ends every section and entry that began with a block of the same or a higher
//! rank. The rank of a heading is its level, so headings rank before everything else.

/// A line of text that begins an entry.
pub(super) const LINE: u8 = 8;

/// The rank that items of lists exceed by their depth.
pub(super) const ITEM: u8 = 10;

const TERM: u8 = 9;

/// Returns the rank of a list item.
pub(super) fn of_item(depth: u8) -> u8 {
    ITEM.saturating_add(depth)
}

/// Returns the rank of the term of a definition list. Terms inside definitions rank like items of lists.
pub(super) fn of_term(depth: u8) -> u8 {
    if depth < 2 { TERM } else { of_item(depth - 1) }
}

/// Returns whether a block of this rank is a term or an item.
pub(super) fn is_term_or_item(rank: u8) -> bool {
    rank >= TERM
}

/// Returns whether a block of this rank is an item or a term inside a definition.
pub(super) fn is_item(rank: u8) -> bool {
    rank > ITEM
}
