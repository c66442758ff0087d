//! An object in, a struct with public fields out, with serde impls for the ways it travels.
//!
//! What is sent has a constructor that takes what is required, or `Default` where nothing is. There are no
//! setters: fields are public, and a method for each would be much to compile for what `..` does already.

use super::context::Context;
use crate::emit::names::ident;
use crate::model::{Field, Presence, Struct, Type, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// What a field looks like.
pub(super) enum Shape {
    /// The type as it is.
    Plain,
    /// `Option<T>`. A `null` that comes where none is documented counts as missing: servers often write one,
    /// and nothing is lost by it.
    Optional,
    /// `Option<T>`, where `null` is itself a `T`.
    Present,
    /// `Maybe<T>` of the type inside.
    Maybe(Type),
}

/// Finds what a field looks like.
pub(super) fn shape(context: &Context, field: &Field) -> Shape {
    match (&field.presence, context.behind_aliases(&field.ty)) {
        (Presence::Required, _) => Shape::Plain,
        (Presence::Optional, Type::Nullable(ty)) => Shape::Maybe((**ty).clone()),
        (Presence::Optional, ty) if context.takes_null(ty) => Shape::Present,
        (Presence::Optional, _) => Shape::Optional,
    }
}

/// A field as it is written.
struct Member<'a> {
    field: &'a Field,
    name: Ident,
    shape: Shape,
    /// The type with what the shape adds.
    ty: TokenStream,
}

impl<'a> Member<'a> {
    fn new(context: &Context, field: &'a Field) -> Self {
        let shape = shape(context, field);
        let ty = match &shape {
            Shape::Plain => context.ty(&field.ty),
            Shape::Optional | Shape::Present => {
                let (option, ty) = (context.std("Option"), context.ty(&field.ty));
                quote!(#option<#ty>)
            }
            Shape::Maybe(inner) => {
                let ty = context.ty(inner);
                quote!(runtime::Maybe<#ty>)
            }
        };
        Self {
            field,
            name: ident(&field.name),
            shape,
            ty,
        }
    }

    fn required(&self) -> bool {
        matches!(self.shape, Shape::Plain)
    }

    /// The path of the function that says whether to leave the field out.
    fn is_missing(&self, context: &Context) -> Option<TokenStream> {
        match self.shape {
            Shape::Plain => None,
            Shape::Optional | Shape::Present => {
                let option = context.std("Option");
                Some(quote!(#option::is_none))
            }
            Shape::Maybe(_) => Some(quote!(runtime::Maybe::is_absent)),
        }
    }

    /// `#[serde(...)]` for derived impls.
    fn serde(&self, context: &Context, sent: bool, received: bool) -> Option<TokenStream> {
        let mut arguments = Vec::new();
        let wire = &self.field.wire;
        if self.field.name.strip_prefix("r#").unwrap_or(&self.field.name) != wire {
            arguments.push(quote!(rename = #wire));
        }
        if received && !self.required() {
            arguments.push(quote!(default));
            if matches!(self.shape, Shape::Present) {
                arguments.push(quote!(deserialize_with = "runtime::present"));
            }
        }
        if let Some(path) = self.is_missing(context).filter(|_| sent) {
            let path = path.to_string().replace(' ', "");
            arguments.push(quote!(skip_serializing_if = #path));
        }
        (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]))
    }
}

/// The struct and its impls.
pub(super) fn items(context: &Context, id: usize, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let usage = context.usage(id);
    let name = ident(&def.name);
    let members: Vec<Member> = object
        .fields
        .iter()
        .map(|field| Member::new(context, field))
        .collect();
    let derived = object.additional.is_none();
    let tested = context.tested();

    let fields = members.iter().map(|member| {
        let docs = super::docs_or(
            &member.field.docs,
            &format!("`{}`.", super::code(&member.field.wire)),
        );
        let serde = derived.then(|| member.serde(context, usage.sent || tested, usage.received || tested));
        let (name, ty) = (&member.name, &member.ty);
        quote!(#docs #serde pub #name: #ty,)
    });
    let additional = object.additional.as_ref().map(|(name, ty)| {
        let (name, string, ty) = (ident(name), context.std("String"), context.ty(ty));
        quote! {
            /// Members of any other name.
            pub #name: ::std::collections::BTreeMap<#string, #ty>,
        }
    });

    let no_required = !members.iter().any(Member::required);
    let default = (usage.sent && no_required).then(|| quote!(Default,));
    let serialize = (derived && usage.sent).then(|| quote!(::serde::Serialize,));
    let deserialize = (derived && usage.received).then(|| quote!(::serde::Deserialize,));
    let test_derives = context.test_derives(usage).filter(|_| derived);
    let docs = super::origin::docs(context, def);
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, #default #serialize #deserialize)]
        #test_derives
        pub struct #name { #(#fields)* #additional }
    }];
    if usage.sent && !no_required {
        items.push(constructor(context, &name, &members, object));
    }
    if let Some((rest, _)) = &object.additional {
        let rest = ident(rest);
        if let Some(gate) = context.gate(usage.sent) {
            let item = serialize_impl(context, &name, &members, &rest);
            items.push(quote!(#gate #item));
        }
        if let Some(gate) = context.gate(usage.received) {
            let item = deserialize_impl(context, &name, &members, &rest);
            items.push(quote!(#gate #item));
        }
    }
    items
}

fn constructor(context: &Context, name: &Ident, members: &[Member], object: &Struct) -> TokenStream {
    let (into, string, none) = (context.std("Into"), context.std("String"), context.std("None"));
    let arguments = members.iter().filter(|member| member.required()).map(|member| {
        let (name, ty) = (&member.name, &member.ty);
        match context.behind_aliases(&member.field.ty) {
            Type::String => quote!(#name: impl #into<#string>),
            Type::File => quote!(#name: impl #into<runtime::Part>),
            _ => quote!(#name: #ty),
        }
    });
    let fields = members.iter().map(|member| {
        let name = &member.name;
        match member.shape {
            Shape::Plain if is_converted(context, member) => quote!(#name: #into::into(#name),),
            Shape::Plain => quote!(#name,),
            Shape::Optional | Shape::Present => quote!(#name: #none,),
            Shape::Maybe(_) => quote!(#name: runtime::Maybe::Absent,),
        }
    });
    let rest = object.additional.as_ref().map(|(name, _)| {
        let name = ident(name);
        quote!(#name: ::std::collections::BTreeMap::new(),)
    });
    let docs = if rest.is_some() || members.iter().any(|member| !member.required()) {
        quote!(/// With what is required; the rest is left out.
        )
    } else {
        quote!(/// With all that is required.
        )
    };
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields)* #rest }
            }
        }
    }
}

/// Does the constructor take whatever can become the field?
fn is_converted(context: &Context, member: &Member) -> bool {
    matches!(
        context.behind_aliases(&member.field.ty),
        Type::String | Type::File
    )
}

/// `Serialize` where members of any name stand beside the fields.
fn serialize_impl(context: &Context, name: &Ident, members: &[Member], rest: &Ident) -> TokenStream {
    let (result, none) = (context.std("Result"), context.std("None"));
    let entries = members.iter().map(|member| {
        let (field, wire) = (&member.name, &member.field.wire);
        let entry = quote!(map.serialize_entry(#wire, &self.#field)?;);
        match member.is_missing(context) {
            Some(is_missing) => quote!(if !#is_missing(&self.#field) { #entry }),
            None => entry,
        }
    });
    let wires: Vec<&str> = members.iter().map(|member| member.field.wire.as_str()).collect();
    // A member that has a field of its own is not sent twice.
    let rest = if wires.is_empty() {
        quote! {
            for (name, value) in &self.#rest {
                map.serialize_entry(name, value)?;
            }
        }
    } else {
        quote! {
            for (name, value) in &self.#rest {
                if ![#(#wires),*].contains(&name.as_str()) {
                    map.serialize_entry(name, value)?;
                }
            }
        }
    };
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(#none)?;
                #(#entries)*
                #rest
                map.end()
            }
        }
    }
}

/// `Deserialize` where members of any name stand beside the fields.
fn deserialize_impl(context: &Context, name: &Ident, members: &[Member], rest: &Ident) -> TokenStream {
    let (result, ok) = (context.std("Result"), context.std("Ok"));
    let fields = members.iter().map(|member| {
        let (field, wire) = (&member.name, &member.field.wire);
        match member.shape {
            Shape::Plain => quote!(#field: members.required(#wire)?,),
            Shape::Optional | Shape::Maybe(_) => quote!(#field: members.optional(#wire)?,),
            Shape::Present => quote!(#field: members.present(#wire)?,),
        }
    });
    let mutable = (!members.is_empty()).then(|| quote!(mut));
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let #mutable members = runtime::Members::read(deserializer)?;
                #ok(Self { #(#fields)* #rest: members.rest()? })
            }
        }
    }
}
