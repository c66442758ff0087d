//! A body that comes back in; its type and its reader out.

use crate::emit::names::ident;
use crate::emit::types::{Scope, type_tokens};
use crate::model::{Api, Payload, PayloadKind, Status};
use proc_macro2::TokenStream;
use quote::quote;

/// The reader of a payload.
pub(super) fn read(kind: &PayloadKind) -> TokenStream {
    match kind {
        PayloadKind::Empty => quote!(runtime::empty),
        PayloadKind::Json(_) => quote!(runtime::json),
        PayloadKind::Text => quote!(runtime::text),
        PayloadKind::Bytes => quote!(runtime::bytes),
    }
}

/// What a payload is read as.
pub(super) fn payload_type(api: &Api, kind: &PayloadKind) -> TokenStream {
    match kind {
        PayloadKind::Empty => quote!(()),
        PayloadKind::Json(ty) => type_tokens(api, ty, Scope::Outside),
        PayloadKind::Text => quote!(::std::string::String),
        PayloadKind::Bytes => quote!(::bytes::Bytes),
    }
}

/// A reader that puts what it reads into a variant; one for several statuses holds the real one too.
pub(in crate::emit) fn wrap(
    name: &TokenStream,
    variant: &str,
    status: Status,
    payload: &Payload,
) -> TokenStream {
    let variant = ident(variant);
    let read = read(&payload.kind);
    match (status, &payload.kind) {
        (Status::Exact(_), PayloadKind::Empty) => quote!(|r| #read(r).map(|()| #name::#variant)),
        (Status::Exact(_), _) => quote!(|r| #read(r).map(#name::#variant)),
        (_, PayloadKind::Empty) => quote!(|r| #read(r).map(|()| #name::#variant(r.status()))),
        (_, _) => quote!(|r| #read(r).map(|body| #name::#variant(r.status(), body))),
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
