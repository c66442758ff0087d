//! Generates random values of one schema. They should be valid; [`pingback_codegen::validate`] finds those that
//! are not.

use crate::MAX_REFERENCES;
use crate::applicable::{Applicable, allows_null, json_types};
use crate::number::NumberKeywords;
use crate::object::ObjectKeywords;
use crate::rng::Rng;
use crate::text;
use pingback_codegen::model::Direction;
use pingback_codegen::read::schema::{Constraints, JsonType, Schema, SchemaId, Schemas};
use pingback_codegen::validate::is_property_present;
use serde_json::{Map, Value, json};

/// The deepest nesting. A schema whose values are all deeper has no instance.
const MAX_DEPTH: usize = 40;
/// Below this depth values have no optional parts, so that recursion ends.
const MAX_OPTIONAL_DEPTH: usize = 5;
/// A value of this many parts gets no more optional parts.
const MAX_OPTIONAL_SIZE: usize = 400;
/// A value with more parts is given up.
const MAX_SIZE: usize = 5000;
/// The most optional elements that an array gets beyond those of `prefixItems`.
const MAX_MORE_ITEMS: usize = 2;
/// How often a string is generated from a pattern until its length is right.
const PATTERN_ATTEMPTS: usize = 20;

/// Which optional members a value gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OptionalMembers {
    All,
    None,
    Random,
}

/// Generates values of one schema for one direction.
pub(crate) struct InstanceGenerator<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    rng: Rng,
    optional_members: OptionalMembers,
    /// The number of values within the current value so far.
    size: usize,
}

impl<'a> InstanceGenerator<'a> {
    /// `name` identifies the schema: each schema has its own random numbers.
    pub(crate) fn new(schemas: &'a Schemas, direction: Direction, seed: u64, name: &str) -> Self {
        Self {
            schemas,
            direction,
            rng: Rng::new(seed, name),
            optional_members: OptionalMembers::All,
            size: 0,
        }
    }

    /// Generates the value with this index. The first has all optional members, the second none, others a random
    /// selection. `None` if no value was found.
    pub(crate) fn generate(&mut self, schema: SchemaId, index: usize) -> Option<Value> {
        self.optional_members = match index {
            0 => OptionalMembers::All,
            1 => OptionalMembers::None,
            _ => OptionalMembers::Random,
        };
        self.size = 0;
        self.value(&[schema], 0)
    }

    /// A value that satisfies all schemas.
    fn value(&mut self, schemas: &[SchemaId], depth: usize) -> Option<Value> {
        self.size += 1;
        if depth > MAX_DEPTH || self.size > MAX_SIZE {
            return None;
        }
        let nullable = schemas
            .iter()
            .all(|&schema| allows_null(self.schemas, schema, MAX_REFERENCES));
        let one_in = if depth > MAX_OPTIONAL_DEPTH { 2 } else { 6 };
        if nullable && self.rng.one_in(one_in) {
            return Some(Value::Null);
        }
        let value = self.value_of_some_type(schemas, depth);
        value.or(nullable.then_some(Value::Null))
    }

    /// A value of a random type that the schemas allow. It is `null` only where any JSON is allowed.
    fn value_of_some_type(&mut self, schemas: &[SchemaId], depth: usize) -> Option<Value> {
        let applicable = Applicable::choose(self.schemas, schemas, &mut self.rng)?;
        if let Some(values) = applicable.enum_values() {
            return self.rng.pick(&values).cloned();
        }
        let types = json_types(&applicable.schemas)?;
        if types.is_empty() {
            return self.any_json();
        }
        match *self.rng.pick(&types)? {
            JsonType::Boolean => Some(self.rng.one_in(2).into()),
            JsonType::Integer => NumberKeywords::of(&applicable.schemas).integer(&mut self.rng),
            JsonType::Number => NumberKeywords::of(&applicable.schemas).number(&mut self.rng),
            JsonType::String => self.string(&applicable.schemas),
            JsonType::Array => self.array(&applicable.schemas, depth),
            JsonType::Object => self.object(&applicable, depth),
        }
    }

    fn any_json(&mut self) -> Option<Value> {
        let values = [
            json!("text"),
            json!(7),
            json!(-0.5),
            json!(true),
            json!([]),
            json!({}),
            json!([1, "two", null]),
            json!({ "a": { "b": [{}] } }),
        ];
        self.rng.pick(&values).cloned()
    }

    fn string(&mut self, schemas: &[&Schema]) -> Option<Value> {
        let length = Bounds::of(schemas, |limits| (limits.min_length, limits.max_length));
        let pattern = schemas
            .iter()
            .find_map(|schema| schema.constraints.pattern.as_deref());
        if let Some(pattern) = pattern {
            for _ in 0..PATTERN_ATTEMPTS {
                match text::matching(&mut self.rng, pattern, length.min) {
                    Some(text) if length.contains(text.chars().count()) => return Some(text.into()),
                    Some(_) => {}
                    // The validator may ignore a pattern that is not understood here.
                    None => return text::with_length(&mut self.rng, length).map(Value::String),
                }
            }
            return None;
        }
        let format = schemas.iter().find_map(|schema| schema.format.as_deref());
        if let Some(text) = format.and_then(|format| text::with_format(&mut self.rng, format)) {
            return Some(text.into());
        }
        text::with_length(&mut self.rng, length).map(Value::String)
    }

    fn array(&mut self, schemas: &[&Schema], depth: usize) -> Option<Value> {
        let count = Bounds::of(schemas, |limits| (limits.min_items, limits.max_items));
        if count.min > count.max || count.min > MAX_SIZE {
            return None;
        }
        let prefix: &[SchemaId] = schemas
            .iter()
            .map(|schema| schema.prefix_items.as_slice())
            .find(|items| !items.is_empty())
            .unwrap_or_default();
        let rest: Vec<SchemaId> = schemas.iter().filter_map(|schema| schema.items).collect();
        let more = match self.optional_members {
            OptionalMembers::None => 0,
            _ if !self.has_room(depth) => 0,
            OptionalMembers::All => prefix.len().max(1),
            OptionalMembers::Random => self.rng.below(prefix.len() + MAX_MORE_ITEMS + 1),
        };
        let wanted = count.min.saturating_add(more).min(count.max);
        let unique = schemas.iter().any(|schema| schema.unique_items);
        let mut items: Vec<Value> = Vec::new();
        // With `uniqueItems`, an element that repeats another is left out, so there are more attempts than elements.
        for _ in 0..wanted.saturating_mul(4) {
            if items.len() >= wanted {
                break;
            }
            let item = match prefix.get(items.len()) {
                Some(&schema) => self.value(&[schema], depth + 1),
                None => self.value_or_any_json(&rest, depth + 1),
            };
            let Some(item) = item else { break };
            if !(unique && items.contains(&item)) {
                items.push(item);
            }
        }
        (items.len() >= count.min).then_some(Value::Array(items))
    }

    fn value_or_any_json(&mut self, schemas: &[SchemaId], depth: usize) -> Option<Value> {
        if schemas.is_empty() {
            self.any_json()
        } else {
            self.value(schemas, depth)
        }
    }

    fn object(&mut self, applicable: &Applicable<'a>, depth: usize) -> Option<Value> {
        let keywords = ObjectKeywords::of(&applicable.schemas);
        let mut members = Map::new();
        let optional = self.add_required(&keywords, &applicable.tags, &mut members, depth)?;
        for name in optional {
            let needed = members.len() < keywords.count.min;
            if members.len() < keywords.count.max
                && (needed || self.chooses_optional(depth))
                && let Some(value) = self.value(&keywords.properties[name], depth + 1)
            {
                members.insert(name.to_owned(), value);
            }
        }
        self.add_additional(&keywords, &mut members, depth);
        Some(Value::Object(members))
    }

    /// Adds discriminators and required members; returns the names of the optional properties.
    fn add_required(
        &mut self,
        keywords: &ObjectKeywords<'a>,
        tags: &[(&'a str, Value)],
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<Vec<&'a str>> {
        let mut optional = Vec::new();
        for (&name, schemas) in &keywords.properties {
            let is_present = |&id: &SchemaId| is_property_present(self.schemas, id, self.direction);
            if !schemas.iter().all(is_present) {
                continue;
            }
            if let Some((_, tag)) = tags.iter().find(|(property, _)| *property == name) {
                members.insert(name.to_owned(), self.discriminator(tag, schemas));
            } else if keywords.required.contains(name) {
                members.insert(name.to_owned(), self.value(schemas, depth + 1)?);
            } else {
                optional.push(name);
            }
        }
        for (name, tag) in tags {
            members.entry(*name).or_insert_with(|| tag.clone());
        }
        for &name in &keywords.required {
            if !keywords.properties.contains_key(name) && !members.contains_key(name) {
                let value = self.value_or_any_json(&keywords.additional, depth + 1);
                members.insert(name.to_owned(), value?);
            }
        }
        Some(optional)
    }

    /// Adds members that are not among the properties.
    fn add_additional(
        &mut self,
        keywords: &ObjectKeywords<'a>,
        members: &mut Map<String, Value>,
        depth: usize,
    ) {
        let count = keywords.count;
        if keywords.additional_denied {
            return;
        }
        if keywords.documents_additional() || members.len() < count.min {
            for name in ["extra", "with space/and~tilde", "ключ", "type", "0", "$ref", "é"] {
                let needed = members.len() < count.min;
                let wanted = needed || (self.chooses_optional(depth) && self.rng.one_in(3));
                if !wanted || members.len() >= count.max || keywords.properties.contains_key(name) {
                    continue;
                }
                if let Some(value) = self.value_or_any_json(&keywords.additional, depth + 1) {
                    members.entry(name).or_insert(value);
                }
            }
        }
        // Servers add members that the document does not mention, and decoding has to ignore them.
        if !keywords.documents_additional()
            && self.optional_members == OptionalMembers::Random
            && members.len() < count.max
            && self.rng.one_in(12)
        {
            members.entry("not in the document").or_insert(json!(1));
        }
    }

    /// Whether the value may still grow by optional parts.
    fn has_room(&self, depth: usize) -> bool {
        depth <= MAX_OPTIONAL_DEPTH && self.size <= MAX_OPTIONAL_SIZE
    }

    /// Decides whether to add an optional member.
    fn chooses_optional(&mut self, depth: usize) -> bool {
        self.has_room(depth)
            && match self.optional_members {
                OptionalMembers::All => true,
                OptionalMembers::None => false,
                OptionalMembers::Random => self.rng.one_in(2),
            }
    }

    /// The value of a discriminator property: `tag`, unless the property's own `enum` lists other values.
    fn discriminator(&mut self, tag: &Value, schemas: &[SchemaId]) -> Value {
        let Some(applicable) = Applicable::choose(self.schemas, schemas, &mut self.rng) else {
            return tag.clone();
        };
        let value = match applicable.enum_values() {
            Some(values) if !values.contains(tag) => self.rng.pick(&values).cloned(),
            _ => None,
        };
        value.unwrap_or_else(|| tag.clone())
    }
}

/// How long a string may be, or how many items or members there may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) min: usize,
    pub(crate) max: usize,
}

impl Bounds {
    /// The bounds that satisfy the minimum and maximum of every schema.
    pub(crate) fn of(
        schemas: &[&Schema],
        limits: impl Fn(&Constraints) -> (Option<u64>, Option<u64>),
    ) -> Self {
        let count = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let limits = || schemas.iter().map(|schema| limits(&schema.constraints));
        Self {
            min: limits().filter_map(|(min, _)| min).max().map_or(0, count),
            max: limits()
                .filter_map(|(_, max)| max)
                .min()
                .map_or(usize::MAX, count),
        }
    }

    fn contains(self, count: usize) -> bool {
        (self.min..=self.max).contains(&count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingback_codegen::diagnostic::Diagnostics;
    use pingback_codegen::read::{Document, document};
    use pingback_codegen::source::Sources;
    use pingback_codegen::validate::Validator;
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

    /// Generates values of the first schema and asserts that they are valid.
    fn generate(schemas: &str, direction: Direction, count: usize) -> Vec<Value> {
        let document = read(schemas);
        let validator = Validator::new(&document.schemas, direction).expect("schemas");
        let validator = validator.schema(SchemaId(0)).expect("a schema");
        let mut generator = InstanceGenerator::new(&document.schemas, direction, 1, "/test");
        let values: Vec<Value> = (0..count)
            .filter_map(|index| generator.generate(SchemaId(0), index))
            .collect();
        for value in &values {
            let mismatch = validator
                .validate(value)
                .err()
                .map(|mismatch| mismatch.to_string());
            assert_eq!(mismatch, None, "{value}");
        }
        values
    }

    #[test]
    fn the_first_value_has_all_members_and_the_second_the_required_ones() {
        let schema = "A: {type: object, required: [a], properties: {a: {type: boolean}, b: {type: array}}}";
        let values = generate(schema, Direction::Received, 2);
        let names = |value: &Value| {
            value
                .as_object()
                .map(|members| members.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(names(&values[0]).expect("an object"), ["a", "b"]);
        assert_eq!(names(&values[1]).expect("an object"), ["a"]);
    }

    #[test]
    fn read_only_members_are_not_sent() {
        let schema = "A: {type: object, required: [a], properties: {a: {type: string, readOnly: true}}}";
        assert_eq!(generate(schema, Direction::Sent, 1), [json!({})]);
        assert!(generate(schema, Direction::Received, 1)[0].get("a").is_some());
    }

    #[test]
    fn a_branch_that_is_only_nullable_gives_null() {
        let schema = "A: {anyOf: [{$ref: '#/components/schemas/B'}, {nullable: true}]}\nB: {type: integer}";
        let values = generate(schema, Direction::Received, 20);
        assert!(
            values.iter().all(|value| value.is_null() || value.is_i64()),
            "{values:?}"
        );
        assert!(values.contains(&Value::Null));
    }

    #[test]
    fn discriminators_name_the_branch() {
        let schema = r"
Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: Cat}}}
Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}}}";
        for value in generate(schema.trim(), Direction::Received, 20) {
            assert!(
                ["c", "Dog"].contains(&value["kind"].as_str().expect("a text")),
                "{value}"
            );
        }
    }

    #[test]
    fn the_branch_agrees_with_the_enum_beside_it() {
        let schema = "A: {type: integer, enum: [3], oneOf: [{const: 1}, {const: 2}, {const: 3}]}";
        assert_eq!(generate(schema, Direction::Received, 5), vec![json!(3); 5]);
    }

    #[test]
    fn recursion_ends() {
        let tree = "Tree: {type: object, properties: {of: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}";
        assert_eq!(generate(tree, Direction::Received, 20).len(), 20);
        let endless = "A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}";
        assert_eq!(generate(endless, Direction::Received, 3), [Value::Null; 0]);
    }

    #[test]
    fn schemas_that_allow_nothing_have_no_instance() {
        for schema in [
            "A: false",
            "A: {allOf: [{type: string}, {type: object}]}",
            "A: {type: array, minItems: 2, maxItems: 1}",
        ] {
            assert_eq!(
                generate(schema, Direction::Received, 3),
                [Value::Null; 0],
                "{schema}"
            );
        }
    }

    #[test]
    fn values_satisfy_all_keywords() {
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
        assert_eq!(generate(schema.trim(), Direction::Received, 50).len(), 50);
    }
}
