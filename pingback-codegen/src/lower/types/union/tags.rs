//! The values of a discriminator that select the branches of a union.

use super::branch::Branch;
use crate::diagnostic::{Diagnostics, rules};
use crate::lower::types::branch_traits::BranchTraits;
use crate::lower::types::context::Context;
use crate::lower::types::implicit_tag::{implicit_tag, mapped_tag};
use crate::lower::types::intersection::Intersection;
use crate::lower::types::references::targets;
use crate::read::schema::{Discriminator, JsonType, SchemaId};
use serde_json::Value;

/// What the document says about the values that select a branch.
struct Tags {
    /// The keys of the mapping.
    mapped: Vec<Value>,
    /// The values that the branch allows.
    listed: Vec<Value>,
    /// The name of the branch's component.
    name: Option<String>,
    /// Whether the branch is a union itself. Its values are then those of its branches.
    is_union: bool,
}

/// For each branch, the values of the discriminator that select it: the keys of the mapping, then the values that only
/// this branch allows, then the name of its component.
pub(super) fn tags(
    context: &Context<'_>,
    discriminator: &Discriminator,
    branches: &[Branch],
    traits: &[BranchTraits],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Vec<Value>>> {
    let all: Vec<Tags> = branches
        .iter()
        .zip(traits)
        .map(|(branch, traits)| Tags::of(context, discriminator, branch, traits))
        .collect();
    for tags in &all {
        let is_allowed = |value| tags.listed.contains(value);
        if !tags.listed.is_empty() && !tags.mapped.is_empty() && !tags.mapped.iter().any(is_allowed) {
            let name = tags.name.clone().unwrap_or_default();
            let names: [&dyn std::fmt::Display; 2] = [&discriminator.property, &name];
            diagnostics.report(rules::DISCRIMINATOR_CONTRADICTED, discriminator.span, &names);
        }
    }
    let selecting = traits.iter().enumerate().map(|(index, traits)| {
        // Values of other types have no property that could name their branch.
        let is_object = traits.json.is_none_or(|json| json == JsonType::Object);
        is_object.then(|| selecting(&all, index))?
    });
    selecting.collect()
}

impl Tags {
    fn of(
        context: &Context<'_>,
        discriminator: &Discriminator,
        branch: &Branch,
        traits: &BranchTraits,
    ) -> Self {
        let schemas = context.schemas;
        let definitions: Vec<SchemaId> = branch
            .combined
            .iter()
            .flat_map(|&schema| targets(schemas, schema))
            .collect();
        let json = property_type(context, branch, &discriminator.property);
        let keys = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| targets(schemas, **target).any(|id| definitions.contains(&id)));
        let mut names = definitions.iter();
        Self {
            mapped: keys.map(|(key, _)| mapped_tag(key, json)).collect(),
            listed: traits
                .constants
                .get(&discriminator.property)
                .cloned()
                .unwrap_or_default(),
            name: names.find_map(|&id| context.inheritance.component_name(id)),
            is_union: !branch.merged.choices.is_empty(),
        }
    }
}

/// The JSON type of a property of the branch.
fn property_type(context: &Context<'_>, branch: &Branch, property: &str) -> Option<JsonType> {
    let schemas = branch.merged.properties.get(property)?;
    let merged = context.merger.merge(&Intersection::all(schemas.iter().copied()));
    merged.json_type()
}

/// The values that select the branch with that index.
fn selecting(all: &[Tags], index: usize) -> Option<Vec<Value>> {
    let own = &all[index];
    if own.is_union && own.mapped.is_empty() && !own.listed.is_empty() {
        return Some(own.listed.clone());
    }
    let others = || all.iter().enumerate().filter(move |(other, _)| *other != index);
    // A value that another branch is mapped to, or has as its only one, is the other's.
    let is_claimed = |value: &&Value| {
        let mut others = others();
        others.any(|(_, other)| {
            other.mapped.contains(value) || (own.listed.len() > 1 && other.listed == [(*value).clone()])
        })
    };
    let free: Vec<&Value> = own.listed.iter().filter(|value| !is_claimed(value)).collect();
    let is_shared = |value: &Value| others().any(|(_, other)| other.listed.contains(value));
    let alone = free
        .iter()
        .filter(|value| !is_shared(value))
        .map(|&value| value.clone());
    let mut tags = own.mapped.clone();
    tags.extend(alone.filter(|value| !own.mapped.contains(value)));
    if !own.mapped.is_empty() {
        return Some(tags);
    }
    // Some values are also those of other branches: the name decides.
    if tags.len() < own.listed.len() || own.listed.is_empty() {
        let by_name = own
            .name
            .as_deref()
            .and_then(|name| implicit_tag(name, &own.listed));
        let is_mapped = |value: &Value| others().any(|(_, other)| other.mapped.contains(value));
        tags.extend(by_name.filter(|value| !tags.contains(value) && !is_mapped(value)));
    }
    if tags.is_empty() {
        tags.extend(free.into_iter().cloned());
    }
    (!tags.is_empty()).then_some(tags)
}
