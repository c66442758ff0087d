//! Names for what a request of an operation takes: its parameters, its body, the headers of the parts of a form, and
//! the methods that choose a media type.

use crate::lower::endpoints::Endpoint;
use crate::model::{BodyKind, Operation, Parameter, ParameterLocation};
use crate::names::{LockedNames, NameKind, NameRequest, Scope, field_name, lock_key};
use crate::read::media_types::is_json;

/// Methods that every request has.
const REQUEST_METHODS: [&str; 2] = ["customize", "into_future"];

/// The name of the body.
const BODY: &str = "body";

/// Names the arguments of all operations.
pub(in crate::lower) fn name_arguments(
    operations: &mut [Operation],
    locked: &LockedNames,
    new: &mut LockedNames,
) {
    for operation in operations {
        let mut scope = Scope::of(NameKind::Arguments, &operation.method_name).without(REQUEST_METHODS);
        let requests = requests(operation);
        let names = scope.assign(&requests, locked);
        new.record(&scope, &requests, &names);
        set_names(operation, names);
        let arguments = positional(operation);
        let keys = arguments.iter().map(|key| lock_key(&operation.method_name, key));
        new.record_order(NameKind::Arguments, keys);
    }
}

/// The keys of the arguments that the method of an operation takes, in their order.
fn positional(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let parameters = parameters.map(parameter_key);
    let body = operation.body.iter().filter(|body| body.required);
    let body = body.filter_map(|body| Some(body_key(&body.contents.first()?.media_type)));
    parameters.chain(body).collect()
}

fn parameter_key(parameter: &Parameter) -> String {
    format!("{} {}", location_word(parameter.location), parameter.wire)
}

/// One request for each argument. Those of the path come first; of others that want one name the one that is later in
/// query, header, cookie has its location in its name.
fn requests(operation: &Operation) -> Vec<NameRequest> {
    let mut requests = Vec::new();
    for at in by_location(operation) {
        let parameter = &operation.parameters[at];
        let location = location_word(parameter.location);
        let name = name_without_prefix(&parameter.wire, parameter.location);
        let request = NameRequest::new(parameter_key(parameter), field_name(name));
        requests.push(request.or(field_name(&format!("{location} {name}"))));
    }
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    for (index, content) in contents.enumerate() {
        let media_type = &content.media_type;
        requests.push(if index == 0 {
            NameRequest::new(body_key(media_type), BODY).or(format!("request_{BODY}"))
        } else {
            NameRequest::new(format!("{BODY} as {media_type}"), &content.method)
        });
        let BodyKind::Multipart(fields) = &content.kind else {
            continue;
        };
        for field in fields {
            requests.extend(field.headers.iter().map(|header| {
                let key = format!("{BODY} {media_type} {} {}", field.wire, header.wire);
                NameRequest::new(key, &header.name).or(format!("{}_header", header.name))
            }));
        }
    }
    requests.extend(operation.alternatives.iter().map(|other| {
        let media_type = other.payload.media_type.as_deref().unwrap_or_default();
        NameRequest::new(format!("as {media_type}"), &other.method)
    }));
    requests
}

/// Sets the names that [`requests`] asked for, in the same order.
fn set_names(operation: &mut Operation, names: Vec<String>) {
    let order = by_location(operation);
    let mut names = names.into_iter();
    let mut next = |name: &mut String| *name = names.next().unwrap_or_default();
    for at in order {
        next(&mut operation.parameters[at].name);
    }
    if let Some(body) = &mut operation.body {
        for content in &mut body.contents {
            next(&mut content.method);
            content
                .part_headers_mut()
                .for_each(|header| next(&mut header.name));
        }
        if let Some(first) = body.contents.first() {
            body.name.clone_from(&first.method);
        }
    }
    for other in &mut operation.alternatives {
        next(&mut other.method);
    }
}

/// The parameters in the order in which they are named.
fn by_location(operation: &Operation) -> Vec<usize> {
    let mut order: Vec<usize> = (0..operation.parameters.len()).collect();
    order.sort_by_key(|&at| rank(operation.parameters[at].location));
    order
}

/// The key of the content of a body that has the name `body`.
fn body_key(media_type: &str) -> String {
    format!("{BODY} {media_type}")
}

/// Orders the media types of a body: the one that the lock file calls `body`, then JSON, which most callers use.
pub(in crate::lower) fn media_type_rank(
    locked: &LockedNames,
    endpoint: &Endpoint<'_>,
    media_type: &str,
) -> u8 {
    let scope = Scope::of(NameKind::Arguments, &endpoint.method_name);
    if scope.locked_name(&body_key(media_type.trim()), locked).is_some() {
        0
    } else if is_json(media_type) {
        1
    } else {
        2
    }
}

/// `in` of a parameter.
fn location_word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// Orders parameters by location.
pub(super) fn rank(location: ParameterLocation) -> u8 {
    match location {
        ParameterLocation::Path => 0,
        ParameterLocation::Query => 1,
        ParameterLocation::Header => 2,
        ParameterLocation::Cookie => 3,
    }
}

/// The name of a parameter, for a header without its prefix `x-`.
pub(super) fn name_without_prefix(wire: &str, location: ParameterLocation) -> &str {
    let prefix = wire
        .get(..2)
        .filter(|_| location == ParameterLocation::Header && wire.len() > 2);
    match prefix {
        Some(prefix) if prefix.eq_ignore_ascii_case("x-") => &wire[2..],
        _ => wire,
    }
}
