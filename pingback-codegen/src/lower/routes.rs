//! Collects the operations of a document in document order, each with the parameters that apply to it.

use crate::lower::Lowering;
use crate::names::operation_key;
use crate::read::PathItem;
use crate::read::tree::Pointer;
use crate::source::Span;
use openapiv3::{Parameter, ReferenceOr};

/// An operation of the document.
#[derive(Debug)]
pub(super) struct Route<'d> {
    /// The pointer of the operation.
    pub(super) pointer: Pointer,
    /// The key of the method.
    pub(super) span: Option<Span>,
    /// The path template.
    pub(super) path: &'d str,
    /// The HTTP method in upper case.
    pub(super) method: String,
    /// The path item that the operation belongs to.
    pub(super) item: &'d PathItem,
    pub(super) operation: &'d openapiv3::Operation,
    /// The parameters of the operation, and those of the path item that it does not override.
    pub(super) parameters: Vec<DeclaredParameter<'d>>,
}

/// A parameter of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeclaredParameter<'d> {
    pub(super) parameter: &'d Parameter,
    pub(super) span: Option<Span>,
}

impl Route<'_> {
    /// The key of the operation's name in the lock file.
    pub(super) fn lock_key(&self) -> String {
        operation_key(&self.method, self.path)
    }
}

/// Collects the operations in document order.
pub(super) fn routes<'d>(lowering: &mut Lowering<'d>) -> Vec<Route<'d>> {
    let reader = lowering.reader;
    let mut routes = Vec::new();
    for (path, item) in &reader.document.paths {
        let item_pointer = Pointer("/paths".to_owned()).child(path);
        for (method, operation) in &item.operations {
            let pointer = item_pointer.child(method);
            routes.push(Route {
                span: reader.key_span(&pointer),
                path,
                method: method.to_ascii_uppercase(),
                item,
                operation,
                parameters: parameters(lowering, (&item_pointer, item), (&pointer, operation)),
                pointer,
            });
        }
    }
    routes
}

/// The parameters that apply to an operation. Its own override those of the path item with the same name and location
/// (OpenAPI 3.0.3, section 4.7.10.1).
fn parameters<'d>(
    lowering: &mut Lowering<'d>,
    (item_pointer, item): (&Pointer, &'d PathItem),
    (pointer, operation): (&Pointer, &'d openapiv3::Operation),
) -> Vec<DeclaredParameter<'d>> {
    let mut parameters: Vec<DeclaredParameter<'d>> = Vec::new();
    for parameter in declared_parameters(lowering, item_pointer, &item.parameters) {
        if !parameters.iter().any(|known| is_same(known, &parameter)) {
            parameters.push(parameter);
        }
    }
    let inherited = parameters.len();
    // The stage `check` reports duplicates: of several in one list the first is used, or the last if they override one
    // of the path item.
    for own in declared_parameters(lowering, pointer, &operation.parameters) {
        match parameters.iter().position(|known| is_same(known, &own)) {
            Some(at) if at < inherited => parameters[at] = own,
            Some(_) => {}
            None => parameters.push(own),
        }
    }
    parameters
}

/// The parameters that an operation or a path item lists.
fn declared_parameters<'d>(
    lowering: &mut Lowering<'d>,
    pointer: &Pointer,
    list: &'d [ReferenceOr<Parameter>],
) -> Vec<DeclaredParameter<'d>> {
    if list.is_empty() {
        return Vec::new();
    }
    let spans = lowering.reader.parameter_spans(pointer);
    let parameters = list.iter().filter_map(ReferenceOr::as_item);
    let declared = parameters.map(|parameter| {
        let name = parameter.parameter_data_ref().name.as_str();
        let span = spans.get(&(name, location(parameter))).copied();
        DeclaredParameter { parameter, span }
    });
    declared.collect()
}

/// Whether two parameters have the same name and location. Case does not count in the name of a header (RFC 9110,
/// section 5.1).
fn is_same(one: &DeclaredParameter<'_>, other: &DeclaredParameter<'_>) -> bool {
    fn name<'d>(declared: &DeclaredParameter<'d>) -> &'d str {
        &declared.parameter.parameter_data_ref().name
    }
    let is_same_name = match one.parameter {
        Parameter::Header { .. } => name(one).eq_ignore_ascii_case(name(other)),
        Parameter::Query { .. } | Parameter::Path { .. } | Parameter::Cookie { .. } => {
            name(one) == name(other)
        }
    };
    location(one.parameter) == location(other.parameter) && is_same_name
}

/// `in` of a parameter.
pub(super) fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}
