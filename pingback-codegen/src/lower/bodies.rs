//! Request bodies: one method for each media type that is offered.

use super::Lowering;
use super::endpoints::Endpoint;
use super::headers::is_header_name;
use super::parameters::{nearness, part_header, query_style};
use super::reader::text;
use super::types::{Direction, NameHint};
use crate::diagnostic::rules;
use crate::model::{Body, BodyContent, BodyKind, Docs, FormField, Parameter, ParameterStyle, Type};
use crate::names::{self, UniqueNames};
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::{Node, Pointer};
use openapiv3::{MediaType, ReferenceOr};

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// JSON and everything that is written as JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Properties in a row, whatever stands between them.
pub(super) fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/")
}

/// What people read as text.
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence.as_str(),
            "application/xml" | "application/yaml" | "application/x-yaml" | "application/javascript"
        )
}

/// A wildcard, which says nothing of how the content is written.
pub(super) fn is_wildcard(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "*" | "application/*" | "")
}

/// Lowers the request body, if the operation has one with content.
pub(super) fn body(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    names: &mut UniqueNames,
) -> Option<Body> {
    let request = match endpoint.operation.request_body.as_ref()? {
        ReferenceOr::Item(request) => request,
        ReferenceOr::Reference { .. } => return None,
    };
    let pointer = endpoint.pointer.child("requestBody");
    if request.content.is_empty() {
        lowering.diagnostics.report(
            rules::BODY_WITHOUT_CONTENT,
            lowering.reader.key_span(&pointer),
            &[&endpoint.id],
        );
        return None;
    }
    let name = if names.reserve("body") {
        "body".to_owned()
    } else {
        names.make_unique("request_body")
    };
    let mut offered: Vec<(&String, &MediaType)> = request.content.iter().collect();
    // What has the plain name already keeps it. Else JSON is first, which most callers want.
    offered.sort_by_key(|(media_type, _)| nearness(lowering, endpoint, media_type));
    let mut contents: Vec<BodyContent> = Vec::new();
    for (media_type, media) in offered {
        let pointer = pointer.child("content").child(media_type);
        let schema = media
            .schema
            .as_ref()
            .and_then(|schema| lowering.reader.schema_id(schema));
        let (mut kind, media_type) = kind(lowering, media_type, media, schema, &pointer);
        if contents.iter().any(|known| known.media_type == media_type) {
            continue;
        }
        let (word, hint) = words(&kind, &media_type);
        let hint = if contents.is_empty() {
            NameHint::new(&endpoint.type_name).then("Body")
        } else {
            NameHint::new(&endpoint.type_name).then(&hint).then("Body")
        };
        let ty = match (&kind, schema) {
            (BodyKind::Text, _) => Type::String,
            (BodyKind::Bytes, _) => Type::Bytes,
            (BodyKind::Multipart(_), Some(schema)) => {
                lowering.types.form_type(schema, &hint, lowering.diagnostics)
            }
            (_, Some(schema)) => lowering
                .types
                .type_of(schema, Direction::Sent, &hint, lowering.diagnostics),
            (_, None) => Type::Json,
        };
        let method = if contents.is_empty() {
            name.clone()
        } else {
            names.make_unique(&names::function_name(&format!(
                "{} as {word}",
                name.trim_start_matches("r#")
            )))
        };
        if let BodyKind::Multipart(fields) = &mut kind {
            for field in fields {
                field.headers = part_headers(lowering, endpoint, media, &pointer, &field.wire, names);
            }
        }
        contents.push(BodyContent {
            media_type,
            method,
            kind,
            ty,
        });
    }
    Some(Body {
        name,
        required: request.required,
        docs: Docs {
            description: text(request.description.as_ref()),
            ..Docs::default()
        },
        contents,
    })
}

/// How content of a media type is written, and the media type to send: a wildcard becomes what the schema
/// suggests.
fn kind(
    lowering: &mut Lowering<'_>,
    media_type: &str,
    media: &MediaType,
    schema: Option<SchemaId>,
    pointer: &Pointer,
) -> (BodyKind, String) {
    let kept = media_type.trim().to_owned();
    if is_json(media_type) {
        return (BodyKind::Json, kept);
    }
    if is_wildcard(media_type) {
        let json = schema.and_then(|schema| lowering.reader.json_type(schema));
        return match json {
            None | Some(JsonType::String) => (BodyKind::Bytes, "application/octet-stream".to_owned()),
            Some(_) => (BodyKind::Json, "application/json".to_owned()),
        };
    }
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => (
            BodyKind::Form(form_fields(lowering, media, schema, pointer, false)),
            kept,
        ),
        // The others are sequences of parts, too; without properties nothing is said of what these are.
        multipart
            if multipart == "multipart/form-data"
                || multipart.starts_with("multipart/")
                    && schema.is_some_and(|schema| !lowering.reader.properties(schema).is_empty()) =>
        {
            let fields = form_fields(lowering, media, schema, pointer, true);
            // The boundary is the form's own affair.
            (
                BodyKind::Multipart(fields),
                multipart.replace("multipart/*", "multipart/form-data"),
            )
        }
        _ if is_text(media_type) => (BodyKind::Text, kept),
        _ => (BodyKind::Bytes, kept),
    }
}

/// The words for a content that isn't the first: of its method, and of an inline type.
fn words(kind: &BodyKind, media_type: &str) -> (String, String) {
    let essence = essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    let word = match kind {
        BodyKind::Json if subtype == "json" => "json",
        BodyKind::Form(_) => "form",
        BodyKind::Multipart(_) => "multipart",
        BodyKind::Text if subtype == "plain" => "text",
        BodyKind::Bytes if subtype == "octet-stream" => "bytes",
        _ => subtype.trim_start_matches("x-"),
    };
    (word.replace(['*', '+', '.'], " "), names::type_name(word))
}

/// How each property of a form is written: what `encoding` says, else the specification's default.
fn form_fields(
    lowering: &mut Lowering<'_>,
    media: &MediaType,
    schema: Option<SchemaId>,
    pointer: &Pointer,
    multipart: bool,
) -> Vec<FormField> {
    let reader = lowering.reader;
    let properties = schema.map(|schema| reader.properties(schema)).unwrap_or_default();
    let mut fields = Vec::with_capacity(properties.len());
    for (name, property) in properties {
        let encoding = media.encoding.get(name);
        let pointer = pointer.child("encoding").child(name);
        let documented = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let style = encoding.and_then(|encoding| encoding.style.as_ref());
        let flag = |key: &str| {
            let found = reader.resolve(&pointer.child(key));
            found.and_then(|(_, node)| Node::as_bool(node))
        };
        // "If a value is explicitly specified for any of these, the media type is ignored"; in 3.0 they are for
        // urlencoded forms only.
        let keys = ["style", "explode", "allowReserved"];
        let is_styled = (!multipart || !reader.is_three_zero())
            && keys
                .iter()
                .any(|key| reader.resolve(&pointer.child(key)).is_some());
        let styled = style.map_or(ParameterStyle::Form, query_style);
        let mut field = FormField {
            wire: name.to_owned(),
            content_type: None,
            style: is_styled.then_some(styled),
            // `openapiv3` reads an absent `explode` as false, but it is true for `form`.
            explode: flag("explode").unwrap_or(styled == ParameterStyle::Form),
            allow_reserved: false,
            headers: Vec::new(),
        };
        if multipart && is_styled {
            // The part is text.
        } else if multipart {
            if documented.is_some_and(|documented| is_file(lowering, property, documented)) {
                lowering.types.mark_as_file(property);
            }
            field.content_type = part_content_type(lowering, property, documented);
            // Who says of a list that it is JSON means the whole: an element may be a text, which is none by itself.
            if documented.is_some_and(is_json) && is_list(lowering, property) {
                field.style = Some(ParameterStyle::Json);
            }
        } else {
            field.allow_reserved = flag("allowReserved").unwrap_or_default();
            if documented.is_some_and(is_json) && !is_styled {
                field.style = Some(ParameterStyle::Json);
            }
        }
        fields.push(field);
    }
    fields
}

/// A list of anything but files.
fn is_list(lowering: &Lowering<'_>, property: SchemaId) -> bool {
    let reader = lowering.reader;
    !lowering.types.is_file(property) && reader.json_type(property) == Some(JsonType::Array)
}

/// The documented headers of a part. A file has headers of its own.
fn part_headers(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    media: &MediaType,
    pointer: &Pointer,
    part: &str,
    names: &mut UniqueNames,
) -> Vec<Parameter> {
    let reader = lowering.reader;
    let property = media.schema.as_ref().and_then(|schema| {
        let properties = reader.properties(reader.schema_id(schema)?);
        properties.into_iter().find(|(name, _)| *name == part)
    });
    let is_file = property.is_some_and(|(_, property)| lowering.types.is_file(property));
    let documented = media.encoding.get(part).map(|encoding| &encoding.headers);
    let mut headers = Vec::new();
    for (wire, header) in documented.into_iter().flatten().filter(|_| !is_file) {
        // "If a header is named Content-Type, it shall be ignored."
        let ReferenceOr::Item(header) = header else {
            continue;
        };
        if wire.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let place = pointer.child("encoding").child(part).child("headers").child(wire);
        if wire.eq_ignore_ascii_case("content-disposition") || !is_header_name(wire) {
            let span = reader.key_span(&place);
            lowering
                .diagnostics
                .report(rules::PART_HEADERS, span, &[wire, &part]);
            continue;
        }
        let mut parameter = part_header(lowering, endpoint, part, wire, header, &place);
        let name = names::field_name(&format!("{part} {}", parameter.name));
        parameter.name = names.make_unique(&name);
        headers.push(parameter);
    }
    headers
}

/// Whether a part whose schema does not say so is a file by its media type.
fn is_file(lowering: &Lowering<'_>, property: SchemaId, documented: &str) -> bool {
    let reader = lowering.reader;
    let mut id = property;
    if let Some(items) = reader.schema(reader.follow(id)).items {
        id = items;
    }
    let schema = reader.schema(reader.follow(id));
    let plain = schema.format.is_none() && schema.enumeration.is_none() && schema.content_encoding.is_none();
    let text = |media_type: &str| is_text(media_type) || is_json(media_type) || is_wildcard(media_type);
    let listed = || documented.split(',');
    match reader.json_type(id) {
        // Text can be of many media types, but not of these.
        Some(JsonType::String) => {
            plain && listed().all(|media_type| is_binary(media_type) && !text(media_type))
        }
        None => plain && !listed().any(text),
        Some(_) => false,
    }
}

/// What no text is.
fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|kind| essence.starts_with(kind))
        || matches!(
            essence.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}

/// The media type of a part, if it is not what a file (an octet stream), an object (JSON) or text has anyway: the
/// documented one, or the one of several that fits (OpenAPI 3.0.3, "Encoding Object").
fn part_content_type(
    lowering: &Lowering<'_>,
    property: SchemaId,
    documented: Option<&str>,
) -> Option<String> {
    let reader = lowering.reader;
    let mut id = reader.follow(property);
    if let Some(items) = reader.schema(id).items {
        id = reader.follow(items);
    }
    let standard = if lowering.types.is_file(property) {
        "application/octet-stream"
    } else if reader.is_scalar(id) {
        "text/plain"
    } else {
        "application/json"
    };
    let listed: Vec<&str> = documented
        .into_iter()
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .filter(|media_type| !media_type.is_empty())
        .collect();
    let chosen = match listed.as_slice() {
        [one] => Some(*one),
        // Which of several a file is, nobody but the caller can know.
        several => several.iter().find(|one| **one == standard).copied(),
    };
    chosen
        .filter(|media_type| !media_type.contains('*'))
        .or(reader.schema(id).content_media_type.as_deref())
        .map(ToOwned::to_owned)
}
