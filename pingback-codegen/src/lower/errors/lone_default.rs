//! Decides what a `default` response beside no 2xx response is: an error only, or also the success.
//!
//! Many documents have no other response than a `default`, and tools write it for successes, too. So it is both: the
//! success for every 2xx, and the error for every other status. It is an error only if its body is one: by its media
//! type, its schema, or where it has a code.

use super::cases::status_case;
use super::error_response::ErrorResponse;
use super::pointer_choice::BodyPointers;
use super::pointers::PointerFinder;
use super::property_scores::score_of;
use crate::lower::exchange::Exchange;
use crate::lower::reader::Reader;
use crate::lower::response::outcomes::Outcomes;
use crate::lower::response::response_docs;
use crate::lower::types::ShapeId;
use crate::lower::{Lowering, statuses};
use crate::model::{ErrorCase, Payload, PayloadKind, Status};
use crate::names;
use crate::read::catalogue::Catalogue;
use crate::read::media_types::{content_word, essence};
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use std::collections::HashSet;

/// The least score of a name that only the code of an error has.
const CERTAIN_CODE: i32 = 10;

/// The least score of a name that is almost always that of a code.
const STRONG_CODE: i32 = 9;

/// The least score of a name that is almost always that of a message.
const STRONG_MESSAGE: i32 = 8;

/// Moves each `default` beside no 2xx response whose body is an error's to the errors.
pub(in crate::lower) fn classify_lone_defaults<'d>(
    lowering: &Lowering<'d>,
    mut outcomes: Vec<Outcomes<'d>>,
    catalogue: &'d Catalogue,
) -> Vec<Outcomes<'d>> {
    if outcomes.iter().all(|outcomes| outcomes.lone_default.is_none()) {
        return outcomes;
    }
    let mut evidence = Evidence::new(lowering, &outcomes, catalogue);
    let defaults: Vec<Option<ErrorResponse<'d>>> = outcomes
        .iter()
        .enumerate()
        .map(|(operation, outcomes)| {
            let default = outcomes.lone_default.clone()?;
            Some(ErrorResponse::without_others(lowering, operation, default))
        })
        .collect();
    let is_problem: Vec<bool> = defaults
        .iter()
        .map(|default| default.as_ref().is_some_and(is_problem))
        .collect();
    // Where the media type shows it, the schema is that of an error wherever it is used.
    for (default, is_problem) in defaults.iter().zip(&is_problem) {
        if let Some(schema) = default
            .iter()
            .filter(|_| *is_problem)
            .find_map(ErrorResponse::schema)
        {
            evidence.of_errors.insert(lowering, schema);
        }
    }
    for ((outcomes, default), is_problem) in outcomes.iter_mut().zip(defaults).zip(is_problem) {
        let is_error = is_problem || default.is_some_and(|default| evidence.is_error(lowering, &default));
        if is_error {
            outcomes.errors.extend(outcomes.lone_default.take());
        }
    }
    outcomes
}

/// Whether the body is of a media type for errors (RFC 9457).
fn is_problem(response: &ErrorResponse<'_>) -> bool {
    let media_type = response.content.map(|content| essence(content.media_type));
    media_type.is_some_and(|essence| essence.starts_with("application/problem+"))
}

/// What the other responses of a document show about its errors.
struct Evidence<'d> {
    finder: PointerFinder<'d>,
    catalogue: &'d Catalogue,
    /// Where the bodies of errors have their codes and messages.
    pointers: Vec<BodyPointers>,
    of_errors: Schemas,
    of_successes: Schemas,
}

impl<'d> Evidence<'d> {
    fn new(lowering: &Lowering<'d>, outcomes: &[Outcomes<'d>], catalogue: &'d Catalogue) -> Self {
        let mut errors = Vec::new();
        let mut of_successes = Schemas::default();
        for (operation, outcomes) in outcomes.iter().enumerate() {
            let body = |documented| ErrorResponse::without_others(lowering, operation, documented);
            let successes = outcomes.successes.iter().cloned().map(body);
            for schema in successes.filter_map(|success| success.schema()) {
                of_successes.insert(lowering, schema);
            }
            errors.extend(outcomes.errors.iter().cloned().map(body));
        }
        errors.retain(|error| {
            !matches!(
                error.documented.status,
                Status::Exact(300..=399) | Status::Range(3)
            )
        });
        let mut of_errors = Schemas::default();
        for schema in errors.iter().filter_map(ErrorResponse::schema) {
            of_errors.insert(lowering, schema);
        }
        let mut finder = PointerFinder::new(lowering.reader);
        let main = finder.main(&errors, catalogue);
        let others = finder.others(&errors, &main, catalogue);
        let configured = lowering.options.errors.code.clone().map(|code| BodyPointers {
            code: Some(code),
            message: lowering.options.errors.message.clone(),
            ..BodyPointers::default()
        });
        Self {
            finder,
            catalogue,
            pointers: configured.map_or_else(
                || std::iter::once(main).chain(others).collect(),
                |configured| vec![configured],
            ),
            of_errors,
            of_successes,
        }
    }

    /// Whether the schema of a body is that of an error. A schema that a documented success has is not.
    fn is_error(&mut self, lowering: &Lowering<'_>, response: &ErrorResponse<'d>) -> bool {
        let Some(schema) = response.schema() else {
            return false;
        };
        !self.of_successes.contains(lowering, schema)
            && (self.of_errors.contains(lowering, schema)
                || is_called_error(lowering.reader, schema)
                || self.has_code(response)
                || self.finder.has_code_of(schema, self.catalogue)
                || self.has_members_of_error(schema))
    }

    /// Whether the body has its code and its message where other errors have them.
    fn has_code(&mut self, response: &ErrorResponse<'d>) -> bool {
        let finder = &mut self.finder;
        self.pointers.iter().any(|pointers| {
            let Some(code) = &pointers.code else {
                return false;
            };
            finder.has(response, code)
                && match &pointers.message {
                    Some(message) => finder.has(response, message),
                    None => score_of(code).code >= STRONG_CODE,
                }
        })
    }

    /// Whether the body has a property with a name such as `errorCode`, or properties side by side whose names are those
    /// of a code and of a message.
    fn has_members_of_error(&mut self, schema: SchemaId) -> bool {
        let leaves = self.finder.leaves(schema);
        if leaves
            .iter()
            .any(|(pointer, _)| score_of(pointer).code >= CERTAIN_CODE)
        {
            return true;
        }
        let parents = |is_strong: fn(&str) -> bool| {
            let strong = leaves.iter().filter(move |(pointer, _)| is_strong(pointer));
            strong.filter_map(|(pointer, _)| pointer.rsplit_once('/').map(|(parent, _)| parent))
        };
        let with_message: Vec<&str> =
            parents(|pointer| score_of(pointer).message >= STRONG_MESSAGE).collect();
        let mut with_code = parents(|pointer| score_of(pointer).code >= STRONG_CODE);
        with_code.any(|parent| with_message.contains(&parent))
    }
}

/// Schemas of bodies: definitions, and shapes of objects.
#[derive(Default)]
struct Schemas {
    definitions: HashSet<SchemaId>,
    shapes: HashSet<ShapeId>,
}

impl Schemas {
    fn insert(&mut self, lowering: &Lowering<'_>, schema: SchemaId) {
        self.definitions.insert(lowering.reader.follow(schema));
        self.shapes.extend(shape(lowering, schema));
    }

    fn contains(&self, lowering: &Lowering<'_>, schema: SchemaId) -> bool {
        self.definitions.contains(&lowering.reader.follow(schema))
            || shape(lowering, schema).is_some_and(|shape| self.shapes.contains(&shape))
    }
}

/// The shape of an object with properties. Any other shape is too common to show anything.
fn shape(lowering: &Lowering<'_>, schema: SchemaId) -> Option<ShapeId> {
    let has_properties = !lowering.reader.properties(schema).is_empty();
    has_properties.then(|| lowering.types.shape_of(schema))
}

/// Whether the schema is a component whose name says that it is an error: `Error`, `ApiErrors`, `ErrorResponse`.
fn is_called_error(reader: Reader<'_>, schema: SchemaId) -> bool {
    let place = &reader.schema(reader.follow(schema)).pointer;
    let Some(name) = component_name(place) else {
        return false;
    };
    let words = names::words(&name);
    let mut words = words.iter().rev().map(String::as_str);
    let last = words.find(|word| {
        !matches!(
            *word,
            "response" | "model" | "body" | "schema" | "dto" | "object" | "message" | "detail" | "details"
        )
    });
    matches!(last, Some("error" | "errors"))
}

/// The name of the component at a pointer.
fn component_name(pointer: &Pointer) -> Option<String> {
    let segments: Vec<String> = pointer.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// The error cases of each `default` that is also the success: its body is read in the same way.
pub(super) fn cases(
    lowering: &mut Lowering<'_>,
    outcomes: &[Outcomes<'_>],
    exchanges: &[Exchange],
) -> Vec<Vec<ErrorCase>> {
    let cases: Vec<Vec<ErrorCase>> = outcomes
        .iter()
        .zip(exchanges)
        .map(|(outcomes, exchange)| cases_of_one(outcomes, exchange))
        .collect();
    // A server that implements the API sends them.
    let payloads = cases.iter().flatten().map(|case| &case.payload);
    for ty in payloads.filter_map(|payload| payload.kind.ty()) {
        lowering.types.mark_as_sent(ty);
    }
    cases
}

fn cases_of_one(outcomes: &Outcomes<'_>, exchange: &Exchange) -> Vec<ErrorCase> {
    let Some(default) = &outcomes.lone_default else {
        return Vec::new();
    };
    let docs = response_docs(default.response);
    let responses = exchange.success.responses().iter();
    let mut cases: Vec<ErrorCase> = responses
        .filter(|response| response.status == Status::Default)
        .map(|response| status_case(Status::Default, whole(&response.payload), docs.clone()))
        .collect();
    for alternative in &exchange.alternatives {
        if alternative.statuses.contains(&Status::Default) {
            let media_type = alternative.payload.media_type.as_deref();
            let word = content_word(media_type.unwrap_or_default());
            cases.push(ErrorCase {
                variant: names::variant_name(&format!("{} {word}", statuses::variant(Status::Default))),
                by_media_type: true,
                ..status_case(Status::Default, alternative.payload.clone(), docs.clone())
            });
        }
    }
    cases
}

/// The payload, read to its end: an error is no stream of events.
fn whole(payload: &Payload) -> Payload {
    match payload.kind {
        PayloadKind::Events(..) => Payload {
            kind: PayloadKind::Text,
            ..payload.clone()
        },
        _ => payload.clone(),
    }
}
