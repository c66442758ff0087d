//! The options of an output. Each has a default.

use crate::diagnostic::Severity;
#[cfg(feature = "tests")]
use crate::model::Direction;
use crate::model::{Conversions, Pace};
use crate::names::{Lock, LockedNames};
#[cfg(feature = "tests")]
use crate::pointer::Pointer;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The options that `codegen.toml` or the command line sets for one output.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The name of the crate or module, in snake case; derived from `info.title` by default.
    pub name: Option<String>,
    /// The name of the API in documentation; `info.title` by default.
    pub title: Option<String>,
    /// Names for types, keyed by the JSON pointer of the schema, and for methods, keyed by the JSON pointer of the
    /// operation (`/paths/~1pets/get`). They take precedence over the lock file and over derived names.
    pub names: BTreeMap<String, String>,
    /// The settings of the client.
    pub client: ClientOptions,
    /// How schemas become types.
    pub types: TypeOptions,
    /// Where error bodies have their code, message and request id.
    pub errors: ErrorOptions,
    /// The conversions of errors that a module implements; a crate has a Cargo feature for each.
    pub conversions: Conversions,
    /// The names and the order of arguments that earlier runs assigned; `None` if there is no lock file.
    pub lock: Option<Lock>,
    /// Severities of rules, and accepted findings.
    pub findings: FindingOptions,
    /// Which operations are generated; all by default.
    pub select: Select,
    /// Does the output contain tests made from the document's examples?
    #[cfg(feature = "tests")]
    pub tests: bool,
    /// Further values for such tests. The caller has to know that they are valid
    /// ([`Validator`](crate::validate::Validator)).
    #[cfg(feature = "tests")]
    pub samples: Vec<SchemaSamples>,
}

impl Options {
    /// The names in the lock file for an API.
    pub(crate) fn locked_names(&self, api_name: &str) -> &LockedNames {
        self.lock
            .as_ref()
            .map_or(LockedNames::NONE, |lock| lock.of(api_name))
    }
}

/// Values of one schema for the generated tests. If several schemas have the same type, only the values of the first
/// one are used.
#[cfg(feature = "tests")]
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaSamples {
    /// The JSON pointer of the schema.
    pub schema: Pointer,
    /// Whether the values are sent or received.
    pub direction: Direction,
    /// Valid values.
    pub values: Vec<serde_json::Value>,
}

/// Severities of rules, and accepted findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindingOptions {
    /// The severity of each rule, by name; `None` turns the rule off.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// Findings that are not reported.
    pub accept: Vec<Accept>,
}

/// A finding that is not reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accept {
    /// The name of the rule.
    pub rule: String,
    /// Which findings of the rule: their subject (such as a code), a JSON pointer at or above their place, their file,
    /// or words of their message. None of these changes when lines are added above it.
    pub at: String,
    /// Why the finding is accepted.
    pub reason: String,
    /// The byte range of the entry in the configuration file.
    pub place: Option<(u32, u32)>,
}

/// The operations to generate: those that match a list, or all if the lists are empty, without those that match an
/// exclusion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Select {
    /// Operations with these tags.
    pub tags: Vec<String>,
    /// Operations with these path templates; `/pets/*` matches all that start with `/pets/`.
    pub paths: Vec<String>,
    /// Operations with these ids.
    pub operations: Vec<String>,
    /// Excluded tags.
    pub exclude_tags: Vec<String>,
    /// Excluded path templates.
    pub exclude_paths: Vec<String>,
    /// Excluded operation ids.
    pub exclude_operations: Vec<String>,
    /// Are schemas generated that no selected operation uses? By default only if all operations are selected.
    pub unused_schemas: Option<UnusedSchemas>,
}

impl Select {
    /// Does the selection exclude any operation?
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

/// The treatment of schemas that no operation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnusedSchemas {
    /// They become types.
    Keep,
    /// They are left out.
    Prune,
}

/// The settings of the client.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClientOptions {
    /// How header parameters are set, by header name; detected for headers that are not listed.
    pub headers: IndexMap<String, HeaderRole>,
    /// The request rate that the client does not exceed.
    pub pace: Option<Pace>,
}

/// How schemas become types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeOptions {
    /// The schemas that become checked types.
    pub checked: Checks,
}

/// The schemas that become checked types, whose values satisfy keywords such as `maxLength`. For all other schemas
/// such keywords appear in the documentation only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Checks {
    /// No schemas.
    #[default]
    Nothing,
    /// All schemas with such keywords.
    All,
    /// The listed schemas.
    Only(Vec<CheckedSchema>),
}

/// A schema that becomes a checked type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSchema {
    /// The name of a component schema, or the JSON pointer of any schema.
    pub at: String,
    /// The byte range of this entry in the configuration file.
    pub place: Option<(u32, u32)>,
}

impl Checks {
    /// Parses the words of a command line: `all` alone means all schemas; other words are component names or JSON
    /// pointers.
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

/// How a header parameter is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderRole {
    /// Once on the client, as a secret that no output shows.
    Secret,
    /// Once on the client.
    Client,
    /// With each call.
    Call,
}

/// Where error bodies have their code, message and request id.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ErrorOptions {
    /// JSON pointer of the code in an error body; detected by default.
    pub code: Option<String>,
    /// JSON pointer of the message; detected by default.
    pub message: Option<String>,
    /// JSON pointer of the request id; detected by default.
    pub request_id: Option<String>,
    /// The catalogue codes that every operation can return; by default those with status 401, 403, 429 or 5xx. An empty
    /// list means none.
    pub everywhere: Option<Vec<String>>,
}
