//! Infers where error bodies have the code, the message and the request id: from names of properties, from enums and
//! examples, and from the catalogue.

use super::code_text::code_text;
use super::evidence::{ErrorResponse, media_examples};
use crate::lower::reader::Reader;
use crate::lower::response::contents::Format;
use crate::read::catalogue::Catalogue;
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
use crate::source::Span;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How deep inside a body a code is searched.
const DEPTH: usize = 4;

/// How many schemas are searched for one body.
const VISITS: usize = 2_000;

/// How many shapes of error bodies are considered in addition to the most frequent one.
const SHAPES: usize = 4;

/// Where an error body has its code, message and request id: JSON pointers.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyPointers {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) support: Support,
    /// Where the document first mentions the code's pointer.
    pub(super) span: Option<Span>,
}

/// Why a code pointer was chosen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Support {
    /// How many error bodies have the pointer.
    pub(super) with_pointer: usize,
    /// How many of these have values there that look like codes.
    pub(super) with_codes: usize,
    /// How many error bodies there are.
    pub(super) bodies: usize,
}

/// Searches the error bodies of a document.
pub(super) struct PointerFinder<'d> {
    reader: Reader<'d>,
    leaves: HashMap<SchemaId, Rc<Vec<(String, SchemaId)>>>,
}

/// A pointer that may be that of the code, the message or the request id.
#[derive(Debug, Default)]
struct Candidate {
    /// How many bodies have it.
    seen: usize,
    /// How many bodies have values there that look like codes.
    with_codes: usize,
    /// Whether the catalogue lists one of the values.
    in_catalogue: bool,
    /// Whether the value is text in at least one body.
    text: bool,
    /// Whether the value has several words in at least one body.
    prose: bool,
    /// Where the document first mentions it.
    span: Option<Span>,
}

/// Infers the pointers from the payloads of the catalogue.
pub(super) fn of_catalogue(catalogue: &Catalogue) -> BodyPointers {
    let mut candidates = IndexMap::new();
    let bodies = payload_candidates(catalogue, &mut candidates);
    let mut pointers = choose(&candidates, bodies);
    let mut payloads = catalogue.entries.values().flat_map(|entry| &entry.payloads);
    pointers.span = pointers
        .span
        .or_else(|| payloads.next().map(|payload| payload.span));
    pointers
}

/// Adds the pointers in the payloads of the catalogue. Returns the number of payloads.
fn payload_candidates(catalogue: &Catalogue, candidates: &mut IndexMap<String, Candidate>) -> usize {
    let mut bodies = 0;
    for entry in catalogue.entries.values() {
        for payload in &entry.payloads {
            bodies += 1;
            json_leaves(&payload.value, &mut |pointer, value| {
                let candidate = candidates.entry(pointer).or_default();
                let is_code = code_text(value, catalogue).as_deref() == Some(&entry.code.value);
                candidate.in_catalogue |= is_code;
                candidate.with_codes += usize::from(is_code);
                candidate.seen += 1;
                candidate.text |= value.is_string();
                candidate.prose |= value.as_str().is_some_and(is_prose);
            });
        }
    }
    bodies
}

/// Calls `found` for each text and number with its pointer. An array is represented by its first element.
fn json_leaves(value: &Value, found: &mut impl FnMut(String, &Value)) {
    let mut open = vec![(value, Pointer::default(), 0)];
    while let Some((value, pointer, depth)) = open.pop() {
        match value {
            Value::Object(members) if depth < DEPTH => {
                for (name, member) in members.iter().rev() {
                    open.push((member, pointer.child(name), depth + 1));
                }
            }
            Value::Array(items) if depth < DEPTH => {
                open.extend(items.first().map(|item| (item, pointer.child(0), depth + 1)));
            }
            Value::String(_) | Value::Number(_) if score_of(&pointer.0) != Scores::default() => {
                found(pointer.0, value);
            }
            _ => {}
        }
    }
}

fn is_prose(text: &str) -> bool {
    text.trim().contains(char::is_whitespace)
}

/// How strongly the name of a property suggests that it is the code, the message or the request id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Scores {
    code: i32,
    message: i32,
    request_id: i32,
}

fn score_of(pointer: &str) -> Scores {
    let name = Pointer(pointer.to_owned())
        .segments()
        .filter(|segment| segment != "0")
        .last();
    let name: String = name
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let code = match name.as_str() {
        "errorcode" | "errcode" | "errorcodename" => 10,
        "code" => 9,
        "errortype" => 6,
        "type" => 5,
        "reason" | "error" | "errorkey" => 4,
        "errorname" | "name" => 3,
        "status" | "key" | "id" => 2,
        _ => 0,
    };
    let message = match name.as_str() {
        "message" | "errormessage" | "errmsg" => 10,
        "msg" | "errordescription" => 9,
        "detail" | "errordetail" => 8,
        "description" | "details" => 6,
        "error" => 5,
        "reason" => 4,
        "title" | "summary" => 3,
        _ => 0,
    };
    let request_id = match name.as_str() {
        "requestid" | "xrequestid" => 10,
        "correlationid" => 8,
        "traceid" | "requestuuid" | "transactionid" => 7,
        _ => 0,
    };
    Scores {
        code,
        message,
        request_id,
    }
}

/// The most likely pointers of the code, the message and the request id.
fn choose(candidates: &IndexMap<String, Candidate>, bodies: usize) -> BodyPointers {
    let bodies = bodies.max(1);
    let share = |candidate: &Candidate| {
        i32::try_from(candidate.seen * 100 / bodies)
            .unwrap_or(100)
            .min(100)
    };
    let depth = |pointer: &str| i32::try_from(pointer.matches('/').count()).unwrap_or(i32::MAX / 100);
    // The first of the best, so that the document's order decides a tie.
    let best = |score: &dyn Fn(&str, &Candidate) -> Option<i32>| {
        candidates
            .iter()
            .filter_map(|(pointer, candidate)| Some((score(pointer, candidate)?, pointer)))
            .fold(None, |best: Option<(i32, &String)>, this| match best {
                Some(best) if best.0 >= this.0 => Some(best),
                _ => Some(this),
            })
            .map(|(_, pointer)| pointer.clone())
    };
    let code = best(&|pointer, candidate| {
        let name = score_of(pointer).code;
        let weak = name < 9;
        // A weak name needs codes in most bodies that have it. A strong name without codes needs most bodies.
        let is_supported = candidate.in_catalogue
            || if weak {
                candidate.with_codes * 2 >= candidate.seen
                    && candidate.with_codes > 0
                    && share(candidate) >= 30
            } else {
                share(candidate) >= if candidate.with_codes > 0 { 15 } else { 50 }
            };
        (name > 0 && is_supported).then(|| {
            name * 10
                + share(candidate) / 5
                + if candidate.with_codes > 0 { 50 } else { 0 }
                + if candidate.in_catalogue { 100 } else { 0 }
                - depth(pointer) * 3
        })
    });
    let parent = |pointer: &str| pointer.rsplit_once('/').map(|(parent, _)| parent.to_owned());
    let beside = code.as_deref().and_then(parent);
    let message = best(&|pointer, candidate| {
        let name = score_of(pointer).message;
        let usable = candidate.text && Some(pointer) != code.as_deref() && (name > 4 || candidate.prose);
        (name > 0 && usable && share(candidate) >= 25).then(|| {
            name * 10
                + share(candidate) / 5
                + if candidate.prose { 20 } else { 0 }
                + if beside.is_some() && parent(pointer) == beside {
                    30
                } else {
                    0
                }
                - depth(pointer) * 3
        })
    });
    let request_id = best(&|pointer, candidate| {
        let name = score_of(pointer).request_id;
        (name > 0 && candidate.text).then(|| name * 10 + share(candidate) / 5 - depth(pointer) * 3)
    });
    let chosen = code.as_ref().and_then(|code| candidates.get(code));
    BodyPointers {
        span: chosen.and_then(|candidate| candidate.span),
        support: Support {
            with_pointer: chosen.map_or(0, |candidate| candidate.seen),
            with_codes: chosen.map_or(0, |candidate| candidate.with_codes),
            bodies,
        },
        code,
        message,
        request_id,
    }
}

impl<'d> PointerFinder<'d> {
    pub(super) fn new(reader: Reader<'d>) -> Self {
        Self {
            reader,
            leaves: HashMap::new(),
        }
    }

    /// The pointers of most error bodies, inferred from all error responses and the payloads of the catalogue.
    pub(super) fn main(&mut self, responses: &[ErrorResponse<'d>], catalogue: &Catalogue) -> BodyPointers {
        let (mut candidates, bodies) = self.candidates(responses, catalogue);
        let bodies = bodies + payload_candidates(catalogue, &mut candidates);
        choose(&candidates, bodies)
    }

    /// All pointers that bodies have, and the number of bodies.
    fn candidates(
        &mut self,
        responses: &[ErrorResponse<'d>],
        catalogue: &Catalogue,
    ) -> (IndexMap<String, Candidate>, usize) {
        let mut candidates: IndexMap<String, Candidate> = IndexMap::new();
        let mut bodies = 0;
        for response in responses {
            let Some(content) = response.content.filter(|content| content.format == Format::Json) else {
                continue;
            };
            bodies += 1;
            let mut here: IndexMap<String, Vec<Value>> = IndexMap::new();
            if let Some(schema) = content.schema {
                for (pointer, leaf) in self.leaves(schema).iter() {
                    let values = here.entry(pointer.clone()).or_default();
                    let found = self.values(*leaf);
                    if values.len() < 64 {
                        values.extend(found);
                    }
                    let ty = self.reader.json_type(*leaf);
                    let candidate = candidates.entry(pointer.clone()).or_default();
                    candidate.span = candidate.span.or(Some(self.reader.schema(*leaf).span));
                    candidate.text |= matches!(ty, Some(JsonType::String) | None);
                }
            }
            for (example, _) in media_examples(response) {
                json_leaves(example, &mut |pointer, value| {
                    here.entry(pointer).or_default().push(value.clone());
                });
            }
            for (pointer, values) in here {
                let candidate = candidates.entry(pointer).or_default();
                candidate.seen += 1;
                let codes: Vec<String> = values
                    .iter()
                    .filter_map(|value| code_text(value, catalogue))
                    .collect();
                candidate.with_codes += usize::from(!codes.is_empty());
                candidate.in_catalogue |= codes.iter().any(|code| catalogue.entries.contains_key(code));
                candidate.prose |= values.iter().any(|value| value.as_str().is_some_and(is_prose));
                candidate.text |= values.iter().any(Value::is_string);
            }
        }
        (candidates, bodies)
    }

    /// The pointers in bodies of other shapes: those that have no code at the pointers found so far, or no message if no
    /// body has a code.
    pub(super) fn others(
        &mut self,
        responses: &[ErrorResponse<'d>],
        first: &BodyPointers,
        catalogue: &Catalogue,
    ) -> Vec<BodyPointers> {
        let mut others: Vec<BodyPointers> = Vec::new();
        let mut last = first.clone();
        let mut rest: Vec<ErrorResponse<'d>> = responses.to_vec();
        while others.len() < SHAPES && (last.code.is_some() || last.message.is_some()) {
            rest.retain(|response| response.schema().is_some() && !self.is_of_shape(response, &last));
            let (candidates, bodies) = self.candidates(&rest, catalogue);
            last = choose(&candidates, bodies);
            // Without a known code the pointer is a guess, and so is a weak name or an item of a list in one body only.
            let Support {
                with_pointer,
                with_codes,
                ..
            } = last.support;
            let is_strong = |code: &String| score_of(code).code >= 9;
            last.code = last
                .code
                .filter(|code| with_codes > 0 && (with_pointer > 1 || is_strong(code)));
            if last.code.is_none() && bodies < 2 {
                last.message = last.message.filter(|message| !message.contains("/0/"));
            }
            if last.code.is_some() {
                // Bodies with this code decide which message and request id belong to it.
                let mut alike = rest.clone();
                alike.retain(|response| self.is_of_shape(response, &last));
                let (candidates, bodies) = self.candidates(&alike, catalogue);
                let beside = choose(&candidates, bodies);
                (last.message, last.request_id) = (beside.message, beside.request_id);
            }
            if last.code.is_some() || last.message.is_some() {
                others.push(last.clone());
            }
        }
        others
    }

    /// Whether the body of a response has a value at the code pointer, or at the message pointer if there is no code.
    fn is_of_shape(&mut self, response: &ErrorResponse<'d>, pointers: &BodyPointers) -> bool {
        let place = pointers.code.as_ref().or(pointers.message.as_ref());
        place.is_some_and(|place| self.has(response, place))
    }

    /// Whether the body of a response has a value at the code pointer.
    pub(super) fn has_code(&mut self, response: &ErrorResponse<'d>, pointers: &BodyPointers) -> bool {
        pointers
            .code
            .as_ref()
            .is_some_and(|code| self.has(response, code))
    }

    fn has(&mut self, response: &ErrorResponse<'d>, place: &str) -> bool {
        let described = response
            .schema()
            .is_some_and(|schema| self.leaves(schema).iter().any(|(pointer, _)| pointer == place));
        let shown = || {
            media_examples(response)
                .iter()
                .any(|(example, _)| example.pointer(place).is_some())
        };
        described || shown()
    }

    /// The pointers of scalars in a body, each with its schema.
    fn leaves(&mut self, schema: SchemaId) -> Rc<Vec<(String, SchemaId)>> {
        let schema = self.reader.follow(schema);
        if let Some(known) = self.leaves.get(&schema) {
            return Rc::clone(known);
        }
        let mut found: Vec<(String, SchemaId)> = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![(schema, String::new(), 0)];
        let mut visits = 0;
        while let Some((id, pointer, depth)) = open.pop() {
            visits += 1;
            if visits > VISITS || !seen.insert((id, pointer.clone())) {
                continue;
            }
            for layer in self.reader.with_all_of(id) {
                let schema = self.reader.schema(layer);
                for branch in schema.any_of.iter().chain(&schema.one_of) {
                    open.push((*branch, pointer.clone(), depth));
                }
                if depth >= DEPTH {
                    continue;
                }
                for (name, property) in &schema.properties {
                    let pointer = Pointer(pointer.clone()).child(name).0;
                    if score_of(&pointer) != Scores::default() {
                        found.push((pointer.clone(), *property));
                    }
                    open.push((*property, pointer, depth + 1));
                }
                if let Some(items) = schema.items {
                    open.push((items, format!("{pointer}/0"), depth + 1));
                }
            }
        }
        found.retain(|(_, id)| {
            let ty = self.reader.json_type(*id);
            !matches!(ty, Some(JsonType::Object | JsonType::Array | JsonType::Boolean))
        });
        let found = Rc::new(found);
        self.leaves.insert(schema, Rc::clone(&found));
        found
    }

    /// The values that a schema lists in an `enum` or shows in examples.
    fn values(&self, leaf: SchemaId) -> Vec<Value> {
        let layers = self.reader.with_all_of(leaf);
        let mut schemas = layers.iter().map(|layer| self.reader.schema(*layer));
        if let Some(listed) = schemas.find_map(|schema| schema.enumeration.as_ref()) {
            return listed.iter().map(|literal| literal.value.clone()).collect();
        }
        let examples = layers
            .iter()
            .flat_map(|layer| &self.reader.schema(*layer).examples);
        examples.map(|example| example.value.clone()).collect()
    }
}
