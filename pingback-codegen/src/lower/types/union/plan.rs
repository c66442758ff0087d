//! Decides which kind of Rust type `oneOf`, `anyOf` and lists of types become.

use super::alternatives::{alternatives, branch, shared_parts};
use super::branch::{Branch, BranchOrigin, BranchType};
use super::combine::{Combinations, combinations};
use super::distinguish::is_indistinguishable;
use super::overlaps::{WithOverlaps, with_overlaps};
use super::scalars::join_scalars;
use crate::diagnostic::{Rule, rules};
use crate::lower::types::context::Context;
use crate::lower::types::enumeration::{EnumValue, Openness};
use crate::lower::types::intersection::{Coverage, Intersection, Part};
use crate::lower::types::merge::{Choice, Merged, MergedSchemas};
use crate::lower::types::request::View;
use crate::lower::types::shape::ShapeId;
use crate::model::Type;
use crate::read::schema::{JsonType, SchemaId};
use indexmap::IndexMap;
use std::collections::HashSet;

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
    /// A union, and a finding: a value may satisfy several branches at once, but the members of one are kept.
    Overlapping(Vec<Branch>),
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
    // A parent may get other children, so it is a union even if it has one.
    if context.inheritance.parent(schemas.place()).is_some() || needs_tag(merged, &branches) {
        return Some(Plan::Union(branches));
    }
    let plan = simplify(context, branches);
    Some(match plan {
        Plan::Union(branches) if merged.discriminator.is_none() => undiscriminated(context, merged, branches),
        plan => plan,
    })
}

/// The plan for branches without a discriminator: one object if nothing distinguishes them; and for an `anyOf` also the
/// combinations that a value may satisfy.
fn undiscriminated(context: &Context<'_>, merged: &Merged, branches: Vec<Branch>) -> Plan {
    let is_any_of = matches!(merged.choices.as_slice(), [choice] if choice.is_any_of);
    let required = |branch: &Branch| branch.merged.required.clone();
    // One object has no required members, so an `anyOf` whose branches require different ones is a union.
    let is_one_object = branches.len() <= MAX_TOGETHER
        && branches.iter().all(|branch| branch.schema.is_some())
        && (!is_any_of
            || branches
                .windows(2)
                .all(|pair| required(&pair[0]) == required(&pair[1])))
        && is_indistinguishable(context, &branches);
    if is_one_object {
        let schemas = branches.iter().filter_map(|branch| branch.schema);
        if let Some(mut together) = one_object(context, merged, schemas) {
            if is_any_of && let Some(last) = together.parts.last_mut() {
                // What all branches require is required.
                last.coverage = Coverage::Whole;
            }
            return Plan::Together(together);
        }
    }
    if !is_any_of {
        return Plan::Union(branches);
    }
    let WithOverlaps {
        branches,
        is_complete,
    } = with_overlaps(context, merged, branches);
    if is_complete {
        Plan::Union(branches)
    } else {
        Plan::Overlapping(branches)
    }
}

/// Whether the only branch has no property for the discriminator. As its own type it would lose the discriminator's value.
fn needs_tag(merged: &Merged, branches: &[Branch]) -> bool {
    let (Some(discriminator), [branch]) = (&merged.discriminator, branches) else {
        return false;
    };
    let branch = &branch.merged;
    branch.json_type() == Some(JsonType::Object)
        && branch.has_properties()
        && !branch.properties.contains_key(&discriminator.property)
        && branch.additional.is_empty()
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

/// `type: [string, integer]`: a branch for each type.
fn branches_by_type(context: &Context<'_>, schemas: MergedSchemas<'_>) -> Option<Vec<Branch>> {
    let types = schemas.merged.types.as_deref().filter(|types| types.len() > 1)?;
    let branches = types.iter().map(|&ty| {
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
            origin: BranchOrigin::Document,
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
