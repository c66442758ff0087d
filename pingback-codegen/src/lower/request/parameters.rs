//! Lowers the parameters that are given with each call, and the path template that holds some of them.

use super::argument_names::{name_without_prefix, rank};
use crate::diagnostic::rules;
use crate::lower::endpoints::{DeclaredParameter, Endpoint};
use crate::lower::header_names::{is_ignored_header, without_x_prefix};
use crate::lower::reader::{docs, text};
use crate::lower::types::{Direction, NameHint};
use crate::lower::{Lowering, path};
use crate::model::{Docs, Parameter, ParameterLocation, ParameterStyle, PathPart, Type};
use crate::names;
use crate::read::media_types::is_json;
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle};

/// Lowers the parameters of an operation, except headers that the client sets. Names are assigned later.
pub(in crate::lower) fn parameters(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    hoisted: &[String],
) -> Vec<Parameter> {
    let mut in_template: Vec<String> = path::parse(endpoint.route.path)
        .into_iter()
        .filter_map(|part| match part {
            path::Part::Parameter(name) => Some(name),
            path::Part::Literal(_) => None,
        })
        .collect();
    let mut parameters = Vec::new();
    for declared in &endpoint.route.parameters {
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
                        &[name, &endpoint.route.path],
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
            endpoint.route.span,
            &[&name, &endpoint.route.path],
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
    // Path parameters have the order of the template.
    let template = path::parse(endpoint.route.path);
    parameters.sort_by_key(|parameter| {
        let in_path = template.iter().position(|part| {
            matches!(part, path::Part::Parameter(name)
                if is_path(parameter) && same_name(name, &parameter.wire))
        });
        (!parameter.required, rank(parameter.location), in_path)
    });
    parameters
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
                .position(|parameter| is_path(parameter) && same_name(&name, &parameter.wire))
                .map(PathPart::Parameter),
        })
        .collect()
}

fn is_path(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Path
}

/// Whether a name in the template is that of the parameter. Some documents write `{path*}` or `{+path}`.
fn same_name(in_template: &str, declared: &str) -> bool {
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

/// A header of a part of a form. Its name does not include that of the part.
pub(in crate::lower) fn part_header(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    part: &str,
    wire: &str,
    header: &openapiv3::Header,
    place: &Pointer,
) -> Parameter {
    let name = without_x_prefix(wire);
    let (schema, is_json) = format_schema(lowering, &header.format);
    let hint = NameHint::new(&endpoint.names.type_name).then(&names::type_name(&format!("{part} {name}")));
    let ty = match schema {
        Some(schema) => lowering
            .types
            .type_of(schema, Direction::Sent, &hint, lowering.diagnostics),
        None if is_json => Type::Json,
        None => Type::String,
    };
    // `openapiv3` has no member for it.
    let explode = lowering.reader.resolve(&place.child("explode"));
    let explode = explode.and_then(|(_, node)| node.as_bool()).unwrap_or_default();
    Parameter {
        name: name.to_owned(),
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
fn format_schema(lowering: &Lowering<'_>, format: &ParameterSchemaOrContent) -> (Option<SchemaId>, bool) {
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
