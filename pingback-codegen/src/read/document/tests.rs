use super::{Document, read};
use crate::diagnostic::Diagnostics;
use crate::read::schema::JsonType;
use crate::read::tree::Pointer;
use crate::source::Sources;
use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, StatusCode};

fn read_text(text: &str) -> (Option<Document>, Sources, Vec<&'static str>) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let id = sources.add("a.yaml", text);
    let document = read(id, &sources, &mut diagnostics);
    (
        document,
        sources,
        diagnostics.iter().map(|d| d.rule.name).collect(),
    )
}

/// A document with `rest` after its version and info, and the rules of all findings.
fn read_rest(rest: &str) -> (Document, Sources, Vec<&'static str>) {
    let (document, sources, findings) = read_text(&format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{rest}"
    ));
    (document.expect("it is a document"), sources, findings)
}

fn get<'d>(document: &'d Document, path: &str) -> &'d openapiv3::Operation {
    let operations = &document.paths[path].operations;
    let get = operations.iter().find(|(method, _)| *method == "get");
    &get.expect("it has a GET operation").1
}

const REFERENCES: &str = "
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses:
        200: {$ref: '#/components/responses/Ok'}
        4XX: {$ref: '#/paths/~1a/get/responses/200'}
  /b: {$ref: '#/components/pathItems/b'}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
  responses:
    Ok: {description: Fine, content: {application/json: {schema: {type: string}, examples: {e: {$ref: '#/components/examples/e'}}}}}
  examples:
    e: {value: 1}
  pathItems:
    b: {get: {responses: {default: {description: Whatever}}}}
";

#[test]
fn references_are_replaced_by_their_targets() {
    let (document, _, findings) = read_rest(REFERENCES);
    assert_eq!(findings, Vec::<&str>::new());
    let operation = get(&document, "/a");
    let ok = &operation.responses.responses[&StatusCode::Code(200)];
    assert_eq!(ok, &operation.responses.responses[&StatusCode::Range(4)]);
    let content = &ok.as_item().expect("replaced").content["application/json"];
    assert_eq!(
        content.schema,
        Some(ReferenceOr::ref_(
            "/components/responses/Ok/content/application~1json/schema"
        ))
    );
    assert!(
        content.examples["e"]
            .as_item()
            .is_some_and(|example| example.value == Some(1.into()))
    );
    assert!(get(&document, "/b").responses.default.is_some());
}

#[test]
fn a_schema_is_represented_by_its_pointer() {
    let (document, _, _) = read_rest(REFERENCES);
    let parameter = get(&document, "/a").parameters[0].as_item().expect("replaced");
    let ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) =
        &parameter.parameter_data_ref().format
    else {
        panic!("the schema is not hoisted");
    };
    let id = document.schemas.by_pointer[&Pointer(reference.clone())];
    assert_eq!(document.schemas[id].types, [JsonType::Integer]);
}

#[test]
fn spans_follow_references() {
    let (document, sources, _) = read_rest(REFERENCES);
    let text = |pointer: &str| {
        document
            .span(&Pointer(pointer.to_owned()))
            .map(|span| sources.text(span).to_owned())
    };
    assert_eq!(
        text("/paths/~1a/get/parameters/0/schema").as_deref(),
        Some("{type: integer}")
    );
    assert_eq!(
        text("/paths/~1a/get/parameters/0").as_deref(),
        Some("{name: limit, in: query, schema: {type: integer}}")
    );
    assert_eq!(text("/paths/~1a/get/nothing"), None);
    let key = document
        .key_span(&Pointer("/paths/~1a/get".to_owned()))
        .expect("it is there");
    assert_eq!(sources.text(key), "get");
}

#[test]
fn an_invalid_parameter_keeps_its_position_and_the_rest_is_read() {
    let (document, _, findings) = read_rest(
        "paths:\n  /a:\n    get:\n      parameters: [3, {in: nowhere, name: x, schema: {}}, {in: path, name: y, schema: {}, style: odd}]\n      responses: {200: {description: 1}, abc: {description: no}}\n    post: 5\n",
    );
    let operation = get(&document, "/a");
    assert!(operation.parameters[0].as_item().is_none());
    assert!(operation.parameters[1].as_item().is_none());
    assert!(matches!(
        operation.parameters[2].as_item(),
        Some(Parameter::Path { parameter_data, .. }) if parameter_data.required
    ));
    assert_eq!(operation.responses.responses.len(), 1);
    assert_eq!(
        findings,
        [
            "wrong-type",
            "unknown-value",
            "optional-path-parameter",
            "unknown-value",
            "coerced",
            "bad-status",
            "wrong-type"
        ]
    );
}

#[test]
fn lists_and_maps_of_values_are_accepted_as_examples() {
    let (document, _, findings) = read_rest(
        "paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: x\n          content:\n            a/list: {examples: [1, 2]}\n            a/map: {examples: {one: {id: 1}}}\n",
    );
    let response = get(&document, "/a").responses.responses[&StatusCode::Code(200)]
        .as_item()
        .expect("replaced");
    let value = |media: &str, name: &str| {
        response.content[media].examples[name]
            .as_item()
            .and_then(|example| example.value.clone())
    };
    assert_eq!(value("a/list", "1"), Some(2.into()));
    assert_eq!(value("a/map", "one"), Some(serde_json::json!({"id": 1})));
    assert_eq!(findings, ["coerced", "coerced"]);
}

#[test]
fn members_that_are_optional_in_3_1_may_be_absent() {
    let (document, _, findings) = read_text(
        "openapi: 3.1.1\ninfo: {title: T, summary: S, version: '1', license: {name: MIT, identifier: MIT}}\nwebhooks: {}\n",
    );
    let document = document.expect("it is a document");
    assert!(document.paths.is_empty());
    assert_eq!(document.openapi.info.description.as_deref(), Some("S"));
    assert_eq!(findings, Vec::<&str>::new());
}

#[test]
fn the_version_is_checked() {
    let rules = |text: &str| {
        let (document, _, findings) = read_text(text);
        (document.is_some(), findings)
    };
    let info = "info: {title: T, version: '1'}\npaths: {}\n";
    assert_eq!(rules(&format!("openapi: 3.0.4\n{info}")), (true, vec![]));
    assert_eq!(rules(&format!("openapi: 3.1\n{info}")), (true, vec!["coerced"]));
    assert_eq!(
        rules(&format!("openapi: 3.2.0\n{info}")),
        (true, vec!["newer-version"])
    );
    assert_eq!(
        rules(&format!("openapi: 2.0\n{info}")),
        (false, vec!["coerced", "version"])
    );
    assert_eq!(
        rules(&format!("swagger: '2.0'\n{info}")),
        (false, vec!["swagger"])
    );
    assert_eq!(rules(info), (false, vec!["not-openapi"]));
    assert_eq!(rules("- a\n- b\n"), (false, vec!["not-openapi"]));
}

#[test]
fn headers_that_contain_each_other_are_read_once() {
    let (_, _, findings) = read_rest(
        "paths: {}\ncomponents:\n  headers:\n    A:\n      content:\n        a/b:\n          encoding: {x: {headers: {B: {$ref: '#/components/headers/A'}}}}\n  requestBodies:\n    B: {content: {a/b: {encoding: {x: {headers: {A: {$ref: '#/components/headers/A'}}}}}}}\n",
    );
    assert_eq!(findings, [""; 0]);
}
