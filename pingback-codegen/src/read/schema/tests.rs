use super::{Additional, JsonType, Schema, SchemaId};
use crate::diagnostic::Diagnostics;
use crate::read::Document;
use crate::read::document;
use crate::read::tree::Pointer;
use crate::source::Sources;
use serde_json::json;

/// A document with these schemas, and the rules of all findings.
fn read(schemas: &str) -> (Document, Vec<&'static str>) {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n".to_owned();
    for line in schemas.lines() {
        text.push_str("    ");
        text.push_str(line);
        text.push('\n');
    }
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let id = sources.add("a.yaml", text);
    let document = document::read(id, &sources, &mut diagnostics).expect("it is a document");
    (document, diagnostics.iter().map(|d| d.rule.name).collect())
}

fn at<'d>(document: &'d Document, pointer: &str) -> &'d Schema {
    let pointer = Pointer(format!("/components/schemas/{pointer}"));
    &document.schemas[*document.schemas.by_pointer.get(&pointer).expect("a schema")]
}

/// The only schema of a document without findings.
fn one(schema: &str) -> Schema {
    let (document, findings) = read(&format!("A: {schema}"));
    assert_eq!(findings, Vec::<&str>::new());
    at(&document, "A").clone()
}

fn pointers(document: &Document, ids: &[SchemaId]) -> Vec<String> {
    ids.iter()
        .map(|id| {
            document.schemas[*id]
                .pointer
                .0
                .replace("/components/schemas/", "")
        })
        .collect()
}

#[test]
fn null_in_types_and_enums_becomes_nullable() {
    let schema = one("{type: [string, 'null'], enum: [a, null, b], x-enum-varnames: [A, N, B]}");
    assert_eq!(schema.types, [JsonType::String]);
    assert!(schema.nullable);
    let values: Vec<_> = schema
        .enumeration
        .iter()
        .flatten()
        .map(|literal| &literal.value)
        .collect();
    assert_eq!(values, [&json!("a"), &json!("b")]);
    assert_eq!(schema.enum_names, ["A", "B"]);
    assert!(one("{type: string, nullable: true}").nullable);
}

#[test]
fn a_schema_that_allows_only_null_has_an_empty_enumeration() {
    for schema in [
        "{type: 'null'}",
        "{type: ['null']}",
        "{const: null}",
        "{enum: [null]}",
        "{anyOf: [{type: 'null'}]}",
    ] {
        assert!(one(schema).is_null(), "{schema}");
    }
    assert!(!one("{nullable: true}").is_null());
}

#[test]
fn branches_that_allow_only_null_are_left_out() {
    let (document, findings) = read(
        "A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}\nB: {oneOf: [{enum: [null]}, {type: integer}]}",
    );
    assert_eq!(findings, Vec::<&str>::new());
    let (a, b) = (at(&document, "A"), at(&document, "B"));
    assert!(a.nullable && b.nullable);
    assert_eq!(pointers(&document, &a.any_of), ["A/anyOf/0"]);
    assert_eq!(pointers(&document, &b.one_of), ["B/oneOf/1"]);
}

#[test]
fn a_constant_is_the_only_enumeration_value() {
    let schema = one("{const: 4}");
    let values: Vec<_> = schema
        .enumeration
        .iter()
        .flatten()
        .map(|literal| &literal.value)
        .collect();
    assert_eq!(values, [&json!(4)]);
}

#[test]
fn exclusive_bounds_of_3_0_and_3_1_are_equivalent() {
    let of = |schema: &str| {
        let limits = one(schema).constraints;
        (limits.minimum.map(|n| n.to_string()), limits.exclusive_minimum)
    };
    assert_eq!(
        of("{minimum: 1, exclusiveMinimum: true}"),
        (Some("1".into()), true)
    );
    assert_eq!(of("{exclusiveMinimum: 1}"), (Some("1".into()), true));
    assert_eq!(of("{minimum: 2, exclusiveMinimum: 1}"), (Some("2".into()), false));
    assert_eq!(of("{minimum: 1, exclusiveMinimum: 1}"), (Some("1".into()), true));
}

#[test]
fn siblings_of_a_reference_are_kept() {
    let (document, _) =
        read("A: {$ref: '#/components/schemas/B', description: mine, nullable: true}\nB: {type: string}");
    let schema = at(&document, "A");
    assert_eq!(pointers(&document, schema.reference.as_slice()), ["B"]);
    assert_eq!(schema.description.as_deref(), Some("mine"));
    assert!(schema.nullable);
}

#[test]
fn references_may_lead_into_schemas_and_extensions() {
    let (document, findings) = read(
        "A: {$ref: '#/components/schemas/B/$defs/c'}\nB: {$defs: {c: {type: string}}}\n\
         D: {$ref: '#/components/x-mine/E'}\nF: {$ref: '#/components/schemas/A/G'}\n",
    );
    assert_eq!(findings, ["ref-missing", "ref-missing"]);
    assert_eq!(
        pointers(&document, at(&document, "A").reference.as_slice()),
        ["B/$defs/c"]
    );
}

#[test]
fn boolean_schemas_are_schemas() {
    let (document, findings) = read("A: true\nB: {properties: {no: false}, additionalProperties: false}");
    assert_eq!(findings, Vec::<&str>::new());
    assert_eq!(at(&document, "A").boolean, Some(true));
    assert_eq!(at(&document, "B/properties/no").boolean, Some(false));
    assert_eq!(at(&document, "B").additional, Additional::Denied);
}

#[test]
fn one_pattern_is_a_map_and_several_schemas_allow_any_value() {
    let (document, findings) = read(
        "A: {patternProperties: {^x: {type: string}}}\nB: {patternProperties: {^x: {type: string}}, additionalProperties: true}",
    );
    assert_eq!(findings, ["mixed-additional"]);
    assert!(matches!(at(&document, "A").additional, Additional::Schema(_)));
    assert_eq!(at(&document, "B").additional, Additional::Any);
}

#[test]
fn a_discriminator_maps_to_names_and_references() {
    let (document, findings) = read(
        "A: {discriminator: {propertyName: kind, mapping: {b: B, c: '#/components/schemas/C'}}}\nB: {}\nC: {}",
    );
    assert_eq!(findings, Vec::<&str>::new());
    let discriminator = at(&document, "A").discriminator.as_ref().expect("it has one");
    let targets: Vec<_> = discriminator.mapping.values().copied().collect();
    assert_eq!(pointers(&document, &targets), ["B", "C"]);
}

#[test]
fn a_malformed_keyword_does_not_affect_the_others() {
    let (document, findings) = read(
        "A:\n  type: object\n  maxLength: long\n  minLength: '3'\n  properties: {a: 3, b: {type: string, required: true}}\n  allOf: {}\n  required: a\n",
    );
    let schema = at(&document, "A");
    assert_eq!(schema.properties.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(schema.constraints.min_length, Some(3));
    assert!(schema.required.contains("a"));
    assert_eq!(
        findings,
        [
            "coerced",
            "wrong-type",
            "coerced",
            "required-flag",
            "coerced",
            "coerced",
        ]
    );
}

#[test]
fn deeply_nested_schemas_are_read() {
    let depth = 190;
    let text = format!("A: {}true{}", "{items: ".repeat(depth), "}".repeat(depth));
    let (document, _) = read(&text);
    assert_eq!(document.schemas.list.len(), depth + 1);
}

#[test]
fn a_cycle_of_references_is_reported_once() {
    let (document, findings) = read(
        "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {$ref: '#/components/schemas/B'}\nD: {properties: {d: {$ref: '#/components/schemas/D'}}}",
    );
    assert_eq!(findings, ["unused-ref-cycle"]);
    assert!(at(&document, "D/properties/d").reference.is_some());
}

#[test]
fn an_unquoted_null_is_a_type_if_nothing_else_is_valid() {
    let null = [
        "{type: null}",
        "{type: null, title: T, deprecated: true, x-a: 1, items: null}",
    ];
    for schema in null {
        let (document, findings) = read(&format!("A: {schema}"));
        assert!(at(&document, "A").is_null(), "{schema}");
        assert_eq!(findings, ["null-keyword"], "{schema}");
    }
    let absent = [
        "{type: null, properties: {a: {type: string}}}",
        "{type: null, items: {type: string}}",
        "{type: null, enum: [a, b]}",
        "{type: null, maximum: 3}",
        "{type: null, format: date}",
        "{type: null, example: text}",
    ];
    for schema in absent {
        let (document, findings) = read(&format!("A: {schema}"));
        assert!(!at(&document, "A").nullable, "{schema}");
        assert!(findings.contains(&"null-keyword"), "{schema}: {findings:?}");
    }
}

#[test]
fn a_null_reference_is_absent() {
    let (document, findings) = read("A: {$ref: null, type: string, maxLength: 3}");
    let schema = at(&document, "A");
    assert_eq!(
        (schema.types.as_slice(), schema.reference),
        ([JsonType::String].as_slice(), None)
    );
    assert_eq!(
        (schema.constraints.max_length, findings),
        (Some(3), vec!["null-keyword"])
    );
}
