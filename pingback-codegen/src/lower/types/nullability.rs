//! Finds out whether `null` is valid for a value that several schemas apply to.

use super::intersection::{Coverage, Part};
use super::references::{MAX_DISTANCE, has_type_keywords};
use crate::read::schema::{Schema, SchemaId, Schemas};
use std::collections::{HashMap, HashSet};

/// What schemas state about `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Nullability {
    /// Nothing: `null` is as valid as any other value.
    #[default]
    Unstated,
    Allowed,
    Denied,
}

impl Nullability {
    /// What the schema's own keywords state.
    fn of(schema: &Schema) -> Self {
        if schema.nullable {
            Self::Allowed
        } else if schema.has_stated_types() || schema.enumeration.is_some() || schema.boolean == Some(false) {
            Self::Denied
        } else {
            Self::Unstated
        }
    }

    /// What is stated if both apply.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Denied, _) | (_, Self::Denied) => Self::Denied,
            (Self::Allowed, _) | (_, Self::Allowed) => Self::Allowed,
            (Self::Unstated, Self::Unstated) => Self::Unstated,
        }
    }
}

/// What schemas that apply together state about `null`.
#[derive(Debug, Default)]
pub(super) struct NullRules {
    /// What they state, apart from `oneOf` and `anyOf`.
    pub(super) stated: Nullability,
    /// The schemas that `null` need not satisfy, since `nullable: true` stands around each place where they apply.
    exempt: HashMap<SchemaId, bool>,
}

impl NullRules {
    /// The rules of `parts` with their `$ref`s and `allOf`s, as far as they are among `applied`. `nullable: true` without
    /// `type` (OpenAPI 3.0) adds `null` to what the schema's `$ref` and `allOf` allow. If it is the only keyword, it
    /// adds `null` to what the schemas beside it allow.
    pub(super) fn of(schemas: &Schemas, parts: &[Part], applied: &HashSet<SchemaId>) -> Self {
        let all = applied.iter().map(|&id| &schemas[id]);
        let mut rules = Self::default();
        if all.clone().all(|schema| !schema.nullable) {
            rules.stated = all.map(Nullability::of).fold(rules.stated, Nullability::and);
            return rules;
        }
        let mut search = Search {
            schemas,
            applied,
            rules,
            found: HashMap::new(),
        };
        let has_or_null = parts.iter().any(|part| is_only_or_null(&schemas[part.schema]));
        let mut stated = Nullability::Unstated;
        for part in parts {
            stated = stated.and(match part.coverage {
                Coverage::OwnKeywords => Nullability::of(&schemas[part.schema]),
                Coverage::Whole | Coverage::NothingRequired => search.visit(part.schema, has_or_null, 0),
            });
        }
        search.rules.stated = if has_or_null { Nullability::Allowed } else { stated };
        search.rules
    }

    /// Whether `null` is valid, whatever the alternatives of `schema` allow.
    pub(super) fn is_exempt(&self, schema: SchemaId) -> bool {
        self.exempt.get(&schema).copied().unwrap_or_default()
    }
}

struct Search<'s> {
    schemas: &'s Schemas,
    applied: &'s HashSet<SchemaId>,
    rules: NullRules,
    found: HashMap<SchemaId, Nullability>,
}

impl Search<'_> {
    /// What a schema states with its `$ref` and `allOf`. `is_exempt` is whether `nullable: true` stands around it.
    fn visit(&mut self, id: SchemaId, is_exempt: bool, distance: usize) -> Nullability {
        if distance > MAX_DISTANCE || !self.applied.contains(&id) {
            return Nullability::Unstated;
        }
        let is_exempt_elsewhere = self.rules.exempt.entry(id).or_insert(is_exempt);
        *is_exempt_elsewhere &= is_exempt;
        if let Some(&found) = self.found.get(&id) {
            return found;
        }
        // Ends the search in a cycle.
        self.found.insert(id, Nullability::Unstated);
        let schema = &self.schemas[id];
        let mut parts = schema.all_of.iter();
        let has_or_null = schema.or_null || parts.any(|&part| is_only_or_null(&self.schemas[part]));
        let mut stated = Nullability::of(schema);
        for &inner in schema.reference.iter().chain(&schema.all_of) {
            stated = stated.and(self.visit(inner, is_exempt || has_or_null, distance + 1));
        }
        if has_or_null {
            stated = Nullability::Allowed;
        }
        self.found.insert(id, stated);
        stated
    }
}

/// Whether `nullable: true` is the only keyword of a schema that affects the type.
fn is_only_or_null(schema: &Schema) -> bool {
    schema.or_null && schema.reference.is_none() && schema.all_of.is_empty() && !has_type_keywords(schema)
}
