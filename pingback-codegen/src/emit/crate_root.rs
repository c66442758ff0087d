//! Emits `src/lib.rs`: the modules of the output, what they export, and the lints that generated code allows.

use super::file::{Output, RustFile};
use super::names::ident;
use super::operation::SharedErrors;
use super::runtime::{Part, Parts};
use super::{Layout, conversions, error, lints, markdown};
use crate::model::Api;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// Emits `src/lib.rs` with these docs.
pub(super) fn file(api: &Api, parts: &Parts, docs: &str, layout: Layout) -> Output {
    let mut file = RustFile::new(docs);
    file.add_inner_attributes(&quote! {
        #![cfg_attr(rustfmt, rustfmt::skip)]
        #![forbid(unsafe_code)]
    });
    file.add_inner_attributes(&lints::root_attributes(api));
    file.add_all(modules(api, parts));
    file.add_all(conversions::modules(api, layout));
    file.add_all(exports(api, parts));
    file.into_output("src/lib.rs")
}

/// The `mod` items. Each has `rustfmt::skip`: the attribute of the root is for the root file only.
fn modules(api: &Api, parts: &Parts) -> Vec<TokenStream> {
    let has_headers = parts.client && !api.headers.is_empty();
    let private = quote!();
    let public = quote!(pub);
    let modules = [
        ("client", &private, parts.client),
        ("error", &private, parts.error),
        ("errors", &private, has_error_codes(api)),
        ("headers", &public, has_headers),
        ("models", &public, !api.types.is_empty()),
        ("operations", &public, parts.client),
        ("runtime", &private, !parts.is_empty()),
    ];
    let modules = modules.into_iter().filter(|(_, _, exists)| *exists);
    let modules = modules.map(|(name, visibility, _)| {
        let name = format_ident!("{name}");
        quote!(#[rustfmt::skip] #visibility mod #name;)
    });
    let tests = parts.contains(Part::Sample).then(|| {
        let name = format_ident!("tests");
        quote!(#[cfg(test)] #[rustfmt::skip] mod #name;)
    });
    modules.chain(tests).collect()
}

fn has_error_codes(api: &Api) -> bool {
    !api.errors.codes.is_empty() || !api.errors.message_codes.is_empty()
}

/// The items that the root exports.
fn exports(api: &Api, parts: &Parts) -> Vec<TokenStream> {
    let mut exports = Vec::new();
    if parts.client {
        exports.push(quote!(
            pub use self::client::{Client, ClientBuilder};
        ));
    }
    if has_error_codes(api) {
        let codes = (!api.errors.codes.is_empty()).then(|| quote!(ErrorCode,));
        let messages = api.errors.message_codes.iter().map(|list| ident(&list.name));
        exports.push(quote!(pub use self::errors::{#codes #(#messages,)* UnknownCode};));
    }
    if parts.error {
        exports.push(quote!(
            pub use self::error::Error;
        ));
        exports.extend(error::body_export(api));
    }
    let names = parts.public_names();
    if !names.is_empty() {
        let names = names.iter().map(|name| format_ident!("{name}"));
        exports.push(quote!(pub use self::runtime::{#(#names),*};));
    }
    exports
}

/// The docs of the crate; `example` is the code of their example.
pub(super) fn docs(
    api: &Api,
    parts: &Parts,
    shared_errors: &SharedErrors,
    example: Option<&str>,
    layout: Layout,
) -> String {
    let mut sections = vec![first_sentence(api, parts)];
    let is_web_url = |url: &&str| url.starts_with("http") && !url.contains(['>', ' ']);
    if let Some(url) = api.external_docs.as_deref().filter(is_web_url) {
        sections.push(format!("The API's own documentation: <{url}>"));
    }
    if let Some(example) = example {
        let fence = layout.compiled_fence();
        sections.push(format!("# Example\n\n```{fence}\n{example}```"));
    }
    sections.extend(errors_section(api, parts));
    sections.extend(shared_errors.section());
    if let Some(description) = &api.description {
        let description = markdown::sanitize(description);
        sections.push(format!("# Description of the API\n\n{}", description.trim()));
    }
    sections.join("\n\n")
}

fn first_sentence(api: &Api, parts: &Parts) -> String {
    let title = markdown::sanitize(&api.title);
    let what = if parts.client {
        "A client for"
    } else {
        "The errors of"
    };
    let mut text = format!("{what} {}", title.trim());
    if let Some(version) = &api.version {
        let _ = write!(text, ", version {}", markdown::sanitize(version).trim());
    }
    text + "."
}

/// The section on the types of errors, and on the body of an error.
fn errors_section(api: &Api, parts: &Parts) -> Option<String> {
    let mut sentences = Vec::new();
    if parts.client {
        sentences.push(
            "An operation fails with [`Error`]. Its variant `Api` holds the error enum of the operation, which has a \
             variant for each documented error."
                .to_owned(),
        );
        if !api.errors.codes.is_empty() {
            sentences.push("[`ErrorCode`] lists the codes of all operations.".to_owned());
        }
    }
    sentences.push(error::body_docs(api));
    sentences.retain(|sentence| !sentence.is_empty());
    (!sentences.is_empty()).then(|| format!("# Errors\n\n{}", sentences.join(" ")))
}
