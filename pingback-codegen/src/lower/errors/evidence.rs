//! What error responses say of codes: where in a body the code, the message and the request id stand, and
//! which codes a response documents. Knows nothing of variants and types.
//!
//! A code can be documented by an `enum` or `const`, or only by examples. An example is a weak witness: in a
//! schema that many responses share it illustrates one of them. So what was found at one place of the document
//! is *tied* to a status only if all responses that it was found for have that status (or if it is a `const`,
//! which leaves no choice). What isn't tied still lists codes of the API, but a response is not told apart by
//! it. Nor does a number that repeats the HTTP status count as a code.

use super::super::reader::Reader;
use super::super::responses::{Content, Documented, Format};
use super::super::statuses::registered;
use crate::model::Status;
use crate::read::catalogue::Catalogue;
use crate::read::schema::{JsonType, SchemaId};
use crate::read::tree::Pointer;
use crate::source::Span;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How deep inside a body a code is looked for, and how many schemas are looked at for it.
const DEPTH: usize = 4;
const VISITS: usize = 2_000;

/// How many shapes of error bodies are looked at beside the most frequent one.
const SHAPES: usize = 4;

/// An error response of one operation.
#[derive(Debug, Clone)]
pub(super) struct ErrorResponse<'d> {
    /// The index of the operation.
    pub(super) operation: usize,
    pub(super) documented: Documented<'d>,
    /// `None` if there is no body.
    pub(super) content: Option<Content<'d>>,
}

impl ErrorResponse<'_> {
    /// The schema of a JSON body.
    pub(super) fn schema(&self) -> Option<SchemaId> {
        self.content
            .filter(|content| content.format == Format::Json)?
            .schema
    }
}

/// A code that a response documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub(super) code: String,
    /// The name the document gives to a value of an enum.
    pub(super) name: Option<String>,
    /// The message beside it.
    pub(super) message: Option<String>,
    /// Where it was found.
    origin: Pointer,
    /// The value itself.
    pub(super) span: Option<Span>,
    /// The message beside it.
    pub(super) message_span: Option<Span>,
    /// It is one of a closed list.
    listed: bool,
    /// That list, or the examples at that place, hold just this.
    alone: bool,
}

/// One alternative of an error body, and the codes it documents.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) schema: SchemaId,
    pub(super) title: Option<String>,
    pub(super) title_span: Option<Span>,
    pub(super) evidence: Vec<Evidence>,
    /// The codes that tell this branch from others at its status.
    pub(super) tied: Vec<Evidence>,
    /// The branch may also come with a code that isn't tied, or with none.
    pub(super) open: bool,
}

/// Where things stand in an error body, and why that is believed.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    /// Of how many error bodies the code place is part, with codes at how many, of how many in all.
    pub(super) witnesses: (usize, usize, usize),
    /// Where the document first mentions the code place.
    pub(super) span: Option<Span>,
}

/// A value that is documented for a place inside a schema.
struct At {
    value: Value,
    span: Span,
    /// The schema that gives it.
    origin: Pointer,
    /// It is one of a closed list.
    listed: bool,
    /// The name it is given there.
    name: Option<String>,
}

/// Looks through error bodies.
pub(super) struct Witness<'d> {
    reader: Reader<'d>,
    leaves: HashMap<SchemaId, Rc<Vec<(String, SchemaId)>>>,
}

/// What is known of one possible place.
#[derive(Debug, Default)]
struct Candidate {
    /// Responses whose body has it, and those with codes there.
    seen: usize,
    with_codes: usize,
    in_catalogue: bool,
    text: bool,
    prose: bool,
    /// Where the document first mentions it.
    span: Option<Span>,
}

impl<'d> Witness<'d> {
    pub(super) fn new(reader: Reader<'d>) -> Self {
        Self {
            reader,
            leaves: HashMap::new(),
        }
    }

    /// Finds the places by the evidence of all error responses and the payloads of the catalogue.
    pub(super) fn places(&mut self, responses: &[ErrorResponse<'d>], catalogue: &Catalogue) -> Places {
        let (mut candidates, bodies) = self.candidates(responses, catalogue);
        let bodies = bodies + payload_candidates(catalogue, &mut candidates);
        choose(&candidates, bodies)
    }

    /// All places that a body has, and the number of bodies.
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
                    let (found, _) = self.values(*leaf);
                    if values.len() < 64 {
                        values.extend(found.into_iter().map(|(value, _)| value));
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

    /// The places in bodies of other shapes: of those that lack the code, or the message where there is no code.
    pub(super) fn further(
        &mut self,
        responses: &[ErrorResponse<'d>],
        first: &Places,
        catalogue: &Catalogue,
    ) -> Vec<Places> {
        let mut further: Vec<Places> = Vec::new();
        let mut last = first.clone();
        let mut rest: Vec<ErrorResponse<'d>> = responses.to_vec();
        while further.len() < SHAPES && (last.code.is_some() || last.message.is_some()) {
            rest.retain(|response| response.schema().is_some() && !self.is_of_shape(response, &last));
            let (candidates, bodies) = self.candidates(&rest, catalogue);
            last = choose(&candidates, bodies);
            // Without a code that somebody names, the place of one is only a guess; so is a weak name that only one
            // body has, or what only one has in a list.
            let (seen, with_codes, _) = last.witnesses;
            let is_strong = |code: &String| score_of(code).code >= 9;
            last.code = last
                .code
                .filter(|code| with_codes > 0 && (seen > 1 || is_strong(code)));
            if last.code.is_none() && bodies < 2 {
                last.message = last.message.filter(|message| !message.contains("/0/"));
            }
            if last.code.is_some() {
                // What stands beside the code is told by the bodies that have it.
                let mut alike = rest.clone();
                alike.retain(|response| self.is_of_shape(response, &last));
                let (candidates, bodies) = self.candidates(&alike, catalogue);
                let beside = choose(&candidates, bodies);
                (last.message, last.request_id) = (beside.message, beside.request_id);
            }
            if last.code.is_some() || last.message.is_some() {
                further.push(last.clone());
            }
        }
        further
    }

    /// Whether the body of a response has a code where these places say, or a message if they say nothing of codes.
    fn is_of_shape(&mut self, response: &ErrorResponse<'d>, places: &Places) -> bool {
        let place = places.code.as_ref().or(places.message.as_ref());
        place.is_some_and(|place| self.has(response, place))
    }

    /// Whether the body of a response has a code where these places say.
    pub(super) fn has_code(&mut self, response: &ErrorResponse<'d>, places: &Places) -> bool {
        places.code.as_ref().is_some_and(|code| self.has(response, code))
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

    /// The places of scalars in a body, each with its schema.
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
            for layer in self.reader.layers(id) {
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

    /// The values that a schema lists or shows, each with the place that says so; and whether they are a
    /// closed list.
    fn values(&self, leaf: SchemaId) -> (Vec<(Value, Pointer)>, bool) {
        let layers = self.reader.layers(leaf);
        for layer in &layers {
            let schema = self.reader.schema(*layer);
            if let Some(listed) = &schema.enumeration {
                let values = listed
                    .iter()
                    .map(|one| (one.value.clone(), schema.pointer.clone()));
                return (values.collect(), true);
            }
        }
        let values = layers.into_iter().flat_map(|layer| {
            let schema = self.reader.schema(layer);
            schema
                .examples
                .iter()
                .map(|one| (one.value.clone(), schema.pointer.clone()))
        });
        (values.collect(), false)
    }

    /// The alternatives of the JSON body of a response, with the codes they document.
    pub(super) fn branches(
        &mut self,
        response: &ErrorResponse<'d>,
        places: &Places,
        catalogue: &Catalogue,
    ) -> Vec<Branch> {
        let Some(schema) = response.schema() else {
            return Vec::new();
        };
        let mut branches: Vec<Branch> = self
            .reader
            .branches(schema)
            .into_iter()
            .map(|id| Branch {
                schema: id,
                title: self.title(id).map(|(title, _)| title),
                title_span: self.title(id).and_then(|(_, span)| span),
                evidence: self.evidence(id, places, catalogue),
                tied: Vec::new(),
                open: false,
            })
            .collect();
        let Some(code) = &places.code else {
            return branches;
        };
        let mut beside: Vec<(usize, Evidence)> = Vec::new();
        let examples = media_examples(response);
        for (example, keys) in &examples {
            let Some(code) = example
                .pointer(code)
                .and_then(|value| code_text(value, catalogue))
            else {
                continue;
            };
            // An example belongs to the branch that knows its code; failing that, to the only one.
            let of = branches
                .iter()
                .position(|branch| branch.evidence.iter().any(|known| known.code == code))
                .or((branches.len() == 1).then_some(0));
            let Some(of) = of else { continue };
            let message = places
                .message
                .as_ref()
                .and_then(|pointer| example.pointer(pointer));
            let pointer = keys
                .iter()
                .fold(response.documented.pointer.clone(), |pointer, key| {
                    pointer.child(key)
                });
            let span_of = |place: Option<&String>| {
                let value = match keys.as_slice() {
                    [.., "examples", _] => pointer.child("value"),
                    _ => pointer.clone(),
                };
                self.reader.span(&Pointer(format!("{}{}", value.0, place?)))
            };
            let span = span_of(places.code.as_ref());
            let message_span = message.and_then(|_| span_of(places.message.as_ref()));
            beside.push((
                of,
                Evidence {
                    code,
                    name: None,
                    message: message.and_then(Value::as_str).map(str::to_owned),
                    span,
                    message_span,
                    origin: self
                        .reader
                        .resolve(&pointer)
                        .map_or(pointer, |(origin, _)| origin),
                    listed: false,
                    alone: examples.len() == 1,
                },
            ));
        }
        // The examples of this very response say more than those of its schema.
        for (of, _) in &beside {
            branches[*of].evidence.retain(|known| known.listed);
        }
        for (of, evidence) in beside {
            branches[of].evidence.push(evidence);
        }
        branches
    }

    /// The title of a schema, and where it stands.
    fn title(&self, id: SchemaId) -> Option<(String, Option<Span>)> {
        self.reader.layers(id).into_iter().find_map(|layer| {
            let schema = self.reader.schema(layer);
            let title = schema.title.clone()?;
            Some((title, self.reader.span(&schema.pointer.child("title"))))
        })
    }

    /// The codes that a schema documents at the place of the code.
    fn evidence(&self, schema: SchemaId, places: &Places, catalogue: &Catalogue) -> Vec<Evidence> {
        let Some(code) = &places.code else {
            return Vec::new();
        };
        let messages: Vec<(String, Span)> = places
            .message
            .as_ref()
            .map(|message| self.at(schema, message))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|found| Some((found.value.as_str()?.to_owned(), found.span)))
            .collect();
        let found = self.at(schema, code);
        let any_listed = found.iter().any(|found| found.listed);
        let mut evidence: Vec<Evidence> = Vec::new();
        for At {
            value,
            span,
            origin,
            listed,
            name,
        } in found
        {
            // Beside a closed list an example says nothing new.
            if any_listed && !listed {
                continue;
            }
            let Some(code) = code_text(&value, catalogue) else {
                continue;
            };
            if evidence
                .iter()
                .any(|known| known.code == code && known.origin == origin)
            {
                continue;
            }
            evidence.push(Evidence {
                code,
                name,
                message: None,
                origin,
                span: Some(span),
                message_span: None,
                listed,
                alone: false,
            });
        }
        let alone = evidence.len() == 1;
        for one in &mut evidence {
            one.alone = alone;
            if let Some((message, span)) = messages.first().filter(|_| alone) {
                one.message = Some(message.clone());
                one.message_span = Some(*span);
            }
        }
        evidence
    }

    /// The values documented at a place inside a schema.
    fn at(&self, schema: SchemaId, pointer: &str) -> Vec<At> {
        let mut found = Vec::new();
        let segments: Vec<String> = Pointer(pointer.to_owned()).segments().collect();
        let mut here = vec![schema];
        for depth in 0..=segments.len() {
            let mut layers: Vec<SchemaId> = Vec::new();
            let mut open = std::mem::take(&mut here);
            while let Some(id) = open.pop() {
                for layer in self.reader.layers(id) {
                    if layers.len() < VISITS && !layers.contains(&layer) {
                        layers.push(layer);
                        let schema = self.reader.schema(layer);
                        open.extend(schema.any_of.iter().chain(&schema.one_of));
                    }
                }
            }
            let rest = segments[depth..]
                .iter()
                .fold(Pointer::default(), |rest, segment| rest.child(segment));
            for layer in layers {
                let schema = self.reader.schema(layer);
                for example in &schema.examples {
                    if let Some(value) = example.value.pointer(&rest.0) {
                        found.push(At {
                            value: value.clone(),
                            span: example.span,
                            origin: schema.pointer.clone(),
                            listed: false,
                            name: None,
                        });
                    }
                }
                let Some(segment) = segments.get(depth) else {
                    for (at, one) in schema.enumeration.iter().flatten().enumerate() {
                        let name = schema
                            .enum_names
                            .get(at)
                            .or_else(|| schema.enum_descriptions.get(at));
                        found.push(At {
                            value: one.value.clone(),
                            span: one.span,
                            origin: schema.pointer.clone(),
                            listed: true,
                            name: name.cloned(),
                        });
                    }
                    continue;
                };
                here.extend(schema.properties.get(segment));
                if segment == "0" {
                    here.extend(schema.items);
                }
            }
        }
        found
    }
}

/// Finds the places by the payloads of the catalogue alone.
pub(super) fn catalogue_places(catalogue: &Catalogue) -> Places {
    let mut candidates = IndexMap::new();
    let bodies = payload_candidates(catalogue, &mut candidates);
    let mut places = choose(&candidates, bodies);
    let mut payloads = catalogue.entries.values().flat_map(|entry| &entry.payloads);
    places.span = places
        .span
        .or_else(|| payloads.next().map(|payload| payload.span));
    places
}

/// Adds what the payloads of the catalogue show; gives their number.
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

/// Decides which evidence is tied to its status; see the module's own words.
pub(super) fn tie(responses: &[ErrorResponse<'_>], branches: &mut [Vec<Branch>]) {
    let mut statuses: HashMap<Pointer, HashSet<Status>> = HashMap::new();
    let mut examples: HashSet<String> = HashSet::new();
    let mut example_statuses: HashSet<Status> = HashSet::new();
    let mut example_responses = 0;
    for (response, branches) in responses.iter().zip(branches.iter()) {
        let mut by_example = false;
        for evidence in branches.iter().flat_map(|branch| &branch.evidence) {
            statuses
                .entry(evidence.origin.clone())
                .or_default()
                .insert(response.documented.status);
            if !evidence.listed {
                by_example = true;
                examples.insert(evidence.code.clone());
                example_statuses.insert(response.documented.status);
            }
        }
        example_responses += usize::from(by_example);
    }
    // One code for everything, copied from response to response, illustrates just as a shared one does.
    let one_for_all = examples.len() == 1 && example_statuses.len() > 1 && example_responses > 2;
    for branch in branches.iter_mut().flatten() {
        let (tied, untied): (Vec<_>, Vec<_>) = branch.evidence.iter().cloned().partition(|evidence| {
            let one_status = statuses.get(&evidence.origin).is_none_or(|all| all.len() == 1);
            (one_status || evidence.listed && evidence.alone) && (evidence.listed || !one_for_all)
        });
        let closed = tied.iter().any(|evidence| evidence.listed);
        branch.open = tied.is_empty() || untied.iter().any(|evidence| evidence.listed) && !closed;
        branch.tied = tied;
    }
}

/// The examples beside the schema, each with the keys that lead to it from the response.
fn media_examples<'d>(response: &ErrorResponse<'d>) -> Vec<(&'d Value, Vec<&'d str>)> {
    let Some(content) = response.content else {
        return Vec::new();
    };
    let keys = ["content", content.media_type];
    let named = content.media.examples.iter().filter_map(|(name, example)| {
        let value = example.as_item()?.value.as_ref()?;
        Some((value, [keys.as_slice(), &["examples", name]].concat()))
    });
    let one = content
        .media
        .example
        .iter()
        .map(|value| (value, [keys.as_slice(), &["example"]].concat()));
    one.chain(named).collect()
}

/// Calls back for each scalar with its place; arrays are represented by their first element.
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

/// The text of a value that can be a code: a word or a whole number that isn't an HTTP status. What the
/// catalogue lists is a code whatever it looks like.
pub(super) fn code_text(value: &Value, catalogue: &Catalogue) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return None,
    };
    if catalogue.entries.contains_key(&text) {
        return Some(text);
    }
    let placeholder = matches!(
        text.to_ascii_lowercase().as_str(),
        "string" | "code" | "error" | "null"
    );
    let echoes_status = text
        .parse::<u16>()
        .is_ok_and(|number| registered(number).is_some() || number < 2);
    (is_code_like(&text) && !placeholder && !echoes_status).then_some(text)
}

/// A word such as machines compare: letters, digits and a few signs between them.
pub(super) fn is_code_like(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.len() <= 80
        && text.chars().all(is_part)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        // An id is no code.
        && !(text.len() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}

fn is_prose(text: &str) -> bool {
    text.trim().contains(char::is_whitespace)
}

/// How much the name of a place speaks for each use of it.
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

/// Of all places the most likely one for each use.
fn choose(candidates: &IndexMap<String, Candidate>, bodies: usize) -> Places {
    let bodies = bodies.max(1);
    let share = |candidate: &Candidate| {
        i32::try_from(candidate.seen * 100 / bodies)
            .unwrap_or(100)
            .min(100)
    };
    let depth = |pointer: &str| i32::try_from(pointer.matches('/').count()).unwrap_or(i32::MAX / 100);
    // The first of the best, so that a tie goes to what the document mentions first.
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
        // A weak name needs codes at most of its places; a strong one without any must be in most bodies. What
        // only few bodies have is some detail of theirs.
        let believed = candidate.in_catalogue
            || if weak {
                candidate.with_codes * 2 >= candidate.seen
                    && candidate.with_codes > 0
                    && share(candidate) >= 30
            } else {
                share(candidate) >= if candidate.with_codes > 0 { 15 } else { 50 }
            };
        (name > 0 && believed).then(|| {
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
    let witness = code.as_ref().and_then(|code| candidates.get(code));
    Places {
        span: witness.and_then(|one| one.span),
        witnesses: witness.map_or((0, 0, bodies), |one| (one.seen, one.with_codes, bodies)),
        code,
        message,
        request_id,
    }
}
