//! The alternatives of a union, and the branches that they become together with the keywords beside them.

use super::branch::{Branch, BranchOrigin, BranchType};
use crate::lower::types::context::Context;
use crate::lower::types::intersection::{Coverage, Intersection, Part};
use crate::lower::types::merge::{Choice, Merged};
use crate::lower::types::nullability::Nullability;
use crate::lower::types::references::targets;
use crate::read::schema::{Additional, SchemaId};

/// Unions within unions are expanded down to this depth.
const MAX_NESTING: usize = 8;

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
            && schema.conditional.is_empty()
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

/// Whether a branch is the schema that it is a branch of.
fn is_itself(context: &Context<'_>, merged: &Merged, branch: SchemaId) -> bool {
    targets(context.schemas, branch).any(|target| merged.whole.contains(&target))
}

/// Whether the first choice has a branch that is the schema itself.
pub(in crate::lower::types) fn contains_itself(context: &Context<'_>, merged: &Merged) -> bool {
    let mut branches = merged.choices.iter().take(1).flat_map(|choice| &choice.branches);
    branches.any(|&branch| is_itself(context, merged, branch))
}

/// The schemas that apply to a value of any branch.
pub(super) fn shared_parts(context: &Context<'_>, merged: &Merged) -> Vec<Part> {
    let says_something = |&&part: &&SchemaId| {
        let schema = &context.schemas[part];
        !schema.properties.is_empty()
            || !schema.conditional.is_empty()
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

/// The branch that satisfies all of `alternatives` and the shared parts. `None` if it only allows `null`, which makes
/// the union as a whole nullable.
pub(super) fn branch(context: &Context<'_>, alternatives: &[SchemaId], shared: &[Part]) -> Option<Branch> {
    let alone = Intersection::all(alternatives.iter().copied());
    let inner = context.merger.merge(&alone);
    let has_more = shared.iter().any(|part| {
        !inner.parts.contains(&part.schema) && !shared_adds_nothing(context, part.schema, &inner)
    });
    if inner.null == Nullability::Allowed && inner.is_anything() {
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
        origin: BranchOrigin::Document,
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
            .chain(schema.conditional.keys())
            .all(|name| branch.properties.contains_key(name))
}
