//! An enum whose values are strings.

use super::{EnumWriter, Impls};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn impls(writer: &EnumWriter) -> Impls {
    let read = quote!(<::std::string::String as ::serde::Deserialize>::deserialize(
        deserializer
    ));
    let mut inherent = vec![as_str(writer), writer.display_impl(&quote!(f.pad(self.as_str())))];
    let deserialize_body = if let Some(unlisted) = &writer.unlisted {
        inherent.extend(open_conversions(writer, unlisted));
        writer.counting_unlisted(&quote!(#read.map(|text| Self::from(text.as_str()))))
    } else {
        inherent.push(closed_from_str(writer));
        quote!(#read?.parse().map_err(::serde::de::Error::custom))
    };
    Impls {
        inherent,
        serialize_body: quote!(serializer.serialize_str(self.as_str())),
        deserialize_body,
    }
}

fn texts<'a>(writer: &'a EnumWriter) -> Vec<&'a str> {
    let variants = writer.list.variants.iter();
    variants
        .map(|variant| variant.value.as_str().unwrap_or_default())
        .collect()
}

fn as_str(writer: &EnumWriter) -> TokenStream {
    let (name, variants, texts) = (&writer.name, &writer.variants, texts(writer));
    let (all, receiver) = (writer.all(), writer.receiver());
    let lifetime = writer.unlisted.is_none().then(|| quote!('static));
    let unlisted = writer.unlisted.as_ref();
    let unlisted = unlisted.map(|unlisted| quote!(Self::#unlisted(text) => text,));
    quote! {
        impl #name {
            #all

            /// The value as it is sent and received.
            #[must_use]
            pub fn as_str(#receiver) -> &#lifetime str {
                match self { #(Self::#variants => #texts,)* #unlisted }
            }
        }
    }
}

/// `From<&str>` and `FromStr`, which accept every string.
fn open_conversions(writer: &EnumWriter, unlisted: &Ident) -> [TokenStream; 2] {
    let (name, variants, texts) = (&writer.name, &writer.variants, texts(writer));
    [
        quote! {
            impl ::std::convert::From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#texts => Self::#variants,)*
                        _ => Self::#unlisted(::std::convert::From::from(text)),
                    }
                }
            }
        },
        // The error type is not written as `Self::Err`, which may be a variant.
        quote! {
            impl ::std::str::FromStr for #name {
                type Err = ::std::convert::Infallible;

                fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                    ::std::result::Result::Ok(Self::from(text))
                }
            }
        },
    ]
}

/// `FromStr`, which accepts the listed strings.
fn closed_from_str(writer: &EnumWriter) -> TokenStream {
    let (name, variants, texts) = (&writer.name, &writer.variants, texts(writer));
    let type_name = &writer.def.name;
    quote! {
        impl ::std::str::FromStr for #name {
            type Err = runtime::NotListed;

            fn from_str(text: &str) -> ::std::result::Result<Self, runtime::NotListed> {
                match text {
                    #(#texts => ::std::result::Result::Ok(Self::#variants),)*
                    _ => ::std::result::Result::Err(runtime::NotListed::new(#type_name, text)),
                }
            }
        }
    }
}
