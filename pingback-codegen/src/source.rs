//! The input texts. A [`Span`] is a part of one; [`Sources`] gives its file, line and column.

use serde::Serialize;

/// The index of a text in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceId(pub u32);

/// A byte range of one source, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The text that contains it.
    pub source: SourceId,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
}

/// A text and the name to show for it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// The byte offset of the start of each line.
    line_starts: Vec<u32>,
    /// The number of characters before each multiple of [`STEP`] bytes. Without it, each column in a line of several
    /// megabytes would take a count from the start of the line.
    characters: Vec<u32>,
}

/// The bytes between two entries of [`Source::characters`].
const STEP: usize = 4096;

/// All texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

/// A place in a text, as people write it.
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
    /// The name to show, usually the path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The index of the line that contains a byte.
    fn line_of(&self, at: u32) -> usize {
        self.line_starts
            .partition_point(|&start| start <= at)
            .saturating_sub(1)
    }

    /// The number of characters before a byte. `None` if it is not the start of a character.
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

/// The number of bytes that start a character.
fn count_characters(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Sources {
    /// Adds a text. A text over 4 GiB is truncated, since spans have 32 bits.
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
        let line_starts = std::iter::once(0).chain(starts).collect();
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
            line_starts,
            characters,
        });
        id
    }

    /// The source with that id. `None` for an id of another run.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    /// All sources with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(&self.list)
    }

    /// The place where a span starts.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let source = self.get(span.source)?;
        let line = source.line_of(span.start);
        let line_start = *source.line_starts.get(line)?;
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
        let start = *source.line_starts.get(line)?;
        let end = source
            .line_starts
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

/// The content of a file as text.
pub(crate) struct Decoded {
    /// The text. U+FFFD replaces invalid UTF-8.
    pub(crate) text: String,
    /// Where the content is not UTF-8.
    pub(crate) first_invalid: Option<InvalidByte>,
}

/// A byte that is not valid UTF-8.
pub(crate) struct InvalidByte {
    pub(crate) byte: u8,
    /// Where the text has the U+FFFD that replaces it.
    pub(crate) start: u32,
}

/// Decodes UTF-8 or UTF-16, with or without a byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some(text) = decode_utf16(bytes) {
        return Decoded {
            text,
            first_invalid: None,
        };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first_invalid = std::str::from_utf8(bytes).err().map(|error| InvalidByte {
        byte: bytes.get(error.valid_up_to()).copied().unwrap_or_default(),
        start: u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX),
    });
    Decoded {
        text: String::from_utf8_lossy(bytes).into_owned(),
        first_invalid,
    }
}

/// Decodes bytes that start with a byte order mark of UTF-16 or with two ASCII characters in UTF-16. `None` for all
/// others.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let (is_big_endian, content) = match bytes {
        [0xFF, 0xFE, content @ ..] => (false, content),
        [0xFE, 0xFF, content @ ..] => (true, content),
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => (false, bytes),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => (true, bytes),
        _ => return None,
    };
    let from_bytes = if is_big_endian {
        u16::from_be_bytes
    } else {
        u16::from_le_bytes
    };
    let pairs = content.chunks_exact(2);
    let units: Vec<u16> = pairs.map(|pair| from_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
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
    fn lines_do_not_include_their_line_breaks() {
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
