//! Finds credentials that are header parameters rather than security schemes.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::header_names::looks_like_credential;
use crate::model::{Api, CredentialKind, KeyLocation};
use crate::read::Document;
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::IndexMap;

/// Reports header parameters that hold credentials and that no security scheme declares.
pub(super) fn report_undeclared_keys(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let schemes = Schemes::of(document);
    let configured = keys_without_scheme(api, &schemes);
    let place = ["/components/securitySchemes", "/components", "/paths"]
        .iter()
        .find_map(|pointer| document.key_span(&Pointer((*pointer).to_owned())));
    for (lower, (name, span)) in header_parameters(document) {
        let is_key =
            looks_like_credential(&lower) || configured.iter().any(|key| key.eq_ignore_ascii_case(&lower));
        if !is_key || schemes.declare(&name) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(rules::AUTHENTICATION_BY_PARAMETER, span, &[&name])
                .about(name.clone())
                .related_if_known(place, "no security scheme here declares it"),
        );
    }
}

/// The names of the client's header keys that are parameters in the document, and became keys by their name or by the
/// configuration.
fn keys_without_scheme<'a>(api: &'a Api, schemes: &Schemes<'_>) -> Vec<&'a str> {
    let credentials = api.credentials.iter();
    let keys = credentials
        .filter(|credential| !schemes.contain(&credential.scheme))
        .filter_map(|credential| match &credential.kind {
            CredentialKind::ApiKey {
                location: KeyLocation::Header,
                name,
            } => Some(name.as_str()),
            _ => None,
        });
    keys.collect()
}

/// The security schemes of a document, by name.
struct Schemes<'a>(Vec<(&'a str, &'a Node)>);

impl<'a> Schemes<'a> {
    fn of(document: &'a Document) -> Self {
        let pointer = Pointer("/components/securitySchemes".to_owned());
        let schemes = document.tree.at(&pointer).and_then(Node::as_object);
        let schemes = schemes.into_iter().flatten();
        Self(
            schemes
                .map(|(name, scheme)| (name.as_str(), &scheme.node))
                .collect(),
        )
    }

    fn contain(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Whether a scheme sends credentials in this header.
    fn declare(&self, header: &str) -> bool {
        self.0.iter().any(|(_, scheme)| {
            let text = |key: &str| scheme.get(key).and_then(Node::as_str).unwrap_or_default();
            let uses_authorization = matches!(text("type"), "http" | "oauth2" | "openIdConnect");
            text("name").eq_ignore_ascii_case(header)
                || uses_authorization && header.eq_ignore_ascii_case("authorization")
        })
    }
}

/// The header parameters, keyed by their names in lower case: the first spelling of the name, and its place.
fn header_parameters(document: &Document) -> IndexMap<String, (String, Span)> {
    let mut found = IndexMap::new();
    for list in parameter_lists(document) {
        let parameters = document.tree.at(&list).and_then(Node::as_array);
        for index in 0..parameters.map_or(0, <[Node]>::len) {
            let parameter = list.child(index);
            let text = |key: &str| document.node(&parameter.child(key));
            if text("in").and_then(Node::as_str) == Some("header")
                && let Some(node) = text("name")
                && let Some(name) = node.as_str()
            {
                let place = || (name.to_owned(), node.span);
                found.entry(name.to_ascii_lowercase()).or_insert_with(place);
            }
        }
    }
    found
}

/// The pointers at which path items and operations may have parameters.
fn parameter_lists(document: &Document) -> Vec<Pointer> {
    let paths = Pointer("/paths".to_owned());
    let mut lists = Vec::new();
    let items = document.tree.at(&paths).and_then(Node::as_object);
    for (path, item) in items.into_iter().flatten() {
        let pointer = paths.child(path);
        lists.push(pointer.child("parameters"));
        let methods = item.node.as_object().into_iter().flatten();
        lists.extend(methods.map(|(method, _)| pointer.child(method).child("parameters")));
    }
    lists
}
