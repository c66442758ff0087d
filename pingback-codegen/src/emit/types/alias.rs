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
pub(super) fn newtype(context: &Context, id: usize, def: &TypeDef, ty: &Type) -> Vec<TokenStream> {
    let (name, ty) = (ident(&def.name), context.ty(ty));
    let docs = super::origin::docs(context, def);
    let usage = context.usage(id);
    let serialize = usage.sent.then(|| quote!(::serde::Serialize,));
    let deserialize = usage.received.then(|| quote!(::serde::Deserialize,));
    let test_derives = context.test_derives(usage);
    let from = context.std("From");
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq, #serialize #deserialize)]
            #test_derives
            pub struct #name(pub #ty);
        },
        quote! {
            impl #from<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }
        },
    ]
}
