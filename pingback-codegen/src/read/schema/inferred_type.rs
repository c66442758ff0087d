//! Infers the type of schemas without `type`. JSON Schema allows values of any type there and applies each keyword to the
//! values of one type, but most authors intend only that type. It is inferred unless the document itself gives a value of
//! another type. Bounds alone leave open whether integers are meant, so nothing is inferred from them.

use super::super::reference::{Resolved, locate};
use super::super::tree::{Node, Pointer, Value};
use super::{Additional, JsonType, Schema, SchemaId, Schemas};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use std::collections::HashMap;

/// How many pairs of a value and a schema are compared at most.
const MAX_COMPARISONS: usize = 2_000_000;

/// The type that the keywords of a schema without `type` imply, and one of these keywords.
type Implied = (JsonType, &'static str);

/// Infers types for all schemas without `type`, and reports them.
pub(super) fn infer_types(schemas: &mut Schemas, root: &Node, diagnostics: &mut Diagnostics) {
    let implied: HashMap<SchemaId, Implied> = schemas
        .iter()
        .filter_map(|(id, schema)| Some((id, implied_type(schema)?)))
        .collect();
    if implied.is_empty() {
        return;
    }
    let counterexamples = counterexamples(schemas, &implied, root);
    let mut inferred: Vec<Inferred> = Vec::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&mut schemas.list) {
        let Some(&(json_type, keyword)) = implied.get(&id) else {
            continue;
        };
        if let Some(value) = counterexamples.get(&id) {
            diagnostics.push(
                Diagnostic::new(rules::UNTYPED_VALUE, schema.span, &[&keyword, &json_type.name()])
                    .related(value.span, format!("{} here", value.type_name())),
            );
            remove_keywords_of(schema, json_type);
            continue;
        }
        // `properties` leaves no doubt, and another part of a composition may have the type.
        if json_type == JsonType::Object || is_in_composition(&schema.pointer) {
            continue;
        }
        // Lowering recognizes an array by its items.
        if schema.items.is_none() && schema.prefix_items.is_empty() {
            schema.types.push(json_type);
            schema.has_inferred_type = true;
        }
        match inferred.iter_mut().find(|known| known.json_type == json_type) {
            Some(known) => known.count += 1,
            None => inferred.push(Inferred {
                json_type,
                keyword,
                first: id,
                count: 1,
            }),
        }
    }
    for Inferred {
        json_type,
        keyword,
        first,
        count,
    } in inferred
    {
        let args: [&dyn std::fmt::Display; 3] = [&keyword, &json_type.name(), &count];
        diagnostics.report(rules::UNTYPED, schemas[first].span, &args);
    }
}

/// The schemas for which one type was inferred.
struct Inferred {
    json_type: JsonType,
    /// The keyword of the first schema.
    keyword: &'static str,
    first: SchemaId,
    count: usize,
}

fn implied_type(schema: &Schema) -> Option<Implied> {
    let has_other_definition = !schema.types.is_empty()
        || schema.boolean.is_some()
        || schema.reference.is_some()
        || schema.enumeration.is_some()
        || !schema.all_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty();
    if has_other_definition {
        return None;
    }
    let limits = &schema.constraints;
    let has_additional = !matches!(schema.additional, Additional::Unspecified | Additional::Any);
    let keywords = [
        (JsonType::Object, "properties", !schema.properties.is_empty()),
        (JsonType::Object, "required", !schema.required.is_empty()),
        (JsonType::Object, "additionalProperties", has_additional),
        (JsonType::Array, "items", schema.items.is_some()),
        (JsonType::Array, "prefixItems", !schema.prefix_items.is_empty()),
        (JsonType::Array, "minItems", limits.min_items.is_some()),
        (JsonType::Array, "maxItems", limits.max_items.is_some()),
        (JsonType::Array, "uniqueItems", schema.unique_items),
        (JsonType::String, "minLength", limits.min_length.is_some()),
        (JsonType::String, "maxLength", limits.max_length.is_some()),
        (JsonType::String, "pattern", limits.pattern.is_some()),
    ];
    let mut present = keywords.into_iter().filter(|(_, _, is_present)| *is_present);
    let (json_type, keyword, _) = present.next()?;
    present
        .all(|(other, _, _)| other == json_type)
        .then_some((json_type, keyword))
}

/// Whether the schema is an element of `allOf`, `anyOf` or `oneOf`.
fn is_in_composition(pointer: &Pointer) -> bool {
    ["/allOf/", "/anyOf/", "/oneOf/"].into_iter().any(|list| {
        let index = pointer.0.rsplit_once(list).map(|(_, index)| index);
        index.is_some_and(|index| !index.contains('/'))
    })
}

/// Removes the keywords that apply to values of one type.
fn remove_keywords_of(schema: &mut Schema, json_type: JsonType) {
    if json_type == JsonType::Array {
        schema.items = None;
        schema.prefix_items.clear();
    } else if json_type == JsonType::Object {
        schema.properties.clear();
        schema.required.clear();
        schema.additional = Additional::Unspecified;
    }
}

/// For each schema whose examples or defaults contain a value of another type than the implied one, the first such
/// value.
fn counterexamples<'a>(
    schemas: &Schemas,
    implied: &HashMap<SchemaId, Implied>,
    root: &'a Node,
) -> HashMap<SchemaId, &'a Node> {
    let mut search = Search {
        schemas,
        implied,
        comparisons_left: MAX_COMPARISONS,
        found: HashMap::new(),
    };
    for (id, schema) in schemas.iter() {
        for value in values_of(root, schema) {
            search.compare(value, id);
        }
    }
    search.found
}

/// The default and the examples of a schema, and the examples next to it in a media type.
fn values_of<'a>(root: &'a Node, schema: &Schema) -> Vec<&'a Node> {
    let mut values = Vec::new();
    if (schema.default.is_some() || !schema.examples.is_empty())
        && let Some(node) = root.at(&schema.pointer)
    {
        values.extend(node.get("default"));
        values.extend(node.get("example"));
        values.extend(node.get("examples").and_then(Node::as_array).unwrap_or_default());
    }
    // The examples of a parameter may be given in serialized form, so only those of a media type count.
    let Some(parent) = schema.pointer.0.strip_suffix("/schema") else {
        return values;
    };
    let is_media_type = parent
        .rsplit_once('/')
        .is_some_and(|(parent, _)| parent.ends_with("/content"));
    let parent = Pointer(parent.to_owned());
    if let Some(media_type) = root.at(&parent).filter(|_| is_media_type) {
        values.extend(media_type.get("example"));
        let examples = media_type.get("examples").and_then(Node::as_object);
        for name in examples.into_iter().flat_map(|examples| examples.keys()) {
            let value = parent.child("examples").child(name).child("value");
            if let Resolved::Found(_, value) = locate(root, &value) {
                values.push(value);
            }
        }
    }
    values
}

struct Search<'s, 'a> {
    schemas: &'s Schemas,
    implied: &'s HashMap<SchemaId, Implied>,
    comparisons_left: usize,
    found: HashMap<SchemaId, &'a Node>,
}

impl<'a> Search<'_, 'a> {
    /// Compares a value and everything in it with the schemas that apply. Branches of `anyOf` and `oneOf` are left out,
    /// since the value need not match each of them.
    fn compare(&mut self, value: &'a Node, schema: SchemaId) {
        let mut open = vec![(value, schema)];
        while let Some((value, schema)) = open.pop() {
            for id in self.schemas.with_all_of(schema) {
                let Some(left) = self.comparisons_left.checked_sub(1) else {
                    return;
                };
                self.comparisons_left = left;
                if let Some((json_type, _)) = self.implied.get(&id)
                    && !is_of_type(value, *json_type)
                {
                    self.found.entry(id).or_insert(value);
                }
                push_inner_values(value, &self.schemas[id], &mut open);
            }
        }
    }
}

/// Adds the members or elements of a value that a schema describes.
fn push_inner_values<'a>(value: &'a Node, schema: &Schema, open: &mut Vec<(&'a Node, SchemaId)>) {
    match &value.value {
        Value::Object(members) => {
            let additional = match schema.additional {
                Additional::Schema(values) => Some(values),
                _ => None,
            };
            for (name, entry) in members {
                let property = schema.properties.get(name).copied().or(additional);
                open.extend(property.map(|property| (&entry.node, property)));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let schema = schema.prefix_items.get(index).copied().or(schema.items);
                open.extend(schema.map(|schema| (item, schema)));
            }
        }
        _ => {}
    }
}

/// Whether a value is `null` or of the type. Here integers and other numbers are not distinguished.
fn is_of_type(value: &Node, json_type: JsonType) -> bool {
    match &value.value {
        Value::Null => true,
        Value::Object(_) => json_type == JsonType::Object,
        Value::Array(_) => json_type == JsonType::Array,
        Value::String(_) => json_type == JsonType::String,
        Value::Number(_) => matches!(json_type, JsonType::Number | JsonType::Integer),
        Value::Bool(_) => json_type == JsonType::Boolean,
    }
}
