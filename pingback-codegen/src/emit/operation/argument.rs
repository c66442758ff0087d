//! Writes parameters and bodies: the type of the argument, and the statement that puts its value into the request.

use crate::emit::names::ident;
use crate::emit::paths::option;
use crate::emit::tokens::TypeTokens;
use crate::emit::types::{Scope, type_tokens};
use crate::model::{
    Api, BodyContent, BodyKind, FormField, Parameter, ParameterLocation, ParameterStyle, Type, TypeKind,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// The type of an argument for a value of type `ty`. Strings are taken as anything that converts into one.
pub(in crate::emit) fn argument_type(api: &Api, ty: &Type, scope: Scope) -> TypeTokens {
    let string = quote!(::std::string::String);
    match api.resolve_aliases(ty) {
        Type::String => quote!(impl ::std::convert::Into<#string>).into(),
        Type::Array(item) if *api.resolve_aliases(item) == Type::String => {
            quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#string>>).into()
        }
        Type::Boxed(inner) => argument_type(api, inner, scope),
        _ => type_tokens(api, ty, scope),
    }
}

/// The expression that turns an argument of [`argument_type`] into the value.
pub(in crate::emit) fn argument_value(api: &Api, ty: &Type, name: &TokenStream) -> TokenStream {
    let string = quote!(::std::string::String);
    match api.resolve_aliases(ty) {
        // `into()` alone would leave the type open.
        Type::String => quote!(::std::convert::Into::<#string>::into(#name)),
        Type::Array(item) if *api.resolve_aliases(item) == Type::String => quote! {
            #name.into_iter().map(::std::convert::Into::into).collect::<::std::vec::Vec<#string>>()
        },
        Type::Boxed(inner) => argument_value(api, inner, name),
        _ => name.clone(),
    }
}

/// The type of an argument for a body.
pub(super) fn body_argument_type(api: &Api, content: &BodyContent, scope: Scope) -> TypeTokens {
    match content.kind {
        BodyKind::Text | BodyKind::Bytes => {
            let body = scope.runtime_item("Body");
            quote!(impl ::std::convert::Into<#body>).into()
        }
        BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => argument_type(api, &content.ty, scope),
    }
}

/// The statement that sets a parameter.
pub(super) fn set_parameter(api: &Api, parameter: &Parameter, request: &TokenStream) -> TokenStream {
    let (wire, explode, style) = (&parameter.wire, parameter.explode, style(parameter.style));
    let value = parameter_value(api, parameter);
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

/// The statement that sets a header of a part of a form.
pub(super) fn set_part_header(
    api: &Api,
    part: &str,
    header: &Parameter,
    request: &TokenStream,
) -> TokenStream {
    let (wire, explode, style) = (&header.wire, header.explode, style(header.style));
    let value = parameter_value(api, header);
    quote!(#request.part_header(#part, #wire, #style, #explode, #value);)
}

/// The statement that sets the body.
pub(super) fn set_body(api: &Api, content: &BodyContent, request: &TokenStream, name: &Ident) -> TokenStream {
    let media_type = &content.media_type;
    let value = || finite(api, &content.ty, argument_value(api, &content.ty, &quote!(#name)));
    match &content.kind {
        BodyKind::Json => {
            let value = value();
            quote!(#request.json(#media_type, #value);)
        }
        BodyKind::Form(fields) => {
            let value = value();
            let fields = fields
                .iter()
                .filter(|field| field.style.is_some())
                .map(form_field);
            quote!(#request.form(&[#(#fields),*], #value);)
        }
        BodyKind::Multipart(fields) => {
            let value = value();
            let fields = fields
                .iter()
                .filter(|field| field.content_type.is_some() || field.style.is_some())
                .map(form_field);
            quote!(#request.multipart(#media_type, &[#(#fields),*], #value);)
        }
        BodyKind::Text | BodyKind::Bytes => quote!(#request.bytes(#media_type, #name);),
    }
}

fn parameter_value(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    finite(
        api,
        &parameter.ty,
        argument_value(api, &parameter.ty, &quote!(#name)),
    )
}

/// The value, checked for NaN and infinity if it can hold them.
fn finite(api: &Api, ty: &Type, value: TokenStream) -> TokenStream {
    if has_floats(api, ty) {
        quote!(runtime::Finite(#value))
    } else {
        value
    }
}

/// Whether values of the type hold floats.
pub(in crate::emit) fn has_floats(api: &Api, ty: &Type) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![ty];
    while let Some(ty) = pending.pop() {
        for ty in ty.walk() {
            match ty {
                Type::Float(_) => return true,
                Type::Named(id) if seen.insert(*id) => match api.type_kind(*id) {
                    // The values of an enum are listed.
                    Some(TypeKind::Enum(_)) | None => {}
                    Some(kind) => pending.extend(kind.types()),
                },
                _ => {}
            }
        }
    }
    false
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

fn form_field(field: &FormField) -> TokenStream {
    let (name, explode) = (&field.wire, field.explode);
    let content_type = option(field.content_type.as_deref());
    let style = option(field.style.map(style));
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
