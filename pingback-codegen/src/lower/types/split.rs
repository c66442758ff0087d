//! Finds the schemas that become two types, one to send and one to receive, since a property inside is `readOnly` or
//! `writeOnly`.

use super::shape::children;
use crate::read::schema::{SchemaId, Schemas};
use std::collections::HashSet;

/// Whether a property is `readOnly` or `writeOnly`, by its own schema, its `$ref` or its `allOf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Directions {
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

/// Whether a property is `readOnly` or `writeOnly`. A property that is both counts as neither: otherwise it
/// would never be transferred.
pub(super) fn directions(schemas: &Schemas, property: SchemaId) -> Directions {
    let mut found = Directions::default();
    let mut seen = HashSet::new();
    let mut stack = vec![property];
    while let Some(id) = stack.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = &schemas[id];
        found.read_only |= schema.read_only;
        found.write_only |= schema.write_only;
        stack.extend(schema.reference);
        stack.extend(&schema.all_of);
    }
    if found.read_only && found.write_only {
        return Directions::default();
    }
    found
}

/// For each schema, whether it becomes two types.
pub(super) fn split(schemas: &Schemas) -> Vec<bool> {
    let count = schemas.list.len();
    let mut is_split = vec![false; count];
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut pending = Vec::new();
    for (index, schema) in schemas.list.iter().enumerate() {
        for inner in children(schema).chain(schema.reference) {
            if let Some(users) = users.get_mut(inner.0 as usize) {
                users.push(index);
            }
        }
        let mut members = schema.properties.values().chain(schema.conditional.values());
        let has_direction = members.any(|&property| {
            let directions = directions(schemas, property);
            directions.read_only || directions.write_only
        });
        if has_direction {
            is_split[index] = true;
            pending.push(index);
        }
    }
    while let Some(index) = pending.pop() {
        for &user in &users[index] {
            if !std::mem::replace(&mut is_split[user], true) {
                pending.push(user);
            }
        }
    }
    is_split
}
