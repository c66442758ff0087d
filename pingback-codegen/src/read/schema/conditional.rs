//! Finds the members of objects that only `if`, `then`, `else` or `dependentSchemas` describe.

use super::{Schema, SchemaId, Schemas};
use crate::read::tree::Pointer;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// How deep conditions, alternatives and references inside one another are followed.
const MAX_DEPTH: usize = 16;

/// The schemas of members by name. A member that only `if` describes has none.
type Members = IndexMap<String, Vec<SchemaId>>;

/// Sets [`Schema::conditional`] of all schemas. A member that several schemas describe gets a schema with these as
/// alternatives, which is added to the list.
pub(super) fn add_conditional_members(schemas: &mut Schemas) {
    let has_conditions = |schema: &Schema| schema.condition.is_some() || !schema.consequences.is_empty();
    if !schemas.list.iter().any(has_conditions) {
        return;
    }
    let mut alternatives = Alternatives::default();
    for id in (0u32..).map(SchemaId).take(schemas.list.len()) {
        let parts = schemas.with_all_of(id);
        if !parts.iter().any(|&part| has_conditions(&schemas[part])) {
            continue;
        }
        let mut members = Members::new();
        for &part in &parts {
            add_members_of_conditions(schemas, part, &mut Search::default(), &mut members);
        }
        let is_described = |name: &String| {
            parts
                .iter()
                .any(|&part| schemas[part].properties.contains_key(name))
        };
        members.retain(|name, _| !is_described(name));
        let conditional = members
            .into_iter()
            .map(|(name, described)| {
                let schema = alternatives.schema_of(schemas, (id, &name), described);
                (name, schema)
            })
            .collect();
        schemas.list[id.0 as usize].conditional = conditional;
    }
}

/// The schemas that were searched for members.
#[derive(Default)]
struct Search {
    visited: HashSet<SchemaId>,
    depth: usize,
}

/// Adds the members that the conditions of one schema describe.
fn add_members_of_conditions(schemas: &Schemas, id: SchemaId, search: &mut Search, members: &mut Members) {
    let schema = &schemas[id];
    if let Some(condition) = schema.condition {
        let mut tested = Members::new();
        add_members(schemas, condition, search, &mut tested);
        for name in tested.into_keys() {
            members.entry(name).or_default();
        }
    }
    for &consequence in &schema.consequences {
        add_members(schemas, consequence, search, members);
    }
}

/// Adds the members that a schema describes in any way.
fn add_members(schemas: &Schemas, id: SchemaId, search: &mut Search, members: &mut Members) {
    if search.depth > MAX_DEPTH {
        return;
    }
    search.depth += 1;
    for part in schemas.with_all_of(id) {
        if !search.visited.insert(part) {
            continue;
        }
        let schema = &schemas[part];
        let described = schema.properties.iter();
        for (name, &member) in described.filter(|(_, member)| schemas[**member].boolean != Some(false)) {
            members.entry(name.clone()).or_default().push(member);
        }
        for &branch in schema.one_of.iter().chain(&schema.any_of) {
            add_members(schemas, branch, search, members);
        }
        add_members_of_conditions(schemas, part, search, members);
    }
    search.depth -= 1;
}

/// The schemas with alternatives that were added.
#[derive(Default)]
struct Alternatives(HashMap<Vec<SchemaId>, SchemaId>);

impl Alternatives {
    /// The schema of the member `place` that is any of `described`. Any value is valid if there are none.
    fn schema_of(
        &mut self,
        schemas: &mut Schemas,
        (object, name): (SchemaId, &str),
        described: Vec<SchemaId>,
    ) -> SchemaId {
        if let [only] = described.as_slice() {
            return *only;
        }
        if let Some(&known) = self.0.get(&described) {
            return known;
        }
        let object = &schemas[object];
        let pointer = Pointer(object.pointer.0.clone()).child("properties").child(name);
        let mut schema = Schema::empty(pointer, object.span);
        schema.any_of.clone_from(&described);
        let id = SchemaId(u32::try_from(schemas.list.len()).unwrap_or(u32::MAX));
        schemas.list.push(schema);
        self.0.insert(described, id);
        id
    }
}
