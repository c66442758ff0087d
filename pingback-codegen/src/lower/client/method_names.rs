//! Names the methods of the client's builder.

use crate::model::CredentialKind;
use crate::names::{self, UniqueNames};

/// Names that the client's builder has for itself.
pub(super) const BUILDER_METHODS: [&str; 10] = [
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

/// What the method for a token's source is called after: see [`claim_credential`].
const PROVIDER: &str = "_provider";

/// What the key of a name that is kept begins with: a security scheme, a header that is a secret, any other header.
pub(super) const SCHEME: &str = "scheme ";

pub(super) const SECRET: &str = "secret ";

pub(super) const HEADER: &str = "header ";

/// A name on the builder; what the builder has for itself gets a word more rather than a number.
pub(super) fn claim(names: &mut UniqueNames, text: &str, word: &str) -> String {
    let name = names::function_name(text);
    if BUILDER_METHODS.contains(&name.as_str()) {
        names.make_unique(&names::function_name(&format!("{text} {word}")))
    } else {
        names.make_unique(&name)
    }
}

/// A credential's name on the builder. A token's source is set by a method of its own, whose name is taken too.
pub(super) fn claim_credential(names: &mut UniqueNames, text: &str, kind: &CredentialKind) -> String {
    loop {
        let name = claim(names, text, "credential");
        if *kind != CredentialKind::Bearer || names.reserve(&provider(&name)) {
            return name;
        }
    }
}

/// The method for the source of a token.
pub(super) fn provider(name: &str) -> String {
    format!("{}{PROVIDER}", name.strip_prefix("r#").unwrap_or(name))
}
