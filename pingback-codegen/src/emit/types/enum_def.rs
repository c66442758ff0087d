//! A list of values in, an enum out that goes by the value on the wire.
//!
//! The impls of serde are written out, since they are a line each, and derived ones a page.

use super::context::Context;
use crate::emit::names::ident;
use crate::model::{Enum, EnumVariant, IntKind, Type, TypeDef};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// What the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repr {
    /// Texts.
    Text,
    /// Integers.
    Int(IntKind),
    /// Anything else, compared as JSON.
    Json,
}

/// Finds what the values are: what the model says, if all of them really are that.
pub(super) fn repr(list: &Enum) -> Repr {
    let all = |test: &dyn Fn(&Value) -> bool| list.variants.iter().all(|variant| test(&variant.value));
    match list.repr {
        Type::String if all(&Value::is_string) => Repr::Text,
        Type::Int(kind) if kind != IntKind::Digits && all(&|value| integer(value, kind).is_some()) => {
            Repr::Int(kind)
        }
        _ => Repr::Json,
    }
}

/// The integer, if the kind can hold it.
fn integer(value: &Value, kind: IntKind) -> Option<i128> {
    let number = value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))?;
    let fits = match kind {
        IntKind::I32 => i32::try_from(number).is_ok(),
        IntKind::I64 => i64::try_from(number).is_ok(),
        IntKind::U32 => u32::try_from(number).is_ok(),
        IntKind::U64 => u64::try_from(number).is_ok(),
        IntKind::I128 | IntKind::Digits => true,
    };
    fits.then_some(number)
}

/// The enum and its impls.
pub(super) fn items(context: &Context, def: &TypeDef, list: &Enum) -> Vec<TokenStream> {
    let usage = def.usage;
    let emit = Emit {
        context,
        name: ident(&def.name),
        text: def.name.clone(),
        list,
        variants: list.variants.iter().map(|variant| ident(&variant.name)).collect(),
        unlisted: list.unlisted.as_deref().map(ident),
    };
    let (definition, mut impls) = match repr(list) {
        Repr::Text => (emit.definition(def, &context.std("String"), true), emit.text()),
        Repr::Int(kind) => (emit.definition(def, &super::int(kind), true), emit.int(kind)),
        Repr::Json => (
            emit.definition(def, &quote!(::serde_json::Value), false),
            emit.json(),
        ),
    };
    let gated = |travels: bool, item: Option<TokenStream>| {
        let gate = context.gate(travels)?;
        item.map(|item| quote!(#gate #item))
    };
    impls.serialize = gated(usage.sent, impls.serialize);
    impls.deserialize = gated(usage.received, impls.deserialize);
    let mut items = vec![definition];
    items.extend(impls.own);
    items.extend(impls.serialize);
    items.extend(impls.deserialize);
    items
}

/// The impls of one enum.
struct Impls {
    own: Vec<TokenStream>,
    serialize: Option<TokenStream>,
    deserialize: Option<TokenStream>,
}

struct Emit<'a> {
    context: &'a Context<'a>,
    name: Ident,
    text: String,
    list: &'a Enum,
    variants: Vec<Ident>,
    unlisted: Option<Ident>,
}

impl Emit<'_> {
    fn std(&self, name: &str) -> TokenStream {
        self.context.std(name)
    }

    fn definition(&self, def: &TypeDef, payload: &TokenStream, hash: bool) -> TokenStream {
        let name = &self.name;
        let docs = super::origin::docs(self.context, def);
        let variants = self
            .list
            .variants
            .iter()
            .zip(&self.variants)
            .map(|(variant, name)| {
                let docs = super::docs_or(&variant.docs, &format!("`{}`.", super::code(&wire(variant))));
                quote!(#docs #name,)
            });
        let unlisted = self.unlisted.as_ref().map(|name| {
            quote! {
                /// A value that is not listed.
                #name(#payload),
            }
        });
        let copy = self.unlisted.is_none().then(|| quote!(Copy,));
        let hash = (hash || self.unlisted.is_none()).then(|| quote!(Hash,));
        quote! {
            #docs
            #[derive(Debug, Clone, #copy PartialEq, Eq, #hash)]
            pub enum #name { #(#variants)* #unlisted }
        }
    }

    /// `ALL`.
    fn all(&self) -> TokenStream {
        let variants = &self.variants;
        quote! {
            /// The values that are listed.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
        }
    }

    /// How methods take the enum: one that is `Copy`, by value.
    fn receiver(&self) -> TokenStream {
        if self.unlisted.is_some() {
            quote!(&self)
        } else {
            quote!(self)
        }
    }

    fn display(&self, body: &TokenStream) -> TokenStream {
        let name = &self.name;
        quote! {
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    #body
                }
            }
        }
    }

    fn serialize(&self, body: &TokenStream) -> TokenStream {
        let (name, result) = (&self.name, self.std("Result"));
        quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                    #body
                }
            }
        }
    }

    fn deserialize(&self, body: &TokenStream) -> TokenStream {
        let (name, result) = (&self.name, self.std("Result"));
        quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    #body
                }
            }
        }
    }

    // Error types are written out, and not `Self::Err`: a variant may have that name.
    fn text(&self) -> Impls {
        let (name, variants, type_name) = (&self.name, &self.variants, &self.text);
        let texts: Vec<&str> = self
            .list
            .variants
            .iter()
            .map(|variant| variant.value.as_str().unwrap_or_default())
            .collect();
        let (result, string, from, ok, err) = (
            self.std("Result"),
            self.std("String"),
            self.std("From"),
            self.std("Ok"),
            self.std("Err"),
        );
        let (all, receiver) = (self.all(), self.receiver());
        let lifetime = self.unlisted.is_none().then(|| quote!('static));
        let unlisted_str = self
            .unlisted
            .as_ref()
            .map(|unlisted| quote!(Self::#unlisted(text) => text,));
        let mut own = vec![
            quote! {
                impl #name {
                    #all

                    /// The value on the wire.
                    #[must_use]
                    pub fn as_str(#receiver) -> &#lifetime str {
                        match self { #(Self::#variants => #texts,)* #unlisted_str }
                    }
                }
            },
            self.display(&quote!(f.pad(self.as_str()))),
        ];
        let read = quote!(<#string as ::serde::Deserialize>::deserialize(deserializer));
        let deserialize = if let Some(unlisted) = &self.unlisted {
            own.push(quote! {
                impl #from<&str> for #name {
                    fn from(text: &str) -> Self {
                        match text {
                            #(#texts => Self::#variants,)*
                            _ => Self::#unlisted(#from::from(text)),
                        }
                    }
                }
            });
            own.push(quote! {
                impl ::std::str::FromStr for #name {
                    type Err = ::std::convert::Infallible;

                    fn from_str(text: &str) -> #result<Self, ::std::convert::Infallible> {
                        #ok(Self::from(text))
                    }
                }
            });
            quote!(#read.map(|text| Self::from(text.as_str())))
        } else {
            own.push(quote! {
                impl ::std::str::FromStr for #name {
                    type Err = runtime::NotListed;

                    fn from_str(text: &str) -> #result<Self, runtime::NotListed> {
                        match text {
                            #(#texts => #ok(Self::#variants),)*
                            _ => #err(runtime::NotListed::new(#type_name, text)),
                        }
                    }
                }
            });
            quote!(#read?.parse().map_err(::serde::de::Error::custom))
        };
        Impls {
            own,
            serialize: Some(self.serialize(&quote!(serializer.serialize_str(self.as_str())))),
            deserialize: Some(self.deserialize(&deserialize)),
        }
    }

    fn int(&self, kind: IntKind) -> Impls {
        let (name, variants, type_name) = (&self.name, &self.variants, &self.text);
        let int = super::int(kind);
        let numbers: Vec<TokenStream> = self
            .list
            .variants
            .iter()
            .map(|variant| literal(integer(&variant.value, kind).unwrap_or_default()))
            .collect();
        let (result, from, ok, err) = (
            self.std("Result"),
            self.std("From"),
            self.std("Ok"),
            self.std("Err"),
        );
        let (all, receiver) = (self.all(), self.receiver());
        let unlisted_value = self
            .unlisted
            .as_ref()
            .map(|unlisted| quote!(Self::#unlisted(value) => *value,));
        let mut own = vec![
            quote! {
                impl #name {
                    #all

                    /// The value on the wire.
                    #[must_use]
                    pub fn value(#receiver) -> #int {
                        match self { #(Self::#variants => #numbers,)* #unlisted_value }
                    }
                }
            },
            self.display(&quote!(::std::fmt::Display::fmt(&self.value(), f))),
        ];
        let read = quote!(<#int as ::serde::Deserialize>::deserialize(deserializer));
        let deserialize = if let Some(unlisted) = &self.unlisted {
            own.push(quote! {
                impl #from<#int> for #name {
                    fn from(value: #int) -> Self {
                        match value {
                            #(#numbers => Self::#variants,)*
                            _ => Self::#unlisted(value),
                        }
                    }
                }
            });
            quote!(#read.map(Self::from))
        } else {
            own.push(quote! {
                impl ::std::convert::TryFrom<#int> for #name {
                    type Error = runtime::NotListed;

                    fn try_from(value: #int) -> #result<Self, runtime::NotListed> {
                        match value {
                            #(#numbers => #ok(Self::#variants),)*
                            _ => #err(runtime::NotListed::new(#type_name, value)),
                        }
                    }
                }
            });
            quote!(::std::convert::TryFrom::try_from(#read?).map_err(::serde::de::Error::custom))
        };
        Impls {
            own,
            serialize: Some(
                self.serialize(&quote!(::serde::Serialize::serialize(&self.value(), serializer))),
            ),
            deserialize: Some(self.deserialize(&deserialize)),
        }
    }

    fn json(&self) -> Impls {
        let (name, variants, type_name) = (&self.name, &self.variants, &self.text);
        let texts: Vec<String> = self
            .list
            .variants
            .iter()
            .map(|variant| variant.value.to_string())
            .collect();
        let from = self.std("From");
        let (all, receiver) = (self.all(), self.receiver());
        let unlisted_value = self
            .unlisted
            .as_ref()
            .map(|unlisted| quote!(Self::#unlisted(value) => value.clone(),));
        let mut own = vec![
            quote! {
                impl #name {
                    #all

                    /// The value on the wire.
                    #[must_use]
                    pub fn value(#receiver) -> ::serde_json::Value {
                        match self { #(Self::#variants => runtime::json::parse(#texts),)* #unlisted_value }
                    }
                }
            },
            self.display(&quote!(::std::fmt::Display::fmt(&self.value(), f))),
        ];
        let read = quote!(<::serde_json::Value as ::serde::Deserialize>::deserialize(
            deserializer
        ));
        let by = if self.unlisted.is_some() {
            quote!(Self::value)
        } else {
            quote!(|listed| listed.value())
        };
        let find = quote!(runtime::json::find(Self::ALL, #by, &value));
        let deserialize = if let Some(unlisted) = &self.unlisted {
            own.push(quote! {
                impl #from<::serde_json::Value> for #name {
                    fn from(value: ::serde_json::Value) -> Self {
                        #find.unwrap_or(Self::#unlisted(value))
                    }
                }
            });
            quote!(#read.map(Self::from))
        } else {
            quote! {
                let value = #read?;
                #find.ok_or_else(|| ::serde::de::Error::custom(runtime::NotListed::new(#type_name, &value)))
            }
        };
        Impls {
            own,
            serialize: Some(
                self.serialize(&quote!(::serde::Serialize::serialize(&self.value(), serializer))),
            ),
            deserialize: Some(self.deserialize(&deserialize)),
        }
    }
}

/// The value as a reader of the document knows it.
fn wire(variant: &EnumVariant) -> String {
    variant
        .value
        .as_str()
        .map_or_else(|| variant.value.to_string(), str::to_owned)
}

/// The number with `_` between groups of three digits, if there are many.
pub(super) fn literal(number: i128) -> TokenStream {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (left, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if digits.len() > 5 && left > 0 && left % 3 == 0 {
            text.push('_');
        }
    }
    let literal: Literal = text
        .parse()
        .unwrap_or_else(|_| Literal::u128_unsuffixed(number.unsigned_abs()));
    let minus = (number < 0).then(|| quote!(-));
    quote!(#minus #literal)
}
