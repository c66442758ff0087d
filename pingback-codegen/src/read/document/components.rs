//! Reads the components object.

use super::super::object_kind::ObjectKind;
use super::bodies::request_body;
use super::parameters::{header, parameter};
use super::reader::{DocumentReader, Located};
use super::responses::response;
use super::security::security_scheme;
use indexmap::IndexMap;
use openapiv3 as oa;

/// Reads the components. Examples, links, callbacks and path items are read where they are referred to.
pub(super) fn components<'a>(reader: &mut DocumentReader<'a>, components: &Located<'a>) -> oa::Components {
    const MEMBERS: [&str; 11] = [
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "mediaTypes",
    ];
    if reader.members.object(components.node, "components").is_none() {
        return oa::Components::default();
    }
    reader
        .members
        .report_unknown_members(components.node, "components", &MEMBERS);
    oa::Components {
        schemas: reader
            .map(components, "schemas")
            .into_iter()
            .filter_map(|(name, schema)| Some((name.clone(), reader.schema(&schema)?)))
            .collect(),
        responses: reader.objects(components, "responses", ObjectKind::Response, |reader, node| {
            Some(response(reader, node))
        }),
        parameters: reader.objects(components, "parameters", ObjectKind::Parameter, parameter),
        request_bodies: reader.objects(components, "requestBodies", ObjectKind::RequestBody, request_body),
        headers: reader.objects(components, "headers", ObjectKind::Header, |reader, node| {
            Some(header(reader, node))
        }),
        security_schemes: reader.objects(
            components,
            "securitySchemes",
            ObjectKind::SecurityScheme,
            security_scheme,
        ),
        extensions: components.extensions(),
        examples: IndexMap::new(),
        links: IndexMap::new(),
        callbacks: IndexMap::new(),
    }
}
