//! Recognizes descriptions of error bodies. Pages describe the members of a body (`code`, `message`, `request_id`) in
//! lists and tables that look like those of error codes. The name of a member must not be read as a code.
//!
//! ```text
//! - `code`: the error code
//! - `request_id`: the ID of the request
//! ```

use super::block::Block;
use super::code::Shape;
use super::lenient_json;
use super::status;
use super::text::Text;
use serde_json::Value;
use std::collections::HashSet;

/// The most member names that are collected from the examples of a page.
const MAX_NAMES: usize = 1_000;
/// How many blocks before and after a list item are searched for items of the same list.
const MAX_LIST_BLOCKS: usize = 30;
/// How many columns of a table are searched for the types of members.
const MAX_COLUMNS: usize = 20;

/// Names that members of error bodies usually have.
const USUAL_NAMES: [&str; 22] = [
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

/// Collects the names of the members that the examples of a page have, except those of objects.
pub(super) fn member_names_of_examples(blocks: &[Block]) -> HashSet<String> {
    let mut names = HashSet::new();
    for block in blocks {
        let Block::Example(text) = block else {
            continue;
        };
        let text = text.as_str();
        if let Some(parsed) = text.find('{').and_then(|brace| lenient_json::parse(text, brace)) {
            collect_member_names(&parsed.value, &mut names);
        }
    }
    names
}

fn collect_member_names(value: &Value, names: &mut HashSet<String>) {
    if names.len() >= MAX_NAMES {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if !value.is_object() {
                    names.insert(name.clone());
                }
                collect_member_names(value, names);
            }
        }
        Value::Array(elements) => {
            for element in elements.iter().take(4) {
                collect_member_names(element, names);
            }
        }
        _ => {}
    }
}

/// Returns whether the list that contains the block at `at` describes the members of a body. It does if two of its items
/// begin with the usual name of a member as code or in bold, and no value follows the name.
pub(super) fn is_member_list(blocks: &[Block], at: usize) -> bool {
    let Some(Block::Item { depth, .. }) = blocks.get(at) else {
        return false;
    };
    let is_inside = |block: &&Block| match block {
        Block::Item { depth: other, .. } | Block::Paragraph { depth: other, .. } => other >= depth,
        _ => false,
    };
    let before = blocks[..at].iter().rev().take_while(is_inside);
    let after = blocks[at..].iter().take_while(is_inside);
    let describes_member = |block: &&Block| matches!(block, Block::Item { depth: other, text } if other == depth && begins_with_member_name(text));
    before
        .take(MAX_LIST_BLOCKS)
        .chain(after.take(MAX_LIST_BLOCKS))
        .filter(describes_member)
        .take(2)
        .count()
        == 2
}

fn begins_with_member_name(text: &Text) -> bool {
    let plain = text.as_str();
    let Some(name_range) = text.leading_styled_range() else {
        return false;
    };
    let path = plain[name_range.clone()].trim_end_matches(':');
    let name = path.rsplit('.').next().unwrap_or(path);
    let after = plain[name_range.end..].trim_start_matches([' ', ':', '-', '–', '—', '(', '=']);
    let next_word = after.split_whitespace().next().unwrap_or_default();
    let next_word = next_word.trim_matches(['`', '"', ',', '.', ')']);
    let has_value =
        status::parse_status(next_word).is_some() || Shape::of(next_word).is_some_and(Shape::is_distinctive);
    USUAL_NAMES.contains(&name) && !has_value
}

/// Returns whether a column of these rows holds the types of members, such as `string`.
pub(super) fn has_type_column(rows: &[Vec<Text>]) -> bool {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).min(MAX_COLUMNS);
    (0..columns).any(|column| {
        let mut filled = 0;
        let mut types = 0;
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            filled += usize::from(!cell.is_empty());
            types += usize::from(is_type_name(cell.as_str()));
        }
        types > 0 && types * 2 > filled
    })
}

/// Returns whether a text is the name that documentation gives to a type of JSON values.
fn is_type_name(text: &str) -> bool {
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
