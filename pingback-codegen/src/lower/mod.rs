//! [`Parsed`] in, [`Api`] out: names, references and cycles are settled here, once.

pub(crate) mod client;
mod endpoints;
mod errors;
mod groups;
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
use crate::model::{Api, Errors, Status, TestValues};
use crate::names::{self, LockedNames};
use crate::options::Options;
use crate::read::tree::Pointer;
use crate::read::{Document, Parsed};
use crate::source::Span;
use reader::Reader;
use types::Types;

/// What every part of lowering a document needs.
struct Lowering<'a> {
    reader: Reader<'a>,
    options: &'a Options,
    /// The names in the lock file.
    locked_names: &'a LockedNames,
    types: Types<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// An error response of one operation as the document has it, with its places: what the audit compares with
/// the catalogue.
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
    /// Where it stands.
    pub span: Option<Span>,
    /// It is known to come with the status of the response, and does not just illustrate a shared schema.
    pub is_tied: bool,
    /// The message beside it.
    pub message: Option<(String, Span)>,
    /// The title of the branch that has it.
    pub title: Option<(String, Span)>,
}

/// What lowering gives.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The intermediate form.
    pub api: Api,
    /// The names that the lock file has from now on.
    pub locked_names: LockedNames,
    /// What the output's own tests send through its types; empty unless tests are requested.
    pub test_values: TestValues,
    /// The document's errors, for the audit.
    pub documented_errors: Vec<DocumentedError>,
}

/// Lowers what was read. What cannot be expressed is reported and replaced by the closest type that accepts it.
#[must_use]
pub fn lower(parsed: &Parsed, options: &Options, diagnostics: &mut Diagnostics) -> Lowered {
    let title = parsed
        .document
        .as_ref()
        .map(|document| document.openapi.info.title.trim());
    let title = title.filter(|title| !title.is_empty());
    let name = options
        .name
        .clone()
        .unwrap_or_else(|| match title.map(names::module_name) {
            Some(name) if !name.is_empty() => name,
            _ => "api".to_owned(),
        });
    let shown = options.title.as_deref().or(title);
    let mut lowered = Lowered {
        api: Api {
            title: shown.map_or_else(|| name.clone(), str::to_owned),
            name,
            version: None,
            description: None,
            external_docs: None,
            servers: Vec::new(),
            credentials: Vec::new(),
            client_parameters: Vec::new(),
            pace: options.client.pace,
            types: Vec::new(),
            groups: Vec::new(),
            operations: Vec::new(),
            headers: Vec::new(),
            errors: Errors::default(),
        },
        locked_names: LockedNames::default(),
        test_values: TestValues::default(),
        documented_errors: Vec::new(),
    };
    if let Some(document) = &parsed.document {
        lower_document(document, parsed, options, &mut lowered, diagnostics);
    } else {
        errors::lower_catalogue(&parsed.catalogue, options, &mut lowered, diagnostics);
    }
    lowered
}

fn lower_document(
    document: &Document,
    parsed: &Parsed,
    options: &Options,
    lowered: &mut Lowered,
    diagnostics: &mut Diagnostics,
) {
    let Lowered {
        api,
        locked_names,
        test_values,
        documented_errors,
    } = lowered;
    let openapi = &document.openapi;
    api.version = Some(openapi.info.version.clone()).filter(|version| !version.is_empty());
    api.description = reader::text(openapi.info.description.as_ref());
    api.external_docs = openapi.external_docs.as_ref().map(|docs| docs.url.clone());

    let mut lowering = Lowering {
        reader: Reader { document },
        options,
        locked_names: options.lock.of(&api.name),
        types: Types::new(document, options),
        diagnostics,
    };
    lowering
        .types
        .report_unusable_checks(parsed.config, lowering.diagnostics);
    let mut endpoints = endpoints::endpoints(&mut lowering);
    select::endpoints(&mut endpoints, &options.select, lowering.diagnostics);
    operation_names::record_names(&endpoints, locked_names);
    api.servers = client::servers(&mut lowering);
    let groups = groups::groups(openapi, &endpoints);
    let client = client::client(&mut lowering, &endpoints, locked_names);
    api.operations = endpoints
        .iter()
        .zip(&groups.of_endpoint)
        .zip(&client.of_endpoint)
        .map(|((endpoint, group), setting)| operations::operation(&mut lowering, endpoint, *group, setting))
        .collect();
    request::argument_names::name_arguments(&mut api.operations, lowering.locked_names, locked_names);
    api.groups = groups.list;
    api.credentials = client.credentials;
    api.client_parameters = client.parameters;
    *documented_errors =
        errors::lower_errors(&mut lowering, &endpoints, &parsed.catalogue, api, locked_names);
    let headers = response::headers::declared(&mut lowering, &endpoints);
    lowering.types.define_components(lowering.diagnostics);
    #[cfg(feature = "tests")]
    {
        test_values.examples = samples::examples(&mut lowering);
        test_values.instances = samples::given_samples(&mut lowering);
    }
    let finished = lowering.types.finish(lowering.locked_names, lowering.diagnostics);
    locked_names.add_missing(&finished.locked);
    api.types = finished.types;
    response::header_sets::join_headers(
        api,
        locked_names,
        &headers,
        lowering.locked_names,
        lowering.diagnostics,
    );
    if options.select.is_selective() {
        // What is not selected this time may be the next.
        locked_names.add_missing(options.lock.of(&api.name));
    }
    select::types(api, test_values, &options.select, finished.other_names);
    usage::complete(&mut api.types);
    types::record_constructors(&api.types, locked_names);
}
