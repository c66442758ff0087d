//! A type in; a sentence that says where it comes from, for types of which the document says nothing, out.

use super::context::Context;
use crate::model::{Field, Operation, Type, TypeDef, TypeKind};
use proc_macro2::TokenStream;

/// The docs of a type, or where it comes from.
pub(super) fn docs(context: &Context, def: &TypeDef) -> TokenStream {
    super::docs_or(&def.docs, &sentence(context, def))
}

fn sentence(context: &Context, def: &TypeDef) -> String {
    if let Some(received) = def.received_as.and_then(|id| context.api.type_def(id)) {
        return sent(def, received);
    }
    let api = context.api;
    let is = |ty: &Type| matches!(ty, Type::Named(id) if api.types.get(id.0).is_some_and(|it| it.name == def.name));
    if api.errors.body.as_ref().is_some_and(is) {
        return "The body of an error.".to_owned();
    }
    of_place(context, def).unwrap_or_else(|| format!("`{}`.", def.name))
}

/// A sentence on the half of a type that is sent.
fn sent(def: &TypeDef, received: &TypeDef) -> String {
    let name = &received.name;
    let (TypeKind::Struct(sent), TypeKind::Struct(other)) = (&def.kind, &received.kind) else {
        return format!("[`{name}`] as it is sent.");
    };
    let lacks = |fields: &[Field], others: &[Field]| {
        others
            .iter()
            .any(|other| fields.iter().all(|field| field.wire != other.wire))
    };
    match (
        lacks(&sent.fields, &other.fields),
        lacks(&other.fields, &sent.fields),
    ) {
        (true, false) => format!("[`{name}`] as it is sent: without what only the server sets."),
        (false, true) => format!("[`{name}`] as it is sent: with what the server never shows."),
        (true, true) => format!(
            "[`{name}`] as it is sent: without what only the server sets, and with what the server never shows."
        ),
        (false, false) => format!("[`{name}`] as it is sent."),
    }
}

/// A sentence on a place of the document, if it is one that has a name.
fn of_place(context: &Context, def: &TypeDef) -> Option<String> {
    let segments: Vec<String> = def.place.pointer.segments().collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let named = |thing: &str, name: &str, rest: &[&str]| {
        let part = if rest
            .iter()
            .all(|segment| matches!(*segment, "content" | "schema") || segment.contains('/'))
        {
            ""
        } else {
            "Part of the "
        };
        let thing = if part.is_empty() {
            capitalised(thing)
        } else {
            thing.to_owned()
        };
        Some(format!("{part}{thing} `{}`.", super::code(name)))
    };
    match segments.as_slice() {
        ["components", "schemas", name, rest @ ..] => named("schema", name, rest),
        ["components", "responses", name, rest @ ..] => named("response", name, rest),
        ["components", "requestBodies", name, rest @ ..] => named("request body", name, rest),
        ["components", "parameters", name, rest @ ..] => named("parameter", name, rest),
        ["components", "headers", name, rest @ ..] => named("header", name, rest),
        ["paths", path, method, rest @ ..] => {
            let (direction, whole) = match rest {
                ["requestBody", "content", _, "schema", rest @ ..] => ("request body", rest.is_empty()),
                ["responses", _, "content", media_type, "schema", rest @ ..]
                    if context.streams.contains(*media_type) =>
                {
                    ("event", matches!(rest, [] | ["items"]))
                }
                ["responses", _, "content", _, "schema", rest @ ..] => ("response", rest.is_empty()),
                ["responses", ..] => ("response", false),
                _ => ("request", false),
            };
            let what = match (direction, whole) {
                ("event", true) => "An event".to_owned(),
                ("event", false) => "Part of an event".to_owned(),
                (direction, true) => format!("The {direction}"),
                (direction, false) => format!("Part of the {direction}"),
            };
            let operations = context.operations_of(path);
            match operations
                .iter()
                .find(|operation| operation.method.eq_ignore_ascii_case(method))
            {
                Some(operation) => {
                    let is_response = whole && direction == "response";
                    let same = context
                        .operations_answering(def)
                        .filter(|other| other.id != operation.id);
                    let others = match same.filter(|_| is_response).count() {
                        0 => String::new(),
                        1 => " and of one other operation".to_owned(),
                        more => format!(" and of {more} other operations"),
                    };
                    Some(format!("{what} of {}{others}.", link(operation)))
                }
                // What is said of a path holds for all its operations.
                None => operations
                    .first()
                    .map(|_| format!("Part of the requests of `{}`.", super::code(path))),
            }
        }
        _ => None,
    }
}

fn link(operation: &Operation) -> String {
    let method = &operation.method_name;
    let method = method.strip_prefix("r#").unwrap_or(method);
    format!("[`{}`](super::Client::{method})", super::code(&operation.id))
}

fn capitalised(text: &str) -> String {
    let first = text.get(..1).map(str::to_ascii_uppercase).unwrap_or_default();
    first + text.get(1..).unwrap_or_default()
}
