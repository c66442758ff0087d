//! Writes paths into the standard library and other crates as short as a file allows.
//!
//! Emitted code names such items by their full path, as in `::std::option::Option`, so that nothing an API is called can
//! change what it means. Where the file defines no item of that name, [`Paths`] writes `Option`.

use proc_macro2::{Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;

/// The crates into which emitted code names paths.
const CRATES: &[&str] = &[
    "axum",
    "bytes",
    "chrono",
    "http",
    "reqwest",
    "serde",
    "serde_json",
    "std",
];

/// The items that are in scope in every file. An item comes after the items inside it.
const PRELUDE: &[&str] = &[
    "std::boxed::Box",
    "std::clone::Clone",
    "std::cmp::PartialEq",
    "std::convert::From",
    "std::convert::Into",
    "std::convert::TryFrom",
    "std::default::Default",
    "std::iter::IntoIterator",
    "std::ops::FnOnce",
    "std::option::Option::None",
    "std::option::Option::Some",
    "std::option::Option",
    "std::result::Result::Err",
    "std::result::Result::Ok",
    "std::result::Result",
    "std::string::String",
    "std::string::ToString",
    "std::vec::Vec",
];

/// The items that a file imports if it names them.
const IMPORTED: &[&str] = &[
    "bytes::Bytes",
    "chrono::NaiveDate",
    "http::HeaderMap",
    "http::Method",
    "http::StatusCode",
    "std::collections::BTreeMap",
    "std::convert::Infallible",
    "std::fmt",
    "std::future::IntoFuture",
    "std::str::FromStr",
    "std::sync::Arc",
    "std::time::Duration",
];

/// The keywords that may stand before a path. After any other word, `::` continues a path.
const KEYWORDS_BEFORE_PATHS: &[&str] = &[
    "as", "dyn", "else", "for", "if", "impl", "in", "let", "match", "mut", "return", "where", "while",
];

/// The imports that the written items need, as paths.
pub(super) type Imports = BTreeSet<&'static str>;

/// How a file writes paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths {
    /// The names that the file defines or imports.
    names: BTreeSet<String>,
}

impl Paths {
    /// Adds a name that the file defines or imports.
    pub(super) fn add_name(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Writes the full paths in an item as short as possible, and adds the imports for that.
    pub(super) fn shorten(&self, tokens: TokenStream, imports: &mut Imports) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut short: Vec<TokenTree> = Vec::with_capacity(tokens.len());
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let segments = path_at(&tokens[index..]).filter(|_| !continues_path(short.last()));
            if let Some(segments) = segments {
                // Each segment is a name after two colons.
                index += 3 * segments.len();
                short.extend(self.path(&segments, imports));
                continue;
            }
            short.push(match token {
                TokenTree::Group(group) => {
                    let content = self.shorten(group.stream(), imports);
                    TokenTree::Group(Group::new(group.delimiter(), content))
                }
                other => other.clone(),
            });
            index += 1;
        }
        short.into_iter().collect()
    }

    /// Writes one path.
    fn path(&self, segments: &[&Ident], imports: &mut Imports) -> TokenStream {
        let known = |items: &[&'static str]| {
            let item = items.iter().copied().find(|item| starts_with(segments, item))?;
            let short = &segments[item.split("::").count() - 1..];
            let is_free = !self.names.contains(&short[0].to_string());
            is_free.then_some((item, short))
        };
        if let Some((_, short)) = known(PRELUDE) {
            return quote!(#(#short)::*);
        }
        if let Some((item, short)) = known(IMPORTED) {
            imports.insert(item);
            return quote!(#(#short)::*);
        }
        if self.names.contains(&segments[0].to_string()) {
            return quote!(::#(#segments)::*);
        }
        quote!(#(#segments)::*)
    }
}

/// The segments of the full path that the tokens start with, if they start with one.
fn path_at(tokens: &[TokenTree]) -> Option<Vec<&Ident>> {
    let segments: Vec<&Ident> = tokens
        .chunks_exact(3)
        .map_while(|chunk| match chunk {
            [
                TokenTree::Punct(first),
                TokenTree::Punct(second),
                TokenTree::Ident(name),
            ] if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':' => {
                Some(name)
            }
            _ => None,
        })
        .collect();
    let first = segments.first()?;
    CRATES.iter().any(|name| *first == name).then_some(segments)
}

/// Whether `::` continues a path after this token.
fn continues_path(previous: Option<&TokenTree>) -> bool {
    match previous {
        Some(TokenTree::Ident(word)) => !KEYWORDS_BEFORE_PATHS.iter().any(|keyword| word == keyword),
        _ => false,
    }
}

fn starts_with(segments: &[&Ident], item: &str) -> bool {
    let mut segments = segments.iter();
    item.split("::")
        .all(|name| segments.next().is_some_and(|segment| *segment == name))
}

/// `Some(value)` or `None`.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::std::option::Option::None),
        |value| quote!(::std::option::Option::Some(#value)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(names: &[&str], tokens: TokenStream) -> (String, Vec<&'static str>) {
        let mut paths = Paths::default();
        for name in names {
            paths.add_name(name);
        }
        let mut imports = Imports::new();
        let text = paths.shorten(tokens, &mut imports).to_string();
        (text.replace(' ', ""), imports.into_iter().collect())
    }

    #[test]
    fn a_name_that_the_file_defines_is_written_with_its_full_path() {
        let tokens = quote!(::std::option::Option::Some(::std::option::Option::<Option>::None));
        assert_eq!(
            shortened(&["Option"], tokens),
            ("Some(std::option::Option::<Option>::None)".to_owned(), vec![])
        );
        assert_eq!(
            shortened(&["StatusCode"], quote!(::http::StatusCode)),
            ("http::StatusCode".to_owned(), vec![])
        );
        assert_eq!(
            shortened(&["http"], quote!(::http::Extensions)),
            ("::http::Extensions".to_owned(), vec![])
        );
    }

    #[test]
    fn items_outside_the_prelude_are_imported() {
        let tokens = quote!(
            fn fmt(f: &mut ::std::fmt::Formatter) -> ::std::fmt::Result {
                ::http::Method::GET;
            }
        );
        assert_eq!(
            shortened(&[], tokens),
            (
                "fnfmt(f:&mutfmt::Formatter)->fmt::Result{Method::GET;}".to_owned(),
                vec!["http::Method", "std::fmt"]
            )
        );
    }

    #[test]
    fn a_path_that_only_contains_the_name_of_a_crate_stays() {
        let tokens = quote!(runtime::bytes::Bytes, self::http::StatusCode);
        assert_eq!(
            shortened(&[], tokens.clone()),
            (tokens.to_string().replace(' ', ""), vec![])
        );
    }
}
