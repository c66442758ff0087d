//! Names for other types.

use super::context::Context;
use crate::emit::names::ident;
use crate::model::{Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// `type X = ...;`
pub(super) fn alias(context: &Context, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let (name, ty) = (ident(&def.name), context.ty(ty));
    let docs = super::origin::docs(context, def);
    vec![quote!(#docs pub type #name = #ty;)]
}

/// `struct X(...);`
pub(super) fn newtype(context: &Context, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let (name, ty) = (ident(&def.name), context.ty(ty));
    let docs = super::origin::docs(context, def);
    let usage = def.usage;
    let (from, result) = (context.std("From"), context.std("Result"));
    let serialize = context.gate(usage.sent).map(|gate| {
        quote! {
            #gate
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                    ::serde::Serialize::serialize(&self.0, serializer)
                }
            }
        }
    });
    let deserialize = context.gate(usage.received).map(|gate| {
        quote! {
            #gate
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    ::serde::Deserialize::deserialize(deserializer).map(Self)
                }
            }
        }
    });
    let mut items = vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name(pub #ty);
        },
        quote! {
            impl #from<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }
        },
    ];
    items.extend(serialize);
    items.extend(deserialize);
    items
}
