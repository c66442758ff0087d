//! The keys of `codegen.toml`, with the byte ranges that diagnostics point to.

use crate::diagnostic::Severity;
use crate::model::Conversions;
use crate::options::{CheckedSchema, Checks, ClientOptions, ErrorOptions, Select};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::collections::BTreeMap;
use toml::Spanned;

/// A deserialized `codegen.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) output: Vec<Spanned<Output>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Output {
    pub(super) name: Option<Spanned<String>>,
    pub(super) title: Option<String>,
    pub(super) spec: Option<String>,
    pub(super) overlays: Vec<String>,
    pub(super) allow_outside: bool,
    pub(super) errors: Vec<Catalogue>,
    pub(super) out: Option<Spanned<String>>,
    pub(super) names: BTreeMap<String, String>,
    pub(super) client: ClientOptions,
    pub(super) error_model: ErrorOptions,
    pub(super) conversions: Conversions,
    pub(super) types: Types,
    pub(super) select: Select,
    pub(super) severity: BTreeMap<Spanned<String>, Level>,
    pub(super) accept: Vec<Spanned<Accept>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Types {
    pub(super) checked: Checked,
}

/// `"all"` or a list of schemas.
#[derive(Debug, Default)]
pub(super) struct Checked(pub(super) Checks);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllOrList;
        impl<'de> Visitor<'de> for AllOrList {
            type Value = Checked;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`all`, or a list of component names and JSON pointers")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Checked, E> {
                if text == "all" {
                    return Ok(Checked(Checks::All));
                }
                Err(E::invalid_value(Unexpected::Str(text), &self))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Checked, A::Error> {
                let mut schemas = Vec::new();
                while let Some(at) = list.next_element::<Spanned<String>>()? {
                    let place = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
                    schemas.push(CheckedSchema {
                        place: Some((place(at.span().start), place(at.span().end))),
                        at: at.into_inner(),
                    });
                }
                Ok(Checked(if schemas.is_empty() {
                    Checks::Nothing
                } else {
                    Checks::Only(schemas)
                }))
            }
        }
        deserializer.deserialize_any(AllOrList)
    }
}

/// The severity of a rule.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Off,
    Note,
    Warning,
    Error,
}

impl Level {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accept {
    pub(super) rule: Spanned<String>,
    pub(super) at: Spanned<String>,
    pub(super) reason: Spanned<String>,
}

/// `"errors.md"` or `{ path = "errors.md", form = "page" }`.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub(super) path: String,
    pub(super) form: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            path: String,
            form: Option<Spanned<String>>,
        }
        struct StringOrTable;
        impl<'de> Visitor<'de> for StringOrTable {
            type Value = Catalogue;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path or a table with `path` and `form`")
            }

            fn visit_str<E: serde::de::Error>(self, path: &str) -> Result<Catalogue, E> {
                Ok(Catalogue {
                    path: path.to_owned(),
                    form: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Catalogue, A::Error> {
                let Table { path, form } = Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Catalogue { path, form })
            }
        }
        deserializer.deserialize_any(StringOrTable)
    }
}
