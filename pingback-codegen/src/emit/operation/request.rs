//! An operation in; the type of its request, with a method for each optional part, and what comes of awaiting it,
//! out.

use super::about::parameter_docs;
use super::argument::{argument, body_argument, set_body, set_parameter, set_part_header};
use super::method::accepting;
use super::payload::{fields, payload_type, read, told_by, wrap};
use super::{free, status_text};
use crate::emit::names::ident;
use crate::model::{Api, BodyContent, EventForm, Operation, Payload, PayloadKind, Response, Status, Success};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The request's type, with a method for each optional part.
pub(super) fn request_type(api: &Api, operation: &Operation) -> [TokenStream; 2] {
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
                &format!("Sets `{}`.", crate::emit::docs::spelled(&parameter.wire)),
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
        let about = format!(
            "Sends a body of `{}`.",
            crate::emit::docs::spelled(&content.media_type)
        );
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
    let all = operation.body.iter().flat_map(|body| &body.contents);
    let part_headers = all.flat_map(BodyContent::part_headers).map(|(part, header)| {
        let name = ident(&header.name);
        let about = format!(
            "Sets the header `{}` of the part `{}`.",
            crate::emit::docs::spelled(&header.wire),
            crate::emit::docs::spelled(part)
        );
        let about = parameter_docs(&header.docs, &about);
        let ty = argument(api, &header.ty, &quote!(#name)).ty;
        let set = set_part_header(api, part, header, &quote!(self.call.request));
        quote! {
            #about
            pub fn #name(mut self, #name: #ty) -> Self {
                #set
                self
            }
        }
    });
    let methods: Vec<TokenStream> = optional.chain(contents).chain(part_headers).collect();
    let customize = free(operation, "customize");
    let definition = quote! {
        #[doc = #about]
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #type_name<'c> {
            call: runtime::Call<'c>,
        }
    };
    let methods = quote! {
        impl #type_name<'_> {
            #(#methods)*

            /// Changes what goes out: further headers, a timeout, whether it may be repeated.
            pub fn #customize(mut self, change: impl ::std::ops::FnOnce(&mut runtime::Request)) -> Self {
                change(&mut self.call.request);
                self
            }
        }
    };
    [definition, methods]
}

pub(super) fn into_future(api: &Api, operation: &Operation) -> TokenStream {
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

/// The methods that ask for other media types.
pub(super) fn alternatives(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let (type_name, error) = (ident(&operation.type_name), ident(&operation.error_name));
    let methods = operation.alternatives.iter().map(|other| {
        let name = ident(&other.method);
        let media_type = other.payload.media_type.as_deref().unwrap_or_default();
        let about = format!(
            " Sends the request and asks for `{}`.",
            crate::emit::docs::spelled(media_type)
        );
        let accept = accepting(operation, &[&other.payload]);
        let (output, read) = (payload_type(api, &other.payload.kind), read(&other.payload.kind));
        let cases = other.statuses.iter().map(|status| whole_case(*status, &read));
        quote! {
            #[doc = #about]
            pub fn #name(self) -> runtime::ResponseFuture<'c, #output, #error> {
                self.call.accept(#accept).send(const { &[#(#cases),*] })
            }
        }
    });
    let methods: Vec<_> = methods.collect();
    (!methods.is_empty()).then(|| quote!(impl<'c> #type_name<'c> { #(#methods)* }))
}

/// What success is read as, and its cases.
fn success(api: &Api, success: &Success) -> (TokenStream, TokenStream) {
    match success {
        Success::One(payload, responses) => {
            let read = read(&payload.kind);
            let mut cases = unasked(responses);
            cases.extend(statuses(responses).map(|status| case(status, payload, &read)));
            (payload_type(api, &payload.kind), quote!(const { &[#(#cases),*] }))
        }
        Success::Choice { name, responses } => {
            let name = ident(name);
            let unasked = unasked(responses);
            let cases = responses.iter().map(|response| {
                let read = wrap(
                    &quote!(#name),
                    &response.variant,
                    response.status,
                    &response.payload,
                );
                case(response.status, &response.payload, &read)
            });
            let cases = quote!(const { &[#(#unasked,)* #(#cases),*] });
            (quote!(#name), cases)
        }
    }
}

/// What is refused where a stream of events may come, and the whole was asked for.
fn unasked(responses: &[Response]) -> Vec<TokenStream> {
    let streams = responses
        .iter()
        .filter_map(|response| Some((response.status, response.events.as_ref()?)));
    streams
        .map(|(status, events)| stream_case(status, &told_by(events), &quote!(runtime::reject_stream)))
        .collect()
}

/// The statuses of success: those that are documented, else all.
pub(super) fn statuses(responses: &[Response]) -> impl Iterator<Item = Status> {
    let any = responses.is_empty().then_some(Status::Range(2));
    responses.iter().map(|response| response.status).chain(any)
}

/// The case of what is read as it arrives.
pub(super) fn stream_case(status: Status, media_type: &str, read: &TokenStream) -> TokenStream {
    match status {
        Status::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::status_stream(#status, #media_type, #read))
        }
        Status::Range(hundred) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range_stream(#hundred, #media_type, #read))
        }
        Status::Default => quote!(runtime::Case::default_stream(#media_type, #read)),
    }
}

pub(super) fn case(status: Status, payload: &Payload, read: &TokenStream) -> TokenStream {
    match (&payload.kind, status) {
        // Only server-sent events are sure to be called what they are.
        (PayloadKind::Events(EventForm::Lines | EventForm::Sequence, _), _) => stream_case(status, "", read),
        (PayloadKind::Events(..), _) => stream_case(status, &told_by(payload), read),
        _ => whole_case(status, read),
    }
}

pub(super) fn whole_case(status: Status, read: &TokenStream) -> TokenStream {
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

/// The enum of successes, where there is a choice.
pub(super) fn success_type(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let Success::Choice { name, responses } = &operation.success else {
        return None;
    };
    let name = ident(name);
    let about = format!(
        " What `{}` gives, by status.",
        crate::emit::docs::spelled(&operation.id)
    );
    let variants = responses.iter().map(|response| {
        let variant = ident(&response.variant);
        let about = parameter_docs(&response.docs, &format!("{}.", status_text(response.status)));
        let fields = fields(api, response.status, &response.payload);
        quote!(#about #variant #fields,)
    });
    // A stream is read once.
    let streams = responses
        .iter()
        .any(|response| matches!(response.payload.kind, PayloadKind::Events(..)));
    let derives = (!streams).then(|| quote!(, Clone, PartialEq));
    Some(quote! {
        #[doc = #about]
        #[derive(Debug #derives)]
        pub enum #name { #(#variants)* }
    })
}
