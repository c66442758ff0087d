//! Schemas in, a judge of values out: each schema is written as JSON Schema (draft 2020-12), and the crate
//! `jsonschema` says what satisfies it. Knows nothing of types.
//!
//! Where a document can be read in two ways the looser one is taken: a value that is judged valid then has to
//! come through the generated types, and one that is not is reported.

use super::types::Direction;
use crate::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

/// How many references are followed to find out whether a property is read-only.
const DEPTH: usize = 8;
/// The address of the schemas; nothing is ever fetched from it.
const BASE: &str = "urn:schemas";

/// A message that is longer leaves out the value that it is about.
const LONGEST_FAULT: usize = 300;
/// Schemas stand in groups of this many, so that none is looked for among all.
const GROUP: u32 = 128;

/// Says what is valid of values that travel one way.
pub(super) struct Judge<'a> {
    registry: Registry<'a>,
    /// Of an object with a group, of an object with a schema: what its value has to satisfy. To compile a schema
    /// takes all that it leads to, which in many documents is nearly everything, so it is done once for all; nothing
    /// where there is one that the validator does not take.
    all: Option<Validator>,
}

impl Judge<'_> {
    /// Prepares the schemas; `None` if the validator does not take them.
    pub(super) fn new(schemas: &Schemas, direction: Direction) -> Option<Self> {
        let definitions: Map<String, Value> = schemas
            .list
            .iter()
            .enumerate()
            .map(|(number, schema)| (number.to_string(), written(schemas, schema, direction)))
            .collect();
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(BASE, json!({ "$defs": definitions }))
            .ok()?
            .prepare()
            .ok()?;
        let all = build(&registry, &groups(schemas));
        Some(Self { registry, all })
    }

    /// Prepares judging values of one schema; `None` where it is one that the validator does not take.
    pub(super) fn of(&self, schema: SchemaId) -> Option<Check<'_>> {
        if let Some(all) = &self.all {
            return Some(Check::Among(all, schema));
        }
        build(&self.registry, &absolute(schema)).map(Check::Alone)
    }

    /// What is wrong with each of these values; `None` for those that are valid. No answer at all where the
    /// schema is one that the validator does not take.
    pub(super) fn faults(&self, schema: SchemaId, values: &[&Value]) -> Option<Vec<Option<String>>> {
        let check = self.of(schema)?;
        Some(values.iter().map(|value| check.fault(value)).collect())
    }
}

fn build(registry: &Registry<'_>, schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .should_validate_formats(true)
        .with_registry(registry)
        .build(schema)
        .ok()
}

fn absolute(schema: SchemaId) -> Value {
    json!({ "$ref": format!("{BASE}#/$defs/{}", schema.0) })
}

/// The schema of [`Judge::all`].
fn groups(schemas: &Schemas) -> Value {
    let mut groups = Map::new();
    for id in (0u32..).map(SchemaId).take(schemas.list.len()) {
        let group = groups
            .entry((id.0 / GROUP).to_string())
            .or_insert_with(|| json!({ "properties": {} }));
        group["properties"][id.0.to_string()] = absolute(id);
    }
    json!({ "properties": groups })
}

/// Says what is valid of one schema.
pub(super) enum Check<'j> {
    /// By its validator.
    Alone(Validator),
    /// By that of all.
    Among(&'j Validator, SchemaId),
}

impl Check<'_> {
    /// What is wrong with the value, if anything is.
    pub(super) fn fault(&self, value: &Value) -> Option<String> {
        match self {
            Self::Alone(validator) => Self::said(validator, value, 0),
            Self::Among(validator, schema) => {
                let (group, schema) = ((schema.0 / GROUP).to_string(), schema.0.to_string());
                Self::said(validator, &json!({ group: { schema: value } }), 2)
            }
        }
    }

    /// What is wrong with the value, which lies so deep in what is judged.
    fn said(validator: &Validator, judged: &Value, depth: usize) -> Option<String> {
        let error = validator.validate(judged).err()?;
        let place = error.instance_path().to_string();
        let place = match place.match_indices('/').nth(depth) {
            Some((start, _)) => &place[start..],
            None => "",
        };
        let mut why = error.to_string();
        if why.len() > LONGEST_FAULT {
            why = error.masked_with("the value").to_string();
        }
        Some(if place.is_empty() {
            why
        } else {
            format!("at {place}: {why}")
        })
    }
}

fn reference(schema: SchemaId) -> Value {
    json!({ "$ref": format!("#/$defs/{}", schema.0) })
}

fn references(schemas: &[SchemaId]) -> Value {
    schemas.iter().copied().map(reference).collect()
}

/// A schema as JSON Schema.
fn written(schemas: &Schemas, schema: &Schema, direction: Direction) -> Value {
    if let Some(boolean) = schema.boolean {
        return Value::Bool(boolean);
    }
    let mut out = Map::new();
    let mut set = |keyword: &str, value: Value| {
        out.insert(keyword.to_owned(), value);
    };
    if let Some(target) = schema.reference {
        set("$ref", json!(format!("#/$defs/{}", target.0)));
    }
    if !schema.types.is_empty() {
        set(
            "type",
            schema.types.iter().map(|&ty| json!(type_name(ty))).collect(),
        );
    }
    if let Some(values) = &schema.enumeration {
        set(
            "enum",
            values.iter().map(|literal| literal.value.clone()).collect(),
        );
    }
    if let Some(format) = schema.format.as_deref().filter(|format| is_judged(format)) {
        set("format", json!(format));
    }
    if !schema.properties.is_empty() {
        let properties = schema
            .properties
            .iter()
            .map(|(name, &property)| (name.clone(), reference(property)))
            .collect();
        set("properties", Value::Object(properties));
    }
    let required: Vec<&String> = schema
        .required
        .iter()
        .filter(|name| {
            let property = schema.properties.get(*name);
            property.is_none_or(|&property| travels(schemas, property, direction))
        })
        .collect();
    if !required.is_empty() {
        set("required", json!(required));
    }
    match schema.additional {
        Additional::Unsaid | Additional::Any => {}
        Additional::Denied => set("unevaluatedProperties", Value::Bool(false)),
        Additional::Schema(values) => set("unevaluatedProperties", reference(values)),
    }
    if let Some(items) = schema.items {
        set("items", reference(items));
    }
    // Where a discriminator says which it is, a value may well satisfy several; and where a format does, it does so
    // as far as is judged here.
    let by_name = schema.any_of.is_empty()
        && (schema.discriminator.is_some()
            || schema.one_of.iter().any(|&branch| has_format(schemas, branch)));
    for (keyword, list) in [
        ("prefixItems", &schema.prefix_items),
        ("allOf", &schema.all_of),
        ("anyOf", &schema.any_of),
        (if by_name { "anyOf" } else { "oneOf" }, &schema.one_of),
    ] {
        if !list.is_empty() {
            set(keyword, references(list));
        }
    }
    if schema.unique_items {
        set("uniqueItems", Value::Bool(true));
    }
    constraints(schema, &mut set);
    if schema.nullable {
        return json!({ "anyOf": [{ "type": "null" }, out] });
    }
    Value::Object(out)
}

/// Of the formats only those count that make a difference to the type.
fn is_judged(format: &str) -> bool {
    matches!(format, "date" | "date-time" | "uuid")
}

/// Is there a format that does not count, in a branch or its properties?
fn has_format(schemas: &Schemas, branch: SchemaId) -> bool {
    let has = |id: SchemaId| {
        schemas[id]
            .format
            .as_deref()
            .is_some_and(|format| !is_judged(format))
    };
    schemas.layers(branch).into_iter().any(|id| {
        let mut properties = schemas[id].properties.values();
        has(id) || properties.any(|&property| schemas.layers(property).into_iter().any(has))
    })
}

fn constraints(schema: &Schema, set: &mut impl FnMut(&str, Value)) {
    let limits = &schema.constraints;
    if let Some(minimum) = &limits.minimum {
        let keyword = if limits.exclusive_minimum {
            "exclusiveMinimum"
        } else {
            "minimum"
        };
        set(keyword, json!(minimum.near()));
    }
    if let Some(maximum) = &limits.maximum {
        let keyword = if limits.exclusive_maximum {
            "exclusiveMaximum"
        } else {
            "maximum"
        };
        set(keyword, json!(maximum.near()));
    }
    // Zero and less are no divisors.
    if let Some(divisor) = limits
        .multiple_of
        .as_ref()
        .filter(|divisor| divisor.as_f64() > Some(0.0))
    {
        set("multipleOf", json!(divisor.near()));
    }
    for (keyword, limit) in [
        ("minLength", limits.min_length),
        ("maxLength", limits.max_length),
        ("minItems", limits.min_items),
        ("maxItems", limits.max_items),
        ("minProperties", limits.min_properties),
        ("maxProperties", limits.max_properties),
    ] {
        if let Some(limit) = limit {
            set(keyword, json!(limit));
        }
    }
    if let Some(pattern) = &limits.pattern {
        let understood = json!({ "pattern": pattern });
        if jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&understood)
            .is_ok()
        {
            set("pattern", json!(pattern));
        }
    }
}

fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// Is a property part of what is sent, or received?
pub(super) fn travels(schemas: &Schemas, property: SchemaId, direction: Direction) -> bool {
    let mut next = Some(property);
    for _ in 0..DEPTH {
        let Some(schema) = next.map(|id| &schemas[id]) else {
            break;
        };
        let kept_back = match direction {
            Direction::Sent => schema.read_only,
            Direction::Received => schema.write_only,
        };
        if kept_back {
            return false;
        }
        next = schema.reference.or_else(|| schema.all_of.first().copied());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::document;
    use crate::source::Sources;

    /// What is wrong with each of these values, of the first schema.
    fn faults(schemas: &str, direction: Direction, values: &[Value]) -> Vec<Option<String>> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        let document = document::read(source, &sources, &mut Diagnostics::default()).expect("a document");
        let judge = Judge::new(&document.schemas, direction).expect("schemas");
        let values: Vec<&Value> = values.iter().collect();
        judge.faults(SchemaId(0), &values).expect("a schema")
    }

    fn valid(schemas: &str, direction: Direction, values: &[Value]) -> Vec<bool> {
        faults(schemas, direction, values)
            .iter()
            .map(Option::is_none)
            .collect()
    }

    #[test]
    fn a_fault_has_its_place() {
        let schema = "A: {type: object, properties: {a: {type: integer}}}";
        let found = faults(schema, Direction::Received, &[json!({ "a": "x" }), json!(1)]);
        assert_eq!(
            found[0].as_deref(),
            Some("at /a: \"x\" is not of type \"integer\"")
        );
        assert_eq!(found[1].as_deref(), Some("1 is not of type \"object\""));
        let long = faults(schema, Direction::Received, &[json!("x".repeat(1000))]);
        assert_eq!(long[0].as_deref(), Some("the value is not of type \"object\""));
    }

    #[test]
    fn null_is_valid_where_it_is_said_to_be() {
        let schema = "A: {type: object, properties: {a: {type: string, nullable: true, enum: [x]}, b: {type: string}}}";
        let values = [
            json!({ "a": null }),
            json!({ "a": "x" }),
            json!({ "a": "y" }),
            json!({ "b": null }),
        ];
        assert_eq!(
            valid(schema, Direction::Received, &values),
            [true, true, false, false]
        );
    }

    #[test]
    fn what_does_not_travel_is_not_required() {
        let schema = "A: {type: object, required: [id, secret], properties: {id: {type: integer, readOnly: true}, secret: {$ref: '#/components/schemas/S'}}}, S: {type: string, writeOnly: true}";
        let values = [json!({ "id": 1 }), json!({ "secret": "x" })];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false]);
        assert_eq!(valid(schema, Direction::Sent, &values), [false, true]);
    }

    #[test]
    fn formats_count_where_they_make_a_type() {
        let schema = "A: {type: object, properties: {at: {type: string, format: date-time}, mail: {type: string, format: email}}}";
        let values = [
            json!({ "at": "2024-01-31T00:00:00Z" }),
            json!({ "at": "soon" }),
            json!({ "mail": "nobody" }),
        ];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false, true]);
    }

    #[test]
    fn members_of_all_parts_are_known_where_others_are_denied() {
        let schema = "A: {additionalProperties: false, properties: {a: {}}, allOf: [{properties: {b: {}}}]}";
        let values = [json!({ "a": 1, "b": 2 }), json!({ "c": 3 })];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false]);
    }

    #[test]
    fn a_value_may_satisfy_several_branches_that_a_discriminator_tells_apart() {
        let branches = "B: {type: object, properties: {kind: {type: string}}}, C: {type: object, properties: {kind: {type: string}}}";
        let union = "oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]";
        let value = [json!({ "kind": "B" })];
        let plain = format!("A: {{{union}}}, {branches}");
        assert_eq!(valid(&plain, Direction::Received, &value), [false]);
        let told = format!("A: {{{union}, discriminator: {{propertyName: kind}}}}, {branches}");
        assert_eq!(valid(&told, Direction::Received, &value), [true]);
    }

    #[test]
    fn a_format_that_is_not_judged_tells_no_branches_apart() {
        let branches = "B: {type: object, properties: {at: {type: string, format: ipv4}}}, C: {type: object, properties: {at: {type: string, format: ipv6}}}";
        let union = "A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}";
        let values = [json!({ "at": "::1" }), json!({ "at": 1 })];
        assert_eq!(
            valid(&format!("{union}, {branches}"), Direction::Received, &values),
            [true, false]
        );
    }

    #[test]
    fn bounds_hold_and_patterns_that_nobody_understands_do_not() {
        let schema = "A: {type: object, properties: {n: {type: number, minimum: 1, exclusiveMinimum: true, multipleOf: 0.5}, s: {type: string, maxLength: 2}, p: {type: string, pattern: '('}, z: {type: number, multipleOf: 0}}}";
        let values = [
            json!({ "n": 1.5 }),
            json!({ "n": 1 }),
            json!({ "n": 1.2 }),
            json!({ "s": "abc" }),
            json!({ "p": "x", "z": 3 }),
        ];
        assert_eq!(
            valid(schema, Direction::Received, &values),
            [true, false, false, false, true]
        );
    }
}
