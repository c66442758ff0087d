//! Assembles operations from the results of all passes.

use super::client::EndpointSettings;
use super::endpoints::Endpoint;
use super::reader::text;
use super::request::argument_names::NamedExchanges;
use super::response::header_sets::OperationHeaders;
use crate::model::{Docs, ErrorCase, Operation, Place};

/// What operations are assembled from. Each list has one element for each endpoint.
pub(super) struct OperationParts {
    /// Indices into [`crate::model::Api::groups`].
    pub(super) groups: Vec<usize>,
    pub(super) settings: Vec<EndpointSettings>,
    pub(super) exchanges: NamedExchanges,
    pub(super) errors: Vec<Vec<ErrorCase>>,
    pub(super) headers: Vec<OperationHeaders>,
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
                argument_order: Vec::new(),
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
