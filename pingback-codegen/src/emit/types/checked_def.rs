//! Emits a type whose values keep limits: a tuple struct with a private field, and the table of its limits. The macro
//! `checked!` of the runtime writes the rest.

use super::context::Context;
use super::derives::{self, Derive};
use super::limits::limits_function;
use super::literals;
use super::serde_impls::{deserialize_impl, serialize_impl};
use crate::emit::docs::doc_attributes;
use crate::emit::names::ident;
use crate::model::{Bound, Checked, Limit, Type, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use std::fmt::Write as _;

/// The struct and its impls.
pub(super) fn items(context: &Context, def: &TypeDef, checked: &Checked) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let limits = limits_function(&checked.limits, &checked.inner);
    let default = checked
        .default
        .as_ref()
        .and_then(|value| expression(value, &checked.inner));
    let mut items = vec![
        definition(context, def, checked),
        quote!(impl #name { #limits }),
        macro_call(context, &name, checked),
    ];
    items.extend(default.map(|value| {
        quote! {
            /// The documented default.
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self(#value)
                }
            }
        }
    }));
    let serialize = quote!(::serde::Serialize::serialize(&self.0, serializer));
    let deserialize = deserialize_body(context, def, checked);
    items.extend(serialize_impl(context, def, &serialize));
    items.extend(deserialize_impl(context, def, &deserialize));
    items
}

/// Whether the type is a list whose items differ.
pub(super) fn is_set(checked: &Checked) -> bool {
    checked.limits.contains(&Limit::UniqueItems)
}

/// Whether one of the limits is a regular expression.
pub(super) fn has_pattern(checked: &Checked) -> bool {
    checked
        .limits
        .iter()
        .any(|limit| matches!(limit, Limit::Pattern(_)))
}

/// The inner value of the type's example as a Rust expression.
pub(in crate::emit) fn example_value(checked: &Checked) -> Option<String> {
    let value = checked.example.as_ref()?;
    match (&checked.inner, value) {
        (Type::String, Value::String(text)) => Some(format!("{text:?}")),
        (Type::Int(_) | Type::Float(_), _) => {
            let number = expression(value, &checked.inner)?;
            Some(number.to_string().replace(' ', ""))
        }
        _ => None,
    }
}

fn definition(context: &Context, def: &TypeDef, checked: &Checked) -> TokenStream {
    let (name, inner) = (ident(&def.name), context.ty(&checked.inner));
    let attributes = context.attributes(def);
    let example = example(context, def, checked);
    let blank_line = (example.is_some() && !attributes.is_empty()).then(|| quote!(#[doc = ""]));
    let mut derives = derives::implemented(context, &checked.inner);
    // `Copy` comes before `PartialEq`, the others after it.
    let copy = derives.take(&Derive::Copy).map(Derive::tokens);
    let others = derives.into_iter().map(Derive::tokens);
    quote! {
        #attributes
        #blank_line
        #example
        #[derive(Debug, Clone, #copy PartialEq, #(#others)*)]
        pub struct #name(#inner);
    }
}

/// `checked!(number Price(f64));`
fn macro_call(context: &Context, name: &Ident, checked: &Checked) -> TokenStream {
    let (kind, argument) = match &checked.inner {
        Type::String => ("text", None),
        Type::Int(_) | Type::Float(_) => ("number", Some(context.ty(&checked.inner))),
        Type::Array(item) if is_set(checked) => ("set", Some(context.ty(item))),
        Type::Array(item) => ("list", Some(context.ty(item))),
        Type::Map(value) => ("map", Some(context.ty(value))),
        _ => ("formatted", Some(context.ty(&checked.inner))),
    };
    let kind = format_ident!("{kind}");
    let argument = argument.map(|ty| quote!((#ty)));
    quote!(runtime::checked::checked!(#kind #name #argument);)
}

fn deserialize_body(context: &Context, def: &TypeDef, checked: &Checked) -> TokenStream {
    if is_set(checked) {
        let name = &def.name;
        return quote!(runtime::unique::read(#name, Self::limits(), deserializer).map(Self));
    }
    let inner = context.ty(&checked.inner);
    let read = if context.is_whole(&checked.inner) {
        quote!(<#inner as runtime::whole::Whole>::read(deserializer)?)
    } else {
        quote!(<#inner as ::serde::Deserialize>::deserialize(deserializer)?)
    };
    quote! {
        let value = #read;
        ::std::convert::TryFrom::try_from(value).map_err(::serde::de::Error::custom)
    }
}

/// A value of the inner type as a Rust expression.
fn expression(value: &Value, inner: &Type) -> Option<TokenStream> {
    Some(match (inner, value) {
        (Type::String, Value::String(text)) => quote!(::std::string::String::from(#text)),
        (Type::Int(_), Value::Number(number)) => literals::integer(Bound::of(number)?.at_least()?),
        (Type::Float(_), Value::Number(number)) => literals::float(number.as_f64()?),
        (Type::Array(_), _) => quote!(::std::vec::Vec::new()),
        (Type::Map(_), _) => quote!(::std::collections::BTreeMap::new()),
        _ => return None,
    })
}

/// An example in the docs that creates a value. A deprecated type has none, since the example would warn.
fn example(context: &Context, def: &TypeDef, checked: &Checked) -> Option<TokenStream> {
    let value = example_value(checked).filter(|_| !def.docs.deprecated)?;
    let (krate, name) = (&context.api.name, &def.name);
    let fence = context.layout.runnable_fence();
    let mut text = format!("```{fence}\nuse {krate}::models::{name};\n\n");
    let _ = writeln!(text, "let value = {name}::try_from({value})?;");
    if checked.inner == Type::String {
        let _ = writeln!(text, "assert_eq!(value.as_str(), {value});");
    }
    let _ = write!(text, "# Ok::<(), {krate}::ConstraintError>(())\n```");
    Some(doc_attributes(&text))
}
