//! Emits `src/errors.rs`: the enum `ErrorCode` with all error codes of the API, and an enum for messages that are
//! themselves codes.

mod messages;
mod numbers;

use super::docs::{doc_attributes, is_named_like};
use super::file::{Output, RustFile};
use super::markdown::{self, code_span_text};
use super::names::ident;
use super::paths::option;
use crate::model::{Api, Code, MessageCodes};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// Emits `src/errors.rs`, if the API has error codes.
pub(super) fn file(api: &Api) -> Option<Output> {
    let errors = &api.errors;
    if errors.codes.is_empty() && errors.message_codes.is_empty() {
        return None;
    }
    let title = markdown::sanitize(&api.title);
    let mut file = RustFile::new(&format!("The error codes of {}.", title.trim()));
    file.declare(["ErrorCode", "Facts", "UnknownCode"]);
    file.declare(errors.message_codes.iter().map(|list| list.name.as_str()));
    if !errors.codes.is_empty() {
        file.add_all(code_enum(api));
        if let Some(kind) = errors.number {
            file.add(numbers::methods(&errors.codes, kind));
        }
        if errors.codes.iter().any(|code| !code.templates.is_empty()) {
            file.add(messages::methods(&errors.codes));
        }
    }
    for list in &errors.message_codes {
        file.add_all(message_enum(list));
    }
    file.add(unknown_code());
    Some(file.into_output("src/errors.rs"))
}

/// The enum `ErrorCode` and what is documented about each code.
fn code_enum(api: &Api) -> Vec<TokenStream> {
    let codes = &api.errors.codes;
    let variants = codes.iter().map(|code| {
        let (docs, variant) = (code_docs(api, code), ident(&code.variant));
        quote!(#docs #variant,)
    });
    let facts = codes.iter().map(facts);
    let title = markdown::sanitize(&api.title);
    let docs = doc_attributes(&format!(
        "An error code of {}. It is parsed from the text of the code, and displayed as that text.",
        title.trim()
    ));
    let encoding = if api.errors.sent_as_number {
        Encoding::Number
    } else {
        Encoding::NumberOrText
    };
    let mut items = vec![
        quote! {
            #docs
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum ErrorCode { #(#variants)* }
        },
        quote! {
            struct Facts {
                code: &'static str,
                statuses: &'static [u16],
                messages: &'static [&'static str],
                suggested_action: ::std::option::Option<&'static str>,
                explanation: ::std::option::Option<&'static str>,
                retryable: bool,
            }
        },
        quote! {
            /// The facts of each [`ErrorCode`], in the order of the variants.
            static FACTS: &[Facts] = &[#(#facts),*];
        },
        code_methods(codes),
    ];
    items.extend(text_impls(&format_ident!("ErrorCode"), encoding));
    items
}

/// An entry of the table of facts.
fn facts(code: &Code) -> TokenStream {
    let (text, retryable, messages) = (&code.code, code.retryable, &code.messages);
    let statuses = code
        .statuses
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    let action = option(code.suggested_action.as_deref());
    let explanation = option(code.explanation.as_deref());
    quote! {
        Facts {
            code: #text,
            statuses: &[#(#statuses),*],
            messages: &[#(#messages),*],
            suggested_action: #action,
            explanation: #explanation,
            retryable: #retryable,
        }
    }
}

fn code_methods(codes: &[Code]) -> TokenStream {
    let variants = codes.iter().map(|code| ident(&code.variant));
    quote! {
        impl ErrorCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            fn facts(self) -> &'static Facts {
                &FACTS[self as usize]
            }

            /// The code as it is written in responses.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                self.facts().code
            }

            /// The documented HTTP statuses of responses with this code.
            #[must_use]
            pub fn statuses(self) -> &'static [u16] {
                self.facts().statuses
            }

            /// The documented messages.
            #[must_use]
            pub fn messages(self) -> &'static [&'static str] {
                self.facts().messages
            }

            /// The action that the documentation recommends.
            #[must_use]
            pub fn suggested_action(self) -> ::std::option::Option<&'static str> {
                self.facts().suggested_action
            }

            /// Further explanation from the documentation.
            #[must_use]
            pub fn explanation(self) -> ::std::option::Option<&'static str> {
                self.facts().explanation
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub fn is_retryable(self) -> bool {
                self.facts().retryable
            }
        }
    }
}

fn code_docs(api: &Api, code: &Code) -> TokenStream {
    let list = api
        .errors
        .message_codes
        .iter()
        .find(|list| list.code == code.code);
    // Where messages are codes, the first of them does not describe the code.
    let message = code.messages.first().filter(|_| list.is_none());
    let title = code.title.as_ref().or(message);
    let shown_title = title.map(|title| markdown::sanitize(title));
    let shown_title = shown_title.filter(|title| !title.trim().is_empty());
    let mut text = format!("`{}`", code_span_text(&code.code));
    match &shown_title {
        Some(title) => {
            let _ = write!(text, ": {}", title.trim());
        }
        None if list.is_none() && is_named_like(&code.variant, &code.code) => text.clear(),
        None if list.is_none() => text.push('.'),
        None => {}
    }
    if let Some(list) = list {
        let start = if title.is_some() { "\n\nIts" } else { ": its" };
        let _ = write!(text, "{start} messages are themselves codes: [`{}`].", list.name);
    }
    for further in [&code.suggested_action, &code.explanation].into_iter().flatten() {
        text.push_str("\n\n");
        text.push_str(markdown::sanitize(further).trim());
    }
    doc_attributes(&text)
}

/// The enum of the messages of one code.
fn message_enum(list: &MessageCodes) -> Vec<TokenStream> {
    let name = ident(&list.name);
    let variants: Vec<Ident> = list
        .messages
        .iter()
        .map(|message| ident(&message.variant))
        .collect();
    let texts: Vec<&String> = list.messages.iter().map(|message| &message.text).collect();
    let variant_docs = list.messages.iter().map(|message| {
        let text = (!is_named_like(&message.variant, &message.text))
            .then(|| format!("`{}`.", code_span_text(&message.text)));
        doc_attributes(&text.unwrap_or_default())
    });
    let docs = format!(
        " A message of `{}`. The messages of this code are themselves codes.",
        code_span_text(&list.code)
    );
    let mut items = vec![
        quote! {
            #[doc = #docs]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum #name { #(#variant_docs #variants,)* }
        },
        quote! {
            impl #name {
                /// All messages.
                pub const ALL: &'static [Self] = &[#(Self::#variants),*];

                /// The message as it is written in responses.
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self { #(Self::#variants => #texts,)* }
                }
            }
        },
    ];
    items.extend(text_impls(&name, Encoding::Text));
    items
}

/// How an enum of codes is encoded in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// As a string.
    Text,
    /// As a string; a number is decoded, too.
    NumberOrText,
    /// As a number; a string is decoded, too.
    Number,
}

/// The impls that convert an enum of codes to and from text and JSON.
fn text_impls(name: &Ident, encoding: Encoding) -> [TokenStream; 4] {
    let decode = match encoding {
        Encoding::Text => quote! {
            let text = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
        },
        Encoding::NumberOrText | Encoding::Number => quote! {
            let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
            let text = match value {
                ::serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
        },
    };
    let encode = match encoding {
        Encoding::Text | Encoding::NumberOrText => quote!(serializer.serialize_str(self.as_str())),
        Encoding::Number => quote!(::serde::Serialize::serialize(&self.number(), serializer)),
    };
    [
        quote! {
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        },
        quote! {
            impl ::std::str::FromStr for #name {
                type Err = UnknownCode;

                fn from_str(text: &str) -> ::std::result::Result<Self, UnknownCode> {
                    let known = Self::ALL.iter().find(|known| known.as_str() == text);
                    known.copied().ok_or_else(|| UnknownCode(text.to_owned()))
                }
            }
        },
        quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    #encode
                }
            }
        },
        quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    #decode
                    text.parse().map_err(<D::Error as ::serde::de::Error>::custom)
                }
            }
        },
    ]
}

/// The error for a text that is not a known code.
fn unknown_code() -> TokenStream {
    quote! {
        /// A text that is not a known code.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct UnknownCode(::std::string::String);

        impl ::std::fmt::Display for UnknownCode {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "`{}` is not a known code", self.0)
            }
        }

        impl ::std::error::Error for UnknownCode {}
    }
}
