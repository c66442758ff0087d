//! A parameter or body in; how a function takes it, and the statement that puts it into the request, out.

use crate::emit::client::option;
use crate::emit::names::ident;
use crate::emit::types::{Scope, type_tokens};
use crate::model::{
    Api, BodyContent, BodyKind, FormField, Parameter, ParameterLocation, ParameterStyle, Type,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// How a value is taken by a function.
pub(in crate::emit) struct Argument {
    /// The type in the signature.
    pub(in crate::emit) ty: TokenStream,
    /// The expression that passes it on.
    pub(in crate::emit) value: TokenStream,
}

/// How a value of this type is taken, as an argument of this name.
pub(in crate::emit) fn argument(api: &Api, ty: &Type, name: &TokenStream) -> Argument {
    let string = quote!(::std::string::String);
    match api.resolve_aliases(ty) {
        Type::String => Argument {
            ty: quote!(impl ::std::convert::Into<#string>),
            // `into()` alone would leave the type open.
            value: quote!(::std::convert::Into::<#string>::into(#name)),
        },
        Type::Array(item) if *api.resolve_aliases(item) == Type::String => Argument {
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
pub(super) fn set_parameter(api: &Api, parameter: &Parameter, request: &TokenStream) -> TokenStream {
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

/// The statement that sets a header of a part of the form.
pub(super) fn set_part_header(
    api: &Api,
    part: &str,
    header: &Parameter,
    request: &TokenStream,
) -> TokenStream {
    let (name, wire, explode) = (ident(&header.name), &header.wire, header.explode);
    let style = style(header.style);
    let value = argument(api, &header.ty, &quote!(#name)).value;
    quote!(#request.part_header(#part, #wire, #style, #explode, #value);)
}

pub(super) fn body_argument(api: &Api, content: &BodyContent, name: &TokenStream) -> Argument {
    match content.kind {
        BodyKind::Text | BodyKind::Bytes => Argument {
            ty: quote!(impl ::std::convert::Into<runtime::Body>),
            value: name.clone(),
        },
        BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => argument(api, &content.ty, name),
    }
}

/// The statement that sets the body.
pub(super) fn set_body(
    api: &Api,
    content: &BodyContent,
    request: &TokenStream,
    name: &TokenStream,
) -> TokenStream {
    let value = body_argument(api, content, name).value;
    let media_type = concrete(&content.media_type);
    match &content.kind {
        BodyKind::Json => quote!(#request.json(#media_type, #value);),
        BodyKind::Form(fields) => {
            let fields = fields.iter().filter(|field| field.style.is_some()).map(field);
            quote!(#request.form(&[#(#fields),*], #value);)
        }
        BodyKind::Multipart(fields) => {
            let fields = fields
                .iter()
                .filter(|field| field.content_type.is_some() || field.style.is_some())
                .map(field);
            quote!(#request.multipart(#media_type, &[#(#fields),*], #value);)
        }
        BodyKind::Text | BodyKind::Bytes => quote!(#request.bytes(#media_type, #value);),
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
    let content_type = option(field.content_type.as_deref());
    let style = field.style.map(style);
    let style = style.map_or_else(
        || quote!(::std::option::Option::None),
        |style| quote!(::std::option::Option::Some(#style)),
    );
    let allow_reserved = field.allow_reserved;
    quote! {
        runtime::FormField {
            name: #name,
            content_type: #content_type,
            style: #style,
            explode: #explode,
            allow_reserved: #allow_reserved,
        }
    }
}
