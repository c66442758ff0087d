//! Lowers successful responses: their bodies, and the other media types that can be requested.

use super::contents::{Content, Format, content, other_contents};
use super::events::{EventStream, event_stream, events};
use super::outcomes::Outcomes;
use super::{Documented, is_bodiless, response_docs};
use crate::diagnostic::rules;
use crate::lower::endpoints::Endpoint;
use crate::lower::types::{Direction, NameHint};
use crate::lower::{Lowering, statuses};
use crate::model::{Alternative, Payload, PayloadKind, Response, Status, Success, Type};
use crate::names::{self, UniqueNames};
use crate::read::media_types::{Framing, content_word};

/// Lowers the successful responses of an operation.
pub(in crate::lower) fn success(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    outcomes: &Outcomes<'_>,
) -> Success {
    if outcomes.all_successes().next().is_none() {
        return undocumented_success(lowering, endpoint);
    }
    let mut variants = UniqueNames::default();
    let mut responses = Vec::new();
    for documented in outcomes.all_successes() {
        let variant = statuses::variant(documented.status);
        let hint = NameHint::new(&endpoint.names.type_name);
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
    match responses.as_slice() {
        [first, others @ ..]
            if others
                .iter()
                .all(|other| other.payload.kind == first.payload.kind) =>
        {
            Success::One(first.payload.clone(), responses)
        }
        _ => Success::Choice {
            name: endpoint.names.success_name.clone(),
            responses,
        },
    }
}

/// The success of an operation that documents none: any body, as bytes.
fn undocumented_success(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>) -> Success {
    let span = lowering
        .reader
        .key_span(&endpoint.route.pointer.child("responses"));
    let span = span.or(endpoint.route.span);
    lowering
        .diagnostics
        .report(rules::NO_SUCCESS, span, &[&endpoint.names.id]);
    let kind = if is_bodiless(endpoint, Status::Range(2)) {
        PayloadKind::Empty
    } else {
        PayloadKind::Bytes
    };
    let payload = Payload {
        kind,
        media_type: None,
    };
    Success::One(payload, Vec::new())
}

/// The payload of a response, and its payload as a stream of events if it offers both.
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
    let stream = event_stream(&documented.response.content);
    report_unread(lowering, endpoint, documented, &content, stream.as_ref());
    let is_only_stream = stream
        .as_ref()
        .is_some_and(|stream| stream.media_type == content.media_type);
    let events = stream.map(|stream| {
        let pointer = documented.pointer.child("content").child(stream.media_type);
        events(lowering, &stream, &pointer, hint)
    });
    match events {
        Some(events) if is_only_stream => (events, None),
        events => (
            content_payload(lowering, &content, &hint.then("Response")),
            events,
        ),
    }
}

/// Reports the media types of a response that the client does not read: those with the same body as the chosen one, and
/// all streams but the first.
fn report_unread(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    documented: &Documented<'_>,
    chosen: &Content<'_>,
    stream: Option<&EventStream<'_>>,
) {
    let mut unread = other_contents(lowering, documented.response, chosen).unread;
    let first_stream = stream.map(|stream| stream.media_type);
    let media_types = documented.response.content.keys().map(String::as_str);
    unread.extend(media_types.filter(|other| {
        Framing::of(other).is_some() && Some(*other) != first_stream && *other != chosen.media_type
    }));
    if !unread.is_empty() {
        let span = lowering.reader.key_span(&documented.pointer.child("content"));
        lowering.diagnostics.report(
            rules::OTHER_MEDIA_TYPES,
            span.or(endpoint.route.span),
            &[&chosen.media_type, &unread.join("`, `")],
        );
    }
}

/// The payload of a media type that is not a stream of events.
fn content_payload(lowering: &mut Lowering<'_>, content: &Content<'_>, hint: &NameHint) -> Payload {
    let kind = match (content.format, content.schema) {
        (Format::Json, Some(schema)) => PayloadKind::Json(lowering.types.type_of(
            schema,
            Direction::Received,
            hint,
            lowering.diagnostics,
        )),
        (Format::Json, None) => PayloadKind::Json(Type::Json),
        (Format::Text, _) => PayloadKind::Text,
        (Format::Bytes, _) => PayloadKind::Bytes,
    };
    Payload {
        kind,
        media_type: Some(content.media_type.to_owned()),
    }
}

/// The further media types in which the successful responses of an operation can be requested.
pub(in crate::lower) fn alternatives(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    outcomes: &Outcomes<'_>,
    names: &mut UniqueNames,
) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for documented in outcomes.all_successes() {
        let chosen = content(lowering, &documented.response.content);
        let Some(chosen) = chosen.filter(|_| !is_bodiless(endpoint, documented.status)) else {
            continue;
        };
        for other in other_contents(lowering, documented.response, &chosen).read {
            let word = content_word(other.media_type);
            let hint = NameHint::new(&endpoint.names.type_name)
                .then(&names::type_name(&word))
                .then("Response");
            let payload = content_payload(lowering, &other, &hint);
            let same_media_type = alternatives
                .iter_mut()
                .find(|known| known.payload.media_type == payload.media_type);
            match same_media_type {
                Some(known) if known.payload.kind == payload.kind => known.statuses.push(documented.status),
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
                    payload,
                }),
            }
        }
    }
    alternatives
}
