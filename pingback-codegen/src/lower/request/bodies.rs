//! Lowers request bodies: one method for each media type that is offered.

use super::argument_keys::media_type_rank;
use super::forms::form_fields;
use super::part_headers::{Part, part_headers};
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::lower::types::{Direction, NameHint};
use crate::model::{Body, BodyContent, BodyKind, Docs, Type};
use crate::names::{self, UniqueNames};
use crate::read::media_types::{essence, is_json, is_text, is_wildcard};
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
use openapiv3::{MediaType, ReferenceOr};

/// Lowers the request body, if the operation has one with content.
pub(in crate::lower) fn body(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    names: &mut UniqueNames,
) -> Option<Body> {
    let request = match endpoint.route.operation.request_body.as_ref()? {
        ReferenceOr::Item(request) => request,
        ReferenceOr::Reference { .. } => return None,
    };
    if request.content.is_empty() {
        return None;
    }
    let name = if names.reserve("body") {
        "body".to_owned()
    } else {
        names.make_unique("request_body")
    };
    let mut offered: Vec<(&String, &MediaType)> = request.content.iter().collect();
    offered.sort_by_key(|(media_type, _)| media_type_rank(lowering.locked_names, endpoint, media_type));
    let mut contents: Vec<BodyContent> = Vec::new();
    for (key, media) in offered {
        let media = DocumentedMedia::new(lowering, endpoint, key, media);
        let (kind, media_type) = kind(lowering, key, &media);
        if contents.iter().any(|known| known.media_type == media_type) {
            continue;
        }
        let (word, type_word) = words(&kind, &media_type);
        let hint = NameHint::new(&endpoint.names.type_name);
        let (method, hint) = if contents.is_empty() {
            (name.clone(), hint)
        } else {
            let method = format!("{} as {word}", name.trim_start_matches("r#"));
            let method = names.make_unique(&names::function_name(&method));
            (method, hint.then(&type_word))
        };
        contents.push(BodyContent {
            ty: content_type(lowering, &kind, media.schema, &hint.then("Body")),
            kind: with_part_headers(lowering, kind, endpoint, &media, names),
            media_type,
            method,
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

/// One media type of a request body, with its place in the document and its schema.
struct DocumentedMedia<'d> {
    media: &'d MediaType,
    pointer: Pointer,
    schema: Option<SchemaId>,
}

impl<'d> DocumentedMedia<'d> {
    fn new(lowering: &Lowering<'_>, endpoint: &Endpoint<'_>, key: &str, media: &'d MediaType) -> Self {
        let schema = media.schema.as_ref();
        Self {
            media,
            pointer: endpoint
                .route
                .pointer
                .child("requestBody")
                .child("content")
                .child(key),
            schema: schema.and_then(|schema| lowering.reader.schema_id(schema)),
        }
    }
}

/// The type of content that is written as `kind`.
fn content_type(
    lowering: &mut Lowering<'_>,
    kind: &BodyKind,
    schema: Option<SchemaId>,
    hint: &NameHint,
) -> Type {
    match (kind, schema) {
        (BodyKind::Text, _) => Type::String,
        (BodyKind::Bytes, _) => Type::Bytes,
        (BodyKind::Multipart(_), Some(schema)) => {
            lowering.types.form_type(schema, hint, lowering.diagnostics)
        }
        (_, Some(schema)) => lowering
            .types
            .type_of(schema, Direction::Sent, hint, lowering.diagnostics),
        (_, None) => Type::Json,
    }
}

/// Adds the documented headers to the parts of a multipart form.
fn with_part_headers(
    lowering: &mut Lowering<'_>,
    mut kind: BodyKind,
    endpoint: &Endpoint<'_>,
    form: &DocumentedMedia<'_>,
    names: &mut UniqueNames,
) -> BodyKind {
    if let BodyKind::Multipart(fields) = &mut kind {
        for field in fields {
            let part = Part {
                endpoint,
                media: form.media,
                pointer: &form.pointer,
                name: &field.wire,
            };
            field.headers = part_headers(lowering, &part, names);
        }
    }
    kind
}

/// How content of a media type is written, and the media type to send. A wildcard is replaced according to the schema.
fn kind(
    lowering: &mut Lowering<'_>,
    media_type: &str,
    documented: &DocumentedMedia<'_>,
) -> (BodyKind, String) {
    let DocumentedMedia {
        media,
        pointer,
        schema,
    } = documented;
    let schema = *schema;
    let unchanged = media_type.trim().to_owned();
    if is_json(media_type) {
        // `application/*+json` is a range.
        let json = "application/json".to_owned();
        let sent = if unchanged.contains('*') { json } else { unchanged };
        return (BodyKind::Json, sent);
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
            unchanged,
        ),
        // Other multipart types are forms only if their schema has properties, which are the parts.
        multipart
            if multipart == "multipart/form-data"
                || multipart.starts_with("multipart/")
                    && schema.is_some_and(|schema| !lowering.reader.form_properties(schema).is_empty()) =>
        {
            let fields = form_fields(lowering, media, schema, pointer, true);
            // A wildcard cannot be sent.
            (
                BodyKind::Multipart(fields),
                multipart.replace("multipart/*", "multipart/form-data"),
            )
        }
        _ if is_text(media_type) => (BodyKind::Text, unchanged),
        _ => (BodyKind::Bytes, unchanged),
    }
}

/// The words for further content: in the name of its method, and in the name of an inline type.
fn words(kind: &BodyKind, media_type: &str) -> (String, String) {
    let essence = essence(media_type);
    // The name of a range is its type.
    let named = essence.trim_end_matches("/*");
    let subtype = named.rsplit('/').next().unwrap_or_default();
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
