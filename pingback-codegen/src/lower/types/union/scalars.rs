//! Joins branches that are scalars of one JSON type: a Rust enum has one variant for all of them. Integers beside other
//! numbers are a variant of their own, so that all their digits are kept.

use super::branch::{Branch, BranchType};
use crate::lower::types::context::Context;
use crate::lower::types::enumeration::{self, EnumValue, Openness};
use crate::lower::types::scalar;
use crate::model::{FloatKind, IntKind, Type};
use crate::read::schema::JsonType;
use std::rc::Rc;

/// The branches, with the scalars of type `ty` joined into the first of them. `Number` includes integers.
pub(super) fn join_scalars(context: &Context<'_>, mut branches: Vec<Branch>, ty: JsonType) -> Vec<Branch> {
    let mut scalars = (0..branches.len()).filter(|&index| has_type(context, &branches[index], ty));
    let (Some(first), others) = (scalars.next(), scalars.collect::<Vec<_>>()) else {
        return branches;
    };
    if others.is_empty() {
        return branches;
    }
    let joined = std::iter::once(first).chain(others.iter().copied());
    let joined: Vec<&Branch> = joined.map(|index| &branches[index]).collect();
    let common = join(context, &joined, ty);
    let integers = integers_beside_numbers(context, &joined, &common);
    for &index in others.iter().rev() {
        branches.remove(index);
    }
    branches[first].content = common;
    if let Some(integers) = integers {
        branches.insert(first, integers);
    }
    branches
}

/// The branch for the integers, if some of the branches are integers and `joined` is a float.
fn integers_beside_numbers(
    context: &Context<'_>,
    branches: &[&Branch],
    joined: &BranchType,
) -> Option<Branch> {
    let BranchType::Scalar(Type::Float(_)) = joined else {
        return None;
    };
    let mut integers = branches.iter().filter_map(|branch| {
        let Type::Int(kind) = scalar::number(context.schemas, &branch.merged) else {
            return None;
        };
        // Any number is valid, so the type is wider than that of an integer alone.
        let least = match branch.merged.format {
            None => IntKind::I128,
            Some(_) => IntKind::I64,
        };
        Some((*branch, scalar::widest([kind, least].into_iter())))
    });
    let (first, kind) = integers.next()?;
    let kinds = std::iter::once(kind).chain(integers.map(|(_, kind)| kind));
    Some(Branch {
        content: BranchType::Scalar(Type::Int(scalar::widest(kinds))),
        schema: first.schema,
        combined: first.combined.clone(),
        merged: Rc::clone(&first.merged),
        origin: first.origin,
    })
}

/// Integers and numbers are one type here.
fn integer_as_number(ty: JsonType) -> JsonType {
    match ty {
        JsonType::Integer => JsonType::Number,
        ty => ty,
    }
}

fn has_type(context: &Context<'_>, branch: &Branch, ty: JsonType) -> bool {
    let own = match values(context, branch) {
        Some(values) => enumeration::json_type(&values),
        None => branch.merged.json_type(),
    };
    branch.merged.choices.is_empty() && own.map(integer_as_number) == Some(ty)
}

/// The type that accepts the values of all these branches, which are scalars of type `ty`.
fn join(context: &Context<'_>, branches: &[&Branch], ty: JsonType) -> BranchType {
    let mut listed: Vec<EnumValue> = Vec::new();
    let mut unlisted: Vec<&Branch> = Vec::new();
    for branch in branches {
        let Some(values) = values(context, branch) else {
            unlisted.push(branch);
            continue;
        };
        for value in values {
            if !listed.iter().any(|known| known.value == value.value) {
                listed.push(value);
            }
        }
    }
    if unlisted.is_empty() {
        return BranchType::Enum(listed, Openness::Closed);
    }
    match ty {
        JsonType::String if !listed.is_empty() => BranchType::Enum(listed, Openness::Open),
        JsonType::String => BranchType::Scalar(Type::String),
        JsonType::Boolean => BranchType::Scalar(Type::Bool),
        _ => {
            let is_integer =
                |branch: &&Branch| matches!(scalar::number(context.schemas, &branch.merged), Type::Int(_));
            let are_integers =
                unlisted.iter().all(is_integer) && listed.iter().all(|value| !value.value.is_f64());
            BranchType::Scalar(if are_integers {
                let kinds = unlisted
                    .iter()
                    .map(|branch| scalar::integer(context.schemas, &branch.merged));
                Type::Int(scalar::widest(kinds))
            } else {
                Type::Float(FloatKind::F64)
            })
        }
    }
}

/// The values that a branch lists, each constant with the title of its branch.
fn values(context: &Context<'_>, branch: &Branch) -> Option<Vec<EnumValue>> {
    let mut values = enumeration::values(context.schemas, &branch.merged)?;
    if let (Some(schema), [value]) = (branch.schema, values.as_mut_slice()) {
        let schema = &context.schemas[schema];
        value.name = value.name.take().or_else(|| schema.title.clone());
        let description = &mut value.docs.description;
        *description = description.take().or_else(|| schema.description.clone());
    }
    Some(values)
}
