//! Error responses and the catalogue in; for each operation the cases of its error enum out, and the list of
//! all codes.

mod body;
mod codes;
mod evidence;
mod message;
mod naming;

use super::endpoints::{Endpoint, was_there};
use super::responses::{
    Content, Format, content, content_word, is_bodiless, other_contents_of, outcomes, response_docs,
};
use super::types::{Direction, NameHint, ShapeId};
use super::{DocumentedError, Lowered, Lowering, Mention, statuses};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{
    Api, Code, Docs, ErrorCase, ErrorCaseOrigin, FurtherPlaces, IntKind, Operation, Payload, PayloadKind,
    Status, Type,
};
use crate::names::assign::{self, Right, Thing};
use crate::names::{self, LockedNames, NameKind, UniqueNames};
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use codes::Codes;
use evidence::{Branch, ErrorResponse, Evidence, Places, Witness};
use serde_json::Value;
use std::collections::HashMap;

/// Fills in the errors of an API and of its operations, which are there but for their errors.
pub(super) fn lower_errors(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    catalogue: &Catalogue,
    api: &mut Api,
    locked_names: &mut LockedNames,
) -> Vec<DocumentedError> {
    let responses = error_responses(lowering, endpoints);
    let others: Vec<Vec<Content<'_>>> = responses
        .iter()
        .map(|response| other_contents(lowering, response))
        .collect();
    let mut witness = Witness::new(lowering.reader);
    let mut places = witness.places(&responses, catalogue);
    let further = match lowering.options.errors.code {
        Some(_) => Vec::new(),
        None => witness.further(&responses, &places, catalogue),
    };
    choose_places(lowering.options, &mut places, lowering.diagnostics);
    for more in &further {
        report_code_place(more, lowering.diagnostics);
    }
    // The places of each response: the first that its body has, failing that, those of most bodies.
    let of_response: Vec<&Places> = responses
        .iter()
        .map(|response| {
            let mut all = std::iter::once(&places).chain(&further);
            all.find(|places| witness.has_code(response, places))
                .unwrap_or(&places)
        })
        .collect();

    let mut branches: Vec<Vec<Branch>> = responses
        .iter()
        .zip(&of_response)
        .map(|(response, places)| witness.branches(response, places, catalogue))
        .collect();
    evidence::tie(&responses, &mut branches);

    let mut codes = Codes::default();
    for (response, branches) in responses.iter().zip(&branches) {
        let id = &endpoints[response.operation].id;
        for branch in branches {
            for evidence in &branch.evidence {
                if branch.tied.contains(evidence) {
                    codes.document(evidence, response.documented.status, id);
                } else {
                    codes.mention(evidence);
                }
            }
        }
    }
    api.errors.codes = codes.finish(catalogue, lowering.locked_names);
    keep_codes(&api.errors.codes, locked_names);
    api.errors.number = number(&api.errors.codes);
    api.errors.message_codes = codes::message_codes(&api.errors.codes);

    let variants = variants(&api.errors.codes);
    let mut bodies = Bodies::new(lowering, &branches);
    let mut of_operation: Vec<Vec<usize>> = vec![Vec::new(); endpoints.len()];
    for (at, response) in responses.iter().enumerate() {
        of_operation[response.operation].push(at);
    }
    let mut cases: Vec<Vec<ErrorCase>> = Vec::with_capacity(endpoints.len());
    for (endpoint, of_this) in endpoints.iter().zip(&of_operation) {
        let mut enumeration = Cases {
            variants: &variants,
            code_pointer: None,
            list: Vec::new(),
        };
        for &at in of_this {
            let own = of_response[at]
                .code
                .clone()
                .filter(|own| Some(own) != places.code.as_ref());
            enumeration.code_pointer = own;
            enumeration.document(lowering, endpoint, &responses[at], &branches[at], &mut bodies);
        }
        for &at in of_this {
            for content in &others[at] {
                enumeration.other(lowering, endpoint, &responses[at], content, &mut bodies);
            }
        }
        cases.push(enumeration.list);
    }
    api.errors.body = bodies.common_type(lowering);
    for (operation, cases) in api.operations.iter_mut().zip(cases) {
        operation.errors = cases;
    }
    if places.code.is_some() {
        everywhere(lowering.options, catalogue, api, lowering.diagnostics);
    }
    name_cases(&mut api.operations, lowering.locked_names, locked_names);
    for operation in &mut api.operations {
        operation
            .errors
            .sort_by_key(|case| specificity(case.status, case.code.as_deref()));
    }
    let others = |of: fn(&Places) -> Option<&String>| {
        let mut others: Vec<String> = Vec::new();
        for place in further.iter().filter_map(of) {
            if of(&places) != Some(place) && !others.contains(place) {
                others.push(place.clone());
            }
        }
        others
    };
    api.errors.further = FurtherPlaces {
        codes: others(|places| places.code.as_ref()),
        messages: others(|places| places.message.as_ref()),
        request_ids: others(|places| places.request_id.as_ref()),
    };
    api.errors.code_pointer = places.code;
    api.errors.message_pointer = places.message;
    api.errors.request_id_pointer = places.request_id;
    documented(lowering, endpoints, &responses, &branches)
}

/// Has the names of codes kept.
fn keep_codes(codes: &[Code], locked_names: &mut LockedNames) {
    for code in codes {
        locked_names.insert(NameKind::Codes, &code.code, &code.variant);
    }
}

/// What the document says, with the places that say so.
fn documented(
    lowering: &Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    responses: &[ErrorResponse<'_>],
    branches: &[Vec<Branch>],
) -> Vec<DocumentedError> {
    let mentions = |branches: &[Branch]| {
        let mentions = branches.iter().flat_map(|branch| {
            branch.evidence.iter().map(|evidence| Mention {
                code: evidence.code.clone(),
                span: evidence.span,
                is_tied: branch.tied.contains(evidence),
                message: evidence.message.clone().zip(evidence.message_span),
                title: branch.title.clone().zip(branch.title_span),
            })
        });
        mentions.collect()
    };
    responses
        .iter()
        .zip(branches)
        .map(|(response, branches)| DocumentedError {
            operation: endpoints[response.operation].id.clone(),
            pointer: response.documented.pointer.clone(),
            span: lowering.reader.key_span(&response.documented.pointer),
            status: response.documented.status,
            mentions: mentions(branches),
        })
        .collect()
}

/// Fills in the errors of an API of which only the catalogue is known.
pub(super) fn lower_catalogue(
    catalogue: &Catalogue,
    options: &Options,
    lowered: &mut Lowered,
    diagnostics: &mut Diagnostics,
) {
    let Lowered {
        api, locked_names, ..
    } = lowered;
    let mut places = evidence::catalogue_places(catalogue);
    choose_places(options, &mut places, diagnostics);
    api.errors.codes = Codes::default().finish(catalogue, options.lock.of(&api.name));
    keep_codes(&api.errors.codes, locked_names);
    api.errors.message_codes = codes::message_codes(&api.errors.codes);
    api.errors.number = number(&api.errors.codes);
    let shown_as_text = catalogue
        .entries
        .values()
        .flat_map(|entry| &entry.payloads)
        .any(|payload| {
            let place = places
                .code
                .as_ref()
                .and_then(|pointer| payload.value.pointer(pointer));
            place.is_some_and(Value::is_string)
        });
    api.errors.sent_as_number = api.errors.number.is_some() && !shown_as_text;
    if let Some(body) = body::body(catalogue, &places, api.errors.sent_as_number) {
        api.types = body.types;
        api.errors.body = Some(body.ty);
        api.errors.recipe = Some(body.recipe);
    }
    api.errors.code_pointer = places.code;
    api.errors.message_pointer = places.message;
    api.errors.request_id_pointer = places.request_id;
}

/// The type that all codes fit into as numbers, written as they are.
fn number(codes: &[Code]) -> Option<IntKind> {
    let fits = |code: &Code| {
        code.code
            .parse::<u32>()
            .is_ok_and(|number| number.to_string() == code.code)
    };
    let fits_long = |code: &Code| {
        code.code
            .parse::<i64>()
            .is_ok_and(|number| number.to_string() == code.code)
    };
    match codes {
        [] => None,
        codes if codes.iter().all(fits) => Some(IntKind::U32),
        codes if codes.iter().all(fits_long) => Some(IntKind::I64),
        _ => None,
    }
}

/// The options have the last word on places; a code place that was guessed is reported.
fn choose_places(options: &Options, places: &mut Places, diagnostics: &mut Diagnostics) {
    let chosen = &options.errors;
    if let Some(code) = &chosen.code {
        places.code = Some(code.clone());
    } else {
        report_code_place(places, diagnostics);
    }
    if chosen.message.is_some() {
        places.message.clone_from(&chosen.message);
    }
    if chosen.request_id.is_some() {
        places.request_id.clone_from(&chosen.request_id);
    }
}

fn report_code_place(places: &Places, diagnostics: &mut Diagnostics) {
    if let Some(code) = &places.code {
        let (seen, with_codes, bodies) = places.witnesses;
        diagnostics.report(
            rules::CODE_PLACE,
            places.span,
            &[code, &seen, &bodies, &with_codes],
        );
    }
}

/// All error responses, operation by operation.
fn error_responses<'d>(lowering: &Lowering<'d>, endpoints: &[Endpoint<'d>]) -> Vec<ErrorResponse<'d>> {
    let mut responses = Vec::new();
    for (operation, endpoint) in endpoints.iter().enumerate() {
        for documented in outcomes(lowering, endpoint).errors {
            let content = content(lowering, &documented.response.content)
                .filter(|_| !is_bodiless(endpoint, documented.status));
            responses.push(ErrorResponse {
                operation,
                documented,
                content,
            });
        }
    }
    responses
}

/// The media types of an error that have bodies of their own: each is a case, which the media type of the answer
/// chooses. What is said of the rest is that it is not read.
fn other_contents<'d>(lowering: &mut Lowering<'_>, response: &ErrorResponse<'d>) -> Vec<Content<'d>> {
    let (documented, Some(chosen)) = (&response.documented, &response.content) else {
        return Vec::new();
    };
    let others = other_contents_of(lowering, documented.response, chosen);
    if !others.unread.is_empty() {
        let span = lowering.reader.key_span(&documented.pointer.child("content"));
        lowering.diagnostics.report(
            rules::ERROR_MEDIA_TYPES,
            span,
            &[&chosen.media_type, &others.unread.join("`, `")],
        );
    }
    others.read
}

/// Most specific first: the order in which a case is looked for.
fn specificity(status: Status, code: Option<&str>) -> u8 {
    match (status, code) {
        (Status::Exact(_), Some(_)) => 0,
        (Status::Exact(_), None) => 1,
        (Status::Range(_), _) => 2,
        (Status::Default, _) => 3,
    }
}

/// The types of error bodies, and which shape most of them have.
struct Bodies {
    common: Option<ShapeId>,
    /// A schema of that shape.
    witness: Option<SchemaId>,
    /// The first other shape of each operation.
    first: HashMap<Pointer, ShapeId>,
}

impl Bodies {
    /// The shape of most bodies that can hold a code; where no code is known of, of most bodies.
    fn new(lowering: &mut Lowering<'_>, branches: &[Vec<Branch>]) -> Self {
        let with_codes = branches
            .iter()
            .flatten()
            .any(|branch| !branch.evidence.is_empty());
        let mut counts: HashMap<ShapeId, (usize, usize, SchemaId)> = HashMap::new();
        let mut all = 0;
        for branch in branches.iter().flatten() {
            if with_codes && branch.evidence.is_empty() {
                continue;
            }
            all += 1;
            let shape = lowering.types.shape_of(branch.schema);
            counts.entry(shape).or_insert((0, all, branch.schema)).0 += 1;
        }
        // The most frequent, of several the one that comes first.
        let most = counts
            .into_iter()
            .max_by_key(|(_, (count, first, _))| (*count, std::cmp::Reverse(*first)))
            .filter(|(_, (count, ..))| count * 2 > all);
        Self {
            common: most.map(|(shape, _)| shape),
            witness: most.map(|(_, (_, _, schema))| schema),
            first: HashMap::new(),
        }
    }

    /// The type of an error body. What is received can be sent as it is too, since an error can also be built.
    /// A second shape within one operation is named by its status as well.
    fn of(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        status: Status,
        schema: SchemaId,
    ) -> Type {
        let shape = lowering.types.shape_of(schema);
        let own = NameHint::new(&endpoint.type_name);
        let hint = if self.common == Some(shape) {
            NameHint::new("ErrorBody")
        } else if *self.first.entry(endpoint.pointer.clone()).or_insert(shape) == shape {
            own.then("ErrorBody")
        } else {
            own.then(&statuses::variant(status)).then("ErrorBody")
        };
        let ty = bare(
            lowering
                .types
                .type_of(schema, Direction::Received, &hint, lowering.diagnostics),
        );
        lowering.types.mark_as_sent(&ty);
        ty
    }

    fn common_type(&self, lowering: &mut Lowering<'_>) -> Option<Type> {
        let schema = self.witness?;
        let hint = NameHint::new("ErrorBody");
        let ty = lowering
            .types
            .type_of(schema, Direction::Received, &hint, lowering.diagnostics);
        let ty = bare(ty);
        lowering.types.mark_as_sent(&ty);
        Some(ty)
    }
}

/// The type without `null`: a schema is often nullable for another use of it, and an error whose body is
/// nothing but `null` tells no more as a value than as bytes.
fn bare(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}

/// The cases of one operation in the making.
struct Cases<'c> {
    variants: &'c Variants,
    /// Where the code stands in the bodies of the response at hand, if not where it stands in most.
    code_pointer: Option<String>,
    list: Vec<ErrorCase>,
}

impl Cases<'_> {
    /// Adds the cases of one response: one for each code that is tied to its status, and one for the status
    /// itself if that doesn't take care of everything.
    fn document(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        response: &ErrorResponse<'_>,
        branches: &[Branch],
        bodies: &mut Bodies,
    ) {
        let status = response.documented.status;
        let media_type = response.content.map(|content| content.media_type.to_owned());
        let docs = response_docs(response.documented.response);
        let Some(whole) = response.schema() else {
            let kind = match response.content.map(|content| content.format) {
                None => PayloadKind::Empty,
                Some(Format::Json) => PayloadKind::Json(Type::Json),
                Some(Format::Text) => PayloadKind::Text,
                Some(Format::Bytes) => PayloadKind::Bytes,
            };
            self.add(status, None, Payload { kind, media_type }, None, docs);
            return;
        };
        let same_shape = {
            let mut shapes = branches
                .iter()
                .map(|branch| lowering.types.shape_of(branch.schema));
            let first = shapes.next();
            shapes.all(|shape| Some(shape) == first)
        };
        // A range or `default` has no codes of its own: which status came is only known then.
        let by_code = matches!(status, Status::Exact(_));
        let mut coded: Vec<(&Evidence, Vec<&Branch>)> = Vec::new();
        let mut open: Vec<&Branch> = Vec::new();
        for branch in branches {
            if by_code {
                for evidence in &branch.tied {
                    match coded.iter_mut().find(|(known, _)| known.code == evidence.code) {
                        Some((_, of)) if of.iter().any(|known| known.schema == branch.schema) => {}
                        Some((_, of)) => of.push(branch),
                        None => coded.push((evidence, vec![branch])),
                    }
                }
            }
            if branch.open || !by_code {
                open.push(branch);
            }
        }
        let mut payload = |lowering: &mut Lowering<'_>, of: &[&Branch]| {
            let schema = match of {
                [one] => one.schema,
                [first, ..] if same_shape => first.schema,
                _ => whole,
            };
            let kind = PayloadKind::Json(bodies.of(lowering, endpoint, status, schema));
            Payload {
                kind,
                media_type: media_type.clone(),
            }
        };
        for (evidence, of) in &coded {
            let payload = payload(lowering, of);
            let docs = Docs {
                summary: of.first().and_then(|branch| branch.title.clone()),
                ..docs.clone()
            };
            self.add(
                status,
                Some(&evidence.code),
                payload,
                evidence.message.clone(),
                docs,
            );
        }
        if !open.is_empty() {
            let payload = payload(lowering, &open);
            self.add(status, None, payload, None, docs);
        }
    }

    /// Adds the case of another media type.
    fn other(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        response: &ErrorResponse<'_>,
        content: &Content<'_>,
        bodies: &mut Bodies,
    ) {
        let status = response.documented.status;
        let kind = match (content.format, content.schema) {
            (Format::Json, Some(schema)) => PayloadKind::Json(bodies.of(lowering, endpoint, status, schema)),
            (Format::Json, None) => PayloadKind::Json(Type::Json),
            (Format::Text, _) => PayloadKind::Text,
            (Format::Bytes, _) => PayloadKind::Bytes,
        };
        let word = content_word(content.media_type);
        let wanted = names::variant_name(&format!("{} {word}", statuses::variant(status)));
        self.list.push(ErrorCase {
            variant: wanted,
            status,
            code: None,
            code_pointer: None,
            payload: Payload {
                kind,
                media_type: Some(content.media_type.to_owned()),
            },
            message: None,
            docs: response_docs(response.documented.response),
            by_media_type: true,
            origin: ErrorCaseOrigin::Document,
        });
    }

    /// Adds a case under the name that it would have by itself.
    fn add(
        &mut self,
        status: Status,
        code: Option<&str>,
        payload: Payload,
        message: Option<String>,
        docs: Docs,
    ) {
        let variant = match code {
            Some(code) => variant_of(self.variants, code),
            None => statuses::variant(status),
        };
        let origin = ErrorCaseOrigin::Document;
        self.list.push(ErrorCase {
            variant,
            status,
            code: code.map(str::to_owned),
            code_pointer: code.and(self.code_pointer.clone()),
            payload,
            message,
            docs,
            by_media_type: false,
            origin,
        });
    }
}

fn variants(codes: &[Code]) -> Variants {
    codes
        .iter()
        .map(|code| (code.code.clone(), code.variant.clone()))
        .collect()
}

/// The variants of all codes.
type Variants = HashMap<String, String>;

fn variant_of(variants: &Variants, code: &str) -> String {
    variants
        .get(code)
        .cloned()
        .unwrap_or_else(|| naming::variant(code, None))
}

/// Adds to each operation the codes of the catalogue that hold everywhere: those the options name, or else
/// those whose status has nothing to do with what an operation is for.
fn everywhere(options: &Options, catalogue: &Catalogue, api: &mut Api, diagnostics: &mut Diagnostics) {
    let Some(body) = api.errors.body.clone() else {
        return;
    };
    if let Some(chosen) = &options.errors.everywhere {
        for code in chosen
            .iter()
            .filter(|code| !catalogue.entries.contains_key(*code))
        {
            diagnostics.report(rules::UNKNOWN_EVERYWHERE_CODE, None, &[code]);
        }
    }
    let variants = variants(&api.errors.codes);
    for operation in &mut api.operations {
        // The answer to a HEAD request never has a body, and so never a code.
        if operation.method == "HEAD" {
            continue;
        }
        for entry in catalogue.entries.values() {
            let code = &entry.code.value;
            for status in &entry.statuses {
                let holds = match &options.errors.everywhere {
                    Some(chosen) => chosen.contains(code),
                    None => matches!(status.value, 401 | 403 | 429 | 500..=599),
                };
                let status = Status::Exact(status.value);
                if holds && !is_documented(operation, status, code) {
                    let case = ErrorCase {
                        by_media_type: false,
                        variant: variant_of(&variants, code),
                        status,
                        code: Some(code.clone()),
                        code_pointer: None,
                        payload: Payload {
                            kind: PayloadKind::Json(body.clone()),
                            media_type: Some("application/json".to_owned()),
                        },
                        message: entry.messages.first().map(|message| message.value.clone()),
                        docs: Docs {
                            summary: entry.title.as_ref().map(|title| title.value.clone()),
                            ..Docs::default()
                        },
                        origin: ErrorCaseOrigin::Catalogue,
                    };
                    operation.errors.push(case);
                }
            }
        }
    }
}

/// Whether the operation's own responses take care of a code: by itself, or since everything of its status
/// goes to one case.
fn is_documented(operation: &Operation, status: Status, code: &str) -> bool {
    operation.errors.iter().any(|case| {
        case.status == status
            && !case.by_media_type
            && case.code.as_deref().is_none_or(|documented| documented == code)
    })
}

/// Names the cases of all operations: a name that is taken gets its status at the end.
fn name_cases(operations: &mut [Operation], old: &LockedNames, new: &mut LockedNames) {
    let mut scopes = Vec::with_capacity(operations.len());
    for operation in operations {
        let things = operation.errors.iter_mut().map(|case| {
            let status = statuses::suffix(case.status);
            let wanted = case.variant.clone();
            Thing {
                key: match &case.code {
                    Some(code) => format!("{status} {code}"),
                    // Of several for one status the media type tells which.
                    None if case.by_media_type => {
                        let media_type = case.payload.media_type.as_deref();
                        format!("{status} {}", media_type.unwrap_or_default())
                    }
                    None => status.clone(),
                },
                otherwise: format!("{wanted}{status}"),
                wanted,
                right: if case.code.is_some() {
                    Right::First
                } else {
                    Right::Plain
                },
                name: &mut case.variant,
            }
        });
        scopes.push(assign::Scope {
            called: vec![operation.method_name.clone()],
            is_old: was_there(old, &operation.place.pointer),
            taken: UniqueNames::default(),
            things: things.collect(),
        });
    }
    assign::settle(NameKind::Errors, scopes, old, new);
}
