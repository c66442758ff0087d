//! An operation in; the client's method, the request's type and what success gives, out.

use super::names::ident;
use super::types::{Scope, type_tokens};
use super::{docs, operation_error};
use crate::model::{
    Api, Body, BodyContent, BodyKind, Docs, FormField, Operation, Parameter, ParameterLocation,
    ParameterStyle, PathPart, Payload, PayloadKind, Status, Success, Type, TypeKind,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// How deep aliases are followed. They cannot name themselves, so that this is never reached.
const ALIAS_DEPTH: usize = 32;

/// The items of one operation, its errors included.
pub(super) fn items(api: &Api, operation: &Operation, examples_run: bool) -> Vec<TokenStream> {
    let mut items = vec![
        method(api, operation, examples_run),
        request_type(api, operation),
        into_future(api, operation),
    ];
    items.extend(success_type(api, operation));
    items.extend(operation_error::items(api, operation));
    items
}

/// How a value is taken by a function.
pub(super) struct Argument {
    /// The type in the signature.
    pub(super) ty: TokenStream,
    /// The expression that passes it on.
    pub(super) value: TokenStream,
}

/// How a value of this type is taken, as an argument of this name.
pub(super) fn argument(api: &Api, ty: &Type, name: &TokenStream) -> Argument {
    let string = quote!(::std::string::String);
    match behind_aliases(api, ty) {
        Type::String => Argument {
            ty: quote!(impl ::std::convert::Into<#string>),
            // `into()` alone would leave the type open.
            value: quote!(::std::convert::Into::<#string>::into(#name)),
        },
        Type::Bytes => Argument {
            ty: quote!(impl ::std::convert::Into<::bytes::Bytes>),
            value: quote!(::std::convert::Into::<::bytes::Bytes>::into(#name)),
        },
        Type::Array(item) if *behind_aliases(api, item) == Type::String => Argument {
            ty: quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#string>>),
            value: quote!(
                #name.into_iter().map(::std::convert::Into::into).collect::<::std::vec::Vec<#string>>()
            ),
        },
        Type::Boxed(inner) => argument(api, inner, name),
        _ => Argument {
            ty: type_tokens(api, ty, Scope::Outside),
            value: name.clone(),
        },
    }
}

fn behind_aliases<'t>(api: &'t Api, mut ty: &'t Type) -> &'t Type {
    for _ in 0..ALIAS_DEPTH {
        match ty {
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.kind) {
                Some(TypeKind::Alias(target)) => ty = target,
                _ => break,
            },
            _ => break,
        }
    }
    ty
}

/// A name that no argument has: `request`, or else `request_`.
fn free(operation: &Operation, wanted: &str) -> Ident {
    let body = operation.body.iter().flat_map(|body| {
        std::iter::once(body.name.as_str()).chain(body.contents.iter().map(|content| content.method.as_str()))
    });
    let taken: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .chain(body)
        .collect();
    let mut name = wanted.to_owned();
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    format_ident!("{name}")
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

/// The body, if it is an argument: where there is a choice of media types, the first is, and the methods for the
/// others replace it.
fn required_body(operation: &Operation) -> Option<(&Body, &BodyContent)> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    Some((body, body.contents.first()?))
}

/// `impl Client` with the operation's method.
fn method(api: &Api, operation: &Operation, examples_run: bool) -> TokenStream {
    let (name, type_name) = (ident(&operation.method_name), ident(&operation.type_name));
    let about = method_docs(api, operation, examples_run);
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
        impl super::super::Client {
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
    let server = operation.server.as_ref().map(super::client::default_url);
    let server = super::client::option(server.as_deref());
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

/// All media types that a response may have.
fn accept(operation: &Operation) -> String {
    let success: Vec<&Payload> = match &operation.success {
        Success::One(payload, responses) => std::iter::once(payload)
            .chain(responses.iter().map(|response| &response.payload))
            .collect(),
        Success::Choice { responses, .. } => responses.iter().map(|response| &response.payload).collect(),
    };
    let errors = operation.errors.iter().map(|case| &case.payload);
    let mut types: Vec<&str> = Vec::new();
    let mut any = false;
    for payload in success.into_iter().chain(errors) {
        match (&payload.media_type, &payload.kind) {
            (Some(media_type), _) if media_type.is_ascii() && !media_type.contains(['\r', '\n']) => {
                types.push(media_type);
            }
            (_, PayloadKind::Json(_)) => types.push("application/json"),
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

fn style(style: ParameterStyle) -> TokenStream {
    let name = match style {
        ParameterStyle::Matrix => "Matrix",
        ParameterStyle::Label => "Label",
        ParameterStyle::Simple => "Simple",
        ParameterStyle::Form => "Form",
        ParameterStyle::SpaceDelimited => "SpaceDelimited",
        ParameterStyle::PipeDelimited => "PipeDelimited",
        ParameterStyle::DeepObject => "DeepObject",
        ParameterStyle::Json => "Json",
    };
    let name = format_ident!("{name}");
    quote!(runtime::Style::#name)
}

/// The statement that sets a parameter.
fn set_parameter(api: &Api, parameter: &Parameter, request: &TokenStream) -> TokenStream {
    let (name, wire, explode) = (ident(&parameter.name), &parameter.wire, parameter.explode);
    let style = style(parameter.style);
    let value = argument(api, &parameter.ty, &quote!(#name)).value;
    match parameter.location {
        ParameterLocation::Path => quote!(#request.path(#wire, #style, #explode, #value);),
        ParameterLocation::Query => {
            let allow_reserved = parameter.allow_reserved;
            quote!(#request.query(#wire, #style, #explode, #allow_reserved, #value);)
        }
        ParameterLocation::Header => quote!(#request.header(#wire, #style, #explode, #value);),
        ParameterLocation::Cookie => quote!(#request.cookie(#wire, #style, #explode, #value);),
    }
}

fn body_argument(api: &Api, content: &BodyContent, name: &TokenStream) -> Argument {
    match content.kind {
        BodyKind::Text => Argument {
            ty: quote!(impl ::std::convert::Into<::std::string::String>),
            value: name.clone(),
        },
        BodyKind::Bytes => Argument {
            ty: quote!(impl ::std::convert::Into<::bytes::Bytes>),
            value: name.clone(),
        },
        BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => argument(api, &content.ty, name),
    }
}

/// The statement that sets the body.
fn set_body(api: &Api, content: &BodyContent, request: &TokenStream, name: &TokenStream) -> TokenStream {
    let value = body_argument(api, content, name).value;
    let media_type = concrete(&content.media_type);
    match &content.kind {
        BodyKind::Json => quote!(#request.json(#media_type, #value);),
        BodyKind::Form(fields) => {
            let fields = fields.iter().map(field);
            quote!(#request.form(&[#(#fields),*], #value);)
        }
        BodyKind::Multipart(fields) => {
            let fields = fields.iter().map(field);
            quote!(#request.multipart(&[#(#fields),*], #value);)
        }
        BodyKind::Text => quote!(#request.text(#media_type, #value);),
        BodyKind::Bytes => quote!(#request.bytes(#media_type, #value);),
    }
}

/// A wildcard is no content type that can be sent.
fn concrete(media_type: &str) -> &str {
    if media_type.contains('*') {
        "application/octet-stream"
    } else {
        media_type
    }
}

fn field(field: &FormField) -> TokenStream {
    let (name, explode) = (&field.wire, field.explode);
    let content_type = super::client::option(field.content_type.as_deref());
    let style = style(field.style);
    quote!(runtime::FormField { name: #name, content_type: #content_type, style: #style, explode: #explode })
}

/// The request's type, with a method for each optional part.
fn request_type(api: &Api, operation: &Operation) -> TokenStream {
    let type_name = ident(&operation.type_name);
    let method_name = operation
        .method_name
        .strip_prefix("r#")
        .unwrap_or(&operation.method_name);
    let about = format!(" The request of [`Client::{method_name}`](super::super::Client::{method_name}).");
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let name = ident(&parameter.name);
            let about = parameter_docs(
                &parameter.docs,
                &format!("Sets `{}`.", parameter.wire.replace('`', "'")),
            );
            let ty = argument(api, &parameter.ty, &quote!(#name)).ty;
            let set = set_parameter(api, parameter, &quote!(self.call.request));
            quote! {
                #about
                pub fn #name(mut self, #name: #ty) -> Self {
                    #set
                    self
                }
            }
        });
    let contents = operation.body.iter().flat_map(|body| {
        let skipped = usize::from(body.required);
        body.contents
            .iter()
            .skip(skipped)
            .map(move |content| (body, content))
    });
    let contents = contents.map(|(body, content)| {
        let (method, name) = (ident(&content.method), ident(&body.name));
        let about = format!("Sends a body of `{}`.", content.media_type.replace('`', "'"));
        let about = parameter_docs(&body.docs, &about);
        let ty = body_argument(api, content, &quote!(#name)).ty;
        let set = set_body(api, content, &quote!(self.call.request), &quote!(#name));
        quote! {
            #about
            pub fn #method(mut self, #name: #ty) -> Self {
                #set
                self
            }
        }
    });
    let methods: Vec<TokenStream> = optional.chain(contents).collect();
    let customize = free(operation, "customize");
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #type_name<'c> {
            call: runtime::Call<'c>,
        }

        impl #type_name<'_> {
            #(#methods)*

            /// Changes what goes out: further headers, a timeout, whether it may be repeated.
            pub fn #customize(mut self, change: impl ::std::ops::FnOnce(&mut runtime::Request)) -> Self {
                change(&mut self.call.request);
                self
            }
        }
    }
}

fn into_future(api: &Api, operation: &Operation) -> TokenStream {
    let (type_name, error) = (ident(&operation.type_name), ident(&operation.error_name));
    let (output, cases) = success(api, &operation.success);
    quote! {
        impl<'c> ::std::future::IntoFuture for #type_name<'c> {
            type Output = ::std::result::Result<runtime::Response<#output>, runtime::Error<#error>>;
            type IntoFuture = runtime::ResponseFuture<'c, #output, #error>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.send(#cases)
            }
        }
    }
}

/// What success is read as, and its cases.
fn success(api: &Api, success: &Success) -> (TokenStream, TokenStream) {
    match success {
        Success::One(payload, responses) => {
            let read = read(&payload.kind);
            let statuses = responses.iter().map(|response| response.status);
            let mut cases: Vec<TokenStream> = statuses.map(|status| case(status, &read)).collect();
            if cases.is_empty() {
                cases.push(case(Status::Range(2), &read));
            }
            (payload_type(api, &payload.kind), quote!(const { &[#(#cases),*] }))
        }
        Success::Choice { name, responses } => {
            let name = ident(name);
            let cases = responses.iter().map(|response| {
                let read = wrap(
                    &quote!(#name),
                    &response.variant,
                    response.status,
                    &response.payload,
                );
                case(response.status, &read)
            });
            let cases = quote!(const { &[#(#cases),*] });
            (quote!(#name), cases)
        }
    }
}

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

fn case(status: Status, read: &TokenStream) -> TokenStream {
    match status {
        Status::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::status(#status, #read))
        }
        Status::Range(hundred) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range(#hundred, #read))
        }
        Status::Default => quote!(runtime::Case::default(#read)),
    }
}

/// A reader that puts what it reads into a variant; one for several statuses holds the real one too.
pub(super) fn wrap(name: &TokenStream, variant: &str, status: Status, payload: &Payload) -> TokenStream {
    let variant = ident(variant);
    let read = read(&payload.kind);
    match (status, &payload.kind) {
        (Status::Exact(_), PayloadKind::Empty) => quote!(|reply| #read(reply).map(|()| #name::#variant)),
        (Status::Exact(_), _) => quote!(|reply| #read(reply).map(#name::#variant)),
        (_, PayloadKind::Empty) => quote!(|reply| #read(reply).map(|()| #name::#variant(reply.status()))),
        (_, _) => quote!(|reply| #read(reply).map(|body| #name::#variant(reply.status(), body))),
    }
}

/// A variant's fields.
pub(super) fn fields(api: &Api, status: Status, payload: &Payload) -> TokenStream {
    let ty = payload_type(api, &payload.kind);
    match (status, &payload.kind) {
        (Status::Exact(_), PayloadKind::Empty) => TokenStream::new(),
        (Status::Exact(_), _) => quote!((#ty)),
        (_, PayloadKind::Empty) => quote!((::http::StatusCode)),
        (_, _) => quote!((::http::StatusCode, #ty)),
    }
}

/// The enum of successes, where there is a choice.
fn success_type(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let Success::Choice { name, responses } = &operation.success else {
        return None;
    };
    let name = ident(name);
    let about = format!(" What `{}` gives, by status.", operation.id.replace('`', "'"));
    let variants = responses.iter().map(|response| {
        let variant = ident(&response.variant);
        let about = parameter_docs(&response.docs, &format!("{}.", status_text(response.status)));
        let fields = fields(api, response.status, &response.payload);
        quote!(#about #variant #fields,)
    });
    Some(quote! {
        #[doc = #about]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    })
}

/// A status for people.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

/// `#[doc]` for text that is safe as it is.
pub(super) fn doc_lines(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| match line.trim_end() {
        "" => String::new(),
        // The indentation of a line in a list counts.
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The first paragraph of a text on one line, for a list or a table.
pub(super) fn markdown_cell(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n");
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    // What was made safe may have lines again, with a hard break between them.
    let safe = docs::safe(&line).replace("\\\n", " ");
    let safe = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    safe.replace("\\|", "|").replace('|', "\\|")
}

/// The first sentence is ours, what the document says follows.
fn parameter_docs(said: &Docs, first: &str) -> TokenStream {
    let mut text = first.to_owned();
    for part in [&said.summary, &said.description].into_iter().flatten() {
        let _ = write!(text, "\n\n{}", docs::safe(part).trim());
    }
    for constraint in &said.constraints {
        let _ = write!(text, "\n\n{}.", docs::safe(constraint).trim());
    }
    let lines = doc_lines(&text);
    let deprecated = said.deprecated.then(|| quote!(#[deprecated]));
    quote!(#lines #deprecated)
}

fn method_docs(api: &Api, operation: &Operation, examples_run: bool) -> TokenStream {
    let mut text = String::new();
    for part in [&operation.docs.summary, &operation.docs.description]
        .into_iter()
        .flatten()
    {
        let _ = write!(text, "{}\n\n", docs::safe(part).trim());
    }
    let route = format!("`{} {}`", operation.method, operation.path.replace('`', "'"));
    let _ = write!(text, "{route}\n\n");
    if operation.parameters.iter().any(|parameter| parameter.required) {
        text.push_str("# Arguments\n\n");
        for parameter in required(operation) {
            let said = [&parameter.docs.summary, &parameter.docs.description];
            let said = markdown_cell(said.into_iter().flatten().next().map_or("", String::as_str));
            let colon = if said.is_empty() { "" } else { ": " };
            let name = parameter.name.strip_prefix("r#").unwrap_or(&parameter.name);
            let _ = writeln!(text, "- `{name}`{colon}{said}");
        }
        text.push('\n');
    }
    headers(operation, &mut text);
    errors(api, operation, &mut text);
    example(api, operation, examples_run, &mut text);
    doc_lines(&text)
}

/// The documented headers of success.
fn headers(operation: &Operation, text: &mut String) {
    let responses = match &operation.success {
        Success::One(_, responses) | Success::Choice { responses, .. } => responses,
    };
    let mut seen: Vec<&str> = Vec::new();
    for header in responses.iter().flat_map(|response| &response.headers) {
        if seen.contains(&header.wire.as_str()) {
            continue;
        }
        if seen.is_empty() {
            text.push_str("# Response headers\n\n");
        }
        seen.push(&header.wire);
        let said = [&header.docs.summary, &header.docs.description];
        let said = markdown_cell(said.into_iter().flatten().next().map_or("", String::as_str));
        let colon = if said.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "- `{}`{colon}{said}", header.wire.replace('`', "'"));
    }
    if !seen.is_empty() {
        text.push('\n');
    }
}

/// The table of errors.
fn errors(api: &Api, operation: &Operation, text: &mut String) {
    text.push_str("# Errors\n\n");
    if operation.errors.is_empty() {
        text.push_str(
            "No error of this operation is documented: whatever comes is `Error::Undocumented`.\n\n",
        );
        return;
    }
    text.push_str("| Status | Code | Case | Message | What to do |\n| --- | --- | --- | --- | --- |\n");
    for case in &operation.errors {
        let code = case
            .code
            .as_deref()
            .map(|code| format!("`{}`", code.replace('`', "'").replace('|', "\\|")));
        let known = case
            .code
            .as_ref()
            .and_then(|code| api.errors.codes.iter().find(|known| known.code == *code));
        let message = case
            .message
            .as_deref()
            .or_else(|| known?.messages.first().map(String::as_str));
        let message = message
            .or(case.docs.description.as_deref())
            .or(case.docs.summary.as_deref());
        let action =
            known.and_then(|known| known.suggested_action.as_deref().or(known.explanation.as_deref()));
        let _ = writeln!(
            text,
            "| {} | {} | `{}` | {} | {} |",
            status_text(case.status),
            code.unwrap_or_default(),
            case.variant,
            markdown_cell(message.unwrap_or_default()),
            markdown_cell(action.unwrap_or_default()),
        );
    }
    text.push('\n');
}

/// An example that compiles: plain values stand in it, others are arguments of a hidden function.
fn example(api: &Api, operation: &Operation, examples_run: bool, text: &mut String) {
    let mut hidden = vec![format!("client: &{}::Client", api.name)];
    let mut arguments = Vec::new();
    let mut given = |name: &str, ty: &Type, docs: Option<&Docs>, argument: &Argument| {
        if let Some(literal) = literal(api, name, ty, docs) {
            return literal;
        }
        let ty = qualified(&argument.ty, &api.name);
        hidden.push(format!("{name}: {ty}"));
        name.to_owned()
    };
    for parameter in required(operation) {
        let name = ident(&parameter.name);
        let taken = argument(api, &parameter.ty, &quote!(#name));
        arguments.push(given(
            &parameter.name,
            &parameter.ty,
            Some(&parameter.docs),
            &taken,
        ));
    }
    if let Some((body, content)) = required_body(operation) {
        let name = ident(&body.name);
        let taken = body_argument(api, content, &quote!(#name));
        let ty = match content.kind {
            BodyKind::Text => &Type::String,
            BodyKind::Bytes => &Type::Bytes,
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => &content.ty,
        };
        arguments.push(given(&body.name, ty, None, &taken));
    }
    let fence = if examples_run { "no_run" } else { "ignore" };
    let allow = if operation.docs.deprecated {
        "# #[allow(deprecated)]\n"
    } else {
        ""
    };
    let nothing =
        matches!(&operation.success, Success::One(payload, _) if payload.kind == PayloadKind::Empty);
    let show = if nothing {
        "println!(\"{}\", response.status());"
    } else {
        "println!(\"{:?}\", *response);"
    };
    let _ = write!(
        text,
        "# Example\n\n```{fence}\n{allow}# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let response = client.{}({}).await?;\n{show}\n# Ok(())\n# }}\n```\n",
        hidden.join(", "),
        operation.method_name,
        arguments.join(", "),
    );
}

/// A type as it is written outside the crate.
fn qualified(ty: &TokenStream, krate: &str) -> String {
    let text = ty.to_string().replace(" :: ", "::").replace(":: ", "::");
    let text = text.replace("runtime::", &format!("{krate}::"));
    text.replace("models::", &format!("{krate}::models::"))
}

/// A plausible value as an expression, for types that have an easy one.
fn literal(api: &Api, name: &str, ty: &Type, docs: Option<&Docs>) -> Option<String> {
    let example = docs.and_then(|docs| docs.example.as_deref());
    let example: Option<serde_json::Value> = example.and_then(|text| serde_json::from_str(text).ok());
    Some(match behind_aliases(api, ty) {
        Type::Bool => "true".to_owned(),
        Type::Int(_) => match example.as_ref().and_then(serde_json::Value::as_i64) {
            Some(number) if (0..=i64::from(i32::MAX)).contains(&number) => number.to_string(),
            _ => "1".to_owned(),
        },
        Type::Float(_) => "1.5".to_owned(),
        Type::String => match example.as_ref().and_then(serde_json::Value::as_str) {
            Some(text) if plain_text(text) => format!("{text:?}"),
            _ => format!("{:?}", plausible(name)),
        },
        Type::DateTime => "\"2025-01-31T12:00:00Z\".parse()?".to_owned(),
        Type::Date => "\"2025-01-31\".parse()?".to_owned(),
        Type::Uuid => "\"67e55044-10b1-426f-9247-bb680e5fe0c8\".parse()?".to_owned(),
        Type::Array(item) if *behind_aliases(api, item) == Type::String => {
            format!("[{:?}]", plausible(name))
        }
        Type::Array(item) => format!("vec![{}]", literal(api, name, item, None)?),
        Type::Boxed(inner) => return literal(api, name, inner, docs),
        Type::Null
        | Type::Json
        | Type::Bytes
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Named(_)
        | Type::Nullable(_) => {
            return None;
        }
    })
}

fn plain_text(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\' && c != '`' || c == ' ';
    (1..=60).contains(&text.len()) && text.chars().all(plain)
}

fn plausible(name: &str) -> &'static str {
    let has = |part: &str| name.contains(part);
    if has("email") {
        "ada@example.com"
    } else if has("url") || has("uri") {
        "https://example.com"
    } else if has("phone") {
        "+4930901820"
    } else if name.ends_with("id") || has("key") {
        "a1b2c3"
    } else if has("name") || has("owner") || has("user") {
        "ada"
    } else {
        "text"
    }
}
