//! Lowers the settings of the client: base URLs, credentials, and headers that many operations take.

mod headers;
mod method_names;
mod security;
pub(super) mod server_names;
mod servers;

pub(super) use servers::{server, servers};

use super::Lowering;
use super::endpoints::Endpoint;
use crate::model::{ClientParameter, Credential};
use crate::names::LockedNames;
use headers::ClientHeaders;
use method_names::NamedItems;

/// The settings of the client.
pub(super) struct ClientSettings {
    pub(super) credentials: Vec<Credential>,
    pub(super) parameters: Vec<ClientParameter>,
    /// The settings that each operation uses.
    pub(super) of_endpoint: Vec<EndpointSettings>,
    /// The names of the builder's methods for the lock file.
    pub(super) locked_names: LockedNames,
}

/// The settings of the client that one operation uses.
#[derive(Debug, Clone, Default)]
pub(super) struct EndpointSettings {
    /// Alternatives of credentials: indices into [`ClientSettings::credentials`].
    pub(super) security: Vec<Vec<usize>>,
    /// Indices into [`ClientSettings::parameters`].
    pub(super) parameters: Vec<usize>,
    /// The names of the headers that the client sends. They are not parameters of the operation.
    pub(super) headers: Vec<String>,
}

/// Lowers security schemes and requirements, and finds the headers that are set on the client.
pub(super) fn lower(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> ClientSettings {
    let security = security::lower(lowering, endpoints);
    let ClientHeaders {
        items,
        of_endpoint,
        moved,
    } = headers::lower(lowering, endpoints, security);
    let NamedItems {
        names,
        credentials,
        parameters,
        locked_names,
    } = method_names::assign(items, lowering.locked_names);
    for header in moved {
        lowering.diagnostics.report(
            header.rule,
            header.span,
            &[&header.name, &names[header.item], &header.reason],
        );
    }
    ClientSettings {
        credentials,
        parameters,
        of_endpoint,
        locked_names,
    }
}
