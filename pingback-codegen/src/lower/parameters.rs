//! The parameters that are given with each call, and the path template that holds some of them.

use super::endpoints::{ARGUMENTS, Declared, Endpoint, was_there};
use super::reader::{docs, text};
use super::types::{Direction, NameHint};
use super::{Lowering, path};
use crate::diagnostic::rules;
use crate::model::{
    BodyContent, BodyKind, Docs, Operation, Parameter, ParameterLocation, ParameterStyle, PathPart, Type,
};
use crate::names::assign::{self, Right, Thing};
use crate::names::{self, LockedNames, NameKind, SPELLINGS, UniqueNames};
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle};

/// Names that a request's own methods have.
const REQUEST_METHODS: [&str; 2] = ["customize", "into_future"];

/// Headers that are no parameters: a parameter of that name "shall be ignored" (OpenAPI 3.0.3, section
/// 4.7.12.1).
pub(super) fn is_ignored_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Lowers the parameters of an operation but those headers that the client sets. They have no names yet.
pub(super) fn parameters(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    hoisted: &[String],
) -> Vec<Parameter> {
    let mut in_template: Vec<String> = path::parse(endpoint.path)
        .into_iter()
        .filter_map(|part| match part {
            path::Part::Parameter(name) => Some(name),
            path::Part::Literal(_) => None,
        })
        .collect();
    let mut parameters = Vec::new();
    for declared in &endpoint.parameters {
        let name = &declared.parameter.parameter_data_ref().name;
        match declared.parameter {
            openapiv3::Parameter::Header { .. } => {
                if hoisted.iter().any(|header| header.eq_ignore_ascii_case(name)) {
                    continue;
                }
                if is_ignored_header(name) {
                    lowering
                        .diagnostics
                        .report(rules::IGNORED_HEADER, declared.span, &[name]);
                    continue;
                }
            }
            openapiv3::Parameter::Path { .. } => {
                let Some(at) = in_template.iter().position(|other| same_name(other, name)) else {
                    lowering.diagnostics.report(
                        rules::PATH_PARAMETER_NOT_IN_TEMPLATE,
                        declared.span,
                        &[name, &endpoint.path],
                    );
                    continue;
                };
                let written = in_template.remove(at);
                in_template.retain(|other| *other != written);
            }
            _ => {}
        }
        parameters.push(parameter(lowering, endpoint, declared));
    }
    in_template.dedup();
    for name in in_template {
        if parameters
            .iter()
            .any(|other: &Parameter| other.wire == name && is_path(other))
        {
            continue;
        }
        lowering.diagnostics.report(
            rules::UNDECLARED_PATH_PARAMETER,
            endpoint.span,
            &[&name, &endpoint.path],
        );
        parameters.push(Parameter {
            name: String::new(),
            wire: name,
            location: ParameterLocation::Path,
            required: true,
            ty: Type::String,
            style: ParameterStyle::Simple,
            explode: false,
            allow_reserved: false,
            docs: Docs::default(),
        });
    }
    // Arguments of the path stand in the order of the template.
    let template = path::parse(endpoint.path);
    parameters.sort_by_key(|parameter| {
        let in_path = template.iter().position(|part| {
            matches!(part, path::Part::Parameter(name)
                if is_path(parameter) && same_name(name, &parameter.wire))
        });
        (!parameter.required, rank(parameter.location), in_path)
    });
    parameters
}

/// The template as text and indices of parameters.
pub(super) fn path_parts(template: &str, parameters: &[Parameter]) -> Vec<PathPart> {
    // A path without its slash is reported where it is read.
    let slash = (!template.starts_with('/')).then(|| path::Part::Literal("/".to_owned()));
    slash
        .into_iter()
        .chain(path::parse(template))
        .filter_map(|part| match part {
            path::Part::Literal(text) => Some(PathPart::Literal(text)),
            path::Part::Parameter(name) => parameters
                .iter()
                .position(|parameter| is_path(parameter) && same_name(&name, &parameter.wire))
                .map(PathPart::Parameter),
        })
        .collect()
}

fn is_path(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Path
}

/// Whether a name between braces means the parameter: some documents write `{path*}` or `{+path}`.
fn same_name(in_template: &str, declared: &str) -> bool {
    let bare = |name: &str| name.trim().trim_matches(['+', '*', '?']).to_owned();
    in_template == declared || bare(in_template) == bare(declared)
}

fn rank(location: ParameterLocation) -> u8 {
    match location {
        ParameterLocation::Path => 0,
        ParameterLocation::Query => 1,
        ParameterLocation::Header => 2,
        ParameterLocation::Cookie => 3,
    }
}

/// Names the arguments of all operations: their parameters and their bodies. Those of the path have their names from
/// the path alone; of the others that want one name the one that comes later in query, header, cookie is told apart
/// by its location.
pub(super) fn name_all(operations: &mut [Operation], old: &LockedNames, new: &mut LockedNames) {
    if operations.is_empty() {
        return;
    }
    let spelling = spelling(operations, old);
    new.insert(NameKind::Spellings, ARGUMENTS, spelling);
    let mut scopes = Vec::with_capacity(operations.len());
    for operation in operations.iter_mut() {
        let is_old = was_there(old, &operation.place.pointer);
        let mut taken = UniqueNames::default();
        for name in REQUEST_METHODS {
            taken.make_unique(name);
        }
        let mut things = Vec::new();
        let mut parameters: Vec<&mut Parameter> = operation.parameters.iter_mut().collect();
        parameters.sort_by_key(|parameter| rank(parameter.location));
        for parameter in parameters {
            let location = word(parameter.location);
            let bare = bare_name(&parameter.wire, parameter.location);
            let wanted = names::field_name(bare);
            let otherwise = names::field_name(&format!("{location} {bare}"));
            if parameter.location == ParameterLocation::Path {
                let free = !taken.contains(&wanted);
                parameter.name = taken.make_unique(if free { &wanted } else { &otherwise });
                continue;
            }
            let is_plain = parameter.location == ParameterLocation::Query
                && !is_of_a_body(&wanted)
                && names::is_spelled(&parameter.wire, &wanted, spelling);
            things.push(Thing {
                key: format!("{location} {}", parameter.wire),
                wanted,
                otherwise,
                right: if is_plain { Right::Plain } else { Right::First },
                name: &mut parameter.name,
            });
        }
        if let Some(body) = &mut operation.body {
            let mut body_name = Some(&mut body.name);
            for content in &mut body.contents {
                let BodyContent {
                    media_type,
                    method,
                    kind,
                    ..
                } = content;
                things.push(match body_name.take() {
                    Some(name) => Thing {
                        key: body_key(media_type),
                        wanted: BODY.to_owned(),
                        otherwise: format!("request_{BODY}"),
                        right: if media_type == PLAIN_BODY {
                            Right::Plain
                        } else {
                            Right::First
                        },
                        name,
                    },
                    None => Thing {
                        key: format!("{BODY} as {media_type}"),
                        wanted: method.clone(),
                        otherwise: method.clone(),
                        right: Right::First,
                        name: method,
                    },
                });
                let BodyKind::Multipart(fields) = kind else {
                    continue;
                };
                for field in fields {
                    for header in &mut field.headers {
                        things.push(Thing {
                            key: format!("{BODY} {media_type} {} {}", field.wire, header.wire),
                            wanted: header.name.clone(),
                            otherwise: format!("{}_header", header.name),
                            right: Right::First,
                            name: &mut header.name,
                        });
                    }
                }
            }
        }
        for other in &mut operation.alternatives {
            let media_type = other.payload.media_type.as_deref().unwrap_or_default();
            things.push(Thing {
                key: format!("as {media_type}"),
                wanted: other.method.clone(),
                otherwise: other.method.clone(),
                right: Right::First,
                name: &mut other.method,
            });
        }
        scopes.push(assign::Scope {
            called: vec![operation.method_name.clone()],
            is_old,
            taken,
            things,
        });
    }
    assign::settle(NameKind::Arguments, scopes, old, new);
    for body in operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut())
    {
        if let Some(first) = body.contents.first_mut() {
            first.method.clone_from(&body.name);
        }
    }
}

/// What a body is called.
const BODY: &str = "body";

/// What a body is as a rule.
const PLAIN_BODY: &str = "application/json";

/// Is the name one that a body has, or that one of its contents may have?
fn is_of_a_body(name: &str) -> bool {
    name == BODY || name.starts_with("body_as_")
}

/// What the name of a body is kept for.
fn body_key(media_type: &str) -> String {
    format!("{BODY} {media_type}")
}

/// How near the operation's content of that media type is to the plain name: what has it already comes first.
pub(super) fn nearness(lowering: &Lowering<'_>, endpoint: &Endpoint<'_>, media_type: &str) -> u8 {
    let kept = |key: &str| lowering.locked_names.get(NameKind::Arguments, key);
    let key = body_key(media_type.trim());
    let is_json = super::bodies::is_json(media_type);
    if !was_there(lowering.locked_names, &endpoint.pointer) {
        return if is_json { 3 } else { 4 };
    }
    match kept(&format!("{}.{key}", endpoint.method_name)) {
        Some(_) => 0,
        None if kept(&key) == Some(BODY) => 1,
        None if media_type.trim() == PLAIN_BODY => 2,
        None if is_json => 3,
        None => 4,
    }
}

/// How the names of most parameters in queries are spelled.
fn spelling(operations: &[Operation], old: &LockedNames) -> &'static str {
    let known = old.get(NameKind::Spellings, ARGUMENTS);
    let known = known.and_then(|known| SPELLINGS.into_iter().find(|spelling| *spelling == known));
    known.unwrap_or_else(|| {
        let parameters = operations.iter().flat_map(|operation| &operation.parameters);
        let query = parameters.filter(|parameter| parameter.location == ParameterLocation::Query);
        names::spelling_of_most(query.map(|parameter| parameter.wire.as_str()))
    })
}

fn word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// The name without what only says that it is a header of nobody's standard.
fn bare_name(wire: &str, location: ParameterLocation) -> &str {
    let prefixed = location == ParameterLocation::Header
        && wire.len() > 2
        && wire
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    if prefixed { &wire[2..] } else { wire }
}

fn parameter(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>, declared: &Declared<'_>) -> Parameter {
    let data = declared.parameter.parameter_data_ref();
    let (location, style, allow_reserved) = match declared.parameter {
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => ParameterStyle::Matrix,
                PathStyle::Label => ParameterStyle::Label,
                PathStyle::Simple => ParameterStyle::Simple,
            };
            (ParameterLocation::Path, style, false)
        }
        openapiv3::Parameter::Query {
            style,
            allow_reserved,
            ..
        } => (ParameterLocation::Query, query_style(style), *allow_reserved),
        openapiv3::Parameter::Header {
            style: HeaderStyle::Simple,
            ..
        } => (ParameterLocation::Header, ParameterStyle::Simple, false),
        openapiv3::Parameter::Cookie {
            style: CookieStyle::Form,
            ..
        } => (ParameterLocation::Cookie, ParameterStyle::Form, false),
    };
    let (ty, is_json) = parameter_type(lowering, endpoint, declared);
    let own = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => lowering.reader.schema_id(schema),
        ParameterSchemaOrContent::Content(_) => None,
    };
    let own = own.map(|id| docs(lowering.reader.schema(id))).unwrap_or_default();
    Parameter {
        name: String::new(),
        wire: data.name.clone(),
        location,
        required: data.required || location == ParameterLocation::Path,
        ty,
        // `explode` is true by default for the style `form`, whatever the location.
        explode: data.explode.unwrap_or(matches!(style, ParameterStyle::Form)),
        style: if is_json { ParameterStyle::Json } else { style },
        allow_reserved,
        docs: Docs {
            summary: None,
            description: text(data.description.as_ref()).or(own.description),
            deprecated: data.deprecated.unwrap_or(own.deprecated),
            example: data.example.as_ref().map(ToString::to_string),
            ..Docs::default()
        },
    }
}

/// A header of a part of a form; its name lacks the part's.
pub(super) fn part_header(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    part: &str,
    wire: &str,
    header: &openapiv3::Header,
    place: &Pointer,
) -> Parameter {
    let bare = super::headers::bare(wire);
    let (schema, is_json) = format_schema(lowering, &header.format);
    let hint = NameHint::new(&endpoint.type_name).then(&names::type_name(&format!("{part} {bare}")));
    let ty = match schema {
        Some(schema) => lowering
            .types
            .type_of(schema, Direction::Sent, &hint, lowering.diagnostics),
        None if is_json => Type::Json,
        None => Type::String,
    };
    // `openapiv3` has no place for it.
    let explode = lowering.reader.resolve(&place.child("explode"));
    let explode = explode.and_then(|(_, node)| node.as_bool()).unwrap_or_default();
    Parameter {
        name: bare.to_owned(),
        wire: wire.to_owned(),
        location: ParameterLocation::Header,
        required: header.required,
        ty,
        style: if is_json {
            ParameterStyle::Json
        } else {
            ParameterStyle::Simple
        },
        explode,
        allow_reserved: false,
        docs: Docs {
            description: text(header.description.as_ref()),
            deprecated: header.deprecated.unwrap_or_default(),
            ..Docs::default()
        },
    }
}

/// How values in a query are written.
pub(super) fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

/// The type of a parameter, and whether its value is written as JSON text.
pub(super) fn parameter_type(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    declared: &Declared<'_>,
) -> (Type, bool) {
    let data = declared.parameter.parameter_data_ref();
    let bare = match declared.parameter {
        openapiv3::Parameter::Header { .. } => bare_name(&data.name, ParameterLocation::Header),
        _ => &data.name,
    };
    let (schema, is_json) = format_schema(lowering, &data.format);
    if is_json && schema.is_none() {
        return (Type::Json, true);
    }
    // Reading has reported a parameter without a schema.
    let Some(schema) = schema else {
        return (Type::String, false);
    };
    let hint = NameHint::new(&endpoint.type_name).then(&names::type_name(bare));
    let ty = lowering
        .types
        .type_of(schema, Direction::Sent, &hint, lowering.diagnostics);
    (ty, is_json)
}

/// The schema of a value, and whether it is written as JSON text.
fn format_schema(lowering: &Lowering<'_>, format: &ParameterSchemaOrContent) -> (Option<SchemaId>, bool) {
    match format {
        ParameterSchemaOrContent::Schema(schema) => (lowering.reader.schema_id(schema), false),
        ParameterSchemaOrContent::Content(content) => match content.first() {
            Some((media_type, content)) => {
                let schema = content.schema.as_ref();
                let schema = schema.and_then(|schema| lowering.reader.schema_id(schema));
                (schema, super::bodies::is_json(media_type))
            }
            None => (None, false),
        },
    }
}
