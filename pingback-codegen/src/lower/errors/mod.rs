//! Lowers error responses and the catalogue: for each operation the cases of its error enum, and the list of all codes.

mod body_types;
mod case_names;
mod cases;
mod catalogue_body;
mod code_names;
mod code_text;
mod codes;
mod evidence;
mod message;
mod pointers;
mod status_specific;

use super::endpoints::Endpoint;
use super::response::contents::{Content, content, other_contents};
use super::response::{is_bodiless, outcomes};
use super::{DocumentedError, Lowering, Mention};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Code, ErrorCase, Errors, IntKind, OtherPointers, Status, TypeDef};
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use body_types::BodyTypes;
use cases::{CaseList, DocumentedResponse};
use codes::{CodeCollector, NamedCodes};
use evidence::ErrorResponse;
use pointers::{BodyPointers, PointerFinder};
use serde_json::Value;
use status_specific::Branch;

/// The errors of a document's operations.
pub(super) struct OperationErrors {
    pub(super) errors: Errors,
    /// The cases of each operation, most specific first.
    pub(super) of_endpoint: Vec<Vec<ErrorCase>>,
    /// The documented errors, for the audit.
    pub(super) documented: Vec<DocumentedError>,
    /// The names of codes and cases for the lock file.
    pub(super) locked_names: LockedNames,
}

/// The errors of an API without a document.
pub(super) struct CatalogueErrors {
    pub(super) errors: Errors,
    /// The types of the error body.
    pub(super) types: Vec<TypeDef>,
    /// The names of codes for the lock file.
    pub(super) locked_names: LockedNames,
}

/// Lowers the errors of all operations.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    catalogue: &Catalogue,
) -> OperationErrors {
    let responses = error_responses(lowering, endpoints);
    let other_contents: Vec<Vec<Content<'_>>> = responses
        .iter()
        .map(|response| other_error_contents(lowering, response))
        .collect();
    let Layouts {
        main,
        others,
        of_response,
    } = layouts(lowering, &responses, catalogue);
    let alternatives = responses
        .iter()
        .zip(&of_response)
        .map(|(response, pointers)| evidence::alternatives(lowering.reader, response, pointers, catalogue))
        .collect();
    let branches = status_specific::classify(&responses, alternatives);

    let codes = collect_codes(endpoints, &responses, &branches);
    let codes = codes.finish(catalogue, lowering.locked_names);
    let mut bodies = BodyTypes::new(lowering, &branches);
    let case_list = CaseList::new(&codes.list);
    let mut cases: Vec<Vec<ErrorCase>> = Vec::with_capacity(endpoints.len());
    let mut of_operation: Vec<Vec<usize>> = vec![Vec::new(); endpoints.len()];
    for (at, response) in responses.iter().enumerate() {
        of_operation[response.operation].push(at);
    }
    for (endpoint, own) in endpoints.iter().zip(&of_operation) {
        let mut own_cases = Vec::new();
        for &at in own {
            let code_pointer = of_response[at].code.as_ref();
            let error = DocumentedResponse {
                endpoint,
                response: &responses[at],
                branches: &branches[at],
                code_pointer: code_pointer.filter(|own| Some(*own) != main.code.as_ref()),
            };
            own_cases.extend(case_list.of_response(lowering, &error, &mut bodies));
        }
        for &at in own {
            for content in &other_contents[at] {
                let response = &responses[at];
                own_cases.push(cases::of_content(
                    lowering,
                    endpoint,
                    response,
                    content,
                    &mut bodies,
                ));
            }
        }
        cases.push(own_cases);
    }
    let body = bodies.common_type(lowering);
    if let (Some(_), Some(body)) = (&main.code, &body) {
        case_list.add_everywhere(lowering, endpoints, catalogue, body, &mut cases);
    }
    let named = case_names::assign(endpoints, cases, lowering.locked_names);
    let mut locked_names = codes.locked_names;
    let codes = codes.list;
    locked_names.add_missing(&named.locked_names);
    OperationErrors {
        of_endpoint: named.of_endpoint,
        documented: documented_errors(lowering, endpoints, &responses, &branches),
        errors: Errors {
            other_pointers: other_pointers(&main, &others),
            code_pointer: main.code,
            message_pointer: main.message,
            request_id_pointer: main.request_id,
            body,
            number: number(&codes),
            message_codes: codes::message_codes(&codes),
            codes,
            ..Errors::default()
        },
        locked_names,
    }
}

/// Lowers the errors of an API of which only the catalogue is known.
pub(super) fn lower_catalogue(
    name: &str,
    catalogue: &Catalogue,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> CatalogueErrors {
    let pointers = pointers::of_catalogue(catalogue);
    let pointers = configured_pointers(options, pointers, diagnostics);
    let NamedCodes {
        list: codes,
        locked_names,
    } = CodeCollector::default().finish(catalogue, options.lock.of(name));
    let number = number(&codes);
    let mut payloads = catalogue.entries.values().flat_map(|entry| &entry.payloads);
    let is_shown_as_text = payloads.any(|payload| {
        let code = pointers.code.as_ref();
        let value = code.and_then(|pointer| payload.value.pointer(pointer));
        value.is_some_and(Value::is_string)
    });
    let sent_as_number = number.is_some() && !is_shown_as_text;
    let (types, body, body_source) = match catalogue_body::infer(catalogue, &pointers, sent_as_number) {
        Some(body) => (body.types, Some(body.ty), Some(body.source)),
        None => (Vec::new(), None, None),
    };
    CatalogueErrors {
        types,
        locked_names,
        errors: Errors {
            code_pointer: pointers.code,
            message_pointer: pointers.message,
            request_id_pointer: pointers.request_id,
            body,
            body_source,
            number,
            sent_as_number,
            message_codes: codes::message_codes(&codes),
            codes,
            ..Errors::default()
        },
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

/// The further media types of an error whose body differs from that of the chosen one. Each becomes a case, which the
/// media type of the response selects. The others are reported as not decoded.
fn other_error_contents<'d>(lowering: &mut Lowering<'_>, response: &ErrorResponse<'d>) -> Vec<Content<'d>> {
    let (documented, Some(chosen)) = (&response.documented, &response.content) else {
        return Vec::new();
    };
    let others = other_contents(lowering, documented.response, chosen);
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

/// Where error bodies have their codes and messages.
struct Layouts {
    /// The pointers of most bodies.
    main: BodyPointers,
    /// The pointers of bodies that have no code at the main pointer.
    others: Vec<BodyPointers>,
    /// The pointers that apply to each response.
    of_response: Vec<BodyPointers>,
}

fn layouts(lowering: &mut Lowering<'_>, responses: &[ErrorResponse<'_>], catalogue: &Catalogue) -> Layouts {
    let mut finder = PointerFinder::new(lowering.reader);
    let found = finder.main(responses, catalogue);
    let others = match lowering.options.errors.code {
        Some(_) => Vec::new(),
        None => finder.others(responses, &found, catalogue),
    };
    let main = configured_pointers(lowering.options, found, lowering.diagnostics);
    for pointers in &others {
        report_code_pointer(pointers, lowering.diagnostics);
    }
    let of_response = responses
        .iter()
        .map(|response| {
            let mut all = std::iter::once(&main).chain(&others);
            let own = all.find(|pointers| finder.has_code(response, pointers));
            own.unwrap_or(&main).clone()
        })
        .collect();
    Layouts {
        main,
        others,
        of_response,
    }
}

/// Replaces pointers by the configured ones. A code pointer that was inferred is reported.
fn configured_pointers(
    options: &Options,
    inferred: BodyPointers,
    diagnostics: &mut Diagnostics,
) -> BodyPointers {
    let configured = options.errors.clone();
    if configured.code.is_none() {
        report_code_pointer(&inferred, diagnostics);
    }
    BodyPointers {
        code: configured.code.or(inferred.code),
        message: configured.message.or(inferred.message),
        request_id: configured.request_id.or(inferred.request_id),
        ..inferred
    }
}

fn report_code_pointer(pointers: &BodyPointers, diagnostics: &mut Diagnostics) {
    if let Some(code) = &pointers.code {
        let support = pointers.support;
        diagnostics.report(
            rules::CODE_PLACE,
            pointers.span,
            &[code, &support.with_pointer, &support.bodies, &support.with_codes],
        );
    }
}

/// The pointers of `others` that differ from the main ones, each once.
fn other_pointers(main: &BodyPointers, others: &[BodyPointers]) -> OtherPointers {
    let distinct = |pointer: fn(&BodyPointers) -> Option<&String>| {
        let mut distinct: Vec<String> = Vec::new();
        for other in others.iter().filter_map(pointer) {
            if pointer(main) != Some(other) && !distinct.contains(other) {
                distinct.push(other.clone());
            }
        }
        distinct
    };
    OtherPointers {
        codes: distinct(|pointers| pointers.code.as_ref()),
        messages: distinct(|pointers| pointers.message.as_ref()),
        request_ids: distinct(|pointers| pointers.request_id.as_ref()),
    }
}

/// The codes that the document mentions.
fn collect_codes(
    endpoints: &[Endpoint<'_>],
    responses: &[ErrorResponse<'_>],
    branches: &[Vec<Branch>],
) -> CodeCollector {
    let mut codes = CodeCollector::default();
    for (response, branches) in responses.iter().zip(branches) {
        let id = &endpoints[response.operation].names.id;
        for branch in branches {
            for evidence in &branch.body.evidence {
                if branch.status_specific.contains(evidence) {
                    codes.add_documented(evidence, response.documented.status, id);
                } else {
                    codes.add_listed(evidence);
                }
            }
        }
    }
    codes
}

/// The documented errors with their places in the document.
fn documented_errors(
    lowering: &Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    responses: &[ErrorResponse<'_>],
    branches: &[Vec<Branch>],
) -> Vec<DocumentedError> {
    let mentions = |branches: &[Branch]| {
        let mentions = branches.iter().flat_map(|branch| {
            branch.body.evidence.iter().map(|evidence| Mention {
                code: evidence.code.clone(),
                span: evidence.span,
                is_status_specific: branch.status_specific.contains(evidence),
                message: evidence.message.clone().zip(evidence.message_span),
                title: branch.body.title.clone().zip(branch.body.title_span),
            })
        });
        mentions.collect()
    };
    responses
        .iter()
        .zip(branches)
        .map(|(response, branches)| DocumentedError {
            operation: endpoints[response.operation].names.id.clone(),
            pointer: response.documented.pointer.clone(),
            span: lowering.reader.key_span(&response.documented.pointer),
            status: response.documented.status,
            mentions: mentions(branches),
        })
        .collect()
}

/// The integer type that all codes fit into, if all are numbers in plain decimal notation.
fn number(codes: &[Code]) -> Option<IntKind> {
    let fits = |code: &Code| {
        let number = code.code.parse::<u32>();
        number.is_ok_and(|number| number.to_string() == code.code)
    };
    let fits_long = |code: &Code| {
        let number = code.code.parse::<i64>();
        number.is_ok_and(|number| number.to_string() == code.code)
    };
    match codes {
        [] => None,
        codes if codes.iter().all(fits) => Some(IntKind::U32),
        codes if codes.iter().all(fits_long) => Some(IntKind::I64),
        _ => None,
    }
}

/// The order in which cases are matched: most specific first.
fn specificity(status: Status, code: Option<&str>) -> u8 {
    match (status, code) {
        (Status::Exact(_), Some(_)) => 0,
        (Status::Exact(_), None) => 1,
        (Status::Range(_), _) => 2,
        (Status::Default, _) => 3,
    }
}
