//! Lowers error responses and the catalogue: for each operation the cases of its error enum, and the list of all
//! codes.

use crate::diagnostic::{Diagnostics, rules};
use crate::lower::endpoints::Endpoint;
use crate::lower::response::contents::{Content, content, other_contents_of};
use crate::lower::response::{is_bodiless, outcomes};
use crate::lower::{DocumentedError, Lowered, Lowering, Mention, statuses};
use crate::model::{Api, Code, ErrorCase, FurtherPlaces, IntKind, Operation, Status};
use crate::names::{LockedNames, NameKind, NameRequest, Scope};
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use body_types::Bodies;
use cases::{Cases, everywhere, variants};
use codes::Codes;
use evidence::{Branch, ErrorResponse};
use places::{Places, Witness, catalogue_places};
use serde_json::Value;
use status_specific::tie;

mod body_types;
mod cases;
mod catalogue_body;
mod code_names;
mod code_text;
mod codes;
mod evidence;
mod message;
mod places;
mod status_specific;

/// Fills in the errors of an API and of its operations, which are there but for their errors.
pub(in crate::lower) fn lower_errors(
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
        .map(|(response, places)| evidence::branches(lowering.reader, response, places, catalogue))
        .collect();
    tie(&responses, &mut branches);

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
    api.errors.codes = codes.finish(catalogue, lowering.locked_names, locked_names);
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
pub(in crate::lower) fn lower_catalogue(
    catalogue: &Catalogue,
    options: &Options,
    lowered: &mut Lowered,
    diagnostics: &mut Diagnostics,
) {
    let Lowered {
        api, locked_names, ..
    } = lowered;
    let mut places = catalogue_places(catalogue);
    choose_places(options, &mut places, diagnostics);
    api.errors.codes = Codes::default().finish(catalogue, options.lock.of(&api.name), locked_names);
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
    if let Some(body) = catalogue_body::body(catalogue, &places, api.errors.sent_as_number) {
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

/// Names the cases of all operations. Where a name is taken its status follows it.
fn name_cases(operations: &mut [Operation], locked: &LockedNames, new: &mut LockedNames) {
    for operation in operations {
        let mut scope = Scope::of(NameKind::Errors, &operation.method_name);
        let requests: Vec<NameRequest> = operation.errors.iter().map(case_request).collect();
        let names = scope.assign(&requests, locked);
        new.record(&scope, &requests, &names);
        for (case, name) in operation.errors.iter_mut().zip(names) {
            case.variant = name;
        }
    }
}

fn case_request(case: &ErrorCase) -> NameRequest {
    let status = statuses::suffix(case.status);
    let key = match &case.code {
        Some(code) => format!("{status} {code}"),
        // A status can have a case for each media type.
        None if case.by_media_type => {
            let media_type = case.payload.media_type.as_deref();
            format!("{status} {}", media_type.unwrap_or_default())
        }
        None => status.clone(),
    };
    NameRequest::new(key, &case.variant).or(format!("{}{status}", case.variant))
}
