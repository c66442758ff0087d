//! An operation in; an example of its call out, which compiles.

use super::argument::{Argument, argument, body_argument};
use super::{required, required_body};
use crate::emit::names::ident;
use crate::emit::types::example_value;
use crate::model::{
    Api, BodyKind, Docs, IntKind, Operation, PayloadKind, Presence, Status, Success, Type, TypeKind,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write as _;

/// How deep constructors of types are put into each other.
const VALUE_DEPTH: usize = 3;

/// A call: plain values stand in it, others are arguments of a function that hides around the example.
struct Call {
    /// The arguments of that function, without the client.
    hidden: Vec<String>,
    /// Statements before the call, each on a line.
    before: String,
    /// `client.get_pet(1)`.
    text: String,
}

/// The section of the method's documentation.
pub(super) fn example(api: &Api, operation: &Operation, examples_run: bool, text: &mut String) {
    let call = call(api, operation);
    let fence = if examples_run { "no_run" } else { "ignore" };
    let allow = if operation.docs.deprecated {
        "# #[allow(deprecated)]\n"
    } else {
        ""
    };
    let mut hidden = vec![format!("client: &{}::Client", api.name)];
    hidden.extend(call.hidden.iter().cloned());
    let _ = write!(
        text,
        "# Example\n\n```{fence}\n{uses}{allow}# async fn example({hidden}) -> Result<(), Box<dyn \
         std::error::Error>> {{\n{before}{used}# Ok(())\n# }}\n```\n",
        uses = uses(api, operation, &call, &[]),
        hidden = hidden.join(", "),
        before = call.before,
        used = used(operation, &call, false),
    );
}

/// The example of the crate: a client is built with `builder`, and an operation called that has a few errors, each
/// of which is named if `every` says so. Lines that start with `# ` are not for people.
pub(in crate::emit) fn start(api: &Api, builder: &str, every: bool) -> String {
    let few =
        |operation: &&Operation| (2..=8).contains(&operation.errors.len()) && !operation.docs.deprecated;
    let complete = |operation: &&Operation| call(api, operation).hidden.is_empty();
    let with_errors = || api.operations.iter().filter(few);
    // Best is one that a reader can call as it stands.
    let operation = with_errors()
        .find(complete)
        .or_else(|| with_errors().next())
        .or_else(|| api.operations.first());
    let Some(operation) = operation else {
        return String::new();
    };
    let call = call(api, operation);
    let uses = uses(api, operation, &call, &["Client"]);
    format!(
        "{uses}\n# #[allow(deprecated)]\n# async fn example({hidden}) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {builder}.build()?;\n{before}{used}# Ok(())\n# }}\n",
        hidden = call.hidden.join(", "),
        before = call.before,
        used = used(operation, &call, every),
    )
}

/// What the call and what is done with it take from the crate, and `names`.
fn uses(api: &Api, operation: &Operation, call: &Call, names: &[&str]) -> String {
    let krate = &api.name;
    let mut names = names.to_vec();
    let mut error = String::new();
    if !operation.errors.is_empty() {
        names.push("Error");
        error = format!("use {krate}::operations::{};\n", operation.error_name);
    }
    if call.before.contains("models::") || call.text.contains("models::") {
        names.push("models");
    }
    if call.before.contains("Part::") {
        names.push("Part");
    }
    match names.as_slice() {
        [] => error,
        [name] => format!("use {krate}::{name};\n{error}"),
        _ => format!("{error}use {krate}::{{{}}};\n", names.join(", ")),
    }
}

fn call(api: &Api, operation: &Operation) -> Call {
    let mut hidden = Vec::new();
    let mut arguments = Vec::new();
    let mut given = |name: &str, ty: &Type, docs: Option<&Docs>, argument: &Argument| {
        if let Some(value) = literal(api, name, ty, docs).or_else(|| made(api, ty, VALUE_DEPTH)) {
            return value;
        }
        let ty = qualified(&argument.ty, &api.name);
        let name = if name == "client" { "client_" } else { name };
        hidden.push(format!("{name}: {ty}"));
        name.to_owned()
    };
    for parameter in required(operation) {
        let name = ident(&parameter.name);
        let taken = argument(api, &parameter.ty, &quote!(#name));
        arguments.push(given(
            &parameter.name,
            &parameter.ty,
            Some(&parameter.docs),
            &taken,
        ));
    }
    let mut before = String::new();
    if let Some((body, content)) = required_body(operation) {
        let name = ident(&body.name);
        let taken = body_argument(api, content, &quote!(#name));
        let ty = match content.kind {
            BodyKind::Text => &Type::String,
            BodyKind::Bytes => &Type::Bytes,
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => &content.ty,
        };
        if let Some(value) = made(api, ty, VALUE_DEPTH) {
            let name = if body.name == "client" {
                "client_"
            } else {
                &body.name
            };
            let _ = writeln!(before, "let {name} = {value};");
            arguments.push(name.to_owned());
        } else {
            arguments.push(given(&body.name, ty, None, &taken));
        }
    }
    let text = format!("client.{}({})", operation.method_name, arguments.join(", "));
    Call { hidden, before, text }
}

/// The call and what is done with what comes.
fn used(operation: &Operation, call: &Call, every: bool) -> String {
    let nothing =
        matches!(&operation.success, Success::One(payload, _) if payload.kind == PayloadKind::Empty);
    let events = matches!(&operation.success, Success::One(payload, _) if matches!(payload.kind, PayloadKind::Events(..)));
    let (response, show) = if nothing {
        ("response", "println!(\"{}\", response.status())")
    } else if events {
        (
            "mut response",
            "while let Some(event) = response.next().await {\n    println!(\"{:?}\", event?.data()?);\n}",
        )
    } else {
        ("response", "println!(\"{:?}\", *response)")
    };
    let text = &call.text;
    if operation.errors.is_empty() {
        let end = if events { "" } else { ";" };
        return format!("let {response} = {text}.await?;\n{show}{end}\n");
    }
    let show = show.replace('\n', "\n    ");
    let named = if every { operation.errors.len() } else { 1 };
    let mut arms = String::new();
    for case in operation.errors.iter().take(named) {
        let (fields, shown) = match (case.status, &case.payload.kind) {
            (Status::Exact(status), PayloadKind::Empty) => ("", format!("eprintln!(\"status {status}\")")),
            (Status::Exact(_), _) => ("(body)", "eprintln!(\"{body:?}\")".to_owned()),
            (_, PayloadKind::Empty) => ("(status)", "eprintln!(\"status {status}\")".to_owned()),
            (_, _) => (
                "(status, body)",
                "eprintln!(\"status {status}: {body:?}\")".to_owned(),
            ),
        };
        let _ = writeln!(
            arms,
            "        {}::{}{fields} => {shown},",
            operation.error_name, case.variant
        );
    }
    if operation.errors.len() > named {
        arms.push_str("        other => eprintln!(\"{other:?}\"),\n");
    }
    format!(
        "match {text}.await {{\n    Ok({response}) => {show},\n    Err(Error::Api(error)) => match error.kind {{\n\
         {arms}    }},\n    Err(other) => return Err(other.into()),\n}}\n"
    )
}

/// The call of a type's constructor, where all it takes is easily made.
fn made(api: &Api, ty: &Type, depth: usize) -> Option<String> {
    let Type::Named(id) = api.resolve_aliases(ty) else {
        return None;
    };
    let def = api.types.get(id.0)?;
    let path = format!("models::{}", def.name);
    match &def.kind {
        TypeKind::Enum(list) => Some(format!("{path}::{}", list.variants.first()?.name)),
        TypeKind::Struct(object) if def.usage.sent && depth > 0 => {
            let mut required = object
                .fields
                .iter()
                .filter(|field| field.presence == Presence::Required)
                .peekable();
            if required.peek().is_none() {
                return Some(format!("{path}::default()"));
            }
            let arguments: Option<Vec<String>> = required
                .map(|field| match api.resolve_aliases(&field.ty) {
                    // Such a list is taken as it is here.
                    Type::Array(_) | Type::Boxed(_) => None,
                    Type::Named(_) => made(api, &field.ty, depth - 1),
                    _ => literal(api, &field.name, &field.ty, Some(&field.docs)),
                })
                .collect();
            Some(format!("{path}::new({})", arguments?.join(", ")))
        }
        TypeKind::Checked(checked) => Some(format!("{path}::try_from({})?", example_value(checked)?)),
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Newtype(_) | TypeKind::Alias(_) => None,
    }
}

/// A type as it is written outside the crate.
fn qualified(ty: &TokenStream, krate: &str) -> String {
    let text = ty.to_string().replace(" :: ", "::").replace(":: ", "::");
    let text = text.replace("runtime::", &format!("{krate}::"));
    text.replace("models::", &format!("{krate}::models::"))
}

/// A plausible value as an expression, for types that have an easy one.
fn literal(api: &Api, name: &str, ty: &Type, docs: Option<&Docs>) -> Option<String> {
    let example = docs.and_then(|docs| docs.example.as_deref());
    let example: Option<serde_json::Value> = example.and_then(|text| serde_json::from_str(text).ok());
    Some(match api.resolve_aliases(ty) {
        Type::Bool => "true".to_owned(),
        Type::Int(IntKind::Digits) => "\"1\".parse()?".to_owned(),
        Type::Int(_) => match example.as_ref().and_then(serde_json::Value::as_i64) {
            Some(number) if (0..=i64::from(i32::MAX)).contains(&number) => number.to_string(),
            _ => "1".to_owned(),
        },
        Type::Float(_) => "1.5".to_owned(),
        Type::String => match example.as_ref().and_then(serde_json::Value::as_str) {
            Some(text) if plain_text(text) => format!("{text:?}"),
            _ => format!("{:?}", plausible(name)),
        },
        Type::DateTime => "\"2025-01-31T12:00:00Z\".parse()?".to_owned(),
        Type::Date => "\"2025-01-31\".parse()?".to_owned(),
        Type::Uuid => "\"67e55044-10b1-426f-9247-bb680e5fe0c8\".parse()?".to_owned(),
        Type::Array(item) if *api.resolve_aliases(item) == Type::String => {
            format!("[{:?}]", plausible(name))
        }
        Type::File => "Part::bytes(\"text\").file_name(\"text.txt\")".to_owned(),
        Type::Array(item) => format!("vec![{}]", literal(api, name, item, None)?),
        Type::Boxed(inner) => return literal(api, name, inner, docs),
        Type::Null
        | Type::Json
        | Type::Bytes
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Named(_)
        | Type::Nullable(_) => {
            return None;
        }
    })
}

fn plain_text(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\' && c != '`' || c == ' ';
    (1..=60).contains(&text.len()) && text.chars().all(plain)
}

fn plausible(name: &str) -> &'static str {
    let has = |part: &str| name.contains(part);
    if has("email") {
        "ada@example.com"
    } else if has("url") || has("uri") {
        "https://example.com"
    } else if has("phone") {
        "+4930901820"
    } else if name.ends_with("id") || has("key") {
        "a1b2c3"
    } else if has("name") || has("owner") || has("user") {
        "ada"
    } else {
        "text"
    }
}
