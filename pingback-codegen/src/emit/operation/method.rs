//! An operation in; the client's method and the constant that describes the operation out.

use super::argument::{Argument, argument, body_argument, set_body, set_parameter};
use super::{about, free, required, required_body};
use crate::emit::client::{default_url, option};
use crate::emit::names::ident;
use crate::model::{Api, Operation, PathPart, Payload, PayloadKind, Success};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// The client's method.
pub(super) fn method(api: &Api, operation: &Operation, examples_run: bool) -> TokenStream {
    let (name, type_name) = (ident(&operation.method_name), ident(&operation.type_name));
    let about = about::method_docs(api, operation, examples_run);
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let request = free(operation, "request");
    let parameters = required(operation).map(|parameter| {
        let name = ident(&parameter.name);
        let Argument { ty, .. } = argument(api, &parameter.ty, &quote!(#name));
        quote!(#name: #ty)
    });
    let body = required_body(operation).map(|(body, content)| {
        let name = ident(&body.name);
        let ty = body_argument(api, content, &quote!(#name)).ty;
        quote!(#name: #ty)
    });
    let arguments: Vec<TokenStream> = parameters.chain(body).collect();
    let set = required(operation).map(|parameter| set_parameter(api, parameter, &quote!(#request)));
    let set_body = required_body(operation).map(|(body, content)| {
        let name = ident(&body.name);
        set_body(api, content, &quote!(#request), &quote!(#name))
    });
    let set: Vec<TokenStream> = set.chain(set_body).collect();
    let mutable = (!set.is_empty()).then(|| quote!(mut));
    let descriptor = descriptor(operation);
    quote! {
        #about
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> #type_name<'_> {
            static OPERATION: runtime::Operation = #descriptor;
            let #mutable #request = runtime::Request::new(&OPERATION);
            #(#set)*
            #type_name { call: runtime::Call::new(&self.core, #request) }
        }
    }
}

fn descriptor(operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = http_method(&operation.method);
    let path = path(operation);
    let security = operation.security.iter().map(|all| {
        let all = all.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#all),*])
    });
    let parameters = operation
        .client_parameters
        .iter()
        .map(|index| Literal::usize_unsuffixed(*index));
    let accept = accept(operation);
    let server = operation.server.as_ref().map(default_url);
    let server = option(server.as_deref());
    quote! {
        runtime::Operation {
            id: #id,
            method: #method,
            path: #path,
            security: &[#(#security),*],
            client_parameters: &[#(#parameters),*],
            accept: #accept,
            server: #server,
        }
    }
}

fn http_method(method: &str) -> TokenStream {
    let known = [
        "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "CONNECT",
    ];
    let name = known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(method))
        .unwrap_or(&"GET");
    let name = format_ident!("{name}");
    quote!(::http::Method::#name)
}

/// The path with its parameters by their names on the wire.
fn path(operation: &Operation) -> String {
    let mut path = String::new();
    for part in &operation.path_parts {
        match part {
            PathPart::Literal(text) => path.push_str(&text.replace('{', "%7B").replace('}', "%7D")),
            PathPart::Parameter(index) => {
                if let Some(parameter) = operation.parameters.get(*index) {
                    let _ = write!(path, "{{{}}}", parameter.wire);
                }
            }
        }
    }
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    path
}

/// All media types that a response may have, which is not to be a stream of events if it can be something else.
fn accept(operation: &Operation) -> String {
    let success: Vec<&Payload> = match &operation.success {
        Success::One(payload, responses) => std::iter::once(payload)
            .chain(responses.iter().map(|response| &response.payload))
            .collect(),
        Success::Choice { responses, .. } => responses.iter().map(|response| &response.payload).collect(),
    };
    accepting(operation, &success)
}

/// The media types of these successes and of all errors, but of what errors can be besides: a server that honours
/// the wish for it would give success in it, too.
pub(super) fn accepting(operation: &Operation, success: &[&Payload]) -> String {
    let errors = operation.errors.iter().filter(|case| !case.by_media_type);
    let errors = errors.map(|case| &case.payload);
    let mut types: Vec<&str> = Vec::new();
    let mut any = false;
    for payload in success.iter().copied().chain(errors) {
        match (&payload.media_type, &payload.kind) {
            (Some(media_type), _) if media_type.is_ascii() && !media_type.contains(['\r', '\n']) => {
                types.push(media_type);
            }
            (_, PayloadKind::Json(_)) => types.push("application/json"),
            (_, PayloadKind::Events(..)) => types.push("text/event-stream"),
            (_, PayloadKind::Text | PayloadKind::Bytes) => any = true,
            (_, PayloadKind::Empty) => {}
        }
    }
    if any {
        types.push("*/*");
    }
    let mut seen = Vec::new();
    types.retain(|ty| {
        let new = !seen.contains(ty);
        seen.push(*ty);
        new
    });
    types.join(", ")
}
