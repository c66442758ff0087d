//! Finds the schemas that apply to one value.

use crate::MAX_REFERENCES;
use crate::rng::Rng;
use indexmap::IndexSet;
use pingback_codegen::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use serde_json::Value;

/// Schemas that a value has to satisfy, all of them at once.
pub(crate) struct Applicable<'a> {
    pub(crate) schemas: Vec<&'a Schema>,
    /// Discriminator properties, with the value that selects the chosen branch.
    pub(crate) tags: Vec<(&'a str, Value)>,
}

impl<'a> Applicable<'a> {
    /// Follows references and `allOf` from `roots`, and chooses one branch of each `oneOf` and `anyOf` at random.
    /// `None` if one of the schemas is `false`.
    pub(crate) fn choose(schemas: &'a Schemas, roots: &[SchemaId], rng: &mut Rng) -> Option<Self> {
        let mut applicable = Self {
            schemas: Vec::new(),
            tags: Vec::new(),
        };
        let mut visited: IndexSet<SchemaId> = IndexSet::new();
        let mut open: Vec<SchemaId> = roots.iter().rev().copied().collect();
        let mut unions: Vec<SchemaId> = Vec::new();
        loop {
            while let Some(id) = open.pop() {
                if !visited.insert(id) {
                    continue;
                }
                let schema = &schemas[id];
                if schema.boolean == Some(false) {
                    return None;
                }
                applicable.schemas.push(schema);
                open.extend(schema.all_of.iter().rev());
                open.extend(schema.reference);
                if !schema.any_of.is_empty() || !schema.one_of.is_empty() {
                    unions.push(id);
                }
            }
            let Some(union) = unions.pop() else {
                return Some(applicable);
            };
            for branches in [&schemas[union].one_of, &schemas[union].any_of] {
                if let Some(branch) = applicable.choose_branch(schemas, union, branches, &visited, rng) {
                    open.push(branch);
                    applicable.tags.extend(tag(schemas, &schemas[union], branch));
                }
            }
        }
    }

    /// Chooses one of the branches that agree with the values known so far; `None` if one applies already.
    fn choose_branch(
        &self,
        schemas: &Schemas,
        union: SchemaId,
        branches: &[SchemaId],
        visited: &IndexSet<SchemaId>,
        rng: &mut Rng,
    ) -> Option<SchemaId> {
        // With `Cat: allOf [Pet]` and `Pet: oneOf [Cat, Dog]`, a value of `Cat` has its branch of `Pet`.
        let applies = |&branch: &SchemaId| {
            reference_chain(schemas, branch).any(|target| target != union && visited.contains(&target))
        };
        if branches.iter().any(applies) {
            return None;
        }
        let known = self.enum_values();
        let agrees = |&branch: &SchemaId| {
            known.as_deref().is_none_or(|known| {
                reference_chain(schemas, branch).all(|target| allows_any(&schemas[target], known))
            })
        };
        let is_more_than_null = |branch: &SchemaId| !schemas[*branch].is_or_null();
        let branches = branches.iter().copied().filter(is_more_than_null);
        let branches: Vec<SchemaId> = branches.filter(agrees).collect();
        rng.pick(&branches).copied()
    }

    /// The values that all `enum`s list; `None` if there is no `enum`.
    pub(crate) fn enum_values(&self) -> Option<Vec<Value>> {
        let mut lists = self
            .schemas
            .iter()
            .filter_map(|schema| schema.enumeration.as_ref());
        let mut values: Vec<Value> = lists
            .next()?
            .iter()
            .map(|literal| literal.value.clone())
            .collect();
        for list in lists {
            values.retain(|value| list.iter().any(|literal| literal.value == *value));
        }
        // Some documents list strings beside `type: integer`; such values are invalid.
        if let Some(types) = json_types(&self.schemas).filter(|types| !types.is_empty()) {
            values.retain(|value| types.iter().any(|&json_type| has_type(value, json_type)));
        }
        Some(values)
    }
}

/// A schema, the schema that it refers to, and so on.
fn reference_chain(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    std::iter::successors(Some(id), |&id| schemas[id].reference).take(MAX_REFERENCES)
}

/// The discriminator property of `union`, and its value for `branch`.
fn tag<'a>(schemas: &Schemas, union: &'a Schema, branch: SchemaId) -> Option<(&'a str, Value)> {
    let discriminator = union.discriminator.as_ref()?;
    let targets: Vec<SchemaId> = reference_chain(schemas, branch).collect();
    let mapped = discriminator
        .mapping
        .iter()
        .find(|(_, target)| reference_chain(schemas, **target).any(|target| targets.contains(&target)))
        .map(|(value, _)| value.clone());
    let component_name = || {
        targets.iter().find_map(|&target| {
            let pointer = &schemas[target].pointer;
            let name = pointer.0.strip_prefix("/components/schemas/")?;
            if name.contains('/') {
                return None;
            }
            pointer.segments().last()
        })
    };
    let value = mapped.or_else(component_name)?;
    Some((&discriminator.property, Value::String(value)))
}

/// Whether a schema allows `null`. Follows at most `max_depth` schemas.
pub(crate) fn allows_null(schemas: &Schemas, id: SchemaId, max_depth: usize) -> bool {
    let schema = &schemas[id];
    let Some(max_depth) = max_depth.checked_sub(1) else {
        return false;
    };
    if schema.nullable {
        return true;
    }
    let unrestricted =
        schema.types.is_empty() && schema.enumeration.is_none() && schema.boolean != Some(false);
    let all = |list: &[SchemaId]| list.iter().all(|&id| allows_null(schemas, id, max_depth));
    let any =
        |list: &[SchemaId]| list.is_empty() || list.iter().any(|&id| allows_null(schemas, id, max_depth));
    // A schema without `type` that has `properties` or `items` is meant for objects or arrays.
    let any_type = json_types(&[schema]).is_some_and(|types| types.is_empty());
    unrestricted
        && any_type
        && schema
            .reference
            .is_none_or(|id| allows_null(schemas, id, max_depth))
        && (all(&schema.all_of) || schema.all_of.iter().any(|&part| schemas[part].is_or_null()))
        && any(&schema.any_of)
        && any(&schema.one_of)
}

/// Whether the schema has no `enum`, or one that lists one of `values`.
fn allows_any(schema: &Schema, values: &[Value]) -> bool {
    let list = schema.enumeration.as_ref();
    list.is_none_or(|list| list.iter().any(|literal| values.contains(&literal.value)))
}

fn has_type(value: &Value, json_type: JsonType) -> bool {
    match json_type {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

/// The types that all schemas allow: those of `type`, or else the one that the other keywords are for. Empty if any
/// type is allowed, `None` if no type is.
pub(crate) fn json_types(schemas: &[&Schema]) -> Option<Vec<JsonType>> {
    let mut lists = schemas
        .iter()
        .map(|schema| &schema.types)
        .filter(|types| !types.is_empty());
    let Some(first) = lists.next() else {
        return Some(implied_types(schemas));
    };
    let types = lists.fold(first.clone(), |types, list| intersect(&types, list));
    (!types.is_empty()).then_some(types)
}

fn intersect(types: &[JsonType], others: &[JsonType]) -> Vec<JsonType> {
    let common = types.iter().filter_map(|&json_type| match json_type {
        _ if others.contains(&json_type) => Some(json_type),
        JsonType::Number if others.contains(&JsonType::Integer) => Some(JsonType::Integer),
        JsonType::Integer if others.contains(&JsonType::Number) => Some(JsonType::Integer),
        _ => None,
    });
    common.collect()
}

/// The type that keywords such as `properties` are for; empty if there are none.
fn implied_types(schemas: &[&Schema]) -> Vec<JsonType> {
    let is_for_objects = |schema: &&Schema| {
        !schema.properties.is_empty()
            || !schema.required.is_empty()
            || !matches!(schema.additional, Additional::Unspecified | Additional::Any)
    };
    let is_for_arrays = |schema: &&Schema| schema.items.is_some() || !schema.prefix_items.is_empty();
    if schemas.iter().any(is_for_objects) {
        vec![JsonType::Object]
    } else if schemas.iter().any(is_for_arrays) {
        vec![JsonType::Array]
    } else {
        Vec::new()
    }
}
