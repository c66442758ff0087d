//! Lowers the properties of forms: how each is written, and which are files.

use super::parameters::query_style;
use crate::lower::Lowering;
use crate::model::{FormField, ParameterStyle};
use crate::read::media_types::{is_binary, is_json, is_text, is_wildcard};
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::{Node, Pointer};
use openapiv3::{Encoding, MediaType};

/// How each property of a form is encoded: according to its `encoding`, or by the defaults of the specification.
pub(super) fn form_fields(
    lowering: &mut Lowering<'_>,
    media: &MediaType,
    schema: Option<SchemaId>,
    pointer: &Pointer,
    multipart: bool,
) -> Vec<FormField> {
    let reader = lowering.reader;
    let properties = schema
        .map(|schema| reader.form_properties(schema))
        .unwrap_or_default();
    let mut fields = Vec::with_capacity(properties.len());
    for (name, schemas) in properties {
        let pointer = pointer.child("encoding").child(name);
        let encoding = media.encoding.get(name);
        fields.push(form_field(
            lowering,
            (name, &schemas),
            encoding,
            &pointer,
            multipart,
        ));
    }
    fields
}

/// One property of a form, by its name and schemas.
fn form_field(
    lowering: &mut Lowering<'_>,
    (name, schemas): (&str, &[SchemaId]),
    encoding: Option<&Encoding>,
    pointer: &Pointer,
    multipart: bool,
) -> FormField {
    let reader = lowering.reader;
    let documented = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let style = encoding.and_then(|encoding| encoding.style.as_ref());
    let flag = |key: &str| {
        let found = reader.resolve(&pointer.child(key));
        found.and_then(|(_, node)| Node::as_bool(node))
    };
    // "If a value is explicitly specified for any of these, the media type is ignored"; in 3.0 they are for
    // urlencoded forms only.
    let keys = ["style", "explode", "allowReserved"];
    let is_styled = (!multipart || !reader.is_openapi_3_0())
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
        for &property in schemas {
            if documented.is_some_and(|documented| is_file(lowering, property, documented)) {
                lowering.types.mark_as_file(property);
            }
        }
        field.content_type = common_content_type(lowering, schemas, documented);
        // A media type of JSON for a list applies to the whole list, since its items may be plain text.
        let is_list = schemas.iter().all(|&property| is_list(lowering, property));
        if documented.is_some_and(is_json) && is_list {
            field.style = Some(ParameterStyle::Json);
        }
    } else {
        field.allow_reserved = flag("allowReserved").unwrap_or_default();
        if documented.is_some_and(is_json) && !is_styled {
            field.style = Some(ParameterStyle::Json);
        }
    }
    field
}

/// Whether a property is a list, but not of files.
fn is_list(lowering: &Lowering<'_>, property: SchemaId) -> bool {
    let reader = lowering.reader;
    !lowering.types.holds_file(property) && reader.json_type(property) == Some(JsonType::Array)
}

/// Whether the media type of a part makes it a file, though its schema does not.
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
        // Text can have many media types, but no binary one.
        Some(JsonType::String) => {
            plain && listed().all(|media_type| is_binary(media_type) && !text(media_type))
        }
        None => plain && !listed().any(text),
        Some(_) => false,
    }
}

/// The documented media type of a part that has these schemas in the alternatives of a form, if it is the same for all.
fn common_content_type(
    lowering: &Lowering<'_>,
    schemas: &[SchemaId],
    documented: Option<&str>,
) -> Option<String> {
    let mut types = schemas
        .iter()
        .map(|&property| part_content_type(lowering, property, documented));
    let first = types.next()?;
    first.filter(|first| types.all(|ty| ty.as_ref() == Some(first)))
}

/// The documented media type of a part (OpenAPI 3.0.3, "Encoding Object"). Of several, only the default for the part's
/// type is used: an octet stream for a file, JSON for an object, text for a scalar.
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
    } else if lowering.types.holds_file(property) {
        // The media type depends on the alternative.
        ""
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
        // With several media types, only the caller knows which one a file has.
        several => several.iter().find(|one| **one == standard).copied(),
    };
    chosen
        .filter(|media_type| !media_type.contains('*'))
        .or(reader.schema(id).content_media_type.as_deref())
        .map(ToOwned::to_owned)
}
