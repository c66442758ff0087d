//! An operation's errors in; its error enum, the table from status and code to variant, and the way back from a
//! variant to what is sent, out.

use super::error_body;
use super::names::ident;
use super::operation::{doc_lines, fields, markdown_cell, status_text, wrap};
use crate::model::{Api, ErrorCase, ErrorCaseOrigin, Operation, PayloadKind, Status};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::fmt::Write as _;

/// The items of the enum.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.error_name);
    let method = operation
        .method_name
        .strip_prefix("r#")
        .unwrap_or(&operation.method_name);
    let link = format!("[`Client::{method}`](super::super::Client::{method})");
    if operation.errors.is_empty() {
        let about = format!(" No error of {link} is documented.");
        return vec![quote! {
            #[doc = #about]
            pub type #name = ::std::convert::Infallible;
        }];
    }
    let about = format!(" The documented errors of {link}.");
    let variants = operation.errors.iter().map(|case| {
        let variant = ident(&case.variant);
        let about = variant_docs(case);
        let fields = fields(api, case.status, &case.payload);
        quote!(#about #variant #fields,)
    });
    let cases = operation.errors.iter().map(|error| case(api, error));
    let pointer = api.errors.code_pointer.as_ref();
    let has_codes = operation
        .errors
        .iter()
        .any(|case| case.code.is_some() && case.code_pointer.is_none());
    let code = pointer
        .filter(|_| has_codes)
        .map(|pointer| quote!(const CODE: &'static str = #pointer;));
    let answers = operation.errors.iter().enumerate().map(answer);
    vec![
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone)]
            pub enum #name { #(#variants)* }
        },
        // A derived impl would be ten times as much to compile, for each operation.
        quote! {
            impl ::std::cmp::PartialEq for #name {
                fn eq(&self, other: &Self) -> bool {
                    runtime::OperationError::answer(self) == runtime::OperationError::answer(other)
                }
            }
        },
        quote! {
            impl runtime::OperationError for #name {
                const CASES: &'static [runtime::Case<Self>] = &[#(#cases),*];
                #code

                fn answer(&self) -> runtime::ErrorReply<'_> {
                    match self { #(#answers)* }
                }
            }
        },
    ]
}

fn variant_docs(case: &ErrorCase) -> TokenStream {
    let mut text = status_text(case.status);
    if let Some(code) = &case.code {
        let _ = write!(text, " `{}`", crate::emit::docs::spelled(code));
    }
    let said = case
        .message
        .as_ref()
        .or(case.docs.description.as_ref())
        .or(case.docs.summary.as_ref());
    let said = markdown_cell(said.map_or("", String::as_str));
    if said.is_empty() {
        text.push('.');
    } else {
        text.push_str(": ");
        text.push_str(&said);
    }
    if case.origin == ErrorCaseOrigin::Catalogue {
        text.push_str("\n\nFrom the error catalogue, where it holds for every operation.");
    }
    let first = text.get(..1).map(str::to_ascii_uppercase).unwrap_or_default();
    let rest = text.get(1..).unwrap_or_default();
    doc_lines(&format!("{first}{rest}"))
}

fn case(api: &Api, case: &ErrorCase) -> TokenStream {
    let read = wrap(&quote!(Self), &case.variant, case.status, &case.payload);
    let content = case.payload.media_type.as_deref().filter(|_| case.by_media_type);
    let content = content.map(|media_type| {
        let essence = essence(media_type);
        quote!(.of(#essence))
    });
    let place = case.code_pointer.as_ref().or(api.errors.code_pointer.as_ref());
    let number = place.is_some_and(|place| error_body::code_is_number(api, place, &case.payload.kind));
    let number = number.then(|| quote!(.number()));
    let at = case.code_pointer.as_ref().map(|pointer| quote!(.at(#pointer)));
    match (case.status, &case.code) {
        (Status::Exact(status), Some(code)) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::code(#status, #code, #read) #number #at)
        }
        (Status::Exact(status), None) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::status(#status, #read) #content)
        }
        (Status::Range(hundred), Some(code)) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range_code(#hundred, #code, #read) #number #at)
        }
        (Status::Range(hundred), None) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range(#hundred, #read) #content)
        }
        (Status::Default, Some(code)) => quote!(runtime::Case::default_code(#code, #read) #number #at),
        (Status::Default, None) => quote!(runtime::Case::default(#read) #content),
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The way back: which case a variant is, and what it holds.
fn answer((index, case): (usize, &ErrorCase)) -> TokenStream {
    let variant = ident(&case.variant);
    let index = Literal::usize_unsuffixed(index);
    let (kind, usual) = match &case.payload.kind {
        PayloadKind::Empty => (None, ""),
        PayloadKind::Json(_) => (Some(quote!(json)), "application/json"),
        // The lowering gives no error that is a stream: errors are read whole.
        PayloadKind::Text | PayloadKind::Events(..) => (Some(quote!(text)), "text/plain"),
        PayloadKind::Bytes => (Some(quote!(bytes)), "application/octet-stream"),
    };
    let media_type = case.payload.media_type.as_deref().filter(|media_type| {
        // A wildcard is nothing that can be sent.
        let can_be_sent =
            media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !media_type.contains('*');
        kind.is_some() && can_be_sent && *media_type != usual
    });
    let media_type = media_type.map(|media_type| quote!(.with_media_type(#media_type)));
    let status = (!matches!(case.status, Status::Exact(_))).then(|| quote!(.with_status(*status)));
    match (kind, &status) {
        (None, None) => quote!(Self::#variant => runtime::ErrorReply::empty(#index),),
        (None, Some(_)) => quote!(Self::#variant(status) => runtime::ErrorReply::empty(#index) #status,),
        (Some(kind), None) => {
            quote!(Self::#variant(body) => runtime::ErrorReply::#kind(#index, body) #media_type,)
        }
        (Some(kind), Some(_)) => {
            quote!(Self::#variant(status, body) => runtime::ErrorReply::#kind(#index, body) #status #media_type,)
        }
    }
}
