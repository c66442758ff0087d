//! The texts that are read: a `Span` names a part of one, and `Sources` tells which file, line and column
//! that is. Knows nothing of what the texts mean.

use serde::Serialize;

/// One text, by its number in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceId(pub u32);

/// A byte range of one source, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

/// One text and the name to show for it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offset of the start of each line.
    lines: Vec<u32>,
    /// How many characters lie before each whole multiple of [`STEP`] bytes: a document in one line of
    /// megabytes would otherwise be counted through for every column.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const STEP: usize = 4096;

/// All texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

/// A place as people write it; line and column count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location<'a> {
    /// The name of the source.
    pub file: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Source {
    /// The name to show, as a rule the path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Source {
    /// The line of a byte, from 0.
    fn line_of(&self, at: u32) -> usize {
        self.lines.partition_point(|&start| start <= at).saturating_sub(1)
    }

    fn characters_before(&self, at: u32) -> Option<u32> {
        let at = at as usize;
        if !self.text.is_char_boundary(at) {
            return None;
        }
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(step).copied().unwrap_or(0);
        Some(counted + count_characters(self.text.as_bytes().get(step * STEP..at)?))
    }
}

/// Bytes that begin a character.
fn count_characters(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Sources {
    /// Takes in a text. Texts over 4 GiB are cut there, since spans count in 32 bits.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let mut text = text.into();
        let limit = u32::MAX as usize - 1;
        if text.len() > limit {
            let cut = (0..=limit)
                .rev()
                .find(|&at| text.is_char_boundary(at))
                .unwrap_or(0);
            text.truncate(cut);
        }
        let starts = text
            .bytes()
            .zip(1u32..)
            .filter(|(byte, _)| *byte == b'\n')
            .map(|(_, next)| next);
        let lines = std::iter::once(0).chain(starts).collect();
        let mut before = 0;
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        for chunk in text.as_bytes().chunks(STEP) {
            characters.push(before);
            before += count_characters(chunk);
        }
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Source {
            name: name.into(),
            text,
            lines,
            characters,
        });
        id
    }

    /// The source of that number; `None` if it is of another run.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    /// All sources with their numbers, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(&self.list)
    }

    /// Where a span starts, for people.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let source = self.get(span.source)?;
        let line = source.line_of(span.start);
        let line_start = *source.lines.get(line)?;
        let column = source
            .characters_before(span.start)?
            .checked_sub(source.characters_before(line_start)?)?;
        Some(Location {
            file: &source.name,
            line: line + 1,
            column: column as usize + 1,
        })
    }

    /// The line in which a span starts, without its line break.
    #[must_use]
    pub fn line(&self, span: Span) -> Option<Span> {
        let source = self.get(span.source)?;
        let line = source.line_of(span.start);
        let start = *source.lines.get(line)?;
        let end = source
            .lines
            .get(line + 1)
            .map_or(source.text.len(), |next| *next as usize);
        let text = source.text.get(start as usize..end)?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        Some(Span {
            source: span.source,
            start,
            end: start + u32::try_from(text.len()).unwrap_or(0),
        })
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source)
            .and_then(|s| s.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_in_long_lines_too() {
        let mut sources = Sources::default();
        let text = format!("a\n{}x", "ä𝄞".repeat(10_000));
        let start = u32::try_from(text.len() - 1).expect("a short text");
        let id = sources.add("a.json", text);
        let span = Span {
            source: id,
            start,
            end: start + 1,
        };
        let end = Span {
            source: id,
            start: start + 1,
            end: start + 1,
        };
        assert_eq!(
            sources.locate(span).expect("inside").to_string(),
            "a.json:2:20001"
        );
        assert_eq!(
            sources.locate(end).expect("its end").to_string(),
            "a.json:2:20002"
        );
        let outside = Span {
            source: id,
            start: start + 2,
            end: start + 2,
        };
        assert_eq!(sources.locate(outside), None);
    }

    #[test]
    fn a_line_is_without_its_break() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "one\r\ntwo\n");
        let line = |start| {
            let line = sources.line(Span {
                source: id,
                start,
                end: start,
            });
            line.map(|line| sources.text(line))
        };
        assert_eq!(line(1), Some("one"));
        assert_eq!(line(5), Some("two"));
        assert_eq!(line(9), Some(""));
    }

    #[test]
    fn a_span_is_located_by_line_and_character() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "one\nzwölf x\n");
        let span = Span {
            source: id,
            start: 11,
            end: 12,
        };
        assert_eq!(sources.text(span), "x");
        assert_eq!(
            sources.locate(span).expect("inside the text").to_string(),
            "a.yaml:2:7"
        );
    }
}
