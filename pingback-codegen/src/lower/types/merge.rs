//! Merges the keywords of all schemas that apply to one value: `$ref` and `allOf` are followed. The search is iterative
//! and ends at [`MAX_DISTANCE`], so neither depth nor cycles are a problem.

use super::intersection::{Coverage, Intersection, Part};
use super::nullability::{NullRules, Nullability};
use super::references::{MAX_DISTANCE, has_type_keywords, plain_target, targets};
use crate::read::schema::{Additional, Discriminator, JsonType, Literal, Schema, SchemaId, Schemas};
use indexmap::{IndexMap, IndexSet};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The cache of [`Merger`] is emptied when its estimated number of parts and properties exceeds this.
const MAX_CACHED: usize = 1 << 20;

/// Merges, and caches the result for single schemas: components are merged at each of their uses.
pub(super) struct Merger<'a> {
    schemas: &'a Schemas,
    cache: RefCell<Cache>,
}

#[derive(Default)]
struct Cache {
    by_schema: HashMap<SchemaId, Rc<Merged>>,
    size: usize,
}

impl<'a> Merger<'a> {
    pub(super) fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            cache: RefCell::default(),
        }
    }

    /// The merged keywords of an intersection.
    pub(super) fn merge(&self, intersection: &Intersection) -> Rc<Merged> {
        match intersection.single() {
            Some(schema) => self.whole(schema),
            None => Rc::new(merge(self.schemas, intersection)),
        }
    }

    /// The merged keywords of one schema.
    pub(super) fn whole(&self, schema: SchemaId) -> Rc<Merged> {
        if let Some(cached) = self.cache.borrow().by_schema.get(&schema) {
            return Rc::clone(cached);
        }
        let merged = Rc::new(merge(self.schemas, &Intersection::whole(schema)));
        let mut cache = self.cache.borrow_mut();
        // An entry takes space even if there is little in it.
        cache.size += 8 + 2 * merged.parts.len() + 4 * merged.properties.len();
        if cache.size > MAX_CACHED {
            *cache = Cache::default();
        }
        cache.by_schema.insert(schema, Rc::clone(&merged));
        merged
    }

    /// The merged keywords of one schema. If it is only a `$ref`, the result for its target is shared, which lacks the
    /// texts beside the `$ref`.
    pub(super) fn target(&self, schema: SchemaId) -> Rc<Merged> {
        self.whole(plain_target(self.schemas, schema))
    }
}

/// Alternatives: `oneOf` or `anyOf` of one schema.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// The schema that has the alternatives.
    of: SchemaId,
    pub(super) branches: Vec<SchemaId>,
    /// Whether a value may satisfy several branches at once.
    pub(super) is_any_of: bool,
    /// Whether `null` is valid, whatever the branches are.
    pub(super) allows_null: bool,
}

/// The merged keywords of all schemas that apply to a value.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub(super) struct Merged {
    /// The schemas whose own keywords apply, in the order in which they are referred to.
    pub(super) parts: Vec<SchemaId>,
    /// Those of them that apply completely.
    pub(super) whole: Vec<SchemaId>,
    /// What the schemas state about `null`, apart from `choices`.
    pub(super) null: Nullability,
    /// Whether nothing is valid, since one of the schemas is `false`.
    pub(super) never: bool,
    /// `None` if no schema has `type`.
    pub(super) types: Option<Vec<JsonType>>,
    /// Whether the schemas require types or values that exclude one another.
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
    /// The first schema that was left out because of its distance.
    pub(super) cut_off: Option<SchemaId>,
}

impl Merged {
    /// Whether it describes objects with listed properties.
    pub(super) fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// The one JSON type of all values: by `type`, or by keywords that apply to one type only.
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

    /// Whether no value is valid, since types or listed values exclude one another.
    pub(super) fn is_contradictory(&self) -> bool {
        self.conflict && (self.types.is_some() || self.enumeration.is_some())
    }

    /// Whether every value except `null` is valid.
    pub(super) fn is_anything(&self) -> bool {
        self.types.is_none()
            && self.enumeration.is_none()
            && self.choices.is_empty()
            && self.json_type().is_none()
    }
}

/// Schemas that apply to one value, and their merged keywords.
#[derive(Clone, Copy)]
pub(super) struct MergedSchemas<'s> {
    pub(super) intersection: &'s Intersection,
    pub(super) merged: &'s Merged,
}

impl MergedSchemas<'_> {
    /// The schema that findings are reported at.
    pub(super) fn place(&self) -> SchemaId {
        self.intersection.schemas().next().unwrap_or(SchemaId(0))
    }
}

fn merge(schemas: &Schemas, intersection: &Intersection) -> Merged {
    let mut merged = Merged::default();
    let mut seen = HashSet::new();
    let mut too_far = Vec::new();
    let mut stack: Vec<(Part, usize)> = intersection.parts.iter().rev().map(|&part| (part, 0)).collect();
    while let Some((part, distance)) = stack.pop() {
        let id = part.schema;
        if distance > MAX_DISTANCE {
            too_far.push(id);
            continue;
        }
        if !seen.insert(id) {
            continue;
        }
        let schema = &schemas[id];
        merged.parts.push(id);
        add_keywords(&mut merged, id, schema);
        if part.coverage != Coverage::NothingRequired {
            merged.required.extend(schema.required.iter().cloned());
        }
        match part.coverage {
            Coverage::Whole => merged.whole.push(id),
            Coverage::NothingRequired => {}
            Coverage::OwnKeywords => continue,
        }
        let below = |schema| (Part { schema, ..part }, distance + 1);
        stack.extend(schema.all_of.iter().rev().map(|&branch| below(branch)));
        stack.extend(schema.reference.map(below));
    }
    for &part in &merged.parts {
        for (name, &member) in &schemas[part].conditional {
            let described = || vec![member];
            merged.properties.entry(name.clone()).or_insert_with(described);
        }
    }
    let null = NullRules::of(schemas, &intersection.parts, &seen);
    merged.null = null.stated;
    merged.choices = open_choices(schemas, &merged.whole, &seen);
    for choice in &mut merged.choices {
        choice.allows_null = schemas[choice.of].nullable || null.is_exempt(choice.of);
    }
    if let Some(only) = intersection.only {
        merged.types = Some(vec![only]);
    }
    // Another path may have been shorter.
    let mut too_far = too_far.into_iter();
    merged.cut_off = too_far.find(|&id| targets(schemas, id).all(|target| !seen.contains(&target)));
    merged
}

/// The alternatives of schemas that apply, if any of them is still possible. `seen` are all schemas that apply.
fn open_choices(schemas: &Schemas, whole: &[SchemaId], seen: &HashSet<SchemaId>) -> Vec<Choice> {
    let mut choices = Vec::new();
    for &id in whole {
        let schema = &schemas[id];
        for (branches, is_any_of) in [(&schema.one_of, false), (&schema.any_of, true)] {
            // `Cat: allOf [Pet]` beside `Pet: oneOf [Cat, Dog]`: `Cat` was chosen. A branch that is `Pet` itself
            // chooses nothing.
            let is_chosen = |&branch: &SchemaId| {
                targets(schemas, branch).all(|target| target != id)
                    && targets(schemas, branch).any(|target| seen.contains(&target))
            };
            let affects_type = |&branch: &SchemaId| branch_affects_type(schemas, branch);
            if !branches.iter().any(is_chosen) && branches.iter().any(affects_type) {
                choices.push(Choice {
                    of: id,
                    branches: branches.clone(),
                    is_any_of,
                    allows_null: false,
                });
            }
        }
    }
    choices
}

/// Whether a branch affects the type. One that only requires members does not.
fn branch_affects_type(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = &schemas[id];
    schema.reference.is_some()
        || !schema.all_of.is_empty()
        || schema.boolean == Some(true)
        || (has_type_keywords(schema) && !only_requires(schemas, schema))
        || (schema.title.is_some() && schema.required.is_empty())
}

fn only_requires(schemas: &Schemas, schema: &Schema) -> bool {
    schema.enumeration.is_none()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && !schema.required.is_empty()
        && matches!(schema.additional, Additional::Unspecified | Additional::Any)
        && schema.types.iter().all(|ty| *ty == JsonType::Object)
        && schema.properties.values().all(|&property| {
            let property = &schemas[property];
            !has_type_keywords(property) && property.reference.is_none() && property.all_of.is_empty()
        })
}

/// Adds a schema's own keywords, except `required`.
fn add_keywords(merged: &mut Merged, id: SchemaId, schema: &Schema) {
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
        add_values(merged, id, values);
    }
    for (name, &property) in &schema.properties {
        merged.properties.entry(name.clone()).or_default().push(property);
    }
    match schema.additional {
        Additional::Unspecified => {}
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

/// Keeps the listed values that `values` contains as well.
fn add_values(merged: &mut Merged, id: SchemaId, values: &[Literal]) {
    let Some(before) = &mut merged.enumeration else {
        merged.enumeration = Some(values.to_vec());
        merged.enumerated_by = Some(id);
        return;
    };
    let is_in_both = |literal: &Literal| values.iter().any(|other| literal.value == other.value);
    if before.iter().any(is_in_both) || values.is_empty() {
        before.retain(is_in_both);
    } else {
        merged.conflict = true;
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
