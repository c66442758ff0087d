//! Lowers the errors of an API of which only the catalogue is known.

use super::codes::{self, CodeCollector, NamedCodes, number};
use super::layouts::configured_pointers;
use super::{catalogue_body, pointers};
use crate::diagnostic::Diagnostics;
use crate::model::{Errors, TypeDef};
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use serde_json::Value;

/// The errors of an API without a document.
pub(in crate::lower) struct CatalogueErrors {
    pub(in crate::lower) errors: Errors,
    /// The types of the error body.
    pub(in crate::lower) types: Vec<TypeDef>,
    /// The names of codes for the lock file.
    pub(in crate::lower) locked_names: LockedNames,
}

/// Lowers the errors of an API of which only the catalogue is known.
pub(in crate::lower) fn lower_catalogue(
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
    } = CodeCollector::default().finish(catalogue, options.locked_names(name));
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
