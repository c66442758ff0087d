//! Writes what a response body is read as: its type, and the function that reads it.

use crate::emit::names::ident;
use crate::emit::tokens::TypeTokens;
use crate::emit::types::{Scope, type_tokens};
use crate::model::{Api, EventForm, Payload, PayloadKind, Status};
use proc_macro2::TokenStream;
use quote::quote;

/// The function that reads a payload.
pub(super) fn read(kind: &PayloadKind) -> TokenStream {
    match kind {
        PayloadKind::Empty => quote!(runtime::empty),
        PayloadKind::Json(_) => quote!(runtime::json),
        PayloadKind::Text => quote!(runtime::text),
        PayloadKind::Bytes => quote!(runtime::bytes),
        PayloadKind::Events(form, _) => match form {
            EventForm::Json => quote!(runtime::events),
            EventForm::Text => quote!(runtime::text_events),
            EventForm::Fields => quote!(runtime::whole_events),
            EventForm::Lines => quote!(runtime::json_lines),
            EventForm::Sequence => quote!(runtime::json_sequence),
        },
    }
}

/// The type that a payload is read as.
pub(super) fn payload_type(api: &Api, kind: &PayloadKind) -> TypeTokens {
    match kind {
        PayloadKind::Empty => quote!(()).into(),
        PayloadKind::Json(ty) => type_tokens(api, ty, Scope::OtherFile),
        PayloadKind::Text => quote!(::std::string::String).into(),
        PayloadKind::Bytes => quote!(::bytes::Bytes).into(),
        PayloadKind::Events(_, ty) => {
            type_tokens(api, ty, Scope::OtherFile).map(|ty| quote!(runtime::EventStream<#ty>))
        }
    }
}

/// The media type of a payload in lower case and without parameters; empty if it is not documented.
pub(super) fn media_type_essence(payload: &Payload) -> String {
    essence(payload.media_type.as_deref().unwrap_or_default())
}

/// A media type in lower case and without parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// A variant of an enum of responses.
#[derive(Clone, Copy)]
pub(super) struct ResponseVariant<'a> {
    pub(super) name: &'a str,
    pub(super) status: Status,
    pub(super) payload: &'a Payload,
}

impl ResponseVariant<'_> {
    /// The function that reads the payload into the variant of `enum_name`. A variant for several statuses also holds
    /// the actual one. `then` is called on the result.
    pub(super) fn read(&self, enum_name: &TokenStream, then: &TokenStream) -> TokenStream {
        let variant = ident(self.name);
        let read = read(&self.payload.kind);
        match (self.status, &self.payload.kind) {
            (Status::Exact(_), PayloadKind::Empty) => {
                quote!(|reply| #read(reply).map(|()| #enum_name::#variant)#then)
            }
            (Status::Exact(_), _) => quote!(|reply| #read(reply).map(#enum_name::#variant)#then),
            (_, PayloadKind::Empty) => {
                quote!(|reply| #read(reply).map(|()| #enum_name::#variant(reply.status()))#then)
            }
            (_, PayloadKind::Events(..)) => quote!(|incoming| {
                let status = incoming.status();
                #read(incoming).map(|events| #enum_name::#variant(status, events))#then
            }),
            (_, _) => {
                quote!(|reply| #read(reply).map(|body| #enum_name::#variant(reply.status(), body))#then)
            }
        }
    }

    /// The fields of the variant, in parentheses.
    pub(super) fn fields(&self, api: &Api) -> TypeTokens {
        let fields = payload_type(api, &self.payload.kind);
        fields.map(|ty| match (self.status, &self.payload.kind) {
            (Status::Exact(_), PayloadKind::Empty) => TokenStream::new(),
            (Status::Exact(_), _) => quote!((#ty)),
            (_, PayloadKind::Empty) => quote!((::http::StatusCode)),
            (_, _) => quote!((::http::StatusCode, #ty)),
        })
    }
}
