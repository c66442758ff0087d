//! Reads `allOf`, `anyOf`, `oneOf` and `discriminator`.

use super::super::tree::{Node, Value};
use super::references::PendingReference;
use super::{Discriminator, Schema, SchemaId, SchemaReader};
use indexmap::IndexMap;

pub(super) fn read_compositions<'a>(reader: &mut SchemaReader<'a>, node: &'a Node, schema: &mut Schema) {
    schema.all_of = reader.read_list(node, &schema.pointer, "allOf");
    schema.any_of = read_branches(reader, node, schema, "anyOf");
    schema.one_of = read_branches(reader, node, schema, "oneOf");
}

/// Reads the branches of a union. Those that only allow `null` make the schema nullable instead.
fn read_branches<'a>(
    reader: &mut SchemaReader<'a>,
    node: &'a Node,
    schema: &mut Schema,
    key: &str,
) -> Vec<SchemaId> {
    let mut branches = reader.read_list(node, &schema.pointer, key);
    let all = branches.len();
    branches.retain(|id| !reader.schemas[*id].is_null());
    if branches.len() < all {
        schema.nullable = true;
        if branches.is_empty() {
            schema.enumeration = Some(Vec::new());
        }
    }
    branches
}

pub(super) fn read_discriminator<'a>(
    reader: &mut SchemaReader<'a>,
    node: &'a Node,
    id: SchemaId,
    schema: &mut Schema,
) {
    let Some(value) = node.get_non_null("discriminator") else {
        return;
    };
    let Some(property) = read_property_name(reader, value) else {
        return;
    };
    for (name, entry) in reader.members.map(value, "mapping") {
        match entry.node.as_str() {
            Some(text) => reader.pending.push_back(PendingReference::Mapping {
                from: id,
                value: name,
                text,
                span: entry.node.span,
            }),
            None => reader.members.report_wrong_type(name, "a string", &entry.node),
        }
    }
    schema.discriminator = Some(Discriminator {
        property,
        mapping: IndexMap::new(),
        span: value.span,
    });
}

fn read_property_name(reader: &mut SchemaReader<'_>, discriminator: &Node) -> Option<String> {
    const MEMBERS: [&str; 3] = ["propertyName", "mapping", "defaultMapping"];
    let members = &mut reader.members;
    match &discriminator.value {
        // The form of Swagger 2.0.
        Value::String(property) => {
            let converted = format!("propertyName: {property}");
            members.report_coerced("discriminator", "a mapping", discriminator, &converted);
            Some(property.clone())
        }
        Value::Object(_) => {
            members.report_unknown_members(discriminator, "a discriminator", &MEMBERS);
            members.required_string(discriminator, "a discriminator", "propertyName")
        }
        _ => {
            members.report_wrong_type("discriminator", "a mapping", discriminator);
            None
        }
    }
}
