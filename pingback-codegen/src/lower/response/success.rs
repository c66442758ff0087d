//! Lowers successful responses: what each carries, and the other media types that can be requested.

use super::contents::{Format, content, other_contents};
use super::events::events;
use super::{Documented, is_bodiless, outcomes, response_docs};
use crate::diagnostic::rules;
use crate::lower::endpoints::Endpoint;
use crate::lower::types::{Direction, NameHint};
use crate::lower::{Lowering, statuses};
use crate::model::{Alternative, Payload, PayloadKind, Response, Status, Success, Type};
use crate::names::{self, UniqueNames};
use crate::read::media_types::{Framing, content_word};

/// Lowers what success gives.
pub(in crate::lower) fn success(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>) -> Success {
    let outcomes = outcomes(lowering, endpoint);
    if outcomes.successes.is_empty() {
        let span = lowering
            .reader
            .key_span(&endpoint.route.pointer.child("responses"))
            .or(endpoint.route.span);
        lowering
            .diagnostics
            .report(rules::NO_SUCCESS, span, &[&endpoint.names.id]);
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
    let first = responses[0].payload.kind.clone();
    if responses.iter().all(|response| response.payload.kind == first) {
        Success::One(responses[0].payload.clone(), responses)
    } else {
        Success::Choice {
            name: endpoint.names.success_name.clone(),
            responses,
        }
    }
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
        .find_map(|(media_type, media)| Some((media_type.as_str(), media, Framing::of(media_type)?)));
    let asked = stream.map(|(media_type, ..)| media_type);
    let others = other_contents(lowering, documented.response, &content);
    let mut unread = others.unread;
    // A second stream.
    let streams = documented.response.content.keys().map(String::as_str);
    unread.extend(streams.filter(|other| {
        Framing::of(other).is_some() && Some(*other) != asked && *other != content.media_type
    }));
    if !unread.is_empty() {
        let span = lowering
            .reader
            .key_span(&documented.pointer.child("content"))
            .or(endpoint.route.span);
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
pub(in crate::lower) fn alternatives(
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
        for other in other_contents(lowering, documented.response, &chosen).read {
            let word = content_word(other.media_type);
            let hint = NameHint::new(&endpoint.names.type_name)
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
