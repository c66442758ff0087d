//! `oneOf`, `anyOf` and lists of types: branches in; what tells them apart, and in which order they are tried,
//! out.

use super::enumeration::{self, Choice};
use super::merge::{Intersection, Merged, Part};
use super::{Direction, NameHint, Types, docs, scalar, without_null};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{FloatKind, Type, Union, UnionTest, UnionVariant};
use crate::names::{UniqueNames, variant_name, words};
use crate::read::schema::{Discriminator, JsonType, SchemaId};
use crate::source::Span;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// Unions within unions are taken apart down to this depth.
const DEEPEST: usize = 8;
/// A branch is looked into for what its values have in common until this many schemas were seen.
const MOST_SEEN: usize = 512;
/// Branches are compared with one another; beyond this many they keep the order of the document.
const MOST_SORTED: usize = 400;

/// Of several groups of alternatives no more combinations than this are looked at.
const MOST_COMBINED: usize = 64;

/// More branches than this are never made one object.
const MOST_TOGETHER: usize = 32;

/// What a choice of schemas comes down to.
#[derive(Debug)]
pub(super) enum Plan {
    Anything,
    /// Groups of alternatives that together are too many.
    TooMany,
    /// Groups of alternatives that exclude one another.
    Impossible,
    Plain(Type),
    One(Intersection),
    Enum(Vec<Choice>, bool),
    /// Objects that nothing tells apart: all that any of them describes.
    Together(Intersection),
    Union(Vec<Branch>),
}

/// A branch that is left when equal ones are one.
#[derive(Debug)]
pub(super) struct Branch {
    content: Content,
    /// The schema in the list of branches, if it is one.
    schema: Option<SchemaId>,
    /// The schemas of several lists, if it is a combination.
    combined: Vec<SchemaId>,
    merged: Rc<Merged>,
}

/// A branch in want of a name.
#[derive(Debug, Clone)]
pub(super) struct BranchName {
    /// Which one it is in the document.
    pub(super) index: usize,
    /// What it would be called by itself.
    pub(super) wanted: String,
    pub(super) key: BranchKey,
}

/// BranchKey what a branch is known, whatever happens to the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum BranchKey {
    /// It is the component of that name.
    Component(String),
    /// It is all that is a scalar of a type, which has this name.
    Scalar(&'static str),
    /// It stands there.
    Place(String),
}

/// The names that branches have which are scalars.
pub(super) const SCALARS: [&str; 5] = ["Boolean", "Integer", "Known", "Number", "String"];

#[derive(Debug)]
enum Content {
    Intersection(Intersection),
    Enum(Vec<Choice>, bool),
    Plain(Type),
}

/// What is known of a branch for telling it from others.
#[derive(Clone)]
pub(super) struct BranchTraits {
    json: Option<JsonType>,
    /// For each property that has to be one of a few values, those.
    constants: IndexMap<String, Vec<Value>>,
    /// The properties that are always there.
    required: IndexSet<String>,
    tests: Vec<UnionTest>,
}

impl Types<'_> {
    /// What becomes of alternatives; `None` if there are none.
    pub(super) fn plan(&self, intersection: &Intersection, merged: &Merged) -> Option<Plan> {
        if merged.choices.len() > 1 {
            let all = merged.choices.iter().flat_map(|choice| &choice.branches);
            if let Some(together) = self.together(merged, all.copied()) {
                return Some(Plan::Together(together));
            }
        }
        let branches = if merged.choices.len() > 1 {
            match self.combinations(merged) {
                None => return Some(Plan::TooMany),
                Some(none) if none.is_empty() => return Some(Plan::Impossible),
                Some(branches) => branches,
            }
        } else {
            self.branches(intersection, merged)?
        };
        let plan = self.simplify(branches);
        if let Plan::Union(branches) = &plan
            && merged.discriminator.is_none()
            && self.all_alike(branches)
            && let Some(together) = self.together(merged, branches.iter().filter_map(|branch| branch.schema))
        {
            return Some(Plan::Together(together));
        }
        Some(plan)
    }

    /// Whether nothing tells any branch from any other.
    fn all_alike(&self, branches: &[Branch]) -> bool {
        if branches.len() > MOST_TOGETHER || branches.iter().any(|branch| branch.schema.is_none()) {
            return false;
        }
        let mut traits: Vec<BranchTraits> = branches.iter().map(|branch| self.traits(branch)).collect();
        let property = telling_property(&traits);
        for one in &mut traits {
            one.tests = tests(one, property.as_deref(), None, false);
        }
        (0..branches.len()).all(|a| {
            (0..branches.len()).all(|b| a == b || passes(&branches[a], &traits[a], &traits[b].tests))
        })
    }

    /// Everything that these branches describe, if it fits into one object: decoding one branch would lose the
    /// members of the others.
    fn together(&self, merged: &Merged, branches: impl Iterator<Item = SchemaId>) -> Option<Intersection> {
        let mut parts = self.base(merged);
        let mut known: IndexMap<&String, super::ShapeId> = IndexMap::new();
        let branches: Vec<Rc<Merged>> = branches
            .map(|branch| {
                parts.push(Part::Loose(branch));
                self.merger.whole(branch)
            })
            .collect();
        if branches.len() > MOST_TOGETHER {
            return None;
        }
        for branch in std::iter::once(merged).chain(branches.iter().map(Rc::as_ref)) {
            let is_base = std::ptr::eq(branch, merged);
            let object = branch.json_type() == Some(JsonType::Object);
            if !object && !is_base || !branch.additional.is_empty() || !is_base && !branch.choices.is_empty()
            {
                return None;
            }
            if !is_base && !branch.has_properties() {
                return None;
            }
            for (name, schemas) in &branch.properties {
                for &schema in schemas {
                    let shape = self.shapes.used_of(schema);
                    if *known.entry(name).or_insert(shape) != shape {
                        return None;
                    }
                }
            }
        }
        Some(Intersection { parts, only: None })
    }

    /// What holds whichever branch is taken.
    fn base(&self, merged: &Merged) -> Vec<Part> {
        let says = |&part: &SchemaId| {
            let schema = &self.schemas[part];
            !schema.properties.is_empty()
                || !schema.required.is_empty()
                || !schema.types.is_empty()
                || schema.items.is_some()
                || matches!(schema.additional, crate::read::schema::Additional::Schema(_))
        };
        merged
            .parts
            .iter()
            .copied()
            .filter(says)
            .map(Part::Bare)
            .collect()
    }

    fn branches(&self, intersection: &Intersection, merged: &Merged) -> Option<Vec<Branch>> {
        let Some(choice) = merged.choices.first() else {
            return self.branches_by_type(intersection, merged);
        };
        let base = self.base(merged);
        let branches = self.alternatives(merged, choice).into_iter().filter_map(|id| {
            let mut branch = self.branch(&[id], &base)?;
            branch.schema = Some(id);
            Some(branch)
        });
        Some(branches.collect())
    }

    /// Several groups of alternatives: each combination that a value can be of. `None` if they are too many.
    fn combinations(&self, merged: &Merged) -> Option<Vec<Branch>> {
        let base = self.base(merged);
        let mut combined: Vec<Vec<SchemaId>> = vec![Vec::new()];
        for choice in &merged.choices {
            let alternatives = self.alternatives(merged, choice);
            let mut longer = Vec::new();
            for before in &combined {
                for &alternative in &alternatives {
                    let mut parts = before.clone();
                    if !parts.contains(&alternative) {
                        parts.push(alternative);
                    }
                    // What is impossible already need not be combined any further.
                    let possible = self
                        .branch(&parts, &base)
                        .is_some_and(|branch| !self.is_impossible(&branch.merged));
                    if possible && !longer.contains(&parts) {
                        longer.push(parts);
                    }
                }
                if longer.len() > MOST_COMBINED {
                    return None;
                }
            }
            combined = longer;
        }
        let branches = combined.iter().filter_map(|parts| self.branch(parts, &base));
        Some(branches.collect())
    }

    /// Is there no value that all of this holds of?
    fn is_impossible(&self, merged: &Merged) -> bool {
        let required = |name: &str| merged.required.contains(name);
        let contradicts = |schemas: &[SchemaId]| {
            let inner = self.merger.merge(&Intersection::all(schemas.iter().copied()));
            inner.conflict || inner.never
        };
        // A list of texts beside `type: integer` in one schema is a slip.
        let slip = merged
            .enumerated_by
            .is_some_and(|id| !self.schemas[id].types.is_empty());
        let values_fit = || match (&merged.enumeration, &merged.types) {
            (Some(values), Some(types)) if !slip => {
                let of_type = |value: &Value| types.iter().any(|&ty| crate::read::schema::fits(value, ty));
                values.is_empty() || values.iter().any(|literal| of_type(&literal.value))
            }
            _ => true,
        };
        merged.conflict
            || merged.never
            || !values_fit()
            || merged
                .properties
                .iter()
                .any(|(name, schemas)| schemas.len() > 1 && required(name) && contradicts(schemas))
    }

    /// The branches of a choice, and in the place of a branch that is a choice and nothing else the branches of that.
    fn alternatives(&self, merged: &Merged, choice: &super::merge::Choice) -> Vec<SchemaId> {
        let mut alternatives = Vec::new();
        let mut stack: Vec<(SchemaId, usize)> = choice.branches.iter().rev().map(|&id| (id, 0)).collect();
        while let Some((id, depth)) = stack.pop() {
            let schema = &self.schemas[id];
            if schema.boolean == Some(false) || self.is_itself(merged, id) {
                continue;
            }
            let plain_union = depth < DEEPEST
                && schema.reference.is_none()
                && schema.all_of.is_empty()
                && schema.discriminator.is_none()
                && schema.types.is_empty()
                && schema.properties.is_empty()
                && schema.required.is_empty()
                && schema.enumeration.is_none()
                && (schema.one_of.is_empty() != schema.any_of.is_empty());
            if plain_union {
                let inner = schema.one_of.iter().chain(&schema.any_of).rev();
                stack.extend(inner.map(|&id| (id, depth + 1)));
                continue;
            }
            alternatives.push(id);
        }
        alternatives
    }

    /// The branch that is all of these alternatives at once; `None` if it says no more than that `null` is allowed:
    /// the union as a whole can be null then.
    fn branch(&self, alternatives: &[SchemaId], base: &[Part]) -> Option<Branch> {
        let alone = Intersection::all(alternatives.iter().copied());
        let inner = self.merger.merge(&alone);
        let adds = base.iter().any(|part| {
            let part = part.schema();
            !inner.parts.contains(&part) && !self.adds_nothing_bare(part, &inner)
        });
        if inner.nullable && inner.is_anything() {
            return None;
        }
        let (intersection, merged) = if adds {
            let mut parts = alone.parts;
            parts.extend(base);
            let both = Intersection { parts, only: None };
            let merged = self.merger.merge(&both);
            (both, merged)
        } else {
            (alone, inner)
        };
        Some(Branch {
            content: Content::Intersection(intersection),
            schema: None,
            combined: alternatives.to_vec(),
            merged,
        })
    }

    /// Is a branch the very thing that it is a branch of?
    fn is_itself(&self, merged: &Merged, branch: SchemaId) -> bool {
        super::merge::targets(self.schemas, branch).any(|target| merged.whole.contains(&target))
    }

    /// Has the first choice a branch that is the thing itself?
    pub(super) fn holds_itself(&self, merged: &Merged) -> bool {
        merged.choices.first().is_some_and(|choice| {
            choice
                .branches
                .iter()
                .any(|&branch| self.is_itself(merged, branch))
        })
    }

    /// Like `adds_nothing`, of the schema's own keywords less its alternatives.
    fn adds_nothing_bare(&self, part: SchemaId, others: &Merged) -> bool {
        let schema = &self.schemas[part];
        // A branch that says its type is believed, even against a slip beside the branches.
        let types_known = schema.types.is_empty()
            || others.types.is_some()
            || others.json_type().is_some()
            || others.enumeration.is_some()
            || !others.choices.is_empty();
        types_known
            && schema.items.is_none()
            && !matches!(schema.additional, crate::read::schema::Additional::Schema(_))
            && schema.required.iter().all(|name| others.required.contains(name))
            && schema
                .properties
                .keys()
                .all(|name| others.properties.contains_key(name))
    }

    /// `type: [string, integer]`: a branch for each.
    fn branches_by_type(&self, intersection: &Intersection, merged: &Merged) -> Option<Vec<Branch>> {
        let types = merged.types.as_deref().filter(|types| types.len() > 1)?;
        let branches = types
            .iter()
            .filter(|&&ty| ty != JsonType::Integer || !types.contains(&JsonType::Number))
            .map(|&ty| {
                let intersection = Intersection {
                    parts: intersection.parts.clone(),
                    only: Some(ty),
                };
                let merged = self.merger.merge(&intersection);
                Branch {
                    content: Content::Intersection(intersection),
                    schema: None,
                    combined: Vec::new(),
                    merged,
                }
            })
            .collect();
        Some(branches)
    }

    /// Equal branches become one, and so do scalars of one JSON type.
    fn simplify(&self, branches: Vec<Branch>) -> Plan {
        let mut kept: Vec<Branch> = Vec::with_capacity(branches.len());
        let mut keys = HashSet::new();
        for branch in branches {
            let Content::Intersection(intersection) = &branch.content else {
                continue;
            };
            if branch.merged.is_anything() {
                return Plan::Anything;
            }
            if keys.insert(self.inline_key(intersection, super::View::Shared)) {
                kept.push(branch);
            }
        }
        for ty in [JsonType::String, JsonType::Number, JsonType::Boolean] {
            self.join_scalars(&mut kept, ty);
        }
        match kept.len() {
            0 => Plan::Anything,
            1 => match kept.remove(0).content {
                Content::Intersection(intersection) => Plan::One(intersection),
                Content::Enum(choices, open) => Plan::Enum(choices, open),
                Content::Plain(ty) => Plan::Plain(ty),
            },
            _ => Plan::Union(kept),
        }
    }

    fn choices_of(&self, branch: &Branch) -> Option<Vec<Choice>> {
        let mut choices = enumeration::choices(self.schemas, &branch.merged)?;
        if let Some(schema) = branch.schema {
            enumeration::titled(self.schemas, schema, &mut choices);
        }
        Some(choices)
    }

    /// Makes one of all branches that are scalars of one type; numbers are of one type.
    fn join_scalars(&self, branches: &mut Vec<Branch>, ty: JsonType) {
        let normal = |ty| {
            if ty == JsonType::Integer {
                JsonType::Number
            } else {
                ty
            }
        };
        let of_type = |branch: &Branch| {
            branch.merged.choices.is_empty()
                && match self.choices_of(branch) {
                    Some(choices) => enumeration::json_type(&choices).map(normal) == Some(ty),
                    None => branch.merged.json_type().map(normal) == Some(ty),
                }
        };
        let which: Vec<usize> = (0..branches.len())
            .filter(|&index| of_type(&branches[index]))
            .collect();
        let [first, _, ..] = which.as_slice() else { return };
        let first = *first;
        let mut listed: Vec<Choice> = Vec::new();
        let mut plain: Vec<&Branch> = Vec::new();
        for &index in &which {
            match self.choices_of(&branches[index]) {
                Some(choices) => {
                    for choice in choices {
                        if !listed.iter().any(|known| known.value == choice.value) {
                            listed.push(choice);
                        }
                    }
                }
                None => plain.push(&branches[index]),
            }
        }
        let content = match (ty, plain.as_slice()) {
            (_, []) => Content::Enum(listed, false),
            (JsonType::String, _) if !listed.is_empty() => Content::Enum(listed, true),
            (JsonType::String, _) => Content::Plain(Type::String),
            (JsonType::Boolean, _) => Content::Plain(Type::Bool),
            _ => {
                let whole = plain
                    .iter()
                    .all(|branch| branch.merged.json_type() == Some(JsonType::Integer))
                    && listed.iter().all(|choice| !choice.value.is_f64());
                Content::Plain(if whole {
                    let kinds = plain
                        .iter()
                        .map(|branch| scalar::integer(self.schemas, &branch.merged));
                    Type::Int(scalar::widest(kinds))
                } else {
                    Type::Float(FloatKind::F64)
                })
            }
        };
        for &index in which[1..].iter().rev() {
            branches.remove(index);
        }
        branches[first].content = content;
    }

    /// The union of these branches.
    pub(super) fn union(
        &mut self,
        merged: &Merged,
        branches: Vec<Branch>,
        direction: Direction,
        hint: &NameHint,
        span: Option<Span>,
        diagnostics: &mut Diagnostics,
    ) -> (Union, Vec<BranchName>) {
        let discriminator = merged.discriminator.as_ref();
        let mut traits: Vec<BranchTraits> = branches.iter().map(|branch| self.traits(branch)).collect();
        let tags = self.tags(discriminator, &branches, &traits, diagnostics);
        let property = match discriminator {
            Some(discriminator) => Some(discriminator.property.clone()),
            None => telling_property(&traits),
        };
        let mixed = traits
            .iter()
            .any(|one| one.json.map(loose) != traits[0].json.map(loose));
        let joint = match property {
            Some(_) => Vec::new(),
            None => telling_together(&traits),
        };
        for (one, tag) in traits.iter_mut().zip(&tags) {
            one.tests = if joint.is_empty() {
                tests(one, property.as_deref(), tag.as_deref(), mixed)
            } else {
                joint
                    .iter()
                    .map(|name| constant_test(one, name, &one.constants[name]))
                    .collect()
            };
        }
        let order = order(&branches, &traits);
        let branch_count = branches.len();

        let mut named: Vec<BranchName> = (0..branches.len())
            .map(|index| {
                let tag = tags[index].as_deref();
                let (wanted, key) = self.variant(&branches[index], &traits[index], tag, property.as_deref());
                BranchName { index, wanted, key }
            })
            .collect();
        let mut keys = HashSet::new();
        for (named, branch) in named.iter_mut().zip(&branches) {
            if named.key == BranchKey::Place(String::new()) || !keys.insert(named.key.clone()) {
                named.key = BranchKey::Place(self.place_within(branch, hint));
            }
        }
        // Where a type within a branch gets its name from; those of the branches are settled with all others.
        let mut scope = UniqueNames::default();
        let wanted: Vec<String> = named
            .iter()
            .map(|named| scope.make_unique(&named.wanted))
            .collect();
        let alike = alike(&branches, &traits);
        if let Some((a, b)) = alike
            && let Some(span) = span
        {
            diagnostics.report(rules::AMBIGUOUS_BRANCHES, span, &[&wanted[a], &wanted[b]]);
        }

        let mut variants = Vec::with_capacity(branches.len());
        let mut taken: Vec<Option<(Branch, BranchTraits)>> =
            branches.into_iter().zip(traits).map(Some).collect();
        let mut named: Vec<Option<BranchName>> = named.into_iter().map(Some).collect();
        let mut sorted = Vec::with_capacity(branch_count);
        for index in order {
            let Some((branch, one)) = taken[index].take() else {
                continue;
            };
            sorted.extend(named[index].take());
            let name = wanted[index].clone();
            let branch_hint = hint.then(&name);
            let place = branch
                .schema
                .or_else(|| branch.merged.parts.first().copied())
                .unwrap_or(SchemaId(0));
            let ty = match branch.content {
                Content::Plain(ty) => ty,
                Content::Enum(choices, open) => {
                    let mut lock_key = self.schemas[place].pointer.0.clone();
                    if branch.schema.is_none() {
                        // The union itself stands there.
                        lock_key.push_str(" as enum");
                    }
                    self.enum_type((place, lock_key), choices, open, &branch_hint)
                }
                Content::Intersection(intersection) => {
                    without_null(self.lower(&intersection, direction, &branch_hint, 1, diagnostics))
                }
            };
            let tag = match (discriminator, &tags[index]) {
                (Some(discriminator), Some(values))
                    if !branch.merged.properties.contains_key(&discriminator.property) =>
                {
                    values
                        .first()
                        .and_then(Value::as_str)
                        .map(|value| (discriminator.property.clone(), value.to_owned()))
                }
                _ => None,
            };
            let docs = match branch.schema {
                Some(_) => docs::docs(self.schemas, &branch.merged),
                None => crate::model::Docs::default(),
            };
            variants.push(UnionVariant {
                name,
                ty,
                tests: one.tests,
                tag,
                docs: crate::model::Docs {
                    constraints: Vec::new(),
                    example: None,
                    ..docs
                },
            });
        }
        let union = Union {
            variants,
            discriminator: discriminator.map(|discriminator| discriminator.property.clone()),
            unlisted: None,
        };
        (union, sorted)
    }

    /// Where a branch stands, seen from the union.
    fn place_within(&self, branch: &Branch, hint: &NameHint) -> String {
        let Some(schema) = branch.schema else {
            return match &branch.content {
                Content::Intersection(Intersection { only: Some(ty), .. }) => {
                    format!("as {ty:?}").to_lowercase()
                }
                Content::Intersection(intersection) => self.lock_key(intersection),
                _ => "as scalar".to_owned(),
            };
        };
        let union = hint.base.and_then(|id| self.definitions[id.0].places.first());
        let union = union.map_or("", |&union| self.schemas[union].pointer.0.as_str());
        let place = self.schemas[schema].pointer.0.as_str();
        let within = place.strip_prefix(union).and_then(|rest| rest.strip_prefix('/'));
        within.unwrap_or(place).to_owned()
    }

    /// Unions have branches in common: what is known of a component is worked out once.
    fn traits(&self, branch: &Branch) -> BranchTraits {
        let component = match &branch.content {
            Content::Intersection(intersection) => intersection
                .single()
                .and_then(|_| self.plain_component(intersection)),
            _ => None,
        };
        let Some(component) = component else {
            return self.traits_of(branch);
        };
        if let Some(known) = self.traits.borrow().get(&component) {
            return known.clone();
        }
        let traits = self.traits_of(branch);
        self.traits.borrow_mut().insert(component, traits.clone());
        traits
    }

    fn traits_of(&self, branch: &Branch) -> BranchTraits {
        let json = match &branch.content {
            Content::Plain(Type::String) => Some(JsonType::String),
            Content::Plain(Type::Bool) => Some(JsonType::Boolean),
            Content::Plain(Type::Int(_)) => Some(JsonType::Integer),
            Content::Plain(_) => Some(JsonType::Number),
            Content::Enum(choices, _) => enumeration::json_type(choices),
            Content::Intersection(_) => self.json_type(&branch.merged, &mut HashSet::new()),
        };
        let (constants, required) = if json == Some(JsonType::Object) {
            (
                self.constants(&branch.merged, &mut HashSet::new()),
                self.required(&branch.merged, &mut HashSet::new()),
            )
        } else {
            Default::default()
        };
        BranchTraits {
            json,
            constants,
            required,
            tests: Vec::new(),
        }
    }

    /// The properties that are one of a few values; of a union, those of which that holds in every branch.
    fn constants(&self, merged: &Merged, seen: &mut HashSet<SchemaId>) -> IndexMap<String, Vec<Value>> {
        let mut constants = IndexMap::new();
        for (name, schemas) in &merged.properties {
            let property = self.merger.merge(&Intersection::all(schemas.iter().copied()));
            if let Some(choices) = enumeration::choices(self.schemas, &property) {
                constants.insert(
                    name.clone(),
                    choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>(),
                );
            }
        }
        let Some(choice) = merged.choices.first() else {
            return constants;
        };
        let mut common: Option<IndexMap<String, Vec<Value>>> = None;
        // A branch that was looked at before has had its say.
        for branch in self.unseen(&choice.branches, seen) {
            let inner = self.constants(&branch, seen);
            common = Some(match common {
                None => inner,
                Some(mut known) => {
                    known.retain(|name, _| inner.contains_key(name));
                    for (name, values) in inner {
                        if let Some(known) = known.get_mut(&name) {
                            for value in values {
                                if !known.contains(&value) {
                                    known.push(value);
                                }
                            }
                        }
                    }
                    known
                }
            });
        }
        for (name, values) in common.unwrap_or_default() {
            constants.entry(name).or_insert(values);
        }
        constants
    }

    /// The properties that are always there; of a union, those which every branch requires.
    fn required(&self, merged: &Merged, seen: &mut HashSet<SchemaId>) -> IndexSet<String> {
        let mut required = merged.required.clone();
        // What travels one way only is missing from the other.
        required.retain(|name| {
            merged.properties.get(name).is_none_or(|schemas| {
                schemas.iter().all(|&schema| {
                    let directions = super::split::directions(self.schemas, schema);
                    !directions.read_only && !directions.write_only
                })
            })
        });
        if let Some(choice) = merged.choices.first() {
            let mut common: Option<IndexSet<String>> = None;
            for branch in self.unseen(&choice.branches, seen) {
                let inner = self.required(&branch, seen);
                match &mut common {
                    None => common = Some(inner),
                    Some(known) => known.retain(|name| inner.contains(name)),
                }
            }
            required.extend(common.unwrap_or_default());
        }
        required
    }

    /// The JSON type of all values, looking into alternatives.
    fn json_type(&self, merged: &Merged, seen: &mut HashSet<SchemaId>) -> Option<JsonType> {
        if merged.types.is_none()
            && let Some(choices) = enumeration::choices(self.schemas, merged)
        {
            return enumeration::json_type(&choices);
        }
        if let Some(ty) = merged.json_type() {
            return Some(ty);
        }
        let choice = merged.choices.first()?;
        let mut common = None;
        for branch in self.unseen(&choice.branches, seen) {
            let ty = self.json_type(&branch, seen)?;
            if common.is_some_and(|known| known != ty) {
                return None;
            }
            common = Some(ty);
        }
        common
    }

    /// Branches that were not looked at yet, merged.
    fn unseen(&self, branches: &[SchemaId], seen: &mut HashSet<SchemaId>) -> Vec<Rc<Merged>> {
        if seen.len() > MOST_SEEN {
            return Vec::new();
        }
        branches
            .iter()
            .filter(|&&branch| {
                let target = super::merge::targets(self.schemas, branch)
                    .last()
                    .unwrap_or(branch);
                seen.insert(target)
            })
            .map(|&branch| self.merger.target(branch))
            .collect()
    }

    /// The values of the discriminator that name each branch.
    fn tags(
        &self,
        discriminator: Option<&Discriminator>,
        branches: &[Branch],
        traits: &[BranchTraits],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Option<Vec<Value>>> {
        let Some(discriminator) = discriminator else {
            return branches.iter().map(|_| None).collect();
        };
        branches
            .iter()
            .zip(traits)
            .map(|(branch, one)| {
                let constants = one.constants.get(&discriminator.property);
                let definitions: Vec<SchemaId> = branch
                    .combined
                    .iter()
                    .flat_map(|&schema| super::merge::targets(self.schemas, schema))
                    .collect();
                let mapped: Vec<Value> = discriminator
                    .mapping
                    .iter()
                    .filter(|(_, target)| {
                        super::merge::targets(self.schemas, **target).any(|id| definitions.contains(&id))
                    })
                    .map(|(value, _)| Value::String(value.clone()))
                    .collect();
                match constants {
                    Some(values) if values.len() == 1 || mapped.is_empty() => Some(values.clone()),
                    Some(values) if !mapped.iter().any(|value| values.contains(value)) => {
                        let name = definitions
                            .iter()
                            .find_map(|&id| super::component_name(&self.schemas[id].pointer.0));
                        diagnostics.report(
                            rules::DISCRIMINATOR_CONTRADICTED,
                            discriminator.span,
                            &[&discriminator.property, &name.unwrap_or_default()],
                        );
                        Some(values.clone())
                    }
                    _ if !mapped.is_empty() => Some(mapped),
                    // Without a mapping the value is the component's name.
                    _ => definitions
                        .iter()
                        .find_map(|&id| super::component_name(&self.schemas[id].pointer.0))
                        .map(|name| vec![Value::String(name)]),
                }
            })
            .collect()
    }

    /// What a branch would be called by itself, and by what. A place is filled in by the caller.
    fn variant(
        &self,
        branch: &Branch,
        one: &BranchTraits,
        tag: Option<&[Value]>,
        property: Option<&str>,
    ) -> (String, BranchKey) {
        let place = || BranchKey::Place(String::new());
        if let Some(schema) = branch.schema
            && matches!(branch.content, Content::Intersection(_))
        {
            let component = super::merge::targets(self.schemas, schema)
                .find_map(|id| super::component_name(&self.schemas[id].pointer.0))
                .or_else(|| {
                    let component = self.leaf(schema)?;
                    super::component_name(&self.schemas[component].pointer.0)
                });
            if let Some(name) = component {
                return (variant_name(&name), BranchKey::Component(name));
            }
            let title = self.schemas[schema].title.as_deref().filter(|title| {
                let count = words(title).len();
                (1..=5).contains(&count) && title.len() <= 48
            });
            if let Some(title) = title {
                return (variant_name(title), place());
            }
        }
        if branch.schema.is_none()
            && let Some(name) = self.combined_name(branch)
        {
            return (name, place());
        }
        let constant = tag.or_else(|| one.constants.get(property?).map(Vec::as_slice));
        if let Some([Value::String(value)]) = constant {
            return (variant_name(value), place());
        }
        let scalar = |name: &'static str| (name.to_owned(), BranchKey::Scalar(name));
        let name = match (one.json, &branch.content) {
            (Some(JsonType::String), Content::Enum(..)) => return scalar("Known"),
            (Some(JsonType::String), _) => return scalar("String"),
            (Some(JsonType::Integer), _) => return scalar("Integer"),
            (Some(JsonType::Number), _) => return scalar("Number"),
            (Some(JsonType::Boolean), _) => return scalar("Boolean"),
            (Some(JsonType::Array), _) => self.array_variant(branch),
            (Some(JsonType::Object), _) => branch
                .merged
                .required
                .iter()
                .find(|name| branch.merged.properties.contains_key(*name))
                .or_else(|| branch.merged.properties.keys().next())
                .map_or_else(|| "Map".to_owned(), |name| format!("With{}", variant_name(name))),
            (None, _) => "Value".to_owned(),
        };
        (name, place())
    }

    /// What a combination is called: as all that is combined there, if each has a name.
    fn combined_name(&self, branch: &Branch) -> Option<String> {
        let name = |&schema: &SchemaId| {
            let component = super::merge::targets(self.schemas, schema)
                .find_map(|id| super::component_name(&self.schemas[id].pointer.0));
            let title = || {
                self.schemas[schema]
                    .title
                    .clone()
                    .filter(|title| title.len() <= 24)
            };
            component.or_else(title).map(|name| variant_name(&name))
        };
        let names: Vec<String> = branch.combined.iter().map(name).collect::<Option<_>>()?;
        (names.len() > 1).then(|| names.concat())
    }

    fn array_variant(&self, branch: &Branch) -> String {
        let Some(&items) = branch.merged.items.first() else {
            return "Array".to_owned();
        };
        let item = super::merge::targets(self.schemas, items)
            .find_map(|id| super::component_name(&self.schemas[id].pointer.0));
        match item {
            Some(name) => format!("{}Array", variant_name(&name)),
            None => match self.merger.target(items).json_type() {
                Some(JsonType::String) => "StringArray".to_owned(),
                Some(JsonType::Integer) => "IntegerArray".to_owned(),
                Some(JsonType::Number) => "NumberArray".to_owned(),
                Some(JsonType::Array) => "ArrayArray".to_owned(),
                _ => "Array".to_owned(),
            },
        }
    }
}

fn loose(ty: JsonType) -> JsonType {
    if ty == JsonType::Integer {
        JsonType::Number
    } else {
        ty
    }
}

fn type_text(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// A property whose constants differ in every branch that has one: the one that most branches have.
fn telling_property(traits: &[BranchTraits]) -> Option<String> {
    let mut best: Option<(&String, usize)> = None;
    for name in traits.iter().flat_map(|one| one.constants.keys()) {
        if best.is_some_and(|(known, _)| known == name) {
            continue;
        }
        let mut seen: Vec<&Value> = Vec::new();
        let mut count = 0;
        let mut apart = true;
        for values in traits.iter().filter_map(|one| one.constants.get(name)) {
            count += 1;
            apart &= values.iter().all(|value| !seen.contains(&value));
            seen.extend(values);
        }
        if apart && count > 1 && best.is_none_or(|(_, most)| count > most) {
            best = Some((name, count));
        }
    }
    best.map(|(name, _)| name.clone())
}

/// Properties of which each branch has constants, if any two branches differ in one of them.
fn telling_together(traits: &[BranchTraits]) -> Vec<String> {
    let Some((first, others)) = traits.split_first() else {
        return Vec::new();
    };
    if traits.len() > MOST_COMBINED {
        return Vec::new();
    }
    let differ = |name: &str, a: &BranchTraits, b: &BranchTraits| {
        let values = &b.constants[name];
        a.constants[name].iter().all(|value| !values.contains(value))
    };
    let pairs = || {
        traits
            .iter()
            .enumerate()
            .flat_map(|(at, a)| traits[at + 1..].iter().map(move |b| (a, b)))
    };
    let in_all = |name: &&String| others.iter().all(|one| one.constants.contains_key(*name));
    let names: Vec<&String> = first
        .constants
        .keys()
        .filter(in_all)
        .filter(|name| pairs().any(|(a, b)| differ(name, a, b)))
        .collect();
    if pairs().all(|(a, b)| names.iter().any(|name| differ(name, a, b))) {
        names.into_iter().cloned().collect()
    } else {
        Vec::new()
    }
}

fn constant_test(one: &BranchTraits, name: &str, values: &[Value]) -> UnionTest {
    UnionTest::Property {
        name: name.to_owned(),
        values: values.to_vec(),
        // The value of a branch that leaves it out is told by what else it has.
        optional: one.constants.contains_key(name) && !one.required.contains(name),
    }
}

fn tests(one: &BranchTraits, property: Option<&str>, tag: Option<&[Value]>, mixed: bool) -> Vec<UnionTest> {
    let Some(json) = one.json else { return Vec::new() };
    if json == JsonType::Object || tag.is_some() {
        if let Some(name) = property {
            let values = tag.or_else(|| one.constants.get(name).map(Vec::as_slice));
            if let Some(values) = values {
                return vec![constant_test(one, name, values)];
            }
        }
        if !one.required.is_empty() {
            return vec![UnionTest::Has(one.required.iter().cloned().collect())];
        }
    }
    if mixed {
        return vec![UnionTest::JsonType(vec![type_text(json).to_owned()])];
    }
    Vec::new()
}

/// Could a value of the branch pass these tests?
fn passes(branch: &Branch, one: &BranchTraits, tests: &[UnionTest]) -> bool {
    tests.iter().all(|test| match test {
        UnionTest::Property { name, values, .. } => match one.tests.first() {
            Some(UnionTest::Property {
                name: own,
                values: ours,
                ..
            }) if own == name => ours.iter().any(|value| values.contains(value)),
            _ => {
                one.json.is_none_or(|ty| ty == JsonType::Object)
                    && may_have(branch, name)
                    && one
                        .constants
                        .get(name)
                        .is_none_or(|ours| ours.iter().any(|value| values.contains(value)))
            }
        },
        UnionTest::Has(names) => {
            one.json.is_none_or(|ty| ty == JsonType::Object)
                && names.iter().all(|name| may_have(branch, name))
        }
        UnionTest::JsonType(types) => one
            .json
            .is_none_or(|ty| types.iter().any(|text| text == type_text(ty))),
    })
}

/// Does the branch know the property, or take any?
fn may_have(branch: &Branch, name: &str) -> bool {
    branch.merged.properties.contains_key(name)
        || branch.merged.required.contains(name)
        || !branch.merged.additional.is_empty()
        || !branch.merged.has_properties()
}

/// The order in which branches are tried: one before another whose tests its values would pass, while it
/// would not take the other's.
fn order(branches: &[Branch], traits: &[BranchTraits]) -> Vec<usize> {
    let count = branches.len();
    if count > MOST_SORTED {
        return (0..count).collect();
    }
    let before = |a: usize, b: usize| {
        passes(&branches[a], &traits[a], &traits[b].tests)
            && !passes(&branches[b], &traits[b], &traits[a].tests)
    };
    let mut left: Vec<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(count);
    while !left.is_empty() {
        let next = left
            .iter()
            .position(|&b| !left.iter().any(|&a| a != b && before(a, b)))
            .unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// Two branches of objects that nothing tells apart.
fn alike(branches: &[Branch], traits: &[BranchTraits]) -> Option<(usize, usize)> {
    if branches.len() > MOST_SORTED {
        return None;
    }
    let object = |index: usize| traits[index].json == Some(JsonType::Object) || traits[index].json.is_none();
    for a in 0..branches.len() {
        for b in a + 1..branches.len() {
            if object(a)
                && object(b)
                && passes(&branches[a], &traits[a], &traits[b].tests)
                && passes(&branches[b], &traits[b], &traits[a].tests)
            {
                return Some((a, b));
            }
        }
    }
    None
}
