//! Emits `src/error.rs` for an API without operations: the type `Error`, which is decoded from a status and a body, and
//! encoded again.

use super::docs::doc_attributes;
use super::file::{Output, RustFile};
use super::markdown;
use super::names::ident;
use super::types::{Scope, type_tokens};
use crate::model::{Api, IntKind, Presence, Struct, Type, TypeId, TypeKind, ValueSource};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote};
use serde_json::Value;
use std::collections::BTreeMap;

/// Emits `src/error.rs`.
pub(super) fn file(api: &Api) -> Output {
    let title = markdown::sanitize(&api.title);
    let title = title.trim();
    let mut file = RustFile::new(&format!("An error of {title}, received or to be sent."));
    if api.errors.body_source.is_some() {
        file.import("super", &["ErrorCode", "models", "runtime"]);
    } else {
        file.import("super", &["ErrorCode", "runtime"]);
    }
    file.declare(["Error"]);
    let docs = doc_attributes(&format!(
        "An error of {title}: one that was received, or one to be sent."
    ));
    let body = body_type(api);
    file.add(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct Error {
            /// The HTTP status.
            pub status: u16,
            /// The code, which the body also contains.
            pub code: ErrorCode,
            /// The body, which also contains the code.
            pub body: #body,
        }
    });
    file.add(decoding(api));
    if let Some(source) = &api.errors.body_source {
        file.add_all(constructors(api, source, &body));
    }
    file.add_all(error_impls(api));
    file.add(unknown_error_code());
    file.into_output("src/error.rs")
}

/// The export of the type of error bodies by the root.
pub(super) fn body_export(api: &Api) -> Option<TokenStream> {
    let Some(Type::Named(id)) = api.errors.body else {
        return None;
    };
    let name = ident(&api.type_def(id)?.name);
    Some(quote!(pub use self::models::#name;))
}

/// A sentence for the docs of the crate on where code, message and request id are in the body of an error. Empty if the
/// API has no codes.
pub(super) fn body_docs(api: &Api) -> String {
    let errors = &api.errors;
    if errors.codes.is_empty() {
        return String::new();
    }
    if errors.code_pointer.is_none() {
        let search = if api.operations.is_empty() {
            " The code is the first known code in a property whose name suggests one, such as `code`."
        } else {
            ""
        };
        return format!("No document shows where the code is in the body of an error.{search}");
    }
    let places = [
        ("the code is", &errors.code_pointer),
        ("the message", &errors.message_pointer),
        ("the request id", &errors.request_id_pointer),
    ];
    let places = places.into_iter().filter_map(|(what, pointer)| {
        let pointer = pointer.as_ref()?.replace(['`', '\n', '\r'], "'");
        Some(format!("{what} at `{pointer}`"))
    });
    let places: Vec<String> = places.collect();
    format!("In the body of an error, {} (JSON pointers).", places.join(", "))
}

/// The type of the body: a defined type if the documents say how to create a value of it.
fn body_type(api: &Api) -> TokenStream {
    let ty = api
        .errors
        .body
        .as_ref()
        .filter(|_| api.errors.body_source.is_some());
    ty.map_or_else(
        || quote!(::serde_json::Value),
        |ty| type_tokens(api, ty, Scope::OtherFile).into_token_stream(),
    )
}

/// The methods that decode a response, and encode it again.
fn decoding(api: &Api) -> TokenStream {
    let from_parts = from_parts(api);
    let message = message(api);
    quote! {
        impl Error {
            #from_parts

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

fn from_parts(api: &Api) -> TokenStream {
    let find_code = if let Some(pointer) = &api.errors.code_pointer {
        quote!(runtime::body::text_at(&value, #pointer))
    } else {
        quote!(runtime::body::find_code(&value, |code| code
            .parse::<ErrorCode>()
            .is_ok()))
    };
    let decode = if api.errors.body_source.is_some() {
        quote! {
            let body = ::serde_json::from_value(value).map_err(|error| {
                let reason = format!("the body of `{code}` does not match its documentation: {error}");
                runtime::UnknownError::new(status, ::std::option::Option::Some(code.to_string()), body, reason)
            })?;
        }
    } else {
        quote!(let body = value;)
    };
    quote! {
        /// Decodes a response.
        ///
        /// # Errors
        /// The body is not JSON, has no known code, or does not match its documentation. The error keeps the
        /// status and the body.
        pub fn from_parts(status: u16, body: &[u8]) -> ::std::result::Result<Self, runtime::UnknownError> {
            let value = runtime::body::json(status, body)?;
            let ::std::option::Option::Some(code) = #find_code else {
                return ::std::result::Result::Err(runtime::UnknownError::new(
                    status,
                    ::std::option::Option::None,
                    body,
                    "the body has no code",
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
    }
}

/// The method `message`, if the documents say where the message is.
fn message(api: &Api) -> Option<TokenStream> {
    let pointer = api.errors.message_pointer.as_ref()?;
    let read = if let Some(ValueSource::Struct(id, parts)) = &api.errors.body_source {
        message_expression(api, *id, parts, &quote!(self.body))
            .unwrap_or_else(|| quote!(::std::option::Option::None))
    } else {
        quote!(self.body.pointer(#pointer).and_then(::serde_json::Value::as_str))
    };
    Some(quote! {
        /// The message in the body.
        #[must_use]
        pub fn message(&self) -> ::std::option::Option<&str> {
            #read
        }
    })
}

/// An expression of type `Option<&str>` for the message inside the struct `from`, whose fields are made by `parts`.
fn message_expression(
    api: &Api,
    id: TypeId,
    parts: &[ValueSource],
    from: &TokenStream,
) -> Option<TokenStream> {
    let TypeKind::Struct(object) = api.type_kind(id)? else {
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
        let message = match part {
            ValueSource::Message if is_optional => return Some(quote!(#from.#name.as_deref())),
            ValueSource::Message => return Some(quote!(::std::option::Option::Some(#value.as_str()))),
            ValueSource::Struct(id, parts) => message_expression(api, *id, parts, &value)?,
            ValueSource::List(items) => {
                let [ValueSource::Struct(id, parts)] = items.as_slice() else {
                    return None;
                };
                let inner = message_expression(api, *id, parts, &quote!(item))?;
                quote!(#value.first().and_then(|item| #inner))
            }
            _ => return None,
        };
        Some(if is_optional {
            quote!(#from.#name.as_ref().and_then(|value| #message))
        } else {
            message
        })
    })
}

/// The functions that create an error. `new` and the methods of `ErrorCode` need a documented status for each code.
fn constructors(api: &Api, source: &ValueSource, body: &TokenStream) -> Vec<TokenStream> {
    let value = body_value(api, source, api.errors.body.as_ref());
    let with_status = quote! {
        impl Error {
            /// Creates an error with any status.
            #[must_use]
            pub fn with_status(status: u16, code: ErrorCode, message: impl ::std::convert::Into<::std::string::String>) -> Self {
                let message: &str = &message.into();
                let body = #value;
                Self { status, code, body }
            }
        }
    };
    let Some(status_arms) = status_arms(api) else {
        return vec![with_status];
    };
    let new = quote! {
        impl Error {
            /// Creates an error with the documented status of the code (the lowest, if there are several).
            #[must_use]
            pub fn new(code: ErrorCode, message: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self::with_status(code.status(), code, message)
            }
        }
    };
    let code_methods = quote! {
        impl ErrorCode {
            /// The documented HTTP status of the code (the lowest, if there are several).
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { #(#status_arms)* }
            }

            /// The status and the body of a response with this code.
            #[must_use]
            pub fn response(self, message: impl ::std::convert::Into<::std::string::String>) -> (u16, #body) {
                let error = Error::new(self, message);
                (error.status, error.body)
            }
        }
    };
    vec![with_status, new, code_methods]
}

/// The arms of a match from code to its lowest status; `None` if a code has no documented status.
fn status_arms(api: &Api) -> Option<Vec<TokenStream>> {
    let mut variants_by_status: BTreeMap<u16, Vec<Ident>> = BTreeMap::new();
    for code in &api.errors.codes {
        let status = *code.statuses.first()?;
        let variants = variants_by_status.entry(status);
        variants.or_default().push(ident(&code.variant));
    }
    let arms = variants_by_status.into_iter().map(|(status, variants)| {
        let status = Literal::u16_unsuffixed(status);
        quote!(#(Self::#variants)|* => #status,)
    });
    Some(arms.collect())
}

/// The expression that creates a part of a body from `code`, `message` and `status`.
fn body_value(api: &Api, source: &ValueSource, ty: Option<&Type>) -> TokenStream {
    match source {
        ValueSource::Code => match ty {
            Some(Type::Int(_)) if api.errors.number == Some(IntKind::I64) => quote!(code.number()),
            Some(Type::Int(_)) => quote!(i64::from(code.number())),
            _ => quote!(code.as_str().to_owned()),
        },
        ValueSource::Message => quote!(message.to_owned()),
        ValueSource::Status if matches!(ty, Some(Type::Float(_))) => quote!(f64::from(status)),
        ValueSource::Status => quote!(i64::from(status)),
        ValueSource::Value(value) => constant(value, ty),
        ValueSource::Absent => default_value(),
        ValueSource::List(items) => {
            let inner = match ty {
                Some(Type::Array(inner)) => Some(inner.as_ref()),
                _ => None,
            };
            let items = items.iter().map(|item| body_value(api, item, inner));
            quote!(vec![#(#items),*])
        }
        ValueSource::Struct(id, parts) => match api.type_def(*id).map(|def| (&def.name, &def.kind)) {
            Some((name, TypeKind::Struct(object))) => struct_value(api, name, object, parts),
            _ => default_value(),
        },
    }
}

fn default_value() -> TokenStream {
    quote!(::std::default::Default::default())
}

/// A value that is the same in every body.
fn constant(value: &Value, ty: Option<&Type>) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::String(text) => quote!(#text.to_owned()),
        Value::Number(number) => match (ty, number.as_i64(), number.as_f64()) {
            (Some(Type::Float(_)), _, Some(number)) => {
                let number = Literal::f64_unsuffixed(number);
                quote!(#number)
            }
            (_, Some(number), _) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(#number)
            }
            _ => default_value(),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => default_value(),
    }
}

fn struct_value(api: &Api, name: &str, object: &Struct, parts: &[ValueSource]) -> TokenStream {
    let name = ident(name);
    let fields = object.fields.iter().zip(parts).map(|(field, part)| {
        let name = ident(&field.name);
        let value = match (part, &field.presence) {
            (ValueSource::Absent, Presence::Optional) => quote!(::std::option::Option::None),
            (part, Presence::Optional) => {
                let value = body_value(api, part, Some(&field.ty));
                quote!(::std::option::Option::Some(#value))
            }
            (part, Presence::Required | Presence::Tag(_)) => body_value(api, part, Some(&field.ty)),
        };
        quote!(#name: #value)
    });
    quote!(models::#name { #(#fields),* })
}

/// The typed code of a response that could not be decoded.
fn unknown_error_code() -> TokenStream {
    quote! {
        impl runtime::UnknownError {
            /// The code in the body, if it is a known one. `code_str` is the text of any code.
            #[must_use]
            pub fn code(&self) -> ::std::option::Option<ErrorCode> {
                self.code_str()?.parse().ok()
            }
        }
    }
}

/// `Display` and `std::error::Error`.
fn error_impls(api: &Api) -> Vec<TokenStream> {
    let message = api.errors.message_pointer.is_some().then(|| {
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
