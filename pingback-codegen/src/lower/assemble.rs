//! Assembles the intermediate form from the results of all passes.

use super::Lowered;
use super::api_title::ApiTitle;
use super::client::ClientSettings;
use super::endpoints::Endpoint;
use super::errors::{CatalogueErrors, OperationErrors};
use super::groups::Groups;
use super::operations::{self, OperationParts};
use super::request::argument_names::NamedExchanges;
use super::response::header_sets::HeaderSets;
use super::types::Finished;
use super::{operation_names, reader};
use crate::model::{Api, Server, TestValues};
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::Document;

/// The results of all passes over a document.
pub(super) struct Passes<'d> {
    pub(super) endpoints: Vec<Endpoint<'d>>,
    pub(super) servers: (Vec<Server>, LockedNames),
    pub(super) groups: Groups,
    pub(super) client: ClientSettings,
    pub(super) exchanges: NamedExchanges,
    pub(super) errors: OperationErrors,
    pub(super) types: Finished,
    pub(super) headers: HeaderSets,
    pub(super) test_values: TestValues,
}

/// Assembles the API of a document.
pub(super) fn from_document(
    document: &Document,
    options: &Options,
    title: ApiTitle,
    passes: Passes<'_>,
) -> Lowered {
    let locked_names = locked_names(&passes, options, &title.name);
    let Passes {
        endpoints,
        servers,
        groups,
        client,
        exchanges,
        errors,
        types,
        headers,
        test_values,
    } = passes;
    let parts = OperationParts {
        groups: groups.of_endpoint,
        settings: client.of_endpoint,
        exchanges,
        errors: errors.of_endpoint,
        headers: headers.of_endpoint,
    };
    let info = &document.openapi.info;
    let external_docs = document.openapi.external_docs.as_ref();
    Lowered {
        api: Api {
            name: title.name,
            title: title.title,
            version: Some(info.version.clone()).filter(|version| !version.is_empty()),
            description: reader::text(info.description.as_ref()),
            external_docs: external_docs.map(|docs| docs.url.clone()),
            servers: servers.0,
            credentials: client.credentials,
            client_parameters: client.parameters,
            pace: options.client.pace,
            types: types.types,
            groups: groups.list,
            operations: operations::assemble(endpoints, parts),
            headers: headers.list,
            errors: errors.errors,
        },
        locked_names,
        test_values,
        documented_errors: errors.documented,
    }
}

/// The names that the lock file has from now on.
fn locked_names(passes: &Passes<'_>, options: &Options, api_name: &str) -> LockedNames {
    let mut locked_names = operation_names::names_to_lock(&passes.endpoints);
    for assigned in [
        &passes.servers.1,
        &passes.exchanges.locked_names,
        &passes.client.locked_names,
        &passes.errors.locked_names,
        &passes.types.locked,
        &passes.headers.locked_names,
    ] {
        locked_names.add_missing(assigned);
    }
    if options.select.is_selective() {
        // A later selection may contain what this one leaves out.
        locked_names.add_missing(options.locked_names(api_name));
    }
    locked_names
}

/// Assembles an API without a document: error codes alone.
pub(super) fn from_catalogue(options: &Options, title: ApiTitle, errors: CatalogueErrors) -> Lowered {
    Lowered {
        api: Api {
            name: title.name,
            title: title.title,
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
