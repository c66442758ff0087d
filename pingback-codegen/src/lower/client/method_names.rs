//! Names the methods of the client's builder: one for each credential and each header that is set on the client.

use crate::lower::header_names::without_x_prefix;
use crate::model::{ClientParameter, Credential, CredentialKind, Docs, Type};
use crate::names::{LockedNames, NameKind, NameRequest, Scope, function_name};

/// Methods that every builder has, or every builder with credentials.
const BUILDER_METHODS: [&str; 12] = [
    "allow_missing_credentials",
    "base_url",
    "build",
    "connect_timeout",
    "header",
    "http",
    "new",
    "pace",
    "redirects",
    "retry",
    "timeout",
    "user_agent",
];

/// A credential or header that a method of the builder sets, before it has a name.
pub(super) struct ClientItem {
    pub(super) request: NameRequest,
    pub(super) kind: ItemKind,
    /// Whether the client cannot be built without it.
    pub(super) required: bool,
    pub(super) docs: Docs,
}

pub(super) enum ItemKind {
    Credential {
        /// The name of the security scheme or the header.
        scheme: String,
        kind: CredentialKind,
    },
    Parameter {
        header: String,
        ty: Type,
    },
}

/// The items with names.
pub(super) struct NamedItems {
    /// The name of each item.
    pub(super) names: Vec<String>,
    pub(super) credentials: Vec<Credential>,
    pub(super) parameters: Vec<ClientParameter>,
    /// The names for the lock file.
    pub(super) locked_names: LockedNames,
}

/// Names everything that is set on the client.
pub(super) fn assign(items: Vec<ClientItem>, locked: &LockedNames) -> NamedItems {
    let requests: Vec<NameRequest> = items.iter().map(|item| item.request.clone()).collect();
    let mut scope = Scope::api(NameKind::Client).without(BUILDER_METHODS);
    let names = scope.assign(&requests, locked);
    let mut result = NamedItems {
        names: names.clone(),
        credentials: Vec::new(),
        parameters: Vec::new(),
        locked_names: LockedNames::default(),
    };
    result.locked_names.record(&scope, &requests, &names);
    for (item, name) in items.into_iter().zip(names) {
        let ClientItem { required, docs, .. } = item;
        match item.kind {
            ItemKind::Credential { scheme, kind } => result.credentials.push(Credential {
                name,
                scheme,
                kind,
                required,
                docs,
            }),
            ItemKind::Parameter { header, ty } => result.parameters.push(ClientParameter {
                name,
                header,
                ty,
                required,
                docs,
            }),
        }
    }
    result
}

/// The lock key of a security scheme.
fn scheme_key(scheme: &str) -> String {
    format!("scheme {scheme}")
}

/// The lock key of a header that is a credential.
fn secret_key(header: &str) -> String {
    format!("secret {}", header.to_ascii_lowercase())
}

/// The lock key of any other header.
fn header_key(header: &str) -> String {
    format!("header {}", header.to_ascii_lowercase())
}

/// Whether the lock file has a security scheme.
pub(super) fn is_locked_scheme(locked: &LockedNames, scheme: &str) -> bool {
    locked.get(NameKind::Client, &scheme_key(scheme)).is_some()
}

/// Whether the lock file has a header that is a credential.
pub(super) fn is_locked_secret(locked: &LockedNames, header: &str) -> bool {
    locked.get(NameKind::Client, &secret_key(header)).is_some()
}

/// Whether the lock file has any other header.
pub(super) fn is_locked_header(locked: &LockedNames, header: &str) -> bool {
    locked.get(NameKind::Client, &header_key(header)).is_some()
}

/// A request for the name of a security scheme.
pub(super) fn scheme_request(scheme: &str, kind: &CredentialKind) -> NameRequest {
    credential_request(scheme_key(scheme), scheme, kind)
}

/// A request for the name of a header that is a credential.
pub(super) fn secret_request(header: &str, kind: &CredentialKind) -> NameRequest {
    credential_request(secret_key(header), without_x_prefix(header), kind)
}

/// A request for the name of any other header.
pub(super) fn header_request(header: &str) -> NameRequest {
    NameRequest::new(
        header_key(header),
        method_name(without_x_prefix(header), "header"),
    )
}

/// A bearer token has a second method for its provider, whose name has to be free too.
fn credential_request(key: String, text: &str, kind: &CredentialKind) -> NameRequest {
    let request = NameRequest::new(key, method_name(text, "credential"));
    match kind {
        CredentialKind::Bearer => request.with_companion(provider_method),
        CredentialKind::ApiKey { .. } | CredentialKind::Basic => request,
    }
}

/// The name of a method. If every builder has a method of that name, `word` is appended.
fn method_name(text: &str, word: &str) -> String {
    let name = function_name(text);
    if BUILDER_METHODS.contains(&name.as_str()) {
        function_name(&format!("{text} {word}"))
    } else {
        name
    }
}

/// The method that sets the provider of a token.
fn provider_method(name: &str) -> String {
    format!("{}_provider", name.strip_prefix("r#").unwrap_or(name))
}
