//! Writes the frame of serde's impls. They are written out rather than derived: a derived impl takes far longer to
//! compile.

use super::context::Context;
use crate::emit::names::ident;
use crate::model::TypeDef;
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Serialize` with this body, which has `self` and `serializer` in scope; `None` if nothing serializes the type.
pub(super) fn serialize_impl(context: &Context, def: &TypeDef, body: &TokenStream) -> Option<TokenStream> {
    let attributes = context.impl_attributes(def.usage.sent)?;
    let name = ident(&def.name);
    Some(quote! {
        #attributes
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                #body
            }
        }
    })
}

/// `impl Deserialize` with this body, which has `deserializer` in scope; `None` if nothing deserializes the type.
pub(super) fn deserialize_impl(context: &Context, def: &TypeDef, body: &TokenStream) -> Option<TokenStream> {
    let attributes = context.impl_attributes(def.usage.received)?;
    let name = ident(&def.name);
    Some(quote! {
        #attributes
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                #body
            }
        }
    })
}
