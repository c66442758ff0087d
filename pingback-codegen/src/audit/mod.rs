//! The document, the catalogue and what was made of both in; where they disagree, with themselves or with each
//! other, out. What codes a response documents was found by `lower`, and is not looked for again here.

mod codes;
mod examples;
mod prose;
mod spelling;
mod texts;

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::lower::header_names::looks_like_credential;
use crate::model::{Api, CredentialKind, KeyLocation, Status};
use crate::read::tree::{Node, Pointer};
use crate::read::{Document, Parsed};
use crate::source::{Sources, Span};
use indexmap::IndexMap;

/// How many places of one finding are told.
const MOST_PLACES: usize = 20;

/// Applies all rules.
pub fn audit(
    parsed: &Parsed,
    api: &Api,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    codes::compare(parsed, documented, diagnostics);
    codes::two_titles(documented, diagnostics);
    codes::repeated_descriptions(&parsed.catalogue, diagnostics);
    spelling::misspelt(&parsed.catalogue, documented, diagnostics);
    without_code(documented, diagnostics);
    if let Some(document) = &parsed.document {
        prose::statuses(document, &parsed.catalogue, documented, sources, diagnostics);
        authentication(document, api, diagnostics);
        examples::refused(document, diagnostics);
    }
}

/// Error responses without a code, in a document where others have one.
fn without_code(documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    let Some(with_code) = documented.iter().find(|error| !error.mentions.is_empty()) else {
        return;
    };
    for error in documented {
        if let Status::Exact(status @ 400..=599) = error.status
            && error.mentions.is_empty()
        {
            let finding = Diagnostic::new(
                rules::ERROR_WITHOUT_CODE,
                error.span,
                &[&status, &error.operation],
            );
            diagnostics.push(
                finding
                    .about(error.pointer.0.clone())
                    .beside(with_code.span, "this one has codes"),
            );
        }
    }
}

/// Keys sent in a header that only a parameter describes.
fn authentication(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let pointer = Pointer("/components/securitySchemes".to_owned());
    let schemes = document.tree.at(&pointer).and_then(Node::as_object);
    let is_declared = |name: &str| {
        schemes
            .into_iter()
            .flat_map(|schemes| schemes.values())
            .any(|scheme| {
                let text = |key: &str| scheme.node.get(key).and_then(Node::as_str).unwrap_or_default();
                let by_type = matches!(text("type"), "http" | "oauth2" | "openIdConnect");
                text("name").eq_ignore_ascii_case(name)
                    || by_type && name.eq_ignore_ascii_case("authorization")
            })
    };
    // What the client takes for a key by the configuration is one too, whatever its name.
    let chosen: Vec<&str> = api
        .credentials
        .iter()
        .filter(|credential| !schemes.is_some_and(|schemes| schemes.contains_key(&credential.scheme)))
        .filter_map(|credential| match &credential.kind {
            CredentialKind::ApiKey {
                location: KeyLocation::Header,
                name,
            } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let place = document
        .key_span(&pointer)
        .or_else(|| document.key_span(&Pointer("/components".to_owned())))
        .or_else(|| document.key_span(&Pointer("/paths".to_owned())));
    for (lower, (name, span)) in header_parameters(document) {
        let is_key =
            looks_like_credential(&lower) || chosen.iter().any(|one| one.eq_ignore_ascii_case(&lower));
        if !is_key || is_declared(&name) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(rules::AUTHENTICATION_BY_PARAMETER, span, &[&name])
                .about(name.clone())
                .beside(place, "no security scheme here declares it"),
        );
    }
}

/// The header parameters by their names in lower case, each as it is first written and where.
fn header_parameters(document: &Document) -> IndexMap<String, (String, Span)> {
    let mut found = IndexMap::new();
    let paths = Pointer("/paths".to_owned());
    let items = document.tree.at(&paths).and_then(Node::as_object);
    for (path, item) in items.into_iter().flatten() {
        let item_pointer = paths.child(path);
        let methods = item.node.as_object().into_iter().flatten();
        let lists = std::iter::once(item_pointer.child("parameters"))
            .chain(methods.map(|(method, _)| item_pointer.child(method).child("parameters")));
        for list in lists {
            let count = document
                .tree
                .at(&list)
                .and_then(Node::as_array)
                .map_or(0, <[Node]>::len);
            for parameter in (0..count).map(|index| list.child(index)) {
                let text = |key: &str| {
                    let span = document.span(&parameter.child(key))?;
                    let node = document.tree.at(&document.tree.pointer_at(span))?;
                    Some((node.as_str()?.to_owned(), span))
                };
                if text("in").is_some_and(|(location, _)| location == "header")
                    && let Some((name, span)) = text("name")
                {
                    found.entry(name.to_ascii_lowercase()).or_insert((name, span));
                }
            }
        }
    }
    found
}

impl Diagnostic {
    /// Adds another place, if it is known.
    fn beside(self, span: Option<Span>, why: impl Into<String>) -> Self {
        match span {
            Some(span) => self.related(span, why),
            None => self,
        }
    }
}
