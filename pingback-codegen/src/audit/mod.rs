//! The document, the catalogue and what was made of both in; where they disagree, with themselves or with each
//! other, out. What codes a response documents was found by `lower`, and is not looked for again here.

mod codes;
mod examples;
mod prose;
mod spelling;
mod texts;

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::model::{Api, CredentialKind, KeyLocation, Status};
use crate::read::tree::{Node, Pointer};
use crate::read::{Document, Parsed};
use crate::source::{Sources, Span};

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
    for credential in &api.credentials {
        let CredentialKind::ApiKey {
            location: KeyLocation::Header,
            name,
        } = &credential.kind
        else {
            continue;
        };
        let schemes = Pointer("/components/securitySchemes".to_owned());
        let is_declared = document
            .tree
            .at(&schemes)
            .and_then(Node::as_object)
            .is_some_and(|schemes| {
                schemes.values().any(|scheme| {
                    let header = scheme.node.get("name").and_then(Node::as_str);
                    header.is_some_and(|header| header.eq_ignore_ascii_case(name))
                }) || schemes.contains_key(&credential.scheme)
            });
        let Some(span) = (!is_declared).then(|| header_parameter(document, name)).flatten() else {
            continue;
        };
        let place = document
            .key_span(&schemes)
            .or_else(|| document.key_span(&Pointer("/components".to_owned())));
        diagnostics.push(
            Diagnostic::new(rules::AUTHENTICATION_BY_PARAMETER, span, &[name])
                .about(name.clone())
                .beside(place, "no security scheme here declares it"),
        );
    }
}

/// The first parameter that declares a header.
fn header_parameter(document: &Document, name: &str) -> Option<Span> {
    let paths = Pointer("/paths".to_owned());
    let lists = document
        .tree
        .at(&paths)?
        .as_object()?
        .iter()
        .flat_map(|(path, item)| {
            let item_pointer = paths.child(path);
            let own = item_pointer.child("parameters");
            let methods = item.node.as_object().into_iter().flatten();
            std::iter::once(own).chain(
                methods
                    .map(move |(method, _)| item_pointer.child(method).child("parameters"))
                    .collect::<Vec<_>>(),
            )
        });
    let mut parameters = lists.flat_map(|list| {
        let count = document
            .tree
            .at(&list)
            .and_then(Node::as_array)
            .map_or(0, <[Node]>::len);
        (0..count).map(move |index| list.child(index))
    });
    parameters.find_map(|parameter| {
        let text = |key: &str| {
            let span = document.span(&parameter.child(key))?;
            let node = document.tree.at(&document.tree.pointer_at(span))?;
            Some((node.as_str()?.to_owned(), span))
        };
        let (location, _) = text("in")?;
        let (found, span) = text("name")?;
        (location == "header" && found.eq_ignore_ascii_case(name)).then_some(span)
    })
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
