//! A path template in, its parts out. Knows nothing of parameters but their names.

use std::fmt::Write as _;

/// A part of a template, with the name of a parameter as it stands between the braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Text, percent-encoded where it has to be.
    Literal(String),
    /// `{name}`.
    Parameter(String),
}

/// A template in parts. What follows a `#` never reaches a server and is left out; a `?` and what follows it
/// stay in the text. A brace without its partner is text.
pub(super) fn parse(template: &str) -> Vec<Part> {
    let mut rest = template;
    let mut parts = Vec::new();
    let mut literal = String::new();
    while let Some(open) = rest.find('{').filter(|&open| !rest[..open].contains('#')) {
        let name = rest[open + 1..].split_once('}').map(|(name, _)| name);
        let Some(name) = name.filter(|name| !name.is_empty() && !name.contains(['{', '/'])) else {
            encode(&rest[..=open], &mut literal);
            rest = &rest[open + 1..];
            continue;
        };
        encode(&rest[..open], &mut literal);
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal)));
        }
        parts.push(Part::Parameter(name.to_owned()));
        rest = &rest[open + name.len() + 2..];
    }
    encode(rest.split('#').next().unwrap_or_default(), &mut literal);
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    parts
}

/// Adds `text` with everything percent-encoded that RFC 3986 doesn't allow in a path or query. An escape that
/// is already there stays.
fn encode(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let kept = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=:@/?".contains(&byte)
            || (byte == b'%'
                && bytes
                    .get(at + 1..at + 3)
                    .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)));
        if kept {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str) -> String {
        parse(template)
            .into_iter()
            .map(|part| match part {
                Part::Literal(text) => format!("[{text}]"),
                Part::Parameter(name) => format!("<{name}>"),
            })
            .collect()
    }

    #[test]
    fn text_may_follow_a_parameter() {
        assert_eq!(shown("/a/{id}.json"), "[/a/]<id>[.json]");
    }

    #[test]
    fn a_fragment_is_left_out_but_a_name_may_hold_its_mark() {
        assert_eq!(shown("/a/{r#type}/{b}#c/{d}"), "[/a/]<r#type>[/]<b>");
    }

    #[test]
    fn parameters_may_touch() {
        assert_eq!(shown("/{a}{b}"), "[/]<a><b>");
    }

    #[test]
    fn a_query_stays_and_a_fragment_goes() {
        assert_eq!(shown("/x?y=1#z"), "[/x?y=1]");
    }

    #[test]
    fn a_brace_without_its_partner_is_text() {
        assert_eq!(shown("/a{b/c}/{}"), "[/a%7Bb/c%7D/%7B%7D]");
    }

    #[test]
    fn text_is_encoded_once() {
        assert_eq!(shown("/ä b/%20"), "[/%C3%A4%20b/%20]");
    }
}
