//! `$ref`, `allOf` and what stands beside them, merged: several schemas that hold of one value in, one
//! [`Merged`] out. Iterative and bounded by the number of schemas, so neither depth nor cycles matter.

use crate::read::schema::{Additional, Discriminator, JsonType, Literal, Schema, SchemaId, Schemas};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// A schema that holds of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// All of it.
    Whole(SchemaId),
    /// Its own keywords less `oneOf` and `anyOf`, since one of their branches has been chosen.
    Bare(SchemaId),
    /// Everything it describes, and nothing that it requires: one of several branches that are taken as one.
    Loose(SchemaId),
}

impl Part {
    pub(super) fn schema(self) -> SchemaId {
        let (Part::Whole(id) | Part::Bare(id) | Part::Loose(id)) = self;
        id
    }
}

/// Schemas that all hold of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Meet {
    pub(super) parts: Vec<Part>,
    /// Of the types allowed, only this one.
    pub(super) only: Option<JsonType>,
}

impl Meet {
    pub(super) fn whole(schema: SchemaId) -> Self {
        Self {
            parts: vec![Part::Whole(schema)],
            only: None,
        }
    }

    pub(super) fn all(schemas: impl IntoIterator<Item = SchemaId>) -> Self {
        Self {
            parts: schemas.into_iter().map(Part::Whole).collect(),
            only: None,
        }
    }

    /// The schema of a meeting of one.
    pub(super) fn single(&self) -> Option<SchemaId> {
        match (self.parts.as_slice(), self.only) {
            ([Part::Whole(schema)], None) => Some(*schema),
            _ => None,
        }
    }

    pub(super) fn schemas(&self) -> impl Iterator<Item = SchemaId> + '_ {
        self.parts.iter().map(|part| part.schema())
    }
}

/// Alternatives: `oneOf` or `anyOf` of one schema.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) branches: Vec<SchemaId>,
}

/// All that holds of a value, from several schemas.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub(super) struct Merged {
    /// The schemas whose own keywords hold, the first mentioned first.
    pub(super) parts: Vec<SchemaId>,
    /// Those of which nothing was left out.
    pub(super) whole: Vec<SchemaId>,
    pub(super) nullable: bool,
    /// Nothing is valid: a `false` schema.
    pub(super) never: bool,
    /// `None` if nobody says.
    pub(super) types: Option<Vec<JsonType>>,
    /// The schemas ask for types that exclude one another.
    pub(super) conflict: bool,
    pub(super) format: Option<String>,
    pub(super) enumeration: Option<Vec<Literal>>,
    /// The schema that `enumeration` is from.
    pub(super) enumerated_by: Option<SchemaId>,
    pub(super) properties: IndexMap<String, Vec<SchemaId>>,
    pub(super) required: IndexSet<String>,
    pub(super) additional: Vec<SchemaId>,
    pub(super) additional_any: bool,
    pub(super) additional_denied: bool,
    pub(super) items: Vec<SchemaId>,
    pub(super) prefix_items: Vec<SchemaId>,
    pub(super) choices: Vec<Choice>,
    pub(super) discriminator: Option<Discriminator>,
}

/// Does the schema say anything that bears on the type, besides `$ref` and `allOf`?
pub(super) fn says_something(schema: &Schema) -> bool {
    schema.boolean == Some(false)
        || !schema.types.is_empty()
        || schema.enumeration.is_some()
        || !schema.properties.is_empty()
        || !schema.required.is_empty()
        || !matches!(schema.additional, Additional::Unsaid | Additional::Any)
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
}

/// Merges everything that holds.
pub(super) fn merge(schemas: &Schemas, meet: &Meet) -> Merged {
    let mut merged = Merged::default();
    let mut seen = HashSet::new();
    let mut stack: Vec<Part> = meet.parts.iter().rev().copied().collect();
    while let Some(part) = stack.pop() {
        let id = part.schema();
        if !seen.insert(id) {
            continue;
        }
        let schema = &schemas[id];
        merged.parts.push(id);
        take(&mut merged, id, schema);
        if !matches!(part, Part::Loose(_)) {
            merged.required.extend(schema.required.iter().cloned());
        }
        let below = match part {
            Part::Whole(_) => {
                merged.whole.push(id);
                Part::Whole
            }
            Part::Loose(_) => Part::Loose,
            Part::Bare(_) => continue,
        };
        stack.extend(schema.all_of.iter().rev().map(|&branch| below(branch)));
        stack.extend(schema.reference.map(below));
    }
    for id in merged.whole.clone() {
        let schema = &schemas[id];
        for branches in [&schema.one_of, &schema.any_of] {
            // `Cat: allOf [Pet]` beside `Pet: oneOf [Cat, Dog]`: the choice has been made.
            // A branch that is the owner itself says nothing of that.
            let chosen = branches.iter().any(|&branch| {
                targets(schemas, branch).all(|target| target != id)
                    && targets(schemas, branch).any(|target| seen.contains(&target))
            });
            let matters = branches.iter().any(|&branch| branch_matters(schemas, branch));
            if !chosen && matters {
                merged.choices.push(Choice {
                    branches: branches.clone(),
                });
            }
        }
    }
    if let Some(only) = meet.only {
        merged.types = Some(vec![only]);
    }
    merged
}

/// A schema and what it refers to, one after the other.
pub(super) fn targets(schemas: &Schemas, start: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    let mut seen = HashSet::new();
    std::iter::successors(Some(start), |&id| schemas[id].reference).take_while(move |&id| seen.insert(id))
}

/// A branch that only requires members chooses no type.
fn branch_matters(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = &schemas[id];
    schema.reference.is_some()
        || !schema.all_of.is_empty()
        || schema.boolean == Some(true)
        || (says_something(schema) && !only_requires(schemas, schema))
        || (schema.title.is_some() && schema.required.is_empty())
}

fn only_requires(schemas: &Schemas, schema: &Schema) -> bool {
    schema.enumeration.is_none()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && !schema.required.is_empty()
        && matches!(schema.additional, Additional::Unsaid | Additional::Any)
        && schema.types.iter().all(|ty| *ty == JsonType::Object)
        && schema.properties.values().all(|&property| {
            let property = &schemas[property];
            !says_something(property) && property.reference.is_none() && property.all_of.is_empty()
        })
}

fn take(merged: &mut Merged, id: SchemaId, schema: &Schema) {
    merged.nullable |= schema.nullable;
    merged.never |= schema.boolean == Some(false);
    if !schema.types.is_empty() {
        merged.types = Some(match merged.types.take() {
            None => schema.types.clone(),
            Some(before) => {
                let both = common_types(&before, &schema.types);
                merged.conflict |= both.is_empty();
                if both.is_empty() { before } else { both }
            }
        });
    }
    if merged.format.is_none() {
        merged.format.clone_from(&schema.format);
    }
    if let Some(values) = &schema.enumeration {
        let narrowed = merged.enumeration.as_ref().map(|before| {
            before
                .iter()
                .filter(|a| values.iter().any(|b| a.value == b.value))
                .cloned()
                .collect::<Vec<_>>()
        });
        match narrowed {
            None => {
                merged.enumeration = Some(values.clone());
                merged.enumerated_by = Some(id);
            }
            Some(both) if both.is_empty() && !values.is_empty() => merged.conflict = true,
            Some(both) => merged.enumeration = Some(both),
        }
    }
    for (name, &property) in &schema.properties {
        merged.properties.entry(name.clone()).or_default().push(property);
    }
    match schema.additional {
        Additional::Unsaid => {}
        Additional::Any => merged.additional_any = true,
        Additional::Denied => merged.additional_denied = true,
        Additional::Schema(additional) => merged.additional.push(additional),
    }
    merged.items.extend(schema.items);
    if merged.prefix_items.is_empty() {
        merged.prefix_items.clone_from(&schema.prefix_items);
    }
    if merged.discriminator.is_none() {
        merged.discriminator.clone_from(&schema.discriminator);
    }
}

fn common_types(a: &[JsonType], b: &[JsonType]) -> Vec<JsonType> {
    let mut both: Vec<JsonType> = Vec::new();
    for &ty in a {
        let narrower = match ty {
            _ if b.contains(&ty) => Some(ty),
            JsonType::Integer if b.contains(&JsonType::Number) => Some(JsonType::Integer),
            JsonType::Number if b.contains(&JsonType::Integer) => Some(JsonType::Integer),
            _ => None,
        };
        if let Some(ty) = narrower
            && !both.contains(&ty)
        {
            both.push(ty);
        }
    }
    both
}

impl Merged {
    /// Is it about objects with properties of their own?
    pub(super) fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// The one type it has: said, or seen from the keywords.
    pub(super) fn json_type(&self) -> Option<JsonType> {
        match self.types.as_deref() {
            Some([ty]) => Some(*ty),
            None if self.has_properties()
                || !self.additional.is_empty()
                || self.additional_denied
                || !self.required.is_empty() =>
            {
                Some(JsonType::Object)
            }
            None if !self.items.is_empty() || !self.prefix_items.is_empty() => Some(JsonType::Array),
            Some(_) | None => None,
        }
    }

    /// Says nothing of a value but, perhaps, that it can be null.
    pub(super) fn is_anything(&self) -> bool {
        self.types.is_none()
            && self.enumeration.is_none()
            && self.choices.is_empty()
            && self.json_type().is_none()
    }
}
