//! The sets of documented headers in; `src/headers.rs` out: a struct for each, and how it is read.

use super::names::ident;
use super::operation::{doc_lines, markdown_cell};
use super::types::{Scope, type_tokens};
use super::{Content, Items, Output};
use crate::model::{Api, HeaderForm, HeaderSet, Operation};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write as _;

/// How many operations the documentation of a set names.
const LISTED: usize = 10;

/// `src/headers.rs`, if a response declares headers.
pub(super) fn file(api: &Api) -> Option<Output> {
    if api.headers.is_empty() {
        return None;
    }
    let users = users(api);
    let sets = Items::of_all(&api.headers, |index, set| items(api, &users[index], set).into());
    let models = sets.name("models ::").then(|| quote!(models,));
    // Names of sets end in `Headers`, so that none of these is hidden.
    let imports = [
        quote!(
            use super::runtime::headers::{Form, HeaderError, TypedHeaders, optional, required};
        ),
        quote!(use super::{#models runtime};),
    ];
    let about = doc_lines(
        "The headers that responses are documented to have: `response.typed_headers()` gives them, and so does \
         `error.typed_headers()`.",
    );
    let about = about.to_string().replace("# [doc", "#![doc");
    let mut items: Items = imports.into_iter().collect();
    items.append(sets);
    Some(Output {
        path: "src/headers.rs".to_owned(),
        content: Content::Rust {
            header: about.parse().unwrap_or_default(),
            items,
        },
    })
}

fn items(api: &Api, users: &Users<'_>, set: &HeaderSet) -> [TokenStream; 2] {
    let name = ident(&set.name);
    let about = doc_lines(&about(users));
    let fields = set.headers.iter().map(|header| {
        let (name, ty) = (ident(&header.name), type_tokens(api, &header.ty, Scope::Outside));
        let mut about = format!("`{}`", code(&header.wire));
        let said = [&header.docs.summary, &header.docs.description];
        let said = markdown_cell(said.into_iter().flatten().next().map_or("", String::as_str));
        if said.is_empty() {
            about.push('.');
        } else {
            let _ = write!(about, ": {said}");
        }
        let about = doc_lines(&about);
        let deprecated = header.docs.deprecated.then(|| quote!(#[deprecated]));
        let ty = if header.required {
            ty
        } else {
            quote!(::std::option::Option<#ty>)
        };
        quote!(#about #deprecated pub #name: #ty,)
    });
    let reads = set.headers.iter().map(|header| {
        let (field, form) = (ident(&header.name), form(&header.form));
        let wire = header.wire.to_ascii_lowercase();
        let read = if header.required {
            quote!(required)
        } else {
            quote!(optional)
        };
        quote!(#field: #read(headers, #wire, &#form)?,)
    });
    [
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name { #(#fields)* }
        },
        quote! {
            impl TypedHeaders for #name {
                fn read(headers: &::http::HeaderMap) -> ::std::result::Result<Self, HeaderError> {
                    ::std::result::Result::Ok(Self { #(#reads)* })
                }
            }
        },
    ]
}

/// The operations of which a set is the headers of success, and those of whose errors it is.
#[derive(Default, Clone)]
struct Users<'a> {
    success: Vec<&'a Operation>,
    errors: Vec<&'a Operation>,
}

/// Which operations each set belongs to.
fn users(api: &Api) -> Vec<Users<'_>> {
    let mut users = vec![Users::default(); api.headers.len()];
    for operation in &api.operations {
        if let Some(users) = operation.headers.and_then(|index| users.get_mut(index)) {
            users.success.push(operation);
        }
        if let Some(users) = operation.error_headers.and_then(|index| users.get_mut(index)) {
            users.errors.push(operation);
        }
    }
    users
}

/// What is said of a set.
fn about(users: &Users<'_>) -> String {
    let list = |what: &str, operations: &[&Operation]| {
        let links: Vec<String> = operations
            .iter()
            .take(LISTED)
            .map(|operation| {
                let method = operation.method_name.strip_prefix("r#");
                let method = method.unwrap_or(&operation.method_name);
                format!("[`{method}`](super::Client::{method})")
            })
            .collect();
        let more = match operations.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!links.is_empty()).then(|| format!("{what} {}{more}", links.join(", ")))
    };
    let successes = list("of", &users.success);
    let errors = list("of errors of", &users.errors);
    let all: Vec<String> = successes.into_iter().chain(errors).collect();
    format!("Headers {}.", all.join(", and "))
}

/// How a header is read.
fn form(form: &HeaderForm) -> TokenStream {
    match form {
        HeaderForm::Text => quote!(Form::Text),
        HeaderForm::Number => quote!(Form::Number),
        HeaderForm::Boolean => quote!(Form::Boolean),
        HeaderForm::Json => quote!(Form::Json),
        HeaderForm::List(item) => {
            let item = self::form(item);
            quote!(Form::List(&#item))
        }
        HeaderForm::Object {
            explode,
            members,
            others,
        } => {
            let members = members.iter().map(|(name, member)| {
                let member = self::form(member);
                quote!((#name, #member))
            });
            let others = if let Some(others) = others {
                let others = self::form(others);
                quote!(::std::option::Option::Some(&#others))
            } else {
                quote!(::std::option::Option::None)
            };
            quote!(Form::Object(#explode, &[#(#members),*], #others))
        }
    }
}

/// What the method of an operation says of its headers.
pub(super) fn method_docs(api: &Api, operation: &Operation, text: &mut String) {
    let set = |index: Option<usize>| {
        let set = api.headers.get(index?)?;
        let headers: Vec<String> = set
            .headers
            .iter()
            .map(|header| format!("`{}`", code(&header.wire)))
            .collect();
        let name = &set.name;
        Some(format!(
            "[`{name}`](super::super::headers::{name}): {}",
            headers.join(", ")
        ))
    };
    let (success, errors) = (set(operation.headers), set(operation.error_headers));
    if success.is_none() && errors.is_none() {
        return;
    }
    text.push_str("# Response headers\n\n");
    if let Some(success) = success {
        let _ = writeln!(text, "- {success}");
    }
    if let Some(errors) = errors {
        let _ = writeln!(text, "- of errors, {errors}");
    }
    text.push('\n');
}

fn code(wire: &str) -> String {
    super::docs::spelled(wire)
}
