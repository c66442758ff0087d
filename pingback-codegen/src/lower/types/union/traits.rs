//! Finds the properties that all values of a branch have in common.

use super::branch::{Branch, BranchType};
use crate::lower::types::branch_traits::BranchTraits;
use crate::lower::types::context::Context;
use crate::lower::types::enumeration;
use crate::lower::types::equivalent::referenced_component;
use crate::lower::types::intersection::Intersection;
use crate::lower::types::merge::Merged;
use crate::lower::types::references::targets;
use crate::lower::types::split;
use crate::model::Type;
use crate::read::schema::{JsonType, SchemaId};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// The most schemas that are searched for the common properties of a branch's values.
const MAX_SEARCHED: usize = 512;

/// The traits of a branch. Those of components are cached.
pub(super) fn branch_traits(context: &Context<'_>, branch: &Branch) -> BranchTraits {
    let component = match &branch.content {
        BranchType::Schemas(intersection) if intersection.single().is_some() => {
            referenced_component(context, intersection)
        }
        _ => None,
    };
    let Some(component) = component else {
        return find_traits(context, branch);
    };
    if let Some(cached) = context.branch_traits.borrow().get(&component) {
        return cached.clone();
    }
    let traits = find_traits(context, branch);
    context
        .branch_traits
        .borrow_mut()
        .insert(component, traits.clone());
    traits
}

fn find_traits(context: &Context<'_>, branch: &Branch) -> BranchTraits {
    let json = match &branch.content {
        BranchType::Scalar(Type::String) => Some(JsonType::String),
        BranchType::Scalar(Type::Bool) => Some(JsonType::Boolean),
        BranchType::Scalar(Type::Int(_)) => Some(JsonType::Integer),
        BranchType::Scalar(_) => Some(JsonType::Number),
        BranchType::Enum(values, _) => enumeration::json_type(values),
        BranchType::Schemas(_) => Search::new(context).json_type(&branch.merged),
    };
    let (constants, required) = if json == Some(JsonType::Object) {
        (
            Search::new(context).constants(&branch.merged),
            Search::new(context).required(&branch.merged),
        )
    } else {
        Default::default()
    };
    BranchTraits {
        json,
        constants,
        required,
        members: members(context, branch),
        tests: Vec::new(),
    }
}

/// The properties of all children, if the branch is a parent.
fn members(context: &Context<'_>, branch: &Branch) -> Option<IndexSet<String>> {
    let mut parts = branch.merged.parts.iter();
    parts.find(|&&part| context.inheritance.parent(part).is_some())?;
    let branches = branch.merged.choices.iter().flat_map(|choice| &choice.branches);
    let children = branches.map(|&child| context.merger.target(child));
    let mut members: IndexSet<String> = branch.merged.properties.keys().cloned().collect();
    for child in children {
        // A map has any property.
        if !child.additional.is_empty() || !child.choices.is_empty() {
            return None;
        }
        members.extend(child.properties.keys().cloned());
    }
    Some(members)
}

/// A search through a branch, and the branches of that if it is a union itself. Visits each schema once.
struct Search<'c, 'a> {
    context: &'c Context<'a>,
    visited: HashSet<SchemaId>,
}

impl<'c, 'a> Search<'c, 'a> {
    fn new(context: &'c Context<'a>) -> Self {
        Self {
            context,
            visited: HashSet::new(),
        }
    }

    /// The properties that have one of a few values. For a union, those that have this in every branch.
    fn constants(&mut self, merged: &Merged) -> IndexMap<String, Vec<Value>> {
        let mut constants = IndexMap::new();
        for (name, schemas) in &merged.properties {
            let property = Intersection::all(schemas.iter().copied());
            let property = self.context.merger.merge(&property);
            if let Some(values) = enumeration::values(self.context.schemas, &property) {
                let values: Vec<Value> = values.into_iter().map(|value| value.value).collect();
                constants.insert(name.clone(), values);
            }
        }
        let mut common: Option<IndexMap<String, Vec<Value>>> = None;
        for branch in self.unvisited_branches(merged) {
            let inner = self.constants(&branch);
            common = Some(match common {
                None => inner,
                Some(known) => common_constants(known, inner),
            });
        }
        for (name, values) in common.unwrap_or_default() {
            constants.entry(name).or_insert(values);
        }
        constants
    }

    /// The properties that are always present. For a union, those that every branch requires.
    fn required(&mut self, merged: &Merged) -> IndexSet<String> {
        let mut required = merged.required.clone();
        // A property that is only sent or only received is missing in the other direction.
        required.retain(|name| {
            merged.properties.get(name).is_none_or(|schemas| {
                schemas.iter().all(|&schema| {
                    let directions = split::directions(self.context.schemas, schema);
                    !directions.read_only && !directions.write_only
                })
            })
        });
        let mut common: Option<IndexSet<String>> = None;
        for branch in self.unvisited_branches(merged) {
            let inner = self.required(&branch);
            match &mut common {
                None => common = Some(inner),
                Some(known) => known.retain(|name| inner.contains(name)),
            }
        }
        required.extend(common.unwrap_or_default());
        required
    }

    /// The JSON type of all values.
    fn json_type(&mut self, merged: &Merged) -> Option<JsonType> {
        if merged.types.is_none()
            && let Some(values) = enumeration::values(self.context.schemas, merged)
        {
            return enumeration::json_type(&values);
        }
        if let Some(ty) = merged.json_type() {
            return Some(ty);
        }
        let mut common = None;
        for branch in self.unvisited_branches(merged) {
            let ty = self.json_type(&branch)?;
            if common.is_some_and(|known| known != ty) {
                return None;
            }
            common = Some(ty);
        }
        common
    }

    /// The branches of the first choice that were not visited yet, merged.
    fn unvisited_branches(&mut self, merged: &Merged) -> Vec<Rc<Merged>> {
        let Some(choice) = merged
            .choices
            .first()
            .filter(|_| self.visited.len() <= MAX_SEARCHED)
        else {
            return Vec::new();
        };
        let mut unvisited = Vec::new();
        for &branch in &choice.branches {
            let target = targets(self.context.schemas, branch).last().unwrap_or(branch);
            if self.visited.insert(target) {
                unvisited.push(self.context.merger.target(branch));
            }
        }
        unvisited
    }
}

/// The properties that are constants in both, with the values of both.
fn common_constants(
    mut known: IndexMap<String, Vec<Value>>,
    other: IndexMap<String, Vec<Value>>,
) -> IndexMap<String, Vec<Value>> {
    known.retain(|name, _| other.contains_key(name));
    for (name, values) in other {
        let Some(known) = known.get_mut(&name) else {
            continue;
        };
        for value in values {
            if !known.contains(&value) {
                known.push(value);
            }
        }
    }
    known
}
