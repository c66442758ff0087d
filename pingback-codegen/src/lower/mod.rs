//! [`Parsed`] in, [`Api`] out: names, references and cycles are settled here, once.

mod bodies;
mod client;
mod endpoints;
mod errors;
mod groups;
pub mod names;
mod operations;
mod parameters;
mod path;
mod reader;
mod responses;
#[cfg(feature = "tests")]
mod samples;
mod statuses;
pub mod types;
#[cfg(feature = "tests")]
mod validity;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::model::{Api, Errors};
use crate::options::Options;
use crate::read::{Document, Parsed};
use reader::Reader;
use types::Types;

/// What every part of lowering a document needs.
struct Lowering<'a> {
    reader: Reader<'a>,
    options: &'a Options,
    types: Types<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// Lowers what was read. Whatever cannot be expressed is reported and replaced by the soundest looser thing.
#[must_use]
pub fn lower(parsed: &Parsed, options: &Options, diagnostics: &mut Diagnostics) -> Api {
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
    let mut api = Api {
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
        errors: Errors::default(),
        samples: Vec::new(),
    };
    match &parsed.document {
        Some(document) => lower_document(document, parsed, options, &mut api, diagnostics),
        None => errors::lower_catalogue(&parsed.catalogue, options, &mut api, diagnostics),
    }
    api
}

fn lower_document(
    document: &Document,
    parsed: &Parsed,
    options: &Options,
    api: &mut Api,
    diagnostics: &mut Diagnostics,
) {
    let openapi = &document.openapi;
    api.version = Some(openapi.info.version.clone()).filter(|version| !version.is_empty());
    api.description = reader::text(openapi.info.description.as_ref());
    api.external_docs = openapi.external_docs.as_ref().map(|docs| docs.url.clone());

    let mut lowering = Lowering {
        reader: Reader { document },
        options,
        types: Types::new(document, options),
        diagnostics,
    };
    let endpoints = endpoints::endpoints(&mut lowering);
    api.servers = client::servers(&mut lowering);
    let groups = groups::groups(openapi, &endpoints);
    let client = client::client(&mut lowering, &endpoints);
    api.operations = endpoints
        .iter()
        .zip(&groups.of_endpoint)
        .zip(&client.of_endpoint)
        .map(|((endpoint, group), setting)| operations::operation(&mut lowering, endpoint, *group, setting))
        .collect();
    api.groups = groups.list;
    api.credentials = client.credentials;
    api.client_parameters = client.parameters;
    errors::lower_errors(&mut lowering, &endpoints, &parsed.catalogue, api);
    lowering.types.complete(lowering.diagnostics);
    #[cfg(feature = "tests")]
    if options.tests {
        api.samples = samples::samples(&mut lowering);
    }
    api.types = lowering.types.finish(lowering.diagnostics);
}
