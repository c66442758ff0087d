//! What is known about the types of an API as a whole, and used to emit each of them.

use super::origin::Origins;
use super::type_tokens::{Scope, write_type};
use crate::emit::Layout;
use crate::model::{Api, IntKind, TestValues, Type, TypeDef, TypeId, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeSet, HashSet};

/// How deeply types are followed into one another.
const MAX_DEPTH: usize = 32;

/// An API and facts about all its types.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    /// The output has tests, which serialize and deserialize values of all types.
    pub(super) has_tests: bool,
    pub(super) layout: Layout,
    pub(super) origins: Origins<'a>,
    /// The definitions within branches of unions that are decoded by trying one after the other.
    within_unions: HashSet<TypeId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, tests: &TestValues, layout: Layout) -> Self {
        Self {
            api,
            has_tests: !tests.is_empty(),
            layout,
            origins: Origins::new(api),
            within_unions: within_unions(api),
        }
    }

    /// The attributes of an impl: none if the client needs it, `#[cfg(test)]` if only the tests of the output do.
    /// `None` if nothing needs the impl.
    pub(super) fn impl_attributes(&self, client_needs_it: bool) -> Option<TokenStream> {
        if client_needs_it {
            return Some(TokenStream::new());
        }
        self.has_tests.then(|| quote!(#[cfg(test)]))
    }

    /// Whether a value of the definition may decide which branch of a union it is part of.
    pub(super) fn is_within_union(&self, id: TypeId) -> bool {
        self.within_unions.contains(&id)
    }

    /// A type as it is written in `models.rs`.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        write_type(self.api, ty, Scope::Models)
    }

    /// The type without aliases and boxes. It is equal for two types that are the same to a caller.
    pub(super) fn canonical_type(&self, ty: &Type) -> Type {
        self.canonical_type_at(ty, 0)
    }

    fn canonical_type_at(&self, ty: &Type, depth: usize) -> Type {
        if depth > MAX_DEPTH {
            return ty.clone();
        }
        let inner = |ty: &Type| self.canonical_type_at(ty, depth + 1);
        match self.api.resolve_aliases(ty) {
            Type::Boxed(ty) => inner(ty),
            Type::Array(ty) => Type::Array(Box::new(inner(ty))),
            Type::Map(ty) => Type::Map(Box::new(inner(ty))),
            Type::Nullable(ty) => Type::Nullable(Box::new(inner(ty))),
            Type::Tuple(types) => Type::Tuple(types.iter().map(inner).collect()),
            other => other.clone(),
        }
    }

    /// Whether values of the type consist of integers of at most 64 bits.
    pub(super) fn is_whole(&self, ty: &Type) -> bool {
        match self.api.resolve_aliases(ty) {
            Type::Int(kind) => !matches!(kind, IntKind::I128 | IntKind::Digits),
            Type::Nullable(inner) | Type::Array(inner) | Type::Map(inner) => self.is_whole(inner),
            _ => false,
        }
    }

    /// Whether `null` is a value of the type.
    pub(super) fn accepts_null(&self, ty: &Type) -> bool {
        self.accepts_null_at(ty, 0)
    }

    fn accepts_null_at(&self, ty: &Type, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        match self.api.resolve_aliases(ty) {
            Type::Json | Type::Null | Type::Nullable(_) => true,
            Type::Boxed(ty) => self.accepts_null_at(ty, depth + 1),
            Type::Named(id) => match self.api.type_kind(*id) {
                Some(TypeKind::Enum(list)) => list.variants.iter().any(|variant| variant.value.is_null()),
                Some(TypeKind::Union(union)) => union
                    .variants
                    .iter()
                    .any(|variant| self.accepts_null_at(&variant.ty, depth + 1)),
                Some(TypeKind::Newtype(ty)) => self.accepts_null_at(ty, depth + 1),
                Some(TypeKind::Struct(_) | TypeKind::Alias(_) | TypeKind::Checked(_)) => false,
                None => true,
            },
            _ => false,
        }
    }

    /// Whether the type, as a form, has a property that is a file.
    pub(super) fn is_form_with_file(&self, ty: &Type) -> bool {
        let mut seen = BTreeSet::new();
        let mut pending = vec![self.canonical_type(ty)];
        while let Some(ty) = pending.pop() {
            let Type::Named(id) = ty else { continue };
            let kind = self.api.type_kind(id).filter(|_| seen.insert(id));
            match kind {
                Some(TypeKind::Struct(object)) => {
                    let mut fields = object.fields.iter();
                    if fields.any(|field| self.holds_file(&field.ty)) {
                        return true;
                    }
                }
                Some(TypeKind::Union(union)) => {
                    let variants = union.variants.iter();
                    pending.extend(variants.map(|variant| self.canonical_type(&variant.ty)));
                }
                _ => {}
            }
        }
        false
    }

    /// Whether the type of a property is a file, or has files among its items or alternatives.
    fn holds_file(&self, ty: &Type) -> bool {
        let mut seen = BTreeSet::new();
        let mut pending = vec![self.canonical_type(ty)];
        while let Some(ty) = pending.pop() {
            for ty in ty.walk() {
                let Type::Named(id) = ty else {
                    if *ty == Type::File {
                        return true;
                    }
                    continue;
                };
                if let Some(TypeKind::Union(union)) = self.api.type_kind(*id).filter(|_| seen.insert(*id)) {
                    let variants = union.variants.iter();
                    pending.extend(variants.map(|variant| self.canonical_type(&variant.ty)));
                }
            }
        }
        false
    }

    /// The documentation of a type, or a sentence on where it comes from if its name does not say that.
    pub(super) fn attributes(&self, def: &TypeDef) -> TokenStream {
        crate::emit::docs::item_attributes(&def.docs, self.origins.sentence(def).as_deref())
    }
}

/// The definitions that the branches of unions mention, directly or through others.
fn within_unions(api: &Api) -> HashSet<TypeId> {
    let mentioned = |kind: &TypeKind| -> Vec<TypeId> {
        let types = kind.types().into_iter();
        types.flat_map(Type::definitions).collect()
    };
    let mut pending: Vec<TypeId> = Vec::new();
    for def in &api.types {
        if matches!(&def.kind, TypeKind::Union(union) if union.variants.len() > 1) {
            pending.extend(mentioned(&def.kind));
        }
    }
    let mut found = HashSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(api.type_kind(id).map(mentioned).unwrap_or_default());
        }
    }
    found
}
