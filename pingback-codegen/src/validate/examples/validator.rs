//! Validates values against the schemas of a document with the crate `jsonschema`: each schema is written as JSON
//! Schema (draft 2020-12).
//!
//! Where documents deviate from JSON Schema, the looser reading decides: a `oneOf` with a discriminator allows a value
//! of several branches, and formats without a Rust type are ignored.

use super::direction::is_property_present;
use crate::model::Direction;
use crate::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Draft, Registry, ValidationError};
use serde_json::{Map, Value, json};

/// The base URI of the schemas. Nothing is fetched from it.
const BASE: &str = "urn:schemas";
/// A longer message leaves out the value.
const MAX_MESSAGE: usize = 300;
/// How many schemas, or groups of them, form a group. The validator looks for each of them in a value, so all schemas in
/// one group would make each validation take time in proportion to the size of the document.
const GROUP: u32 = 16;

/// Validates values that are sent, or values that are received.
pub struct Validator<'a> {
    registry: Registry<'a>,
    /// Compiling one schema compiles all that it refers to, which in many documents is most of them. So all schemas
    /// are compiled once, as properties of properties of an object: groups of groups, and the schemas of each group.
    /// `None` if one of the schemas cannot be compiled; each is then compiled when it is used.
    all: Option<jsonschema::Validator>,
    /// How many groups are around each schema.
    depth: u32,
}

impl Validator<'_> {
    /// Prepares the schemas of a document; `None` if they cannot be compiled.
    #[must_use]
    pub fn new(schemas: &Schemas, direction: Direction) -> Option<Self> {
        let definitions: Map<String, Value> = schemas
            .list
            .iter()
            .enumerate()
            .map(|(number, schema)| (number.to_string(), json_schema(schemas, schema, direction)))
            .collect();
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(BASE, json!({ "$defs": definitions }))
            .ok()?
            .prepare()
            .ok()?;
        let count = u32::try_from(schemas.list.len()).ok()?;
        let depth = count.max(2).saturating_sub(1).ilog(GROUP) + 1;
        let all = compile(&registry, &groups(count, depth));
        Some(Self { registry, all, depth })
    }

    /// The validator of one schema; `None` if it cannot be compiled.
    #[must_use]
    pub fn schema(&self, schema: SchemaId) -> Option<SchemaValidator<'_>> {
        match &self.all {
            Some(all) => Some(SchemaValidator::Grouped(all, path(schema, self.depth))),
            None => compile(&self.registry, &absolute_reference(schema)).map(SchemaValidator::Single),
        }
    }
}

fn compile(registry: &Registry<'_>, schema: &Value) -> Option<jsonschema::Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .should_validate_formats(true)
        .with_registry(registry)
        .build(schema)
        .ok()
}

fn absolute_reference(schema: SchemaId) -> Value {
    json!({ "$ref": format!("{BASE}#/$defs/{}", schema.0) })
}

/// The schema of [`Validator::all`] for that number of schemas.
fn groups(count: u32, depth: u32) -> Value {
    let mut root = Value::Null;
    for id in (0..count).map(SchemaId) {
        let mut node = &mut root;
        for name in path(id, depth) {
            node = &mut node["properties"][name];
        }
        *node = absolute_reference(id);
    }
    root
}

/// The names of the groups around a schema, the outermost first, and its own name.
fn path(schema: SchemaId, depth: u32) -> Vec<String> {
    let digits = (0..depth).rev().map(|level| schema.0 / GROUP.pow(level) % GROUP);
    digits.map(|digit| digit.to_string()).collect()
}

/// Validates values of one schema.
pub enum SchemaValidator<'v> {
    /// A validator for this schema alone.
    Single(jsonschema::Validator),
    /// The validator of all schemas, and the names of the groups around the schema and its own.
    Grouped(&'v jsonschema::Validator, Vec<String>),
}

impl SchemaValidator<'_> {
    /// Validates a value.
    ///
    /// # Errors
    /// The first reason why the value is invalid.
    pub fn validate(&self, value: &Value) -> Result<(), Mismatch> {
        match self {
            Self::Single(validator) => validator
                .validate(value)
                .map_err(|error| Mismatch::new(&error, 0)),
            Self::Grouped(validator, path) => {
                let wrap =
                    |inner: Value, name: &String| Value::Object(Map::from_iter([(name.clone(), inner)]));
                let value = path.iter().rev().fold(value.clone(), wrap);
                validator
                    .validate(&value)
                    .map_err(|error| Mismatch::new(&error, path.len()))
            }
        }
    }
}

/// Why a value is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    message: String,
    /// The schema and its keyword that do not allow the value.
    pub(super) keyword: Option<(SchemaId, String)>,
}

impl Mismatch {
    /// `depth`: how many segments of the error's path lead to the value itself.
    fn new(error: &ValidationError<'_>, depth: usize) -> Self {
        let error = only_branch(error);
        let path = error.instance_path().to_string();
        let path = match path.match_indices('/').nth(depth) {
            Some((start, _)) => &path[start..],
            None => "",
        };
        let mut message = error.to_string();
        if message.len() > MAX_MESSAGE {
            message = error.masked_with("the value").to_string();
        }
        Self {
            message: if path.is_empty() {
                message
            } else {
                format!("at {path}: {message}")
            },
            keyword: keyword(error),
        }
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

/// If a value satisfies no branch of a union, and all branches but one allow only `null`: the error of that branch,
/// which is more precise than the error of the union.
fn only_branch<'e>(error: &'e ValidationError<'e>) -> &'e ValidationError<'e> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) =
        error.kind()
    else {
        return error;
    };
    let mut branches = context.iter().filter(|errors| !errors.iter().any(requires_null));
    match (branches.next().and_then(|errors| errors.first()), branches.next()) {
        (Some(error), None) => only_branch(error),
        _ => error,
    }
}

fn requires_null(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        ValidationErrorKind::Type {
            kind: TypeKind::Single(jsonschema::JsonType::Null)
        }
    )
}

/// The schema and keyword of an error: `urn:schemas#/$defs/3/type` is `type` of the schema with number 3.
fn keyword(error: &ValidationError<'_>) -> Option<(SchemaId, String)> {
    let location = error.absolute_keyword_location()?.as_str();
    let path = location.strip_prefix(BASE)?.strip_prefix("#/$defs/")?;
    let (schema, rest) = path.split_once('/')?;
    let keyword = rest.rsplit('/').next()?;
    Some((SchemaId(schema.parse().ok()?), keyword.to_owned()))
}

fn reference(schema: SchemaId) -> Value {
    json!({ "$ref": format!("#/$defs/{}", schema.0) })
}

fn references(schemas: &[SchemaId]) -> Value {
    schemas.iter().copied().map(reference).collect()
}

/// Writes a schema as JSON Schema.
fn json_schema(schemas: &Schemas, schema: &Schema, direction: Direction) -> Value {
    if let Some(boolean) = schema.boolean {
        return Value::Bool(boolean);
    }
    let mut out = Map::new();
    let mut set = |keyword: &str, value: Value| {
        out.insert(keyword.to_owned(), value);
    };
    value_keywords(schema, &mut set);
    property_keywords(schemas, schema, direction, &mut set);
    if let Some(items) = schema.items {
        set("items", reference(items));
    }
    composition_keywords(schemas, schema, &mut set);
    if schema.unique_items {
        set("uniqueItems", Value::Bool(true));
    }
    constraints(schema, &mut set);
    match null_branch(schemas, schema) {
        Some(branch) => json!({ "anyOf": [branch, out] }),
        None => Value::Object(out),
    }
}

/// The schema of `null`, if the schema allows it. Beside a `type` the schemas that apply as well have to allow it, too.
fn null_branch(schemas: &Schemas, schema: &Schema) -> Option<Value> {
    let mut branch = json!({ "type": "null" });
    if schema.or_null || schema.all_of.iter().any(|&part| schemas[part].is_or_null()) {
        return Some(branch);
    }
    let others: Vec<SchemaId> = schema.reference.iter().chain(&schema.all_of).copied().collect();
    if !others.is_empty() {
        branch["allOf"] = references(&others);
    }
    schema.nullable.then_some(branch)
}

/// Sets the reference, the types, the listed values and the format.
fn value_keywords(schema: &Schema, set: &mut impl FnMut(&str, Value)) {
    if let Some(target) = schema.reference {
        set("$ref", json!(format!("#/$defs/{}", target.0)));
    }
    if !schema.types.is_empty() {
        let types = schema.types.iter().map(|&ty| json!(type_name(ty)));
        set("type", types.collect());
    }
    if let Some(values) = &schema.enumeration {
        let values = values.iter().map(|literal| literal.value.clone());
        set("enum", values.collect());
    }
    if let Some(format) = schema.format.as_deref().filter(|format| is_validated(format)) {
        set("format", json!(format));
    }
}

/// Sets the keywords for the members of an object.
fn property_keywords(
    schemas: &Schemas,
    schema: &Schema,
    direction: Direction,
    set: &mut impl FnMut(&str, Value),
) {
    if !schema.properties.is_empty() {
        let properties = schema.properties.iter();
        let properties = properties.map(|(name, &property)| (name.clone(), reference(property)));
        set("properties", Value::Object(properties.collect()));
    }
    let is_required = |name: &&String| {
        let property = schema.properties.get(*name);
        property.is_none_or(|&property| is_property_present(schemas, property, direction))
    };
    let required: Vec<&String> = schema.required.iter().filter(is_required).collect();
    if !required.is_empty() {
        set("required", json!(required));
    }
    match schema.additional {
        Additional::Unspecified | Additional::Any => {}
        Additional::Denied => set("unevaluatedProperties", Value::Bool(false)),
        Additional::Schema(values) => set("unevaluatedProperties", reference(values)),
    }
}

/// Sets the keywords that list schemas.
fn composition_keywords(schemas: &Schemas, schema: &Schema, set: &mut impl FnMut(&str, Value)) {
    // A value may satisfy several branches if a discriminator distinguishes them, or a format that is ignored here.
    let overlaps = |&branch: &SchemaId| has_ignored_format(schemas, branch) || schemas[branch].is_or_null();
    let may_overlap =
        schema.any_of.is_empty() && (schema.discriminator.is_some() || schema.one_of.iter().any(overlaps));
    let branches = |list: &[SchemaId]| -> Value {
        let branch = |&branch: &SchemaId| {
            if schemas[branch].is_or_null() {
                json!({ "type": "null" })
            } else {
                reference(branch)
            }
        };
        list.iter().map(branch).collect()
    };
    for (keyword, list) in [("prefixItems", &schema.prefix_items), ("allOf", &schema.all_of)] {
        if !list.is_empty() {
            set(keyword, references(list));
        }
    }
    let one_of = if may_overlap { "anyOf" } else { "oneOf" };
    for (keyword, list) in [("anyOf", &schema.any_of), (one_of, &schema.one_of)] {
        if !list.is_empty() {
            set(keyword, branches(list));
        }
    }
}

/// Formats with a Rust type.
fn is_validated(format: &str) -> bool {
    matches!(format, "date" | "date-time" | "uuid")
}

/// Whether a branch or one of its properties has a format that is ignored.
fn has_ignored_format(schemas: &Schemas, branch: SchemaId) -> bool {
    let has = |id: SchemaId| {
        schemas[id]
            .format
            .as_deref()
            .is_some_and(|format| !is_validated(format))
    };
    schemas.with_all_of(branch).into_iter().any(|id| {
        let mut properties = schemas[id].properties.values();
        has(id) || properties.any(|&property| schemas.with_all_of(property).into_iter().any(has))
    })
}

/// Sets the keywords for bounds, lengths and patterns. A pattern that is not a regular expression is left out.
fn constraints(schema: &Schema, set: &mut impl FnMut(&str, Value)) {
    let limits = &schema.constraints;
    if let Some(minimum) = &limits.minimum {
        let keyword = if limits.exclusive_minimum {
            "exclusiveMinimum"
        } else {
            "minimum"
        };
        set(keyword, json!(minimum.rounded()));
    }
    if let Some(maximum) = &limits.maximum {
        let keyword = if limits.exclusive_maximum {
            "exclusiveMaximum"
        } else {
            "maximum"
        };
        set(keyword, json!(maximum.rounded()));
    }
    // Divisors have to be greater than 0.
    if let Some(divisor) = limits
        .multiple_of
        .as_ref()
        .filter(|divisor| divisor.as_f64() > Some(0.0))
    {
        set("multipleOf", json!(divisor.rounded()));
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
        let schema = json!({ "pattern": pattern });
        if jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&schema)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::document;
    use crate::source::Sources;

    /// Validates values against the first schema; returns the messages.
    fn messages(schemas: &str, direction: Direction, values: &[Value]) -> Vec<Option<String>> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        let document = document::read(source, &sources, &mut Diagnostics::default()).expect("a document");
        let validator = Validator::new(&document.schemas, direction).expect("schemas");
        let validator = validator.schema(SchemaId(0)).expect("a schema");
        let message = |value| {
            validator
                .validate(value)
                .err()
                .map(|mismatch| mismatch.to_string())
        };
        values.iter().map(message).collect()
    }

    fn valid(schemas: &str, direction: Direction, values: &[Value]) -> Vec<bool> {
        messages(schemas, direction, values)
            .iter()
            .map(Option::is_none)
            .collect()
    }

    #[test]
    fn messages_have_the_path_of_the_value() {
        let schema = "A: {type: object, properties: {a: {type: integer}}}";
        let found = messages(schema, Direction::Received, &[json!({ "a": "x" }), json!(1)]);
        assert_eq!(
            found[0].as_deref(),
            Some("at /a: \"x\" is not of type \"integer\"")
        );
        assert_eq!(found[1].as_deref(), Some("1 is not of type \"object\""));
        let long = messages(schema, Direction::Received, &[json!("x".repeat(1000))]);
        assert_eq!(long[0].as_deref(), Some("the value is not of type \"object\""));
    }

    #[test]
    fn each_of_many_schemas_is_validated_by_itself() {
        use std::fmt::Write as _;
        let mut schemas = String::new();
        for number in 0..300 {
            let _ = write!(schemas, "A{number}: {{enum: [{number}]}}, ");
        }
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        let document = document::read(source, &sources, &mut Diagnostics::default()).expect("a document");
        let validator = Validator::new(&document.schemas, Direction::Sent).expect("schemas");
        for number in [0, 15, 16, 255, 256, 299] {
            let schema = validator.schema(SchemaId(number)).expect("a schema");
            assert!(schema.validate(&json!(number)).is_ok());
            let mismatch = schema.validate(&json!("x")).expect_err("another value");
            assert_eq!(mismatch.to_string(), format!("\"x\" is not one of {number}"));
        }
    }

    #[test]
    fn null_is_valid_if_nullable() {
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
    fn a_branch_or_part_that_is_only_nullable_means_or_null() {
        for list in ["anyOf", "oneOf", "allOf"] {
            let schema = format!(
                "A: {{{list}: [{{$ref: '#/components/schemas/B'}}, {{nullable: true}}]}}, B: {{type: string}}"
            );
            let values = [json!(null), json!("x"), json!(1)];
            assert_eq!(
                valid(&schema, Direction::Received, &values),
                [true, true, false],
                "{list}"
            );
        }
    }

    #[test]
    fn all_schemas_that_apply_have_to_allow_null() {
        for (first, others, is_valid) in [
            ("type: string, nullable: true", "{type: string}", false),
            (
                "type: string, nullable: true",
                "{type: string, nullable: true}",
                true,
            ),
            ("nullable: true", "{type: string}", true),
        ] {
            let schema = format!("A: {{{first}, allOf: [{others}]}}");
            assert_eq!(
                valid(&schema, Direction::Received, &[json!(null)]),
                [is_valid],
                "{first}"
            );
        }
    }

    #[test]
    fn read_only_and_write_only_properties_are_required_one_way() {
        let schema = "A: {type: object, required: [id, secret], properties: {id: {type: integer, readOnly: true}, secret: {$ref: '#/components/schemas/S'}}}, S: {type: string, writeOnly: true}";
        let values = [json!({ "id": 1 }), json!({ "secret": "x" })];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false]);
        assert_eq!(valid(schema, Direction::Sent, &values), [false, true]);
    }

    #[test]
    fn formats_with_a_type_of_their_own_are_validated() {
        let schema = "A: {type: object, properties: {at: {type: string, format: date-time}, mail: {type: string, format: email}}}";
        let values = [
            json!({ "at": "2024-01-31T00:00:00Z" }),
            json!({ "at": "soon" }),
            json!({ "mail": "nobody" }),
        ];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false, true]);
    }

    #[test]
    fn additional_properties_false_allows_properties_of_all_of() {
        let schema = "A: {additionalProperties: false, properties: {a: {}}, allOf: [{properties: {b: {}}}]}";
        let values = [json!({ "a": 1, "b": 2 }), json!({ "c": 3 })];
        assert_eq!(valid(schema, Direction::Received, &values), [true, false]);
    }

    #[test]
    fn branches_with_a_discriminator_may_overlap() {
        let branches = "B: {type: object, properties: {kind: {type: string}}}, C: {type: object, properties: {kind: {type: string}}}";
        let union = "oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]";
        let value = [json!({ "kind": "B" })];
        let plain = format!("A: {{{union}}}, {branches}");
        assert_eq!(valid(&plain, Direction::Received, &value), [false]);
        let with_discriminator = format!("A: {{{union}, discriminator: {{propertyName: kind}}}}, {branches}");
        assert_eq!(valid(&with_discriminator, Direction::Received, &value), [true]);
    }

    #[test]
    fn branches_with_an_ignored_format_may_overlap() {
        let branches = "B: {type: object, properties: {at: {type: string, format: ipv4}}}, C: {type: object, properties: {at: {type: string, format: ipv6}}}";
        let union = "A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}";
        let values = [json!({ "at": "::1" }), json!({ "at": 1 })];
        assert_eq!(
            valid(&format!("{union}, {branches}"), Direction::Received, &values),
            [true, false]
        );
    }

    #[test]
    fn bounds_are_validated_and_malformed_patterns_ignored() {
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
