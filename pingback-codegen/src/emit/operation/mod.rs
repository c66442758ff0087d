//! The operations of a group in; the client's methods, and for each the request's type, its errors and what
//! success gives, out.

mod about;
mod argument;
mod example;
mod method;
mod payload;
mod request;
mod streaming;

pub(super) use about::{doc_lines, markdown_cell, status_text};
pub(super) use argument::{Argument, argument};
pub(super) use example::start;
pub(super) use payload::{fields, wrap};
pub(super) use streaming::is_streamed;

use super::{Items, operation_error};
use crate::model::{Api, Body, BodyContent, Operation, Parameter};
use proc_macro2::Ident;
use quote::{format_ident, quote};

/// So many methods are one item to format: that takes memory for each line of it.
const TOGETHER: usize = 500;

/// The items of a group: the methods of the client in one block, so that they read as a list, then what each
/// returns.
pub(super) fn items(api: &Api, operations: &[&Operation], examples_run: bool) -> Items {
    let blocks: Vec<&[&Operation]> = operations.chunks(TOGETHER).collect();
    let mut all = Items::of_all(&blocks, |_, some| {
        let methods = some
            .iter()
            .map(|operation| method::method(api, operation, examples_run));
        vec![quote!(impl super::super::Client { #(#methods)* })]
    });
    all.append(Items::of_all(operations, |_, operation| {
        let mut items = Vec::new();
        items.extend(request::request_type(api, operation));
        items.push(request::into_future(api, operation));
        items.extend(streaming::items(api, operation));
        items.extend(request::success_type(api, operation));
        items.extend(operation_error::items(api, operation));
        items
    }));
    all
}

/// A name that no argument has: `request`, or else `request_`.
fn free(operation: &Operation, wanted: &str) -> Ident {
    let body = operation.body.iter().flat_map(|body| {
        std::iter::once(body.name.as_str()).chain(body.contents.iter().map(|content| content.method.as_str()))
    });
    let taken: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .chain(body)
        .collect();
    let mut name = wanted.to_owned();
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    format_ident!("{name}")
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

/// The body, if it is an argument: where there is a choice of media types, the first is, and the methods for the
/// others replace it.
fn required_body(operation: &Operation) -> Option<(&Body, &BodyContent)> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    Some((body, body.contents.first()?))
}
