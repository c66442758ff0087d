//! Schemas without `type`: to JSON Schema they allow values of any type and only narrow down those of one, while
//! their authors nearly always mean that one. They are taken as meant, unless the document itself has a value of
//! another type at such a place. Bounds of numbers alone are left: whether integers are meant they do not say.

use super::super::reference::{self, Followed};
use super::super::tree::{Node, Pointer, Value};
use super::{Additional, JsonType, Schema, SchemaId, Schemas};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use std::collections::HashMap;

/// So many steps are taken from values to schemas and back in all.
const MOST_STEPS: usize = 2_000_000;

/// The only type that the keywords of a schema without `type` are about, with one of them.
fn about(schema: &Schema) -> Option<(JsonType, &'static str)> {
    let limits = &schema.constraints;
    let settled = !schema.types.is_empty()
        || schema.boolean.is_some()
        || schema.reference.is_some()
        || schema.enumeration.is_some()
        || !schema.all_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty();
    if settled {
        return None;
    }
    let keywords = [
        (JsonType::Object, "properties", !schema.properties.is_empty()),
        (JsonType::Object, "required", !schema.required.is_empty()),
        (
            JsonType::Object,
            "additionalProperties",
            !matches!(schema.additional, Additional::Unsaid | Additional::Any),
        ),
        (JsonType::Array, "items", schema.items.is_some()),
        (JsonType::Array, "prefixItems", !schema.prefix_items.is_empty()),
        (JsonType::Array, "minItems", limits.min_items.is_some()),
        (JsonType::Array, "maxItems", limits.max_items.is_some()),
        (JsonType::Array, "uniqueItems", schema.unique_items),
        (JsonType::String, "minLength", limits.min_length.is_some()),
        (JsonType::String, "maxLength", limits.max_length.is_some()),
        (JsonType::String, "pattern", limits.pattern.is_some()),
    ];
    let mut said = keywords.into_iter().filter(|(_, _, said)| *said);
    let (json_type, keyword, _) = said.next()?;
    said.all(|(other, _, _)| other == json_type)
        .then_some((json_type, keyword))
}

/// Is it one of several that hold of a value? Then another may say the type.
fn is_part(pointer: &Pointer) -> bool {
    ["/allOf/", "/anyOf/", "/oneOf/"].into_iter().any(|list| {
        pointer
            .0
            .rsplit_once(list)
            .is_some_and(|(_, rest)| !rest.contains('/'))
    })
}

/// Settles what schemas without `type` are taken as.
pub(super) fn settle(schemas: &mut Schemas, root: &Node, diagnostics: &mut Diagnostics) {
    let ids = || (0u32..).map(SchemaId);
    let untyped: HashMap<SchemaId, (JsonType, &'static str)> = ids()
        .zip(&schemas.list)
        .filter_map(|(id, schema)| Some((id, about(schema)?)))
        .collect();
    if untyped.is_empty() {
        return;
    }
    let mut evidence = Evidence {
        schemas,
        untyped: &untyped,
        left: MOST_STEPS,
        against: HashMap::new(),
    };
    for (id, schema) in ids().zip(&schemas.list) {
        evidence.collect(root, id, schema);
    }
    let against = evidence.against;

    let mut counts: Vec<(JsonType, &str, SchemaId, usize)> = Vec::new();
    for (id, schema) in ids().zip(&mut schemas.list) {
        let Some(&(json_type, keyword)) = untyped.get(&id) else {
            continue;
        };
        if let Some(value) = against.get(&id) {
            let taken = super::keywords::name(json_type);
            diagnostics.push(
                Diagnostic::new(rules::UNTYPED_VALUE, schema.span, &[&keyword, &taken])
                    .related(value.span, format!("{} here", value.noun())),
            );
            forget(schema, json_type);
            continue;
        }
        // `properties` leave no doubt.
        if json_type == JsonType::Object || is_part(&schema.pointer) {
            continue;
        }
        // The rest shows by itself what it is.
        if schema.items.is_none() && schema.prefix_items.is_empty() {
            schema.types.push(json_type);
        }
        match counts.iter_mut().find(|(known, ..)| *known == json_type) {
            Some((.., count)) => *count += 1,
            None => counts.push((json_type, keyword, id, 1)),
        }
    }
    for (json_type, keyword, first, count) in counts {
        let taken = super::keywords::name(json_type);
        diagnostics.report(rules::UNTYPED, schemas[first].span, &[&keyword, &taken, &count]);
    }
}

/// Leaves out what a schema says of values of that type.
fn forget(schema: &mut Schema, json_type: JsonType) {
    if json_type == JsonType::Array {
        schema.items = None;
        schema.prefix_items.clear();
    } else if json_type == JsonType::Object {
        schema.properties.clear();
        schema.required.clear();
        schema.additional = Additional::Unsaid;
    }
}

/// Values of the document that are not of the type which a schema without `type` is about.
struct Evidence<'s, 'a> {
    schemas: &'s Schemas,
    untyped: &'s HashMap<SchemaId, (JsonType, &'static str)>,
    left: usize,
    against: HashMap<SchemaId, &'a Node>,
}

impl<'a> Evidence<'_, 'a> {
    /// Looks at the examples and the default of a schema, and at the examples beside it in a media type.
    fn collect(&mut self, root: &'a Node, id: SchemaId, schema: &Schema) {
        if schema.default.is_some() || !schema.examples.is_empty() {
            let own = root.at(&schema.pointer);
            let member = |name| own.and_then(|node| node.get(name));
            let list = member("examples").and_then(Node::as_array).unwrap_or_default();
            for value in [member("default"), member("example")]
                .into_iter()
                .flatten()
                .chain(list)
            {
                self.walk(value, id);
            }
        }
        let Some(beside) = schema.pointer.0.strip_suffix("/schema") else {
            return;
        };
        // Other examples may be written as they travel, and so be texts.
        if !beside
            .rsplit_once('/')
            .is_some_and(|(above, _)| above.ends_with("/content"))
        {
            return;
        }
        let beside = Pointer(beside.to_owned());
        let Some(node) = root.at(&beside) else { return };
        if let Some(value) = node.get("example") {
            self.walk(value, id);
        }
        for name in node
            .get("examples")
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(|map| map.keys())
        {
            let at = beside.child("examples").child(name).child("value");
            if let Followed::To(_, value) = reference::place(root, &at) {
                self.walk(value, id);
            }
        }
    }

    /// Follows a value and what describes it, side by side. Branches of which a value may be another are left out.
    fn walk(&mut self, value: &'a Node, schema: SchemaId) {
        let mut open = vec![(value, schema)];
        while let Some((value, schema)) = open.pop() {
            for id in self.schemas.layers(schema) {
                let Some(left) = self.left.checked_sub(1) else {
                    return;
                };
                self.left = left;
                if let Some((json_type, _)) = self.untyped.get(&id)
                    && !is_of(value, *json_type)
                {
                    self.against.entry(id).or_insert(value);
                }
                let schema = &self.schemas[id];
                match &value.value {
                    Value::Object(members) => {
                        for (name, entry) in members {
                            let described = schema.properties.get(name).copied();
                            let additional = match schema.additional {
                                Additional::Schema(values) => Some(values),
                                _ => None,
                            };
                            open.extend(described.or(additional).map(|below| (&entry.node, below)));
                        }
                    }
                    Value::Array(items) => {
                        for (index, item) in items.iter().enumerate() {
                            let described = schema.prefix_items.get(index).copied().or(schema.items);
                            open.extend(described.map(|below| (item, below)));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

fn is_of(value: &Node, json_type: JsonType) -> bool {
    match &value.value {
        Value::Null => true,
        Value::Object(_) => json_type == JsonType::Object,
        Value::Array(_) => json_type == JsonType::Array,
        Value::String(_) => json_type == JsonType::String,
        Value::Number(_) => matches!(json_type, JsonType::Number | JsonType::Integer),
        Value::Bool(_) => json_type == JsonType::Boolean,
    }
}
