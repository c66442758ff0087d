//! Lowers security schemes to credentials, and security requirements to alternatives of credentials.

use super::method_names::{ClientItem, ItemKind, is_locked_scheme, scheme_request};
use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::model::{CredentialKind, Docs, KeyLocation};
use crate::read::tree::Pointer;
use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityRequirement, SecurityScheme};
use std::collections::{HashMap, HashSet};

/// Where the security schemes of a document are.
const SCHEMES: &str = "/components/securitySchemes";

/// The credentials of a document.
pub(super) struct Security {
    pub(super) credentials: Vec<ClientItem>,
    /// For each operation, alternatives of credentials.
    pub(super) of_endpoint: Vec<Vec<Vec<usize>>>,
}

/// Lowers the security schemes that operations require, and those requirements.
pub(super) fn lower(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> Security {
    let has_requirements = lowering.reader.document.openapi.security.is_some()
        || endpoints
            .iter()
            .any(|endpoint| endpoint.route.operation.security.is_some());
    let schemes = if has_requirements {
        required_schemes(lowering, endpoints)
    } else {
        declared_schemes(lowering)
    };
    let Schemes { credentials, by_name } = credentials(lowering, schemes);
    let of_endpoint = if has_requirements || credentials.is_empty() {
        let alternatives = |endpoint| alternatives(lowering, endpoint, &by_name);
        endpoints.iter().map(alternatives).collect()
    } else {
        // No operation requires a scheme, so each credential may be sent.
        let span = lowering.reader.key_span(&Pointer(SCHEMES.to_owned()));
        lowering
            .diagnostics
            .report(rules::SECURITY_NOT_REQUIRED, span, &[]);
        let each = (0..credentials.len()).map(|credential| vec![credential]);
        let alternatives: Vec<Vec<usize>> = each.chain([Vec::new()]).collect();
        vec![alternatives; endpoints.len()]
    };
    Security {
        credentials,
        of_endpoint,
    }
}

/// A security scheme of the document with its name.
type NamedScheme<'d> = (&'d str, &'d ReferenceOr<SecurityScheme>);

fn declared_schemes<'d>(lowering: &Lowering<'d>) -> Vec<NamedScheme<'d>> {
    let components = lowering.reader.document.openapi.components.iter();
    let schemes = components.flat_map(|components| &components.security_schemes);
    schemes.map(|(name, scheme)| (name.as_str(), scheme)).collect()
}

/// The schemes that an operation requires. A scheme in the lock file stays, since callers may set it; the others are
/// reported.
fn required_schemes<'d>(lowering: &mut Lowering<'d>, endpoints: &[Endpoint<'_>]) -> Vec<NamedScheme<'d>> {
    let openapi = &lowering.reader.document.openapi;
    let required: HashSet<&str> = endpoints
        .iter()
        .flat_map(|endpoint| requirements(openapi, endpoint))
        .flat_map(SecurityRequirement::keys)
        .map(String::as_str)
        .collect();
    let mut schemes = declared_schemes(lowering);
    schemes.retain(|(name, _)| {
        let is_kept = required.contains(name) || is_locked_scheme(lowering.locked_names, name);
        if !is_kept {
            let span = lowering.reader.key_span(&scheme_pointer(name));
            lowering
                .diagnostics
                .report(rules::UNUSED_SECURITY_SCHEME, span, &[name]);
        }
        is_kept
    });
    schemes
}

/// The credentials of schemes.
struct Schemes<'d> {
    credentials: Vec<ClientItem>,
    /// Indices into `credentials`.
    by_name: HashMap<&'d str, usize>,
}

/// Lowers schemes; those that the generated client does not support are left out.
fn credentials<'d>(lowering: &mut Lowering<'_>, schemes: Vec<NamedScheme<'d>>) -> Schemes<'d> {
    let mut credentials = Vec::new();
    let mut by_name = HashMap::new();
    for (name, scheme) in schemes {
        let ReferenceOr::Item(scheme) = scheme else {
            continue;
        };
        let Some((kind, description)) = credential_kind(lowering, name, scheme) else {
            continue;
        };
        by_name.insert(name, credentials.len());
        credentials.push(ClientItem {
            request: scheme_request(name, &kind),
            kind: ItemKind::Credential {
                scheme: name.to_owned(),
                kind,
            },
            required: false,
            docs: Docs {
                description: text(description),
                ..Docs::default()
            },
        });
    }
    Schemes { credentials, by_name }
}

fn scheme_pointer(name: &str) -> Pointer {
    Pointer(SCHEMES.to_owned()).child(name)
}

/// The requirements that apply to an operation: its own, or else those of the API.
fn requirements<'e>(openapi: &'e OpenAPI, endpoint: &'e Endpoint<'_>) -> &'e [SecurityRequirement] {
    let own = endpoint.route.operation.security.as_ref();
    own.or(openapi.security.as_ref()).map_or(&[], Vec::as_slice)
}

/// How a scheme is sent, and its description; `None` if the generated client does not support it.
fn credential_kind<'d>(
    lowering: &mut Lowering<'_>,
    name: &str,
    scheme: &'d SecurityScheme,
) -> Option<(CredentialKind, Option<&'d String>)> {
    match scheme {
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
            let name = name.clone();
            Some((CredentialKind::ApiKey { location, name }, description.as_ref()))
        }
        SecurityScheme::HTTP {
            scheme, description, ..
        } => {
            let kind = if scheme.eq_ignore_ascii_case("basic") {
                CredentialKind::Basic
            } else if scheme.eq_ignore_ascii_case("bearer") {
                CredentialKind::Bearer
            } else {
                let span = lowering.reader.key_span(&scheme_pointer(name));
                lowering
                    .diagnostics
                    .report(rules::UNSUPPORTED_SECURITY_SCHEME, span, &[&name, scheme]);
                return None;
            };
            Some((kind, description.as_ref()))
        }
        SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
            Some((CredentialKind::Bearer, description.as_ref()))
        }
    }
}

/// The alternatives of credentials of one operation, each once.
fn alternatives(
    lowering: &mut Lowering<'_>,
    endpoint: &Endpoint<'_>,
    by_scheme: &HashMap<&str, usize>,
) -> Vec<Vec<usize>> {
    let reader = lowering.reader;
    let mut alternatives: Vec<Vec<usize>> = Vec::new();
    for requirement in requirements(&reader.document.openapi, endpoint) {
        let mut alternative = Vec::new();
        for name in requirement.keys() {
            if let Some(&credential) = by_scheme.get(name.as_str()) {
                alternative.push(credential);
            } else if reader.resolve(&scheme_pointer(name)).is_none() {
                let own = reader.key_span(&endpoint.route.pointer.child("security"));
                let span = own.or_else(|| reader.key_span(&Pointer("/security".to_owned())));
                lowering
                    .diagnostics
                    .report(rules::UNKNOWN_SECURITY_SCHEME, span, &[name]);
            }
        }
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}
