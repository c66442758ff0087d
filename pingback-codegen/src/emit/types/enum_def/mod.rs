//! Emits an enum for a list of values. It is serialized as the value of its variant.

mod integer;
mod json;
mod text;

use super::context::Context;
use super::serde_impls::{deserialize_impl, serialize_impl};
use super::type_tokens;
use crate::emit::docs::{is_named_like, item_attributes};
use crate::emit::markdown::code_span_text;
use crate::emit::names::ident;
use crate::model::{Enum, EnumVariant, IntKind, Type, TypeDef, TypeId};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

/// What the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repr {
    Text,
    Int(IntKind),
    /// Anything else. Values are compared as JSON.
    Json,
}

/// An enum to emit.
struct EnumWriter<'a> {
    context: &'a Context<'a>,
    def: &'a TypeDef,
    list: &'a Enum,
    name: Ident,
    variants: Vec<Ident>,
    /// The variant for a value that is not listed.
    unlisted: Option<Ident>,
    /// A value may decide which branch of a union it is part of.
    is_within_union: bool,
}

/// What depends on the representation of the values.
struct Impls {
    /// Impls other than those of serde.
    inherent: Vec<TokenStream>,
    serialize_body: TokenStream,
    deserialize_body: TokenStream,
}

/// The enum and its impls.
pub(super) fn items(context: &Context, id: TypeId, def: &TypeDef, list: &Enum) -> Vec<TokenStream> {
    let writer = EnumWriter {
        context,
        def,
        list,
        name: ident(&def.name),
        variants: list.variants.iter().map(|variant| ident(&variant.name)).collect(),
        unlisted: list.unlisted.as_deref().map(ident),
        is_within_union: !list.is_open && context.is_within_union(id),
    };
    let (definition, impls) = match repr(list) {
        Repr::Text => (
            writer.definition(&quote!(::std::string::String), &quote!(Hash,)),
            text::impls(&writer),
        ),
        Repr::Int(kind) => (
            writer.definition(&type_tokens::integer(kind), &quote!(Hash,)),
            integer::impls(&writer, kind),
        ),
        Repr::Json => {
            // A JSON value has no hash.
            let hash = list.unlisted.is_none().then(|| quote!(Hash,));
            (
                writer.definition(&quote!(::serde_json::Value), &quote!(#hash)),
                json::impls(&writer),
            )
        }
    };
    let mut items = vec![definition];
    items.extend(impls.inherent);
    items.extend(serialize_impl(context, def, &impls.serialize_body));
    items.extend(deserialize_impl(context, def, &impls.deserialize_body));
    items
}

/// The representation that the model declares, if every value has it.
pub(super) fn repr(list: &Enum) -> Repr {
    let all = |test: &dyn Fn(&Value) -> bool| list.variants.iter().all(|variant| test(&variant.value));
    match list.repr {
        Type::String if all(&Value::is_string) => Repr::Text,
        Type::Int(kind)
            if kind != IntKind::Digits && all(&|value| integer::integer_of_kind(value, kind).is_some()) =>
        {
            Repr::Int(kind)
        }
        _ => Repr::Json,
    }
}

impl EnumWriter<'_> {
    /// The definition; `payload` is what the variant for unlisted values holds.
    fn definition(&self, payload: &TokenStream, hash: &TokenStream) -> TokenStream {
        let name = &self.name;
        let attributes = self.context.attributes(self.def);
        let variants = self
            .list
            .variants
            .iter()
            .zip(&self.variants)
            .map(|(variant, name)| {
                let value = value_text(variant);
                let sentence = (!is_named_like(&variant.name, &value))
                    .then(|| format!("The value `{}`.", code_span_text(&value)));
                let attributes = item_attributes(&variant.docs, sentence.as_deref());
                quote!(#attributes #name,)
            });
        let unlisted = self.unlisted.as_ref().map(|name| {
            quote! {
                /// A value that is not documented.
                #name(#payload),
            }
        });
        let copy = self.unlisted.is_none().then(|| quote!(Copy,));
        quote! {
            #attributes
            #[derive(Debug, Clone, #copy PartialEq, Eq, #hash)]
            pub enum #name { #(#variants)* #unlisted }
        }
    }

    /// The decoded value `result`. Within a union, a value that is not listed counts: another branch may list it.
    fn counting_unlisted(&self, result: &TokenStream) -> TokenStream {
        match &self.unlisted {
            Some(unlisted) if self.is_within_union => quote! {
                #result.inspect(|value| if matches!(value, Self::#unlisted(_)) { runtime::union::count_unlisted(); })
            },
            _ => result.clone(),
        }
    }

    /// The constant `ALL`.
    fn all(&self) -> TokenStream {
        let variants = &self.variants;
        quote! {
            /// All documented values.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
        }
    }

    /// How methods take `self`: by value if the enum is `Copy`.
    fn receiver(&self) -> TokenStream {
        if self.unlisted.is_some() {
            quote!(&self)
        } else {
            quote!(self)
        }
    }

    fn display_impl(&self, body: &TokenStream) -> TokenStream {
        let name = &self.name;
        quote! {
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    #body
                }
            }
        }
    }
}

/// The value as the document writes it.
fn value_text(variant: &EnumVariant) -> String {
    let text = variant.value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| variant.value.to_string())
}
