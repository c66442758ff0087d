//! Lowers what each operation sends, and what it receives on success.

use super::Lowering;
use super::client::{EndpointSettings, server};
use super::endpoints::Endpoint;
use super::request::{bodies, parameters};
use super::response::outcomes::Outcomes;
use super::response::success;
use crate::model::{Alternative, Body, Parameter, PathPart, Server, Success};
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

/// Lowers what the operations send and receive. Headers in `settings` are left out, since the client sends them.
pub(super) fn exchanges(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    settings: &[EndpointSettings],
    outcomes: &[Outcomes<'_>],
) -> Vec<Exchange> {
    endpoints
        .iter()
        .zip(settings)
        .zip(outcomes)
        .map(|((endpoint, settings), outcomes)| exchange(lowering, endpoint, settings, outcomes))
        .collect()
}

fn exchange(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    settings: &EndpointSettings,
    outcomes: &Outcomes<'_>,
) -> Exchange {
    let parameters = parameters::parameters(lowering, endpoint, &settings.headers);
    let path_parts = parameters::path_parts(endpoint.route.path, &parameters);
    let mut names = UniqueNames::default();
    let body = bodies::body(lowering, endpoint, &mut names);
    let success = success::success(lowering, endpoint, outcomes);
    let alternatives = success::alternatives(lowering, endpoint, outcomes, &mut names);
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
