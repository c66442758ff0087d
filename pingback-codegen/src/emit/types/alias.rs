//! Emits names for other types: type aliases, and tuple structs where a type contains itself.

use super::context::Context;
use super::serde_impls::{deserialize_impl, serialize_impl};
use crate::emit::names::ident;
use crate::model::{Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// `type X = ...;`
pub(super) fn alias(context: &Context, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let (name, ty) = (ident(&def.name), context.ty(ty));
    let attributes = context.attributes(def);
    vec![quote!(#attributes pub type #name = #ty;)]
}

/// `struct X(...);`
pub(super) fn newtype(context: &Context, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let (name, ty) = (ident(&def.name), context.ty(ty));
    let attributes = context.attributes(def);
    let serialize = quote!(::serde::Serialize::serialize(&self.0, serializer));
    let deserialize = quote!(::serde::Deserialize::deserialize(deserializer).map(Self));
    let mut items = vec![
        quote! {
            #attributes
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name(pub #ty);
        },
        quote! {
            impl ::std::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }
        },
    ];
    items.extend(serialize_impl(context, def, &serialize));
    items.extend(deserialize_impl(context, def, &deserialize));
    items
}
