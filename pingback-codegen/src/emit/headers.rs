//! Emits `src/headers.rs`: a struct for each set of documented response headers, and how it is read.

use super::docs::{deprecated, doc_attributes, one_line};
use super::file::{Item, Output, RustFile};
use super::markdown::code_span_text;
use super::names::{ident, without_raw_prefix};
use super::paths::option;
use super::tokens::TypeTokens;
use super::types::{Needs, Scope, type_tokens};
use crate::model::{Api, HeaderForm, HeaderSet, Operation, ResponseHeader};
use proc_macro2::TokenStream;
use quote::quote;

/// How many operations the docs of a set name.
const MAX_OPERATIONS: usize = 10;

/// Emits `src/headers.rs`, if a response has documented headers.
pub(super) fn file(api: &Api) -> Option<Output> {
    if api.headers.is_empty() {
        return None;
    }
    let users = users(api);
    let mut file = RustFile::new(
        "The documented headers of responses. `typed_headers()` of a response or an error parses them.",
    );
    file.declare(api.headers.iter().map(|set| set.name.as_str()));
    // The name of a set ends in `Headers`, so that it shadows none of these.
    let headers = || api.headers.iter().flat_map(|set| &set.headers);
    let mut reader_names = vec!["Form", "HeaderError", "TypedHeaders"];
    reader_names.extend(headers().any(|header| !header.required).then_some("optional"));
    reader_names.extend(headers().any(|header| header.required).then_some("required"));
    file.import("super::runtime::headers", &reader_names);
    file.add_each(&api.headers, |index, set| set_items(api, &users[index], set));
    if file.names_models() {
        file.import("super", &["models"]);
    }
    let mut needs = Needs::default();
    headers().for_each(|header| needs.add_type(&header.ty));
    if !needs.parts.is_empty() {
        file.import("super", &["runtime"]);
    }
    Some(file.into_output("src/headers.rs"))
}

/// The section of an operation's docs on the headers of its responses.
pub(super) fn docs_section(api: &Api, operation: &Operation) -> Option<String> {
    let describe = |index: Option<usize>, of: &str| {
        let HeaderSet { name, headers } = api.headers.get(index?)?;
        let headers = headers.iter().map(|header| {
            let wire = code_span_text(&header.wire);
            format!("`{wire}`")
        });
        let headers: Vec<String> = headers.collect();
        Some(format!(
            "- [`{name}`](super::super::headers::{name}){of}: {}",
            headers.join(", ")
        ))
    };
    let success = describe(operation.headers, "");
    let errors = describe(operation.error_headers, ", of errors");
    let lines: Vec<String> = success.into_iter().chain(errors).collect();
    (!lines.is_empty()).then(|| format!("# Response headers\n\n{}", lines.join("\n")))
}

/// The struct of a set, and its `TypedHeaders`.
fn set_items(api: &Api, users: &Users<'_>, set: &HeaderSet) -> Vec<Item> {
    let name = ident(&set.name);
    let docs = doc_attributes(&users_sentence(users));
    let types: Vec<TypeTokens> = set
        .headers
        .iter()
        .map(|header| type_tokens(api, &header.ty, Scope::OtherFile))
        .collect();
    let fields = set
        .headers
        .iter()
        .zip(&types)
        .map(|(header, ty)| field(header, ty));
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
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name { #(#fields)* }
    };
    let read_impl = quote! {
        impl TypedHeaders for #name {
            fn read(headers: &::http::HeaderMap) -> ::std::result::Result<Self, HeaderError> {
                ::std::result::Result::Ok(Self { #(#reads)* })
            }
        }
    };
    vec![Item::with_types(definition, &types), read_impl.into()]
}

fn field(header: &ResponseHeader, ty: &TypeTokens) -> TokenStream {
    let name = ident(&header.name);
    let wire = code_span_text(&header.wire);
    let docs = doc_attributes(&match one_line(&header.docs) {
        description if description.is_empty() => format!("`{wire}`."),
        description => format!("`{wire}`: {description}"),
    });
    let deprecated = deprecated(&header.docs);
    let ty = if header.required {
        quote!(#ty)
    } else {
        quote!(::std::option::Option<#ty>)
    };
    quote!(#docs #deprecated pub #name: #ty,)
}

/// The operations whose responses have a set of headers.
#[derive(Default, Clone)]
struct Users<'a> {
    success: Vec<&'a Operation>,
    errors: Vec<&'a Operation>,
}

/// The users of each set, by its index.
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

/// A sentence that links to the users of a set.
fn users_sentence(users: &Users<'_>) -> String {
    let success =
        (!users.success.is_empty()).then(|| format!("of responses of {}", method_links(&users.success)));
    let errors = (!users.errors.is_empty()).then(|| format!("of errors of {}", method_links(&users.errors)));
    let all: Vec<String> = success.into_iter().chain(errors).collect();
    format!("Headers {}.", all.join(", and "))
}

fn method_links(operations: &[&Operation]) -> String {
    let links = operations.iter().take(MAX_OPERATIONS).map(|operation| {
        let method = without_raw_prefix(&operation.method_name);
        format!("[`{method}`](super::Client::{method})")
    });
    let links = links.collect::<Vec<_>>().join(", ");
    match operations.len().saturating_sub(MAX_OPERATIONS) {
        0 => links,
        more => format!("{links} and {more} more"),
    }
}

/// How the runtime reads a header.
fn form(form: &HeaderForm) -> TokenStream {
    match form {
        HeaderForm::Text => quote!(Form::Text),
        HeaderForm::Number => quote!(Form::Number),
        HeaderForm::Boolean => quote!(Form::Boolean),
        HeaderForm::Json => quote!(Form::Json),
        HeaderForm::Lines => quote!(Form::Lines),
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
            let others = option(others.as_ref().map(|others| {
                let others = self::form(others);
                quote!(&#others)
            }));
            quote!(Form::Object(#explode, &[#(#members),*], #others))
        }
    }
}
