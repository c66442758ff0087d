//! Emits the error enum of an operation, the table from status and code to variant, and the conversion of a variant
//! into a response.

use super::payload::{ResponseVariant, essence};
use super::{method_link, status_text};
use crate::emit::docs::doc_attributes;
use crate::emit::error_body;
use crate::emit::file::Item;
use crate::emit::markdown::{self, code_span_text};
use crate::emit::names::ident;
use crate::emit::types::TypeTokens;
use crate::model::{Api, ErrorCase, ErrorCaseOrigin, Operation, PayloadKind, Status};
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
        partial_eq_impl(&name).into(),
        operation_error_impl(api, operation, &name).into(),
    ]
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
        #[derive(Debug, Clone)]
        pub enum #name { #(#variants)* }
    };
    Item::with_types(tokens, &fields)
}

/// Two errors are equal if they are sent as the same response. A derived impl would take ten times as long to compile.
fn partial_eq_impl(name: &Ident) -> TokenStream {
    quote! {
        impl ::std::cmp::PartialEq for #name {
            fn eq(&self, other: &Self) -> bool {
                runtime::OperationError::answer(self) == runtime::OperationError::answer(other)
            }
        }
    }
}

fn operation_error_impl(api: &Api, operation: &Operation, name: &Ident) -> TokenStream {
    let cases = operation.errors.iter().map(|error| case(api, error));
    let uses_common_pointer = operation
        .errors
        .iter()
        .any(|case| case.code.is_some() && case.code_pointer.is_none());
    let code = api
        .errors
        .code_pointer
        .as_ref()
        .filter(|_| uses_common_pointer)
        .map(|pointer| quote!(const CODE: &'static str = #pointer;));
    let answers = operation
        .errors
        .iter()
        .enumerate()
        .map(|(index, case)| answer_arm(index, case));
    quote! {
        impl runtime::OperationError for #name {
            const CASES: &'static [runtime::Case<Self>] = &[#(#cases),*];
            #code

            fn answer(&self) -> runtime::ErrorReply<'_> {
                match self { #(#answers)* }
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
    if case.origin == ErrorCaseOrigin::Catalogue {
        text.push_str("\n\nFrom the API's list of errors, which documents it for every operation.");
    }
    doc_attributes(&capitalize(&text))
}

/// The text with its first letter in upper case, if that is ASCII.
fn capitalize(text: &str) -> String {
    let first = text.get(..1).map(str::to_ascii_uppercase).unwrap_or_default();
    first + text.get(1..).unwrap_or_default()
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
fn answer_arm(index: usize, case: &ErrorCase) -> TokenStream {
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
