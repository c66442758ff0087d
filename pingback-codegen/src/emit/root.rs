//! The [`Api`] in; `src/lib.rs` and `src/operations/*` out: what holds the other files together.

use super::names::ident;
use super::operation::doc_lines;
use super::runtime::{Part, Parts};
use super::{Content, Items, Output, conversions, docs, error, operation};
use crate::model::{Api, Conversions, Operation};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// Emits `src/lib.rs`; `start` is an example. In a module examples are not run, and Cargo features are unknown.
pub(super) fn lib(
    api: &Api,
    parts: &Parts,
    has_errors: bool,
    start: Option<&str>,
    of_module: Option<Conversions>,
) -> Output {
    let is_crate = of_module.is_none();
    let mut items = Vec::new();
    let mut module = |name: &str, public: bool| {
        let name: Ident = format_ident!("{name}");
        let public = public.then(|| quote!(pub));
        // So that `cargo fmt` leaves what is generated alone; the attribute of the crate is for `lib.rs` itself.
        items.push(quote!(#[rustfmt::skip] #public mod #name;));
    };
    if parts.client {
        module("client", false);
    }
    if parts.error {
        module("error", false);
    }
    if has_errors {
        module("errors", false);
    }
    if parts.client && !api.headers.is_empty() {
        module("headers", true);
    }
    if !api.types.is_empty() {
        module("models", true);
    }
    if parts.client {
        module("operations", true);
    }
    if !parts.is_empty() {
        module("runtime", false);
    }
    if parts.contains(Part::Sample) {
        let name = ident("tests");
        items.push(quote!(#[cfg(test)] #[rustfmt::skip] mod #name;));
    }
    items.extend(conversions::modules(api, of_module));
    if parts.client {
        items.push(quote!(
            pub use self::client::{Client, ClientBuilder};
        ));
    }
    if has_errors {
        let codes = (!api.errors.codes.is_empty()).then(|| quote!(ErrorCode,));
        let messages = api.errors.message_codes.iter().map(|list| ident(&list.name));
        items.push(quote!(pub use self::errors::{#codes #(#messages,)* UnknownCode};));
    }
    if parts.error {
        items.push(quote!(
            pub use self::error::Error;
        ));
        items.extend(error::body_export(api));
    }
    items.extend(runtime_names(parts));
    Output {
        path: "src/lib.rs".to_owned(),
        content: Content::Rust {
            header: header(api, parts, start, is_crate),
            items: items.into(),
        },
    }
}

fn runtime_names(parts: &Parts) -> Option<TokenStream> {
    let names = parts.public_names();
    let idents = names.iter().map(|name| format_ident!("{name}"));
    (!names.is_empty()).then(|| quote!(pub use self::runtime::{#(#idents),*};))
}

/// The crate's documentation, and the lints that are allowed in it.
fn header(api: &Api, parts: &Parts, start: Option<&str>, examples_run: bool) -> TokenStream {
    let title = docs::safe(&api.title);
    let mut text = if parts.client {
        format!("A client of {}", title.trim())
    } else {
        format!("The errors of {}", title.trim())
    };
    if let Some(version) = &api.version {
        let _ = write!(text, ", version {}", docs::safe(version).trim());
    }
    text.push_str(".\n");
    if let Some(description) = &api.description {
        let _ = write!(text, "\n{}\n", docs::safe(description).trim());
    }
    if let Some(url) = api
        .external_docs
        .as_deref()
        .filter(|url| url.starts_with("http") && !url.contains(['>', ' ']))
    {
        let _ = write!(text, "\nThe API's own documentation: <{url}>\n");
    }
    text.push_str(&error::places(api));
    if let Some(start) = start {
        let fence = if examples_run { "no_run" } else { "ignore" };
        let _ = write!(text, "\n# Example\n\n```{fence}\n{start}```\n");
    }
    let text = doc_lines(&text).to_string().replace("# [doc", "#![doc");
    let text: TokenStream = text.parse().unwrap_or_default();
    quote! {
        #text
        #![cfg_attr(rustfmt, rustfmt::skip)]
        #![forbid(unsafe_code)]
        #![allow(
            clippy::doc_markdown,
            clippy::too_long_first_doc_paragraph,
            reason = "descriptions are the API's own words"
        )]
        #![allow(
            clippy::disallowed_names,
            clippy::enum_variant_names,
            clippy::fn_params_excessive_bools,
            clippy::many_single_char_names,
            clippy::module_inception,
            clippy::module_name_repetitions,
            clippy::similar_names,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            clippy::type_complexity,
            clippy::unicode_not_nfc,
            reason = "names and shapes are the API's own"
        )]
        #![allow(
            clippy::large_enum_variant,
            reason = "an error is boxed as a whole, and a success is passed on once"
        )]
        #![allow(
            clippy::missing_errors_doc,
            clippy::must_use_candidate,
            clippy::should_implement_trait,
            clippy::needless_pass_by_value,
            clippy::semicolon_if_nothing_returned,
            clippy::too_many_lines,
            reason = "one form serves all; what fails and when is told by the operation"
        )]
        #![allow(deprecated, reason = "what the API has deprecated can still be called")]
        #![allow(
            dead_code,
            unreachable_pub,
            unused_imports,
            reason = "the same code serves as a crate and as a private module, and not every API uses all of the runtime"
        )]
    }
}

/// Emits `src/operations/mod.rs` and a file for each group.
pub(super) fn operations(api: &Api, examples_run: bool) -> Vec<Output> {
    let mut of_group: Vec<Vec<&Operation>> = vec![Vec::new(); api.groups.len()];
    for operation in &api.operations {
        if let Some(list) = of_group.get_mut(operation.group) {
            list.push(operation);
        }
    }
    let groups: Vec<_> = api
        .groups
        .iter()
        .zip(of_group)
        .filter(|(_, operations)| !operations.is_empty())
        .collect();
    let mut items: Vec<TokenStream> = Vec::new();
    for (group, _) in &groups {
        let name = ident(&group.name);
        // Rust finds files by names in ASCII only.
        let path = (!group.name.is_ascii()).then(|| format!("{}.rs", group.name));
        let path = path.map(|path| quote!(#[path = #path]));
        items.push(quote!(#[rustfmt::skip] #path pub mod #name;));
    }
    for (group, _) in &groups {
        let name = ident(&group.name);
        items.push(quote!(pub use self::#name::*;));
    }
    let mut files = vec![Output {
        path: "src/operations/mod.rs".to_owned(),
        content: Content::Rust {
            header: quote!(#![doc = " The operations: the request of each, its error enum, and what success gives."]),
            items: items.into(),
        },
    }];
    for (group, operations) in groups {
        let items = operation::items(api, &operations, examples_run);
        let imports = if items.name("models ::") {
            quote!(
                use super::super::{models, runtime};
            )
        } else {
            quote!(
                use super::super::runtime;
            )
        };
        let tag = group.tag.as_deref().unwrap_or("no tag");
        let mut about = format!("The operations of `{}`.\n", tag.replace(['`', '\n', '\r'], "'"));
        for part in [&group.docs.summary, &group.docs.description]
            .into_iter()
            .flatten()
        {
            let _ = write!(about, "\n{}\n", docs::safe(part).trim());
        }
        let about = doc_lines(&about).to_string().replace("# [doc", "#![doc");
        let name = group.name.strip_prefix("r#").unwrap_or(&group.name);
        let mut all: Items = std::iter::once(imports).collect();
        all.append(items);
        files.push(Output {
            path: format!("src/operations/{name}.rs"),
            content: Content::Rust {
                header: about.parse().unwrap_or_default(),
                items: all,
            },
        });
    }
    files
}
