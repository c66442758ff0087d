//! What success gives: which responses are successes, and what each carries.

use super::bodies::{essence, is_json, is_text, is_wildcard};
use super::endpoints::Endpoint;
use super::reader::{Reader, text};
use super::types::{Direction, NameHint};
use super::{Lowering, statuses};
use crate::diagnostic::rules;
use crate::model::{Alternative, Docs, EventForm, Payload, PayloadKind, Response, Status, Success, Type};
use crate::names::{self, UniqueNames};
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
use openapiv3::{MediaType, ReferenceOr, StatusCode};

/// One documented response.
#[derive(Debug, Clone)]
pub(super) struct Documented<'d> {
    pub(super) status: Status,
    pub(super) response: &'d openapiv3::Response,
    pub(super) pointer: Pointer,
}

/// The responses of an operation, told apart. Everything that isn't a success is an error: a redirect too,
/// since it is only seen where it could not be followed.
pub(super) struct Outcomes<'d> {
    pub(super) successes: Vec<Documented<'d>>,
    pub(super) errors: Vec<Documented<'d>>,
    pub(super) informational: Vec<Documented<'d>>,
}

/// Tells successes from errors. `default` is an error beside a 2xx response. Without one it is all that is
/// said of success, so it is that, unless it plainly describes an error.
pub(super) fn outcomes<'d>(lowering: &Lowering<'d>, endpoint: &Endpoint<'d>) -> Outcomes<'d> {
    let responses = &endpoint.operation.responses;
    let pointer = endpoint.pointer.child("responses");
    let mut outcomes = Outcomes {
        successes: Vec::new(),
        errors: Vec::new(),
        informational: Vec::new(),
    };
    for (code, response) in &responses.responses {
        let ReferenceOr::Item(response) = response else {
            continue;
        };
        let (status, key) = match code {
            StatusCode::Code(code) => (Status::Exact(*code), code.to_string()),
            StatusCode::Range(hundreds) => (
                Status::Range(u8::try_from(*hundreds).unwrap_or_default()),
                format!("{hundreds}XX"),
            ),
        };
        let upper = pointer.child(&key);
        let pointer = if lowering.reader.resolve(&upper).is_none() && key.ends_with("XX") {
            pointer.child(key.to_ascii_lowercase())
        } else {
            upper
        };
        let list = match status {
            Status::Exact(200..=299) | Status::Range(2) => &mut outcomes.successes,
            Status::Exact(0..=199) | Status::Range(0 | 1) => &mut outcomes.informational,
            _ => &mut outcomes.errors,
        };
        list.push(Documented {
            status,
            response,
            pointer,
        });
    }
    if let Some(ReferenceOr::Item(response)) = &responses.default {
        let documented = Documented {
            status: Status::Default,
            response,
            pointer: pointer.child("default"),
        };
        if outcomes.successes.is_empty() && !describes_error(lowering, response) {
            outcomes.successes.push(documented);
        } else {
            outcomes.errors.push(documented);
        }
    }
    outcomes.errors.sort_by_key(|error| match error.status {
        Status::Exact(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    outcomes
}

/// Whether the description or the name of the body's schema speaks of an error.
fn describes_error(lowering: &Lowering<'_>, response: &openapiv3::Response) -> bool {
    let speaks_of_error = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["error", "problem", "fault", "fail"]
            .iter()
            .any(|word| text.contains(word))
    };
    speaks_of_error(&response.description)
        || content(lowering, &response.content)
            .and_then(|content| content.schema)
            .is_some_and(|id| {
                let schema = lowering.reader.schema(lowering.reader.follow(id));
                schema
                    .pointer
                    .segments()
                    .last()
                    .is_some_and(|name| speaks_of_error(&name))
            })
}

/// Lowers what success gives.
pub(super) fn success(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>) -> Success {
    let outcomes = outcomes(lowering, endpoint);
    for documented in &outcomes.informational {
        let span = lowering.reader.key_span(&documented.pointer);
        let status = statuses::suffix(documented.status);
        lowering
            .diagnostics
            .report(rules::INFORMATIONAL_RESPONSE, span, &[&status, &endpoint.id]);
    }
    if outcomes.successes.is_empty() {
        let span = lowering
            .reader
            .key_span(&endpoint.pointer.child("responses"))
            .or(endpoint.span);
        lowering
            .diagnostics
            .report(rules::NO_SUCCESS, span, &[&endpoint.id]);
        // What a redirect leads to is some other server's affair: bytes.
        let redirects = outcomes
            .errors
            .iter()
            .any(|error| matches!(error.status, Status::Exact(300..=399) | Status::Range(3)));
        let kind = if redirects {
            PayloadKind::Bytes
        } else {
            PayloadKind::Empty
        };
        return Success::One(
            Payload {
                kind,
                media_type: None,
            },
            Vec::new(),
        );
    }
    let mut variants = UniqueNames::default();
    let mut responses = Vec::new();
    for documented in &outcomes.successes {
        let variant = statuses::variant(documented.status);
        let hint = NameHint::new(&endpoint.type_name);
        let hint = if responses.is_empty() {
            hint
        } else {
            hint.then(&variant)
        };
        let (payload, events) = payload(lowering, endpoint, documented, &hint);
        responses.push(Response {
            variant: variants.make_unique(&variant),
            status: documented.status,
            docs: response_docs(documented.response),
            payload,
            events,
        });
    }
    let first = responses[0].payload.kind.clone();
    if responses.iter().all(|response| response.payload.kind == first) {
        Success::One(responses[0].payload.clone(), responses)
    } else {
        Success::Choice {
            name: endpoint.success_name.clone(),
            responses,
        }
    }
}

/// What the document says of a response.
pub(super) fn response_docs(response: &openapiv3::Response) -> Docs {
    Docs {
        description: text(Some(&response.description)),
        ..Docs::default()
    }
}

/// The content that a client asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content<'d> {
    pub(super) media_type: &'d str,
    pub(super) media: &'d MediaType,
    pub(super) schema: Option<SchemaId>,
    pub(super) format: Format,
}

/// How content is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Text,
    Bytes,
}

/// How content is read, by its media type and, where that says nothing, by its schema.
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

/// Chooses among media types: plain JSON, then other JSON, then text, then whatever comes first.
pub(super) fn content<'d>(
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
            _ if framing(content.media_type).is_some() => 4,
            Format::Text => 2,
            Format::Bytes => 3,
        })
}

/// The media types of a response beside the one that is chosen.
pub(super) struct Others<'d> {
    /// Those that are something else.
    pub(super) read: Vec<Content<'d>>,
    /// Those that are never read: the same in another dress, as far as the document says, or a wildcard.
    pub(super) unread: Vec<&'d str>,
}

/// Sorts the media types of a response by what becomes of them. JSON by another name, of the same shape, is the
/// chosen one; of streams others take care.
pub(super) fn other_contents_of<'d>(
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
        if media_type == chosen.media_type || framing(media_type).is_some() {
            continue;
        }
        let mut shape = |schema: Option<SchemaId>| schema.map(|schema| lowering.types.shape_of(schema));
        let same = chosen.format == Format::Json && shape(other.schema) == shape(chosen.schema);
        let told = essence(media_type);
        if same && other.format == Format::Json {
            continue;
        }
        // What differs in its parameters alone cannot be told by them.
        if same || is_wildcard(media_type) || known.contains(&told) {
            others.unread.push(media_type);
        } else {
            known.push(told);
            others.read.push(other);
        }
    }
    others
}

/// The word for a media type where there are several.
pub(super) fn content_word(media_type: &str) -> String {
    let essence = essence(media_type);
    let word = match essence.as_str() {
        "text/plain" => "text",
        "application/octet-stream" => "bytes",
        other => other
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches("x-"),
    };
    word.replace(['*', '+', '.'], " ")
}

/// How a media type sets events apart that come one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    ServerSent,
    Lines,
    Sequence,
}

/// Whether content of a media type is a stream of events.
fn framing(media_type: &str) -> Option<Framing> {
    let essence = essence(media_type);
    let (_, subtype) = essence.split_once('/')?;
    match subtype.trim_start_matches("x-") {
        "event-stream" => Some(Framing::ServerSent),
        "ndjson" | "jsonl" | "jsonlines" | "json-lines" => Some(Framing::Lines),
        "json-seq" => Some(Framing::Sequence),
        other if other.ends_with("+ndjson") || other.ends_with("+jsonl") => Some(Framing::Lines),
        other if other.ends_with("+json-seq") => Some(Framing::Sequence),
        _ => None,
    }
}

/// What a stream of events carries.
fn events(
    lowering: &mut Lowering<'_>,
    media_type: &str,
    media: &MediaType,
    framing: Framing,
    pointer: &Pointer,
    hint: &NameHint,
) -> Payload {
    let reader = lowering.reader;
    let of_item = reader.schema_at(&pointer.child("itemSchema"));
    let of_all = || media.schema.as_ref().and_then(|schema| reader.schema_id(schema));
    let mut schema = of_item.or_else(of_all);
    // Of a sequence an array tells what its items are (OpenAPI 3.2, "Sequential Media Types").
    let list = schema.filter(|id| of_item.is_none() && reader.json_type(*id) == Some(JsonType::Array));
    if let Some(id) = list {
        schema = reader.schema(reader.follow(id)).items;
    }
    let form = match (framing, schema) {
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
        media_type: Some(media_type.to_owned()),
    }
}

/// Whether a schema describes the fields of an event rather than its data: `data` and others, and nothing else. Of
/// an item they are fields in any case, unless there are others.
fn has_fields(reader: Reader<'_>, schema: SchemaId, is_item: bool) -> bool {
    let fields = |id| -> Vec<&str> { reader.properties(id).into_iter().map(|(name, _)| name).collect() };
    reader.branches(schema).into_iter().all(|branch| {
        let fields = fields(branch);
        let enough = if is_item {
            !fields.is_empty()
        } else {
            fields.len() > 1 && fields.contains(&"data")
        };
        enough
            && fields
                .iter()
                .all(|name| matches!(*name, "data" | "event" | "id" | "retry"))
    })
}

/// Whether a response never has a body, whatever the document says (RFC 9110, section 6.4.1).
pub(super) fn is_bodiless(endpoint: &Endpoint<'_>, status: Status) -> bool {
    endpoint.method == "HEAD" || matches!(status, Status::Exact(204 | 205 | 304))
}

/// What a response carries, and what it carries instead if it is a stream of events.
fn payload(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    documented: &Documented<'_>,
    hint: &NameHint,
) -> (Payload, Option<Payload>) {
    let content = content(lowering, &documented.response.content);
    let Some(content) = content.filter(|_| !is_bodiless(endpoint, documented.status)) else {
        let payload = Payload {
            kind: PayloadKind::Empty,
            media_type: None,
        };
        return (payload, None);
    };
    let stream = documented
        .response
        .content
        .iter()
        .find_map(|(media_type, media)| Some((media_type.as_str(), media, framing(media_type)?)));
    let asked = stream.map(|(media_type, ..)| media_type);
    let others = other_contents_of(lowering, documented.response, &content);
    let mut unread = others.unread;
    // A second stream.
    let streams = documented.response.content.keys().map(String::as_str);
    unread.extend(
        streams.filter(|other| {
            framing(other).is_some() && Some(*other) != asked && *other != content.media_type
        }),
    );
    if !unread.is_empty() {
        let span = lowering
            .reader
            .key_span(&documented.pointer.child("content"))
            .or(endpoint.span);
        lowering.diagnostics.report(
            rules::OTHER_MEDIA_TYPES,
            span,
            &[&content.media_type, &unread.join("`, `")],
        );
    }
    let alone = asked == Some(content.media_type);
    let events = stream.map(|(media_type, media, framing)| {
        let pointer = documented.pointer.child("content").child(media_type);
        events(lowering, media_type, media, framing, &pointer, hint)
    });
    let hint = hint.then("Response");
    let events = match events {
        Some(events) if alone => return (events, None),
        events => events,
    };
    let kind = match (content.format, content.schema) {
        (Format::Json, Some(schema)) => PayloadKind::Json(lowering.types.type_of(
            schema,
            Direction::Received,
            &hint,
            lowering.diagnostics,
        )),
        (Format::Json, None) => PayloadKind::Json(Type::Json),
        (Format::Text, _) => PayloadKind::Text,
        (Format::Bytes, _) => PayloadKind::Bytes,
    };
    let payload = Payload {
        kind,
        media_type: Some(content.media_type.to_owned()),
    };
    (payload, events)
}

/// The other media types that an operation's success can be asked for in: what each gives, and when.
pub(super) fn alternatives(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    names: &mut UniqueNames,
) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for documented in outcomes(lowering, endpoint).successes {
        let chosen = content(lowering, &documented.response.content);
        let Some(chosen) = chosen.filter(|_| !is_bodiless(endpoint, documented.status)) else {
            continue;
        };
        for other in other_contents_of(lowering, documented.response, &chosen).read {
            let word = content_word(other.media_type);
            let hint = NameHint::new(&endpoint.type_name)
                .then(&names::type_name(&word))
                .then("Response");
            let kind = match (other.format, other.schema) {
                (Format::Json, Some(schema)) => PayloadKind::Json(lowering.types.type_of(
                    schema,
                    Direction::Received,
                    &hint,
                    lowering.diagnostics,
                )),
                (Format::Json, None) => PayloadKind::Json(Type::Json),
                (Format::Text, _) => PayloadKind::Text,
                (Format::Bytes, _) => PayloadKind::Bytes,
            };
            let known = alternatives
                .iter_mut()
                .find(|known| known.payload.media_type.as_deref() == Some(other.media_type));
            match known {
                Some(known) if known.payload.kind == kind => known.statuses.push(documented.status),
                Some(_) => {
                    let span = lowering.reader.key_span(&documented.pointer.child("content"));
                    lowering.diagnostics.report(
                        rules::OTHER_MEDIA_TYPES,
                        span,
                        &[&chosen.media_type, &other.media_type],
                    );
                }
                None => alternatives.push(Alternative {
                    method: names.make_unique(&names::function_name(&format!("as {word}"))),
                    statuses: vec![documented.status],
                    payload: Payload {
                        kind,
                        media_type: Some(other.media_type.to_owned()),
                    },
                }),
            }
        }
    }
    alternatives
}
