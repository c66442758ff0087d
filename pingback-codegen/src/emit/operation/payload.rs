//! A body that comes back in; its type and its reader out.

use crate::emit::names::ident;
use crate::emit::types::{Scope, type_tokens};
use crate::model::{Api, EventForm, Payload, PayloadKind, Status};
use proc_macro2::TokenStream;
use quote::quote;

/// The reader of a payload.
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

/// The media type by which a stream is told from what else may come; empty for any.
pub(super) fn told_by(payload: &Payload) -> String {
    let essence = payload.media_type.as_deref().unwrap_or_default();
    let essence = essence.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// What a payload is read as.
pub(super) fn payload_type(api: &Api, kind: &PayloadKind) -> TokenStream {
    match kind {
        PayloadKind::Empty => quote!(()),
        PayloadKind::Json(ty) => type_tokens(api, ty, Scope::Outside),
        PayloadKind::Text => quote!(::std::string::String),
        PayloadKind::Bytes => quote!(::bytes::Bytes),
        PayloadKind::Events(_, ty) => {
            let ty = type_tokens(api, ty, Scope::Outside);
            quote!(runtime::EventStream<#ty>)
        }
    }
}

/// A reader that puts what it reads into a variant; one for several statuses holds the real one too.
pub(in crate::emit) fn wrap(
    name: &TokenStream,
    variant: &str,
    status: Status,
    payload: &Payload,
) -> TokenStream {
    wrap_in(name, variant, status, payload, &TokenStream::new())
}

/// Such a reader with what is called on what it gives.
pub(super) fn wrap_in(
    name: &TokenStream,
    variant: &str,
    status: Status,
    payload: &Payload,
    then: &TokenStream,
) -> TokenStream {
    let variant = ident(variant);
    let read = read(&payload.kind);
    match (status, &payload.kind) {
        (Status::Exact(_), PayloadKind::Empty) => quote!(|reply| #read(reply).map(|()| #name::#variant)#then),
        (Status::Exact(_), _) => quote!(|reply| #read(reply).map(#name::#variant)#then),
        (_, PayloadKind::Empty) => {
            quote!(|reply| #read(reply).map(|()| #name::#variant(reply.status()))#then)
        }
        (_, PayloadKind::Events(..)) => quote!(|incoming| {
            let status = incoming.status();
            #read(incoming).map(|events| #name::#variant(status, events))#then
        }),
        (_, _) => quote!(|reply| #read(reply).map(|body| #name::#variant(reply.status(), body))#then),
    }
}

/// A variant's fields.
pub(in crate::emit) fn fields(api: &Api, status: Status, payload: &Payload) -> TokenStream {
    let ty = payload_type(api, &payload.kind);
    match (status, &payload.kind) {
        (Status::Exact(_), PayloadKind::Empty) => TokenStream::new(),
        (Status::Exact(_), _) => quote!((#ty)),
        (_, PayloadKind::Empty) => quote!((::http::StatusCode)),
        (_, _) => quote!((::http::StatusCode, #ty)),
    }
}
