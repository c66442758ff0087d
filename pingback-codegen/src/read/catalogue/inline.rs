//! The inline markup of reStructuredText, AsciiDoc and of Markdown inside other forms, as far as it matters here: what
//! is set as code or bold, and the words of links.

use super::text::{Style, Text};
use crate::source::SourceId;
use std::ops::Range;

/// What is opened must be closed within so many bytes.
const LONGEST: usize = 400;
const LONGEST_ROLE: usize = 40;

/// A piece of markup: how its words are set, where they lie, and where it ends.
struct Piece {
    style: Option<Style>,
    inner: Range<usize>,
    end: usize,
}

/// The text of `raw`, which stands at `start` in the source.
pub(super) fn text(source: SourceId, raw: &str, start: usize) -> Text {
    let mut text = Text::new(source);
    let mut at = 0;
    while at < raw.len() {
        if let Some(length) = line_break(&raw[at..]) {
            text.push_break(start + at);
            at += length;
        } else if let Some(piece) = piece(raw, at) {
            let from = text.next();
            text.push(&raw[piece.inner.clone()], start + piece.inner.start);
            if let Some(style) = piece.style {
                text.style(style, from);
            }
            at = piece.end.max(at + 1);
        } else {
            // The next sign that may begin something; a backslash before it takes its meaning away.
            let rest = &raw[at..];
            let escaped = rest
                .strip_prefix('\\')
                .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_punctuation()));
            let from = at + usize::from(escaped);
            let first = raw[from..].chars().next().map_or(1, char::len_utf8);
            let length = raw[from + first..]
                .find(['`', '*', '[', '<', ':', '\\', 'h', 'x', 'l'])
                .map_or(raw.len() - from, |length| length + first);
            text.push(&raw[from..from + length], start + from);
            at = from + length;
        }
    }
    text
}

fn line_break(rest: &str) -> Option<usize> {
    ["<br>", "<br/>", "<br />"]
        .iter()
        .find(|tag| rest.starts_with(**tag))
        .map(|tag| tag.len())
}

/// The place of `close` behind `from`, if it is near.
fn near(raw: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = raw.as_bytes().get(from..)?;
    let window = &bytes[..bytes.len().min(LONGEST)];
    let found = window
        .windows(close.len())
        .position(|part| part == close.as_bytes())?;
    Some(from + found)
}

fn piece(raw: &str, at: usize) -> Option<Piece> {
    let rest = &raw[at..];
    let between = |open: &str, close: &str, style| {
        let from = at + open.len();
        let to = rest.strip_prefix(open).and_then(|_| near(raw, from, close))?;
        let inner = &raw[from..to];
        let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
        tight.then_some(Piece {
            style,
            inner: from..to,
            end: to + close.len(),
        })
    };
    if rest.starts_with("``") {
        return between("``", "``", Some(Style::Code));
    }
    if rest.starts_with('`') {
        let found = between("`", "`", Some(Style::Code))?;
        return Some(if raw[found.end..].starts_with('_') {
            reference(raw, &found)
        } else {
            found
        });
    }
    if rest.starts_with("**") {
        return between("**", "**", Some(Style::Strong));
    }
    if rest.starts_with('*') {
        return between("*", "*", Some(Style::Strong));
    }
    if rest.starts_with("<<") {
        let whole = between("<<", ">>", None)?;
        let comma = raw[whole.inner.clone()]
            .find(',')
            .map_or(whole.inner.start, |comma| whole.inner.start + comma + 1);
        return Some(Piece {
            inner: comma..whole.inner.end,
            ..whole
        });
    }
    if rest.starts_with('[') {
        // A link of Markdown.
        let words = between("[", "](", None)?;
        let close = near(raw, words.end, ")")?;
        return Some(Piece {
            end: close + 1,
            ..words
        });
    }
    if let Some(behind) = rest.strip_prefix(':') {
        // A role: what it applies to comes next.
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_');
        let name = behind
            .bytes()
            .take(LONGEST_ROLE)
            .position(|byte| !is_name(byte))?;
        let role = &rest[..=name];
        let is_role = role.len() > 2 && role.ends_with(':') && rest[role.len()..].starts_with('`');
        return is_role.then_some(Piece {
            style: None,
            inner: at..at,
            end: at + role.len(),
        });
    }
    let named = ["link:", "xref:", "http://", "https://"]
        .iter()
        .any(|start| rest.starts_with(start));
    let inside_word = raw[..at].ends_with(|char: char| char.is_alphanumeric());
    if named && !inside_word {
        // A link of AsciiDoc: `link:address[words]`.
        let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'[';
        let address = rest.bytes().take(LONGEST).position(ends)?;
        let open = at + address;
        let close = raw[open..]
            .starts_with('[')
            .then(|| near(raw, open, "]"))
            .flatten()?;
        return Some(Piece {
            style: None,
            inner: open + 1..close,
            end: close + 1,
        });
    }
    None
}

/// `` `words <address>`_ ``: the words alone.
fn reference(raw: &str, found: &Piece) -> Piece {
    let end = found.end + raw[found.end..].len() - raw[found.end..].trim_start_matches('_').len();
    let words = raw[found.inner.clone()].split('<').next().unwrap_or_default();
    let words = found.inner.start + words.trim_end().len();
    Piece {
        style: None,
        inner: found.inner.start..words,
        end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_gone_and_remembered() {
        let read = |raw: &str| {
            let text = text(SourceId(0), raw, 0);
            let set: Vec<&str> = text
                .styled(Style::Code)
                .map(|range| &text.as_str()[range])
                .collect();
            format!("{} {set:?}", text.as_str())
        };
        assert_eq!(read("a ``b_c`` d"), "a b_c d [\"b_c\"]");
        assert_eq!(read("`E_1` [**x** y](#z) \\*k\\*"), "E_1 **x** y *k* [\"E_1\"]");
        assert_eq!(
            read(":http:statuscode:`404` and `x <http://y>`_."),
            "404 and x. [\"404\"]"
        );
        assert_eq!(
            read("link:a/b[c d] <<e,f>> https://x.y http://g[h] [i"),
            "c d f https://x.y h [i []"
        );
        assert_eq!(read("a: b:c 1*2 * 3"), "a: b:c 1*2 * 3 []");
    }

    #[test]
    fn a_text_knows_its_place() {
        let text = text(SourceId(0), "ü ``b``", 10);
        let (_, range) = text.words().nth(1).expect("two words");
        assert_eq!(text.span(range).start, 15);
    }
}
