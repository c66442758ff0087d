//! An enum whose values are integers.

use super::{EnumWriter, Impls};
use crate::emit::types::{literals, type_tokens};
use crate::model::{IntKind, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

pub(super) fn impls(writer: &EnumWriter, kind: IntKind) -> Impls {
    let int = type_tokens::integer(kind);
    let numbers: Vec<TokenStream> = writer
        .list
        .variants
        .iter()
        .map(|variant| literals::integer(integer_of_kind(&variant.value, kind).unwrap_or_default()))
        .collect();
    let read = if writer.context.is_whole(&Type::Int(kind)) {
        quote!(<#int as runtime::whole::Whole>::read(deserializer))
    } else {
        quote!(<#int as ::serde::Deserialize>::deserialize(deserializer))
    };
    let (conversion, deserialize_body) = if let Some(unlisted) = &writer.unlisted {
        (
            from_impl(writer, unlisted, &int, &numbers),
            writer.counting_unlisted(&quote!(#read.map(Self::from))),
        )
    } else {
        (
            try_from_impl(writer, &int, &numbers),
            quote!(::std::convert::TryFrom::try_from(#read?).map_err(::serde::de::Error::custom)),
        )
    };
    Impls {
        inherent: vec![
            value_function(writer, &int, &numbers),
            writer.display_impl(&quote!(::std::fmt::Display::fmt(&self.value(), f))),
            conversion,
        ],
        serialize_body: quote!(::serde::Serialize::serialize(&self.value(), serializer)),
        deserialize_body,
    }
}

/// The integer in a JSON value, if it fits the kind.
pub(super) fn integer_of_kind(value: &Value, kind: IntKind) -> Option<i128> {
    let signed = value.as_i64().map(i128::from);
    let number = signed.or_else(|| value.as_u64().map(i128::from))?;
    let fits = match kind {
        IntKind::I32 => i32::try_from(number).is_ok(),
        IntKind::I64 => i64::try_from(number).is_ok(),
        IntKind::U32 => u32::try_from(number).is_ok(),
        IntKind::U64 => u64::try_from(number).is_ok(),
        IntKind::I128 | IntKind::Digits => true,
    };
    fits.then_some(number)
}

fn value_function(writer: &EnumWriter, int: &TokenStream, numbers: &[TokenStream]) -> TokenStream {
    let (name, variants) = (&writer.name, &writer.variants);
    let (all, receiver) = (writer.all(), writer.receiver());
    let unlisted = writer.unlisted.as_ref();
    let unlisted = unlisted.map(|unlisted| quote!(Self::#unlisted(value) => *value,));
    quote! {
        impl #name {
            #all

            /// The value as it is sent and received.
            #[must_use]
            pub fn value(#receiver) -> #int {
                match self { #(Self::#variants => #numbers,)* #unlisted }
            }
        }
    }
}

/// `From`, which accepts every integer.
fn from_impl(
    writer: &EnumWriter,
    unlisted: &Ident,
    int: &TokenStream,
    numbers: &[TokenStream],
) -> TokenStream {
    let (name, variants) = (&writer.name, &writer.variants);
    quote! {
        impl ::std::convert::From<#int> for #name {
            fn from(value: #int) -> Self {
                match value {
                    #(#numbers => Self::#variants,)*
                    _ => Self::#unlisted(value),
                }
            }
        }
    }
}

/// `TryFrom`, which accepts the listed integers.
fn try_from_impl(writer: &EnumWriter, int: &TokenStream, numbers: &[TokenStream]) -> TokenStream {
    let (name, variants, type_name) = (&writer.name, &writer.variants, &writer.def.name);
    // The error type is not written as `Self::Error`, which may be a variant.
    quote! {
        impl ::std::convert::TryFrom<#int> for #name {
            type Error = runtime::NotListed;

            fn try_from(value: #int) -> ::std::result::Result<Self, runtime::NotListed> {
                match value {
                    #(#numbers => ::std::result::Result::Ok(Self::#variants),)*
                    _ => ::std::result::Result::Err(runtime::NotListed::new(#type_name, value)),
                }
            }
        }
    }
}
