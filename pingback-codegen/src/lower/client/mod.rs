//! Lowers what is set once on the client: base URLs, credentials, and the headers that every operation takes.

use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::model::{ClientParameter, Credential};
use crate::names::{LockedNames, NameRequest};
use headers::{Hoisted, hoist};
use method_names::{ClientItem, name_client};
use security::schemes;

mod headers;
mod method_names;
mod security;
mod servers;

pub(crate) use headers::looks_like_credential;
pub(in crate::lower) use servers::{server, servers};

/// What one operation takes from the client.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Setting {
    /// Alternatives of credentials.
    pub(in crate::lower) security: Vec<Vec<usize>>,
    /// Indices of client parameters.
    pub(in crate::lower) parameters: Vec<usize>,
    /// The headers that are therefore no parameters of the operation.
    pub(in crate::lower) hoisted: Vec<String>,
}

/// All that is set on the client.
pub(in crate::lower) struct ClientSide {
    pub(in crate::lower) credentials: Vec<Credential>,
    pub(in crate::lower) parameters: Vec<ClientParameter>,
    pub(in crate::lower) of_endpoint: Vec<Setting>,
    /// Requests for the names of credentials and parameters.
    requests: Vec<(ClientItem, NameRequest)>,
}

impl ClientSide {
    fn name_of(&self, item: ClientItem) -> &str {
        match item {
            ClientItem::Credential(index) => &self.credentials[index].name,
            ClientItem::Parameter(index) => &self.parameters[index].name,
        }
    }
}

/// Lowers security schemes and requirements, and finds the headers that belong on the client.
pub(in crate::lower) fn client(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    new: &mut LockedNames,
) -> ClientSide {
    let mut client = ClientSide {
        credentials: Vec::new(),
        parameters: Vec::new(),
        of_endpoint: vec![Setting::default(); endpoints.len()],
        requests: Vec::new(),
    };
    schemes(lowering, endpoints, &mut client);
    let hoisted = hoist(lowering, endpoints, &mut client);
    name_client(&mut client, lowering.locked_names, new);
    for Hoisted {
        header,
        span,
        item,
        reason,
    } in hoisted
    {
        let rule = match item {
            ClientItem::Credential(_) => rules::HEADER_AS_CREDENTIAL,
            ClientItem::Parameter(_) => rules::HEADER_ON_CLIENT,
        };
        let name = client.name_of(item);
        lowering
            .diagnostics
            .report(rule, span, &[&header, &name, &reason]);
    }
    client
}
