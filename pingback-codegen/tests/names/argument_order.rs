//! The order of arguments stays: a document in another order does not swap the arguments of existing calls.

use super::{lower, run};
use pingback_codegen::generate::{Generated, Input, Inputs, generate, lowered};
use pingback_codegen::model::{Api, Argument, TypeKind};
use pingback_codegen::names::Lock;
use serde_json::{Map, Value, json};

/// A document with the operation `book` that has these required query parameters, and a body that is a `Stay` with
/// these required properties.
fn document(parameters: &[&str], properties: &[&str]) -> Value {
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|name| json!({"in": "query", "name": name, "required": true, "schema": {"type": "string"}}))
        .collect();
    let described: Map<String, Value> = properties
        .iter()
        .map(|name| ((*name).to_owned(), json!({"type": "string"})))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Stays", "version": "1"},
        "servers": [{"url": "https://stays.example.com"}],
        "paths": {"/book": {"post": {
            "operationId": "book",
            "parameters": parameters,
            "requestBody": {
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stay"}}},
            },
            "responses": {"204": {"description": "done"}},
        }}},
        "components": {"schemas": {
            "Stay": {"type": "object", "required": properties, "properties": described},
        }},
    })
}

fn inputs(document: &Value) -> Inputs {
    Inputs {
        spec: Some(Input {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

/// The arguments of the method `book`, and those of `Stay::new`.
fn arguments(api: &Api) -> (Vec<&str>, Vec<&str>) {
    let method = api.operations[0].arguments().into_iter().map(Argument::name);
    let stay = api.types.iter().find_map(|def| match &def.kind {
        TypeKind::Struct(object) if def.name == "Stay" => Some(object),
        _ => None,
    });
    let fields = stay
        .expect("a struct")
        .arguments()
        .into_iter()
        .map(|field| field.name.as_str());
    (method.collect(), fields.collect())
}

/// Generates from one document after the other, with the lock file of the runs before.
fn last_run(documents: &[Value]) -> (Generated, Lock) {
    let mut lock = Lock::default();
    let mut last = None;
    for document in documents {
        let generated = run(document, &lock);
        lock.record("stays", &generated.locked_names);
        last = Some(generated);
    }
    (last.expect("a document"), lock)
}

fn arguments_after(documents: &[Value]) -> (Vec<String>, Vec<String>) {
    let (generated, _) = last_run(documents);
    let api = generated.api.expect("a sound document");
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let (method, constructor) = arguments(&api);
    (owned(method), owned(constructor))
}

fn findings(generated: &Generated, rule: &str) -> Vec<String> {
    let found = generated
        .diagnostics
        .iter()
        .filter(|found| found.rule.name == rule);
    found.map(|found| found.message.clone()).collect()
}

#[test]
fn swapped_parameters_and_properties_keep_the_order_of_arguments() {
    let before = document(&["from", "to"], &["room", "guest"]);
    let swapped = document(&["to", "from"], &["guest", "room"]);
    let (method, constructor) = arguments_after(&[before, swapped]);
    assert_eq!(method, ["from", "to", "body"]);
    assert_eq!(constructor, ["room", "guest"]);
}

#[test]
fn generated_functions_take_the_arguments_in_the_locked_order() {
    let lock = last_run(&[document(&["from", "to"], &["room", "guest"])]).1;
    let mut inputs = inputs(&document(&["to", "from"], &["guest", "room"]));
    inputs.options.lock = Some(lock);
    let files = generate(&inputs).files;
    let has = |text: &str| files.iter().any(|file| file.text.contains(text));
    assert!(has(
        "pub fn new(room: impl Into<String>, guest: impl Into<String>) -> Self"
    ));
    let method = files.iter().find_map(|file| file.text.split_once("pub fn book("));
    let (signature, _) = method.expect("the method").1.split_once('{').expect("a body");
    let places = ["from:", "to:", "body:"].map(|argument| signature.find(argument));
    assert!(places.is_sorted() && places[0].is_some(), "{signature}");
}

#[test]
fn a_new_argument_comes_last_and_is_reported() {
    let before = document(&["from", "to"], &["room"]);
    let grown = document(&["hotel", "from", "to"], &["guest", "room"]);
    let (method, constructor) = arguments_after(&[before.clone(), grown.clone()]);
    assert_eq!(method, ["from", "to", "body", "hotel"]);
    assert_eq!(constructor, ["room", "guest"]);
    let (generated, _) = last_run(&[before, grown]);
    let added = findings(&generated, "argument-added");
    assert!(
        added[0].starts_with("`hotel` is a new argument of `book`"),
        "{added:?}"
    );
    assert!(
        added[1].starts_with("`guest` is a new argument of `Stay::new`"),
        "{added:?}"
    );
    assert_eq!(added.len(), 2);
}

#[test]
fn an_argument_that_comes_back_comes_last() {
    let with = document(&["from", "to"], &["room", "guest"]);
    let without = document(&["to"], &["guest"]);
    let (method, constructor) = arguments_after(&[with.clone(), without, with]);
    assert_eq!(method, ["to", "body", "from"]);
    assert_eq!(constructor, ["guest", "room"]);
}

#[test]
fn an_argument_that_becomes_optional_and_required_again_comes_last() {
    let with = document(&["from", "to"], &["room", "guest"]);
    let mut optional = with.clone();
    optional["paths"]["/book"]["post"]["parameters"][0]["required"] = json!(false);
    optional["components"]["schemas"]["Stay"]["required"] = json!(["guest"]);
    let (method, constructor) = arguments_after(&[with.clone(), optional, with]);
    assert_eq!(method, ["to", "body", "from"]);
    assert_eq!(constructor, ["guest", "room"]);
}

#[test]
fn the_first_run_has_the_order_of_the_document() {
    let first = document(&["to", "from"], &["guest", "room"]);
    let (generated, lock) = last_run(std::slice::from_ref(&first));
    assert_eq!(findings(&generated, "argument-added"), [""; 0]);
    assert_eq!(
        arguments(&generated.api.expect("a sound document")),
        (vec!["to", "from", "body"], vec!["guest", "room"])
    );
    // An unchanged document changes no line.
    let again = run(&first, &lock);
    let mut same = lock.clone();
    same.record("stays", &again.locked_names);
    assert_eq!(same.to_string(), lock.to_string());
}

#[test]
fn a_selection_that_leaves_a_type_out_keeps_its_order() {
    let before = document(&["from", "to"], &["room", "guest"]);
    let swapped = document(&["to", "from"], &["guest", "room"]);
    let mut lock = last_run(std::slice::from_ref(&before)).1;
    let mut selective = inputs(&before);
    selective.options.lock = Some(lock.clone());
    selective.options.select.exclude_paths = vec!["/book".to_owned()];
    lock.record("stays", &lowered(&selective).locked_names);
    let after = lower(&swapped, &lock);
    assert_eq!(
        arguments(&after.api),
        (vec!["from", "to", "body"], vec!["room", "guest"])
    );
}

#[test]
fn without_a_lock_file_a_note_names_the_functions() {
    let notes = |inputs: &Inputs| findings(&lowered(inputs), "argument-order-unlocked");
    let two = notes(&inputs(&document(&["from", "to"], &["room", "guest"])));
    assert!(two[0].contains("`book` and of one other function"), "{two:?}");
    // With one argument of each type, a swap does not compile.
    assert_eq!(notes(&inputs(&document(&["from"], &["room"]))), [""; 0]);
    let mut with_lock = inputs(&document(&["from", "to"], &["room", "guest"]));
    with_lock.options.lock = Some(Lock::default());
    assert_eq!(notes(&with_lock), [""; 0]);
}
