//! Names for the members of types: the fields of structs, and the variants of enums and unions.

use super::branch_name::{BranchKey, BranchName};
use super::enumeration::{Openness, unlisted_name};
use crate::model::{Type, TypeDef, TypeId, TypeKind};
use crate::names::{
    ADDITIONAL_PROPERTIES, LISTED_STRINGS, LockedNames, NameKind, NameRequest, Scope, branch_key, member_key,
    value_key,
};
use std::collections::HashMap;
use std::ops::Range;

/// Names the fields of structs and the variants of enums. `openness` is, for each enum, whether it accepts
/// other values.
pub(super) fn name_members(
    types: &mut [TypeDef],
    openness: &[Openness],
    former: &FormerOwners,
    locked: &LockedNames,
    new: &mut LockedNames,
) {
    for (at, def) in types.iter_mut().enumerate() {
        let requests = member_requests(def);
        let mut scope = Scope::of(NameKind::Members, &def.name);
        scope = scope.formerly(former.of(at));
        if matches!(def.kind, TypeKind::Enum(_)) {
            scope = scope.without([unlisted_name(
                openness.get(at).copied().unwrap_or(Openness::Closed),
            )]);
        }
        let names = scope.assign(&requests, locked);
        new.record(&scope, &requests, &names);
        set_member_names(def, names);
    }
}

/// One request for each field or variant. Members that are spelled like their names come first.
fn member_requests(def: &TypeDef) -> Vec<NameRequest> {
    let request = |key: String, text: Option<&str>, proposal: &str| {
        let request = NameRequest::new(key, proposal);
        if text == Some(proposal) {
            request.preferred()
        } else {
            request
        }
    };
    match &def.kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter();
            let fields = fields.map(|field| request(member_key(&field.wire), Some(&field.wire), &field.name));
            let additional = object.additional.iter();
            let additional =
                additional.map(|(name, _)| request(ADDITIONAL_PROPERTIES.to_owned(), None, name));
            fields.chain(additional).collect()
        }
        TypeKind::Enum(list) => {
            let variants = list.variants.iter();
            let variants = variants
                .map(|variant| request(value_key(&variant.value), variant.value.as_str(), &variant.name));
            variants.collect()
        }
        _ => Vec::new(),
    }
}

/// Sets the names that [`member_requests`] asked for, in the same order.
fn set_member_names(def: &mut TypeDef, names: Vec<String>) {
    match &mut def.kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.name);
            let additional = object.additional.iter_mut().map(|(name, _)| name);
            fields
                .chain(additional)
                .zip(names)
                .for_each(|(slot, name)| *slot = name);
        }
        TypeKind::Enum(list) => {
            let variants = list.variants.iter_mut().map(|variant| &mut variant.name);
            variants.zip(names).for_each(|(slot, name)| *slot = name);
        }
        _ => {}
    }
}

/// For each type, the types that had its members: the lock file may have the names of these under them.
#[derive(Debug)]
pub(super) struct FormerOwners(HashMap<usize, Vec<String>>);

impl FormerOwners {
    /// `other_names` are the types that are former names of others. Each base, which comes first in `bases`, has members
    /// that the type of its parent had.
    pub(super) fn new(types: &[TypeDef], other_names: Range<usize>, bases: &[(TypeId, TypeId)]) -> Self {
        let mut former: HashMap<usize, Vec<String>> = HashMap::new();
        for def in &types[other_names] {
            if let TypeKind::Alias(Type::Named(of)) = def.kind {
                former.entry(of.0).or_default().push(def.name.clone());
            }
        }
        for (base, parent) in bases {
            let name = types[parent.0].name.clone();
            former.entry(base.0).or_default().push(name);
        }
        Self(former)
    }

    fn of(&self, index: usize) -> Vec<String> {
        self.0.get(&index).cloned().unwrap_or_default()
    }

    /// Each type that had another name, with these names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Vec<String>)> {
        self.0.iter().map(|(&index, names)| (index, names))
    }
}

/// Names the variants of unions. `branches` has the requested names of each union's variants, in their order.
pub(super) fn name_branches(
    types: &mut [TypeDef],
    branches: &[Vec<BranchName>],
    former: &FormerOwners,
    locked: &LockedNames,
    new: &mut LockedNames,
) {
    for (at, (def, branches)) in types.iter_mut().zip(branches).enumerate() {
        let TypeKind::Union(union) = &mut def.kind else {
            continue;
        };
        let mut scope = Scope::of(NameKind::Variants, &def.name)
            .formerly(former.of(at))
            .without([unlisted_name(Openness::Closed)]);
        // Variants are in the order in which they are decoded, and named in the order of the document.
        let mut order: Vec<usize> = (0..union.variants.len().min(branches.len())).collect();
        order.sort_by_key(|&variant| branches[variant].index);
        let requests: Vec<NameRequest> = order
            .iter()
            .map(|&variant| branch_request(&union.variants[variant].ty, &branches[variant]))
            .collect();
        let names = scope.assign(&requests, locked);
        new.record(&scope, &requests, &names);
        for (variant, name) in order.into_iter().zip(names) {
            union.variants[variant].name = name;
        }
    }
}

fn branch_request(ty: &Type, branch: &BranchName) -> NameRequest {
    let request = |key: String| NameRequest::new(key, &branch.proposal);
    match &branch.key {
        BranchKey::Component(name) => request(name.clone()),
        // One list of strings may become two. The key would then denote another list.
        BranchKey::Scalar("Known" | "String") if !matches!(ty, Type::String | Type::File) => {
            request(branch_key(LISTED_STRINGS)).by_position()
        }
        BranchKey::Scalar(name) => request(branch_key(&name.to_lowercase())),
        BranchKey::Place(place) => request(branch_key(place)).by_position(),
    }
}
