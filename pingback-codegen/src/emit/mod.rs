//! Emits the files of the output from an [`Api`]: a module for each file or kind of item.
//!
//! It cannot fail, since every name of the model is a valid Rust name.

mod client;
mod conversions;
mod crate_root;
mod docs;
mod error;
mod error_body;
mod error_code;
mod file;
mod headers;
mod lints;
mod manifest;
mod markdown;
mod names;
mod operation;
mod paths;
mod readme;
mod runtime;
mod samples;
mod tokens;
mod types;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use file::{Content, Output};

use crate::model::{Api, Conversions, CredentialKind, TestValues};
use operation::{SharedErrors, ShownErrors, first_example};
use std::fmt::Write as _;

/// Emits a whole crate: `Cargo.toml`, `README.md`, and `src/`.
#[must_use]
pub fn emit(api: &Api, tests: &TestValues) -> Vec<Output> {
    let parts = runtime::parts(api, tests);
    let example = first_example(api, &client_builder(api), ShownErrors::First);
    let mut outputs = sources(api, tests, Layout::Crate);
    outputs.push(manifest::file(api, &parts));
    outputs.push(readme::file(api, &parts, example.as_deref()));
    outputs
}

/// Emits `src/` alone, to be a module of another crate, with these conversions of errors. Its examples are not compiled,
/// since they cannot name that crate.
#[must_use]
pub fn emit_module(api: &Api, tests: &TestValues, conversions: Conversions) -> Vec<Output> {
    sources(api, tests, Layout::Module(conversions))
}

/// How the output is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// As a crate. It has all conversions of errors, each behind a Cargo feature.
    Crate,
    /// As a module of another crate, with these conversions of errors.
    Module(Conversions),
}

impl Layout {
    /// The info string of an example that is compiled and not run.
    fn compiled_fence(self) -> &'static str {
        match self {
            Self::Crate => "no_run",
            Self::Module(_) => "ignore",
        }
    }

    /// The info string of an example that is run.
    fn runnable_fence(self) -> &'static str {
        match self {
            Self::Crate => "",
            Self::Module(_) => "ignore",
        }
    }
}

fn sources(api: &Api, tests: &TestValues, layout: Layout) -> Vec<Output> {
    let parts = runtime::parts(api, tests);
    let example = first_example(api, &client_builder(api), ShownErrors::All);
    let shared_errors = SharedErrors::of(api);
    let docs = crate_root::docs(api, &parts, &shared_errors, example.as_deref(), layout);
    let mut outputs = vec![crate_root::file(api, &parts, &docs, layout)];
    outputs.extend(error_code::file(api));
    outputs.extend(types::file(api, tests, layout));
    if parts.client {
        outputs.push(client::file(api));
        outputs.extend(headers::file(api));
        outputs.extend(operation::files(api, layout, &shared_errors));
    }
    if parts.error {
        outputs.push(error::file(api));
    }
    outputs.extend(conversions::files(api, layout));
    outputs.extend(runtime::files(&parts));
    outputs.extend(samples::tests(api, tests));
    outputs
}

/// The expression with which an example starts to build a client.
fn client_builder(api: &Api) -> String {
    let mut builder = "Client::builder()".to_owned();
    for (index, credential) in api.credentials.iter().enumerate() {
        let arguments = match credential.kind {
            CredentialKind::Basic => "\"ada\", \"secret\"",
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => "\"secret\"",
        };
        // The first is shown as an example, further ones only if a client cannot be built without them.
        if credential.required || index == 0 {
            let _ = write!(builder, ".{}({arguments})", credential.name);
        }
    }
    let has_absolute_url = api
        .servers
        .first()
        .is_some_and(|server| server.url.starts_with("http"));
    if !has_absolute_url {
        builder += ".base_url(\"https://api.example.com\")";
    }
    builder
}
