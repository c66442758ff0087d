//! An enum whose values are any JSON.

use super::{EnumWriter, Impls};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn impls(writer: &EnumWriter) -> Impls {
    let (name, type_name) = (&writer.name, &writer.def.name);
    let mut inherent = vec![
        value_function(writer),
        writer.display_impl(&quote!(::std::fmt::Display::fmt(&self.value(), f))),
    ];
    let read = quote!(<::serde_json::Value as ::serde::Deserialize>::deserialize(
        deserializer
    ));
    let value_of = if writer.unlisted.is_some() {
        quote!(Self::value)
    } else {
        quote!(|listed| listed.value())
    };
    let find = quote!(runtime::json::find(Self::ALL, #value_of, &value));
    let deserialize_body = if let Some(unlisted) = &writer.unlisted {
        inherent.push(quote! {
            impl ::std::convert::From<::serde_json::Value> for #name {
                fn from(value: ::serde_json::Value) -> Self {
                    #find.unwrap_or(Self::#unlisted(value))
                }
            }
        });
        writer.counting_unlisted(&quote!(#read.map(Self::from)))
    } else {
        quote! {
            let value = #read?;
            #find.ok_or_else(|| ::serde::de::Error::custom(runtime::NotListed::new(#type_name, &value)))
        }
    };
    Impls {
        inherent,
        serialize_body: quote!(::serde::Serialize::serialize(&self.value(), serializer)),
        deserialize_body,
    }
}

fn value_function(writer: &EnumWriter) -> TokenStream {
    let (name, variants) = (&writer.name, &writer.variants);
    let texts = writer
        .list
        .variants
        .iter()
        .map(|variant| variant.value.to_string());
    let (all, receiver) = (writer.all(), writer.receiver());
    let unlisted = writer.unlisted.as_ref();
    let unlisted = unlisted.map(|unlisted| quote!(Self::#unlisted(value) => value.clone(),));
    quote! {
        impl #name {
            #all

            /// The value as it is sent and received.
            #[must_use]
            pub fn value(#receiver) -> ::serde_json::Value {
                match self { #(Self::#variants => runtime::json::parse(#texts),)* #unlisted }
            }
        }
    }
}
