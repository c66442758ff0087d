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
    match (&field.presence, context.api.resolve_aliases(&field.ty)) {
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

    /// Must it be there when the struct is read? What may be `null` may be missing, too.
    fn is_awaited(&self, context: &Context) -> bool {
        self.required() && !matches!(context.api.resolve_aliases(&self.field.ty), Type::Nullable(_))
    }
}

/// The struct and its impls.
pub(super) fn items(context: &Context, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let usage = def.usage;
    let name = ident(&def.name);
    let members: Vec<Member> = object
        .fields
        .iter()
        .map(|field| Member::new(context, field))
        .collect();
    let fields = members.iter().map(|member| {
        let docs = super::docs_or(
            &member.field.docs,
            &format!("`{}`.", super::code(&member.field.wire)),
        );
        let (name, ty) = (&member.name, &member.ty);
        quote!(#docs pub #name: #ty,)
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
    let docs = super::origin::docs(context, def);
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, #default)]
        pub struct #name { #(#fields)* #additional }
    }];
    if usage.sent && !no_required {
        items.push(constructor(context, &name, &members, object));
    }
    let rest = object.additional.as_ref().map(|(name, _)| ident(name));
    if let Some(gate) = context.gate(usage.sent) {
        items.push(serialize_impl(context, &gate, &name, &members, rest.as_ref()));
    }
    if let Some(gate) = context.gate(usage.received) {
        items.extend(deserialize_impls(context, &gate, &name, &members, rest.as_ref()));
    }
    items
}

fn constructor(context: &Context, name: &Ident, members: &[Member], object: &Struct) -> TokenStream {
    let (into, string, none) = (context.std("Into"), context.std("String"), context.std("None"));
    let arguments = members.iter().filter(|member| member.required()).map(|member| {
        let (name, ty) = (&member.name, &member.ty);
        match context.api.resolve_aliases(&member.field.ty) {
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
        context.api.resolve_aliases(&member.field.ty),
        Type::String | Type::File
    )
}

/// `Serialize`.
fn serialize_impl(
    context: &Context,
    gate: &TokenStream,
    name: &Ident,
    members: &[Member],
    rest: Option<&Ident>,
) -> TokenStream {
    let result = context.std("Result");
    let entries = members.iter().map(|member| {
        let (field, wire) = (&member.name, &member.field.wire);
        if member.required() {
            quote!(object.put(#wire, &self.#field);)
        } else {
            quote!(object.put_some(#wire, &self.#field);)
        }
    });
    let wires = members.iter().map(|member| &member.field.wire);
    let others = rest.map(|rest| quote!(object.put_others(&[#(#wires),*], &self.#rest);));
    let mutable = (!members.is_empty() || rest.is_some()).then(|| quote!(mut));
    quote! {
        #gate
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                let #mutable object = runtime::Object::new(serializer);
                #(#entries)*
                #others
                object.end()
            }
        }
    }
}

/// `Deserialize`, and what it rests on.
fn deserialize_impls(
    context: &Context,
    gate: &TokenStream,
    name: &Ident,
    members: &[Member],
    rest: Option<&Ident>,
) -> [TokenStream; 2] {
    let (result, ok, err, some, none) = (
        context.std("Result"),
        context.std("Ok"),
        context.std("Err"),
        context.std("Some"),
        context.std("None"),
    );
    // The fields are read into variables of their names.
    let fields: Vec<&Ident> = members.iter().map(|member| &member.name).chain(rest).collect();
    let (reader, member) = (unlike("members", &fields), unlike("member", &fields));
    let starts = members.iter().map(|member| {
        let field = &member.name;
        let start = match member.shape {
            Shape::Plain | Shape::Optional | Shape::Present => none.clone(),
            Shape::Maybe(_) => quote!(runtime::Maybe::Absent),
        };
        quote!(let mut #field = #start;)
    });
    let rest_start = rest.map(|rest| quote!(let mut #rest = ::std::collections::BTreeMap::new();));
    let arms = members.iter().map(|member| {
        let (field, wire) = (&member.name, &member.field.wire);
        let read = if member.is_awaited(context) || matches!(member.shape, Shape::Present) {
            quote!(read_some)
        } else {
            quote!(read)
        };
        quote!(#wire => #reader.#read(&mut #field),)
    });
    let other = if let Some(rest) = rest {
        quote!(#reader.read_other(&mut #rest))
    } else {
        quote!(#reader.skip())
    };
    let read_all = if members.is_empty() {
        quote!(while #reader.next()?.is_some() { #other; })
    } else {
        quote! {
            while let #some(#member) = #reader.next()? {
                match #member {
                    #(#arms)*
                    _ => #other,
                }
            }
        }
    };
    // What must be there is unpacked one by one: `?` would be several times as much to compile.
    let unpacked = members.iter().filter(|member| member.is_awaited(context));
    let unpacked = unpacked.map(|member| {
        let (field, wire) = (&member.name, &member.field.wire);
        quote! {
            let #some(#field) = #field else { return #err(runtime::members::missing(#wire)); };
        }
    });
    let text = name.to_string();
    [
        quote! {
            #gate
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    runtime::members::object(deserializer)
                }
            }
        },
        quote! {
            #gate
            impl<'de> runtime::members::FromMembers<'de> for #name {
                const NAME: &'static str = #text;

                fn from_members<A: ::serde::de::MapAccess<'de>>(
                    mut #reader: runtime::members::Members<'de, A>,
                ) -> #result<Self, A::Error> {
                    #(#starts)*
                    #rest_start
                    #read_all
                    #(#unpacked)*
                    #ok(Self { #(#fields),* })
                }
            }
        },
    ]
}

/// A name for a variable that is none of these.
fn unlike(name: &str, others: &[&Ident]) -> Ident {
    let mut name = name.to_owned();
    while others.iter().any(|other| *other == &name) {
        name.push('_');
    }
    ident(&name)
}
