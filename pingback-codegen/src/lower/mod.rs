//! Lowers what was read to the intermediate form: resolves references, chooses types and assigns names.
//!
//! Each pass takes its inputs as arguments and returns its result; [`lower_document`] lists the passes.

mod client;
mod endpoints;
mod errors;
mod groups;
pub(crate) mod header_names;
mod operation_names;
mod operations;
mod path;
mod reader;
mod request;
mod response;
#[cfg(feature = "tests")]
mod samples;
mod select;
pub(crate) mod statuses;
pub mod types;
mod usage;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::model::{Api, Status, TestValues};
use crate::names::{self, LockedNames};
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use crate::read::tree::Pointer;
use crate::read::{Document, Parsed};
use crate::source::Span;
use operations::OperationParts;
use reader::Reader;
use request::argument_names;
use response::{header_sets, headers};
use types::Types;

/// The state that the passes share: the document, the options, the types so far and the diagnostics.
struct Lowering<'a> {
    reader: Reader<'a>,
    options: &'a Options,
    /// The names in the lock file.
    locked_names: &'a LockedNames,
    types: Types<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// An error response of one operation with its places in the document, for the audit to compare with the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentedError {
    /// The id of the operation.
    pub operation: String,
    /// The response.
    pub pointer: Pointer,
    /// The key of the response, its status.
    pub span: Option<Span>,
    /// The status.
    pub status: Status,
    /// The codes it documents.
    pub mentions: Vec<Mention>,
}

/// A code in an error response.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The code.
    pub code: String,
    /// The value in the document.
    pub span: Option<Span>,
    /// Whether it belongs to the status of the response, rather than to a schema that several statuses share.
    pub is_status_specific: bool,
    /// The message in the same body.
    pub message: Option<(String, Span)>,
    /// The title of the schema that has it.
    pub title: Option<(String, Span)>,
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
    let openapi = &document.openapi;
    let name = api_name(options, Some(document));
    let locked = options.lock.of(&name);
    let mut lowering = Lowering {
        reader: Reader { document },
        options,
        locked_names: locked,
        types: Types::new(document, options),
        diagnostics,
    };
    lowering
        .types
        .report_unusable_checks(parsed.config, lowering.diagnostics);

    let routes = endpoints::routes(&mut lowering);
    let endpoints = operation_names::assign(&mut lowering, routes);
    let endpoints = select::endpoints(endpoints, &options.select, lowering.diagnostics);
    let servers = client::servers(&mut lowering);
    let groups = groups::groups(openapi, &endpoints);
    let client = client::lower(&mut lowering, &endpoints);
    let exchanges = operations::exchanges(&mut lowering, &endpoints, &client.of_endpoint);
    let exchanges = argument_names::name_arguments(&endpoints, exchanges, locked);
    let errors = errors::lower(&mut lowering, &endpoints, &parsed.catalogue);
    let headers = headers::declared(&mut lowering, &endpoints);
    lowering.types.define_components(lowering.diagnostics);
    let test_values = test_values(&mut lowering);
    let types = lowering.types.finish(locked, lowering.diagnostics);
    let header_sets = header_sets::join(
        &types.types,
        endpoints
            .iter()
            .zip(&headers)
            .zip(&errors.of_endpoint)
            .map(|((endpoint, headers), errors)| header_sets::Declaration {
                type_name: &endpoint.names.type_name,
                headers,
                errors,
            }),
        locked,
        lowering.diagnostics,
    );

    let mut locked_names = operation_names::names_to_lock(&endpoints);
    for assigned in [
        &exchanges.locked_names,
        &client.locked_names,
        &errors.locked_names,
        &types.locked,
        &header_sets.locked_names,
    ] {
        locked_names.add_missing(assigned);
    }
    if options.select.is_selective() {
        // A later selection may contain what this one leaves out.
        locked_names.add_missing(locked);
    }
    let parts = OperationParts {
        groups: groups.of_endpoint,
        settings: client.of_endpoint,
        exchanges,
        errors: errors.of_endpoint,
        headers: header_sets.of_endpoint,
    };
    let api = Api {
        title: title(options, Some(document)).unwrap_or(&name).to_owned(),
        name,
        version: Some(openapi.info.version.clone()).filter(|version| !version.is_empty()),
        description: reader::text(openapi.info.description.as_ref()),
        external_docs: openapi.external_docs.as_ref().map(|docs| docs.url.clone()),
        servers,
        credentials: client.credentials,
        client_parameters: client.parameters,
        pace: options.client.pace,
        types: types.types,
        groups: groups.list,
        operations: operations::assemble(endpoints, parts),
        headers: header_sets.list,
        errors: errors.errors,
    };
    let lowered = Lowered {
        api,
        locked_names,
        test_values,
        documented_errors: errors.documented,
    };
    let mut lowered = select::types(lowered, &options.select, types.other_names);
    usage::complete(&mut lowered.api.types);
    types::record_constructors(&lowered.api.types, &mut lowered.locked_names);
    lowered
}

/// Lowers a catalogue without a document: error codes alone.
fn lower_catalogue(catalogue: &Catalogue, options: &Options, diagnostics: &mut Diagnostics) -> Lowered {
    let name = api_name(options, None);
    let errors = errors::lower_catalogue(&name, catalogue, options, diagnostics);
    Lowered {
        api: Api {
            title: title(options, None).unwrap_or(&name).to_owned(),
            name,
            version: None,
            description: None,
            external_docs: None,
            servers: Vec::new(),
            credentials: Vec::new(),
            client_parameters: Vec::new(),
            pace: options.client.pace,
            types: errors.types,
            groups: Vec::new(),
            operations: Vec::new(),
            headers: Vec::new(),
            errors: errors.errors,
        },
        locked_names: errors.locked_names,
        test_values: TestValues::default(),
        documented_errors: Vec::new(),
    }
}

/// The title of the API, unless it is blank.
fn title<'a>(options: &'a Options, document: Option<&'a Document>) -> Option<&'a str> {
    let documented = document.map(|document| document.openapi.info.title.trim());
    let documented = documented.filter(|title| !title.is_empty());
    options.title.as_deref().or(documented)
}

/// The name of the crate or module: the configured one, or that of the document's title.
fn api_name(options: &Options, document: Option<&Document>) -> String {
    let from_title = || {
        let title = document?.openapi.info.title.trim();
        Some(names::module_name(title)).filter(|name| !name.is_empty())
    };
    let configured = options.name.clone();
    configured.or_else(from_title).unwrap_or_else(|| "api".to_owned())
}

/// The values for the output's own tests.
#[cfg(feature = "tests")]
fn test_values(lowering: &mut Lowering<'_>) -> TestValues {
    TestValues {
        examples: samples::examples(lowering),
        instances: samples::given_samples(lowering),
    }
}

/// There are none without the feature `tests`.
#[cfg(not(feature = "tests"))]
fn test_values(_: &mut Lowering<'_>) -> TestValues {
    TestValues::default()
}
