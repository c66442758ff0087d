//! Emits a union: an enum with a variant for each branch.

use super::context::Context;
use super::serde_impls::{deserialize_impl, serialize_impl};
use crate::emit::docs::item_attributes;
use crate::emit::names::ident;
use crate::model::{Type, TypeDef, TypeId, TypeKind, Union, UnionTest, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The enum and its impls.
pub(super) fn items(context: &Context, id: TypeId, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let mut items = vec![definition(context, def, union)];
    if def.usage.sent {
        items.extend(from_impls(context, id, def, union));
    }
    let serialize = serialize_body(context, union);
    let deserialize = deserialize_body(context, def, union);
    items.extend(serialize_impl(context, def, &serialize));
    items.extend(deserialize_impl(context, def, &deserialize));
    items
}

fn definition(context: &Context, def: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&def.name);
    let attributes = context.attributes(def);
    let variants = union.variants.iter().map(|variant| {
        let attributes = item_attributes(&variant.docs, None);
        let name = ident(&variant.name);
        if is_unit(context, variant) {
            return quote!(#attributes #name,);
        }
        let ty = context.ty(&variant.ty);
        quote!(#attributes #name(#ty),)
    });
    let unlisted = union.unlisted.as_deref().map(|name| {
        let name = ident(name);
        quote! {
            /// A value that matches no other variant.
            #name(::serde_json::Value),
        }
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* #unlisted }
    }
}

/// Whether the variant holds nothing, since its only value is `null`.
fn is_unit(context: &Context, variant: &UnionVariant) -> bool {
    *context.api.resolve_aliases(&variant.ty) == Type::Null
}

/// `From` for the type of a variant, unless another variant has the same type.
fn from_impls(context: &Context, id: TypeId, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let types: Vec<Type> = union
        .variants
        .iter()
        .map(|variant| context.canonical_type(&variant.ty))
        .collect();
    let mut items = Vec::new();
    for (variant, canonical) in union.variants.iter().zip(&types) {
        let is_union_itself = *canonical == Type::Named(id);
        let is_unique = types.iter().filter(|other| *other == canonical).count() == 1;
        if is_union_itself || !is_unique || matches!(canonical, Type::Null | Type::Json) {
            continue;
        }
        let variant_name = ident(&variant.name);
        let (ty, value) = match &variant.ty {
            Type::Boxed(ty) => (context.ty(ty), quote!(::std::boxed::Box::new(value))),
            ty => (context.ty(ty), quote!(value)),
        };
        items.push(quote! {
            impl ::std::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        });
    }
    items
}

fn serialize_body(context: &Context, union: &Union) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        if is_unit(context, variant) {
            return quote!(Self::#name => serializer.serialize_unit(),);
        }
        match added_tag(context, variant) {
            Some((AddedTag::ToForm, property, tag)) => {
                quote!(Self::#name(value) => runtime::tagged_form(serializer, #property, #tag, value),)
            }
            Some((AddedTag::ToObject, property, tag)) => {
                quote!(Self::#name(value) => runtime::union::tagged(serializer, #property, #tag, value),)
            }
            None => quote!(Self::#name(value) => ::serde::Serialize::serialize(value, serializer),),
        }
    });
    let unlisted = union.unlisted.as_deref().map(|name| {
        let name = ident(name);
        quote!(Self::#name(value) => ::serde::Serialize::serialize(value, serializer),)
    });
    // An empty match needs the enum itself rather than a reference.
    let scrutinee = if union.variants.is_empty() && union.unlisted.is_none() {
        quote!(*self)
    } else {
        quote!(self)
    };
    quote!(match #scrutinee { #(#arms)* #unlisted })
}

/// How a variant is written with the property that its type lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddedTag {
    /// Into a form with files, property by property.
    ToForm,
    /// Into JSON.
    ToObject,
}

/// The property and the value that have to be added when the variant is written.
pub(super) fn added_tag<'v>(
    context: &Context,
    variant: &'v UnionVariant,
) -> Option<(AddedTag, &'v str, &'v str)> {
    let (property, tag) = variant.tag.as_ref()?;
    let is_file = context.canonical_type(&variant.ty) == Type::File;
    if is_file || always_serializes(context, &variant.ty, property) {
        return None;
    }
    let added = if context.is_form_with_file(&variant.ty) {
        AddedTag::ToForm
    } else {
        AddedTag::ToObject
    };
    Some((added, property, tag))
}

/// Whether every value of the type is serialized with the property.
fn always_serializes(context: &Context, ty: &Type, property: &str) -> bool {
    let Type::Named(id) = context.canonical_type(ty) else {
        return false;
    };
    match context.api.type_kind(id) {
        Some(TypeKind::Struct(object)) => object
            .fields
            .iter()
            .any(|field| field.wire == property && field.is_always_there()),
        _ => false,
    }
}

fn deserialize_body(context: &Context, def: &TypeDef, union: &Union) -> TokenStream {
    let type_name = &def.name;
    let attempts = union.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), &variant.name);
        let tests = variant.tests.iter().map(test);
        let build = if is_unit(context, variant) {
            quote!(|()| Self::#name)
        } else {
            quote!(Self::#name)
        };
        quote!(choice.attempt(#text, &[#(#tests),*], #build);)
    });
    let end = if let Some(unlisted) = union.unlisted.as_deref().map(ident) {
        quote!(choice.end_or(Self::#unlisted))
    } else {
        quote!(choice.end())
    };
    let mutable = (!union.variants.is_empty()).then(|| quote!(mut));
    quote! {
        let #mutable choice = runtime::union::Choice::read(#type_name, deserializer)?;
        #(#attempts)*
        #end
    }
}

/// The test that a value has to pass to be tried as a branch.
fn test(test: &UnionTest) -> TokenStream {
    match test {
        UnionTest::Property {
            name,
            values,
            optional,
        } => {
            let strings: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            let texts: Vec<String> = match &strings {
                Some(strings) => strings.iter().map(ToString::to_string).collect(),
                None => values.iter().map(ToString::to_string).collect(),
            };
            let test = match (strings.is_some(), *optional) {
                (true, false) => quote!(Text),
                (true, true) => quote!(TextOrNone),
                (false, false) => quote!(Json),
                (false, true) => quote!(JsonOrNone),
            };
            quote!(runtime::union::Test::#test(#name, &[#(#texts),*]))
        }
        UnionTest::Has(names) => quote!(runtime::union::Test::Has(&[#(#names),*])),
        UnionTest::JsonType(names) => quote!(runtime::union::Test::Type(&[#(#names),*])),
    }
}
