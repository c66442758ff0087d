//! Finds URLs in text, and decides which links to keep.

use super::characters::HARD_BREAK;
use std::fmt::Write as _;

/// The destination of a link, percent-encoded where Markdown needs it. `None` for a relative link, which leads
/// nowhere from generated docs, and for a URL template.
pub(super) fn link_destination(url: &str) -> Option<String> {
    let start = url.get(..8.min(url.len())).unwrap_or_default();
    let start = start.to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:"]
        .into_iter()
        .find(|scheme| start.starts_with(scheme))?;
    if url.len() == scheme.len() || url.contains(['{', '}']) {
        return None;
    }
    let mut destination = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => destination.push(c),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '\'' | '*' | '+'
            | ',' | ';' | '=' | '%' => destination.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(destination, "%{byte:02X}");
                }
            }
        }
    }
    Some(destination)
}

/// The byte index at which the first URL in a text starts.
pub(super) fn find_url(text: &str) -> Option<usize> {
    text.match_indices("://").find_map(|(colon, _)| {
        let before = &text[..colon];
        let start = before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        matches!(before[start..].to_ascii_lowercase().as_str(), "http" | "https").then_some(start)
    })
}

/// The length in bytes of the URL at the start of a text. It ends before white space, and before punctuation that
/// belongs to the sentence.
pub(super) fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || c == HARD_BREAK || matches!(c, '<' | '>' | '"' | '`'))
        .unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '_']);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter.strip_suffix(']').unwrap_or(shorter),
        };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}
