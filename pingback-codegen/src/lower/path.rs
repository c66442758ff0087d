//! Splits path templates into text and parameters.

use std::fmt::Write as _;

/// A part of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Text, percent-encoded where necessary.
    Literal(String),
    /// The name between braces.
    Parameter(String),
}

/// Splits a template. A fragment (`#...`) is left out, since it never reaches a server; a query (`?...`) stays in the
/// text. A brace without its counterpart is text.
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

/// Appends `text` to `out` and percent-encodes what RFC 3986 does not allow in a path or query. Existing escapes stay.
fn encode(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_allowed = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=:@/?".contains(&byte)
            || (byte == b'%'
                && bytes
                    .get(at + 1..at + 3)
                    .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)));
        if is_allowed {
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
    fn text_can_follow_a_parameter() {
        assert_eq!(shown("/a/{id}.json"), "[/a/]<id>[.json]");
    }

    #[test]
    fn a_fragment_is_left_out_but_a_name_may_contain_a_number_sign() {
        assert_eq!(shown("/a/{r#type}/{b}#c/{d}"), "[/a/]<r#type>[/]<b>");
    }

    #[test]
    fn parameters_can_be_adjacent() {
        assert_eq!(shown("/{a}{b}"), "[/]<a><b>");
    }

    #[test]
    fn a_query_stays_and_a_fragment_is_left_out() {
        assert_eq!(shown("/x?y=1#z"), "[/x?y=1]");
    }

    #[test]
    fn a_brace_without_its_counterpart_is_text() {
        assert_eq!(shown("/a{b/c}/{}"), "[/a%7Bb/c%7D/%7B%7D]");
    }

    #[test]
    fn text_is_encoded_once() {
        assert_eq!(shown("/ä b/%20"), "[/%C3%A4%20b/%20]");
    }
}
