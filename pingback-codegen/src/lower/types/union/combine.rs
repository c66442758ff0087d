//! Combines several groups of alternatives that apply together into a branch for each possible combination.

use super::alternatives::{alternatives, branch, shared_parts};
use super::branch::Branch;
use crate::lower::types::context::Context;
use crate::lower::types::intersection::Intersection;
use crate::lower::types::merge::Merged;
use crate::read::schema::SchemaId;
use serde_json::Value;

/// Groups with more combinations than this are not combined.
pub(super) const MAX_COMBINATIONS: usize = 64;

/// The combinations of several groups of alternatives.
pub(super) enum Combinations {
    TooMany,
    Of(Vec<Branch>),
}

/// A branch for each combination.
pub(super) fn combinations(context: &Context<'_>, merged: &Merged) -> Combinations {
    let shared = shared_parts(context, merged);
    // Impossible combinations need not be combined further.
    let is_possible = |schemas: &[SchemaId]| {
        branch(context, schemas, &shared).is_some_and(|branch| !is_impossible(context, &branch.merged))
    };
    let mut combined: Vec<Vec<SchemaId>> = vec![Vec::new()];
    for choice in &merged.choices {
        let alternatives = alternatives(context, merged, choice);
        let mut longer = Vec::new();
        for before in &combined {
            for &alternative in &alternatives {
                let mut schemas = before.clone();
                if !schemas.contains(&alternative) {
                    schemas.push(alternative);
                }
                if is_possible(&schemas) && !longer.contains(&schemas) {
                    longer.push(schemas);
                }
            }
            if longer.len() > MAX_COMBINATIONS {
                return Combinations::TooMany;
            }
        }
        combined = longer;
    }
    let branches = combined
        .iter()
        .filter_map(|schemas| branch(context, schemas, &shared));
    Combinations::Of(branches.collect())
}

/// Whether no value satisfies all of it.
pub(super) fn is_impossible(context: &Context<'_>, merged: &Merged) -> bool {
    let mut properties = merged.properties.iter();
    merged.conflict
        || merged.never
        || !has_valid_value(context, merged)
        || properties
            .any(|(name, schemas)| merged.required.contains(name) && is_contradiction(context, schemas))
}

/// Whether some member has schemas that exclude one another, so that no value has the member.
pub(super) fn has_impossible_member(context: &Context<'_>, merged: &Merged) -> bool {
    let mut properties = merged.properties.values();
    properties.any(|schemas| is_contradiction(context, schemas))
}

fn is_contradiction(context: &Context<'_>, schemas: &[SchemaId]) -> bool {
    if schemas.len() < 2 {
        return false;
    }
    let inner = context.merger.merge(&Intersection::all(schemas.iter().copied()));
    inner.conflict || inner.never
}

/// Whether one of the listed values has one of the types, where both are given.
fn has_valid_value(context: &Context<'_>, merged: &Merged) -> bool {
    let (Some(values), Some(types)) = (&merged.enumeration, &merged.types) else {
        return true;
    };
    // In one schema, a list of strings beside `type: integer` is a mistake: the values are the ones intended.
    let source = merged.enumerated_by.map(|id| &context.schemas[id]);
    let has_own_types = source.is_some_and(|schema| !schema.types.is_empty());
    let has_type = |value: &Value| types.iter().any(|ty| ty.matches(value));
    has_own_types || values.is_empty() || values.iter().any(|literal| has_type(&literal.value))
}
