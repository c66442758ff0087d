//! Chooses among the media types of a response.

use crate::lower::Lowering;
use crate::lower::reader::Reader;
use crate::read::media_types::{Framing, essence, is_json, is_text, is_wildcard};
use crate::read::schema::{JsonType, SchemaId};
use openapiv3::MediaType;

/// The content that the client requests.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Content<'d> {
    pub(in crate::lower) media_type: &'d str,
    pub(in crate::lower) media: &'d MediaType,
    pub(in crate::lower) schema: Option<SchemaId>,
    pub(in crate::lower) format: Format,
}

/// How content is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Format {
    Json,
    Text,
    Bytes,
}

/// How content is read: by its media type, or by its schema if the media type is a wildcard.
fn format(reader: Reader<'_>, media_type: &str, schema: Option<SchemaId>) -> Format {
    if is_json(media_type) {
        return Format::Json;
    }
    if !is_wildcard(media_type) {
        return if is_text(media_type) {
            Format::Text
        } else {
            Format::Bytes
        };
    }
    // A wildcard with a structured schema can only mean JSON.
    let ty = schema.and_then(|schema| reader.json_type(schema));
    let structured = schema.is_some_and(|schema| {
        let schema = reader.schema(reader.follow(schema));
        !(schema.any_of.is_empty() && schema.one_of.is_empty() && schema.all_of.is_empty())
    });
    match ty {
        Some(JsonType::String) => Format::Bytes,
        Some(_) => Format::Json,
        None if structured => Format::Json,
        None => Format::Bytes,
    }
}

fn content_of<'d>(reader: Reader<'_>, media_type: &'d str, media: &'d MediaType) -> Content<'d> {
    let schema = media.schema.as_ref().and_then(|schema| reader.schema_id(schema));
    Content {
        media_type,
        media,
        schema,
        format: format(reader, media_type, schema),
    }
}

/// Chooses a media type: `application/json`, then other JSON, then text, then bytes, then a stream of events.
pub(in crate::lower) fn content<'d>(
    lowering: &Lowering<'d>,
    content: &'d indexmap::IndexMap<String, MediaType>,
) -> Option<Content<'d>> {
    let reader = lowering.reader;
    content
        .iter()
        .map(|(media_type, media)| content_of(reader, media_type, media))
        .min_by_key(|content| match content.format {
            Format::Json if essence(content.media_type) == "application/json" => 0,
            Format::Json => 1,
            _ if Framing::of(content.media_type).is_some() => 4,
            Format::Text => 2,
            Format::Bytes => 3,
        })
}

/// The media types of a response that were not chosen.
pub(in crate::lower) struct Others<'d> {
    /// Those whose body differs from the chosen one.
    pub(in crate::lower) read: Vec<Content<'d>>,
    /// Those that are never decoded: other representations of the chosen body, and wildcards.
    pub(in crate::lower) unread: Vec<&'d str>,
}

/// The media types of a response without the chosen one. JSON of the same shape counts as the chosen one, and streams of
/// events are lowered in [`super::events`].
pub(in crate::lower) fn other_contents<'d>(
    lowering: &mut Lowering<'_>,
    response: &'d openapiv3::Response,
    chosen: &Content<'d>,
) -> Others<'d> {
    let reader = lowering.reader;
    let mut others = Others {
        read: Vec::new(),
        unread: Vec::new(),
    };
    let mut known = vec![essence(chosen.media_type)];
    for (media_type, media) in &response.content {
        let other = content_of(reader, media_type, media);
        if media_type == chosen.media_type || Framing::of(media_type).is_some() {
            continue;
        }
        let shape = |schema: Option<SchemaId>| schema.map(|schema| lowering.types.shape_of(schema));
        let same = chosen.format == Format::Json && shape(other.schema) == shape(chosen.schema);
        let essence = essence(media_type);
        if same && other.format == Format::Json {
            continue;
        }
        // A response is matched by its media type without parameters.
        if same || is_wildcard(media_type) || known.contains(&essence) {
            others.unread.push(media_type);
        } else {
            known.push(essence);
            others.read.push(other);
        }
    }
    others
}
