//! All error codes of the API in; `src/errors.rs` out: the enum `ErrorCode`, and enums of those messages that
//! are codes themselves.

use super::names::ident;
use super::operation::doc_lines;
use super::{Content, Output, docs};
use crate::model::{Api, Code, MessageCodes};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::fmt::Write as _;

/// Emits `src/errors.rs`, if there is a code.
pub(super) fn errors(api: &Api, with_client: bool) -> Option<Output> {
    if api.errors.codes.is_empty() && api.errors.message_codes.is_empty() {
        return None;
    }
    let mut items = Vec::new();
    if !api.errors.codes.is_empty() {
        items.extend(error_code(api));
        items.extend(super::code_extras::items(api));
        if with_client {
            items.push(quote! {
                impl super::runtime::ErrorResponse {
                    /// The code in the body, if it is one of those known.
                    #[must_use]
                    pub fn error_code(&self) -> ::std::option::Option<ErrorCode> {
                        self.code()?.parse().ok()
                    }
                }
            });
            items.push(quote! {
                impl<E> super::runtime::Error<E> {
                    /// The code in the body, if it is one of those known.
                    #[must_use]
                    pub fn error_code(&self) -> ::std::option::Option<ErrorCode> {
                        self.response()?.error_code()
                    }
                }
            });
            items.push(quote! {
                impl ErrorCode {
                    /// The code that a variant of an operation's error enum is for, if it is for one.
                    #[must_use]
                    pub fn of(error: &impl super::runtime::OperationError) -> ::std::option::Option<Self> {
                        error.code()?.parse().ok()
                    }
                }
            });
        }
    }
    for list in &api.errors.message_codes {
        items.extend(message_enum(list));
    }
    items.push(unlisted());
    let title = format!(" The error codes of {}.", docs::safe(&api.title).trim());
    Some(Output {
        path: "src/errors.rs".to_owned(),
        content: Content::Rust {
            header: quote!(#![doc = #title]),
            items: items.into(),
        },
    })
}

fn texts(texts: &[String]) -> TokenStream {
    quote!(&[#(#texts),*])
}

fn error_code(api: &Api) -> Vec<TokenStream> {
    let codes = &api.errors.codes;
    let variants = codes.iter().map(|code| {
        let (about, variant) = (code_docs(api, code), ident(&code.variant));
        quote!(#about #variant,)
    });
    let all = codes.iter().map(|code| ident(&code.variant));
    let facts = codes.iter().map(|code| {
        let (text, retryable) = (&code.code, code.retryable);
        let statuses = code
            .statuses
            .iter()
            .map(|status| Literal::u16_unsuffixed(*status));
        let messages = texts(&code.messages);
        let action = super::client::option(code.suggested_action.as_deref());
        let explanation = super::client::option(code.explanation.as_deref());
        quote! {
            Facts {
                code: #text,
                statuses: &[#(#statuses),*],
                messages: #messages,
                suggested_action: #action,
                explanation: #explanation,
                retryable: #retryable,
            }
        }
    });
    let title = docs::safe(&api.title);
    let about = doc_lines(&format!("An error code of {}.", title.trim()));
    let name = quote!(ErrorCode);
    let mut items = vec![
        quote! {
            #about
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
            /// By [`ErrorCode`], in the order of its variants.
            static FACTS: &[Facts] = &[#(#facts),*];
        },
        quote! {
            impl ErrorCode {
                /// All codes.
                pub const ALL: &'static [Self] = &[#(Self::#all),*];

                fn facts(self) -> &'static Facts {
                    &FACTS[self as usize]
                }

                /// The code on the wire.
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    self.facts().code
                }

                /// The HTTP statuses that it comes with, as far as they are documented.
                #[must_use]
                pub fn statuses(self) -> &'static [u16] {
                    self.facts().statuses
                }

                /// The documented messages.
                #[must_use]
                pub fn messages(self) -> &'static [&'static str] {
                    self.facts().messages
                }

                /// What the documentation advises.
                #[must_use]
                pub fn suggested_action(self) -> ::std::option::Option<&'static str> {
                    self.facts().suggested_action
                }

                /// What else the documentation says.
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
        },
    ];
    items.extend(text_impls(&name, true, api.errors.sent_as_number));
    items
}

fn code_docs(api: &Api, code: &Code) -> TokenStream {
    let mut text = format!("`{}`", crate::emit::docs::spelled(&code.code));
    let list = api
        .errors
        .message_codes
        .iter()
        .find(|list| list.code == code.code);
    // One message of many would say nothing of the code.
    let title = code.title.as_deref().or_else(|| {
        code.messages
            .first()
            .filter(|_| list.is_none())
            .map(String::as_str)
    });
    if let Some(title) = title.map(docs::safe).filter(|title| !title.trim().is_empty()) {
        text.push_str(": ");
        text.push_str(title.trim());
    } else if list.is_none() {
        text.push('.');
    }
    match list {
        Some(list) if title.is_none() => {
            let _ = write!(text, ": its messages are codes themselves, [`{}`].", list.name);
        }
        Some(list) => {
            let _ = write!(text, "\n\nIts messages are codes themselves, [`{}`].", list.name);
        }
        None => {}
    }
    for more in [&code.suggested_action, &code.explanation].into_iter().flatten() {
        text.push_str("\n\n");
        text.push_str(docs::safe(more).trim());
    }
    doc_lines(&text)
}

fn message_enum(list: &MessageCodes) -> Vec<TokenStream> {
    let name = ident(&list.name);
    let variants = list.messages.iter().map(|message| {
        let about = format!(" `{}`.", crate::emit::docs::spelled(&message.text));
        let variant = ident(&message.variant);
        quote!(#[doc = #about] #variant,)
    });
    let all = list.messages.iter().map(|message| ident(&message.variant));
    let arms = list.messages.iter().map(|message| {
        let (variant, text) = (ident(&message.variant), &message.text);
        quote!(Self::#variant => #text,)
    });
    let about = format!(
        " The messages of `{}`, which are codes themselves.",
        crate::emit::docs::spelled(&list.code)
    );
    let name = quote!(#name);
    let mut items = vec![
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl #name {
                /// All messages.
                pub const ALL: &'static [Self] = &[#(Self::#all),*];

                /// The message on the wire.
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self { #(#arms)* }
                }
            }
        },
    ];
    items.extend(text_impls(&name, false, false));
    items
}

/// What both kinds of enum have in common: they are texts. A code may be a JSON number.
fn text_impls(name: &TokenStream, or_number: bool, as_number: bool) -> Vec<TokenStream> {
    let decode = if or_number {
        quote! {
            let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
            let text = match value {
                ::serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
        }
    } else {
        quote!(let text = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;)
    };
    let encode = if as_number {
        quote!(::serde::Serialize::serialize(&self.number(), serializer))
    } else {
        quote!(serializer.serialize_str(self.as_str()))
    };
    vec![
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

fn unlisted() -> TokenStream {
    quote! {
        /// A text that is none of the codes known.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct UnknownCode(::std::string::String);

        impl ::std::fmt::Display for UnknownCode {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "`{}` is no code that is known", self.0)
            }
        }

        impl ::std::error::Error for UnknownCode {}
    }
}
