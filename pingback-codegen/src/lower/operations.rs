//! One endpoint in, one [`Operation`] out, all but its errors.

use super::Lowering;
use super::client::{Setting, server};
use super::endpoints::Endpoint;
use super::reader::text;
use super::request::{bodies, parameters};
use super::response::success;
use crate::model::{Docs, Operation};
use crate::names::UniqueNames;

/// Lowers one operation; its errors and the names of its arguments are added when those of all operations are known.
pub(super) fn operation(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    group: usize,
    setting: &Setting,
) -> Operation {
    let operation = endpoint.operation;
    let parameters = parameters::parameters(lowering, endpoint, &setting.hoisted);
    let path_parts = parameters::path_parts(endpoint.path, &parameters);
    let mut names = UniqueNames::default();
    let body = bodies::body(lowering, endpoint, &mut names);
    let success = success::success(lowering, endpoint);
    let alternatives = success::alternatives(lowering, endpoint, &mut names);
    // A server that the whole API has anyway is no server of the operation's own.
    let api_servers = &lowering.reader.document.openapi.servers;
    let own = operation
        .servers
        .first()
        .map(|server| (server, endpoint.pointer.child("servers")));
    let own = own.or_else(|| {
        let item = endpoint.pointer.0.rsplit_once('/').map_or("", |(item, _)| item);
        let item = crate::read::tree::Pointer(item.to_owned());
        endpoint
            .item
            .servers
            .first()
            .map(|server| (server, item.child("servers")))
    });
    let own = own.filter(|(own, _)| api_servers.first() != Some(own));
    let server = own.and_then(|(own, pointer)| server(lowering, own, &pointer.child(0)));
    Operation {
        id: endpoint.id.clone(),
        method_name: endpoint.method_name.clone(),
        type_name: endpoint.type_name.clone(),
        error_name: endpoint.error_name.clone(),
        place: crate::model::Place {
            pointer: endpoint.pointer.clone(),
            span: endpoint.span,
        },
        group,
        method: endpoint.method.clone(),
        path: endpoint.path.to_owned(),
        path_parts,
        docs: Docs {
            summary: text(operation.summary.as_ref()).or_else(|| text(endpoint.item.summary.as_ref())),
            description: text(operation.description.as_ref())
                .or_else(|| text(endpoint.item.description.as_ref())),
            deprecated: operation.deprecated,
            ..Docs::default()
        },
        parameters,
        client_parameters: setting.parameters.clone(),
        body,
        success,
        alternatives,
        headers: None,
        error_headers: None,
        errors: Vec::new(),
        security: setting.security.clone(),
        server,
    }
}
