//! Emits `src/operations/`: a file for each group of operations, with the methods of the client and, for each
//! operation, the type of its request, its error enum and the enum of its successes.

mod argument;
mod cases;
mod error_enum;
mod error_table;
mod example;
mod method;
mod method_docs;
mod payload;
mod request;
mod streaming;
mod success;

pub(super) use argument::{argument_type, argument_value, has_floats};
pub(super) use error_enum::infallible_impls;
pub(super) use error_table::SharedErrors;
pub(super) use example::{ShownErrors, first_example};
pub(super) use streaming::is_streamed;

use super::Layout;
use super::docs::description_paragraphs;
use super::file::{Item, Output, RustFile};
use super::names::{ident, without_raw_prefix};
use crate::model::{Api, Group, Operation, Status, Success};
use proc_macro2::Ident;
use quote::{format_ident, quote};

/// How many methods are in one `impl`, which is one item to format: formatting takes memory for each of its lines.
const METHODS_PER_IMPL: usize = 500;

/// Emits `src/operations/mod.rs` and a file for each group that has operations.
pub(super) fn files(api: &Api, layout: Layout, shared_errors: &SharedErrors) -> Vec<Output> {
    let mut operations_by_group: Vec<Vec<&Operation>> = vec![Vec::new(); api.groups.len()];
    for operation in &api.operations {
        if let Some(operations) = operations_by_group.get_mut(operation.group) {
            operations.push(operation);
        }
    }
    let groups: Vec<(&Group, Vec<&Operation>)> = api
        .groups
        .iter()
        .zip(operations_by_group)
        .filter(|(_, operations)| !operations.is_empty())
        .collect();
    let mut files = vec![modules_file(groups.iter().map(|(group, _)| *group))];
    let group_files = groups
        .iter()
        .map(|(group, operations)| group_file(api, group, operations, layout, shared_errors));
    files.extend(group_files);
    files
}

/// `src/operations/mod.rs`.
fn modules_file<'a>(groups: impl Iterator<Item = &'a Group> + Clone) -> Output {
    let mut file = RustFile::new(
        "The requests of the operations, their error enums, and the enums of their successful responses.",
    );
    let modules = groups.clone().map(|group| {
        let name = ident(&group.name);
        // rustc looks for files with ASCII names only.
        let path = (!group.name.is_ascii()).then(|| format!("{}.rs", group.name));
        let path = path.map(|path| quote!(#[path = #path]));
        quote!(#[rustfmt::skip] #path pub mod #name;)
    });
    file.add_all(modules);
    let exports = groups.map(|group| {
        let name = ident(&group.name);
        quote!(pub use self::#name::*;)
    });
    file.add_all(exports);
    file.into_output("src/operations/mod.rs")
}

/// The file of a group, with the methods of the client for its operations.
fn group_file(
    api: &Api,
    group: &Group,
    operations: &[&Operation],
    layout: Layout,
    shared_errors: &SharedErrors,
) -> Output {
    let tag = group.tag.as_ref().map(|tag| tag.replace(['`', '\n', '\r'], "'"));
    let operations_with_tag = tag.map_or_else(
        || "Operations without a tag.".to_owned(),
        |tag| format!("Operations with the tag `{tag}`."),
    );
    let description = description_paragraphs(&group.docs);
    let mut file = RustFile::new(&format!("{operations_with_tag}{description}"));
    file.declare(operations.iter().flat_map(|operation| defined_names(operation)));
    let blocks: Vec<&[&Operation]> = operations.chunks(METHODS_PER_IMPL).collect();
    file.add_each(&blocks, |_, block| {
        vec![client_methods(api, block, layout, shared_errors)]
    });
    file.add_each(operations, |_, operation| operation_items(api, operation));
    file.import_from_root("super::super");
    file.into_output(format!("src/operations/{}.rs", without_raw_prefix(&group.name)))
}

/// The names of the types that the file has for an operation.
fn defined_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let success = match &operation.success {
        Success::Choice { name, .. } => Some(name),
        Success::One(..) => None,
    };
    [&operation.type_name, &operation.error_name]
        .into_iter()
        .chain(success)
        .map(String::as_str)
}

/// The methods of the client for some operations, in one block, so that the docs list them together.
fn client_methods(
    api: &Api,
    operations: &[&Operation],
    layout: Layout,
    shared_errors: &SharedErrors,
) -> Item {
    let methods = operations
        .iter()
        .map(|operation| method::method(api, operation, layout, shared_errors));
    Item::containing(methods.collect(), |methods| quote!(impl Client { #(#methods)* }))
}

/// The items of one operation other than its method.
fn operation_items(api: &Api, operation: &Operation) -> Vec<Item> {
    let mut items = request::request_type(api, operation);
    items.push(request::into_future_impl(api, operation));
    items.extend(streaming::methods(api, operation));
    items.extend(request::alternative_methods(api, operation));
    items.extend(success::success_enum(api, operation));
    items.extend(error_enum::items(api, operation));
    items
}

/// A name for a method or variable that no argument or method of the request has: `wanted`, or else `wanted_`.
fn unused_name(operation: &Operation, wanted: &str) -> Ident {
    let body = operation.body.iter().flat_map(|body| {
        let contents = body.contents.iter().flat_map(|content| {
            let headers = content.part_headers().map(|(_, header)| header.name.as_str());
            std::iter::once(content.method.as_str()).chain(headers)
        });
        std::iter::once(body.name.as_str()).chain(contents)
    });
    let used: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .chain(body)
        .chain(operation.alternatives.iter().map(|other| other.method.as_str()))
        .collect();
    let mut name = wanted.to_owned();
    while used.contains(&name.as_str()) {
        name.push('_');
    }
    format_ident!("{name}")
}

/// A link from the docs of an item of the operation to its method.
fn method_link(operation: &Operation) -> String {
    let method = without_raw_prefix(&operation.method_name);
    format!("[`Client::{method}`]")
}

/// A status as the docs write it.
fn status_text(status: Status) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "any other status".to_owned(),
    }
}
