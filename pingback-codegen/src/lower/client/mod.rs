//! Lowers what is set once on the client: base URLs, credentials, and the headers that every operation takes.

use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::model::{ClientParameter, Credential};
use crate::names::{NameKind, UniqueNames};
use headers::hoist;
use method_names::{BUILDER_METHODS, SCHEME, provider};
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
    /// What a lock file is to hold of it: keys and names.
    pub(in crate::lower) kept: Vec<(String, String)>,
}

/// Lowers security schemes and requirements, and finds the headers that belong on the client.
pub(in crate::lower) fn client(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> ClientSide {
    let mut names = UniqueNames::default();
    for name in BUILDER_METHODS {
        names.make_unique(name);
    }
    // What is there already goes before what is new, and so do the sources of its tokens.
    for (_, name) in lowering.locked_names.of(NameKind::Client) {
        names.reserve(name);
    }
    for (key, name) in lowering.locked_names.of(NameKind::Client) {
        if key.starts_with(SCHEME) {
            names.reserve(&provider(name));
        }
    }
    let mut client = ClientSide {
        credentials: Vec::new(),
        parameters: Vec::new(),
        of_endpoint: vec![Setting::default(); endpoints.len()],
        kept: Vec::new(),
    };
    schemes(lowering, endpoints, &mut names, &mut client);
    hoist(lowering, endpoints, &mut names, &mut client);
    client
}
