//! Removes characters from a text that a doc comment must not contain.

/// Marks a hard line break in text that is being written. The text itself has no control characters.
pub(super) const HARD_BREAK: char = '\u{1}';

/// Removes control characters, invisible characters, and characters that change the direction of the text (rustc
/// rejects the last). Every kind of line break becomes `\n`, and a tab four spaces.
pub(super) fn remove_unsafe_characters(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                safe.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => safe.push('\n'),
            '\t' => safe.push_str("    "),
            '\u{b}' | '\u{c}' => safe.push(' '),
            '\n' => safe.push(c),
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            _ if c.is_control() => {}
            _ => safe.push(c),
        }
    }
    safe
}
