//! Names operations: their methods, request types and error enums.

use crate::diagnostic::{Diagnostic, rules};
use crate::lower::client::server_names;
use crate::lower::endpoints::{Endpoint, OperationNames};
use crate::lower::routes::Route;
use crate::lower::singular::singular;
use crate::lower::{Lowering, path};
use crate::names::{self, LockedNames, NameKind, NameRequest, Scope, UniqueNames};
use std::collections::HashMap;

/// Methods that every client has.
const CLIENT_METHODS: [&str; 4] = ["builder", "clone", "default", "new"];

/// Types that the modules of operations use.
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

/// Names all operations. An operation without an id never gets the name of one that has it.
pub(super) fn assign<'d>(lowering: &mut Lowering<'_>, routes: Vec<Route<'d>>) -> Vec<Endpoint<'d>> {
    let ids = unique_ids(lowering, &routes);
    let requests: Vec<NameRequest> = routes
        .iter()
        .zip(&ids)
        .map(|(route, id)| {
            let chosen = lowering.options.names.get(&route.pointer.0);
            let request = if let Some(id) = id {
                NameRequest::new(route.lock_key(), method_name(id)).preferred()
            } else {
                let derived =
                    |with_parameters| method_name(&derived_words(&route.method, route.path, with_parameters));
                NameRequest::new(route.lock_key(), derived(false)).or(derived(true))
            };
            request
                .chosen(chosen.map(|chosen| method_name(chosen)))
                .with_companion(type_companion)
        })
        .collect();
    let reserved = TYPE_NAMES.map(|name| format!("{TYPE} {name}"));
    let mut scope = Scope::api(NameKind::Operations).without(reserved.iter().map(String::as_str));
    let method_names = scope.assign(&requests, lowering.locked_names);
    let mut types = UniqueNames::default();
    for name in TYPE_NAMES {
        types.reserve(name);
    }
    let type_names: Vec<String> = method_names
        .iter()
        .map(|method_name| types.make_unique(&type_of(method_name)))
        .collect();
    routes
        .into_iter()
        .zip(method_names)
        .zip(type_names)
        .zip(ids)
        .map(|(((route, method_name), type_name), id)| Endpoint {
            route,
            names: OperationNames {
                id: id.unwrap_or_else(|| method_name.clone()),
                error_name: types.make_unique(&format!("{type_name}Error")),
                success_name: types.make_unique(&format!("{type_name}Success")),
                method_name,
                type_name,
            },
        })
        .collect()
}

/// The id of each operation, unless another operation has it. If several have the same id, or ids that become the same
/// name, the operation with that name in the lock file has it, or else the first one.
fn unique_ids(lowering: &mut Lowering<'_>, routes: &[Route<'_>]) -> Vec<Option<String>> {
    let ids: Vec<(&str, String)> = routes
        .iter()
        .map(|route| {
            let id = route.operation.operation_id.as_deref();
            let id = id.unwrap_or_default().trim();
            (id, names::function_name(id))
        })
        .collect();
    // By method name.
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for (at, (id, method)) in ids.iter().enumerate() {
        if id.chars().any(char::is_alphanumeric) {
            let key = routes[at].lock_key();
            let is_locked = lowering.locked_names.get(NameKind::Operations, &key) == Some(method.as_str());
            let owner = owners.entry(method).or_insert(at);
            if is_locked {
                *owner = at;
            }
        }
    }
    let mut unique = Vec::with_capacity(routes.len());
    for (at, (id, method)) in ids.iter().enumerate() {
        let owner = owners.get(method.as_str()).copied();
        if let Some(owner) = owner.filter(|&owner| owner != at) {
            let place = |at: usize| {
                let route: &Route<'_> = &routes[at];
                let id = lowering.reader.span(&route.pointer.child("operationId"));
                id.or(route.span)
            };
            let mut finding = if ids[owner].0 == *id {
                Diagnostic::new(rules::DUPLICATE_OPERATION_ID, place(at), &[id])
            } else {
                Diagnostic::new(rules::OPERATION_ID_COLLISION, place(at), &[id, &ids[owner].0])
            };
            if let Some(place) = place(owner) {
                finding = finding.related(place, format!("the first, `{method}`"));
            }
            lowering.diagnostics.push(finding);
        }
        unique.push((owner == Some(at)).then(|| (*id).to_owned()));
    }
    unique
}

/// The name of an operation's method. If every client has a method of that name, a word is appended.
fn method_name(text: &str) -> String {
    let name = names::function_name(text);
    if is_client_method(&name) {
        format!("{name}_operation")
    } else {
        name
    }
}

/// Marks the names of types in the scope of methods. No method has such a name, since it contains a space.
const TYPE: &str = "type";

/// The type of an operation is named after its method, so that one line of the lock file is enough for both.
fn type_companion(method: &str) -> String {
    format!("{TYPE} {}", type_of(method))
}

/// The names of operations for the lock file.
pub(super) fn names_to_lock(endpoints: &[Endpoint<'_>]) -> LockedNames {
    let mut locked_names = LockedNames::default();
    for Endpoint { route, names } in endpoints {
        locked_names.insert(NameKind::Operations, &route.lock_key(), &names.method_name);
    }
    locked_names
}

/// Whether every client has a method of this name.
fn is_client_method(name: &str) -> bool {
    name.starts_with(server_names::PREFIX) || CLIENT_METHODS.contains(&name)
}

/// The type of an operation, by its method.
fn type_of(method: &str) -> String {
    let name = names::type_name(method.strip_prefix("r#").unwrap_or(method));
    // `GetPetError` is reserved for the errors of `getPet`, even if there is no such operation.
    let of_another = name.ends_with("Error") || name.ends_with("Success");
    // Nothing can be appended to `Self_`.
    let stem = name.trim_end_matches('_');
    if of_another || TYPE_NAMES.contains(&stem) {
        format!("{stem}Operation")
    } else {
        name
    }
}

/// The words of an HTTP method and a path: `GET /users/{id}/posts` is `get user posts`, and with the names of parameters
/// `get user by id posts`.
fn derived_words(method: &str, template: &str, with_parameters: bool) -> String {
    let template = template.split(['?', '#']).next().unwrap_or_default();
    let mut words = vec![method.to_ascii_lowercase()];
    let segments = template.split('/').filter(|segment| !segment.is_empty());
    let mut segments = segments.peekable();
    while let Some(segment) = segments.next() {
        let next_is_parameter = segments.peek().is_some_and(|next| next.starts_with('{'));
        if segment.contains('{') {
            words.extend(words_of_template(segment, with_parameters));
        } else {
            words.push(if next_is_parameter {
                singular(segment).unwrap_or_else(|| segment.to_owned())
            } else {
                segment.to_owned()
            });
        }
    }
    if words.len() == 1 {
        words.push("root".to_owned());
    }
    words.join(" ")
}

/// The words of a segment that contains parameters. If it has text as well, only the names of its parameters distinguish
/// routes, so that they are always among the words.
fn words_of_template(segment: &str, with_parameters: bool) -> Vec<String> {
    let parts = path::parse(segment);
    let only_parameter = matches!(parts.as_slice(), [path::Part::Parameter(_)]);
    let words = parts.into_iter().flat_map(|part| match part {
        path::Part::Literal(text) => vec![text],
        path::Part::Parameter(name) if with_parameters => vec!["by".to_owned(), name],
        path::Part::Parameter(_) if only_parameter => Vec::new(),
        path::Part::Parameter(name) => vec![name],
    });
    words.collect()
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
