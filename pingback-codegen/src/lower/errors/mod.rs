//! Lowers error responses and the catalogue: for each operation the cases of its error enum, and the list of all codes.

mod body_types;
mod case_names;
mod cases;
mod catalogue_body;
mod catalogue_only;
mod code_names;
mod code_text;
mod codes;
mod documented;
mod error_response;
mod everywhere;
mod evidence;
mod layouts;
mod lone_default;
mod message;
mod pointer_choice;
mod pointers;
mod property_scores;
mod status_specific;

pub use documented::{DocumentedError, Mention};

pub(super) use catalogue_only::{CatalogueErrors, lower_catalogue};
pub(super) use lone_default::classify_lone_defaults;

use super::Lowering;
use super::endpoints::Endpoint;
use super::exchange::Exchange;
use super::response::outcomes::Outcomes;
use crate::model::{ErrorCase, Errors};
use crate::names::LockedNames;
use crate::read::catalogue::Catalogue;
use body_types::BodyTypes;
use cases::CaseList;
use documented::documented_errors;
use error_response::error_responses;
use layouts::layouts;

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

/// Lowers the errors of all operations.
pub(super) fn lower<'d>(
    lowering: &mut Lowering<'d>,
    endpoints: &[Endpoint<'d>],
    outcomes: &[Outcomes<'d>],
    exchanges: &[Exchange],
    catalogue: &Catalogue,
) -> OperationErrors {
    let responses = error_responses(lowering, endpoints, outcomes);
    let layouts = layouts(lowering, &responses, catalogue);
    let alternatives = responses
        .iter()
        .zip(&layouts.of_response)
        .map(|(response, pointers)| evidence::alternatives(lowering.reader, response, pointers, catalogue))
        .collect();
    let branches = status_specific::classify(&responses, alternatives);

    let codes = codes::collect(endpoints, &responses, &branches);
    let codes = codes.finish(catalogue, lowering.locked_names);
    let mut bodies = BodyTypes::new(lowering, &branches);
    let case_list = CaseList::new(&codes.list);
    let documented = cases::documented_responses(endpoints, &responses, &branches, &layouts);
    let mut cases: Vec<Vec<ErrorCase>> = documented
        .iter()
        .map(|responses| case_list.of_operation(lowering, responses, &mut bodies))
        .collect();
    let of_defaults = lone_default::cases(lowering, outcomes, exchanges);
    for (cases, of_default) in cases.iter_mut().zip(of_defaults) {
        cases.extend(of_default);
    }
    let body = bodies.common_type(lowering);
    if let (Some(_), Some(body)) = (&layouts.main.code, &body) {
        let everywhere = everywhere::codes(lowering, catalogue);
        for (endpoint, cases) in endpoints.iter().zip(&mut cases) {
            let more = case_list.of_catalogue(endpoint, cases, &everywhere, body);
            cases.extend(more);
        }
    }
    let named = case_names::assign(endpoints, cases, lowering.locked_names);
    let mut locked_names = codes.locked_names;
    locked_names.add_missing(&named.locked_names);
    OperationErrors {
        of_endpoint: named.of_endpoint,
        documented: documented_errors(lowering, endpoints, &responses, &branches),
        errors: Errors {
            other_pointers: layouts.other_pointers(),
            code_pointer: layouts.main.code,
            message_pointer: layouts.main.message,
            request_id_pointer: layouts.main.request_id,
            body,
            number: codes::number(&codes.list),
            message_codes: codes::message_codes(&codes.list),
            codes: codes.list,
            ..Errors::default()
        },
        locked_names,
    }
}
