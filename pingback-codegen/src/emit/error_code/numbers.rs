//! Emits the methods of `ErrorCode` for codes that are numbers.

use crate::emit::names::ident;
use crate::model::{Code, IntKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// `number` and `from_number`. Every code is a number that fits `kind`.
pub(super) fn methods(codes: &[Code], kind: IntKind) -> TokenStream {
    let ty = if kind == IntKind::U32 {
        quote!(u32)
    } else {
        quote!(i64)
    };
    let variants: Vec<Ident> = codes.iter().map(|code| ident(&code.variant)).collect();
    let numbers: Vec<Literal> = codes
        .iter()
        .map(|code| Literal::i64_unsuffixed(code.code.parse().unwrap_or_default()))
        .collect();
    quote! {
        impl ErrorCode {
            /// The code as a number.
            #[must_use]
            pub const fn number(self) -> #ty {
                match self { #(Self::#variants => #numbers,)* }
            }

            /// The code with this number, if there is one.
            #[must_use]
            pub const fn from_number(number: #ty) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(match number {
                    #(#numbers => Self::#variants,)*
                    _ => return ::std::option::Option::None,
                })
            }
        }
    }
}
