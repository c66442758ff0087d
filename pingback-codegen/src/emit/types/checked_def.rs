//! A type whose values keep limits in; a tuple struct with a private field, and the table of its limits, out. What
//! it can do is written by one macro of the runtime, `checked!`.

use super::context::Context;
use super::enum_def::{self, literal};
use crate::emit::names::ident;
use crate::model::{Bound, Checked, FloatKind, IntKind, Limit, Type, TypeDef, TypeKind};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use std::fmt::Write as _;

/// How deep types are looked into.
const DEPTH: usize = 16;

/// The struct and its impls.
pub(super) fn items(context: &Context, def: &TypeDef, checked: &Checked) -> Vec<TokenStream> {
    let usage = def.usage;
    let (name, inner) = (ident(&def.name), context.ty(&checked.inner));
    let docs = super::origin::docs(context, def);
    let example = example(context, def, checked);
    let traits = traits(context, &checked.inner, 0);
    let copy = traits.copy.then(|| quote!(Copy,));
    let traits = traits.derives();
    let is_set = is_set(checked);

    let mut patterns = Vec::new();
    let limits: Vec<TokenStream> = checked
        .limits
        .iter()
        .filter_map(|limit| limit_tokens(limit, &checked.inner, &mut patterns))
        .collect();
    let (kind, inner) = match &checked.inner {
        Type::String => ("text", None),
        Type::Int(_) | Type::Float(_) => ("number", Some(inner)),
        Type::Array(item) if is_set => ("set", Some(context.ty(item))),
        Type::Array(item) => ("list", Some(context.ty(item))),
        Type::Map(value) => ("map", Some(context.ty(value))),
        _ => ("formatted", Some(inner)),
    };
    let held = context.ty(&checked.inner);
    let (kind, inner) = (format_ident!("{kind}"), inner.map(|inner| quote!((#inner))));
    let mut items = vec![
        quote! {
            #docs
            #example
            #[derive(Debug, Clone, #copy PartialEq, #traits)]
            pub struct #name(#held);
        },
        quote! {
            impl #name {
                /// What holds of every value.
                #[must_use]
                pub fn limits() -> &'static [runtime::Limit] {
                    #(#patterns)*
                    static LIMITS: &[runtime::Limit] = &[#(#limits),*];
                    LIMITS
                }
            }
        },
        quote!(runtime::checked::checked!(#kind #name #inner);),
    ];
    if let Some(value) = checked
        .default
        .as_ref()
        .and_then(|value| default(value, &checked.inner))
    {
        items.push(quote! {
            /// The value that is meant where none is given.
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self(#value)
                }
            }
        });
    }
    let result = context.std("Result");
    items.extend(context.gate(usage.sent).map(|gate| {
        quote! {
            #gate
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                    ::serde::Serialize::serialize(&self.0, serializer)
                }
            }
        }
    }));
    items.extend(context.gate(usage.received).map(|gate| {
        let type_name = &def.name;
        let read = if is_set {
            quote!(runtime::unique::read(#type_name, Self::limits(), deserializer).map(Self))
        } else {
            quote! {
                let value = <#held as ::serde::Deserialize>::deserialize(deserializer)?;
                ::std::convert::TryFrom::try_from(value).map_err(::serde::de::Error::custom)
            }
        };
        quote! {
            #gate
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    #read
                }
            }
        }
    }));
    items
}

/// Is it a list that holds no item twice?
pub(super) fn is_set(checked: &Checked) -> bool {
    checked.limits.contains(&Limit::UniqueItems)
}

/// Is one of the limits a regular expression?
pub(super) fn has_pattern(checked: &Checked) -> bool {
    checked
        .limits
        .iter()
        .any(|limit| matches!(limit, Limit::Pattern(_)))
}

/// What can be derived besides `Debug`, `Clone` and `PartialEq`.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait")]
struct Traits {
    eq: bool,
    partial_ord: bool,
    ord: bool,
    hash: bool,
    copy: bool,
}

impl Traits {
    const NONE: Self = Self {
        eq: false,
        partial_ord: false,
        ord: false,
        hash: false,
        copy: false,
    };
    const ALL: Self = Self {
        eq: true,
        partial_ord: true,
        ord: true,
        hash: true,
        copy: true,
    };

    fn derives(self) -> TokenStream {
        let all = [
            (self.eq, quote!(Eq,)),
            (self.partial_ord, quote!(PartialOrd,)),
            (self.ord, quote!(Ord,)),
            (self.hash, quote!(Hash,)),
        ];
        all.into_iter()
            .filter_map(|(has, tokens)| has.then_some(tokens))
            .collect()
    }

    fn and(self, other: Self) -> Self {
        Self {
            eq: self.eq && other.eq,
            partial_ord: self.partial_ord && other.partial_ord,
            ord: self.ord && other.ord,
            hash: self.hash && other.hash,
            copy: self.copy && other.copy,
        }
    }
}

fn traits(context: &Context, ty: &Type, depth: usize) -> Traits {
    if depth > DEPTH {
        return Traits::NONE;
    }
    let below = |ty: &Type| traits(context, ty, depth + 1);
    let no_copy = |traits: Traits| Traits {
        copy: false,
        ..traits
    };
    match context.api.resolve_aliases(ty) {
        Type::Int(IntKind::Digits) => Traits {
            eq: true,
            hash: true,
            ..Traits::NONE
        },
        Type::Bool | Type::Int(_) | Type::Date | Type::Uuid => Traits::ALL,
        Type::String | Type::DateTime => no_copy(Traits::ALL),
        Type::Float(FloatKind::F32 | FloatKind::F64) => Traits {
            partial_ord: true,
            copy: true,
            ..Traits::NONE
        },
        Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) => no_copy(below(inner)),
        Type::Nullable(inner) => below(inner),
        Type::Tuple(types) if types.len() <= 12 => types.iter().map(below).fold(Traits::ALL, Traits::and),
        Type::Named(id) => match context.api.types.get(id.0).map(|def| &def.kind) {
            Some(TypeKind::Checked(checked)) => below(&checked.inner),
            Some(TypeKind::Enum(list)) => Traits {
                eq: true,
                hash: enum_def::repr(list) != enum_def::Repr::Json || list.unlisted.is_none(),
                ..Traits::NONE
            },
            _ => Traits::NONE,
        },
        _ => Traits::NONE,
    }
}

/// An entry of the table. A pattern is a static of its own, since it is compiled later.
fn limit_tokens(limit: &Limit, inner: &Type, patterns: &mut Vec<TokenStream>) -> Option<TokenStream> {
    let size = |size: u64| literal(i128::from(size));
    let is_integer = matches!(inner, Type::Int(_));
    let bound = |bound: Bound, whole: fn(Bound) -> Option<i128>| {
        if is_integer {
            let number = literal(whole(bound)?);
            return Some(quote!(runtime::Bound::Integer(#number)));
        }
        let number = float(bound.float());
        Some(quote!(runtime::Bound::Float(#number)))
    };
    let (name, value) = match limit {
        Limit::MinLength(least) => ("MinLength", size(*least)),
        Limit::MaxLength(most) => ("MaxLength", size(*most)),
        Limit::Pattern(pattern) => {
            let name = match patterns.len() {
                0 => format_ident!("PATTERN"),
                before => format_ident!("PATTERN_{}", before + 1),
            };
            patterns.push(quote!(static #name: runtime::Pattern = runtime::Pattern::new(#pattern);));
            ("Pattern", quote!(&#name))
        }
        // Between integers a bound that is none may as well be the next one that is.
        Limit::Minimum(number) => ("Minimum", bound(*number, Bound::at_least)?),
        Limit::ExclusiveMinimum(number) => ("ExclusiveMinimum", bound(*number, Bound::at_most)?),
        Limit::Maximum(number) => ("Maximum", bound(*number, Bound::at_most)?),
        Limit::ExclusiveMaximum(number) => ("ExclusiveMaximum", bound(*number, Bound::at_least)?),
        Limit::MultipleOf(step) => {
            let digits = literal(i128::from(step.digits));
            let exponent = literal(i128::from(step.exponent));
            ("MultipleOf", quote!(runtime::Decimal::new(#digits, #exponent)))
        }
        Limit::MinItems(least) => ("MinItems", size(*least)),
        Limit::MaxItems(most) => ("MaxItems", size(*most)),
        Limit::UniqueItems => return Some(quote!(runtime::Limit::UniqueItems)),
        Limit::MinProperties(least) => ("MinProperties", size(*least)),
        Limit::MaxProperties(most) => ("MaxProperties", size(*most)),
    };
    let name = format_ident!("{name}");
    Some(quote!(runtime::Limit::#name(#value)))
}

/// A float with `_` between groups of digits, if there are many.
fn float(value: f64) -> TokenStream {
    let text = format!("{:?}", value.abs());
    let grouped = match text.split_once('.') {
        Some((whole, fraction)) if !text.contains('e') && text.len() > 6 => {
            let mut grouped = String::new();
            for (index, digit) in whole.chars().enumerate() {
                if index > 0 && (whole.len() - index) % 3 == 0 {
                    grouped.push('_');
                }
                grouped.push(digit);
            }
            grouped.push('.');
            for (index, digit) in fraction.chars().enumerate() {
                if index > 0 && index % 3 == 0 {
                    grouped.push('_');
                }
                grouped.push(digit);
            }
            grouped
        }
        _ => text,
    };
    let literal: Literal = grouped
        .parse()
        .unwrap_or_else(|_| Literal::f64_unsuffixed(value.abs()));
    let minus = value.is_sign_negative().then(|| quote!(-));
    quote!(#minus #literal)
}

/// The expression of a value of the inner type.
fn default(value: &Value, inner: &Type) -> Option<TokenStream> {
    Some(match (inner, value) {
        (Type::String, Value::String(text)) => quote!(::std::string::String::from(#text)),
        (Type::Int(_), Value::Number(number)) => literal(Bound::of(number)?.at_least()?),
        (Type::Float(_), Value::Number(number)) => float(number.as_f64()?),
        (Type::Array(_), _) => quote!(::std::vec::Vec::new()),
        (Type::Map(_), _) => quote!(::std::collections::BTreeMap::new()),
        _ => return None,
    })
}

/// How the inner value of the example is written.
pub(in crate::emit) fn example_value(checked: &Checked) -> Option<String> {
    let value = checked.example.as_ref()?;
    let tokens = match (&checked.inner, value) {
        (Type::String, Value::String(text)) => return Some(format!("{text:?}")),
        (Type::Int(_) | Type::Float(_), _) => default(value, &checked.inner)?,
        _ => return None,
    };
    Some(tokens.to_string().replace(' ', ""))
}

/// The example of making one.
fn example(context: &Context, def: &TypeDef, checked: &Checked) -> Option<TokenStream> {
    let value = example_value(checked).filter(|_| !def.docs.deprecated)?;
    let (krate, name) = (&context.api.name, &def.name);
    let fence = if context.examples_run { "" } else { "ignore" };
    let mut text = format!("```{fence}\nuse {krate}::models::{name};\n\n");
    let _ = writeln!(text, "let value = {name}::try_from({value})?;");
    if checked.inner == Type::String {
        let _ = writeln!(text, "assert_eq!(value.as_str(), {value});");
    }
    let _ = write!(text, "# Ok::<(), {krate}::ConstraintError>(())\n```");
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    Some(quote!(#[doc = ""] #(#[doc = #lines])*))
}
