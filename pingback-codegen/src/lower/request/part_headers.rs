//! Lowers the headers that a document gives the parts of a multipart form.

use super::parameters::format_schema;
use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::header_names::{is_header_name, without_x_prefix};
use crate::lower::reader::text;
use crate::lower::types::{Direction, NameHint};
use crate::model::{Docs, Parameter, ParameterLocation, ParameterStyle, Type};
use crate::names::{self, UniqueNames};
use crate::read::tree::{Node, Pointer};
use openapiv3::{Header, MediaType, ReferenceOr};

/// A part of a multipart form.
pub(super) struct Part<'a> {
    pub(super) endpoint: &'a Endpoint<'a>,
    /// The form.
    pub(super) media: &'a MediaType,
    /// The pointer of the form.
    pub(super) pointer: &'a Pointer,
    /// The name of the part.
    pub(super) name: &'a str,
}

/// The documented headers of a part. The caller sets those of a file.
pub(super) fn part_headers(
    lowering: &mut Lowering<'_>,
    part: &Part<'_>,
    names: &mut UniqueNames,
) -> Vec<Parameter> {
    if is_file(lowering, part) {
        return Vec::new();
    }
    let encoding = part.media.encoding.get(part.name);
    let documented = encoding.into_iter().flat_map(|encoding| &encoding.headers);
    let mut headers = Vec::new();
    for (wire, header) in documented {
        let ReferenceOr::Item(header) = header else {
            continue;
        };
        // "If a header is named Content-Type, it shall be ignored."
        if wire.eq_ignore_ascii_case("content-type") {
            continue;
        }
        if wire.eq_ignore_ascii_case("content-disposition") || !is_header_name(wire) {
            let span = lowering.reader.key_span(&part.header_pointer(wire));
            lowering
                .diagnostics
                .report(rules::PART_HEADERS, span, &[wire, &part.name]);
            continue;
        }
        let name = names::field_name(&format!("{} {}", part.name, without_x_prefix(wire)));
        headers.push(Parameter {
            name: names.make_unique(&name),
            ..part_header(lowering, part, wire, header)
        });
    }
    headers
}

impl Part<'_> {
    fn header_pointer(&self, wire: &str) -> Pointer {
        let encoding = self.pointer.child("encoding").child(self.name);
        encoding.child("headers").child(wire)
    }
}

fn is_file(lowering: &Lowering<'_>, part: &Part<'_>) -> bool {
    let reader = lowering.reader;
    let schema = part.media.schema.as_ref();
    let Some(form) = schema.and_then(|schema| reader.schema_id(schema)) else {
        return false;
    };
    let mut properties = reader.form_properties(form).into_iter();
    let property = properties.find(|(name, _)| *name == part.name);
    property.is_some_and(|(_, schemas)| schemas.iter().all(|&schema| lowering.types.is_file(schema)))
}

/// A header of a part; it has no name yet.
fn part_header(lowering: &mut Lowering<'_>, part: &Part<'_>, wire: &str, header: &Header) -> Parameter {
    let (schema, is_json) = format_schema(lowering, &header.format);
    let words = format!("{} {}", part.name, without_x_prefix(wire));
    let hint = NameHint::new(&part.endpoint.names.type_name).then(&names::type_name(&words));
    let ty = match schema {
        Some(schema) => lowering
            .types
            .type_of(schema, Direction::Sent, &hint, lowering.diagnostics),
        None if is_json => Type::Json,
        None => Type::String,
    };
    // `openapiv3` has no member for it.
    let explode = part.header_pointer(wire).child("explode");
    let explode = lowering.reader.resolve(&explode);
    let explode = explode
        .and_then(|(_, node)| Node::as_bool(node))
        .unwrap_or_default();
    Parameter {
        name: String::new(),
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
