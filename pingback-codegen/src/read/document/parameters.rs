//! Reads parameters and headers.

use super::super::object_kind::ObjectKind;
use super::super::tree::Node;
use super::content::{content, examples};
use super::reader::{DocumentReader, Located, member_or_object};
use super::styles::{QUERY_STYLES, style};
use crate::diagnostic::rules;
use openapiv3 as oa;
use std::fmt::Display;

/// Reads `parameters` of a path item or operation. To keep the positions, a parameter that cannot be read becomes a
/// reference to itself.
pub(super) fn parameters<'a>(
    reader: &mut DocumentReader<'a>,
    parent: &Located<'a>,
) -> Vec<oa::ReferenceOr<oa::Parameter>> {
    let list = reader.list(parent, "parameters").into_iter();
    list.map(|object| {
        let reference = object.pointer.0.clone();
        parameter_or_reference(reader, object)
            .map_or_else(|| oa::ReferenceOr::Reference { reference }, oa::ReferenceOr::Item)
    })
    .collect()
}

fn parameter_or_reference<'a>(reader: &mut DocumentReader<'a>, object: Located<'a>) -> Option<oa::Parameter> {
    let texts = reader.reference_texts(&object);
    let object = reader.resolve(object, ObjectKind::Parameter)?;
    reader.members.object(object.node, "a parameter")?;
    let mut read = parameter(reader, &object)?;
    if texts.description.is_some() {
        let (oa::Parameter::Query { parameter_data, .. }
        | oa::Parameter::Header { parameter_data, .. }
        | oa::Parameter::Path { parameter_data, .. }
        | oa::Parameter::Cookie { parameter_data, .. }) = &mut read;
        parameter_data.description = texts.description;
    }
    Some(read)
}

pub(super) fn parameter<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> Option<oa::Parameter> {
    const MEMBERS: [&str; 13] = [
        "name",
        "in",
        "description",
        "required",
        "deprecated",
        "allowEmptyValue",
        "style",
        "explode",
        "allowReserved",
        "schema",
        "example",
        "examples",
        "content",
    ];
    let node = object.node;
    let members = &mut reader.members;
    members.report_unknown_members(node, "a parameter", &MEMBERS);
    let name = members.required_string(node, "a parameter", "name")?;
    let location = members.required_string(node, "a parameter", "in")?;
    if name.is_empty() && location != "query" {
        let what = format!("name of a {location} parameter");
        let place = member_or_object(node, "name");
        members.report(rules::EMPTY_NAME, place, &[&what, &"parameter"]);
        return None;
    }
    let parameter_data = parameter_data(reader, object, name, &location);
    Some(match location.as_str() {
        "query" => oa::Parameter::Query {
            parameter_data,
            allow_reserved: reader.members.is_true(node, "allowReserved"),
            style: style(reader, node, "query", &QUERY_STYLES),
            allow_empty_value: reader.members.boolean(node, "allowEmptyValue"),
        },
        "header" => oa::Parameter::Header {
            parameter_data,
            style: header_style(reader, node),
        },
        "path" => oa::Parameter::Path {
            parameter_data,
            style: path_style(reader, node),
        },
        "cookie" => oa::Parameter::Cookie {
            parameter_data,
            style: style(reader, node, "cookie", &[("form", oa::CookieStyle::Form)]),
        },
        other => {
            reader.members.report(
                rules::UNKNOWN_VALUE,
                member_or_object(node, "in"),
                &[&other, &"place for a parameter"],
            );
            return None;
        }
    })
}

/// Reads what parameters of all locations have in common.
fn parameter_data<'a>(
    reader: &mut DocumentReader<'a>,
    object: &Located<'a>,
    name: String,
    location: &str,
) -> oa::ParameterData {
    let node = object.node;
    let members = &mut reader.members;
    let mut required = members.is_true(node, "required");
    if location == "path" && !required {
        members.report(rules::OPTIONAL_PATH_PARAMETER, node, &[&name]);
        required = true;
    }
    oa::ParameterData {
        name,
        description: members.string(node, "description"),
        required,
        deprecated: members.boolean(node, "deprecated"),
        format: schema_or_content(reader, object, "a parameter"),
        example: object.example(),
        examples: examples(reader, object),
        explode: reader.members.boolean(node, "explode"),
        extensions: object.extensions(),
    }
}

pub(super) fn header<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> oa::Header {
    const MEMBERS: [&str; 9] = [
        "description",
        "required",
        "deprecated",
        "style",
        "explode",
        "schema",
        "example",
        "examples",
        "content",
    ];
    let node = object.node;
    reader.members.report_unknown_members(node, "a header", &MEMBERS);
    oa::Header {
        description: reader.members.string(node, "description"),
        style: header_style(reader, node),
        required: reader.members.is_true(node, "required"),
        deprecated: reader.members.boolean(node, "deprecated"),
        format: schema_or_content(reader, object, "a header"),
        example: object.example(),
        examples: examples(reader, object),
        extensions: object.extensions(),
    }
}

fn header_style(reader: &mut DocumentReader<'_>, node: &Node) -> oa::HeaderStyle {
    style(reader, node, "header", &[("simple", oa::HeaderStyle::Simple)])
}

fn path_style(reader: &mut DocumentReader<'_>, node: &Node) -> oa::PathStyle {
    let styles = [
        ("simple", oa::PathStyle::Simple),
        ("label", oa::PathStyle::Label),
        ("matrix", oa::PathStyle::Matrix),
    ];
    style(reader, node, "path", &styles)
}

/// Reads `schema` or `content`. If an object has both, `schema` is used.
fn schema_or_content<'a>(
    reader: &mut DocumentReader<'a>,
    object: &Located<'a>,
    what: &str,
) -> oa::ParameterSchemaOrContent {
    let schema = object.member("schema").and_then(|schema| reader.schema(&schema));
    let content = content(reader, object);
    let Some(schema) = schema else {
        match content.first() {
            None => reader.members.report(rules::NO_SCHEMA, object.node, &[&what]),
            Some((first, _)) if content.len() > 1 => {
                let place = member_or_object(object.node, "content");
                let args: [&dyn Display; 3] = [&what, &content.len(), first];
                reader.members.report(rules::SEVERAL_MEDIA_TYPES, place, &args);
            }
            Some(_) => {
                let unused = ["style", "explode"];
                reader.report_unused(object.node, &format!("{what} with `content`"), &unused);
            }
        }
        return oa::ParameterSchemaOrContent::Content(content);
    };
    if !content.is_empty() {
        reader
            .members
            .report(rules::SCHEMA_AND_CONTENT, object.node, &[&what]);
    }
    oa::ParameterSchemaOrContent::Schema(schema)
}
