//! Collects the operations of a document in document order, each with the parameters that apply to it.

use crate::lower::Lowering;
use crate::lower::operation_names::name_operations;
use crate::names::{LockedNames, NameKind, operation_key};
use crate::read::PathItem;
use crate::read::tree::Pointer;
use crate::source::Span;
use openapiv3::{Parameter, ReferenceOr};
use std::collections::HashMap;

/// One operation and its names.
#[derive(Debug)]
pub(in crate::lower) struct Endpoint<'d> {
    /// Where it stands.
    pub(in crate::lower) pointer: Pointer,
    /// The key of the method.
    pub(in crate::lower) span: Option<Span>,
    /// The path template.
    pub(in crate::lower) path: &'d str,
    /// Upper case.
    pub(in crate::lower) method: String,
    pub(in crate::lower) item: &'d PathItem,
    pub(in crate::lower) operation: &'d openapiv3::Operation,
    /// Its parameters with those of the path that it doesn't override.
    pub(in crate::lower) parameters: Vec<Declared<'d>>,
    pub(in crate::lower) id: String,
    pub(in crate::lower) method_name: String,
    pub(in crate::lower) type_name: String,
    pub(in crate::lower) error_name: String,
    /// The name for an enum of successes, should there be several.
    pub(in crate::lower) success_name: String,
}

impl Endpoint<'_> {
    /// The key of the operation's name in the lock file.
    pub(super) fn lock_key(&self) -> String {
        operation_key(&self.method, self.path)
    }

    /// Whether the lock file has the operation: it was generated before.
    pub(super) fn is_locked(&self, locked: &LockedNames) -> bool {
        locked.get(NameKind::Operations, &self.lock_key()).is_some()
    }
}

/// A declared parameter and where it stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Declared<'d> {
    pub(in crate::lower) parameter: &'d Parameter,
    pub(in crate::lower) span: Option<Span>,
}

/// Collects and names all operations.
pub(in crate::lower) fn endpoints<'d>(lowering: &mut Lowering<'d>) -> Vec<Endpoint<'d>> {
    let reader = lowering.reader;
    let mut endpoints = Vec::new();
    for (path, item) in &reader.document.paths {
        let item_pointer = Pointer("/paths".to_owned()).child(path);
        for (method, operation) in &item.operations {
            let pointer = item_pointer.child(method);
            let parameters = parameters(lowering, &item_pointer, item, &pointer, operation);
            endpoints.push(Endpoint {
                span: reader.key_span(&pointer),
                pointer,
                path,
                method: method.to_ascii_uppercase(),
                item,
                operation,
                parameters,
                id: String::new(),
                method_name: String::new(),
                type_name: String::new(),
                error_name: String::new(),
                success_name: String::new(),
            });
        }
    }
    name_operations(lowering, &mut endpoints);
    endpoints
}

/// The parameters that hold for an operation: its own in place of the path's of the same name and location.
fn parameters<'d>(
    lowering: &mut Lowering<'d>,
    item_pointer: &Pointer,
    item: &'d PathItem,
    pointer: &Pointer,
    operation: &'d openapiv3::Operation,
) -> Vec<Declared<'d>> {
    let reader = lowering.reader;
    let mut merged: Vec<Declared<'d>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let levels = [(item_pointer, &item.parameters), (pointer, &operation.parameters)];
    for (level, (pointer, list)) in levels.into_iter().enumerate() {
        let inherited = if level == 0 { 0 } else { merged.len() };
        if list.is_empty() {
            continue;
        }
        let spans = reader.parameter_spans(pointer);
        for parameter in list.iter().filter_map(ReferenceOr::as_item) {
            let name = &parameter.parameter_data_ref().name;
            let location = location(parameter);
            let span = spans.get(&(name.as_str(), location)).copied();
            let declared = Declared { parameter, span };
            match known.get(&(name.as_str(), location)).copied() {
                Some(at) if at < inherited => merged[at] = declared,
                // A duplicate, which the stage `check` reports.
                Some(_) => {}
                None => {
                    known.insert((name, location), merged.len());
                    merged.push(declared);
                }
            }
        }
    }
    merged
}

/// `in` of a parameter.
pub(in crate::lower) fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}
