//! Compares the operations of a document with those of the intermediate form.

use crate::document::Document;
use crate::schema::{list, members};
use crate::types::{Comparison, Difference, below, difference};
use pingback_codegen::model::{
    Body, Direction, Operation, Parameter, ParameterLocation, ParameterStyle, Payload, Status, Success, Type,
};
use serde_json::Value;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The differences of all operations of a document.
pub(crate) fn compare(comparison: &mut Comparison<'_>) -> Vec<Difference> {
    let (document, api) = (comparison.document, comparison.api);
    let mut differences = Vec::new();
    let mut count = 0;
    for (path, item) in members(&document.root, "paths").filter(|(path, _)| path.starts_with('/')) {
        let item = document.resolve(item);
        for method in METHODS {
            let Some(documented) = item.get(method) else {
                continue;
            };
            count += 1;
            let at = format!("{method} {path}: ");
            let is_it = |operation: &&Operation| {
                operation.path == path && operation.method.eq_ignore_ascii_case(method)
            };
            let found = match api.operations.iter().find(is_it) {
                Some(operation) => compare_operation(comparison, (item, documented), operation),
                None => difference("there is no such operation"),
            };
            differences.extend(below(&at, found));
        }
    }
    if count != api.operations.len() {
        differences.extend(difference(format!(
            "the document has {count} operations, the intermediate form {}",
            api.operations.len()
        )));
    }
    differences
}

/// `documented`: the path item and the operation.
fn compare_operation<'d>(
    comparison: &mut Comparison<'d>,
    documented: (&'d Value, &'d Value),
    operation: &'d Operation,
) -> Vec<Difference> {
    let mut differences = compare_parameters(comparison, documented, operation);
    let (_, documented) = documented;
    match (documented.get("requestBody"), &operation.body) {
        (Some(body), Some(found)) => {
            let body = comparison.document.resolve(body);
            differences.extend(below("body", compare_body(comparison, body, found)));
        }
        (None, None) => {}
        (Some(body), None) if list_of_media_types(comparison.document.resolve(body)).is_empty() => {}
        (documented, _) => {
            let words = if documented.is_some() {
                "the body is lost"
            } else {
                "the document has no body"
            };
            differences.extend(difference(words));
        }
    }
    for (status, response) in members(documented, "responses").filter(|(name, _)| !name.starts_with("x-")) {
        let response = comparison.document.resolve(response);
        let found = compare_response(comparison, status, response, operation);
        differences.extend(below(&format!("{status} "), found));
    }
    differences
}

/// The parameters of an operation: its own replace those of the path item with the same name and place. Case does not
/// count in the name of a header. Of several in one list, the first is used.
fn documented_parameters<'d>(
    document: &'d Document,
    item: &'d Value,
    operation: &'d Value,
) -> Vec<&'d Value> {
    let key = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let is_header = parameter["in"] == "header";
        let name = if is_header {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        (parameter["in"].clone(), name)
    };
    let mut parameters: Vec<&Value> = Vec::new();
    for declaring in [item, operation] {
        let mut declared: Vec<&Value> = Vec::new();
        for parameter in list(declaring, "parameters") {
            let parameter = document.resolve(parameter);
            if declared.iter().all(|other| key(other) != key(parameter)) {
                declared.push(parameter);
            }
        }
        parameters.retain(|other| declared.iter().all(|own| key(own) != key(other)));
        parameters.extend(declared);
    }
    // OpenAPI says that these three are ignored.
    let ignored = ["accept", "content-type", "authorization"];
    parameters.retain(|parameter| {
        let name = parameter["name"]
            .as_str()
            .unwrap_or_default()
            .to_ascii_lowercase();
        parameter["in"] != "header" || !ignored.contains(&name.as_str())
    });
    parameters
}

fn compare_parameters<'d>(
    comparison: &mut Comparison<'d>,
    (item, documented): (&'d Value, &'d Value),
    operation: &'d Operation,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let parameters = documented_parameters(comparison.document, item, documented);
    for parameter in &parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        let location = location_named(parameter["in"].as_str().unwrap_or_default());
        let is_it = |found: &&Parameter| found.wire == name && Some(found.location) == location;
        let found = match operation.parameters.iter().find(is_it) {
            Some(found) => compare_parameter(comparison, parameter, found),
            None if is_set_on_client(comparison, name) => Vec::new(),
            None => difference("the parameter is lost"),
        };
        differences.extend(below(
            &format!("{}:{name} ", parameter["in"].as_str().unwrap_or_default()),
            found,
        ));
    }
    for found in &operation.parameters {
        let is_it = |parameter: &&&Value| {
            parameter["name"] == *found.wire
                && location_named(parameter["in"].as_str().unwrap_or_default()) == Some(found.location)
        };
        if !parameters.iter().any(|parameter| is_it(&parameter)) {
            differences.extend(difference(format!(
                "the document has no parameter {}",
                found.wire
            )));
        }
    }
    differences
}

/// Whether a header is set once on the client.
fn is_set_on_client(comparison: &Comparison<'_>, name: &str) -> bool {
    let api = comparison.api;
    api.client_parameters
        .iter()
        .any(|parameter| parameter.header.eq_ignore_ascii_case(name))
        || api
            .credentials
            .iter()
            .any(|credential| credential.scheme.eq_ignore_ascii_case(name))
}

fn location_named(name: &str) -> Option<ParameterLocation> {
    match name {
        "path" => Some(ParameterLocation::Path),
        "query" => Some(ParameterLocation::Query),
        "header" => Some(ParameterLocation::Header),
        "cookie" => Some(ParameterLocation::Cookie),
        _ => None,
    }
}

fn compare_parameter<'d>(
    comparison: &mut Comparison<'d>,
    documented: &'d Value,
    found: &'d Parameter,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let flag = |name: &str| documented.get(name).and_then(Value::as_bool);
    let required = flag("required") == Some(true) || found.location == ParameterLocation::Path;
    if required != found.required {
        differences.extend(difference(format!("required is {required} in the document")));
    }
    let content = members(documented, "content").next();
    let style = match (content, documented.get("style").and_then(Value::as_str)) {
        (Some(_), _) => ParameterStyle::Json,
        (None, Some(name)) => style_named(name),
        (None, None) => match found.location {
            ParameterLocation::Path | ParameterLocation::Header => ParameterStyle::Simple,
            ParameterLocation::Query | ParameterLocation::Cookie => ParameterStyle::Form,
        },
    };
    if style != found.style {
        differences.extend(difference(format!(
            "the style is {style:?}, not {:?}",
            found.style
        )));
    }
    let explode = flag("explode").unwrap_or(style == ParameterStyle::Form);
    // The specification leaves open what `explode` means for deep objects.
    let has_explode = !matches!(style, ParameterStyle::Json | ParameterStyle::DeepObject);
    if has_explode && explode != found.explode {
        differences.extend(difference(format!("explode is {explode} in the document")));
    }
    if flag("allowReserved").unwrap_or(false) != found.allow_reserved {
        differences.extend(difference("allowReserved differs"));
    }
    let schema = match content {
        Some((_, content)) => content.get("schema"),
        None => documented.get("schema"),
    };
    if let Some(schema) = schema {
        differences.extend(comparison.schema(schema, &found.ty, Direction::Sent));
    }
    differences
}

fn style_named(name: &str) -> ParameterStyle {
    match name {
        "matrix" => ParameterStyle::Matrix,
        "label" => ParameterStyle::Label,
        "simple" => ParameterStyle::Simple,
        "spaceDelimited" => ParameterStyle::SpaceDelimited,
        "pipeDelimited" => ParameterStyle::PipeDelimited,
        "deepObject" => ParameterStyle::DeepObject,
        _ => ParameterStyle::Form,
    }
}

fn list_of_media_types(node: &Value) -> Vec<&str> {
    members(node, "content").map(|(name, _)| name).collect()
}

/// Whether content of a media type is JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

fn compare_body<'d>(
    comparison: &mut Comparison<'d>,
    documented: &'d Value,
    found: &'d Body,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let required = documented.get("required") == Some(&Value::Bool(true));
    if required != found.required {
        differences.extend(difference(format!("required is {required} in the document")));
    }
    // A body of any other type is bytes.
    let is_range = |content: &(&str, &Value)| content.0.contains('*');
    for (media_type, content) in members(documented, "content").filter(|content| !is_range(content)) {
        let Some(same) = found
            .contents
            .iter()
            .find(|content| content.media_type == media_type)
        else {
            differences.extend(difference(format!("{media_type} is lost")));
            continue;
        };
        if let Some(schema) = content.get("schema").filter(|_| is_json(media_type)) {
            differences.extend(comparison.schema(schema, &same.ty, Direction::Sent));
        }
    }
    differences
}

fn compare_response<'d>(
    comparison: &mut Comparison<'d>,
    status: &str,
    documented: &'d Value,
    operation: &'d Operation,
) -> Vec<Difference> {
    let Some(status) = status_named(status) else {
        return difference("this is no status");
    };
    let mut differences = Vec::new();
    let payloads = payloads_of(operation, status);
    if payloads.is_empty() {
        return difference("the response is lost");
    }
    for (media_type, content) in members(documented, "content") {
        let is_it = |payload: &&&Payload| {
            let found = payload.media_type.as_deref().unwrap_or_default();
            // One JSON type may stand for others with the same schema.
            found == media_type || (is_json(found) && is_json(media_type))
        };
        let same: Vec<&Payload> = payloads.iter().filter(is_it).copied().collect();
        if same.is_empty() && !media_type.contains('*') {
            differences.extend(difference(format!("{media_type} is lost")));
        } else if let Some(schema) = content.get("schema").filter(|_| is_json(media_type)) {
            differences.extend(below("body", compare_content(comparison, schema, &same)));
        }
    }
    differences.extend(compare_headers(comparison, documented, operation, status));
    differences
}

/// Compares the JSON of a response with the payloads that receive it: several, if error codes distinguish them.
fn compare_content<'d>(
    comparison: &mut Comparison<'d>,
    schema: &'d Value,
    payloads: &[&'d Payload],
) -> Vec<Difference> {
    let types: Vec<&Type> = payloads.iter().filter_map(|payload| payload.kind.ty()).collect();
    match types.as_slice() {
        [] => difference(format!("the body is {:?}", payloads[0].kind)),
        [ty] => comparison.schema(schema, ty, Direction::Received),
        several => {
            let mut each = several.iter();
            let exact = each.any(|ty| comparison.schema(schema, ty, Direction::Received).is_empty());
            if exact {
                return Vec::new();
            }
            comparison.one_of_several(schema, several, Direction::Received)
        }
    }
}

fn status_named(name: &str) -> Option<Status> {
    let upper = name.to_ascii_uppercase();
    match upper.strip_suffix("XX") {
        _ if name == "default" => Some(Status::Default),
        Some(range) => range.parse().ok().map(Status::Range),
        None => upper.parse().ok().map(Status::Exact),
    }
}

/// What an operation receives with a status.
fn payloads_of(operation: &Operation, status: Status) -> Vec<&Payload> {
    let one = match &operation.success {
        Success::One(payload, responses) if responses.iter().any(|one| one.status == status) => Some(payload),
        _ => None,
    };
    let responses = operation
        .success
        .responses()
        .iter()
        .filter(|one| one.status == status);
    let responses = responses.flat_map(|one| std::iter::once(&one.payload).chain(&one.events));
    let alternatives = operation
        .alternatives
        .iter()
        .filter(|one| one.statuses.contains(&status));
    let alternatives = alternatives.map(|one| &one.payload);
    let errors = operation.errors.iter().filter(|case| case.status == status);
    let errors = errors.map(|case| &case.payload);
    one.into_iter()
        .chain(responses)
        .chain(alternatives)
        .chain(errors)
        .collect()
}

fn compare_headers<'d>(
    comparison: &mut Comparison<'d>,
    documented: &'d Value,
    operation: &'d Operation,
    status: Status,
) -> Vec<Difference> {
    let api = comparison.api;
    let is_error = operation.errors.iter().any(|case| case.status == status);
    let set = if is_error {
        operation.error_headers
    } else {
        operation.headers
    };
    let set = set.and_then(|index| api.headers.get(index));
    let mut differences = Vec::new();
    for (name, header) in members(documented, "headers") {
        // The values of this one contain commas, so each is a header of its own.
        let is_list = name.eq_ignore_ascii_case("set-cookie");
        if is_list || name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let header = comparison.document.resolve(header);
        let found = set.and_then(|set| {
            set.headers
                .iter()
                .find(|found| found.wire.eq_ignore_ascii_case(name))
        });
        let found = match (found, header.get("schema")) {
            (None, _) => difference("the header is lost"),
            (Some(_), None) => Vec::new(),
            // A header cannot be `null`.
            (Some(found), Some(schema)) => comparison.values(&[vec![schema]], &found.ty, Direction::Received),
        };
        differences.extend(below(&format!("header {name} "), found));
    }
    differences
}
