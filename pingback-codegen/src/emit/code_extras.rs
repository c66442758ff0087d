//! What only some lists of codes have: numbers, and messages with parameters. The [`Api`] in; further impls of
//! `ErrorCode` out.

use super::names::ident;
use crate::model::{Api, Code, IntKind, MessagePart};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits the impls that the codes of this API need.
pub(super) fn items(api: &Api) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if let Some(kind) = api.errors.number {
        items.push(numbers(&api.errors.codes, kind));
    }
    if api.errors.codes.iter().any(|code| !code.templates.is_empty()) {
        items.push(messages(&api.errors.codes));
    }
    items
}

fn numbers(codes: &[Code], kind: IntKind) -> TokenStream {
    let ty = if kind == IntKind::U32 {
        quote!(u32)
    } else {
        quote!(i64)
    };
    let number = |code: &Code| {
        // The model says that all are numbers.
        Literal::i64_unsuffixed(code.code.parse().unwrap_or_default())
    };
    let arms = codes.iter().map(|code| {
        let (variant, number) = (ident(&code.variant), number(code));
        quote!(Self::#variant => #number,)
    });
    let back = codes.iter().map(|code| {
        let (variant, number) = (ident(&code.variant), number(code));
        quote!(#number => Self::#variant,)
    });
    quote! {
        impl ErrorCode {
            /// The code as a number.
            #[must_use]
            pub const fn number(self) -> #ty {
                match self { #(#arms)* }
            }

            /// The code of that number.
            #[must_use]
            pub const fn from_number(number: #ty) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(match number {
                    #(#back)*
                    _ => return ::std::option::Option::None,
                })
            }
        }
    }
}

fn messages(codes: &[Code]) -> TokenStream {
    let arms = codes
        .iter()
        .filter(|code| !code.templates.is_empty())
        .map(|code| {
            let variant = ident(&code.variant);
            let templates = code.templates.iter().map(|parts| {
                let parts = parts.iter().map(part);
                quote!(&[#(#parts),*])
            });
            quote!(Self::#variant => &[#(#templates),*],)
        });
    quote! {
        impl ErrorCode {
            /// The documented messages that have parameters, in parts.
            fn templates(self) -> &'static [&'static [super::runtime::message::Part]] {
                use super::runtime::message::Part;
                match self {
                    #(#arms)*
                    _ => &[],
                }
            }

            /// Reads the parameters out of a message that came with this code, such as the `{id}` of
            /// `Invalid id '{id}'`. There are none in a message that is documented without any; `None` means
            /// that the message is not one of those documented.
            #[must_use]
            pub fn read_message(self, message: &str) -> ::std::option::Option<super::runtime::MessageParameters> {
                let mut templates = self.templates().iter();
                let read = templates.find_map(|parts| super::runtime::message::read(parts, message));
                read.or_else(|| self.messages().contains(&message).then(::std::default::Default::default))
            }

            /// Writes the documented message, the first if there are several, with a value for each of its
            /// parameters. It is empty if none is documented.
            ///
            /// # Errors
            /// If a parameter of the message is not among the values.
            pub fn write_message(
                self,
                values: &[(&str, &str)],
            ) -> ::std::result::Result<::std::string::String, super::runtime::MissingParameter> {
                if let ::std::option::Option::Some(parts) = self.templates().first() {
                    super::runtime::message::write(parts, values)
                } else {
                    let message = self.messages().first().copied().unwrap_or_default();
                    ::std::result::Result::Ok(message.to_owned())
                }
            }
        }
    }
}

fn part(part: &MessagePart) -> TokenStream {
    match part {
        MessagePart::Text(text) => quote!(Part::Text(#text)),
        MessagePart::Parameter(name) => quote!(Part::Parameter(#name)),
    }
}
