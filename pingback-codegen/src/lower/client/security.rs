//! Lowers security schemes to credentials, and security requirements to alternatives of credentials.

use super::ClientSide;
use super::method_names::{ClientItem, credential_request, scheme_key};
use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::model::{Credential, CredentialKind, Docs, KeyLocation};
use crate::names::NameKind;
use crate::read::tree::Pointer;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};
use std::collections::HashSet;

/// Security schemes become credentials, requirements alternatives of them.
pub(super) fn schemes(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>], client: &mut ClientSide) {
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
        let key = scheme_key(scheme_name);
        // A scheme in the lock file stays: callers may set it.
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
        let item = ClientItem::Credential(client.credentials.len());
        client
            .requests
            .push((item, credential_request(key, scheme_name, &kind)));
        client.credentials.push(Credential {
            name: String::new(),
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
                // The stage `check` reports a scheme that is not declared.
                if let Some(&credential) = index.get(name) {
                    alternative.push(credential);
                }
            }
            if known.insert(alternative.clone()) {
                setting.security.push(alternative);
            }
        }
    }
}

/// The alternatives that hold for an operation: its own, or else the API's.
fn requirements<'e>(
    openapi: &'e openapiv3::OpenAPI,
    endpoint: &'e Endpoint<'_>,
) -> &'e [SecurityRequirement] {
    let own = endpoint.operation.security.as_ref();
    own.or(openapi.security.as_ref()).map_or(&[], Vec::as_slice)
}
