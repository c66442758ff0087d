//! Text that was generated from a source piece by piece, with a map from its positions to those of the source.

use std::ops::Range;

#[derive(Default)]
pub(super) struct MappedText {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Default)]
struct Piece {
    /// Where the piece starts in the text.
    start: usize,
    /// Where it starts in the source.
    source_start: usize,
    /// Whether the source has the same text there.
    is_verbatim: bool,
}

impl MappedText {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends text that the source has at `source_start`.
    pub(super) fn push(&mut self, text: &str, source_start: usize) {
        self.push_piece(text, source_start, true);
    }

    /// Appends text that the source does not have, or spells differently, at `source_start`.
    pub(super) fn push_generated(&mut self, text: &str, source_start: usize) {
        self.push_piece(text, source_start, false);
    }

    fn push_piece(&mut self, text: &str, source_start: usize, is_verbatim: bool) {
        self.pieces.push(Piece {
            start: self.text.len(),
            source_start,
            is_verbatim,
        });
        self.text.push_str(text);
    }

    /// Returns the position in the source of a position in the text.
    pub(super) fn source_position(&self, at: usize) -> usize {
        let index = self
            .pieces
            .partition_point(|piece| piece.start <= at)
            .saturating_sub(1);
        let piece = self.pieces.get(index).copied().unwrap_or_default();
        piece.source_start + if piece.is_verbatim { at - piece.start } else { 0 }
    }

    /// Returns the range in the source of a range in the text.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        self.source_position(range.start)..self.source_position(range.end)
    }
}
