//! Emits the client's method for an operation, and the constant that describes the operation to the runtime.

use super::argument::{argument_type, body_argument_type, set_body, set_parameter};
use super::error_table::SharedErrors;
use super::method_docs::method_docs;
use super::payload::media_type_essence;
use super::unused_name;
use crate::emit::Layout;
use crate::emit::client::default_url;
use crate::emit::docs::deprecated;
use crate::emit::file::Item;
use crate::emit::names::ident;
use crate::emit::paths::option;
use crate::emit::tokens::TypeTokens;
use crate::emit::types::Scope;
use crate::model::{Api, Argument, Operation, PathPart, Payload, PayloadKind, Success};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// The method.
pub(super) fn method(api: &Api, operation: &Operation, layout: Layout, shared_errors: &SharedErrors) -> Item {
    let (name, type_name) = (ident(&operation.method_name), ident(&operation.type_name));
    let docs = method_docs(api, operation, layout, shared_errors);
    let deprecated = deprecated(&operation.docs);
    let request = unused_name(operation, "request");
    let (argument_names, argument_types): (Vec<Ident>, Vec<TypeTokens>) =
        arguments(api, operation).into_iter().unzip();
    let statements = statements(api, operation, &request);
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    let descriptor = descriptor(operation);
    let tokens = quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#argument_names: #argument_types),*) -> #type_name<'_> {
            static OPERATION: runtime::Operation = #descriptor;
            let #mutable #request = runtime::Request::new(&OPERATION);
            #(#statements)*
            #type_name { call: runtime::Call::new(&self.core, #request) }
        }
    };
    Item::with_types(tokens, &argument_types)
}

/// The names and types of the arguments.
fn arguments(api: &Api, operation: &Operation) -> Vec<(Ident, TypeTokens)> {
    let arguments = operation.arguments().into_iter().map(|argument| match argument {
        Argument::Parameter(parameter) => {
            let ty = argument_type(api, &parameter.ty, Scope::OtherFile);
            (ident(&parameter.name), ty)
        }
        Argument::Body(body, content) => {
            let ty = body_argument_type(api, content, Scope::OtherFile);
            (ident(&body.name), ty)
        }
    });
    arguments.collect()
}

/// The statements that put the arguments into the request.
fn statements(api: &Api, operation: &Operation, request: &Ident) -> Vec<TokenStream> {
    let request = quote!(#request);
    let arguments = operation.arguments().into_iter().map(|argument| match argument {
        Argument::Parameter(parameter) => set_parameter(api, parameter, &request),
        Argument::Body(body, content) => set_body(api, content, &request, &ident(&body.name)),
    });
    arguments.collect()
}

fn descriptor(operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = http_method(&operation.method);
    let path = path_template(operation);
    let security = operation.security.iter().map(|credentials| {
        let indices = credentials.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#indices),*])
    });
    let parameters = operation
        .client_parameters
        .iter()
        .map(|index| Literal::usize_unsuffixed(*index));
    let accept = default_accept_header(operation);
    let server = option(operation.server.as_ref().map(default_url));
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

/// The path, with each parameter as `{wire name}`.
fn path_template(operation: &Operation) -> String {
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

/// The `Accept` header of a request that is awaited. It lists no stream of events that may come instead of the usual
/// payload.
fn default_accept_header(operation: &Operation) -> String {
    let payloads: Vec<&Payload> = match &operation.success {
        Success::One(payload, responses) => std::iter::once(payload)
            .chain(responses.iter().map(|response| &response.payload))
            .collect(),
        Success::Choice { responses, .. } => responses.iter().map(|response| &response.payload).collect(),
    };
    accept_header(operation, &payloads)
}

/// An `Accept` header with the media types of these successes and of the errors. A further media type of an error is
/// left out, since a server might send success in it, unless only errors are sent in it (RFC 9457).
pub(super) fn accept_header(operation: &Operation, successes: &[&Payload]) -> String {
    let is_for_errors = |payload: &Payload| media_type_essence(payload) == "application/problem+json";
    let errors = operation.errors.iter();
    let errors = errors.filter(|case| !case.by_media_type || is_for_errors(&case.payload));
    let payloads = successes.iter().copied().chain(errors.map(|case| &case.payload));
    let mut media_types: Vec<&str> = Vec::new();
    let mut accepts_any = false;
    for payload in payloads {
        let media_type = match (&payload.media_type, &payload.kind) {
            (Some(media_type), _) if media_type.is_ascii() && !media_type.contains(['\r', '\n']) => {
                media_type
            }
            (_, PayloadKind::Json(_)) => "application/json",
            (_, PayloadKind::Events(..)) => "text/event-stream",
            (_, PayloadKind::Text | PayloadKind::Bytes) => {
                accepts_any = true;
                continue;
            }
            (_, PayloadKind::Empty) => continue,
        };
        if !media_types.contains(&media_type) {
            media_types.push(media_type);
        }
    }
    if accepts_any && !media_types.contains(&"*/*") {
        media_types.push("*/*");
    }
    media_types.join(", ")
}
