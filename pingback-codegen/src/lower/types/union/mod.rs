//! Lowers `oneOf`, `anyOf` and lists of types: plans the kind of type, finds the tests that recognize each branch, and
//! requests names for the variants.

pub(super) mod alternatives;
mod branch;
mod children;
mod combine;
mod distinguish;
mod names;
mod overlaps;
pub(super) mod plan;
mod scalars;
mod tags;
mod traits;

use super::branch_name::BranchName;
use super::definer::Definer;
use super::docs;
use super::enumeration::Openness;
use super::hint::NameHint;
use super::merge::Merged;
use super::request::View;
use super::uses::{TypeUse, enum_type};
use crate::diagnostic::rules;
use crate::model::{Docs, Type, Union, UnionVariant};
use crate::names::{UniqueNames, type_key};
use crate::read::schema::{Discriminator, SchemaId};
use branch::{Branch, BranchType};
use children::Children;
use distinguish::{Distinction, distinguish, first_alike, order};
use names::branch_names;
use serde_json::Value;

/// A union to define.
pub(super) struct UnionSource<'s> {
    /// The first schema of the union.
    pub(super) place: Option<SchemaId>,
    pub(super) merged: &'s Merged,
    pub(super) branches: Vec<Branch>,
}

/// The union, and the requests for the names of its variants, in the same order.
pub(super) fn union(
    definer: &mut Definer<'_, '_>,
    source: UnionSource<'_>,
    view: View,
    hint: &NameHint,
) -> (Union, Vec<BranchName>) {
    let context = definer.context;
    let UnionSource {
        place,
        merged,
        branches,
    } = source;
    let discriminator = merged.discriminator.as_ref();
    let children = Children::of(context, place);
    let mut distinction = distinguish(context, &branches, discriminator, definer.reports.diagnostics);
    if let Some(children) = children {
        children.distinguish(&branches, &mut distinction);
    }
    let order = order(&branches, &distinction.traits);
    let alike = first_alike(context, &branches, &distinction.traits);
    let branches = named_branches(definer, branches, &distinction, hint);
    if let (Some((a, b)), Some(place)) = (alike, place) {
        let span = context.schemas[place].span;
        let names: [&dyn std::fmt::Display; 2] = [&branches[a].name, &branches[b].name];
        definer.reports.report(rules::AMBIGUOUS_BRANCHES, span, &names);
    }
    let mut branches: Vec<Option<NamedBranch>> = branches.into_iter().map(Some).collect();
    let mut variants = Vec::with_capacity(branches.len());
    let mut requests = Vec::with_capacity(branches.len());
    for index in order {
        let Some(NamedBranch {
            branch,
            name,
            request,
        }) = branches[index].take()
        else {
            continue;
        };
        let tag = match children {
            Some(children) => children.tag_to_add(&branch),
            None => tag_to_add(discriminator, &distinction, index, &branch),
        };
        let mut docs = variant_docs(definer, &branch);
        docs.constraints
            .extend(children.and_then(|children| children.phrase(&branch)));
        let hint = hint.then(&name);
        let ty = match view {
            View::Form => form_branch_type(definer, merged, branch, &hint),
            View::Shared | View::Sent | View::Received => branch_type(definer, branch, view, &hint),
        };
        let request = request.for_type(&ty);
        variants.push(UnionVariant {
            ty,
            name,
            tests: distinction.traits[index].tests.clone(),
            tag,
            docs,
        });
        requests.push(request);
    }
    let union = Union {
        variants,
        discriminator: discriminator.map(|discriminator| discriminator.property.clone()),
        unlisted: None,
    };
    (union, requests)
}

struct NamedBranch {
    branch: Branch,
    /// A unique name that is the hint for types inside the branch. The variant gets its name later, with all other
    /// members.
    name: String,
    request: BranchName,
}

/// The branches with their names, in their order.
fn named_branches(
    definer: &Definer<'_, '_>,
    branches: Vec<Branch>,
    distinction: &Distinction,
    hint: &NameHint,
) -> Vec<NamedBranch> {
    let definitions = definer.definitions.list();
    let union = hint.base.and_then(|id| definitions[id.0].places.first().copied());
    let requests = branch_names(definer.context, &branches, distinction, union);
    let mut scope = UniqueNames::default();
    let branches = branches.into_iter().zip(requests);
    let branches = branches.map(|(branch, request)| NamedBranch {
        branch,
        name: scope.make_unique(&request.proposal),
        request,
    });
    branches.collect()
}

/// The type of a branch, without `null`.
fn branch_type(definer: &mut Definer<'_, '_>, branch: Branch, view: View, hint: &NameHint) -> Type {
    match branch.content {
        BranchType::Scalar(ty) => ty,
        BranchType::Enum(values, openness) => {
            let first = branch.merged.parts.first().copied();
            let place = branch.schema.or(first).unwrap_or(SchemaId(0));
            let mut lock_key = type_key(&definer.context.schemas[place].pointer.0);
            if branch.schema.is_none() {
                // The pointer is that of the union itself.
                lock_key.push_str(" as enum");
            }
            let ty = enum_type(place, lock_key, values, openness, hint);
            definer.definitions.resolve(ty)
        }
        BranchType::Schemas(intersection) => {
            let at = TypeUse {
                direction: view.direction(),
                hint,
                depth: 1,
            };
            let ty = definer.lower_use(&intersection, at);
            definer.definitions.resolve(ty.without_null())
        }
    }
}

/// The type of a branch of the form, or of the part of a form, `union`.
fn form_branch_type(definer: &mut Definer<'_, '_>, union: &Merged, branch: Branch, hint: &NameHint) -> Type {
    match &branch.content {
        BranchType::Schemas(intersection) => {
            let at = TypeUse {
                direction: View::Form.direction(),
                hint,
                depth: 1,
            };
            definer.form_branch(union, intersection, at)
        }
        // A file, and texts in place of it.
        BranchType::Scalar(Type::String) | BranchType::Enum(_, Openness::Open)
            if definer.files.has_file_branch(definer.context, union) =>
        {
            Type::File
        }
        BranchType::Scalar(_) | BranchType::Enum(..) => branch_type(definer, branch, View::Form, hint),
    }
}

/// The discriminator with its value, if the type of the branch has no such property itself.
fn tag_to_add(
    discriminator: Option<&Discriminator>,
    distinction: &Distinction,
    index: usize,
    branch: &Branch,
) -> Option<(String, String)> {
    let property = &discriminator?.property;
    if branch.merged.properties.contains_key(property) {
        return None;
    }
    let value = distinction.tags[index]
        .as_ref()?
        .first()
        .and_then(Value::as_str)?;
    Some((property.clone(), value.to_owned()))
}

fn variant_docs(definer: &Definer<'_, '_>, branch: &Branch) -> Docs {
    let Some(_) = branch.schema else {
        return Docs::default();
    };
    Docs {
        constraints: Vec::new(),
        example: None,
        ..docs::docs(definer.context.schemas, &branch.merged)
    }
}
