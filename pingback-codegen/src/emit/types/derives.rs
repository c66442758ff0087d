//! Finds which traits a struct around a type can derive.

use super::context::Context;
use super::enum_def::{Repr, repr};
use super::type_tokens::MAX_TUPLE;
use crate::model::{IntKind, Type, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// A trait that not every type implements. Every emitted type has `Debug`, `Clone` and `PartialEq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Derive {
    Copy,
    Eq,
    PartialOrd,
    Ord,
    Hash,
}

/// How deeply types are nested at most; deeper ones implement nothing.
const MAX_DEPTH: usize = 16;

const ALL: [Derive; 5] = [
    Derive::Copy,
    Derive::Eq,
    Derive::PartialOrd,
    Derive::Ord,
    Derive::Hash,
];

impl Derive {
    /// The name of the trait, with a comma.
    pub(super) fn tokens(self) -> TokenStream {
        match self {
            Self::Copy => quote!(Copy,),
            Self::Eq => quote!(Eq,),
            Self::PartialOrd => quote!(PartialOrd,),
            Self::Ord => quote!(Ord,),
            Self::Hash => quote!(Hash,),
        }
    }
}

/// The traits of [`Derive`] that a type implements.
pub(super) fn implemented(context: &Context, ty: &Type) -> BTreeSet<Derive> {
    implemented_at(context, ty, 0)
}

fn implemented_at(context: &Context, ty: &Type, depth: usize) -> BTreeSet<Derive> {
    if depth > MAX_DEPTH {
        return BTreeSet::new();
    }
    let inner = |ty: &Type| implemented_at(context, ty, depth + 1);
    match context.api.resolve_aliases(ty) {
        Type::Int(IntKind::Digits) => BTreeSet::from([Derive::Eq, Derive::Hash]),
        Type::Bool | Type::Int(_) | Type::Date | Type::Uuid => BTreeSet::from(ALL),
        Type::String | Type::DateTime => without_copy(BTreeSet::from(ALL)),
        Type::Float(_) => BTreeSet::from([Derive::Copy, Derive::PartialOrd]),
        Type::Array(ty) | Type::Map(ty) | Type::Boxed(ty) => without_copy(inner(ty)),
        Type::Nullable(ty) => inner(ty),
        Type::Tuple(types) if types.len() <= MAX_TUPLE => types
            .iter()
            .map(inner)
            .fold(BTreeSet::from(ALL), |all, item| &all & &item),
        Type::Named(id) => match context.api.type_kind(*id) {
            Some(TypeKind::Checked(checked)) => inner(&checked.inner),
            Some(TypeKind::Enum(list)) if repr(list) == Repr::Json && list.unlisted.is_some() => {
                BTreeSet::from([Derive::Eq])
            }
            Some(TypeKind::Enum(_)) => BTreeSet::from([Derive::Eq, Derive::Hash]),
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

fn without_copy(mut traits: BTreeSet<Derive>) -> BTreeSet<Derive> {
    traits.remove(&Derive::Copy);
    traits
}
