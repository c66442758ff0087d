//! Infers the type of error bodies from example payloads.

use pingback_codegen::generate::{CatalogueText, Input, Inputs, generate, lowered};
use pingback_codegen::model::{Api, Presence, TypeKind};
use std::fmt::Write as _;

fn inputs(payloads: &[(u16, &str)]) -> Inputs {
    let mut page = "# Errors\n\n".to_owned();
    for (status, payload) in payloads {
        let _ = write!(page, "{status} - Something\n\n{payload}\n\n");
    }
    Inputs {
        errors: vec![CatalogueText {
            input: Input {
                name: "errors.md".to_owned(),
                bytes: page.into_bytes(),
            },
            form: None,
        }],
        ..Inputs::default()
    }
}

/// The types in short form: `Body { name: Type, optional?: Type }`.
fn shown(api: &Api) -> String {
    let mut text = String::new();
    for def in &api.types {
        let TypeKind::Struct(object) = &def.kind else {
            continue;
        };
        let fields: Vec<String> = object
            .fields
            .iter()
            .map(|field| {
                let optional = if field.presence == Presence::Optional {
                    "?"
                } else {
                    ""
                };
                format!("{}{optional}: {:?}", field.name, field.ty)
            })
            .collect();
        let _ = writeln!(text, "{} {{ {} }}", def.name, fields.join(", "));
    }
    text
}

fn types(payloads: &[(u16, &str)]) -> String {
    shown(&lowered(&inputs(payloads)).api.expect("a sound page"))
}

#[test]
fn examples_are_merged() {
    let types = types(&[
        (
            400,
            r#"{ "ok": false, "error": { "code": "BAD_INPUT", "message": "No", "field": "name", "n": 1 } }"#,
        ),
        (
            404,
            r#"{ "ok": false, "error": { "code": "NO_SUCH_THING", "message": "Not it", "n": 1.5, "at": "2024-01-02T03:04:05Z" } }"#,
        ),
    ]);
    insta::assert_snapshot!(types, @r"
    ErrorBody { ok: Bool, error: Named(TypeId(1)) }
    ErrorBodyError { code: String, message: String, field?: String, n?: Float(F64), at?: DateTime }
    ");
}

#[test]
fn a_status_in_the_body_is_the_status() {
    let run = generate(&inputs(&[
        (
            400,
            r#"{ "status": 400, "code": "BAD_INPUT", "errors": [{ "detail": "x" }], "id": null }"#,
        ),
        (
            404,
            r#"{ "status": 404, "code": "NO_SUCH_THING", "errors": [], "id": "a" }"#,
        ),
    ]));
    insta::assert_snapshot!(shown(run.api.as_ref().expect("a sound page")), @r"
    ErrorBody { status: Int(I64), code: String, errors: Array(Named(TypeId(1))), id?: String }
    ErrorBodyError { detail: String }
    ");
    let error = run
        .files
        .iter()
        .find(|file| file.path == "src/error.rs")
        .expect("a type of errors");
    let made: Vec<&str> = error
        .text
        .lines()
        .skip_while(|line| !line.contains("let body = models"))
        .take_while(|line| !line.contains("Self {"))
        .map(str::trim)
        .collect();
    insta::assert_snapshot!(made.join("\n"), @r"
    let body = models::ErrorBody {
    status: i64::from(status),
    code: code.as_str().to_owned(),
    errors: vec![models::ErrorBodyError { detail : message.to_owned() }],
    id: None,
    };
    ");
}

#[test]
fn members_of_different_types_are_any_json() {
    let types = types(&[
        (400, r#"{ "code": "BAD_INPUT", "detail": "x" }"#),
        (404, r#"{ "code": "NO_SUCH_THING", "detail": { "a": 1 } }"#),
    ]);
    insta::assert_snapshot!(types, @"ErrorBody { code: String, detail?: Json }");
}
