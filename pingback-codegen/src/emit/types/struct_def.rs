//! Emits a struct for an object, with its impls of serde.
//!
//! A struct that is sent has a constructor with its required fields, or `Default` if it has none. There are no setters:
//! fields are public, and struct update syntax does the same without code to compile.

use super::context::Context;
use super::serde_impls::{deserialize_impl, serialize_impl};
use crate::emit::docs::{is_named_like, item_attributes};
use crate::emit::markdown::code_span_text;
use crate::emit::names::ident;
use crate::model::{Field, Presence, Struct, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The struct and its impls.
pub(super) fn items(context: &Context, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let writer = StructWriter {
        context,
        def,
        object,
        name: ident(&def.name),
        members: object
            .fields
            .iter()
            .map(|field| Member::new(context, field))
            .collect(),
        additional: object.additional.as_ref().map(|(name, _)| ident(name)),
    };
    let is_sent = def.usage.sent;
    let is_default = !writer.members.iter().any(Member::is_required);
    let default = (is_sent && is_default).then(|| quote!(Default,));
    let mut items = vec![writer.definition(&quote!(#default))];
    if is_sent && !is_default {
        items.push(writer.constructor());
    }
    let deserialize = quote!(runtime::members::object(deserializer));
    items.extend(serialize_impl(context, def, &writer.serialize_body()));
    items.extend(deserialize_impl(context, def, &deserialize));
    items.extend(writer.members_impl());
    items
}

/// How a field is declared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FieldType {
    /// The type as it is.
    Plain,
    /// `Option<T>`. A `null` that the document does not allow counts as missing: servers often write one.
    Optional,
    /// `Option<T>`, where `null` is a value of `T`.
    OptionalOrNull,
    /// `Maybe<T>`, with the type inside.
    Maybe(Type),
}

impl FieldType {
    pub(super) fn of(context: &Context, field: &Field) -> Self {
        match (&field.presence, context.api.resolve_aliases(&field.ty)) {
            (Presence::Required | Presence::Tag(_), _) => Self::Plain,
            (Presence::Optional, Type::Nullable(ty)) => Self::Maybe((**ty).clone()),
            (Presence::Optional, ty) if context.accepts_null(ty) => Self::OptionalOrNull,
            (Presence::Optional, _) => Self::Optional,
        }
    }
}

/// A field of the struct.
struct Member<'a> {
    field: &'a Field,
    name: Ident,
    field_type: FieldType,
    /// The type as it is declared.
    ty: TokenStream,
    /// A missing member is an error. One that may be `null` may be missing, too.
    must_be_present: bool,
    /// The constructor takes any value that converts into the field.
    conversion_target: Option<TokenStream>,
    /// The value that constructors give the field.
    tag: Option<TokenStream>,
}

impl<'a> Member<'a> {
    fn new(context: &Context, field: &'a Field) -> Self {
        let field_type = FieldType::of(context, field);
        let ty = match &field_type {
            FieldType::Plain => context.ty(&field.ty),
            FieldType::Optional | FieldType::OptionalOrNull => {
                let ty = context.ty(&field.ty);
                quote!(::std::option::Option<#ty>)
            }
            FieldType::Maybe(inner) => {
                let ty = context.ty(inner);
                quote!(runtime::Maybe<#ty>)
            }
        };
        let resolved = context.api.resolve_aliases(&field.ty);
        Self {
            field,
            name: ident(&field.name),
            must_be_present: field_type == FieldType::Plain && !matches!(resolved, Type::Nullable(_)),
            conversion_target: match resolved {
                Type::String => Some(quote!(::std::string::String)),
                Type::File => Some(quote!(runtime::Part)),
                _ => None,
            },
            tag: match &field.presence {
                Presence::Tag(value) => Some(tag_value(context, &field.ty, value)),
                Presence::Required | Presence::Optional => None,
            },
            field_type,
            ty,
        }
    }

    /// Whether the field is declared without an `Option`.
    fn is_required(&self) -> bool {
        self.field_type == FieldType::Plain
    }

    /// Whether callers have to give the value.
    fn is_argument(&self) -> bool {
        self.is_required() && self.tag.is_none()
    }
}

struct StructWriter<'a> {
    context: &'a Context<'a>,
    def: &'a TypeDef,
    object: &'a Struct,
    name: Ident,
    members: Vec<Member<'a>>,
    /// The field for members of other names.
    additional: Option<Ident>,
}

impl StructWriter<'_> {
    fn definition(&self, default: &TokenStream) -> TokenStream {
        let name = &self.name;
        let attributes = self.context.attributes(self.def);
        let fields = self.members.iter().map(|member| {
            let Field { name, wire, docs, .. } = member.field;
            let property =
                (!is_named_like(name, wire)).then(|| format!("The property `{}`.", code_span_text(wire)));
            let attributes = item_attributes(docs, property.as_deref());
            let (name, ty) = (&member.name, &member.ty);
            quote!(#attributes pub #name: #ty,)
        });
        let additional = self.object.additional.as_ref().map(|(name, ty)| {
            let (name, ty) = (ident(name), self.context.ty(ty));
            quote! {
                /// Additional properties.
                pub #name: ::std::collections::BTreeMap<::std::string::String, #ty>,
            }
        });
        quote! {
            #attributes
            #[derive(Debug, Clone, PartialEq, #default)]
            pub struct #name { #(#fields)* #additional }
        }
    }

    /// The function `new`, which takes the required fields; `Default` if there are none that callers have to give.
    fn constructor(&self) -> TokenStream {
        let member_of = |field: &Field| self.members.iter().find(|member| member.field.wire == field.wire);
        let required = self.object.arguments().into_iter().filter_map(member_of);
        let arguments = required.map(|member| {
            let (name, ty) = (&member.name, &member.ty);
            if let Some(target) = &member.conversion_target {
                quote!(#name: impl ::std::convert::Into<#target>)
            } else {
                quote!(#name: #ty)
            }
        });
        let fields = self.members.iter().map(|member| {
            let name = &member.name;
            if let Some(tag) = &member.tag {
                return quote!(#name: #tag,);
            }
            match member.field_type {
                FieldType::Plain if member.conversion_target.is_some() => {
                    quote!(#name: ::std::convert::Into::into(#name),)
                }
                FieldType::Plain => quote!(#name,),
                FieldType::Optional | FieldType::OptionalOrNull => {
                    quote!(#name: ::std::option::Option::None,)
                }
                FieldType::Maybe(_) => quote!(#name: runtime::Maybe::Absent,),
            }
        });
        let additional = self.additional.as_ref();
        let additional = additional.map(|name| quote!(#name: ::std::collections::BTreeMap::new(),));
        let name = &self.name;
        if !self.members.iter().any(Member::is_argument) {
            return quote! {
                impl ::std::default::Default for #name {
                    fn default() -> Self {
                        Self { #(#fields)* #additional }
                    }
                }
            };
        }
        let takes_all = additional.is_none() && self.members.iter().all(Member::is_required);
        let docs = if takes_all {
            quote!(/// With all that is required.
            )
        } else {
            quote!(/// Creates a value from its required fields.
            )
        };
        quote! {
            impl #name {
                #docs
                #[must_use]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#fields)* #additional }
                }
            }
        }
    }

    fn serialize_body(&self) -> TokenStream {
        let entries = self.members.iter().map(|member| {
            let (field, wire) = (&member.name, &member.field.wire);
            if member.is_required() {
                quote!(object.put(#wire, &self.#field);)
            } else {
                quote!(object.put_some(#wire, &self.#field);)
            }
        });
        let wires = self.members.iter().map(|member| &member.field.wire);
        let additional = self.additional.as_ref();
        let additional = additional.map(|name| quote!(object.put_others(&[#(#wires),*], &self.#name);));
        let mutable = (!self.members.is_empty() || additional.is_some()).then(|| quote!(mut));
        quote! {
            let #mutable object = runtime::Object::new(serializer);
            #(#entries)*
            #additional
            object.end()
        }
    }

    /// `FromMembers`, which reads the fields of the struct.
    fn members_impl(&self) -> Option<TokenStream> {
        let attributes = self.context.impl_attributes(self.def.usage.received)?;
        // Each field is read into a variable of its name.
        let fields: Vec<&Ident> = self
            .members
            .iter()
            .map(|member| &member.name)
            .chain(&self.additional)
            .collect();
        let reader = unused_name("members", &fields);
        let variables = self.variables();
        let read_all = self.read_all(&reader, &unused_name("member", &fields));
        let unwraps = self.unwraps();
        let (name, text) = (&self.name, &self.def.name);
        Some(quote! {
            #attributes
            impl<'de> runtime::members::FromMembers<'de> for #name {
                const NAME: &'static str = #text;

                fn from_members<A: ::serde::de::MapAccess<'de>>(
                    mut #reader: runtime::members::Members<'de, A>,
                ) -> ::std::result::Result<Self, A::Error> {
                    #variables
                    #read_all
                    #unwraps
                    ::std::result::Result::Ok(Self { #(#fields),* })
                }
            }
        })
    }

    /// A variable for each field, as if its member were missing.
    fn variables(&self) -> TokenStream {
        let variables = self.members.iter().map(|member| {
            let field = &member.name;
            let value = match member.field_type {
                FieldType::Plain | FieldType::Optional | FieldType::OptionalOrNull => {
                    quote!(::std::option::Option::None)
                }
                FieldType::Maybe(_) => quote!(runtime::Maybe::Absent),
            };
            quote!(let mut #field = #value;)
        });
        let additional = self.additional.as_ref();
        let additional = additional.map(|name| quote!(let mut #name = ::std::collections::BTreeMap::new();));
        quote!(#(#variables)* #additional)
    }

    /// The loop that reads each member into its variable.
    fn read_all(&self, reader: &Ident, member_name: &Ident) -> TokenStream {
        let other = if let Some(additional) = &self.additional {
            let read = match &self.object.additional {
                Some((_, ty)) if self.context.is_whole(ty) => quote!(read_other_whole),
                _ => quote!(read_other),
            };
            quote!(#reader.#read(&mut #additional))
        } else {
            quote!(#reader.skip())
        };
        if self.members.is_empty() {
            return quote!(while #reader.next()?.is_some() { #other; });
        }
        let arms = self.members.iter().map(|member| {
            let (field, wire) = (&member.name, &member.field.wire);
            let is_some = member.must_be_present || member.field_type == FieldType::OptionalOrNull;
            let read = match (is_some, self.context.is_whole(&member.field.ty)) {
                (true, true) => quote!(read_some_whole),
                (true, false) => quote!(read_some),
                (false, true) => quote!(read_whole),
                (false, false) => quote!(read),
            };
            quote!(#wire => #reader.#read(&mut #field),)
        });
        quote! {
            while let ::std::option::Option::Some(#member_name) = #reader.next()? {
                match #member_name {
                    #(#arms)*
                    _ => #other,
                }
            }
        }
    }

    /// Takes the values of members that must be present. `let else` compiles several times as fast as `?`.
    fn unwraps(&self) -> TokenStream {
        let required = self.members.iter().filter(|member| member.must_be_present);
        let unwraps = required.map(|member| {
            let (field, wire) = (&member.name, &member.field.wire);
            quote! {
                let ::std::option::Option::Some(#field) = #field else { return ::std::result::Result::Err(runtime::members::missing(#wire)); };
            }
        });
        quote!(#(#unwraps)*)
    }
}

/// The value of a discriminator: a string, or the variant of an enum.
fn tag_value(context: &Context, ty: &Type, tag: &serde_json::Value) -> TokenStream {
    if let Type::Named(id) = context.canonical_type(ty)
        && let Some(TypeKind::Enum(list)) = context.api.type_kind(id)
        && let Some(variant) = list.variants.iter().find(|variant| variant.value == *tag)
    {
        let (ty, variant) = (context.ty(ty), ident(&variant.name));
        return quote!(#ty::#variant);
    }
    let text = tag.as_str().unwrap_or_default();
    quote!(::std::string::String::from(#text))
}

/// `wanted`, with underscores added until no other name is the same.
fn unused_name(wanted: &str, others: &[&Ident]) -> Ident {
    let mut name = wanted.to_owned();
    while others.iter().any(|other| *other == &name) {
        name.push('_');
    }
    ident(&name)
}
