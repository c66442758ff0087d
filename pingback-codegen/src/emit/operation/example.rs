//! An operation in; an example of its call out, which compiles.

use super::argument::{Argument, argument, behind_aliases, body_argument};
use super::{required, required_body};
use crate::emit::names::ident;
use crate::model::{Api, BodyKind, Docs, Operation, PayloadKind, Success, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write as _;

/// An example that compiles: plain values stand in it, others are arguments of a hidden function.
pub(super) fn example(api: &Api, operation: &Operation, examples_run: bool, text: &mut String) {
    let mut hidden = vec![format!("client: &{}::Client", api.name)];
    let mut arguments = Vec::new();
    let mut given = |name: &str, ty: &Type, docs: Option<&Docs>, argument: &Argument| {
        if let Some(literal) = literal(api, name, ty, docs) {
            return literal;
        }
        let ty = qualified(&argument.ty, &api.name);
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
    if let Some((body, content)) = required_body(operation) {
        let name = ident(&body.name);
        let taken = body_argument(api, content, &quote!(#name));
        let ty = match content.kind {
            BodyKind::Text => &Type::String,
            BodyKind::Bytes => &Type::Bytes,
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => &content.ty,
        };
        arguments.push(given(&body.name, ty, None, &taken));
    }
    let fence = if examples_run { "no_run" } else { "ignore" };
    let allow = if operation.docs.deprecated {
        "# #[allow(deprecated)]\n"
    } else {
        ""
    };
    let nothing =
        matches!(&operation.success, Success::One(payload, _) if payload.kind == PayloadKind::Empty);
    let show = if nothing {
        "println!(\"{}\", response.status());"
    } else {
        "println!(\"{:?}\", *response);"
    };
    let _ = write!(
        text,
        "# Example\n\n```{fence}\n{allow}# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let response = client.{}({}).await?;\n{show}\n# Ok(())\n# }}\n```\n",
        hidden.join(", "),
        operation.method_name,
        arguments.join(", "),
    );
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
    Some(match behind_aliases(api, ty) {
        Type::Bool => "true".to_owned(),
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
        Type::Array(item) if *behind_aliases(api, item) == Type::String => {
            format!("[{:?}]", plausible(name))
        }
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
