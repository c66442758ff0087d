//! Writes what success gives: one type, or an enum with a variant for each response.

use super::cases::{payload_case, success_statuses};
use super::payload::{ResponseVariant, payload_type, read};
use super::{method_link, status_text};
use crate::emit::docs::attributes_with_sentence;
use crate::emit::file::Item;
use crate::emit::names::ident;
use crate::emit::tokens::TypeTokens;
use crate::model::{Api, Operation, PayloadKind, Response, Status, Success};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of successes, if there are several responses to tell apart.
pub(super) fn success_enum(api: &Api, operation: &Operation) -> Option<Item> {
    let Success::Choice { name, responses } = &operation.success else {
        return None;
    };
    let name = ident(name);
    let docs = format!(" The successful responses of {}.", method_link(operation));
    let fields: Vec<TypeTokens> = responses
        .iter()
        .map(|response| variant(response).fields(api))
        .collect();
    let variants = responses.iter().zip(&fields).map(|(response, fields)| {
        let variant = ident(&response.variant);
        let attributes = attributes_with_sentence(&response.docs, &status_sentence(response.status));
        quote!(#attributes #variant #fields,)
    });
    // A stream can be read only once.
    let has_streams = responses
        .iter()
        .any(|response| matches!(response.payload.kind, PayloadKind::Events(..)));
    let derives = (!has_streams).then(|| quote!(, Clone, PartialEq));
    let tokens = quote! {
        #[doc = #docs]
        #[derive(Debug #derives)]
        pub enum #name { #(#variants)* }
    };
    Some(Item::with_types(tokens, &fields))
}

/// What awaiting the request gives.
pub(super) struct WholeSuccess {
    pub(super) ty: TypeTokens,
    pub(super) cases: Vec<TokenStream>,
}

/// What awaiting the request gives if all of the body is read. `then` is called on each result.
pub(super) fn whole_success(api: &Api, success: &Success, then: &TokenStream) -> WholeSuccess {
    match success {
        Success::One(payload, responses) => {
            let read = read(&payload.kind);
            let read = if then.is_empty() {
                read
            } else {
                quote!(|reply| #read(reply)#then)
            };
            WholeSuccess {
                ty: payload_type(api, &payload.kind),
                cases: success_statuses(responses)
                    .map(|status| payload_case(status, payload, &read))
                    .collect(),
            }
        }
        Success::Choice { name, responses } => {
            let name = ident(name);
            let enum_name = quote!(#name);
            let cases = responses.iter().map(|response| {
                let read = variant(response).read(&enum_name, then);
                payload_case(response.status, &response.payload, &read)
            });
            WholeSuccess {
                cases: cases.collect(),
                ty: enum_name.into(),
            }
        }
    }
}

fn status_sentence(status: Status) -> String {
    match status {
        Status::Exact(_) | Status::Range(_) => format!("Status {}.", status_text(status)),
        // Beside redirects: only a 2xx is a success by default.
        Status::Default => "Status 2XX.".to_owned(),
    }
}

fn variant(response: &Response) -> ResponseVariant<'_> {
    ResponseVariant {
        name: &response.variant,
        status: response.status,
        payload: &response.payload,
    }
}
