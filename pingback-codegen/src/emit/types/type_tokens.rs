//! Writes a type of the model as Rust.

use crate::emit::names::ident;
use crate::emit::tokens::TypeTokens;
use crate::model::{Api, FloatKind, IntKind, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A longer tuple is written as a `Vec`, since the standard library implements no traits for it.
pub(super) const MAX_TUPLE: usize = 12;

/// Where a type is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Scope<'a> {
    /// In `models.rs`, where the types of the API are in scope.
    Models,
    /// In another file of the output, with the modules `models` and `runtime` in scope.
    OtherFile,
    /// In another crate, which uses the output by this name: an example in the docs.
    OtherCrate(&'a str),
}

impl Scope<'_> {
    /// The path of an item that is public in the module `runtime`.
    pub(in crate::emit) fn runtime_item(self, name: &str) -> TokenStream {
        let name = ident(name);
        match self {
            Self::Models | Self::OtherFile => quote!(runtime::#name),
            Self::OtherCrate(krate) => {
                let krate = ident(krate);
                quote!(#krate::#name)
            }
        }
    }

    /// The path of a type of the API.
    fn model(self, name: &str) -> TokenStream {
        let name = ident(name);
        match self {
            Self::Models => quote!(#name),
            Self::OtherFile => quote!(models::#name),
            Self::OtherCrate(krate) => {
                let krate = ident(krate);
                quote!(#krate::models::#name)
            }
        }
    }
}

/// Writes a type for a file other than `models.rs`, or for another crate.
pub(in crate::emit) fn type_tokens(api: &Api, ty: &Type, scope: Scope) -> TypeTokens {
    TypeTokens::new(
        write_type(api, ty, scope),
        scope == Scope::OtherFile && names_models(api, ty),
    )
}

/// Writes a type.
pub(super) fn write_type(api: &Api, ty: &Type, scope: Scope) -> TokenStream {
    let write = |ty: &Type| write_type(api, ty, scope);
    match ty {
        Type::Bool => quote!(bool),
        Type::Int(IntKind::Digits) => scope.runtime_item("Integer"),
        Type::Int(kind) => integer(*kind),
        Type::Float(FloatKind::F32) => quote!(f32),
        Type::Float(FloatKind::F64) => quote!(f64),
        Type::String => quote!(::std::string::String),
        Type::DateTime => scope.runtime_item("DateTime"),
        Type::Date => quote!(::chrono::NaiveDate),
        Type::Uuid => scope.runtime_item("Uuid"),
        Type::Json => quote!(::serde_json::Value),
        Type::Null => quote!(()),
        Type::Bytes => quote!(::bytes::Bytes),
        Type::File => scope.runtime_item("Part"),
        Type::Array(ty) => {
            let ty = write(ty);
            quote!(::std::vec::Vec<#ty>)
        }
        Type::Map(ty) => {
            let ty = write(ty);
            quote!(::std::collections::BTreeMap<::std::string::String, #ty>)
        }
        Type::Tuple(types) if types.len() > MAX_TUPLE => {
            quote!(::std::vec::Vec<::serde_json::Value>)
        }
        Type::Tuple(types) => {
            let types = types.iter().map(write);
            quote!((#(#types,)*))
        }
        Type::Named(id) => api
            .type_def(*id)
            .map_or_else(|| quote!(::serde_json::Value), |def| scope.model(&def.name)),
        Type::Boxed(ty) => {
            let ty = write(ty);
            quote!(::std::boxed::Box<#ty>)
        }
        Type::Nullable(ty) => {
            let ty = write(ty);
            quote!(::std::option::Option<#ty>)
        }
    }
}

/// Writes an integer type.
pub(super) fn integer(kind: IntKind) -> TokenStream {
    match kind {
        IntKind::I32 => quote!(i32),
        IntKind::I64 => quote!(i64),
        IntKind::U32 => quote!(u32),
        IntKind::U64 => quote!(u64),
        IntKind::I128 => quote!(i128),
        IntKind::Digits => quote!(runtime::Integer),
    }
}

/// Whether the type is written with a name of the module `models`.
fn names_models(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => api.type_def(*id).is_some(),
        Type::Array(ty) | Type::Map(ty) | Type::Boxed(ty) | Type::Nullable(ty) => names_models(api, ty),
        Type::Tuple(types) => types.len() <= MAX_TUPLE && types.iter().any(|ty| names_models(api, ty)),
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::String
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Json
        | Type::Null
        | Type::Bytes
        | Type::File => false,
    }
}
