//! Schemas in, random values out that should satisfy them: beyond the document's own examples, what types have
//! to hold. Whether a value really is valid is for `validity` to say. Knows nothing of types.

mod chance;
mod number;
mod text;

use super::types::Direction;
use super::validity::travels;
use crate::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use chance::Chance;
use indexmap::{IndexMap, IndexSet};
use number::Limits;
use serde_json::{Map, Value, json};

/// Values within one another beyond this depth are not made: what cannot do without has no instance.
const DEEPEST: usize = 40;
/// What is optional is left out below this depth, so that recursion ends.
const RICH: usize = 5;
/// What is optional is left out once a value has this many parts.
const LARGE: usize = 400;
/// And with this many it is given up.
const TOO_LARGE: usize = 5000;
/// How many elements an array has beyond the fewest allowed.
const MORE_ITEMS: usize = 2;
/// How many references are followed to find out whether `null` is allowed.
const REFERENCES: usize = 8;

/// Which optional members a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Members {
    All,
    Required,
    Some,
}

/// Makes values that travel one way.
pub(super) struct Maker<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    chance: Chance,
    members: Members,
    /// How many parts the value has so far.
    size: usize,
}

/// Everything that holds of one value.
struct Facts<'a> {
    parts: Vec<&'a Schema>,
    /// What a discriminator says of the branch that was chosen: a property, and its value.
    tags: Vec<(&'a str, Value)>,
}

impl<'a> Maker<'a> {
    /// For values of the schema called `name`.
    pub(super) fn new(schemas: &'a Schemas, direction: Direction, seed: u64, name: &str) -> Self {
        Self {
            schemas,
            direction,
            chance: Chance::new(seed, name),
            members: Members::All,
            size: 0,
        }
    }

    /// A value; the first has all members it can have, the second only those it must have. `None` where none
    /// was found.
    pub(super) fn make(&mut self, schema: SchemaId, number: usize) -> Option<Value> {
        self.members = match number {
            0 => Members::All,
            1 => Members::Required,
            _ => Members::Some,
        };
        self.size = 0;
        self.value(&[schema], 0)
    }

    fn value(&mut self, roots: &[SchemaId], depth: usize) -> Option<Value> {
        self.size += 1;
        if depth > DEEPEST || self.size > TOO_LARGE {
            return None;
        }
        let nullable = roots.iter().all(|&root| self.takes_null(root, REFERENCES));
        if nullable && self.chance.once_in(if depth > RICH { 2 } else { 6 }) {
            return Some(Value::Null);
        }
        let made = self.something(roots, depth);
        made.or(nullable.then_some(Value::Null))
    }

    /// A value that is not `null`, or any at all.
    fn something(&mut self, roots: &[SchemaId], depth: usize) -> Option<Value> {
        let facts = self.facts(roots)?;
        if let Some(listed) = listed(&facts) {
            return self.chance.pick(&listed).cloned();
        }
        let types = types(&facts.parts)?;
        if types.is_empty() {
            return self.anything();
        }
        match *self.chance.pick(&types)? {
            JsonType::Boolean => Some(self.chance.once_in(2).into()),
            JsonType::Integer => Limits::of(facts.parts.iter().copied()).integer(&mut self.chance),
            JsonType::Number => Limits::of(facts.parts.iter().copied()).number(&mut self.chance),
            JsonType::String => self.string(&facts),
            JsonType::Array => self.array(&facts, depth),
            JsonType::Object => self.object(&facts, depth),
        }
    }

    fn anything(&mut self) -> Option<Value> {
        let all = [
            json!("text"),
            json!(7),
            json!(-0.5),
            json!(true),
            json!([]),
            json!({}),
            json!([1, "two", null]),
            json!({ "a": { "b": [{}] } }),
        ];
        self.chance.pick(&all).cloned()
    }

    /// Everything that holds: references and `allOf`, and of each `oneOf` and `anyOf` one branch by chance.
    fn facts(&mut self, roots: &[SchemaId]) -> Option<Facts<'a>> {
        let schemas = self.schemas;
        let mut facts = Facts {
            parts: Vec::new(),
            tags: Vec::new(),
        };
        let mut seen: IndexSet<SchemaId> = IndexSet::new();
        let mut open: Vec<SchemaId> = roots.iter().rev().copied().collect();
        let mut choices: Vec<SchemaId> = Vec::new();
        loop {
            if let Some(id) = open.pop() {
                if !seen.insert(id) {
                    continue;
                }
                let schema = &schemas[id];
                if schema.boolean == Some(false) {
                    return None;
                }
                facts.parts.push(schema);
                open.extend(schema.all_of.iter().rev());
                open.extend(schema.reference);
                if !schema.any_of.is_empty() || !schema.one_of.is_empty() {
                    choices.push(id);
                }
                continue;
            }
            let Some(id) = choices.pop() else {
                return Some(facts);
            };
            let schema = &schemas[id];
            for branches in [&schema.one_of, &schema.any_of] {
                // `Cat: allOf [Pet]` beside `Pet: oneOf [Cat, Dog]`: the choice has been made.
                let is_made = |&branch: &SchemaId| {
                    self.targets(branch)
                        .any(|target| target != id && seen.contains(&target))
                };
                if branches.iter().any(is_made) {
                    continue;
                }
                let known = listed(&facts);
                let agree = |&branch: &SchemaId| {
                    let known = known.as_deref();
                    known.is_none_or(|known| {
                        self.targets(branch)
                            .all(|target| allows_any(&schemas[target], known))
                    })
                };
                let branches: Vec<SchemaId> = branches.iter().copied().filter(agree).collect();
                if let Some(&branch) = self.chance.pick(&branches) {
                    open.push(branch);
                    facts.tags.extend(self.tag(schema, branch));
                }
            }
        }
    }

    /// A schema and what it refers to, one after the other.
    fn targets(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> + use<'a> {
        let schemas = self.schemas;
        std::iter::successors(Some(id), |&id| schemas[id].reference).take(REFERENCES)
    }

    /// What the discriminator of `schema` says if this branch is chosen.
    fn tag(&self, schema: &'a Schema, branch: SchemaId) -> Option<(&'a str, Value)> {
        let discriminator = schema.discriminator.as_ref()?;
        let targets: Vec<SchemaId> = self.targets(branch).collect();
        let mapped = discriminator
            .mapping
            .iter()
            .find(|(_, target)| self.targets(**target).any(|target| targets.contains(&target)))
            .map(|(value, _)| value.clone());
        let named = || {
            targets.iter().find_map(|&target| {
                let pointer = &self.schemas[target].pointer;
                let name = pointer.0.strip_prefix("/components/schemas/")?;
                if name.contains('/') {
                    return None;
                }
                pointer.segments().last()
            })
        };
        let value = mapped.or_else(named)?;
        Some((&discriminator.property, Value::String(value)))
    }

    /// Is `null` a value of it? Recursion is bounded by `left`.
    fn takes_null(&self, id: SchemaId, left: usize) -> bool {
        let schema = &self.schemas[id];
        let Some(left) = left.checked_sub(1) else {
            return false;
        };
        if schema.nullable {
            return true;
        }
        let silent = schema.types.is_empty() && schema.enumeration.is_none() && schema.boolean != Some(false);
        let all = |list: &[SchemaId]| list.iter().all(|&id| self.takes_null(id, left));
        let any = |list: &[SchemaId]| list.is_empty() || list.iter().any(|&id| self.takes_null(id, left));
        // A schema that speaks of members and nothing else is meant for objects.
        let plain = types(&[schema]).is_some_and(|types| types.is_empty());
        silent
            && plain
            && schema.reference.is_none_or(|id| self.takes_null(id, left))
            && all(&schema.all_of)
            && any(&schema.any_of)
            && any(&schema.one_of)
    }

    fn string(&mut self, facts: &Facts<'a>) -> Option<Value> {
        let limits = || facts.parts.iter().map(|schema| &schema.constraints);
        let count = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let least = limits()
            .filter_map(|limits| limits.min_length)
            .max()
            .map_or(0, count);
        let most = limits()
            .filter_map(|limits| limits.max_length)
            .min()
            .map_or(usize::MAX, count);
        if let Some(pattern) = limits().find_map(|limits| limits.pattern.as_deref()) {
            // Several attempts, since a match may be too long.
            for _ in 0..20 {
                match text::of_pattern(&mut self.chance, pattern, least) {
                    Some(text) if (least..=most).contains(&text.chars().count()) => return Some(text.into()),
                    Some(_) => {}
                    // Perhaps nobody understands it, and any text will do.
                    None => return text::of_length(&mut self.chance, least, most).map(Value::String),
                }
            }
            return None;
        }
        let format = facts.parts.iter().find_map(|schema| schema.format.as_deref());
        if let Some(text) = format.and_then(|format| text::of_format(&mut self.chance, format)) {
            return Some(text.into());
        }
        text::of_length(&mut self.chance, least, most).map(Value::String)
    }

    fn array(&mut self, facts: &Facts<'a>, depth: usize) -> Option<Value> {
        let limits = || facts.parts.iter().map(|schema| &schema.constraints);
        let count = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let least = limits()
            .filter_map(|limits| limits.min_items)
            .max()
            .map_or(0, count);
        let most = limits()
            .filter_map(|limits| limits.max_items)
            .min()
            .map_or(usize::MAX, count);
        if least > most || least > TOO_LARGE {
            return None;
        }
        let first: &[SchemaId] = facts
            .parts
            .iter()
            .map(|schema| schema.prefix_items.as_slice())
            .find(|items| !items.is_empty())
            .unwrap_or_default();
        let rest: Vec<SchemaId> = facts.parts.iter().filter_map(|schema| schema.items).collect();
        let more = match self.members {
            Members::Required => 0,
            _ if depth > RICH || self.size > LARGE => 0,
            Members::All => first.len().max(1),
            Members::Some => self.chance.below(first.len() + MORE_ITEMS + 1),
        };
        let wanted = least.saturating_add(more).min(most);
        let unique = facts.parts.iter().any(|schema| schema.unique_items);
        let mut items: Vec<Value> = Vec::new();
        // Equal elements are made again, a few times.
        for _ in 0..wanted.saturating_mul(4) {
            if items.len() >= wanted {
                break;
            }
            let item = match first.get(items.len()) {
                Some(&schema) => self.value(&[schema], depth + 1),
                None if rest.is_empty() => self.anything(),
                None => self.value(&rest, depth + 1),
            };
            let Some(item) = item else { break };
            if !(unique && items.contains(&item)) {
                items.push(item);
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }

    fn object(&mut self, facts: &Facts<'a>, depth: usize) -> Option<Value> {
        let mut properties: IndexMap<&'a str, Vec<SchemaId>> = IndexMap::new();
        let mut required: IndexSet<&'a str> = IndexSet::new();
        let mut additional: Vec<SchemaId> = Vec::new();
        let (mut any, mut denied) = (false, false);
        for &schema in &facts.parts {
            for (name, &property) in &schema.properties {
                properties.entry(name).or_default().push(property);
            }
            required.extend(schema.required.iter().map(String::as_str));
            match schema.additional {
                Additional::Unsaid => {}
                Additional::Any => any = true,
                Additional::Denied => denied = true,
                Additional::Schema(values) => additional.push(values),
            }
        }
        let limits = || facts.parts.iter().map(|schema| &schema.constraints);
        let count = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let least = limits()
            .filter_map(|limits| limits.min_properties)
            .max()
            .map_or(0, count);
        let most = limits()
            .filter_map(|limits| limits.max_properties)
            .min()
            .map_or(usize::MAX, count);

        let mut members = Map::new();
        let mut optional: Vec<(&str, &[SchemaId])> = Vec::new();
        for (&name, schemas) in &properties {
            if !schemas
                .iter()
                .all(|&id| travels(self.schemas, id, self.direction))
            {
                continue;
            }
            if let Some((_, tag)) = facts.tags.iter().find(|(tagged, _)| *tagged == name) {
                members.insert(name.to_owned(), self.tagged(tag, schemas));
            } else if required.contains(name) {
                members.insert(name.to_owned(), self.value(schemas, depth + 1)?);
            } else {
                optional.push((name, schemas));
            }
        }
        for (name, tag) in &facts.tags {
            members.entry(*name).or_insert_with(|| tag.clone());
        }
        for name in required {
            if !properties.contains_key(name) && !members.contains_key(name) {
                let value = if additional.is_empty() {
                    self.anything()
                } else {
                    self.value(&additional, depth + 1)
                };
                members.insert(name.to_owned(), value?);
            }
        }
        for (name, schemas) in optional {
            let lacking = members.len() < least;
            if members.len() < most
                && (lacking || self.wants_more(depth))
                && let Some(value) = self.value(schemas, depth + 1)
            {
                members.insert(name.to_owned(), value);
            }
        }
        if !denied && (any || !additional.is_empty() || members.len() < least) {
            for name in ["extra", "with space/and~tilde", "ключ", "type", "0", "$ref", "é"] {
                let lacking = members.len() < least;
                let wanted = lacking || (self.wants_more(depth) && self.chance.once_in(3));
                if !wanted || members.len() >= most || properties.contains_key(name) {
                    continue;
                }
                let value = if additional.is_empty() {
                    self.anything()
                } else {
                    self.value(&additional, depth + 1)
                };
                if let Some(value) = value {
                    members.entry(name).or_insert(value);
                }
            }
        }
        // What the document neither describes nor denies: servers add members, and nothing may break by that.
        let unsaid = !denied && !any && additional.is_empty();
        if unsaid && self.members == Members::Some && members.len() < most && self.chance.once_in(12) {
            members.entry("not in the document").or_insert(json!(1));
        }
        Some(Value::Object(members))
    }

    /// Is what is optional to be there?
    fn wants_more(&mut self, depth: usize) -> bool {
        let room = depth <= RICH && self.size <= LARGE;
        room && match self.members {
            Members::All => true,
            Members::Required => false,
            Members::Some => self.chance.once_in(2),
        }
    }

    /// The value of the property that names a branch: what the branch itself lists, if that is something else.
    fn tagged(&mut self, tag: &Value, schemas: &[SchemaId]) -> Value {
        let Some(facts) = self.facts(schemas) else {
            return tag.clone();
        };
        match listed(&facts) {
            Some(values) if !values.contains(tag) => self.chance.pick(&values).cloned(),
            _ => None,
        }
        .unwrap_or_else(|| tag.clone())
    }
}

/// The values that all parts list; `None` if no part lists any.
fn listed(facts: &Facts<'_>) -> Option<Vec<Value>> {
    let mut lists = facts
        .parts
        .iter()
        .filter_map(|schema| schema.enumeration.as_ref());
    let mut values: Vec<Value> = lists
        .next()?
        .iter()
        .map(|literal| literal.value.clone())
        .collect();
    for list in lists {
        values.retain(|value| list.iter().any(|literal| literal.value == *value));
    }
    // A list of texts beside `type: integer` is a slip, and `allOf` of two types is none.
    if let Some(types) = types(&facts.parts).filter(|types| !types.is_empty()) {
        values.retain(|value| types.iter().any(|&ty| is_of(value, ty)));
    }
    Some(values)
}

/// Does a schema, as far as it lists values, list one of these?
fn allows_any(schema: &Schema, values: &[Value]) -> bool {
    let list = schema.enumeration.as_ref();
    list.is_none_or(|list| list.iter().any(|literal| values.contains(&literal.value)))
}

fn is_of(value: &Value, ty: JsonType) -> bool {
    match ty {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

/// The types that all parts allow, said or seen from the keywords; empty if anything is. `None`: there are none.
fn types(parts: &[&Schema]) -> Option<Vec<JsonType>> {
    let mut types: Option<Vec<JsonType>> = None;
    for schema in parts.iter().filter(|schema| !schema.types.is_empty()) {
        let own = &schema.types;
        types = Some(match types {
            None => own.clone(),
            Some(before) => {
                let narrowed = before.iter().filter_map(|&ty| match ty {
                    _ if own.contains(&ty) => Some(ty),
                    JsonType::Number if own.contains(&JsonType::Integer) => Some(JsonType::Integer),
                    JsonType::Integer if own.contains(&JsonType::Number) => Some(JsonType::Integer),
                    _ => None,
                });
                narrowed.collect()
            }
        });
    }
    if let Some(types) = types {
        return (!types.is_empty()).then_some(types);
    }
    let any = |says: &dyn Fn(&Schema) -> bool| parts.iter().any(|schema| says(schema));
    let seen = if any(&|schema| {
        !schema.properties.is_empty()
            || !schema.required.is_empty()
            || !matches!(schema.additional, Additional::Unsaid | Additional::Any)
    }) {
        vec![JsonType::Object]
    } else if any(&|schema| schema.items.is_some() || !schema.prefix_items.is_empty()) {
        vec![JsonType::Array]
    } else {
        Vec::new()
    };
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::lower::validity::Judge;
    use crate::read::{Document, document};
    use crate::source::Sources;
    use std::fmt::Write as _;

    fn read(schemas: &str) -> Document {
        let mut text =
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for line in schemas.lines() {
            let _ = writeln!(text, "    {line}");
        }
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        document::read(source, &sources, &mut Diagnostics::default()).expect("a document")
    }

    /// So many values of the first schema, all of which have to be valid.
    fn make(schemas: &str, direction: Direction, count: usize) -> Vec<Value> {
        let document = read(schemas);
        let judge = Judge::new(&document.schemas, direction).expect("schemas");
        let check = judge.of(SchemaId(0)).expect("a schema");
        let mut maker = Maker::new(&document.schemas, direction, 1, "/test");
        let values: Vec<Value> = (0..count)
            .filter_map(|number| maker.make(SchemaId(0), number))
            .collect();
        for value in &values {
            assert_eq!(check.fault(value), None, "{value}");
        }
        values
    }

    #[test]
    fn the_first_has_everything_and_the_second_what_it_must_have() {
        let schema = "A: {type: object, required: [a], properties: {a: {type: boolean}, b: {type: array}}}";
        let values = make(schema, Direction::Received, 2);
        let names = |value: &Value| {
            value
                .as_object()
                .map(|members| members.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(names(&values[0]).expect("an object"), ["a", "b"]);
        assert_eq!(names(&values[1]).expect("an object"), ["a"]);
    }

    #[test]
    fn what_travels_the_other_way_is_left_out() {
        let schema = "A: {type: object, required: [a], properties: {a: {type: string, readOnly: true}}}";
        assert_eq!(make(schema, Direction::Sent, 1), [json!({})]);
        assert!(make(schema, Direction::Received, 1)[0].get("a").is_some());
    }

    #[test]
    fn a_discriminator_gets_its_value() {
        let schema = r"
Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: Cat}}}
Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}}}";
        for value in make(schema.trim(), Direction::Received, 20) {
            assert!(
                ["c", "Dog"].contains(&value["kind"].as_str().expect("a text")),
                "{value}"
            );
        }
    }

    #[test]
    fn a_branch_agrees_with_what_is_listed_beside_it() {
        let schema = "A: {type: integer, enum: [3], oneOf: [{const: 1}, {const: 2}, {const: 3}]}";
        assert_eq!(make(schema, Direction::Received, 5), vec![json!(3); 5]);
    }

    #[test]
    fn recursion_ends() {
        let tree = "Tree: {type: object, properties: {of: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}";
        assert_eq!(make(tree, Direction::Received, 20).len(), 20);
        let endless = "A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}";
        assert_eq!(make(endless, Direction::Received, 3), [Value::Null; 0]);
    }

    #[test]
    fn what_nothing_satisfies_has_no_instance() {
        for schema in [
            "A: false",
            "A: {allOf: [{type: string}, {type: object}]}",
            "A: {type: array, minItems: 2, maxItems: 1}",
        ] {
            assert_eq!(make(schema, Direction::Received, 3), [Value::Null; 0], "{schema}");
        }
    }

    #[test]
    fn all_keywords_hold_at_once() {
        let schema = r"
A:
  type: object
  minProperties: 2
  maxProperties: 4
  additionalProperties: {type: integer, minimum: 1, exclusiveMaximum: 9, multipleOf: 2}
  properties:
    code: {type: string, pattern: '^[A-Z]{3}$'}
    list: {type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: {enum: [a, b, c]}}
    pair: {type: array, prefixItems: [{type: string}, {type: boolean}], items: false, minItems: 2}
    maybe: {type: [string, 'null'], minLength: 2, maxLength: 4}
    price: {type: number, multipleOf: 0.05, minimum: 0, maximum: 3}";
        assert_eq!(make(schema.trim(), Direction::Received, 50).len(), 50);
    }
}
