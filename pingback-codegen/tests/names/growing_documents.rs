//! Additions to a document rename no existing item: for random documents, and for single cases.

use super::assigned_names::renamed;
use super::random_document::RandomDocument;
use super::{Lowered, locked, lower, run};
use pingback_codegen::model::{Api, Argument, TypeKind};
use pingback_codegen::names::Lock;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[test]
fn additions_rename_nothing() {
    let rounds = std::env::var("NAMES_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let mut wrong = String::new();
    let mut first: Option<String> = None;
    'seeds: for seed in 1..=rounds.unwrap_or(40) {
        let mut random = RandomDocument {
            state: u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15),
            read_only: seed % 4 == 0,
            coded: seed % 3 == 0,
            tenant: [0, 8, 1_000][usize::try_from(seed % 3).expect("small")],
            key: [0, 2, 1_000][usize::try_from(seed / 3 % 3).expect("small")],
        };
        let mut document = random.document();
        let mut current = lower(&document, &Lock::default());
        let mut lock = locked(&current);
        for step in 0..4 {
            // With its own lock file, a second run changes nothing.
            let again = lower(&document, &lock);
            assert_eq!(current, again, "seed {seed}, step {step}: {document:#}");
            let before = document.clone();
            random.grow(&mut document);
            random.shuffle(&mut document);
            let grown = lower(&document, &lock);
            assert_order_stays(&current.api, &grown.api);
            let renamed = renamed(&current, &grown, random.read_only);
            if !renamed.is_empty() {
                let _ = writeln!(wrong, "seed {seed}, step {step}:\n{}", renamed.join("\n"));
                first.get_or_insert_with(|| format!("{before}\n{document}\n{lock}"));
                continue 'seeds;
            }
            lock.record(&grown.api.name, &grown.locked_names);
            current = grown;
        }
    }
    assert!(wrong.is_empty(), "{}\n{wrong}", first.unwrap_or_default());
}

/// Calls of methods and constructors that still compile pass each value to the same argument.
fn assert_order_stays(before: &Api, after: &Api) {
    let (old, new) = (argument_lists(before), argument_lists(after));
    for (function, old) in old {
        let Some(new) = new.get(&function) else {
            continue;
        };
        let stayed: Vec<&String> = old.iter().filter(|argument| new.contains(argument)).collect();
        let first: Vec<&String> = new.iter().take(stayed.len()).collect();
        assert_eq!(first, stayed, "the arguments of {function}");
    }
}

/// What each argument of a function is in the document.
fn argument_lists(api: &Api) -> BTreeMap<String, Vec<String>> {
    let methods = api.operations.iter().map(|operation| {
        let arguments = operation.arguments().into_iter().map(|argument| match argument {
            Argument::Parameter(parameter) => format!("{:?} {}", parameter.location, parameter.wire),
            Argument::Body(..) => "body".to_owned(),
        });
        (operation.method_name.clone(), arguments.collect())
    });
    let constructors = api
        .types
        .iter()
        .filter(|def| def.usage.sent)
        .filter_map(|def| match &def.kind {
            TypeKind::Struct(object) => {
                let fields = object.arguments().into_iter().map(|field| field.wire.clone());
                Some((def.name.clone(), fields.collect()))
            }
            _ => None,
        });
    methods.chain(constructors).collect()
}

fn header(name: &str) -> Value {
    json!({"in": "header", "name": name, "schema": {"type": "string"}})
}

#[test]
fn a_header_stays_on_the_client_or_with_calls() {
    let operation = |parameters: &[Value]| json!({"get": {"parameters": parameters, "responses": {"200": {"description": ""}}}});
    let document = |paths: Value| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Headers", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": paths,
        })
    };
    let (tenant, mode) = (header("X-Tenant"), header("X-Mode"));
    let of = |api: &Api| -> Vec<(Vec<String>, usize)> {
        let operations = api.operations.iter().map(|operation| {
            let own = operation
                .parameters
                .iter()
                .map(|parameter| parameter.name.clone());
            (own.collect(), operation.client_parameters.len())
        });
        operations.collect()
    };
    let names = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let first = lower(
        &document(json!({
            "/a": operation(&[tenant.clone(), mode.clone()]),
            "/b": operation(std::slice::from_ref(&tenant)),
        })),
        &Lock::default(),
    );
    assert_eq!(of(&first.api), [(names(&["mode"]), 1), (names(&[]), 1)]);
    // A new operation without the first header; the old ones now all have the second.
    let grown = document(json!({
        "/a": operation(&[tenant.clone(), mode.clone()]),
        "/b": operation(&[tenant, mode.clone()]),
        "/c": operation(&[mode]),
    }));
    let now = run(&grown, &locked(&first));
    let rules: Vec<&str> = now.diagnostics.iter().map(|found| found.rule.name).collect();
    assert_eq!(
        rules
            .iter()
            .filter(|rule| **rule == "header-placement-kept")
            .count(),
        2
    );
    let now = now.api.expect("a sound document");
    assert_eq!(
        of(&now),
        [
            (names(&["mode"]), 1),
            (names(&["mode"]), 1),
            (names(&["mode"]), 0)
        ]
    );
    // Without the lock file the document decides.
    let fresh = lower(&grown, &Lock::default());
    assert_eq!(
        of(&fresh.api),
        [(names(&["tenant"]), 1), (names(&["tenant"]), 1), (names(&[]), 1)]
    );
}

#[test]
fn a_large_set_of_headers_keeps_its_name() {
    let names = ["A", "B", "C", "D", "E"];
    let headers: Map<String, Value> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({"schema": {"type": "string"}})))
        .collect();
    let operation =
        |id: &str| json!({"operationId": id, "responses": {"200": {"description": "", "headers": headers}}});
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Headers", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {"/b": {"get": operation("getB")}},
    });
    let first = lower(&document, &Lock::default());
    assert_eq!(first.api.headers[0].name, "GetBHeaders");
    let mut paths = Map::new();
    paths.insert("/a".to_owned(), json!({"get": operation("getA")}));
    paths.extend(document["paths"].as_object().expect("an object").clone());
    document["paths"] = json!(paths);
    let names = |api: &Api| -> Vec<String> { api.headers.iter().map(|set| set.name.clone()).collect() };
    assert_eq!(names(&lower(&document, &locked(&first)).api), ["GetBHeaders"]);
    assert_eq!(names(&lower(&document, &Lock::default()).api), ["GetAHeaders"]);
}

#[test]
fn a_set_of_headers_that_gets_another_header_keeps_its_name() {
    let header = |name: &str| (name.to_owned(), json!({"schema": {"type": "integer"}}));
    let document = |names: &[&str]| {
        let headers: Map<String, Value> = names.iter().map(|name| header(name)).collect();
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Headers", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": {"/a": {"get": {"responses": {"200": {"description": "", "headers": headers}}}}},
        })
    };
    let first = lower(&document(&["Total", "Next"]), &Lock::default());
    assert_eq!(first.api.headers[0].name, "TotalNextHeaders");
    let grown = lower(&document(&["Total", "Next", "More"]), &locked(&first));
    assert_eq!(grown.api.headers[0].name, "TotalNextHeaders");
    let again = lower(&document(&["Total", "Next", "More"]), &locked(&grown));
    assert_eq!(again.api.headers[0].name, "TotalNextHeaders");
}

#[test]
fn a_schema_that_becomes_a_form_keeps_its_name_as_json() {
    let document = |media_types: &[&str]| {
        let schema = json!({"schema": {"$ref": "#/components/schemas/Bag"}});
        let content: Map<String, Value> = media_types
            .iter()
            .map(|media_type| ((*media_type).to_owned(), schema.clone()))
            .collect();
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Bags", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": {"/a": {"put": {
                "requestBody": {"content": content},
                "responses": {"204": {"description": ""}},
            }}},
            "components": {"schemas": {"Bag": {
                "type": "object",
                "properties": {
                    "data": {"type": "string", "format": "binary"},
                    "label": {"$ref": "#/components/schemas/Label"},
                },
            }, "Label": {"type": "object", "properties": {"icon": {"type": "string", "format": "binary"}}}}},
        })
    };
    let names = |lowered: &Lowered| -> Vec<String> {
        let mut names: Vec<String> = lowered.api.types.iter().map(|def| def.name.clone()).collect();
        names.sort();
        names
    };
    let json = lower(&document(&["application/json"]), &Lock::default());
    assert_eq!(names(&json), ["Bag", "Label"]);
    let both = document(&["application/json", "multipart/form-data"]);
    assert_eq!(names(&lower(&both, &locked(&json))), ["Bag", "BagForm", "Label"]);
    // In a first run, the form has the name.
    assert_eq!(
        names(&lower(&both, &Lock::default())),
        ["Bag", "BagJson", "Label"]
    );
}
