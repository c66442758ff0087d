//! Emits the error enum of an operation with its impls: the table from status and code to variant, the conversion of a
//! variant into a response, and `Display`.

use super::payload::{ResponseVariant, essence};
use super::{is_streamed, method_link, status_text};
use crate::emit::docs::{capitalize, doc_attributes};
use crate::emit::error_body;
use crate::emit::file::Item;
use crate::emit::markdown::{self, code_span_text};
use crate::emit::names::ident;
use crate::emit::tokens::TypeTokens;
use crate::model::{Api, ErrorCase, Operation, PayloadKind, Status};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// The enum and its impls. An operation without documented errors gets an alias of `Infallible`.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<Item> {
    let name = ident(&operation.error_name);
    if operation.errors.is_empty() {
        let docs = format!(" No error of {} is documented.", method_link(operation));
        return vec![Item::from(quote! {
            #[doc = #docs]
            pub type #name = ::std::convert::Infallible;
        })];
    }
    vec![
        definition(api, operation, &name),
        display_impl(&name).into(),
        quote!(impl ::std::error::Error for #name {}).into(),
        error_cases_impl(api, operation, &name).into(),
        operation_error_impl(api, &quote!(#name), &quote!(super::super)).into(),
    ]
}

/// The impls of the type that stands for the errors of an operation without documented ones. They are emitted once, if
/// such an operation exists or a stream of events is read, whose errors are of this type, too.
pub(in crate::emit) fn infallible_impls(api: &Api) -> Vec<TokenStream> {
    let is_used = api
        .operations
        .iter()
        .any(|operation| operation.errors.is_empty() || is_streamed(operation));
    if !is_used {
        return Vec::new();
    }
    let infallible = quote!(::std::convert::Infallible);
    let cases = quote! {
        /// For operations without documented errors.
        impl runtime::ErrorCases for #infallible {
            const API: &'static runtime::Api = &API;
            const CASES: &'static [runtime::Case<Self>] = &[];

            fn reply(&self) -> runtime::ErrorReply<'_> {
                match *self {}
            }
        }
    };
    vec![cases, operation_error_impl(api, &infallible, &quote!(super))]
}

fn definition(api: &Api, operation: &Operation, name: &Ident) -> Item {
    let docs = format!(" The documented errors of {}.", method_link(operation));
    let fields: Vec<TypeTokens> = operation
        .errors
        .iter()
        .map(|case| response_variant(case).fields(api))
        .collect();
    let variants = operation.errors.iter().zip(&fields).map(|(case, fields)| {
        let (docs, variant) = (variant_docs(case), ident(&case.variant));
        quote!(#docs #variant #fields,)
    });
    let tokens = quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    };
    Item::with_types(tokens, &fields)
}

fn display_impl(name: &Ident) -> TokenStream {
    quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                runtime::ErrorCases::write(self, f)
            }
        }
    }
}

/// The impl of the public trait. `ErrorCode` is in the module `root`.
fn operation_error_impl(api: &Api, name: &TokenStream, root: &TokenStream) -> TokenStream {
    let (code, argument, parse) = if api.errors.codes.is_empty() {
        let infallible = quote!(::std::convert::Infallible);
        (infallible, quote!(_), quote!(::std::option::Option::None))
    } else {
        (quote!(#root::ErrorCode), quote!(text), quote!(text.parse().ok()))
    };
    quote! {
        impl runtime::OperationError for #name {
            type Code = #code;

            fn parse_code(#argument: &str) -> ::std::option::Option<Self::Code> {
                #parse
            }
        }
    }
}

fn error_cases_impl(api: &Api, operation: &Operation, name: &Ident) -> TokenStream {
    let cases = operation.errors.iter().map(|error| case(api, error));
    let replies = operation
        .errors
        .iter()
        .enumerate()
        .map(|(index, case)| reply_arm(index, case));
    quote! {
        impl runtime::ErrorCases for #name {
            const API: &'static runtime::Api = &super::super::client::API;
            const CASES: &'static [runtime::Case<Self>] = &[#(#cases),*];

            fn reply(&self) -> runtime::ErrorReply<'_> {
                match self { #(#replies)* }
            }
        }
    }
}

fn response_variant(case: &ErrorCase) -> ResponseVariant<'_> {
    ResponseVariant {
        name: &case.variant,
        status: case.status,
        payload: &case.payload,
    }
}

fn variant_docs(case: &ErrorCase) -> TokenStream {
    let mut text = status_text(case.status);
    if let Some(code) = &case.code {
        let _ = write!(text, " `{}`", code_span_text(code));
    }
    let description = case
        .message
        .as_ref()
        .or(case.docs.description.as_ref())
        .or(case.docs.summary.as_ref());
    match markdown::one_line(description.map_or("", String::as_str)) {
        line if line.is_empty() => text.push('.'),
        line => {
            let _ = write!(text, ": {line}");
        }
    }
    doc_attributes(&capitalize(&text))
}

/// The case by which the runtime recognizes the error.
fn case(api: &Api, case: &ErrorCase) -> TokenStream {
    let read = response_variant(case).read(&quote!(Self), &TokenStream::new());
    let constructor = match (case.status, &case.code) {
        (Status::Exact(_), None) => "status",
        (Status::Exact(_), Some(_)) => "code",
        (Status::Range(_), None) => "range",
        (Status::Range(_), Some(_)) => "range_code",
        (Status::Default, None) => "default",
        (Status::Default, Some(_)) => "default_code",
    };
    let constructor = format_ident!("{constructor}");
    let status = match case.status {
        Status::Exact(status) => Some(Literal::u16_unsuffixed(status)),
        Status::Range(hundred) => Some(Literal::u8_unsuffixed(hundred)),
        Status::Default => None,
    };
    let status = status.map(|status| quote!(#status,));
    let code = case.code.as_ref().map(|code| quote!(#code,));
    let conditions = if case.code.is_some() {
        code_conditions(api, case)
    } else {
        media_type_condition(case)
    };
    quote!(runtime::Case::#constructor(#status #code #read) #conditions)
}

/// Where the code is, and whether it is a JSON number.
fn code_conditions(api: &Api, case: &ErrorCase) -> TokenStream {
    let pointer = case.code_pointer.as_ref().or(api.errors.code_pointer.as_ref());
    let is_number =
        pointer.is_some_and(|pointer| error_body::code_is_number(api, pointer, &case.payload.kind));
    let number = is_number.then(|| quote!(.number()));
    let own_pointer = case.code_pointer.as_ref().map(|pointer| quote!(.at(#pointer)));
    quote!(#number #own_pointer)
}

/// The media type, if it distinguishes the error from others of its status.
fn media_type_condition(case: &ErrorCase) -> TokenStream {
    let media_type = case.payload.media_type.as_deref().filter(|_| case.by_media_type);
    let condition = media_type.map(essence).map(|essence| quote!(.of(#essence)));
    quote!(#condition)
}

/// The arm that turns a variant into the response to send.
fn reply_arm(index: usize, case: &ErrorCase) -> TokenStream {
    let variant = ident(&case.variant);
    let index = Literal::usize_unsuffixed(index);
    let (body, default_media_type) = match &case.payload.kind {
        PayloadKind::Empty => (None, ""),
        PayloadKind::Json(_) => (Some(quote!(json)), "application/json"),
        // The lowering makes no error a stream.
        PayloadKind::Text | PayloadKind::Events(..) => (Some(quote!(text)), "text/plain"),
        PayloadKind::Bytes => (Some(quote!(bytes)), "application/octet-stream"),
    };
    let media_type = case
        .payload
        .media_type
        .as_deref()
        .filter(|media_type| body.is_some() && can_be_sent(media_type) && *media_type != default_media_type)
        .map(|media_type| quote!(.with_media_type(#media_type)));
    let status = (!matches!(case.status, Status::Exact(_))).then(|| quote!(.with_status(*status)));
    match (body, &status) {
        (None, None) => quote!(Self::#variant => runtime::ErrorReply::empty(#index),),
        (None, Some(_)) => quote!(Self::#variant(status) => runtime::ErrorReply::empty(#index) #status,),
        (Some(body), None) => {
            quote!(Self::#variant(body) => runtime::ErrorReply::#body(#index, body) #media_type,)
        }
        (Some(body), Some(_)) => {
            quote!(Self::#variant(status, body) => runtime::ErrorReply::#body(#index, body) #status #media_type,)
        }
    }
}

/// Whether a documented media type is a valid `Content-Type`, and not a range.
fn can_be_sent(media_type: &str) -> bool {
    media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !media_type.contains('*')
}
