//! The choices that no document states. Each has a default that serves.

use crate::model::Pace;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What `codegen.toml` or the command line chooses for one API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The name of the crate or module, in snake case; by default made from `info.title`.
    pub name: Option<String>,
    /// What the API is called in documentation; by default `info.title`.
    pub title: Option<String>,
    /// Names for types, by the JSON pointer of their schema.
    pub names: BTreeMap<String, String>,
    /// What is set on the client.
    pub client: ClientOptions,
    /// How errors are recognised.
    pub errors: ErrorOptions,
    /// Whether the output carries tests made from the document's examples.
    #[cfg(feature = "tests")]
    pub tests: bool,
}

/// What is set on the client.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClientOptions {
    /// Headers that are set once on the client, and how; others are found by themselves.
    pub headers: IndexMap<String, HeaderRole>,
    /// A request rate to keep to.
    pub pace: Option<Pace>,
}

/// How a header parameter is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderRole {
    /// Set once on the client, and kept secret.
    Secret,
    /// Set once on the client.
    Client,
    /// Given with each call.
    Call,
}

/// How errors are recognised.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ErrorOptions {
    /// JSON pointer of the code in an error body; found by itself by default.
    pub code: Option<String>,
    /// JSON pointer of the message.
    pub message: Option<String>,
    /// JSON pointer of the request id.
    pub request_id: Option<String>,
    /// Catalogue codes that every operation can return, by code; by default those with status 401, 403, 429
    /// or 5xx. `[]` for none.
    pub everywhere: Option<Vec<String>>,
}
