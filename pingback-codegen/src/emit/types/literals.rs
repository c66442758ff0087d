//! Writes numbers as Rust literals, with `_` between groups of digits in long ones.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An integer, with `_` from six digits on.
pub(super) fn integer(number: i128) -> TokenStream {
    let digits = number.unsigned_abs().to_string();
    let text = if digits.len() > 5 {
        group_from_end(&digits)
    } else {
        digits
    };
    let literal: Literal = text
        .parse()
        .unwrap_or_else(|_| Literal::u128_unsuffixed(number.unsigned_abs()));
    let minus = (number < 0).then(|| quote!(-));
    quote!(#minus #literal)
}

/// A float, with `_` from seven characters on.
pub(super) fn float(number: f64) -> TokenStream {
    let text = format!("{:?}", number.abs());
    let text = match text.split_once('.') {
        Some((whole, fraction)) if !text.contains('e') && text.len() > 6 => {
            format!("{}.{}", group_from_end(whole), group_from_start(fraction))
        }
        _ => text,
    };
    let literal: Literal = text
        .parse()
        .unwrap_or_else(|_| Literal::f64_unsuffixed(number.abs()));
    let minus = number.is_sign_negative().then(|| quote!(-));
    quote!(#minus #literal)
}

/// `1234567` as `1_234_567`.
fn group_from_end(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1234567` as `123_456_7`.
fn group_from_start(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        let text = |tokens: TokenStream| tokens.to_string().replace(' ', "");
        assert_eq!(text(integer(-1_234_567)), "-1_234_567");
        assert_eq!(text(integer(12_345)), "12345");
        assert_eq!(text(float(1_234.123_4)), "1_234.123_4");
        assert_eq!(text(float(0.5)), "0.5");
    }
}
