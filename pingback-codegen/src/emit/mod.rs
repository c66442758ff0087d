//! The [`Api`] in, items as token streams out; one module for each kind of item. Infallible, since all names
//! were made valid before.

mod client;
mod code_extras;
mod conversions;
pub mod docs;
mod error;
mod error_body;
mod error_code;
mod headers;
mod manifest;
pub mod names;
mod operation;
mod operation_error;
mod root;
mod runtime;
mod samples;
pub mod types;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use crate::model::{Api, Conversions, CredentialKind, TestValues};
use proc_macro2::TokenStream;
use rayon::prelude::*;
use std::fmt::Write as _;

/// One file of the output, before it is text.
#[derive(Debug, Clone)]
pub struct Output {
    /// Relative path with `/`, such as `src/models.rs`.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Items, each formatted on its own; `header` is the file's `//!` documentation and inner attributes.
    Rust {
        /// `//!` and `#![...]`.
        header: TokenStream,
        /// The items in order.
        items: Items,
    },
    /// Text as it is: the runtime, `Cargo.toml`, a README.
    Text(String),
}

/// Items of a file, each as the text of its tokens: that can go to another thread, and takes a fraction of the memory,
/// so that tokens had better be gone one by one.
#[derive(Debug, Clone, Default)]
pub struct Items(pub(crate) Vec<String>);

impl Items {
    /// Makes the items of many things at the same time.
    fn of_all<T: Sync>(things: &[T], items: impl Fn(usize, &T) -> Vec<TokenStream> + Sync) -> Self {
        let texts = things.par_iter().enumerate().flat_map_iter(|(index, thing)| {
            let items = items(index, thing).into_iter();
            items.map(|item| item.to_string())
        });
        Self(texts.collect())
    }

    /// Whether some item names this, as tokens are written.
    fn name(&self, path: &str) -> bool {
        self.0.iter().any(|item| item.contains(path))
    }

    /// Further items at the end.
    fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl FromIterator<TokenStream> for Items {
    fn from_iter<I: IntoIterator<Item = TokenStream>>(items: I) -> Self {
        Self(items.into_iter().map(|item| item.to_string()).collect())
    }
}

impl From<Vec<TokenStream>> for Items {
    fn from(items: Vec<TokenStream>) -> Self {
        items.into_iter().collect()
    }
}

/// Emits a whole crate: `Cargo.toml`, `README.md`, and `src/`.
#[must_use]
pub fn emit(api: &Api, tests: &TestValues) -> Vec<Output> {
    let parts = runtime::parts(api, tests);
    let start = start(api, false);
    let mut outputs = sources(api, tests, None);
    outputs.push(manifest::cargo_toml(api, &parts));
    outputs.push(manifest::readme(api, &parts, start.as_deref()));
    outputs
}

/// Emits `src/` alone, to be a module of another crate: the same code, whose examples are not run, since they
/// cannot know what the other crate is called.
#[must_use]
pub fn emit_module(api: &Api, tests: &TestValues, conversions: Conversions) -> Vec<Output> {
    sources(api, tests, Some(conversions))
}

/// Emits `src/`, for a module with the conversions that it has. A crate has all, each behind a feature.
fn sources(api: &Api, tests: &TestValues, of_module: Option<Conversions>) -> Vec<Output> {
    let examples_run = of_module.is_none();
    let parts = runtime::parts(api, tests);
    let start = start(api, true);
    let errors = error_code::errors(api, parts.client);
    let mut outputs = vec![root::lib(
        api,
        &parts,
        errors.is_some(),
        start.as_deref(),
        of_module,
    )];
    outputs.extend(errors);
    if !api.types.is_empty() {
        let mut models = types::models(api, tests, examples_run);
        if let Content::Rust { items, .. } = &mut models.content {
            items.append(error_body::displays(api).into());
        }
        outputs.push(models);
    }
    if parts.client {
        outputs.push(client::client(api));
        outputs.extend(headers::file(api));
        outputs.extend(root::operations(api, examples_run));
    }
    if parts.error {
        outputs.push(error::file(api));
    }
    outputs.extend(conversions::files(api, of_module));
    outputs.extend(runtime::files(&parts));
    outputs.extend(samples::tests(api, tests));
    outputs
}

/// How to begin: a client with its credentials, and a call with its errors, all or one of them.
fn start(api: &Api, every: bool) -> Option<String> {
    if api.operations.is_empty() {
        return None;
    }
    let mut calls = String::new();
    for credential in &api.credentials {
        let secrets = match credential.kind {
            CredentialKind::Basic => "\"ada\", \"secret\"",
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => "\"secret\"",
        };
        // One is enough, and all that a client cannot be built without.
        if credential.required || calls.is_empty() {
            let _ = write!(calls, ".{}({secrets})", credential.name);
        }
    }
    let absolute = api
        .servers
        .first()
        .is_some_and(|server| server.url.starts_with("http"));
    if !absolute {
        calls.push_str(".base_url(\"https://api.example.com\")");
    }
    Some(operation::start(api, &format!("Client::builder(){calls}"), every))
}
