//! `$ref`, `allOf` and what stands beside them, merged: several schemas that hold of one value in, one
//! [`Merged`] out. Iterative and bounded by [`FARTHEST`], so neither depth nor cycles matter.

use crate::read::schema::{
    Additional, Constraints, Discriminator, JsonType, Literal, Schema, SchemaId, Schemas,
};
use indexmap::{IndexMap, IndexSet};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What is this many steps of `$ref` and `allOf` away is not looked at. Without an end, a chain of definitions
/// would cost the square of its length.
pub(super) const FARTHEST: usize = 200;

/// As many parts and properties are remembered by [`Merger`]; then it begins anew.
const MOST_REMEMBERED: usize = 1 << 20;

/// Merges, and remembers what single schemas came to: components are asked for again and again.
pub(super) struct Merger<'a> {
    schemas: &'a Schemas,
    known: RefCell<Known>,
}

#[derive(Default)]
struct Known {
    by_schema: HashMap<SchemaId, Rc<Merged>>,
    size: usize,
}

impl<'a> Merger<'a> {
    pub(super) fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            known: RefCell::default(),
        }
    }

    pub(super) fn merge(&self, intersection: &Intersection) -> Rc<Merged> {
        match intersection.single() {
            Some(schema) => self.whole(schema),
            None => Rc::new(merge(self.schemas, intersection)),
        }
    }

    /// Everything that holds of the values of one schema.
    pub(super) fn whole(&self, schema: SchemaId) -> Rc<Merged> {
        if let Some(known) = self.known.borrow().by_schema.get(&schema) {
            return Rc::clone(known);
        }
        let merged = Rc::new(merge(self.schemas, &Intersection::whole(schema)));
        let mut known = self.known.borrow_mut();
        // An entry takes room even where there is little in it.
        known.size += 8 + 2 * merged.parts.len() + 4 * merged.properties.len();
        if known.size > MOST_REMEMBERED {
            *known = Known::default();
        }
        known.by_schema.insert(schema, Rc::clone(&merged));
        merged
    }

    /// Like [`Merger::whole`] of what a schema that is nothing but a `$ref` leads to.
    pub(super) fn target(&self, schema: SchemaId) -> Rc<Merged> {
        self.whole(plain_target(self.schemas, schema))
    }
}

/// What a schema that says nothing but `$ref` refers to, if that is such a schema again what that refers to;
/// otherwise the schema itself.
pub(super) fn plain_target(schemas: &Schemas, schema: SchemaId) -> SchemaId {
    targets(schemas, schema)
        .find(|&id| !only_refers(&schemas[id]))
        .unwrap_or(schema)
}

/// Is it a `$ref` with nothing beside it that generated code shows, but perhaps a text?
pub(super) fn stands_for_another(schema: &Schema) -> bool {
    only_refers(schema)
        && schema.constraints == Constraints::default()
        && schema.default.is_none()
        && !schema.unique_items
}

/// Is it a `$ref` with nothing beside it that bears on the type?
pub(super) fn only_refers(schema: &Schema) -> bool {
    schema.reference.is_some()
        && schema.all_of.is_empty()
        && !schema.nullable
        && schema.format.is_none()
        && schema.discriminator.is_none()
        && schema.content_encoding.is_none()
        && schema.content_media_type.is_none()
        && schema.additional == Additional::Unsaid
        && !says_something(schema)
}

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
pub(super) struct Intersection {
    pub(super) parts: Vec<Part>,
    /// Of the types allowed, only this one.
    pub(super) only: Option<JsonType>,
}

impl Intersection {
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
    /// The first that would hold too, but is too far away to be looked at.
    pub(super) cut_off: Option<SchemaId>,
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
pub(super) fn merge(schemas: &Schemas, intersection: &Intersection) -> Merged {
    let mut merged = Merged::default();
    let mut seen = HashSet::new();
    let mut too_far = Vec::new();
    let mut stack: Vec<(Part, usize)> = intersection.parts.iter().rev().map(|&part| (part, 0)).collect();
    while let Some((part, distance)) = stack.pop() {
        let id = part.schema();
        if distance > FARTHEST {
            too_far.push(id);
            continue;
        }
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
        let below = |id| (below(id), distance + 1);
        stack.extend(schema.all_of.iter().rev().map(|&branch| below(branch)));
        stack.extend(schema.reference.map(below));
    }
    for &id in &merged.whole {
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
    if let Some(only) = intersection.only {
        merged.types = Some(vec![only]);
    }
    // Another way may have been shorter.
    merged.cut_off = too_far
        .into_iter()
        .find(|&id| targets(schemas, id).all(|target| !seen.contains(&target)));
    merged
}

/// A schema and what it refers to, one after the other. References alone never lead back to where they began:
/// the reader sees to that.
pub(super) fn targets(schemas: &Schemas, start: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    std::iter::successors(Some(start), |&id| schemas[id].reference).take(FARTHEST)
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
