//! The codes of an API of which no operation is known in; `src/error.rs` out: the one type `Error`, which is
//! read from a status and a body, and turns into them again.

use super::names::ident;
use super::operation::doc_lines;
use super::types::{self, Scope};
use super::{Content, Output, docs};
use crate::model::{Api, IntKind, Presence, Recipe, Type, TypeId, TypeKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use std::collections::BTreeMap;

/// `error.rs`.
pub(super) fn file(api: &Api) -> Output {
    let title = docs::safe(&api.title);
    let about = format!(" An error of {}, received or to be sent.", title.trim());
    Output {
        path: "src/error.rs".to_owned(),
        content: Content::Rust {
            header: quote!(#![doc = #about]),
            items: error(api).into(),
        },
    }
}

/// The type of bodies at the root, under its own name.
pub(super) fn body_export(api: &Api) -> Option<TokenStream> {
    let Some(Type::Named(id)) = api.errors.body else {
        return None;
    };
    let name = ident(&api.types.get(id.0)?.name);
    Some(quote!(pub use self::models::#name;))
}

/// Where things stand in the body of an error, for people.
pub(super) fn places(api: &Api) -> String {
    let errors = &api.errors;
    if errors.codes.is_empty() {
        return String::new();
    }
    let place = |what: &str, pointer: &Option<String>| {
        let pointer = pointer.as_ref()?;
        Some(format!("{what} at `{}`", pointer.replace(['`', '\n', '\r'], "'")))
    };
    let places: Vec<String> = [
        place("the code stands", &errors.code_pointer),
        place("the message", &errors.message_pointer),
        place("the request id", &errors.request_id_pointer),
    ]
    .into_iter()
    .flatten()
    .collect();
    if errors.code_pointer.is_none() {
        return "\n# Errors\n\nNo document shows where the code stands in the body of an error. It is looked for: a \
                code that is known, in a member whose name says that it is one.\n"
            .to_owned();
    }
    format!("\n# Errors\n\nIn the body of an error {}.\n", places.join(", "))
}

/// The type of the body as it is written here.
fn body_type(api: &Api) -> TokenStream {
    let ty = api.errors.body.as_ref().filter(|_| api.errors.recipe.is_some());
    ty.map_or_else(
        || quote!(::serde_json::Value),
        |ty| types::type_tokens(api, ty, Scope::Outside),
    )
}

fn error(api: &Api) -> Vec<TokenStream> {
    let has_body = api.errors.recipe.is_some();
    let imports = if has_body {
        quote!(
            use super::{ErrorCode, models, runtime};
        )
    } else {
        quote!(
            use super::{ErrorCode, runtime};
        )
    };
    let body = body_type(api);
    let title = docs::safe(&api.title);
    let about = doc_lines(&format!(
        "An error of {}: one that was received, or one to be sent.\n\nIt is equal to another if the same is sent.",
        title.trim()
    ));
    let mut items = vec![
        imports,
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq)]
            pub struct Error {
                /// The HTTP status.
                pub status: u16,
                /// The code, by which errors are told apart.
                pub code: ErrorCode,
                /// The body, which holds the code too.
                pub body: #body,
            }
        },
        reading(api, has_body),
    ];
    if let (Some(recipe), true) = (&api.errors.recipe, has_body) {
        items.extend(building(api, recipe, &body));
    }
    items.extend(traits(api.errors.message_pointer.is_some()));
    items
}

fn reading(api: &Api, has_body: bool) -> TokenStream {
    let find = if let Some(pointer) = &api.errors.code_pointer {
        quote!(runtime::body::text_at(&value, #pointer))
    } else {
        quote!(runtime::body::find_code(&value, |code| code
            .parse::<ErrorCode>()
            .is_ok()))
    };
    let decode = if has_body {
        quote! {
            let body = ::serde_json::from_value(value).map_err(|error| {
                let reason = ::std::format!("the body of `{code}` is of another shape: {error}");
                runtime::UnknownError::new(status, ::std::option::Option::Some(code.to_string()), body, reason)
            })?;
        }
    } else {
        quote!(let body = value;)
    };
    let message = api.errors.message_pointer.as_ref().map(|pointer| {
        let read = if let Some(Recipe::Struct(id, parts)) = &api.errors.recipe {
            message_path(api, *id, parts, &quote!(self.body))
                .unwrap_or_else(|| quote!(::std::option::Option::None))
        } else {
            quote!(self.body.pointer(#pointer).and_then(::serde_json::Value::as_str))
        };
        quote! {
            /// The message in the body.
            #[must_use]
            pub fn message(&self) -> ::std::option::Option<&str> {
                #read
            }
        }
    });
    quote! {
        impl Error {
            /// Reads what was received.
            ///
            /// # Errors
            /// If the body is not JSON, holds no code that is known, or is of another shape. Nothing of it is
            /// lost then.
            pub fn from_parts(status: u16, body: &[u8]) -> ::std::result::Result<Self, runtime::UnknownError> {
                let value = runtime::body::json(status, body)?;
                let ::std::option::Option::Some(code) = #find else {
                    return ::std::result::Result::Err(runtime::UnknownError::new(
                        status,
                        ::std::option::Option::None,
                        body,
                        "the body holds no code",
                    ));
                };
                let code: ErrorCode = match code.parse() {
                    ::std::result::Result::Ok(code) => code,
                    ::std::result::Result::Err(error) => {
                        let reason = ::std::string::ToString::to_string(&error);
                        let code = ::std::option::Option::Some(code);
                        return ::std::result::Result::Err(runtime::UnknownError::new(status, code, body, reason));
                    }
                };
                #decode
                ::std::result::Result::Ok(Self { status, code, body })
            }

            #message

            /// The body as JSON.
            #[must_use]
            pub fn to_json(&self) -> ::std::vec::Vec<u8> {
                // Nothing in such a body can fail to be JSON.
                ::serde_json::to_vec(&self.body).unwrap_or_default()
            }

            /// The status and the body, as they are sent.
            #[must_use]
            pub fn into_parts(self) -> (u16, ::std::vec::Vec<u8>) {
                (self.status, self.to_json())
            }
        }
    }
}

/// An expression that gives the message inside a body, as `Option<&str>`.
fn message_path(api: &Api, id: TypeId, parts: &[Recipe], from: &TokenStream) -> Option<TokenStream> {
    let TypeKind::Struct(object) = &api.types.get(id.0)?.kind else {
        return None;
    };
    object.fields.iter().zip(parts).find_map(|(field, part)| {
        let name = ident(&field.name);
        let is_optional = field.presence == Presence::Optional;
        let value = if is_optional {
            quote!(value)
        } else {
            quote!(#from.#name)
        };
        let found = match part {
            Recipe::Message if is_optional => return Some(quote!(#from.#name.as_deref())),
            Recipe::Message => return Some(quote!(::std::option::Option::Some(#value.as_str()))),
            Recipe::Struct(id, parts) => message_path(api, *id, parts, &value)?,
            Recipe::List(items) => {
                let [Recipe::Struct(id, parts)] = items.as_slice() else {
                    return None;
                };
                let inner = message_path(api, *id, parts, &quote!(item))?;
                quote!(#value.first().and_then(|item| #inner))
            }
            _ => return None,
        };
        Some(if is_optional {
            quote!(#from.#name.as_ref().and_then(|value| #found))
        } else {
            found
        })
    })
}

fn building(api: &Api, recipe: &Recipe, body: &TokenStream) -> Vec<TokenStream> {
    let made = value(api, recipe, api.errors.body.as_ref());
    let mut items = vec![quote! {
        impl Error {
            /// An error with a status of one's own choice.
            #[must_use]
            pub fn with_status(status: u16, code: ErrorCode, message: impl ::std::convert::Into<::std::string::String>) -> Self {
                let message: &str = &message.into();
                let body = #made;
                Self { status, code, body }
            }
        }
    }];
    let all_have_status = api.errors.codes.iter().all(|code| !code.statuses.is_empty());
    if !all_have_status {
        return items;
    }
    let mut by_status: BTreeMap<u16, Vec<Ident>> = BTreeMap::new();
    for code in &api.errors.codes {
        if let Some(status) = code.statuses.first() {
            by_status.entry(*status).or_default().push(ident(&code.variant));
        }
    }
    let arms = by_status.iter().map(|(status, variants)| {
        let status = Literal::u16_unsuffixed(*status);
        quote!(#(Self::#variants)|* => #status,)
    });
    items.push(quote! {
        impl Error {
            /// An error with the status that is documented for the code, the lowest if there are several.
            #[must_use]
            pub fn new(code: ErrorCode, message: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self::with_status(code.status(), code, message)
            }
        }
    });
    items.push(quote! {
        impl ErrorCode {
            /// The HTTP status that is documented for the code, the lowest if there are several.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { #(#arms)* }
            }

            /// The status and the body that tell of this error.
            #[must_use]
            pub fn response(self, message: impl ::std::convert::Into<::std::string::String>) -> (u16, #body) {
                let error = Error::new(self, message);
                (error.status, error.body)
            }
        }
    });
    items
}

/// The expression that makes a part of a body from `code`, `message` and `status`.
fn value(api: &Api, recipe: &Recipe, ty: Option<&Type>) -> TokenStream {
    match recipe {
        Recipe::Code => match ty {
            Some(Type::Int(_)) if api.errors.number == Some(IntKind::I64) => quote!(code.number()),
            Some(Type::Int(_)) => quote!(i64::from(code.number())),
            _ => quote!(code.as_str().to_owned()),
        },
        Recipe::Message => quote!(message.to_owned()),
        Recipe::Status if matches!(ty, Some(Type::Float(_))) => quote!(f64::from(status)),
        Recipe::Status => quote!(i64::from(status)),
        Recipe::Value(Value::Bool(value)) => quote!(#value),
        Recipe::Value(Value::Number(number)) => match (ty, number.as_i64(), number.as_f64()) {
            (Some(Type::Float(_)), _, Some(number)) => {
                let number = Literal::f64_unsuffixed(number);
                quote!(#number)
            }
            (_, Some(number), _) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(#number)
            }
            _ => quote!(::std::default::Default::default()),
        },
        Recipe::Value(Value::String(text)) => quote!(#text.to_owned()),
        Recipe::Value(_) | Recipe::Absent => quote!(::std::default::Default::default()),
        Recipe::List(items) => {
            let inner = match ty {
                Some(Type::Array(inner)) => Some(inner.as_ref()),
                _ => None,
            };
            let items = items.iter().map(|item| value(api, item, inner));
            quote!(::std::vec![#(#items),*])
        }
        Recipe::Struct(id, parts) => structure(api, *id, parts),
    }
}

fn structure(api: &Api, id: TypeId, parts: &[Recipe]) -> TokenStream {
    let Some(def) = api.types.get(id.0) else {
        return quote!(::std::default::Default::default());
    };
    let name = ident(&def.name);
    let TypeKind::Struct(object) = &def.kind else {
        return quote!(::std::default::Default::default());
    };
    let fields = object.fields.iter().zip(parts).map(|(field, part)| {
        let name = ident(&field.name);
        let made = match (part, &field.presence) {
            (Recipe::Absent, Presence::Optional) => quote!(::std::option::Option::None),
            (part, Presence::Optional) => {
                let made = value(api, part, Some(&field.ty));
                quote!(::std::option::Option::Some(#made))
            }
            (part, Presence::Required) => value(api, part, Some(&field.ty)),
        };
        quote!(#name: #made)
    });
    quote!(models::#name { #(#fields),* })
}

fn traits(has_message: bool) -> Vec<TokenStream> {
    let message = has_message.then(|| {
        quote! {
            if let ::std::option::Option::Some(message) = self.message() {
                return write!(f, "{} (status {}): {message}", self.code, self.status);
            }
        }
    });
    vec![
        quote! {
            impl ::std::fmt::Display for Error {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    #message
                    write!(f, "{} (status {})", self.code, self.status)
                }
            }
        },
        quote! {
            impl ::std::error::Error for Error {}
        },
    ]
}
