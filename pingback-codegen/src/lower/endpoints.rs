//! The operations of a document in document order, each with the names it gets and the parameters that hold
//! for it. Knows nothing of what they mean.

use super::names::{self, Names};
use super::reader::Reader;
use super::{Lowering, path};
use crate::diagnostic::{Diagnostic, rules};
use crate::read::tree::Pointer;
use crate::source::Span;
use openapiv3::{Parameter, PathItem, ReferenceOr};
use std::collections::HashMap;

/// One operation and its names.
#[derive(Debug)]
pub(super) struct Endpoint<'d> {
    /// Where it stands.
    pub(super) pointer: Pointer,
    /// The key of the method.
    pub(super) span: Option<Span>,
    /// The path template.
    pub(super) path: &'d str,
    /// Upper case.
    pub(super) method: String,
    pub(super) item: &'d PathItem,
    pub(super) operation: &'d openapiv3::Operation,
    /// Its parameters with those of the path that it doesn't override.
    pub(super) parameters: Vec<Declared<'d>>,
    pub(super) id: String,
    pub(super) method_name: String,
    pub(super) type_name: String,
    pub(super) error_name: String,
    /// The name for an enum of successes, should there be several.
    pub(super) success_name: String,
}

/// A declared parameter and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'d> {
    pub(super) parameter: &'d Parameter,
    pub(super) span: Option<Span>,
}

/// Names that a client has for itself, or that read as something else where every type may have them.
const CLIENT_METHODS: [&str; 4] = ["builder", "clone", "default", "new"];

/// Names that the modules of operations use for something else.
const TYPE_NAMES: [&str; 35] = [
    "ApiError",
    "Box",
    "Call",
    "Case",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Debug",
    "DecodeError",
    "Default",
    "Err",
    "Error",
    "ErrorCode",
    "ErrorResponse",
    "From",
    "Into",
    "IntoFuture",
    "None",
    "Ok",
    "Operation",
    "OperationError",
    "Option",
    "Request",
    "RequestError",
    "Response",
    "ResponseFuture",
    "Result",
    "Self",
    "Some",
    "String",
    "Style",
    "TransportError",
    "UnknownCode",
    "Uuid",
    "Vec",
];

/// Collects and names all operations.
pub(super) fn endpoints<'d>(lowering: &mut Lowering<'d>) -> Vec<Endpoint<'d>> {
    let reader = lowering.reader;
    let mut endpoints = Vec::new();
    for (path, item) in &reader.document.openapi.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        let item_pointer = Pointer("/paths".to_owned()).child(path);
        for (method, operation) in in_document_order(reader, &item_pointer, item) {
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
    assign_names(lowering, &mut endpoints);
    endpoints
}

/// `openapiv3` lists methods in an order of its own.
fn in_document_order<'d>(
    reader: Reader<'d>,
    pointer: &Pointer,
    item: &'d PathItem,
) -> Vec<(&'d str, &'d openapiv3::Operation)> {
    let mut methods: Vec<_> = item.iter().collect();
    if let Some(members) = reader.resolve(pointer).and_then(|(_, node)| node.as_object()) {
        methods.sort_by_key(|(method, _)| members.get_index_of(*method).unwrap_or(usize::MAX));
    }
    methods
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
                Some(at) => {
                    let first = merged[at].span;
                    let mut finding = Diagnostic::new(rules::DUPLICATE_PARAMETER, span, &[&location, name]);
                    if let Some(first) = first {
                        finding = finding.related(first, "the first of that name, which is kept");
                    }
                    lowering.diagnostics.push(finding);
                }
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
pub(super) fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

/// Names all operations. Documented ids go first, in document order, so that an operation without one never
/// takes the name of one that has it.
fn assign_names(lowering: &mut Lowering<'_>, endpoints: &mut [Endpoint<'_>]) {
    let mut methods = Names::default();
    let mut types = Names::default();
    for name in TYPE_NAMES {
        types.claim(name);
    }
    // The method name that an id became -> the operation that has it.
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut unnamed = Vec::new();
    // What the options name goes before all else.
    for (at, endpoint) in endpoints.iter_mut().enumerate() {
        let Some(chosen) = lowering.options.names.get(&endpoint.pointer.0) else {
            continue;
        };
        let method_name = names::function_name(chosen);
        endpoint.method_name = claim_method(&mut methods, &method_name);
        endpoint.type_name = claim_type(&mut types, chosen);
        let id = endpoint
            .operation
            .operation_id
            .as_deref()
            .unwrap_or_default()
            .trim();
        endpoint.id = if id.is_empty() {
            endpoint.method_name.clone()
        } else {
            id.to_owned()
        };
        known.insert(method_name, at);
    }
    for at in 0..endpoints.len() {
        let endpoint = &endpoints[at];
        if !endpoint.method_name.is_empty() {
            continue;
        }
        let id = endpoint
            .operation
            .operation_id
            .as_deref()
            .unwrap_or_default()
            .trim();
        let method_name = names::function_name(id);
        if !id.chars().any(char::is_alphanumeric) {
            unnamed.push(at);
            continue;
        }
        let span = lowering
            .reader
            .span(&endpoint.pointer.child("operationId"))
            .or(endpoint.span);
        if let Some(&first) = known.get(&method_name) {
            let first = &endpoints[first];
            let mut finding = if first.id == id {
                Diagnostic::new(rules::DUPLICATE_OPERATION_ID, span, &[&id])
            } else {
                Diagnostic::new(rules::OPERATION_ID_COLLISION, span, &[&id, &first.id])
            };
            let first_span = lowering
                .reader
                .span(&first.pointer.child("operationId"))
                .or(first.span);
            if let Some(first_span) = first_span {
                finding = finding.related(first_span, format!("the first, `{method_name}`"));
            }
            lowering.diagnostics.push(finding);
            unnamed.push(at);
            continue;
        }
        let id = id.to_owned();
        known.insert(method_name.clone(), at);
        let endpoint = &mut endpoints[at];
        endpoint.method_name = claim_method(&mut methods, &method_name);
        endpoint.type_name = claim_type(&mut types, &id);
        endpoint.id = id;
    }
    for at in unnamed {
        let endpoint = &endpoints[at];
        let mut words = derived_words(&endpoint.method, endpoint.path, false);
        if known.contains_key(&names::function_name(&words)) {
            words = derived_words(&endpoint.method, endpoint.path, true);
        }
        let endpoint = &mut endpoints[at];
        endpoint.method_name = claim_method(&mut methods, &names::function_name(&words));
        endpoint.type_name = claim_type(&mut types, &words);
        endpoint.id.clone_from(&endpoint.method_name);
        known.insert(endpoint.method_name.clone(), at);
    }
    for endpoint in endpoints {
        endpoint.error_name = types.claim(&format!("{}Error", endpoint.type_name));
        endpoint.success_name = types.claim(&format!("{}Success", endpoint.type_name));
    }
}

/// A name that a client has for something else gets a word more rather than a number.
fn claim_method(methods: &mut Names, name: &str) -> String {
    // `server_url`, `server_url_2`: functions for servers with variables.
    let server = name.strip_prefix("server_url").is_some_and(|number| {
        number
            .trim_start_matches('_')
            .chars()
            .all(|char| char.is_ascii_digit())
    });
    if server || CLIENT_METHODS.contains(&name) {
        methods.claim(&format!("{name}_operation"))
    } else {
        methods.claim(name)
    }
}

/// A name that generated code has for something else gets a word more rather than a number.
fn claim_type(types: &mut Names, id: &str) -> String {
    let name = names::type_name(id);
    // `GetPetError` is what the errors of `getPet` are called, whether or not there is such an operation.
    let of_another = name.ends_with("Error") || name.ends_with("Success");
    if of_another || TYPE_NAMES.contains(&name.as_str()) {
        types.claim(&format!("{name}Operation"))
    } else {
        types.claim(&name)
    }
}

/// The words that stand for a method and a path: `GET /users/{id}/posts` is `get user posts`, and with the
/// names of parameters `get user by id posts`.
fn derived_words(method: &str, template: &str, with_parameters: bool) -> String {
    let template = template.split(['?', '#']).next().unwrap_or_default();
    let mut words = vec![method.to_ascii_lowercase()];
    let segments: Vec<&str> = template
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    for (at, segment) in segments.iter().enumerate() {
        let parts = path::parse(segment);
        let only_parameter = matches!(parts.as_slice(), [path::Part::Parameter(_)]);
        for part in parts {
            match part {
                path::Part::Literal(_) if !segment.contains('{') => {
                    let next_is_parameter = segments.get(at + 1).is_some_and(|next| next.starts_with('{'));
                    words.push(if next_is_parameter {
                        singular(segment)
                    } else {
                        (*segment).to_owned()
                    });
                }
                path::Part::Literal(text) => words.push(text),
                path::Part::Parameter(name) if with_parameters => {
                    words.push("by".to_owned());
                    words.push(name);
                }
                // Beside text in one segment the name is all there is to tell routes apart.
                path::Part::Parameter(name) if !only_parameter => words.push(name),
                path::Part::Parameter(_) => {}
            }
        }
    }
    if words.len() == 1 {
        words.push("root".to_owned());
    }
    words.join(" ")
}

/// An English plural in the singular, where the ending leaves no doubt.
fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if ["sses", "xes", "ches", "shes"]
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        word[..word.len() - 2].to_owned()
    } else if lower.ends_with('s') && !["ss", "us", "is", "news"].iter().any(|end| lower.ends_with(end)) {
        word[..word.len() - 1].to_owned()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_without_an_id_is_named_by_its_route() {
        let words = |path| derived_words("GET", path, false);
        assert_eq!(words("/users/{id}/posts"), "get user posts");
        assert_eq!(words("/users/{id}"), "get user");
        assert_eq!(words("/categories"), "get categories");
        assert_eq!(words("/"), "get root");
        assert_eq!(words("/files/{name}.{ext}"), "get file name . ext");
    }

    #[test]
    fn parameters_are_named_where_the_route_alone_is_taken() {
        assert_eq!(derived_words("GET", "/users/{id}", true), "get user by id");
    }
}
