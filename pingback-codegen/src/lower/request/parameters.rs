//! Lowers the parameters that are given with each call, and the path template that holds some of them.

use super::argument_keys::{location_rank, name_without_prefix};
use crate::diagnostic::rules;
use crate::lower::endpoints::Endpoint;
use crate::lower::header_names::is_ignored_header;
use crate::lower::reader::{docs, text};
use crate::lower::routes::DeclaredParameter;
use crate::lower::types::{Direction, NameHint};
use crate::lower::{Lowering, path};
use crate::model::{Docs, Parameter, ParameterLocation, ParameterStyle, PathPart, Type};
use crate::names;
use crate::read::media_types::is_json;
use crate::read::schema::SchemaId;
use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle};

/// Lowers the parameters of an operation, except headers that the client sets. Names are assigned later. Required ones
/// come first, sorted by location; path parameters have the order of the template.
pub(in crate::lower) fn parameters(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    headers_of_client: &[String],
) -> Vec<Parameter> {
    let template = names_in_template(endpoint.route.path);
    let mut undeclared = template.clone();
    let mut parameters = Vec::new();
    for declared in &endpoint.route.parameters {
        let name = &declared.parameter.parameter_data_ref().name;
        let is_sent = match declared.parameter {
            openapiv3::Parameter::Header { .. } => is_header_sent(lowering, declared, headers_of_client),
            openapiv3::Parameter::Path { .. } => {
                let position = undeclared.iter().position(|other| is_same_name(other, name));
                match position.map(|at| undeclared.remove(at)) {
                    Some(written) => undeclared.retain(|other| *other != written),
                    None => lowering.diagnostics.report(
                        rules::PATH_PARAMETER_NOT_IN_TEMPLATE,
                        declared.span,
                        &[name, &endpoint.route.path],
                    ),
                }
                position.is_some()
            }
            openapiv3::Parameter::Query { .. } | openapiv3::Parameter::Cookie { .. } => true,
        };
        if is_sent {
            parameters.push(parameter(lowering, endpoint, declared));
        }
    }
    undeclared.dedup();
    undeclared.retain(|name| {
        !parameters
            .iter()
            .any(|other| is_path(other) && other.wire == *name)
    });
    for name in undeclared {
        parameters.push(undeclared_parameter(lowering, endpoint, name));
    }
    parameters.sort_by_key(|parameter| {
        let in_template = template
            .iter()
            .position(|name| is_path(parameter) && is_same_name(name, &parameter.wire));
        (
            !parameter.required,
            location_rank(parameter.location),
            in_template,
        )
    });
    parameters
}

/// The names of the parameters in a path template.
fn names_in_template(template: &str) -> Vec<String> {
    let names = path::parse(template).into_iter().filter_map(|part| match part {
        path::Part::Parameter(name) => Some(name),
        path::Part::Literal(_) => None,
    });
    names.collect()
}

/// Whether a header is a parameter of the operation: the client does not send it for all operations, and OpenAPI does
/// not exclude it.
fn is_header_sent(
    lowering: &mut Lowering<'_>,
    declared: &DeclaredParameter<'_>,
    headers_of_client: &[String],
) -> bool {
    let name = &declared.parameter.parameter_data_ref().name;
    if headers_of_client
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name))
    {
        return false;
    }
    let is_ignored = is_ignored_header(name);
    if is_ignored {
        lowering
            .diagnostics
            .report(rules::IGNORED_HEADER, declared.span, &[name]);
    }
    !is_ignored
}

/// A parameter of the path template that the document does not declare: a required string.
fn undeclared_parameter(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>, name: String) -> Parameter {
    lowering.diagnostics.report(
        rules::UNDECLARED_PATH_PARAMETER,
        endpoint.route.span,
        &[&name, &endpoint.route.path],
    );
    Parameter {
        name: String::new(),
        wire: name,
        location: ParameterLocation::Path,
        required: true,
        ty: Type::String,
        style: ParameterStyle::Simple,
        explode: false,
        allow_reserved: false,
        docs: Docs::default(),
    }
}

/// The template as text and indices of `parameters`.
pub(in crate::lower) fn path_parts(template: &str, parameters: &[Parameter]) -> Vec<PathPart> {
    // A path without its slash is reported where it is read.
    let slash = (!template.starts_with('/')).then(|| path::Part::Literal("/".to_owned()));
    slash
        .into_iter()
        .chain(path::parse(template))
        .filter_map(|part| match part {
            path::Part::Literal(text) => Some(PathPart::Literal(text)),
            path::Part::Parameter(name) => parameters
                .iter()
                .position(|parameter| is_path(parameter) && is_same_name(&name, &parameter.wire))
                .map(PathPart::Parameter),
        })
        .collect()
}

fn is_path(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Path
}

/// Whether a name in the template is that of the parameter. Some documents write `{path*}` or `{+path}`.
fn is_same_name(in_template: &str, declared: &str) -> bool {
    let without_modifiers = |name: &str| name.trim().trim_matches(['+', '*', '?']).to_owned();
    in_template == declared || without_modifiers(in_template) == without_modifiers(declared)
}

fn parameter(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    declared: &DeclaredParameter<'_>,
) -> Parameter {
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
        // `explode` is true by default for the style `form` in every location.
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

/// How values in a query are written.
pub(in crate::lower) fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

/// The type of a parameter, and whether its value is written as JSON text.
pub(in crate::lower) fn parameter_type(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    declared: &DeclaredParameter<'_>,
) -> (Type, bool) {
    let data = declared.parameter.parameter_data_ref();
    let name = match declared.parameter {
        openapiv3::Parameter::Header { .. } => name_without_prefix(&data.name, ParameterLocation::Header),
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
    let hint = NameHint::new(&endpoint.names.type_name).then(&names::type_name(name));
    let ty = lowering
        .types
        .type_of(schema, Direction::Sent, &hint, lowering.diagnostics);
    (ty, is_json)
}

/// The schema of a value, and whether it is written as JSON text.
pub(super) fn format_schema(
    lowering: &Lowering<'_>,
    format: &ParameterSchemaOrContent,
) -> (Option<SchemaId>, bool) {
    match format {
        ParameterSchemaOrContent::Schema(schema) => (lowering.reader.schema_id(schema), false),
        ParameterSchemaOrContent::Content(content) => match content.first() {
            Some((media_type, content)) => {
                let schema = content.schema.as_ref();
                let schema = schema.and_then(|schema| lowering.reader.schema_id(schema));
                (schema, is_json(media_type))
            }
            None => (None, false),
        },
    }
}
