//! Parses the inline markup of reStructuredText, AsciiDoc and Markdown into text: code, bold text, line breaks and the
//! words of links.
//!
//! ```text
//! The ``key`` is **missing**, see `keys <#keys>`_ or link:keys[the keys].
//! ```

use super::text::{Style, Text};
use crate::source::SourceId;
use std::ops::Range;

/// Markup that is not closed within so many bytes is text.
const MAX_LENGTH: usize = 400;
const MAX_ROLE_LENGTH: usize = 40;

/// Parses `raw`, which the source has at `start`.
pub(super) fn parse(source: SourceId, raw: &str, start: usize) -> Text {
    let mut text = Text::new(source);
    let mut at = 0;
    while at < raw.len() {
        if let Some(length) = line_break_length(&raw[at..]) {
            text.push_line_break(start + at);
            at += length;
        } else if let Some(markup) = markup_at(raw, at) {
            let style_start = text.next_position();
            text.push(&raw[markup.content.clone()], start + markup.content.start);
            if let Some(style) = markup.style {
                text.add_style(style, style_start);
            }
            at = markup.end.max(at + 1);
        } else {
            let plain = plain_range(raw, at);
            text.push(&raw[plain.clone()], start + plain.start);
            at = plain.end;
        }
    }
    text
}

/// Returns the range from `at` to the next character that may begin markup. A backslash before punctuation is skipped,
/// and the punctuation is text.
fn plain_range(raw: &str, at: usize) -> Range<usize> {
    let is_escaped = raw[at..]
        .strip_prefix('\\')
        .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_punctuation()));
    let from = at + usize::from(is_escaped);
    let first = raw[from..].chars().next().map_or(1, char::len_utf8);
    let length = raw[from + first..]
        .find(['`', '*', '[', '<', ':', '\\', 'h', 'x', 'l'])
        .map_or(raw.len() - from, |length| length + first);
    from..from + length
}

fn line_break_length(rest: &str) -> Option<usize> {
    ["<br>", "<br/>", "<br />"]
        .iter()
        .find(|tag| rest.starts_with(**tag))
        .map(|tag| tag.len())
}

/// A range of inline markup.
struct Markup {
    style: Option<Style>,
    /// The range of the words without the markup around them.
    content: Range<usize>,
    /// Where the markup ends.
    end: usize,
}

/// Parses the markup that begins at `at`.
fn markup_at(raw: &str, at: usize) -> Option<Markup> {
    let rest = &raw[at..];
    if rest.starts_with("``") {
        delimited(raw, at, ("``", "``"), Some(Style::Code))
    } else if rest.starts_with('`') {
        let code = delimited(raw, at, ("`", "`"), Some(Style::Code))?;
        Some(if raw[code.end..].starts_with('_') {
            reference(raw, &code)
        } else {
            code
        })
    } else if rest.starts_with("**") {
        delimited(raw, at, ("**", "**"), Some(Style::Strong))
    } else if rest.starts_with('*') {
        delimited(raw, at, ("*", "*"), Some(Style::Strong))
    } else if rest.starts_with("<<") {
        asciidoc_reference(raw, at)
    } else if rest.starts_with('[') {
        markdown_link(raw, at)
    } else if rest.starts_with(':') {
        role(raw, at)
    } else {
        asciidoc_link(raw, at)
    }
}

/// Parses markup between two delimiters. Its content must not begin or end with a space.
fn delimited(raw: &str, at: usize, (open, close): (&str, &str), style: Option<Style>) -> Option<Markup> {
    let start = at + open.len();
    raw[at..].strip_prefix(open)?;
    let end = find_near(raw, start, close)?;
    let content = &raw[start..end];
    if content.is_empty() || content.starts_with(' ') || content.ends_with(' ') {
        return None;
    }
    Some(Markup {
        style,
        content: start..end,
        end: end + close.len(),
    })
}

/// Returns the position of `close` in the next [`MAX_LENGTH`] bytes.
fn find_near(raw: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = raw.as_bytes().get(from..)?;
    let window = &bytes[..bytes.len().min(MAX_LENGTH)];
    let found = window
        .windows(close.len())
        .position(|part| part == close.as_bytes())?;
    Some(from + found)
}

/// Parses a reference of reStructuredText, whose words come before its address: `` `words <address>`_ ``.
fn reference(raw: &str, code: &Markup) -> Markup {
    let after = &raw[code.end..];
    let underscores = after.len() - after.trim_start_matches('_').len();
    let words = raw[code.content.clone()].split('<').next().unwrap_or_default();
    let words_end = code.content.start + words.trim_end().len();
    Markup {
        style: None,
        content: code.content.start..words_end,
        end: code.end + underscores,
    }
}

/// Parses a reference of AsciiDoc, whose words come after its address: `<<address,words>>`.
fn asciidoc_reference(raw: &str, at: usize) -> Option<Markup> {
    let whole = delimited(raw, at, ("<<", ">>"), None)?;
    let words_start = raw[whole.content.clone()]
        .find(',')
        .map_or(whole.content.start, |comma| whole.content.start + comma + 1);
    Some(Markup {
        content: words_start..whole.content.end,
        ..whole
    })
}

/// Parses a link of Markdown: `[words](address)`.
fn markdown_link(raw: &str, at: usize) -> Option<Markup> {
    let words = delimited(raw, at, ("[", "]("), None)?;
    let close = find_near(raw, words.end, ")")?;
    Some(Markup {
        end: close + 1,
        ..words
    })
}

/// Parses the role before a piece of text in reStructuredText, and removes it: `` :code:`text` ``.
fn role(raw: &str, at: usize) -> Option<Markup> {
    let rest = &raw[at..];
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_');
    let length = rest[1..]
        .bytes()
        .take(MAX_ROLE_LENGTH)
        .position(|byte| !is_name(byte))?;
    let role = &rest[..=length];
    let is_role = role.len() > 2 && role.ends_with(':') && rest[role.len()..].starts_with('`');
    is_role.then_some(Markup {
        style: None,
        content: at..at,
        end: at + role.len(),
    })
}

/// Parses a link of AsciiDoc: `link:address[words]`, `https://address[words]`.
fn asciidoc_link(raw: &str, at: usize) -> Option<Markup> {
    let rest = &raw[at..];
    let is_link = ["link:", "xref:", "http://", "https://"]
        .iter()
        .any(|start| rest.starts_with(start));
    if !is_link || raw[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let ends_address = |byte: u8| byte.is_ascii_whitespace() || byte == b'[';
    let open = at + rest.bytes().take(MAX_LENGTH).position(ends_address)?;
    if !raw[open..].starts_with('[') {
        return None;
    }
    let close = find_near(raw, open, "]")?;
    Some(Markup {
        style: None,
        content: open + 1..close,
        end: close + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_markup_and_keeps_code_style() {
        let read = |raw: &str| {
            let text = parse(SourceId(0), raw, 0);
            let code: Vec<&str> = text
                .styled_ranges(Style::Code)
                .map(|range| &text.as_str()[range])
                .collect();
            format!("{} {code:?}", text.as_str())
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
    fn maps_text_to_its_source() {
        let text = parse(SourceId(0), "ü ``b``", 10);
        let (_, range) = text.words().nth(1).expect("two words");
        assert_eq!(text.span(range).start, 15);
    }
}
