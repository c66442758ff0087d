//! Moves headers from the operations to the client: secrets, and headers that every operation takes.

use super::ClientSide;
use super::method_names::{ClientItem, credential_request, header_key, header_request, secret_key};
use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::{Declared, Endpoint};
use crate::lower::reader::text;
use crate::lower::request::parameters::{is_ignored_header, parameter_type};
use crate::model::{ClientParameter, Credential, CredentialKind, Docs, KeyLocation, Type};
use crate::names::NameKind;
use crate::options::HeaderRole;
use crate::source::Span;
use indexmap::IndexMap;

/// A header and the operations that declare it.
struct Header<'e, 'd> {
    name: String,
    uses: Vec<(usize, &'e Declared<'d>)>,
    required: bool,
}

/// A header that was moved to the client, for the report.
pub(super) struct Hoisted {
    pub(super) header: String,
    pub(super) span: Option<Span>,
    pub(super) item: ClientItem,
    pub(super) reason: &'static str,
}

/// Puts headers on the client: those that the options name, those that look like credentials and most
/// operations declare, and those that every operation declares in the same way.
pub(super) fn hoist(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    client: &mut ClientSide,
) -> Vec<Hoisted> {
    let mut hoisted = Vec::new();
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
        .map(|endpoint| endpoint.is_locked(lowering.locked_names))
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
                add_credential(header, all, client);
            } else {
                add_parameter(header, Type::String, all, client);
            }
            continue;
        }
        let everywhere = header.uses.len() == endpoints.len();
        let is_locked = |key: String| lowering.locked_names.get(NameKind::Client, &key).is_some();
        let locked = if is_locked(secret_key(lower)) {
            Some(HeaderRole::Secret)
        } else {
            is_locked(header_key(lower)).then_some(HeaderRole::Client)
        };
        let decided = || {
            if looks_like_credential(lower) {
                let enough = everywhere || header.uses.len() > 1 && header.uses.len() * 2 > endpoints.len();
                return enough.then_some(HeaderRole::Secret);
            }
            (everywhere && endpoints.len() > 1 && !is_ignored_header(lower) && !changes_with_each_call(lower))
                .then_some(HeaderRole::Client)
        };
        // To put it elsewhere now would change every call.
        let is_with_calls = locked.is_none() && header.uses.iter().any(|(at, _)| old[*at]);
        let role = match chosen.or(locked) {
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
            let (is, would) = if locked.is_some() {
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
        } else if locked.is_some() {
            "it was so before"
        } else {
            "most operations declare it"
        };
        match role {
            Some(HeaderRole::Secret) => {
                hoisted.push(Hoisted {
                    header: header.name.clone(),
                    span: first_declared.span,
                    item: add_credential(header, uses, client),
                    reason,
                });
            }
            Some(HeaderRole::Client) => {
                // One of those that it was taken from, where that was before.
                let known = header.uses.iter().find(|(at, _)| locked.is_some() && old[*at]);
                let (first, first_declared) = known.copied().unwrap_or((first, first_declared));
                let (ty, _) = parameter_type(lowering, &endpoints[first], first_declared);
                let mut same: Vec<usize> = Vec::with_capacity(uses.len());
                for (at, declared) in &header.uses {
                    if chosen.is_some() || parameter_type(lowering, &endpoints[*at], declared).0 == ty {
                        same.push(*at);
                    }
                }
                let enough = locked.is_some() || same.len() == uses.len();
                if enough && is_scalar(lowering, first_declared) {
                    hoisted.push(Hoisted {
                        header: header.name.clone(),
                        span: first_declared.span,
                        item: add_parameter(header, ty, same, client),
                        reason,
                    });
                }
            }
            Some(HeaderRole::Call) | None => {}
        }
    }
    hoisted
}

/// A secret in a header of its own; part of every alternative of the operations that declare it.
fn add_credential(header: &Header<'_, '_>, uses: Vec<usize>, client: &mut ClientSide) -> ClientItem {
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
        let index = client.credentials.len();
        let request = credential_request(secret_key(&header.name), without_prefix(&header.name), &kind);
        client.requests.push((ClientItem::Credential(index), request));
        client.credentials.push(Credential {
            name: String::new(),
            scheme: header.name.clone(),
            kind,
            required: header.required && everywhere,
            docs: header_docs(header),
        });
        index
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
    ClientItem::Credential(credential)
}

fn add_parameter(header: &Header<'_, '_>, ty: Type, uses: Vec<usize>, client: &mut ClientSide) -> ClientItem {
    let index = client.parameters.len();
    let request = header_request(header_key(&header.name), without_prefix(&header.name));
    client.requests.push((ClientItem::Parameter(index), request));
    client.parameters.push(ClientParameter {
        name: String::new(),
        header: header.name.clone(),
        ty,
        required: header.required && uses.len() == client.of_endpoint.len() && !uses.is_empty(),
        docs: header_docs(header),
    });
    for at in uses {
        client.of_endpoint[at].parameters.push(index);
        client.of_endpoint[at].hoisted.push(header.name.clone());
    }
    ClientItem::Parameter(index)
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

/// The name of a header without its prefix `x-`.
fn without_prefix(header: &str) -> &str {
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
