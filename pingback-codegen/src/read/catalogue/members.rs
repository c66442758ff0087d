//! What the members of error bodies are called. Pages describe the body (`code`, `message`, `request_id`) in the
//! same lists and tables that list the codes elsewhere; what names a member is no code.

use super::block::Block;
use super::code;
use super::status;
use super::text::{Style, Text};
use super::tolerant;
use serde_json::Value;
use std::collections::HashSet;

/// As many names are kept.
const MOST: usize = 1_000;

/// Names that the members of error bodies have.
const USUAL: [&str; 22] = [
    "code",
    "error",
    "errors",
    "message",
    "type",
    "status",
    "detail",
    "details",
    "title",
    "name",
    "field",
    "param",
    "parameter",
    "path",
    "instance",
    "timestamp",
    "reason",
    "description",
    "error_code",
    "error_message",
    "request_id",
    "requestId",
];

/// The words by which documentation calls the types of values.
fn is_type(text: &str) -> bool {
    let text = text.trim().trim_end_matches("[]").to_ascii_lowercase();
    let text = text.split([' ', '<', '(', '|', ',']).next().unwrap_or_default();
    matches!(
        text,
        "string"
            | "str"
            | "integer"
            | "int"
            | "int32"
            | "int64"
            | "long"
            | "number"
            | "float"
            | "double"
            | "decimal"
            | "boolean"
            | "bool"
            | "object"
            | "array"
            | "map"
            | "list"
            | "enum"
            | "uuid"
            | "date"
            | "datetime"
            | "any"
    )
}

/// The names of members in the examples of a page, of those whose value is a scalar or a list.
pub(super) fn of_examples(blocks: &[Block]) -> HashSet<String> {
    let mut names = HashSet::new();
    for block in blocks {
        let Block::Example(text) = block else {
            continue;
        };
        let text = text.as_str();
        let Some(parsed) = text.find('{').and_then(|brace| tolerant::parse(text, brace)) else {
            continue;
        };
        let mut open = vec![&parsed.value];
        while let Some(value) = open.pop() {
            if names.len() >= MOST {
                return names;
            }
            match value {
                Value::Object(members) => {
                    for (name, value) in members {
                        if !value.is_object() {
                            names.insert(name.clone());
                        }
                        open.push(value);
                    }
                }
                Value::Array(elements) => open.extend(elements.iter().take(4)),
                _ => {}
            }
        }
    }
    names
}

/// Does the list that the item at `at` belongs to describe the members of a body? It does if two of its items begin
/// with the usual name of one, in small letters and set off, and say no value of it.
pub(super) fn is_list(blocks: &[Block], at: usize) -> bool {
    let Some(Block::Item { depth, .. }) = blocks.get(at) else {
        return false;
    };
    let same = |block: &&Block| matches!(block, Block::Item { depth: other, .. } if other == depth);
    let inside = |block: &&Block| match block {
        Block::Item { depth: other, .. } | Block::Paragraph { depth: other, .. } => other >= depth,
        _ => false,
    };
    let before = blocks[..at].iter().rev().take_while(inside).take(30);
    let after = blocks[at..].iter().take_while(inside).take(30);
    let named = before
        .chain(after)
        .filter(same)
        .filter(|block| matches!(block, Block::Item { text, .. } if names_member(text)));
    named.take(2).count() == 2
}

fn names_member(text: &Text) -> bool {
    let plain = text.as_str();
    let set = text
        .styled(Style::Code)
        .chain(text.styled(Style::Strong))
        .find(|range| range.start == 0);
    let Some(set) = set else {
        return false;
    };
    let name = plain[set.clone()].trim_end_matches(':');
    let name = name.rsplit('.').next().unwrap_or(name);
    let after = plain[set.end..].trim_start_matches([' ', ':', '-', '–', '—', '(', '=']);
    let value = after.split_whitespace().next().unwrap_or_default();
    let value = value.trim_matches(['`', '"', ',', '.', ')']);
    let is_value = status::status(value).is_some() || code::shape(value).is_some_and(code::Shape::is_telling);
    USUAL.contains(&name) && !is_value
}

/// Does a column of these rows tell the types of values?
pub(super) fn tell_types(rows: &[Vec<Text>]) -> bool {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).min(20);
    (0..columns).any(|column| {
        let mut filled = 0;
        let mut types = 0;
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            filled += usize::from(!cell.is_empty());
            types += usize::from(is_type(cell.as_str()));
        }
        types > 0 && types * 2 > filled
    })
}
