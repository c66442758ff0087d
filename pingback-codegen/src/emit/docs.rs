//! What a document says, in; doc comments that rustdoc and clippy have nothing to say about, out.

use crate::model::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// `#[doc = "..."]` for all that is said of a thing, and `#[deprecated]`.
#[must_use]
pub fn attrs(docs: &Docs) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let lines = lines(&text(docs));
    quote!(#lines #deprecated)
}

/// `#[doc = "..."]` for a Markdown text.
#[must_use]
pub fn markdown(text: &str) -> TokenStream {
    lines(&safe(text))
}

/// The same text, as Markdown that is safe in a doc comment.
#[must_use]
pub fn safe(text: &str) -> String {
    text.to_owned()
}

fn text(docs: &Docs) -> String {
    let mut text = String::new();
    for part in [&docs.summary, &docs.description].into_iter().flatten() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&safe(part));
    }
    text
}

fn lines(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
