//! Keywords that make no sense where they stand: reported once for all schemas with the same slip.

use super::{JsonType, Schema, SchemaId, Schemas};
use crate::diagnostic::{Diagnostics, rules};
use indexmap::IndexMap;

/// Formats of texts.
const OF_TEXTS: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "email",
    "idn-email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "url",
    "uri-reference",
    "byte",
    "binary",
    "password",
];
/// Formats of numbers, which texts have as well where numbers are written as such.
const OF_NUMBERS: &[&str] = &["int32", "int64", "uint32", "uint64", "float", "double"];

/// Reports what is the matter with the keywords of all schemas.
pub(super) fn report(schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let mut misfits: IndexMap<(String, JsonType), (SchemaId, usize)> = IndexMap::new();
    let mut patterns: IndexMap<(&str, &str), (SchemaId, usize)> = IndexMap::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
        if let Some((keyword, json_type)) = misfit(schema) {
            misfits.entry((keyword, json_type)).or_insert((id, 0)).1 += 1;
        }
        if let Some(pattern) = &schema.constraints.pattern
            && let Some(fault) = fault(pattern)
        {
            patterns.entry((pattern, fault)).or_insert((id, 0)).1 += 1;
        }
        if let Some(divisor) = &schema.constraints.multiple_of
            && divisor.as_f64() <= Some(0.0)
        {
            diagnostics.report(rules::MULTIPLE_OF, schema.span, &[divisor]);
        }
    }
    for ((keyword, json_type), (first, count)) in misfits {
        let json_type = super::keywords::name(json_type);
        diagnostics.report(
            rules::KEYWORD_MISMATCH,
            schemas[first].span,
            &[&keyword, &json_type, &count],
        );
    }
    for ((pattern, fault), (first, count)) in patterns {
        diagnostics.report(
            rules::BAD_PATTERN,
            schemas[first].span,
            &[&pattern, &fault, &count],
        );
    }
}

/// The first keyword that is about other values than those of the only type.
fn misfit(schema: &Schema) -> Option<(String, JsonType)> {
    let [json_type] = schema.types.as_slice() else {
        return None;
    };
    let number = matches!(json_type, JsonType::Integer | JsonType::Number);
    let text = *json_type == JsonType::String;
    let format = schema.format.as_deref().filter(|format| {
        OF_TEXTS.contains(format) && !text || OF_NUMBERS.contains(format) && !text && !number
    });
    if let Some(format) = format {
        return Some((format!("format: {format}"), *json_type));
    }
    let limits = &schema.constraints;
    let (list, object) = (*json_type == JsonType::Array, *json_type == JsonType::Object);
    let keywords = [
        ("minLength", limits.min_length.is_some() && !text),
        ("maxLength", limits.max_length.is_some() && !text),
        ("pattern", limits.pattern.is_some() && !text),
        ("minimum", limits.minimum.is_some() && !number),
        ("maximum", limits.maximum.is_some() && !number),
        ("multipleOf", limits.multiple_of.is_some() && !number),
        ("minItems", limits.min_items.is_some() && !list),
        ("maxItems", limits.max_items.is_some() && !list),
        ("minProperties", limits.min_properties.is_some() && !object),
        ("maxProperties", limits.max_properties.is_some() && !object),
    ];
    let (keyword, _) = keywords.into_iter().find(|(_, misfits)| *misfits)?;
    Some((keyword.to_owned(), *json_type))
}

/// What keeps a text from being a regular expression, as far as brackets and repetitions go: the rest differs between
/// those who read them.
pub(crate) fn fault(pattern: &str) -> Option<&'static str> {
    let mut chars = pattern.chars().peekable();
    let mut open = 0usize;
    // Is there something that could be repeated?
    let mut repeatable = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                if chars.next().is_none() {
                    return Some("it ends with a backslash");
                }
                repeatable = true;
            }
            '[' => {
                // A bracket that comes first stands for itself to some, and ends an empty class to others.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
                loop {
                    match chars.next() {
                        None => return Some("a `[` is not closed"),
                        Some('\\') => drop(chars.next()),
                        Some(']') => break,
                        Some(_) => {}
                    }
                }
                repeatable = true;
            }
            '(' => {
                open += 1;
                repeatable = false;
                // `(?:`, `(?=` and the like.
                chars.next_if_eq(&'?');
            }
            ')' => {
                let Some(less) = open.checked_sub(1) else {
                    return Some("a `)` closes nothing");
                };
                open = less;
                repeatable = true;
            }
            '*' | '+' | '?' if !repeatable => return Some("there is nothing to repeat"),
            '|' | '^' => repeatable = false,
            _ => repeatable = true,
        }
    }
    (open > 0).then_some("a `(` is not closed")
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn patterns_that_anybody_reads_have_no_fault() {
        for pattern in [
            "",
            "^$",
            "^[A-Z]{2}$",
            r"^(?!-)[a-z\-\]]+(?:\.[a-z]+)*?$",
            "a||b",
            r"\(",
            "[]a]",
            "[^]a]",
            "(?<name>a)+",
            "a{2,}?",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern_has_a_fault() {
        for pattern in ["(", "a)", "[a", "*.txt", "a\\", "(+a)", "a|*b"] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }
}
