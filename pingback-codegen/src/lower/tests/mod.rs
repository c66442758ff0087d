//! Snippets of documents in, the relevant part of the [`Api`] out.

mod bodies;
mod client;
mod errors;
mod findings;
mod headers;
mod operations;
mod parameters;
mod pingback;
mod stability;
mod streams;
mod successes;

use super::lower;
use crate::diagnostic::Diagnostics;
use crate::model::{Api, ErrorCaseOrigin, ParameterStyle, PayloadKind, Status, Success, Type};
use crate::options::Options;
use crate::read::{Parsed, catalogue, document};
use crate::source::Sources;
use insta::assert_snapshot;
use std::fmt::Write as _;

fn lowered(text: &str, errors: &str, options: &Options) -> (Api, String) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let parsed = Parsed {
        document: (!text.is_empty())
            .then(|| document::read(sources.add("api.yaml", text), &sources, &mut diagnostics))
            .flatten(),
        catalogue: if errors.is_empty() {
            catalogue::Catalogue::default()
        } else {
            let source = sources.add("errors.md", errors);
            catalogue::read(
                &[catalogue::CatalogueInput { source, form: None }],
                &sources,
                &mut diagnostics,
            )
        },
        config: None,
    };
    let api = lower(&parsed, options, &mut diagnostics).api;

    let mut shown = String::new();
    for finding in &diagnostics {
        let place = finding
            .span
            .and_then(|span| sources.locate(span))
            .map(|at| at.to_string());
        let _ = writeln!(
            shown,
            "{} {}: {}",
            place.unwrap_or_default(),
            finding.rule.name,
            finding.message
        );
    }
    (api, shown)
}

/// Lowers a document with these paths (YAML, indented by two spaces), without a catalogue.
fn paths(paths: &str) -> (Api, String) {
    lowered(&document(paths, ""), "", &Options::default())
}

fn document(paths: &str, rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}\n{rest}")
}

/// Writes a value as YAML. Converts it to JSON first, since serde writes nested enums as YAML tags.
fn yaml(value: impl serde::Serialize) -> String {
    serde_yaml::to_string(&serde_json::to_value(value).unwrap()).unwrap()
}

/// One line for each error case: variant, status, code and payload.
fn cases(api: &Api) -> String {
    let mut shown = String::new();
    for operation in &api.operations {
        for case in &operation.errors {
            let carries = match &case.payload.kind {
                PayloadKind::Empty => "nothing".to_owned(),
                PayloadKind::Json(Type::Named(id)) => api.types[id.0].name.clone(),
                PayloadKind::Json(Type::Json) => "any JSON".to_owned(),
                other => format!("{other:?}"),
            };
            let status = super::statuses::suffix(case.status);
            let code = case.code.as_deref().unwrap_or("-");
            let _ = writeln!(
                shown,
                "{} {}: {status} {code} {carries}",
                operation.id, case.variant
            );
        }
    }
    shown
}

/// One line for each operation: its names and arguments.
fn signatures(api: &Api) -> String {
    let mut shown = String::new();
    for operation in &api.operations {
        let arguments: Vec<String> = operation
            .parameters
            .iter()
            .map(|one| format!("{}{}", one.name, if one.required { "" } else { "?" }))
            .collect();
        let (method, ty) = (&operation.method_name, &operation.type_name);
        let _ = writeln!(
            shown,
            "{}: {ty}::{method}({})",
            operation.id,
            arguments.join(", ")
        );
    }
    shown
}

const PINGBACK_ERRORS: &str = include_str!("../../../../specs/pingback/errors.txt");

const OK: &str = "responses: {'200': {description: fine}}";
