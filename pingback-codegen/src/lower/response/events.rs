//! Lowers streams of events, such as server-sent events and JSON lines.

use crate::lower::Lowering;
use crate::lower::reader::Reader;
use crate::lower::types::{Direction, NameHint};
use crate::model::{EventForm, Payload, PayloadKind, Type};
use crate::read::media_types::Framing;
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
use indexmap::IndexMap;
use openapiv3::MediaType;

/// The media type of a response that is a stream of events.
pub(super) struct EventStream<'d> {
    pub(super) media_type: &'d str,
    media: &'d MediaType,
    framing: Framing,
}

/// The first media type that is a stream of events.
pub(super) fn event_stream(content: &IndexMap<String, MediaType>) -> Option<EventStream<'_>> {
    content.iter().find_map(|(media_type, media)| {
        Some(EventStream {
            media_type,
            media,
            framing: Framing::of(media_type)?,
        })
    })
}

/// The payload of a stream of events at `pointer`.
pub(super) fn events(
    lowering: &mut Lowering<'_>,
    stream: &EventStream<'_>,
    pointer: &Pointer,
    hint: &NameHint,
) -> Payload {
    let reader = lowering.reader;
    let of_item = reader.schema_at(&pointer.child("itemSchema"));
    let of_all = || {
        stream
            .media
            .schema
            .as_ref()
            .and_then(|schema| reader.schema_id(schema))
    };
    let mut schema = of_item.or_else(of_all);
    // The schema of a whole stream is an array of its events (OpenAPI 3.2, "Sequential Media Types").
    let list = schema.filter(|id| of_item.is_none() && reader.json_type(*id) == Some(JsonType::Array));
    if let Some(id) = list {
        schema = reader.schema(reader.follow(id)).items;
    }
    let form = match (stream.framing, schema) {
        (Framing::Lines, _) => EventForm::Lines,
        (Framing::Sequence, _) => EventForm::Sequence,
        (Framing::ServerSent, None) => EventForm::Text,
        (Framing::ServerSent, Some(id)) if reader.json_type(id) == Some(JsonType::String) => EventForm::Text,
        (Framing::ServerSent, Some(id)) if has_fields(reader, id, of_item.is_some()) => EventForm::Fields,
        (Framing::ServerSent, Some(_)) => EventForm::Json,
    };
    let ty = match schema {
        Some(schema) => lowering.types.type_of(
            schema,
            Direction::Received,
            &hint.then("Event"),
            lowering.diagnostics,
        ),
        None if form == EventForm::Text => Type::String,
        None => Type::Json,
    };
    Payload {
        kind: PayloadKind::Events(form, ty),
        media_type: Some(stream.media_type.to_owned()),
    }
}

/// Whether a schema describes the fields of a server-sent event rather than its data. A schema of an item does if it has
/// no other properties; any other schema needs `data` and one more field.
fn has_fields(reader: Reader<'_>, schema: SchemaId, is_item: bool) -> bool {
    let fields = |id| -> Vec<&str> { reader.properties(id).into_iter().map(|(name, _)| name).collect() };
    reader.branches(schema).into_iter().all(|branch| {
        let fields = fields(branch);
        let has_enough = if is_item {
            !fields.is_empty()
        } else {
            fields.len() > 1 && fields.contains(&"data")
        };
        has_enough
            && fields
                .iter()
                .all(|name| matches!(*name, "data" | "event" | "id" | "retry"))
    })
}
