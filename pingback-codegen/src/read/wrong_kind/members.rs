//! The kind of an object whose place does not show it, by its members.

use super::super::object_kind::ObjectKind;
use super::super::tree::Node;

/// Keywords that only schemas have.
const SCHEMA_KEYWORDS: [&str; 8] = [
    "type",
    "properties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "additionalProperties",
];

/// The kind of `node` where an object of the kind `required` is expected: another kind only if its members leave no
/// doubt.
pub(in crate::read) fn kind_by_members(node: &Node, required: ObjectKind) -> ObjectKind {
    let has = |key: &str| node.get_non_null(key).is_some();
    if node.as_object().is_none() {
        return ObjectKind::Other;
    }
    let is_schema = SCHEMA_KEYWORDS.iter().any(|key| has(key));
    let is_parameter = has("name") && has("in");
    match required {
        ObjectKind::Response | ObjectKind::RequestBody if is_schema && !has("content") && !has("headers") => {
            ObjectKind::Schema
        }
        ObjectKind::MediaType if is_schema && !has("schema") && !has("example") && !has("examples") => {
            ObjectKind::Schema
        }
        // Swagger 2.0 has `type` in headers and parameters.
        ObjectKind::Header if is_schema && !has("schema") && !has("content") && !has("type") => {
            ObjectKind::Schema
        }
        ObjectKind::Schema if is_schema => required,
        ObjectKind::Schema if is_parameter && (has("schema") || has("content")) => ObjectKind::Parameter,
        ObjectKind::Schema if has_media_types(node) => ObjectKind::Response,
        ObjectKind::Schema
            if node
                .get("schema")
                .is_some_and(|schema| schema.as_object().is_some()) =>
        {
            ObjectKind::MediaType
        }
        _ => required,
    }
}

/// Whether the object has a `content` with media types.
pub(super) fn has_media_types(node: &Node) -> bool {
    let content = node.get("content").and_then(Node::as_object);
    content.is_some_and(|content| !content.is_empty() && content.keys().all(|key| key.contains('/')))
}
