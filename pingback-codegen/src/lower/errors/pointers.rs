//! Infers where error bodies have the code, the message and the request id: from names of properties, from enums and
//! examples, and from the catalogue.

use super::code_text::code_text;
use super::error_response::{ErrorResponse, media_examples};
use super::pointer_choice::{BodyPointers, Candidate, Support, choose};
use super::property_scores::{Scores, score_of};
use crate::lower::reader::Reader;
use crate::lower::response::contents::Format;
use crate::read::catalogue::Catalogue;
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
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

/// Searches the error bodies of a document.
pub(super) struct PointerFinder<'d> {
    reader: Reader<'d>,
    leaves: HashMap<SchemaId, Rc<Vec<(String, SchemaId)>>>,
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

    /// Whether the body of a response has a value at a pointer.
    pub(super) fn has(&mut self, response: &ErrorResponse<'d>, place: &str) -> bool {
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

    /// Whether a body lists or shows a code of the catalogue.
    pub(super) fn has_code_of(&mut self, schema: SchemaId, catalogue: &Catalogue) -> bool {
        let leaves = self.leaves(schema);
        let mut values = leaves
            .iter()
            .filter(|(pointer, _)| score_of(pointer).code > 0)
            .flat_map(|(_, leaf)| self.values(*leaf));
        values.any(|value| {
            let code = code_text(&value, catalogue);
            code.is_some_and(|code| catalogue.entries.contains_key(&code))
        })
    }

    /// The pointers of scalars in a body, each with its schema.
    pub(super) fn leaves(&mut self, schema: SchemaId) -> Rc<Vec<(String, SchemaId)>> {
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
