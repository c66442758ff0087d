//! Where the error bodies of a document have their codes and messages: at the same pointers in most of them, at others in
//! the rest.

use super::error_response::ErrorResponse;
use super::pointer_choice::BodyPointers;
use super::pointers::PointerFinder;
use crate::diagnostic::{Diagnostics, rules};
use crate::lower::Lowering;
use crate::model::OtherPointers;
use crate::options::Options;
use crate::read::catalogue::Catalogue;

/// Where error bodies have their codes and messages.
pub(super) struct Layouts {
    /// The pointers of most bodies.
    pub(super) main: BodyPointers,
    /// The pointers of bodies that have no code at the main pointer.
    others: Vec<BodyPointers>,
    /// The pointers that apply to each response.
    pub(super) of_response: Vec<BodyPointers>,
}

/// Infers where error bodies have their codes and messages, unless that is configured.
pub(super) fn layouts(
    lowering: &mut Lowering<'_>,
    responses: &[ErrorResponse<'_>],
    catalogue: &Catalogue,
) -> Layouts {
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
pub(super) fn configured_pointers(
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

impl Layouts {
    /// The pointers that differ from the main ones, each once.
    pub(super) fn other_pointers(&self) -> OtherPointers {
        let distinct = |pointer: fn(&BodyPointers) -> Option<&String>| {
            let mut distinct: Vec<String> = Vec::new();
            for other in self.others.iter().filter_map(pointer) {
                if pointer(&self.main) != Some(other) && !distinct.contains(other) {
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
}
