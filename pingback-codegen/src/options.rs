//! The choices that no document states. Each has a default that serves.

use crate::diagnostic::Severity;
use crate::model::{Conversions, Pace};
use crate::names::Lock;
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
    /// Names for types, by the JSON pointer of their schema, and for the methods of operations, by that of theirs
    /// (`/paths/~1pets/get`). They hold before any name that is derived.
    pub names: BTreeMap<String, String>,
    /// What is set on the client.
    pub client: ClientOptions,
    /// What schemas become.
    pub types: TypeOptions,
    /// How errors are recognised.
    pub errors: ErrorOptions,
    /// What an error turns into by itself, where the output is a module.
    pub conversions: Conversions,
    /// The names that error codes have already.
    pub lock: Lock,
    /// What is thought of findings.
    pub findings: FindingOptions,
    /// Which operations are generated; all by default.
    pub select: Select,
    /// Whether the output carries tests made from the document's examples.
    #[cfg(feature = "tests")]
    pub tests: bool,
    /// Values that are made up for such tests.
    #[cfg(feature = "tests")]
    pub instances: InstanceOptions,
}

/// Random values, which the types in the output have to hold as they hold the document's own examples.
#[cfg(feature = "tests")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InstanceOptions {
    /// How many of each schema; none by default.
    pub each: usize,
    /// The same seed gives the same values.
    pub seed: u64,
}

/// What is thought of findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindingOptions {
    /// How bad the findings of a rule are, by its name; `None` switches it off.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// Findings that are known and accepted.
    pub accept: Vec<Accept>,
}

/// A finding that is known and accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accept {
    /// The name of its rule.
    pub rule: String,
    /// Which of the rule's findings: what it is about (a code), a JSON pointer at or above its place, the file
    /// it is in, or words of its message. None of these changes when lines are added above it.
    pub at: String,
    /// Why.
    pub reason: String,
    /// The byte range of the entry in its file.
    pub place: Option<(u32, u32)>,
}

/// Which operations are generated: those that one of the lists names, or all if the lists are empty, less those
/// that one of the lists of exclusions names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Select {
    /// By tag.
    pub tags: Vec<String>,
    /// By path template; `/pets/*` names all that start with `/pets/`.
    pub paths: Vec<String>,
    /// By operationId.
    pub operations: Vec<String>,
    /// Not those with these tags.
    pub exclude_tags: Vec<String>,
    /// Not those of these paths.
    pub exclude_paths: Vec<String>,
    /// Not these operations.
    pub exclude_operations: Vec<String>,
    /// What becomes of schemas that no selected operation uses: by default they are kept if everything is
    /// selected.
    pub unused_schemas: Option<UnusedSchemas>,
}

impl Select {
    /// Is anything left out?
    #[must_use]
    pub fn is_selective(&self) -> bool {
        [
            &self.tags,
            &self.paths,
            &self.operations,
            &self.exclude_tags,
            &self.exclude_paths,
            &self.exclude_operations,
        ]
        .iter()
        .any(|list| !list.is_empty())
    }
}

/// What becomes of schemas that no operation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnusedSchemas {
    /// They become types all the same.
    Keep,
    /// They are left out.
    Prune,
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

/// What schemas become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeOptions {
    /// Which schemas become types of their own whose values keep the limits of the document, such as `maxLength`;
    /// elsewhere these are documentation only.
    pub checked: Checks,
}

/// Which schemas become types whose values keep the limits of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Checks {
    /// None.
    #[default]
    Nothing,
    /// All that have limits.
    All,
    /// These.
    Only(Vec<CheckedSchema>),
}

/// A schema that becomes a type whose values keep its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSchema {
    /// The name of a component, or the JSON pointer of any schema.
    pub at: String,
    /// The byte range of this entry in its file.
    pub place: Option<(u32, u32)>,
}

impl Checks {
    /// `all` alone stands for all schemas; any other texts are names of components or JSON pointers.
    #[must_use]
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let list: Vec<CheckedSchema> = texts
            .into_iter()
            .map(|at| CheckedSchema {
                at: at.to_owned(),
                place: None,
            })
            .collect();
        match list.as_slice() {
            [] => Self::Nothing,
            [only] if only.at == "all" => Self::All,
            _ => Self::Only(list),
        }
    }
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
