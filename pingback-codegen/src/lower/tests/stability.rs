use super::*;

/// The names that callers write, each with its place in the document.
fn names(api: &Api) -> Vec<(String, String)> {
    let types = api
        .types
        .iter()
        .map(|def| (def.place.pointer.0.clone(), def.name.clone()));
    let operations = api.operations.iter().flat_map(|operation| {
        let place = operation.place.pointer.0.clone();
        [
            (place.clone(), operation.method_name.clone()),
            (format!("{place} type"), operation.type_name.clone()),
            (format!("{place} error"), operation.error_name.clone()),
        ]
    });
    types.chain(operations).collect()
}

const PATHS: &str = "
  /pets:
get: {operationId: listPets, responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}
post: {requestBody: {content: {application/json: {schema: {type: object, properties: {tag: {type: string, enum: [a, b]}}}}}}, responses: {'204': {description: done}}}
  /owners/{id}:
get: {operationId: getOwner, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {home: {type: object, properties: {street: {type: string}, town: {type: string}, zip: {type: string}}}}}}}}}}";
const SCHEMAS: &str = "
Pet: {type: object, properties: {status: {type: string, enum: [sold, free]}, parts: {type: array, items: {type: object, properties: {weight: {type: number}, kind: {title: Part Kind, type: string, enum: [leg, wing]}}}}}}
pet_status: {type: string}
Error: {type: object, properties: {code: {type: integer}}}";

pub(super) fn names_of(more_paths: &str, more_schemas: &str, options: &Options) -> Vec<(String, String)> {
    let rest = format!("components:\n  schemas:{more_schemas}{SCHEMAS}");
    let paths = format!("{more_paths}{PATHS}");
    names(&lowered(&document(&paths, &rest), "", options).0)
}

/// Checks that all names stay if paths and schemas are added before the existing ones.
fn assert_names_stay(more_paths: &str, more_schemas: &str, options: &Options) {
    let after = names_of(more_paths, more_schemas, options);
    for (place, name) in names_of("", "", &Options::default()) {
        // A type that several places share is listed by the first one.
        let shown = if after.iter().any(|(known, _)| *known == place) {
            &place
        } else {
            ""
        };
        let stays = after
            .iter()
            .any(|(at, known)| *known == name && (shown.is_empty() || at == shown));
        assert!(stays, "{place} was {name}: {after:#?}");
    }
}

/// Options that choose the names that the document has without the additions.
fn locked_names() -> Options {
    Options {
        names: names_of("", "", &Options::default())
            .into_iter()
            .filter(|(place, _)| place.starts_with('/'))
            .collect(),
        ..Options::default()
    }
}

#[test]
fn a_new_schema_renames_nothing() {
    for schema in [
        "Fresh: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}",
        "pet: {type: string}",
        "PET: {type: string}",
        "PetStatus2: {type: string}",
    ] {
        println!("{schema}");
        assert_names_stay("", &format!("\n    {schema}"), &Options::default());
    }
}

#[test]
fn with_locked_names_a_new_schema_takes_no_name_of_an_inline_type() {
    for schema in [
        "GetOwnerResponse: {type: string}",
        "GetOwnerResponseHome: {type: object, properties: {street: {type: string}}}",
        "PetPart: {type: object, properties: {c: {type: integer}}}",
    ] {
        println!("{schema}");
        assert_names_stay("", &format!("\n    {schema}"), &locked_names());
    }
}

fn fresh_operation(id: &str, properties: &str) -> String {
    let schema = format!("{{type: object, properties: {properties}}}");
    let responses =
        format!("{{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}");
    format!("\n  /fresh:\n    get: {{operationId: {id}, responses: {responses}}}")
}

#[test]
fn a_new_operation_renames_nothing() {
    for id in ["fresh", "listPetsError", "builder"] {
        println!("{id}");
        assert_names_stay(
            &fresh_operation(id, "{x: {type: string}}"),
            "",
            &Options::default(),
        );
    }
}

#[test]
fn with_locked_names_a_new_operation_renames_nothing() {
    for id in ["ListPets", "list_pets", "postPets", "get_owner"] {
        println!("{id}");
        let home = "{street: {type: string}, town: {type: string}, zip: {type: string}}";
        assert_names_stay(&fresh_operation(id, home), "", &locked_names());
    }
}
