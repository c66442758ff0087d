//! Moves header parameters from the operations to the client: secrets, and headers that every operation takes.

use super::EndpointSettings;
use super::method_names::{
    ClientItem, ItemKind, header_request, is_locked_header, is_locked_secret, secret_request,
};
use super::security::Security;
use crate::diagnostic::{Rule, rules};
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::header_names::{changes_with_each_call, is_ignored_header, looks_like_credential};
use crate::lower::reader::text;
use crate::lower::request::parameters::parameter_type;
use crate::lower::routes::DeclaredParameter;
use crate::model::{CredentialKind, Docs, KeyLocation, Type};
use crate::options::HeaderRole;
use crate::source::Span;
use indexmap::IndexMap;
use openapiv3::ParameterSchemaOrContent;

/// The credentials and headers that are set on the client, and which of them each operation takes.
pub(super) struct ClientHeaders {
    pub(super) items: Vec<ClientItem>,
    pub(super) of_endpoint: Vec<EndpointSettings>,
    /// The headers that were moved to the client.
    pub(super) moved: Vec<MovedHeader>,
}

/// A header that was moved to the client, to be reported with the name that it gets there.
pub(super) struct MovedHeader {
    pub(super) rule: &'static Rule,
    pub(super) name: String,
    pub(super) span: Option<Span>,
    /// The index of its item.
    pub(super) item: usize,
    pub(super) reason: &'static str,
}

/// A header and the operations that declare it.
struct Header<'e, 'd> {
    name: String,
    /// The indices of the operations, each with its declaration.
    uses: Vec<(usize, &'e DeclaredParameter<'d>)>,
    /// Whether all of them require it.
    required: bool,
}

/// Where a header is set, and the reason.
struct Placement {
    /// `None` if each call sets it.
    role: Option<HeaderRole>,
    /// The role without a configuration and a lock file.
    default_role: Option<HeaderRole>,
    /// Whether the configuration names the header.
    is_configured: bool,
    /// Whether the lock file lists it as a header of the client.
    is_locked: bool,
}

/// Finds the headers that are set on the client: those that the configuration names, those that look like credentials
/// and that most operations declare, and those that every operation declares in the same way.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    security: Security,
) -> ClientHeaders {
    let of_endpoint = security.of_endpoint.into_iter();
    let mut client = ClientHeaders {
        items: security.credentials,
        moved: Vec::new(),
        of_endpoint: of_endpoint
            .map(|security| EndpointSettings {
                security,
                ..EndpointSettings::default()
            })
            .collect(),
    };
    for header in headers(lowering, endpoints) {
        let placement = placement(lowering, endpoints, &header);
        // The specification ignores it, unless the document describes no other authentication.
        let has_security = client
            .of_endpoint
            .iter()
            .any(|settings| !settings.security.is_empty());
        let is_only_authentication = !has_security && header.name.eq_ignore_ascii_case("authorization");
        if is_ignored_header(&header.name) && !placement.is_configured && !is_only_authentication {
            continue;
        }
        report_kept_placement(lowering, &header, &placement);
        match placement.role {
            Some(HeaderRole::Secret) => {
                let item = client.add_credential(&header);
                client.moved.extend(moved(endpoints, &header, &placement, item));
            }
            Some(HeaderRole::Client) => {
                let Some((ty, uses)) = client_type(lowering, endpoints, &header, &placement) else {
                    continue;
                };
                let item = client.add_parameter(&header, ty, uses);
                client.moved.extend(moved(endpoints, &header, &placement, item));
            }
            Some(HeaderRole::Call) | None => {}
        }
    }
    client
}

/// All header parameters of the document, and headers that only the configuration names.
fn headers<'e, 'd>(lowering: &Lowering<'_>, endpoints: &'e [Endpoint<'d>]) -> Vec<Header<'e, 'd>> {
    let mut headers: IndexMap<String, Header<'_, '_>> = IndexMap::new();
    for (at, endpoint) in endpoints.iter().enumerate() {
        for declared in &endpoint.route.parameters {
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
    for (name, role) in &lowering.options.client.headers {
        if *role != HeaderRole::Call {
            headers
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| Header {
                    name: name.clone(),
                    uses: Vec::new(),
                    required: false,
                });
        }
    }
    headers.into_values().collect()
}

/// Decides where a header is set. Moving an existing header would change every call, so the lock file overrides the
/// default.
fn placement(lowering: &Lowering<'_>, endpoints: &[Endpoint<'_>], header: &Header<'_, '_>) -> Placement {
    let mut configured = lowering.options.client.headers.iter();
    let configured = configured
        .find(|(name, _)| name.eq_ignore_ascii_case(&header.name))
        .map(|(_, role)| *role);
    let locked = if is_locked_secret(lowering.locked_names, &header.name) {
        Some(HeaderRole::Secret)
    } else {
        is_locked_header(lowering.locked_names, &header.name).then_some(HeaderRole::Client)
    };
    let default_role = default_role(header, endpoints.len());
    let is_locked_as_argument = locked.is_none()
        && header
            .uses
            .iter()
            .any(|(at, _)| endpoints[*at].is_locked(lowering.locked_names));
    let role = match configured.or(locked) {
        Some(role) => Some(role),
        None if is_locked_as_argument => None,
        None => default_role,
    };
    Placement {
        role,
        default_role,
        is_configured: configured.is_some(),
        is_locked: locked.is_some(),
    }
}

/// Where a header is set if neither the configuration nor the lock file decides it.
fn default_role(header: &Header<'_, '_>, endpoints: usize) -> Option<HeaderRole> {
    let uses = header.uses.len();
    let is_everywhere = uses == endpoints;
    if looks_like_credential(&header.name) {
        let is_in_most = uses > 1 && uses * 2 > endpoints;
        return (is_everywhere || is_in_most).then_some(HeaderRole::Secret);
    }
    let is_of_client = is_everywhere
        && endpoints > 1
        && !is_ignored_header(&header.name)
        && !changes_with_each_call(&header.name);
    is_of_client.then_some(HeaderRole::Client)
}

/// The type of a header on the client, and the operations that take it from there; `None` if the operations disagree
/// about the type, or if it is not a scalar.
fn client_type(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
    header: &Header<'_, '_>,
    placement: &Placement,
) -> Option<(Type, Vec<usize>)> {
    let Some(&first) = header.uses.first() else {
        return Some((Type::String, (0..endpoints.len()).collect()));
    };
    // An operation of an earlier run that took the header from the client decides its type.
    let mut uses = header.uses.iter();
    let locked = uses.find(|(at, _)| placement.is_locked && endpoints[*at].is_locked(lowering.locked_names));
    let (first, first_declared) = locked.copied().unwrap_or(first);
    let (ty, _) = parameter_type(lowering, &endpoints[first], first_declared);
    let mut of_type: Vec<usize> = Vec::with_capacity(header.uses.len());
    for (at, declared) in &header.uses {
        if placement.is_configured || parameter_type(lowering, &endpoints[*at], declared).0 == ty {
            of_type.push(*at);
        }
    }
    let is_agreed = placement.is_locked || of_type.len() == header.uses.len();
    (is_agreed && is_scalar(lowering, first_declared)).then_some((ty, of_type))
}

fn is_scalar(lowering: &Lowering<'_>, declared: &DeclaredParameter<'_>) -> bool {
    match &declared.parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(schema) => lowering
            .reader
            .schema_id(schema)
            .is_none_or(|id| lowering.reader.is_scalar(id)),
        ParameterSchemaOrContent::Content(_) => false,
    }
}

/// Reports that the lock file keeps a header where it was.
fn report_kept_placement(lowering: &mut Lowering<'_>, header: &Header<'_, '_>, placement: &Placement) {
    let Some((_, first)) = header.uses.first() else {
        return;
    };
    if placement.is_configured || placement.role == placement.default_role {
        return;
    }
    let (on_client, argument) = ("set once on the client", "an argument of each call");
    let (is, would_be) = if placement.is_locked {
        (on_client, argument)
    } else {
        (argument, on_client)
    };
    lowering.diagnostics.report(
        rules::HEADER_PLACEMENT_KEPT,
        first.span,
        &[&header.name, &is, &would_be],
    );
}

/// A header of the document that was moved to the client; `None` if only the configuration names the header.
fn moved(
    endpoints: &[Endpoint<'_>],
    header: &Header<'_, '_>,
    placement: &Placement,
    item: usize,
) -> Option<MovedHeader> {
    let (_, first) = header.uses.first()?;
    let reason = if placement.is_configured {
        "the configuration places it there"
    } else if header.uses.len() == endpoints.len() {
        "every operation declares it"
    } else if placement.is_locked {
        "the lock file records it there"
    } else {
        "most operations declare it"
    };
    Some(MovedHeader {
        rule: match placement.role {
            Some(HeaderRole::Secret) => rules::HEADER_AS_CREDENTIAL,
            _ => rules::HEADER_ON_CLIENT,
        },
        name: header.name.clone(),
        span: first.span,
        item,
        reason,
    })
}

impl ClientHeaders {
    /// Adds a credential that is sent in this header to every alternative of the operations that declare the header.
    /// Returns the index of its item.
    fn add_credential(&mut self, header: &Header<'_, '_>) -> usize {
        let uses: Vec<usize> = if header.uses.is_empty() {
            (0..self.of_endpoint.len()).collect()
        } else {
            header.uses.iter().map(|(at, _)| *at).collect()
        };
        let is_everywhere = uses.len() == self.of_endpoint.len();
        let item = self.credential_item(&header.name).unwrap_or_else(|| {
            let kind = CredentialKind::ApiKey {
                location: KeyLocation::Header,
                name: header.name.clone(),
            };
            self.items.push(ClientItem {
                request: secret_request(&header.name, &kind),
                kind: ItemKind::Credential {
                    scheme: header.name.clone(),
                    kind,
                },
                required: header.required && is_everywhere,
                docs: header_docs(header),
            });
            self.items.len() - 1
        });
        let is_credential = |item: &&ClientItem| matches!(item.kind, ItemKind::Credential { .. });
        let credential = self.items[..item].iter().filter(is_credential).count();
        for at in uses {
            let settings = &mut self.of_endpoint[at];
            settings.headers.push(header.name.clone());
            require(&mut settings.security, credential, header.required);
        }
        item
    }

    /// The item of a credential that is sent in this header.
    fn credential_item(&self, header: &str) -> Option<usize> {
        self.items.iter().position(|item| match &item.kind {
            ItemKind::Credential {
                kind:
                    CredentialKind::ApiKey {
                        location: KeyLocation::Header,
                        name,
                    },
                ..
            } => name.eq_ignore_ascii_case(header),
            ItemKind::Credential { .. } | ItemKind::Parameter { .. } => false,
        })
    }

    /// Adds a header that is not a secret, for the operations `uses`. Returns the index of its item.
    fn add_parameter(&mut self, header: &Header<'_, '_>, ty: Type, uses: Vec<usize>) -> usize {
        let is_parameter = |item: &&ClientItem| matches!(item.kind, ItemKind::Parameter { .. });
        let parameter = self.items.iter().filter(is_parameter).count();
        self.items.push(ClientItem {
            request: header_request(&header.name),
            kind: ItemKind::Parameter {
                header: header.name.clone(),
                ty,
            },
            required: header.required && uses.len() == self.of_endpoint.len() && !uses.is_empty(),
            docs: header_docs(header),
        });
        for at in uses {
            self.of_endpoint[at].parameters.push(parameter);
            self.of_endpoint[at].headers.push(header.name.clone());
        }
        self.items.len() - 1
    }
}

/// Adds a credential to every alternative. If it is optional, the alternatives without it remain.
fn require(alternatives: &mut Vec<Vec<usize>>, credential: usize, is_required: bool) {
    if alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    let without = alternatives.clone();
    for alternative in &mut *alternatives {
        if !alternative.contains(&credential) {
            alternative.push(credential);
        }
    }
    if !is_required {
        for alternative in without {
            if !alternatives.contains(&alternative) {
                alternatives.push(alternative);
            }
        }
    }
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
