//! Reads `type`, `nullable` and `format`.

use super::super::members::MemberReader;
use super::super::tree::{Node, Value};
use super::{JsonType, Schema};
use crate::diagnostic::rules;

/// The specification that a document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 or later.
    V31,
}

impl Version {
    /// The version of a document.
    pub(super) fn of(root: &Node) -> Self {
        match root.get("openapi").map(Node::to_json) {
            Some(version) if version.to_string().trim_matches('"').starts_with("3.0") => Self::V30,
            _ => Self::V31,
        }
    }
}

pub(super) fn read_types(members: &mut MemberReader<'_>, node: &Node, version: Version, schema: &mut Schema) {
    schema.format = members.string(node, "format");
    schema.nullable =
        members.is_true(node, "nullable") || node.get("x-nullable").and_then(Node::as_bool) == Some(true);
    let Some(value) = node.get("type") else {
        return;
    };
    if value.is_null() && (version == Version::V30 || has_other_values(node)) {
        members.report(rules::NULL_KEYWORD, value, &[&"type", &"it counts as absent"]);
        return;
    }
    if value.is_null() {
        members.report(rules::NULL_KEYWORD, value, &[&"type", &"it is read as `'null'`"]);
    }
    let names = match &value.value {
        Value::Array(names) => names.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut is_only_null = true;
    for name in names {
        // An unquoted `null` in YAML is not a string.
        if name.is_null() || name.as_str() == Some("null") {
            schema.nullable = true;
            continue;
        }
        is_only_null = false;
        let Some(text) = name.as_str() else {
            members.report_wrong_type("type", "a string", name);
            continue;
        };
        let json_type = JsonType::from_name(text).or_else(|| unknown_type(members, text, name, schema));
        if let Some(json_type) = json_type
            && !schema.types.contains(&json_type)
        {
            schema.types.push(json_type);
        }
    }
    if is_only_null && schema.nullable {
        schema.enumeration = Some(Vec::new());
    }
}

/// Keywords that do not affect which values are valid.
const ANNOTATIONS: [&str; 15] = [
    "type",
    "nullable",
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
    "$schema",
    "$id",
    "$anchor",
    "$defs",
    "definitions",
];

/// Whether keywords beside `type` allow values other than `null`. A keyword that is null counts as absent.
fn has_other_values(node: &Node) -> bool {
    let mut keywords = node.as_object().into_iter().flatten();
    keywords.any(|(key, entry)| {
        let is_annotation = key.starts_with("x-") || ANNOTATIONS.contains(&key.as_str());
        !is_annotation && !entry.node.is_null()
    })
}

/// Reports a type that JSON Schema does not have. Returns the type that is probably meant.
fn unknown_type(
    members: &mut MemberReader<'_>,
    text: &str,
    node: &Node,
    schema: &mut Schema,
) -> Option<JsonType> {
    let lower = text.to_lowercase();
    let meant = JsonType::from_name(&lower).or(match lower.as_str() {
        "int" | "int32" | "int64" | "long" => Some(JsonType::Integer),
        "float" | "double" | "decimal" => Some(JsonType::Number),
        "bool" => Some(JsonType::Boolean),
        "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "file" => Some(JsonType::String),
        "map" | "dict" => Some(JsonType::Object),
        "list" => Some(JsonType::Array),
        _ => None,
    });
    if lower == "file" && schema.format.is_none() {
        schema.format = Some("binary".to_owned());
    }
    let consequence = match meant {
        Some(meant) => format!("it is read as `{}`", meant.name()),
        None => "any value is allowed".to_owned(),
    };
    members.report(rules::UNKNOWN_TYPE, node, &[&text, &consequence]);
    meant
}
