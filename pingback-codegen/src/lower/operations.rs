//! Lowers what each operation sends and receives, and assembles operations from the results of all passes.

use super::Lowering;
use super::client::{EndpointSettings, server};
use super::endpoints::Endpoint;
use super::reader::text;
use super::request::argument_names::NamedExchanges;
use super::request::{bodies, parameters};
use super::response::header_sets::OperationHeaders;
use super::response::success;
use crate::model::{
    Alternative, Body, Docs, ErrorCase, Operation, Parameter, PathPart, Place, Server, Success,
};
use crate::names::UniqueNames;
use crate::read::tree::Pointer;

/// What one operation sends and what it receives on success.
pub(super) struct Exchange {
    pub(super) parameters: Vec<Parameter>,
    pub(super) path_parts: Vec<PathPart>,
    pub(super) body: Option<Body>,
    pub(super) success: Success,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) server: Option<Server>,
}

/// What operations are assembled from. Each list has one element for each endpoint.
pub(super) struct OperationParts {
    /// Indices into [`crate::model::Api::groups`].
    pub(super) groups: Vec<usize>,
    pub(super) settings: Vec<EndpointSettings>,
    pub(super) exchanges: NamedExchanges,
    pub(super) errors: Vec<Vec<ErrorCase>>,
    pub(super) headers: Vec<OperationHeaders>,
}

/// Lowers what the operations send and receive. Headers in `settings` are left out, since the client sends them.
pub(super) fn exchanges(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    settings: &[EndpointSettings],
) -> Vec<Exchange> {
    endpoints
        .iter()
        .zip(settings)
        .map(|(endpoint, settings)| exchange(lowering, endpoint, settings))
        .collect()
}

fn exchange(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>, settings: &EndpointSettings) -> Exchange {
    let parameters = parameters::parameters(lowering, endpoint, &settings.headers);
    let path_parts = parameters::path_parts(endpoint.route.path, &parameters);
    let mut names = UniqueNames::default();
    let body = bodies::body(lowering, endpoint, &mut names);
    let success = success::success(lowering, endpoint);
    let alternatives = success::alternatives(lowering, endpoint, &mut names);
    Exchange {
        parameters,
        path_parts,
        body,
        success,
        alternatives,
        server: own_server(lowering, endpoint),
    }
}

/// The server of the operation or its path, unless it is that of the whole API.
fn own_server(lowering: &mut Lowering<'_>, endpoint: &Endpoint<'_>) -> Option<Server> {
    let route = &endpoint.route;
    let of_operation = route.operation.servers.first();
    let of_operation = of_operation.map(|server| (server, route.pointer.child("servers")));
    let of_path = || {
        let (item, _) = route.pointer.0.rsplit_once('/')?;
        let servers = Pointer(item.to_owned()).child("servers");
        Some((route.item.servers.first()?, servers))
    };
    let (documented, pointer) = of_operation.or_else(of_path)?;
    let of_api = lowering.reader.document.openapi.servers.first();
    if of_api == Some(documented) {
        return None;
    }
    server(lowering, documented, &pointer.child(0))
}

/// Joins the results of all passes.
pub(super) fn assemble(endpoints: Vec<Endpoint<'_>>, parts: OperationParts) -> Vec<Operation> {
    endpoints
        .into_iter()
        .zip(parts.groups)
        .zip(parts.settings)
        .zip(parts.exchanges.list)
        .zip(parts.errors)
        .zip(parts.headers)
        .map(
            |(((((endpoint, group), settings), exchange), errors), headers)| Operation {
                docs: docs(&endpoint),
                id: endpoint.names.id,
                method_name: endpoint.names.method_name,
                type_name: endpoint.names.type_name,
                error_name: endpoint.names.error_name,
                place: Place {
                    pointer: endpoint.route.pointer,
                    span: endpoint.route.span,
                },
                group,
                method: endpoint.route.method,
                path: endpoint.route.path.to_owned(),
                path_parts: exchange.path_parts,
                parameters: exchange.parameters,
                client_parameters: settings.parameters,
                body: exchange.body,
                success: exchange.success,
                alternatives: exchange.alternatives,
                headers: headers.success,
                error_headers: headers.errors,
                errors,
                security: settings.security,
                server: exchange.server,
            },
        )
        .collect()
}

fn docs(endpoint: &Endpoint<'_>) -> Docs {
    let (operation, item) = (endpoint.route.operation, endpoint.route.item);
    Docs {
        summary: text(operation.summary.as_ref()).or_else(|| text(item.summary.as_ref())),
        description: text(operation.description.as_ref()).or_else(|| text(item.description.as_ref())),
        deprecated: operation.deprecated,
        ..Docs::default()
    }
}
