//! One of several types in, an enum with a variant for each branch out.

use super::context::Context;
use crate::emit::names::ident;
use crate::model::{Presence, Type, TypeDef, TypeKind, Union, UnionTest, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The enum and its impls.
pub(super) fn items(context: &Context, id: usize, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let usage = def.usage;
    let name = ident(&def.name);
    let docs = super::origin::docs(context, def);
    let variants = union.variants.iter().map(|variant| {
        let docs = super::docs_or(&variant.docs, &format!("`{}`.", variant.name));
        let name = ident(&variant.name);
        if is_unit(context, variant) {
            return quote!(#docs #name,);
        }
        let ty = context.ty(&variant.ty);
        quote!(#docs #name(#ty),)
    });
    let unlisted = union.unlisted.as_deref().map(|name| {
        let name = ident(name);
        quote! {
            /// A value that is none of these.
            #name(::serde_json::Value),
        }
    });
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* #unlisted }
    }];
    if usage.sent {
        items.extend(conversions(context, id, def, union));
    }
    if let Some(gate) = context.gate(usage.sent) {
        let item = serialize_impl(context, def, union);
        items.push(quote!(#gate #item));
    }
    if let Some(gate) = context.gate(usage.received) {
        let item = deserialize_impl(context, def, union);
        items.push(quote!(#gate #item));
    }
    items
}

/// A branch that is only `null` holds nothing.
fn is_unit(context: &Context, variant: &UnionVariant) -> bool {
    *context.api.resolve_aliases(&variant.ty) == Type::Null
}

/// `From` of what a branch holds, for each type that only one branch holds.
fn conversions(context: &Context, id: usize, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let (name, from, boxed) = (ident(&def.name), context.std("From"), context.std("Box"));
    let held: Vec<Type> = union
        .variants
        .iter()
        .map(|variant| context.essence(&variant.ty))
        .collect();
    let mut items = Vec::new();
    for (variant, essence) in union.variants.iter().zip(&held) {
        let own = *essence == Type::Named(crate::model::TypeId(id));
        let once = held.iter().filter(|other| *other == essence).count() == 1;
        if own || !once || matches!(essence, Type::Null | Type::Json) {
            continue;
        }
        let branch = ident(&variant.name);
        let (ty, value) = match &variant.ty {
            Type::Boxed(ty) => (context.ty(ty), quote!(#boxed::new(value))),
            ty => (context.ty(ty), quote!(value)),
        };
        items.push(quote! {
            impl #from<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#branch(#value)
                }
            }
        });
    }
    items
}

fn serialize_impl(context: &Context, def: &TypeDef, union: &Union) -> TokenStream {
    let (name, result) = (ident(&def.name), context.std("Result"));
    let arms = union.variants.iter().map(|variant| {
        let branch = ident(&variant.name);
        match &variant.tag {
            _ if is_unit(context, variant) => quote!(Self::#branch => serializer.serialize_unit(),),
            Some((property, tag)) if !always_has(context, &variant.ty, property) => {
                quote!(Self::#branch(value) => runtime::union::tagged(serializer, #property, #tag, value),)
            }
            _ => quote!(Self::#branch(value) => ::serde::Serialize::serialize(value, serializer),),
        }
    });
    let unlisted = union.unlisted.as_deref().map(|name| {
        let name = ident(name);
        quote!(Self::#name(value) => ::serde::Serialize::serialize(value, serializer),)
    });
    // A reference to a type without values still has to be matched.
    let this = if union.variants.is_empty() && union.unlisted.is_none() {
        quote!(*self)
    } else {
        quote!(self)
    };
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match #this { #(#arms)* #unlisted }
            }
        }
    }
}

/// Does a value of this type write the property by itself, whatever the value?
fn always_has(context: &Context, ty: &Type, property: &str) -> bool {
    let ty = context.essence(ty);
    let Type::Named(id) = ty else { return false };
    match context.api.types.get(id.0).map(|def| &def.kind) {
        Some(TypeKind::Struct(object)) => object
            .fields
            .iter()
            .any(|field| field.wire == property && field.presence == Presence::Required),
        _ => false,
    }
}

fn deserialize_impl(context: &Context, def: &TypeDef, union: &Union) -> TokenStream {
    let (name, type_name) = (ident(&def.name), &def.name);
    let result = context.std("Result");
    let attempts = union.variants.iter().map(|variant| {
        let (branch, text) = (ident(&variant.name), &variant.name);
        let tests = variant.tests.iter().map(test);
        let build = if is_unit(context, variant) {
            quote!(|()| Self::#branch)
        } else {
            quote!(Self::#branch)
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
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let #mutable choice = runtime::union::Choice::read(#type_name, deserializer)?;
                #(#attempts)*
                #end
            }
        }
    }
}

fn test(test: &UnionTest) -> TokenStream {
    match test {
        UnionTest::Property {
            name,
            values,
            optional,
        } => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            if texts.len() == values.len() {
                let test = if *optional {
                    quote!(TextOrNone)
                } else {
                    quote!(Text)
                };
                return quote!(runtime::union::Test::#test(#name, &[#(#texts),*]));
            }
            let texts = values.iter().map(ToString::to_string);
            let test = if *optional {
                quote!(JsonOrNone)
            } else {
                quote!(Json)
            };
            quote!(runtime::union::Test::#test(#name, &[#(#texts),*]))
        }
        UnionTest::Has(names) => quote!(runtime::union::Test::Has(&[#(#names),*])),
        UnionTest::JsonType(names) => quote!(runtime::union::Test::Type(&[#(#names),*])),
    }
}
