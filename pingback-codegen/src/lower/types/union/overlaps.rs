//! Adds branches for the values that satisfy several branches of an `anyOf` at once: decoded as one of these, a value
//! would lose the members of the others.

use super::alternatives::{branch, shared_parts};
use super::branch::{Branch, BranchOrigin, BranchType};
use super::combine::{has_impossible_member, is_impossible};
use super::distinguish::exclude_one_another;
use super::traits::branch_traits;
use crate::lower::types::branch_traits::BranchTraits;
use crate::lower::types::context::Context;
use crate::lower::types::merge::Merged;
use crate::read::schema::{JsonType, SchemaId};

/// For more branches that overlap there would be too many combinations.
const MAX_OVERLAPPING: usize = 4;

/// The branches of an `anyOf` with their combinations.
pub(super) struct WithOverlaps {
    pub(super) branches: Vec<Branch>,
    /// Whether there is a branch for each combination that a value may satisfy.
    pub(super) is_complete: bool,
}

/// Adds the combinations of branches that do not exclude one another.
pub(super) fn with_overlaps(
    context: &Context<'_>,
    merged: &Merged,
    mut branches: Vec<Branch>,
) -> WithOverlaps {
    let overlapping = Overlapping::new(context, merged, &branches);
    let count = overlapping.schemas.len();
    if count > MAX_OVERLAPPING {
        return WithOverlaps {
            branches,
            is_complete: false,
        };
    }
    let mut groups: Vec<usize> = (1..1usize << count)
        .filter(|group| group.count_ones() > 1)
        .collect();
    // Pairs come before larger groups.
    groups.sort_by_key(|group| group.count_ones());
    let shared = shared_parts(context, merged);
    for group in groups {
        let members: Vec<usize> = (0..count).filter(|member| group & (1 << member) != 0).collect();
        if !overlapping.has_all_pairs(&members) {
            continue;
        }
        let schemas: Vec<SchemaId> = members
            .iter()
            .map(|&member| overlapping.schemas[member])
            .collect();
        let combined = branch(context, &schemas, &shared);
        branches.extend(combined.map(|combined| Branch {
            origin: BranchOrigin::Overlap,
            ..combined
        }));
    }
    WithOverlaps {
        branches,
        is_complete: overlapping.is_complete,
    }
}

/// The branches that overlap with another one.
struct Overlapping {
    schemas: Vec<SchemaId>,
    /// Pairs of positions in `schemas`.
    pairs: Vec<(usize, usize)>,
    /// Whether one type can hold the members of each pair.
    is_complete: bool,
}

impl Overlapping {
    fn new(context: &Context<'_>, merged: &Merged, branches: &[Branch]) -> Self {
        let objects: Vec<(SchemaId, &Branch, BranchTraits)> = branches
            .iter()
            .filter(|branch| is_plain_object(branch))
            .filter_map(|branch| Some((branch.schema?, branch, branch_traits(context, branch))))
            .filter(|(_, _, traits)| traits.json == Some(JsonType::Object))
            .collect();
        let shared = shared_parts(context, merged);
        let both = |a: usize, b: usize| {
            let ((a, a_branch, a_traits), (b, b_branch, b_traits)) = (&objects[a], &objects[b]);
            let may_overlap = !have_different_constants(a_traits, b_traits)
                && adds_members(&a_branch.merged, &b_branch.merged)
                && adds_members(&b_branch.merged, &a_branch.merged)
                && !exclude_one_another(context, &a_branch.merged, &b_branch.merged, 0);
            let both = branch(context, &[*a, *b], &shared).filter(|_| may_overlap)?;
            (!is_impossible(context, &both.merged)).then_some(both.merged)
        };
        let pairs = (0..objects.len()).flat_map(|a| (a + 1..objects.len()).map(move |b| (a, b)));
        let mut all: Vec<(usize, usize)> = Vec::new();
        let mut is_complete = true;
        for (a, b) in pairs {
            match both(a, b) {
                Some(both) if has_impossible_member(context, &both) => is_complete = false,
                Some(_) => all.push((a, b)),
                None => {}
            }
        }
        let used: Vec<usize> = (0..objects.len())
            .filter(|object| all.iter().any(|(a, b)| a == object || b == object))
            .collect();
        let position = |object: usize| used.iter().position(|&other| other == object);
        Self {
            schemas: used.iter().map(|&object| objects[object].0).collect(),
            pairs: all
                .iter()
                .filter_map(|&(a, b)| Some((position(a)?, position(b)?)))
                .collect(),
            is_complete,
        }
    }

    fn has_all_pairs(&self, members: &[usize]) -> bool {
        let pairs = members
            .iter()
            .enumerate()
            .flat_map(|(at, &a)| members[at + 1..].iter().map(move |&b| (a, b)));
        pairs.into_iter().all(|pair| self.pairs.contains(&pair))
    }
}

/// Whether a branch is an object with members and without alternatives of its own.
fn is_plain_object(branch: &Branch) -> bool {
    let merged = &branch.merged;
    matches!(branch.content, BranchType::Schemas(_))
        && merged.has_properties()
        && merged.choices.is_empty()
        && merged.additional.is_empty()
        && !merged.additional_denied
}

fn have_different_constants(a: &BranchTraits, b: &BranchTraits) -> bool {
    a.constants.iter().any(|(name, values)| {
        let others = b.constants.get(name);
        others.is_some_and(|others| !values.iter().any(|value| others.contains(value)))
    })
}

/// Whether `other` has members that `merged` would lose.
fn adds_members(merged: &Merged, other: &Merged) -> bool {
    other
        .properties
        .keys()
        .any(|name| !merged.properties.contains_key(name))
}
