//! Lowers what was read to the intermediate form: resolves references, chooses types and assigns names.
//!
//! Each pass takes its inputs as arguments and returns its result; `lower_document` lists the passes.

mod api_title;
mod argument_order;
mod assemble;
mod client;
mod endpoints;
mod errors;
mod exchange;
mod groups;
pub(crate) mod header_names;
mod operation_names;
mod operations;
mod path;
mod reader;
mod request;
mod response;
mod routes;
#[cfg(feature = "tests")]
mod samples;
mod select;
mod singular;
pub(crate) mod statuses;
pub mod types;
mod usage;

#[cfg(test)]
mod tests;

pub use errors::{DocumentedError, Mention};

use crate::diagnostic::Diagnostics;
use crate::model::{Api, TestValues};
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use crate::read::{Document, Parsed};
use api_title::ApiTitle;
use assemble::Passes;
use reader::Reader;
use request::argument_names;
use response::{header_sets, headers, outcomes};
use types::{Inheritance, Types};

/// The state that the passes share: the document, the options, the types so far and the diagnostics.
struct Lowering<'a> {
    reader: Reader<'a>,
    options: &'a Options,
    /// The names in the lock file.
    locked_names: &'a LockedNames,
    types: Types<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// The result of lowering.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The intermediate form.
    pub api: Api,
    /// The new names of the lock file.
    pub locked_names: LockedNames,
    /// Values for the tests in the output; empty unless tests are requested.
    pub test_values: TestValues,
    /// The document's errors, for the audit.
    pub documented_errors: Vec<DocumentedError>,
}

/// Lowers what was read. A schema that cannot be expressed in Rust is reported and becomes the closest type that accepts its values.
#[must_use]
pub fn lower(parsed: &Parsed, options: &Options, diagnostics: &mut Diagnostics) -> Lowered {
    match &parsed.document {
        Some(document) => lower_document(document, parsed, options, diagnostics),
        None => lower_catalogue(&parsed.catalogue, options, diagnostics),
    }
}

/// Lowers a document and the catalogue of its errors.
fn lower_document(
    document: &Document,
    parsed: &Parsed,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Lowered {
    let title = ApiTitle::of_document(document, options);
    let locked = options.locked_names(&title.name);
    let inheritance = Inheritance::new(&document.schemas);
    let mut lowering = Lowering {
        reader: Reader { document },
        options,
        locked_names: locked,
        types: Types::new(document, &inheritance, options),
        diagnostics,
    };
    lowering
        .types
        .report_unusable_checks(parsed.config, lowering.diagnostics);

    let routes = routes::routes(&mut lowering);
    let endpoints = operation_names::assign(&mut lowering, routes);
    let endpoints = select::endpoints(endpoints, &options.select, lowering.diagnostics);
    let servers = client::servers(&mut lowering, &endpoints);
    let groups = groups::groups(&document.openapi, &endpoints);
    let client = client::lower(&mut lowering, &endpoints);
    let outcomes = outcomes::sort(&lowering, &endpoints);
    let outcomes = errors::classify_lone_defaults(&lowering, outcomes, &parsed.catalogue);
    let exchanges = exchange::exchanges(&mut lowering, &endpoints, &client.of_endpoint, &outcomes);
    let exchanges = argument_names::name_arguments(&endpoints, exchanges, locked);
    let errors = errors::lower(
        &mut lowering,
        &endpoints,
        &outcomes,
        &exchanges.list,
        &parsed.catalogue,
    );
    let headers = headers::declared(&mut lowering, &outcomes);
    lowering.types.define_components(lowering.diagnostics);
    let test_values = test_values(&mut lowering);
    let types = lowering.types.finish(locked, lowering.diagnostics);
    let declarations = header_sets::declarations(&endpoints, &headers, &errors.of_endpoint);
    let headers = header_sets::join(&types.types, declarations, locked, lowering.diagnostics);

    let other_names = types.other_names.clone();
    let former_names = types.former_names();
    let passes = Passes {
        endpoints,
        servers,
        groups,
        client,
        exchanges,
        errors,
        types,
        headers,
        test_values,
    };
    let lowered = assemble::from_document(document, options, title, passes);
    let mut lowered = select::types(lowered, &options.select, other_names);
    usage::complete(&mut lowered.api.types);
    argument_order::with_locked_order(lowered, &former_names, options, lowering.diagnostics)
}

/// Lowers a catalogue without a document: error codes alone.
fn lower_catalogue(catalogue: &Catalogue, options: &Options, diagnostics: &mut Diagnostics) -> Lowered {
    let title = ApiTitle::configured(options);
    let errors = errors::lower_catalogue(&title.name, catalogue, options, diagnostics);
    assemble::from_catalogue(options, title, errors)
}

/// The values for the output's own tests.
#[cfg(feature = "tests")]
fn test_values(lowering: &mut Lowering<'_>) -> TestValues {
    samples::test_values(lowering)
}

/// There are none without the feature `tests`.
#[cfg(not(feature = "tests"))]
fn test_values(_: &mut Lowering<'_>) -> TestValues {
    TestValues::default()
}
