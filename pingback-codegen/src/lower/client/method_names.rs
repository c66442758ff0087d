//! Names of the methods of the client's builder: one for each credential and each header that is set on the client.

use super::ClientSide;
use crate::model::CredentialKind;
use crate::names::{LockedNames, NameKind, NameRequest, Scope, function_name};

/// Methods that every builder has.
const BUILDER_METHODS: [&str; 10] = [
    "base_url",
    "build",
    "connect_timeout",
    "header",
    "http",
    "new",
    "pace",
    "retry",
    "timeout",
    "user_agent",
];

/// What a method of the builder sets, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientItem {
    Credential(usize),
    Parameter(usize),
}

/// The key of a security scheme in the lock file.
pub(super) fn scheme_key(scheme: &str) -> String {
    format!("scheme {scheme}")
}

/// The key of a secret header in the lock file.
pub(super) fn secret_key(header: &str) -> String {
    format!("secret {}", header.to_ascii_lowercase())
}

/// The key of any other header in the lock file.
pub(super) fn header_key(header: &str) -> String {
    format!("header {}", header.to_ascii_lowercase())
}

/// A request for the name of a credential. The source of a token is set by a method of its own.
pub(super) fn credential_request(key: String, text: &str, kind: &CredentialKind) -> NameRequest {
    let request = NameRequest::new(key, method_name(text, "credential"));
    match kind {
        CredentialKind::Bearer => request.with_companion(provider_method),
        CredentialKind::ApiKey { .. } | CredentialKind::Basic => request,
    }
}

/// A request for the name of a header.
pub(super) fn header_request(key: String, text: &str) -> NameRequest {
    NameRequest::new(key, method_name(text, "header"))
}

/// The name of a method. A word follows one that every builder has for itself.
fn method_name(text: &str, word: &str) -> String {
    let name = function_name(text);
    if BUILDER_METHODS.contains(&name.as_str()) {
        function_name(&format!("{text} {word}"))
    } else {
        name
    }
}

/// The method that sets the source of a token.
fn provider_method(name: &str) -> String {
    format!("{}_provider", name.strip_prefix("r#").unwrap_or(name))
}

/// Names everything that is set on the client.
pub(super) fn name_client(client: &mut ClientSide, locked: &LockedNames, new: &mut LockedNames) {
    let (items, requests): (Vec<ClientItem>, Vec<NameRequest>) =
        std::mem::take(&mut client.requests).into_iter().unzip();
    let mut scope = Scope::api(NameKind::Client).without(BUILDER_METHODS);
    let names = scope.assign(&requests, locked);
    new.record(&scope, &requests, &names);
    for (item, name) in items.into_iter().zip(names) {
        match item {
            ClientItem::Credential(index) => client.credentials[index].name = name,
            ClientItem::Parameter(index) => client.parameters[index].name = name,
        }
    }
}
