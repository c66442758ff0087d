//! Emits the type of a request: a method for each optional part, and `IntoFuture`, which sends it.

use super::argument::{argument_type, body_argument_type, set_body, set_parameter, set_part_header};
use super::cases::{rejected_streams, whole_case};
use super::method::accept_header;
use super::payload::{payload_type, read};
use super::success::whole_success;
use super::{method_link, unused_name};
use crate::emit::docs::attributes_with_sentence;
use crate::emit::file::Item;
use crate::emit::markdown::code_span_text;
use crate::emit::names::ident;
use crate::emit::tokens::TypeTokens;
use crate::emit::types::Scope;
use crate::model::{Api, Body, BodyContent, Operation, Parameter, ParameterLocation};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The struct and the methods that set its optional parts.
pub(super) fn request_type(api: &Api, operation: &Operation) -> Vec<Item> {
    let type_name = ident(&operation.type_name);
    let docs = format!(" The request of {}.", method_link(operation));
    let definition = quote! {
        #[doc = #docs]
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #type_name<'c> {
            call: runtime::Call<'c>,
        }
    };
    let customize = unused_name(operation, "customize");
    let setters = setters(api, operation).into_iter().map(Setter::into_item);
    let methods = Item::containing(setters.collect(), |setters| {
        quote! {
            impl #type_name<'_> {
                #(#setters)*

                /// Configures the request: additional headers, its timeout, or whether it can be repeated.
                pub fn #customize(mut self, change: impl ::std::ops::FnOnce(&mut runtime::Request)) -> Self {
                    change(&mut self.call.request);
                    self
                }
            }
        }
    });
    vec![definition.into(), methods]
}

/// A method that sets an optional part of the request.
struct Setter {
    attributes: TokenStream,
    name: Ident,
    argument: Ident,
    ty: TypeTokens,
    /// The statement that sets the part.
    set: TokenStream,
}

impl Setter {
    fn into_item(self) -> Item {
        let Self {
            attributes,
            name,
            argument,
            ty,
            set,
        } = self;
        let tokens = quote! {
            #attributes
            pub fn #name(mut self, #argument: #ty) -> Self {
                #set
                self
            }
        };
        Item::with_types(tokens, [&ty])
    }
}

fn setters(api: &Api, operation: &Operation) -> Vec<Setter> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| parameter_setter(api, parameter));
    let bodies = operation.body.iter().flat_map(|body| {
        // The first is an argument of the method.
        let first = usize::from(body.required);
        let contents = body.contents.iter().skip(first);
        contents.map(move |content| body_setter(api, body, content))
    });
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let part_headers = contents
        .flat_map(BodyContent::part_headers)
        .map(|(part, header)| part_header_setter(api, part, header));
    parameters.chain(bodies).chain(part_headers).collect()
}

fn parameter_setter(api: &Api, parameter: &Parameter) -> Setter {
    let name = ident(&parameter.name);
    let place = match parameter.location {
        ParameterLocation::Path => "path parameter",
        ParameterLocation::Query => "query parameter",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let sentence = format!("Sets the {place} `{}`.", code_span_text(&parameter.wire));
    Setter {
        attributes: attributes_with_sentence(&parameter.docs, &sentence),
        argument: name.clone(),
        name,
        ty: argument_type(api, &parameter.ty, Scope::OtherFile),
        set: set_parameter(api, parameter, &quote!(self.call.request)),
    }
}

fn body_setter(api: &Api, body: &Body, content: &BodyContent) -> Setter {
    let argument = ident(&body.name);
    let media_type = code_span_text(&content.media_type);
    let sentence = if content.has_range() {
        format!("Sets the body. `Body::content_type` has to set its media type, one of `{media_type}`.")
    } else {
        format!("Sets the body, which is sent as `{media_type}`.")
    };
    Setter {
        attributes: attributes_with_sentence(&body.docs, &sentence),
        name: ident(&content.method),
        ty: body_argument_type(api, content, Scope::OtherFile),
        set: set_body(api, content, &quote!(self.call.request), &argument),
        argument,
    }
}

fn part_header_setter(api: &Api, part: &str, header: &Parameter) -> Setter {
    let name = ident(&header.name);
    let sentence = format!(
        "Sets the header `{}` of the part `{}`.",
        code_span_text(&header.wire),
        code_span_text(part)
    );
    Setter {
        attributes: attributes_with_sentence(&header.docs, &sentence),
        argument: name.clone(),
        name,
        ty: argument_type(api, &header.ty, Scope::OtherFile),
        set: set_part_header(api, part, header, &quote!(self.call.request)),
    }
}

/// `IntoFuture`, which sends the request and reads all of the response.
pub(super) fn into_future_impl(api: &Api, operation: &Operation) -> Item {
    let (type_name, error) = (ident(&operation.type_name), ident(&operation.error_name));
    let success = whole_success(api, &operation.success, &TokenStream::new());
    let cases = rejected_streams(operation.success.responses()).chain(success.cases);
    let output = &success.ty;
    let tokens = quote! {
        impl<'c> ::std::future::IntoFuture for #type_name<'c> {
            type Output = ::std::result::Result<runtime::Response<#output>, runtime::Error<#error>>;
            type IntoFuture = runtime::ResponseFuture<'c, #output, #error>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.send(const { &[#(#cases),*] })
            }
        }
    };
    Item::with_types(tokens, [output])
}

/// The methods that request other media types.
pub(super) fn alternative_methods(api: &Api, operation: &Operation) -> Option<Item> {
    if operation.alternatives.is_empty() {
        return None;
    }
    let (type_name, error) = (ident(&operation.type_name), ident(&operation.error_name));
    let methods = operation.alternatives.iter().map(|alternative| {
        let (name, payload) = (ident(&alternative.method), &alternative.payload);
        let media_type = code_span_text(payload.media_type.as_deref().unwrap_or_default());
        let docs = format!(" Sends the request, and accepts a response in `{media_type}`.");
        let accept = accept_header(operation, &[payload]);
        let (output, read) = (payload_type(api, &payload.kind), read(&payload.kind));
        let cases = alternative
            .statuses
            .iter()
            .map(|status| whole_case(*status, &read));
        let tokens = quote! {
            #[doc = #docs]
            pub fn #name(self) -> runtime::ResponseFuture<'c, #output, #error> {
                self.call.accept(#accept).send(const { &[#(#cases),*] })
            }
        };
        Item::with_types(tokens, [&output])
    });
    Some(Item::containing(
        methods.collect(),
        |methods| quote!(impl<'c> #type_name<'c> { #(#methods)* }),
    ))
}
