//! Finds the tests that recognize the branch of a value, and the order in which branches are tried.

use super::branch::{Branch, BranchOrigin};
use super::combine::MAX_COMBINATIONS;
use super::tags::tags;
use super::traits::branch_traits;
use crate::diagnostic::Diagnostics;
use crate::lower::types::branch_traits::BranchTraits;
use crate::lower::types::context::Context;
use crate::lower::types::intersection::Intersection;
use crate::lower::types::merge::Merged;
use crate::model::UnionTest;
use crate::read::schema::{Discriminator, JsonType, SchemaId};
use serde_json::Value;

/// Branches are compared with one another; more than this many keep the order of the document.
const MAX_COMPARED: usize = 400;

/// Values inside branches are compared down to this depth.
const MAX_INSIDE: usize = 4;

/// How the branches of a union are distinguished.
pub(super) struct Distinction {
    /// For each branch, the common properties of its values, with the tests.
    pub(super) traits: Vec<BranchTraits>,
    /// For each branch, the values of the discriminator that select it.
    pub(super) tags: Vec<Option<Vec<Value>>>,
    /// The property whose value selects a branch: the discriminator, or one that is a constant in the branches.
    pub(super) property: Option<String>,
}

/// How the branches of a union with that discriminator, if it has one, are distinguished.
pub(super) fn distinguish(
    context: &Context<'_>,
    branches: &[Branch],
    discriminator: Option<&Discriminator>,
    diagnostics: &mut Diagnostics,
) -> Distinction {
    let mut traits: Vec<BranchTraits> = branches
        .iter()
        .map(|branch| branch_traits(context, branch))
        .collect();
    let tags: Vec<Option<Vec<Value>>> = match discriminator {
        Some(discriminator) => tags(context, discriminator, branches, &traits, diagnostics),
        None => vec![None; branches.len()],
    };
    let property = match discriminator {
        Some(discriminator) => Some(discriminator.property.clone()),
        None => distinguishing_property(&traits),
    };
    let first_type = traits.first().and_then(|traits| traits.json);
    let several_types = traits.iter().any(|traits| traits.json != first_type);
    let together = match property {
        Some(_) => Vec::new(),
        None => properties_that_distinguish_together(&traits),
    };
    for (traits, tag) in traits.iter_mut().zip(&tags) {
        traits.tests = if together.is_empty() {
            tests(traits, property.as_deref(), tag.as_deref(), several_types)
        } else {
            let tests = together
                .iter()
                .map(|name| constant_test(traits, name, &traits.constants[name]));
            tests.collect()
        };
    }
    Distinction {
        traits,
        tags,
        property,
    }
}

/// Whether no test distinguishes any branch from any other.
pub(super) fn is_indistinguishable(context: &Context<'_>, branches: &[Branch]) -> bool {
    let mut traits: Vec<BranchTraits> = branches
        .iter()
        .map(|branch| branch_traits(context, branch))
        .collect();
    let property = distinguishing_property(&traits);
    for traits in &mut traits {
        traits.tests = tests(traits, property.as_deref(), None, false);
    }
    (0..branches.len())
        .all(|a| (0..branches.len()).all(|b| a == b || passes(&branches[a], &traits[a], &traits[b].tests)))
}

/// The property whose constants differ in all branches that have it; of several, the one that most branches have.
fn distinguishing_property(traits: &[BranchTraits]) -> Option<String> {
    let mut best: Option<(&String, usize)> = None;
    for name in traits.iter().flat_map(|traits| traits.constants.keys()) {
        if best.is_some_and(|(known, _)| known == name) {
            continue;
        }
        let mut seen: Vec<&Value> = Vec::new();
        let mut count = 0;
        let mut differs = true;
        for values in traits.iter().filter_map(|traits| traits.constants.get(name)) {
            count += 1;
            differs &= values.iter().all(|value| !seen.contains(&value));
            seen.extend(values);
        }
        if differs && count > 1 && best.is_none_or(|(_, most)| count > most) {
            best = Some((name, count));
        }
    }
    best.map(|(name, _)| name.clone())
}

/// Properties that are constants in every branch, if any two branches differ in one of them.
fn properties_that_distinguish_together(traits: &[BranchTraits]) -> Vec<String> {
    let Some((first, others)) = traits.split_first() else {
        return Vec::new();
    };
    if traits.len() > MAX_COMBINATIONS {
        return Vec::new();
    }
    let differ = |name: &str, a: &BranchTraits, b: &BranchTraits| {
        let values = &b.constants[name];
        a.constants[name].iter().all(|value| !values.contains(value))
    };
    let pairs = || {
        traits
            .iter()
            .enumerate()
            .flat_map(|(at, a)| traits[at + 1..].iter().map(move |b| (a, b)))
    };
    let in_all = |name: &&String| others.iter().all(|traits| traits.constants.contains_key(*name));
    let names: Vec<&String> = first
        .constants
        .keys()
        .filter(in_all)
        .filter(|name| pairs().any(|(a, b)| differ(name, a, b)))
        .collect();
    if pairs().all(|(a, b)| names.iter().any(|name| differ(name, a, b))) {
        names.into_iter().cloned().collect()
    } else {
        Vec::new()
    }
}

fn constant_test(traits: &BranchTraits, name: &str, values: &[Value]) -> UnionTest {
    UnionTest::Property {
        name: name.to_owned(),
        values: values.to_vec(),
        // A value without the property may still be of this branch, if the property is optional there.
        optional: traits.constants.contains_key(name) && !traits.required.contains(name),
    }
}

/// The tests that recognize a value of a branch.
fn tests(
    traits: &BranchTraits,
    property: Option<&str>,
    tag: Option<&[Value]>,
    several_types: bool,
) -> Vec<UnionTest> {
    let Some(json) = traits.json else {
        return Vec::new();
    };
    if json == JsonType::Object {
        if let Some(name) = property
            && let Some(values) = tag.or_else(|| traits.constants.get(name).map(Vec::as_slice))
        {
            return vec![constant_test(traits, name, values)];
        }
        if !traits.required.is_empty() {
            return vec![UnionTest::Has(traits.required.iter().cloned().collect())];
        }
    }
    if several_types {
        return vec![UnionTest::JsonType(vec![type_name(json).to_owned()])];
    }
    Vec::new()
}

/// Whether a value of the branch can pass these tests.
fn passes(branch: &Branch, traits: &BranchTraits, tests: &[UnionTest]) -> bool {
    let is_object = traits.json.is_none_or(|ty| ty == JsonType::Object);
    tests.iter().all(|test| match test {
        UnionTest::Property { name, values, .. } => {
            let allowed = |own: &[Value]| own.iter().any(|value| values.contains(value));
            match traits.tests.first() {
                Some(UnionTest::Property {
                    name: own_name,
                    values: own,
                    ..
                }) if own_name == name => allowed(own),
                _ => {
                    is_object
                        && may_have(branch, traits, name)
                        && traits.constants.get(name).is_none_or(|own| allowed(own))
                }
            }
        }
        UnionTest::Has(names) => is_object && names.iter().all(|name| may_have(branch, traits, name)),
        UnionTest::JsonType(types) => traits.json.is_none_or(|ty| {
            types.iter().any(|text| {
                text == type_name(ty) || (ty == JsonType::Integer && text == type_name(JsonType::Number))
            })
        }),
    })
}

/// Whether a value of the branch can have the property.
fn may_have(branch: &Branch, traits: &BranchTraits, name: &str) -> bool {
    if let Some(members) = &traits.members {
        return members.contains(name);
    }
    branch.merged.properties.contains_key(name)
        || branch.merged.required.contains(name)
        || !branch.merged.additional.is_empty()
        || !branch.merged.has_properties()
}

/// The order in which branches are tried: a branch comes before those whose tests its values pass, unless their
/// values pass its tests as well.
pub(super) fn order(branches: &[Branch], traits: &[BranchTraits]) -> Vec<usize> {
    let count = branches.len();
    if count > MAX_COMPARED {
        return (0..count).collect();
    }
    let is_before = |a: usize, b: usize| {
        passes(&branches[a], &traits[a], &traits[b].tests)
            && !passes(&branches[b], &traits[b], &traits[a].tests)
    };
    let mut left: Vec<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(count);
    while !left.is_empty() {
        let next = left
            .iter()
            .position(|&b| !left.iter().any(|&a| a != b && is_before(a, b)))
            .unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// The first two branches of objects whose values pass the tests of one another, and do not differ in values inside.
pub(super) fn first_alike(
    context: &Context<'_>,
    branches: &[Branch],
    traits: &[BranchTraits],
) -> Option<(usize, usize)> {
    let count = branches.len();
    if count > MAX_COMPARED {
        return None;
    }
    let is_object = |index: usize| traits[index].json.is_none_or(|ty| ty == JsonType::Object);
    let passes = |a: usize, b: usize| passes(&branches[a], &traits[a], &traits[b].tests);
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let differ =
        |a: usize, b: usize| exclude_one_another(context, &branches[a].merged, &branches[b].merged, 0);
    let mut alike = pairs.filter(|&(a, b)| is_object(a) && is_object(b) && passes(a, b) && passes(b, a));
    let is_overlap = |index: usize| branches[index].origin == BranchOrigin::Overlap;
    alike.find(|&(a, b)| !is_overlap(a) && !is_overlap(b) && !differ(a, b))
}

/// Whether no value is of both, since they list different values for a member that both require, or for one inside it.
pub(super) fn exclude_one_another(context: &Context<'_>, a: &Merged, b: &Merged, depth: usize) -> bool {
    if depth > MAX_INSIDE {
        return false;
    }
    let merge = |schemas: &[SchemaId]| context.merger.merge(&Intersection::all(schemas.iter().copied()));
    let differ = |a: &[SchemaId], b: &[SchemaId]| {
        let (a, b) = (merge(a), merge(b));
        match (&a.enumeration, &b.enumeration) {
            (Some(a), Some(b)) => !a
                .iter()
                .any(|value| b.iter().any(|other| other.value == value.value)),
            _ => exclude_one_another(context, &a, &b, depth + 1),
        }
    };
    let has_items = !a.items.is_empty() && !b.items.is_empty();
    let mut required = a.required.intersection(&b.required);
    (has_items && differ(&a.items, &b.items))
        || required.any(|name| match (a.properties.get(name), b.properties.get(name)) {
            (Some(a), Some(b)) => differ(a, b),
            _ => false,
        })
}

fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}
