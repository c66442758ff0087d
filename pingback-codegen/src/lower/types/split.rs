//! Which schemas are two types, one to send and one to receive, since a property somewhere below is
//! `readOnly` or `writeOnly`.

use super::shape::children;
use crate::read::schema::{SchemaId, Schemas};
use std::collections::HashSet;

/// `readOnly` and `writeOnly` of a property, said by itself, by what it refers to or by its `allOf`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Directions {
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

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
    // Both at once would leave nothing: then neither counts.
    if found.read_only && found.write_only {
        return Directions::default();
    }
    found
}

/// For each schema, whether it is two types.
pub(super) fn split(schemas: &Schemas) -> Vec<bool> {
    let count = schemas.list.len();
    let mut split = vec![false; count];
    let mut above: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut queue = Vec::new();
    for (index, schema) in (0u32..).zip(&schemas.list) {
        for below in children(schema).chain(schema.reference) {
            if let Some(list) = above.get_mut(below.0 as usize) {
                list.push(index);
            }
        }
        let direct = schema.properties.values().any(|&property| {
            let directions = directions(schemas, property);
            directions.read_only || directions.write_only
        });
        if direct {
            split[index as usize] = true;
            queue.push(index);
        }
    }
    while let Some(index) = queue.pop() {
        for &user in &above[index as usize] {
            if !std::mem::replace(&mut split[user as usize], true) {
                queue.push(user);
            }
        }
    }
    split
}
