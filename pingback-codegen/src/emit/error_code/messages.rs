//! Emits the methods of `ErrorCode` for messages that have parameters.

use crate::emit::names::ident;
use crate::model::{Code, MessagePart};
use proc_macro2::TokenStream;
use quote::quote;

/// `read_message` and `write_message`, and the templates that they use.
pub(super) fn methods(codes: &[Code]) -> TokenStream {
    let templates = templates(codes);
    quote! {
        impl ErrorCode {
            #templates

            /// Extracts the parameters from a message that was received with this code, such as the `{id}` of
            /// `Invalid id '{id}'`. Returns no parameters if the documented message has none, and `None` if the
            /// message is not documented.
            #[must_use]
            pub fn read_message(self, message: &str) -> ::std::option::Option<super::runtime::MessageParameters> {
                let mut templates = self.templates().iter();
                let read = templates.find_map(|parts| super::runtime::message::read(parts, message));
                read.or_else(|| self.messages().contains(&message).then(::std::default::Default::default))
            }

            /// Writes the documented message (the first, if there are several) with these values of its
            /// parameters. Returns an empty text if no message is documented.
            ///
            /// # Errors
            /// The message has a parameter without a value.
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

fn templates(codes: &[Code]) -> TokenStream {
    let with_templates = codes.iter().filter(|code| !code.templates.is_empty());
    let arms = with_templates.map(|code| {
        let variant = ident(&code.variant);
        let templates = code.templates.iter().map(|parts| {
            let parts = parts.iter().map(part);
            quote!(&[#(#parts),*])
        });
        quote!(Self::#variant => &[#(#templates),*],)
    });
    quote! {
        /// The documented messages that have parameters, in parts.
        fn templates(self) -> &'static [&'static [super::runtime::message::Part]] {
            use super::runtime::message::Part;
            match self {
                #(#arms)*
                _ => &[],
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
