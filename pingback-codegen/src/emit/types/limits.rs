//! Emits the table of the limits that the values of a type keep.

use super::literals;
use crate::model::{Bound, Limit, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The function `limits()` of a type whose values keep these limits.
pub(super) fn limits_function(limits: &[Limit], inner: &Type) -> TokenStream {
    let mut patterns: Vec<TokenStream> = Vec::new();
    let mut entries: Vec<TokenStream> = Vec::new();
    for limit in limits {
        let name = pattern_name(patterns.len());
        entries.extend(entry(limit, inner, &name));
        // A pattern is a static of its own, since the runtime compiles it when it is first used.
        if let Limit::Pattern(pattern) = limit {
            patterns.push(quote!(static #name: runtime::Pattern = runtime::Pattern::new(#pattern);));
        }
    }
    quote! {
        /// The limits of every value.
        #[must_use]
        pub fn limits() -> &'static [runtime::Limit] {
            #(#patterns)*
            static LIMITS: &[runtime::Limit] = &[#(#entries),*];
            LIMITS
        }
    }
}

fn pattern_name(index: usize) -> Ident {
    match index {
        0 => format_ident!("PATTERN"),
        _ => format_ident!("PATTERN_{}", index + 1),
    }
}

/// An entry of the table; `pattern` is the static of a pattern. `None` if the bound of an integer is out of range.
fn entry(limit: &Limit, inner: &Type, pattern: &Ident) -> Option<TokenStream> {
    let (name, value) = match limit {
        Limit::MinLength(size) => ("MinLength", self::size(*size)),
        Limit::MaxLength(size) => ("MaxLength", self::size(*size)),
        Limit::Pattern(_) => ("Pattern", quote!(&#pattern)),
        // A fractional bound of an integer is rounded to the next integer that keeps it.
        Limit::Minimum(number) => ("Minimum", bound(*number, inner, Bound::at_least)?),
        Limit::ExclusiveMinimum(number) => ("ExclusiveMinimum", bound(*number, inner, Bound::at_most)?),
        Limit::Maximum(number) => ("Maximum", bound(*number, inner, Bound::at_most)?),
        Limit::ExclusiveMaximum(number) => ("ExclusiveMaximum", bound(*number, inner, Bound::at_least)?),
        Limit::MultipleOf(step) => {
            let digits = literals::integer(i128::from(step.digits));
            let exponent = literals::integer(i128::from(step.exponent));
            ("MultipleOf", quote!(runtime::Decimal::new(#digits, #exponent)))
        }
        Limit::MinItems(size) => ("MinItems", self::size(*size)),
        Limit::MaxItems(size) => ("MaxItems", self::size(*size)),
        Limit::UniqueItems => return Some(quote!(runtime::Limit::UniqueItems)),
        Limit::MinProperties(size) => ("MinProperties", self::size(*size)),
        Limit::MaxProperties(size) => ("MaxProperties", self::size(*size)),
    };
    let name = format_ident!("{name}");
    Some(quote!(runtime::Limit::#name(#value)))
}

fn size(size: u64) -> TokenStream {
    literals::integer(i128::from(size))
}

fn bound(bound: Bound, inner: &Type, round: fn(Bound) -> Option<i128>) -> Option<TokenStream> {
    if matches!(inner, Type::Int(_)) {
        let number = literals::integer(round(bound)?);
        return Some(quote!(runtime::Bound::Integer(#number)));
    }
    let number = literals::float(bound.float());
    Some(quote!(runtime::Bound::Float(#number)))
}
