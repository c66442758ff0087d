//! Splits documented messages into text and parameters: `Invalid label '{id}'` has a parameter `id`.

use crate::model::MessagePart;

/// The longest name of a parameter.
const LONGEST: usize = 64;

/// The parts of a message with parameters; `None` if it has none, or if two are adjacent, since the end of the first
/// value is then unknown.
pub(super) fn parts(message: &str) -> Option<Vec<MessagePart>> {
    let mut parts: Vec<MessagePart> = Vec::new();
    let mut text = String::new();
    let mut rest = message;
    while let Some(first) = rest.chars().next() {
        if let Some((name, width)) = parameter(rest, message) {
            if text.is_empty() {
                if let Some(MessagePart::Parameter(_)) = parts.last() {
                    return None;
                }
            } else {
                parts.push(MessagePart::Text(std::mem::take(&mut text)));
            }
            parts.push(MessagePart::Parameter(name.to_owned()));
            rest = &rest[width..];
        } else {
            text.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    if parts.is_empty() {
        return None;
    }
    if !text.is_empty() {
        parts.push(MessagePart::Text(text));
    }
    Some(parts)
}

/// The parameter at the beginning of `rest`: its name, and its length with the brackets.
fn parameter<'t>(rest: &'t str, message: &str) -> Option<(&'t str, usize)> {
    const BRACKETS: [(&str, &str); 5] = [("{{", "}}"), ("${", "}"), ("%{", "}"), ("{", "}"), ("<", ">")];
    BRACKETS.iter().find_map(|(open, close)| {
        let inner = rest.strip_prefix(open)?;
        let end = inner.find(close).filter(|end| *end <= LONGEST)?;
        let name = inner[..end].trim();
        let is_tag =
            *open == "<" && (message.contains(&format!("</{name}")) || !name.contains(['_', '-', ' ']));
        (is_name(name) && !is_tag).then_some((name, open.len() + end + close.len()))
    })
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && name.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(message: &str) -> String {
        let parts = parts(message).unwrap_or_default();
        let shown = parts.iter().map(|part| match part {
            MessagePart::Text(text) => format!("{text:?}"),
            MessagePart::Parameter(name) => name.clone(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn text_around_a_parameter_is_unchanged() {
        assert_eq!(shown("Invalid label '{id}'"), r#""Invalid label '" id "'""#);
        assert_eq!(shown("'{a_b}' is no {c}"), r#""'" a_b "' is no " c"#);
        assert_eq!(shown("${a}: {{ b }} and %{c}"), r#"a ": " b " and " c"#);
        assert_eq!(shown("Missing <field_name>"), r#""Missing " field_name"#);
    }

    #[test]
    fn other_brackets_are_text() {
        for message in [
            "{}",
            "{\"a\":1}",
            "a < b > c",
            "<b_x>bold</b_x>",
            "use <b>",
            "{unclosed",
            "",
            "{a}{b}",
        ] {
            assert_eq!(parts(message), None, "{message}");
        }
    }
}
