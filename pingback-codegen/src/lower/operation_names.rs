//! Names operations: their methods, request types and error enums.

use crate::diagnostic::{Diagnostic, rules};
use crate::lower::endpoints::Endpoint;
use crate::lower::{Lowering, path};
use crate::names::{self, LockedNames, NameKind, UniqueNames};
use crate::read::tree::Pointer;
use std::collections::{HashMap, HashSet};

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

/// How an operation comes by its name.
struct Wanted {
    /// What its method would be called if there were no others.
    method: String,
    /// The id of the document, unless another operation has that.
    id: Option<String>,
}

/// Names all operations. Names that are chosen go first, then those that the operations have already. Of the others
/// those with documented ids go first, in document order, so that an operation without one never takes the name of
/// one that has it.
pub(super) fn assign_names(lowering: &mut Lowering<'_>, endpoints: &mut [Endpoint<'_>]) {
    let wanted = wanted(lowering, endpoints);
    let mut scope = Scope::default();
    for name in TYPE_NAMES {
        scope.types.make_unique(name);
    }
    let chosen: Vec<Option<String>> = endpoints
        .iter()
        .map(|endpoint| lowering.options.names.get(&endpoint.pointer.0))
        .map(|chosen| chosen.map(|chosen| names::function_name(chosen)))
        .collect();
    let kept: Vec<Option<String>> = endpoints
        .iter()
        .map(|endpoint| {
            lowering
                .locked_names
                .get(NameKind::Operations, &endpoint.pointer.0)
        })
        .map(|kept| kept.map(str::to_owned))
        .collect();
    let documented: Vec<Option<String>> = wanted
        .iter()
        .map(|wanted| wanted.id.as_ref().map(|_| wanted.method.clone()))
        .collect();
    for round in [chosen, kept, documented] {
        for (endpoint, name) in endpoints.iter_mut().zip(&round) {
            if let Some(name) = name.as_deref().filter(|_| endpoint.method_name.is_empty()) {
                scope.assign(endpoint, name);
            }
        }
    }
    let documented: HashSet<&str> = wanted
        .iter()
        .filter(|wanted| wanted.id.is_some())
        .map(|wanted| wanted.method.as_str())
        .collect();
    for (endpoint, wanted) in endpoints.iter_mut().zip(&wanted) {
        if endpoint.method_name.is_empty() {
            let mut method = names::function_name(&derived_words(&endpoint.method, endpoint.path, false));
            if documented.contains(method.as_str()) || scope.methods.contains(&method) {
                method = names::function_name(&derived_words(&endpoint.method, endpoint.path, true));
            }
            scope.assign(endpoint, &method);
        }
        endpoint.id = wanted.id.clone().unwrap_or_else(|| endpoint.method_name.clone());
    }
    for endpoint in endpoints {
        endpoint.error_name = scope.types.make_unique(&format!("{}Error", endpoint.type_name));
        endpoint.success_name = scope.types.make_unique(&format!("{}Success", endpoint.type_name));
    }
}

/// What each operation would be called by itself. Of several with one id, or with ids that become one name, the one
/// that has the name already has it, or else the first.
fn wanted(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> Vec<Wanted> {
    let ids: Vec<(&str, String)> = endpoints
        .iter()
        .map(|endpoint| {
            let id = endpoint
                .operation
                .operation_id
                .as_deref()
                .unwrap_or_default()
                .trim();
            (id, names::function_name(id))
        })
        .collect();
    // The method name that an id became -> the operation that has it.
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for (at, (id, method)) in ids.iter().enumerate() {
        if id.chars().any(char::is_alphanumeric) {
            let has_it = lowering
                .locked_names
                .get(NameKind::Operations, &endpoints[at].pointer.0)
                == Some(method.as_str());
            let owner = owners.entry(method).or_insert(at);
            if has_it {
                *owner = at;
            }
        }
    }
    let mut wanted = Vec::with_capacity(endpoints.len());
    for (at, (id, method)) in ids.iter().enumerate() {
        let owner = owners.get(method.as_str()).copied();
        if let Some(owner) = owner.filter(|&owner| owner != at) {
            let place = |at: usize| {
                let endpoint: &Endpoint<'_> = &endpoints[at];
                let id = lowering.reader.span(&endpoint.pointer.child("operationId"));
                id.or(endpoint.span)
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
        wanted.push(Wanted {
            method: method.clone(),
            id: (owner == Some(at)).then(|| (*id).to_owned()),
        });
    }
    wanted
}

/// The methods and types that operations are made into.
#[derive(Default)]
struct Scope {
    methods: UniqueNames,
    types: UniqueNames,
}

impl Scope {
    /// Names an operation. Its type is named by its method, so that both are kept with the one name; a name that
    /// the client or generated code has for something else gets a word more rather than a number.
    fn assign(&mut self, endpoint: &mut Endpoint<'_>, name: &str) {
        let wanted = if is_of_the_client(name) {
            format!("{name}_operation")
        } else {
            name.to_owned()
        };
        let mut method = self.methods.make_unique(&wanted);
        loop {
            let ty = type_of(&method);
            if self.types.reserve(&ty) {
                endpoint.method_name = method;
                endpoint.type_name = ty;
                return;
            }
            method = self.methods.make_unique(&wanted);
        }
    }
}

/// Was the operation there before, and what belongs to it kept? A lock file that is older than that says nothing of
/// how arguments are spelled.
pub(in crate::lower) fn was_there(kept: &LockedNames, pointer: &Pointer) -> bool {
    kept.get(NameKind::Operations, &pointer.0).is_some() && kept.get(NameKind::Spellings, ARGUMENTS).is_some()
}

/// What the spelling of arguments is kept for.
pub(in crate::lower) const ARGUMENTS: &str = "arguments";

/// Has the names kept that operations have now.
pub(in crate::lower) fn keep_names(endpoints: &[Endpoint<'_>], kept: &mut LockedNames) {
    for endpoint in endpoints {
        kept.insert(NameKind::Operations, &endpoint.pointer.0, &endpoint.method_name);
    }
}

/// Does a client have a method of this name for something else?
fn is_of_the_client(name: &str) -> bool {
    // `server_url`, `server_url_2`: functions for servers with variables.
    let server = name.strip_prefix("server_url").is_some_and(|number| {
        number
            .trim_start_matches('_')
            .chars()
            .all(|char| char.is_ascii_digit())
    });
    server || CLIENT_METHODS.contains(&name)
}

/// The type of an operation, by its method.
fn type_of(method: &str) -> String {
    let name = names::type_name(method.strip_prefix("r#").unwrap_or(method));
    // `GetPetError` is what the errors of `getPet` are called, whether or not there is such an operation.
    let of_another = name.ends_with("Error") || name.ends_with("Success");
    // `Self_` cannot have anything at its end.
    let bare = name.trim_end_matches('_');
    if of_another || TYPE_NAMES.contains(&bare) {
        format!("{bare}Operation")
    } else {
        name
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
