//! What is set once on the client: base URLs, credentials, and the headers that every operation takes.

use super::Lowering;
use super::endpoints::{Declared, Endpoint, was_there};
use super::parameters::{is_ignored_header, parameter_type};
use super::reader::text;
use crate::diagnostic::rules;
use crate::model::{
    ClientParameter, Credential, CredentialKind, Docs, KeyLocation, Server, ServerVariable, Type,
};
use crate::names::{self, LockedNames, NameKind, UniqueNames};
use crate::options::HeaderRole;
use crate::read::tree::Pointer;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};
use std::collections::HashSet;

/// Names that the client's builder has for itself.
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

/// What the method for a token's source is called after: see [`claim_credential`].
const PROVIDER: &str = "_provider";

/// What the key of a name that is kept begins with: a security scheme, a header that is a secret, any other header.
const SCHEME: &str = "scheme ";
const SECRET: &str = "secret ";
const HEADER: &str = "header ";

/// What one operation takes from the client.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// Alternatives of credentials.
    pub(super) security: Vec<Vec<usize>>,
    /// Indices of client parameters.
    pub(super) parameters: Vec<usize>,
    /// The headers that are therefore no parameters of the operation.
    pub(super) hoisted: Vec<String>,
}

/// All that is set on the client.
pub(super) struct ClientSide {
    pub(super) credentials: Vec<Credential>,
    pub(super) parameters: Vec<ClientParameter>,
    pub(super) of_endpoint: Vec<Setting>,
    /// What a lock file is to hold of it: keys and names.
    pub(super) kept: Vec<(String, String)>,
}

/// The servers of the whole API.
pub(super) fn servers(lowering: &mut Lowering<'_>) -> Vec<Server> {
    let root = Pointer("/servers".to_owned());
    let servers = &lowering.reader.document.openapi.servers;
    (0..)
        .zip(servers)
        .filter_map(|(index, documented): (usize, _)| server(lowering, documented, &root.child(index)))
        .collect()
}

/// One server; `None` if its URL is blank.
pub(super) fn server(
    lowering: &mut Lowering<'_>,
    documented: &openapiv3::Server,
    pointer: &Pointer,
) -> Option<Server> {
    let span = lowering.reader.span(&pointer.child("url"));
    let written = documented.url.trim();
    if written.is_empty() {
        return None;
    }
    // What the URL is with the defaults of its variables: `{origin}/v1` may have its scheme there.
    let mut filled = written.to_owned();
    for (name, variable) in documented.variables.iter().flatten() {
        filled = filled.replace(&format!("{{{name}}}"), &variable.default);
    }
    let url = if filled.contains("://") || written.starts_with('/') && !written.starts_with("//") {
        written.to_owned()
    } else if let Some(host) = written.strip_prefix("//") {
        format!("https://{host}")
    } else {
        // By the letter a relative reference; a dot in its first segment says that a host was meant.
        let host = written.split('/').next().unwrap_or_default();
        let is_host = host.contains('.') && !host.starts_with('.') || host.starts_with('{');
        let url = if is_host {
            format!("https://{written}")
        } else {
            format!("/{}", written.trim_start_matches("./"))
        };
        lowering
            .diagnostics
            .report(rules::SERVER_URL, span, &[&written, &url]);
        url
    };
    let declared = documented.variables.as_ref();
    let mut fields = UniqueNames::default();
    let mut variables = Vec::new();
    for name in variables_in(&url) {
        let variable = declared.and_then(|variables| variables.get(&name));
        if variable.is_none() {
            lowering
                .diagnostics
                .report(rules::UNDECLARED_SERVER_VARIABLE, span, &[&name]);
        }
        variables.push(ServerVariable {
            field: fields.make_unique(&names::field_name(&name)),
            default: variable
                .map(|variable| variable.default.clone())
                .unwrap_or_default(),
            allowed: variable
                .map(|variable| variable.enumeration.clone())
                .unwrap_or_default(),
            description: variable.and_then(|variable| text(variable.description.as_ref())),
            name,
        });
    }
    Some(Server {
        url,
        description: text(documented.description.as_ref()),
        variables,
    })
}

fn variables_in(url: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !found.iter().any(|known| known == name)
        {
            found.push(name.to_owned());
        }
    }
    found
}

/// Lowers security schemes and requirements, and finds the headers that belong on the client.
pub(super) fn client(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> ClientSide {
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

/// The alternatives that hold for an operation: its own, or else the API's.
fn requirements<'e>(
    openapi: &'e openapiv3::OpenAPI,
    endpoint: &'e Endpoint<'_>,
) -> &'e [SecurityRequirement] {
    let own = endpoint.operation.security.as_ref();
    own.or(openapi.security.as_ref()).map_or(&[], Vec::as_slice)
}

/// Security schemes become credentials, requirements alternatives of them.
fn schemes(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    names: &mut UniqueNames,
    client: &mut ClientSide,
) {
    let openapi = &lowering.reader.document.openapi;
    let empty = IndexMap::new();
    let declared = openapi
        .components
        .as_ref()
        .map_or(&empty, |components| &components.security_schemes);
    let root = Pointer("/components/securitySchemes".to_owned());
    let said = openapi.security.is_some() || endpoints.iter().any(|e| e.operation.security.is_some());
    let used: HashSet<&str> = endpoints
        .iter()
        .flat_map(|endpoint| requirements(openapi, endpoint))
        .flat_map(SecurityRequirement::keys)
        .map(String::as_str)
        .collect();
    let mut index = IndexMap::new();
    for (scheme_name, scheme) in declared {
        let span = lowering.reader.key_span(&root.child(scheme_name));
        let key = format!("{SCHEME}{scheme_name}");
        // One that could be set before can still be, though it is for nothing any more.
        if said
            && !used.contains(scheme_name.as_str())
            && lowering.locked_names.get(NameKind::Client, &key).is_none()
        {
            lowering
                .diagnostics
                .report(rules::UNUSED_SECURITY_SCHEME, span, &[scheme_name]);
            continue;
        }
        let ReferenceOr::Item(scheme) = scheme else {
            continue;
        };
        let (kind, description) = match scheme {
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => {
                let location = match location {
                    APIKeyLocation::Query => KeyLocation::Query,
                    APIKeyLocation::Header => KeyLocation::Header,
                    APIKeyLocation::Cookie => KeyLocation::Cookie,
                };
                (
                    CredentialKind::ApiKey {
                        location,
                        name: name.clone(),
                    },
                    description,
                )
            }
            SecurityScheme::HTTP {
                scheme, description, ..
            } => {
                if scheme.eq_ignore_ascii_case("basic") {
                    (CredentialKind::Basic, description)
                } else if scheme.eq_ignore_ascii_case("bearer") {
                    (CredentialKind::Bearer, description)
                } else {
                    lowering.diagnostics.report(
                        rules::UNSUPPORTED_SECURITY_SCHEME,
                        span,
                        &[scheme_name, scheme],
                    );
                    continue;
                }
            }
            SecurityScheme::OAuth2 { description, .. }
            | SecurityScheme::OpenIDConnect { description, .. } => (CredentialKind::Bearer, description),
        };
        index.insert(scheme_name.clone(), client.credentials.len());
        let name = match lowering.locked_names.get(NameKind::Client, &key) {
            Some(kept) => kept.to_owned(),
            None => claim_credential(names, scheme_name, &kind),
        };
        client.kept.push((key, name.clone()));
        client.credentials.push(Credential {
            name,
            scheme: scheme_name.clone(),
            kind,
            required: false,
            docs: Docs {
                description: text(description.as_ref()),
                ..Docs::default()
            },
        });
    }
    if !said && !client.credentials.is_empty() {
        // No requirement anywhere, yet there are schemes: whoever sets one wants it sent.
        let span = lowering.reader.key_span(&root);
        lowering
            .diagnostics
            .report(rules::SECURITY_NOT_REQUIRED, span, &[]);
        let alternatives: Vec<Vec<usize>> = (0..client.credentials.len())
            .map(|one| vec![one])
            .chain([Vec::new()])
            .collect();
        for setting in &mut client.of_endpoint {
            setting.security.clone_from(&alternatives);
        }
        return;
    }
    for (endpoint, setting) in endpoints.iter().zip(&mut client.of_endpoint) {
        let mut known: HashSet<Vec<usize>> = HashSet::new();
        for requirement in requirements(openapi, endpoint) {
            let mut alternative = Vec::new();
            for name in requirement.keys() {
                if let Some(&credential) = index.get(name) {
                    alternative.push(credential);
                } else if lowering.reader.resolve(&root.child(name)).is_none() {
                    let own = endpoint.pointer.child("security");
                    let span = lowering
                        .reader
                        .key_span(&own)
                        .or_else(|| lowering.reader.key_span(&Pointer("/security".to_owned())));
                    lowering
                        .diagnostics
                        .report(rules::UNKNOWN_SECURITY_SCHEME, span, &[name]);
                }
            }
            if known.insert(alternative.clone()) {
                setting.security.push(alternative);
            }
        }
    }
}

/// A name on the builder; what the builder has for itself gets a word more rather than a number.
fn claim(names: &mut UniqueNames, text: &str, word: &str) -> String {
    let name = names::function_name(text);
    if BUILDER_METHODS.contains(&name.as_str()) {
        names.make_unique(&names::function_name(&format!("{text} {word}")))
    } else {
        names.make_unique(&name)
    }
}

/// A credential's name on the builder. A token's source is set by a method of its own, whose name is taken too.
fn claim_credential(names: &mut UniqueNames, text: &str, kind: &CredentialKind) -> String {
    loop {
        let name = claim(names, text, "credential");
        if *kind != CredentialKind::Bearer || names.reserve(&provider(&name)) {
            return name;
        }
    }
}

/// The method for the source of a token.
fn provider(name: &str) -> String {
    format!("{}{PROVIDER}", name.strip_prefix("r#").unwrap_or(name))
}

/// A header and the operations that declare it.
struct Header<'e, 'd> {
    name: String,
    uses: Vec<(usize, &'e Declared<'d>)>,
    required: bool,
}

/// Puts headers on the client: those that the options name, those that look like credentials and most
/// operations declare, and those that every operation declares in the same way.
fn hoist(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    names: &mut UniqueNames,
    client: &mut ClientSide,
) {
    let mut headers: IndexMap<String, Header<'_, '_>> = IndexMap::new();
    for (at, endpoint) in endpoints.iter().enumerate() {
        for declared in &endpoint.parameters {
            if !matches!(declared.parameter, openapiv3::Parameter::Header { .. }) {
                continue;
            }
            let data = declared.parameter.parameter_data_ref();
            let header = headers
                .entry(data.name.to_ascii_lowercase())
                .or_insert_with(|| Header {
                    name: data.name.clone(),
                    uses: Vec::new(),
                    required: true,
                });
            if header.uses.last().is_none_or(|(last, _)| *last != at) {
                header.uses.push((at, declared));
                header.required &= data.required;
            }
        }
    }
    let options = lowering.options;
    for (name, role) in &options.client.headers {
        if *role != HeaderRole::Call && !headers.contains_key(&name.to_ascii_lowercase()) {
            // The document may say of a header in prose only; the options know better.
            headers.insert(
                name.to_ascii_lowercase(),
                Header {
                    name: name.clone(),
                    uses: Vec::new(),
                    required: false,
                },
            );
        }
    }
    let old: Vec<bool> = endpoints
        .iter()
        .map(|endpoint| was_there(lowering.locked_names, &endpoint.pointer))
        .collect();
    for (lower, header) in &headers {
        let chosen = options
            .client
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(lower))
            .map(|(_, role)| *role);
        if header.uses.is_empty() {
            let all = (0..endpoints.len()).collect();
            if chosen == Some(HeaderRole::Secret) {
                add_credential(lowering.locked_names, header, all, names, client);
            } else {
                add_parameter(lowering.locked_names, header, Type::String, all, names, client);
            }
            continue;
        }
        let everywhere = header.uses.len() == endpoints.len();
        let kept = [(SECRET, HeaderRole::Secret), (HEADER, HeaderRole::Client)]
            .into_iter()
            .find(|(word, _)| {
                let kept = lowering
                    .locked_names
                    .get(NameKind::Client, &format!("{word}{lower}"));
                kept.is_some()
            });
        let kept = kept.map(|(_, role)| role);
        let decided = || {
            if looks_like_credential(lower) {
                let enough = everywhere || header.uses.len() > 1 && header.uses.len() * 2 > endpoints.len();
                return enough.then_some(HeaderRole::Secret);
            }
            (everywhere && endpoints.len() > 1 && !is_ignored_header(lower) && !changes_with_each_call(lower))
                .then_some(HeaderRole::Client)
        };
        // To put it elsewhere now would change every call.
        let is_with_calls = kept.is_none() && header.uses.iter().any(|(at, _)| old[*at]);
        let role = match chosen.or(kept) {
            Some(role) => Some(role),
            None if is_with_calls => None,
            None => decided(),
        };
        // Ignored by the specification, unless it is all that the document says of authentication.
        let by_scheme = client
            .of_endpoint
            .iter()
            .any(|setting| !setting.security.is_empty());
        if is_ignored_header(lower) && chosen.is_none() && (by_scheme || lower != "authorization") {
            continue;
        }
        let uses: Vec<usize> = header.uses.iter().map(|(at, _)| *at).collect();
        let (first, first_declared) = header.uses[0];
        if chosen.is_none() && role != decided() {
            let (is, would) = if kept.is_some() {
                ("set once on the client", "an argument of each call")
            } else {
                ("an argument of each call", "set once on the client")
            };
            let span = first_declared.span;
            lowering
                .diagnostics
                .report(rules::HEADER_PLACEMENT_KEPT, span, &[&header.name, &is, &would]);
        }
        let reason = if chosen.is_some() {
            "the options say so"
        } else if everywhere {
            "every operation declares it"
        } else if kept.is_some() {
            "it was so before"
        } else {
            "most operations declare it"
        };
        match role {
            Some(HeaderRole::Secret) => {
                let name = add_credential(lowering.locked_names, header, uses, names, client);
                lowering.diagnostics.report(
                    rules::HEADER_AS_CREDENTIAL,
                    first_declared.span,
                    &[&header.name, &name, &reason],
                );
            }
            Some(HeaderRole::Client) => {
                // One of those that it was taken from, where that was before.
                let known = header.uses.iter().find(|(at, _)| kept.is_some() && old[*at]);
                let (first, first_declared) = known.copied().unwrap_or((first, first_declared));
                let (ty, _) = parameter_type(lowering, &endpoints[first], first_declared);
                let mut same: Vec<usize> = Vec::with_capacity(uses.len());
                for (at, declared) in &header.uses {
                    if chosen.is_some() || parameter_type(lowering, &endpoints[*at], declared).0 == ty {
                        same.push(*at);
                    }
                }
                let enough = kept.is_some() || same.len() == uses.len();
                if enough && is_scalar(lowering, first_declared) {
                    let name = add_parameter(lowering.locked_names, header, ty, same, names, client);
                    lowering.diagnostics.report(
                        rules::HEADER_ON_CLIENT,
                        first_declared.span,
                        &[&header.name, &name, &reason],
                    );
                }
            }
            Some(HeaderRole::Call) | None => {}
        }
    }
}

/// A secret in a header of its own; part of every alternative of the operations that declare it.
fn add_credential(
    kept: &LockedNames,
    header: &Header<'_, '_>,
    uses: Vec<usize>,
    names: &mut UniqueNames,
    client: &mut ClientSide,
) -> String {
    let known = client.credentials.iter().position(|credential| {
        matches!(&credential.kind, CredentialKind::ApiKey { location: KeyLocation::Header, name }
            if name.eq_ignore_ascii_case(&header.name))
    });
    let everywhere = uses.len() == client.of_endpoint.len();
    let credential = known.unwrap_or_else(|| {
        let kind = CredentialKind::ApiKey {
            location: KeyLocation::Header,
            name: header.name.clone(),
        };
        let key = format!("{SECRET}{}", header.name.to_ascii_lowercase());
        let name = match kept.get(NameKind::Client, &key) {
            Some(kept) => kept.to_owned(),
            None => claim_credential(names, bare(&header.name), &kind),
        };
        client.kept.push((key, name.clone()));
        client.credentials.push(Credential {
            name,
            scheme: header.name.clone(),
            kind,
            required: header.required && everywhere,
            docs: header_docs(header),
        });
        client.credentials.len() - 1
    });
    for at in uses {
        let setting = &mut client.of_endpoint[at];
        setting.hoisted.push(header.name.clone());
        if setting.security.is_empty() {
            setting.security.push(Vec::new());
        }
        let without = setting.security.clone();
        for alternative in &mut setting.security {
            if !alternative.contains(&credential) {
                alternative.push(credential);
            }
        }
        if !header.required {
            for alternative in without {
                if !setting.security.contains(&alternative) {
                    setting.security.push(alternative);
                }
            }
        }
    }
    client.credentials[credential].name.clone()
}

fn add_parameter(
    kept: &LockedNames,
    header: &Header<'_, '_>,
    ty: Type,
    uses: Vec<usize>,
    names: &mut UniqueNames,
    client: &mut ClientSide,
) -> String {
    let key = format!("{HEADER}{}", header.name.to_ascii_lowercase());
    let name = match kept.get(NameKind::Client, &key) {
        Some(kept) => kept.to_owned(),
        None => claim(names, bare(&header.name), "header"),
    };
    client.kept.push((key, name.clone()));
    let index = client.parameters.len();
    client.parameters.push(ClientParameter {
        name: name.clone(),
        header: header.name.clone(),
        ty,
        required: header.required && uses.len() == client.of_endpoint.len() && !uses.is_empty(),
        docs: header_docs(header),
    });
    for at in uses {
        client.of_endpoint[at].parameters.push(index);
        client.of_endpoint[at].hoisted.push(header.name.clone());
    }
    name
}

fn header_docs(header: &Header<'_, '_>) -> Docs {
    let data = header
        .uses
        .first()
        .map(|(_, declared)| declared.parameter.parameter_data_ref());
    Docs {
        description: data.and_then(|data| text(data.description.as_ref())),
        deprecated: data.and_then(|data| data.deprecated).unwrap_or_default(),
        ..Docs::default()
    }
}

/// The name without its `x-`.
fn bare(header: &str) -> &str {
    let prefixed = header.len() > 2
        && header
            .get(..2)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("x-"));
    if prefixed { &header[2..] } else { header }
}

fn is_scalar(lowering: &Lowering<'_>, declared: &Declared<'_>) -> bool {
    match &declared.parameter.parameter_data_ref().format {
        openapiv3::ParameterSchemaOrContent::Schema(schema) => lowering
            .reader
            .schema_id(schema)
            .is_none_or(|id| lowering.reader.is_scalar(id)),
        openapiv3::ParameterSchemaOrContent::Content(_) => false,
    }
}

/// Whether a header of that name, in lower case, holds a secret of the caller.
pub(crate) fn looks_like_credential(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(['-', '_']).collect();
    let has = |word: &str| words.contains(&word);
    let passing = [
        "page",
        "next",
        "continuation",
        "sync",
        "csrf",
        "xsrf",
        "idempotency",
        "captcha",
        "upload",
    ];
    if passing.iter().any(|word| has(word)) {
        return false;
    }
    let last = words.last().copied().unwrap_or_default();
    lower == "authorization"
        || matches!(last, "token" | "secret" | "apikey" | "password" | "authorization")
        || last == "key" && (has("api") || has("access") || has("auth") || has("secret"))
}

/// Whether a header of that name, in lower case, has a value of its own for each request.
fn changes_with_each_call(lower: &str) -> bool {
    lower.starts_with("if-")
        || [
            "idempotency",
            "request-id",
            "requestid",
            "correlation",
            "trace",
            "range",
            "etag",
            "nonce",
            "signature",
            "digest",
            "timestamp",
            "checksum",
            "content-",
        ]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_known_by_its_name() {
        for name in [
            "x-api-key",
            "api-key",
            "authorization",
            "x-auth-token",
            "client-secret",
            "apikey",
        ] {
            assert!(looks_like_credential(name), "{name}");
        }
        for name in [
            "idempotency-key",
            "x-page-token",
            "x-developer-mode",
            "partition-key",
        ] {
            assert!(!looks_like_credential(name), "{name}");
        }
    }
}
