//! Decides which kind of Rust type `oneOf`, `anyOf` and lists of types become.

use super::branch::{Branch, BranchType};
use super::combine::{Combinations, combinations};
use super::distinguish::is_indistinguishable;
use super::scalars::join_scalars;
use crate::diagnostic::{Rule, rules};
use crate::lower::types::context::Context;
use crate::lower::types::enumeration::{EnumValue, Openness};
use crate::lower::types::merge::{Choice, Coverage, Intersection, Merged, MergedSchemas, Part};
use crate::lower::types::references::targets;
use crate::lower::types::request::View;
use crate::lower::types::shape::ShapeId;
use crate::model::Type;
use crate::read::schema::{Additional, JsonType, SchemaId};
use indexmap::IndexMap;
use std::collections::HashSet;

/// Unions within unions are expanded down to this depth.
const MAX_NESTING: usize = 8;
/// More branches than this are never merged into one object.
const MAX_TOGETHER: usize = 32;

/// The kind of type that alternatives become.
#[derive(Debug)]
pub(in crate::lower::types) enum Plan {
    /// Any JSON: one of the branches accepts every value.
    Anything,
    /// Any JSON, and a finding of this rule.
    Unsupported(&'static Rule),
    /// All branches are scalars of one type.
    Scalar(Type),
    /// All branches are equal.
    One(Intersection),
    /// All branches are lists of values of one type.
    Enum(Vec<EnumValue>, Openness),
    /// Objects that nothing distinguishes: one object with the properties of all.
    Together(Intersection),
    Union(Vec<Branch>),
}

/// The kind of type that alternatives become; `None` if there are none.
pub(in crate::lower::types) fn plan(context: &Context<'_>, schemas: MergedSchemas<'_>) -> Option<Plan> {
    let merged = schemas.merged;
    let branches = if merged.choices.len() > 1 {
        let all = merged.choices.iter().flat_map(|choice| &choice.branches);
        if let Some(together) = one_object(context, merged, all.copied()) {
            return Some(Plan::Together(together));
        }
        match combinations(context, merged) {
            Combinations::TooMany => return Some(Plan::Unsupported(rules::SEVERAL_UNIONS)),
            Combinations::Of(none) if none.is_empty() => {
                return Some(Plan::Unsupported(rules::CONTRADICTION));
            }
            Combinations::Of(branches) => branches,
        }
    } else if let Some(choice) = merged.choices.first() {
        branches(context, merged, choice)
    } else {
        branches_by_type(context, schemas)?
    };
    let plan = simplify(context, branches);
    if let Plan::Union(branches) = &plan
        && merged.discriminator.is_none()
        && branches.len() <= MAX_TOGETHER
        && branches.iter().all(|branch| branch.schema.is_some())
        && is_indistinguishable(context, branches)
    {
        let schemas = branches.iter().filter_map(|branch| branch.schema);
        if let Some(together) = one_object(context, merged, schemas) {
            return Some(Plan::Together(together));
        }
    }
    Some(plan)
}

/// Everything that these branches describe, if it fits into one object: decoding one branch would lose the members of
/// the others.
fn one_object(
    context: &Context<'_>,
    merged: &Merged,
    branches: impl Iterator<Item = SchemaId>,
) -> Option<Intersection> {
    let branches: Vec<SchemaId> = branches.collect();
    if branches.len() > MAX_TOGETHER || !merged.additional.is_empty() {
        return None;
    }
    let mut known: IndexMap<String, ShapeId> = IndexMap::new();
    let mut agrees = |merged: &Merged| {
        let mut properties = merged
            .properties
            .iter()
            .flat_map(|(name, schemas)| schemas.iter().map(move |&schema| (name, schema)));
        properties.all(|(name, schema)| {
            let shape = context.shapes.of_use(schema);
            *known.entry(name.clone()).or_insert(shape) == shape
        })
    };
    if !agrees(merged) {
        return None;
    }
    for &branch in &branches {
        let branch = context.merger.whole(branch);
        let is_plain_object = branch.json_type() == Some(JsonType::Object)
            && branch.additional.is_empty()
            && branch.choices.is_empty()
            && branch.has_properties();
        if !is_plain_object || !agrees(&branch) {
            return None;
        }
    }
    let mut parts = shared_parts(context, merged);
    parts.extend(branches.into_iter().map(|schema| Part {
        schema,
        coverage: Coverage::NothingRequired,
    }));
    Some(Intersection { parts, only: None })
}

/// The schemas that apply to a value of any branch.
pub(super) fn shared_parts(context: &Context<'_>, merged: &Merged) -> Vec<Part> {
    let says_something = |&&part: &&SchemaId| {
        let schema = &context.schemas[part];
        !schema.properties.is_empty()
            || !schema.required.is_empty()
            || !schema.types.is_empty()
            || schema.items.is_some()
            || matches!(schema.additional, Additional::Schema(_))
    };
    let parts = merged.parts.iter().filter(says_something);
    let parts = parts.map(|&schema| Part {
        schema,
        coverage: Coverage::OwnKeywords,
    });
    parts.collect()
}

/// The branches of a single choice.
fn branches(context: &Context<'_>, merged: &Merged, choice: &Choice) -> Vec<Branch> {
    let shared = shared_parts(context, merged);
    let branches = alternatives(context, merged, choice)
        .into_iter()
        .filter_map(|id| {
            let mut branch = branch(context, &[id], &shared)?;
            branch.schema = Some(id);
            Some(branch)
        });
    branches.collect()
}

/// The branches of a choice. A branch that is itself only a choice is replaced by the branches of that.
pub(super) fn alternatives(context: &Context<'_>, merged: &Merged, choice: &Choice) -> Vec<SchemaId> {
    let mut alternatives = Vec::new();
    let mut stack: Vec<(SchemaId, usize)> = choice.branches.iter().rev().map(|&id| (id, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        let schema = &context.schemas[id];
        if schema.boolean == Some(false) || is_itself(context, merged, id) {
            continue;
        }
        let is_only_a_choice = depth < MAX_NESTING
            && schema.reference.is_none()
            && schema.all_of.is_empty()
            && schema.discriminator.is_none()
            && schema.types.is_empty()
            && schema.properties.is_empty()
            && schema.required.is_empty()
            && schema.enumeration.is_none()
            && (schema.one_of.is_empty() != schema.any_of.is_empty());
        if is_only_a_choice {
            let inner = schema.one_of.iter().chain(&schema.any_of).rev();
            stack.extend(inner.map(|&id| (id, depth + 1)));
        } else {
            alternatives.push(id);
        }
    }
    alternatives
}

/// The branch that satisfies all of `alternatives` and the shared parts. `None` if it only allows `null`, which makes
/// the union as a whole nullable.
pub(super) fn branch(context: &Context<'_>, alternatives: &[SchemaId], shared: &[Part]) -> Option<Branch> {
    let alone = Intersection::all(alternatives.iter().copied());
    let inner = context.merger.merge(&alone);
    let has_more = shared.iter().any(|part| {
        !inner.parts.contains(&part.schema) && !shared_adds_nothing(context, part.schema, &inner)
    });
    if inner.nullable && inner.is_anything() {
        return None;
    }
    let (intersection, merged) = if has_more {
        let mut parts = alone.parts;
        parts.extend(shared);
        let both = Intersection { parts, only: None };
        let merged = context.merger.merge(&both);
        (both, merged)
    } else {
        (alone, inner)
    };
    Some(Branch {
        content: BranchType::Schemas(intersection),
        schema: None,
        combined: alternatives.to_vec(),
        merged,
    })
}

/// Whether a branch implies everything that a shared part requires, apart from its alternatives.
fn shared_adds_nothing(context: &Context<'_>, part: SchemaId, branch: &Merged) -> bool {
    let schema = &context.schemas[part];
    // The type that a branch states counts, even if the schema around the branches states another by mistake.
    let has_type = schema.types.is_empty()
        || branch.types.is_some()
        || branch.json_type().is_some()
        || branch.enumeration.is_some()
        || !branch.choices.is_empty();
    has_type
        && schema.items.is_none()
        && !matches!(schema.additional, Additional::Schema(_))
        && schema.required.iter().all(|name| branch.required.contains(name))
        && schema
            .properties
            .keys()
            .all(|name| branch.properties.contains_key(name))
}

/// Whether a branch is the schema that it is a branch of.
fn is_itself(context: &Context<'_>, merged: &Merged, branch: SchemaId) -> bool {
    targets(context.schemas, branch).any(|target| merged.whole.contains(&target))
}

/// Whether the first choice has a branch that is the schema itself.
pub(in crate::lower::types) fn contains_itself(context: &Context<'_>, merged: &Merged) -> bool {
    let mut branches = merged.choices.iter().take(1).flat_map(|choice| &choice.branches);
    branches.any(|&branch| is_itself(context, merged, branch))
}

/// `type: [string, integer]`: a branch for each type.
fn branches_by_type(context: &Context<'_>, schemas: MergedSchemas<'_>) -> Option<Vec<Branch>> {
    let types = schemas.merged.types.as_deref().filter(|types| types.len() > 1)?;
    let branches = types
        .iter()
        .filter(|&&ty| ty != JsonType::Integer || !types.contains(&JsonType::Number))
        .map(|&ty| {
            let intersection = Intersection {
                parts: schemas.intersection.parts.clone(),
                only: Some(ty),
            };
            let merged = context.merger.merge(&intersection);
            Branch {
                content: BranchType::Schemas(intersection),
                schema: None,
                combined: Vec::new(),
                merged,
            }
        });
    Some(branches.collect())
}

/// Merges equal branches, and scalars of one JSON type.
fn simplify(context: &Context<'_>, branches: Vec<Branch>) -> Plan {
    if branches.iter().any(|branch| branch.merged.is_anything()) {
        return Plan::Anything;
    }
    let mut keys = HashSet::new();
    let mut distinct: Vec<Branch> = branches
        .into_iter()
        .filter(|branch| match &branch.content {
            BranchType::Schemas(intersection) => keys.insert(context.inline_key(intersection, View::Shared)),
            BranchType::Enum(..) | BranchType::Scalar(_) => true,
        })
        .collect();
    for ty in [JsonType::String, JsonType::Number, JsonType::Boolean] {
        distinct = join_scalars(context, distinct, ty);
    }
    if distinct.len() > 1 {
        return Plan::Union(distinct);
    }
    match distinct.pop().map(|branch| branch.content) {
        None => Plan::Anything,
        Some(BranchType::Schemas(intersection)) => Plan::One(intersection),
        Some(BranchType::Enum(values, openness)) => Plan::Enum(values, openness),
        Some(BranchType::Scalar(ty)) => Plan::Scalar(ty),
    }
}
