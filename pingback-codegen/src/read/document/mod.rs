//! Reads an OpenAPI document into a [`Document`]: its schemas as one flat list, everything else as `openapiv3`'s model.
//! Malformed parts are reported and left out.
//!
//! The types of `openapiv3` are filled member by member instead of being deserialized: serde stops at the first member
//! of a wrong type and does not report its place.

mod bodies;
mod components;
mod content;
mod external_docs;
mod parameters;
mod paths;
mod reader;
mod responses;
mod root;
mod security;
mod servers;
mod styles;
mod walk;

#[cfg(test)]
mod tests;

use super::Document;
use super::bundle::bundle;
use super::location::ReferencedText;
use super::members::MemberReader;
use super::overlay;
use super::schema::SchemaReader;
use super::tree::{Node, Value};
use super::wrong_kind::replace_references;
use super::yaml;
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{SourceId, Sources};
use reader::DocumentReader;

/// The texts of a document.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The root document.
    pub root: SourceId,
    /// The files that it refers to.
    pub others: Vec<ReferencedText>,
    /// The overlays to apply, in their order.
    pub overlays: Vec<SourceId>,
}

/// Reads a document that consists of one text.
pub fn read(root: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let texts = Texts {
        root,
        others: Vec::new(),
        overlays: Vec::new(),
    };
    read_texts(&texts, sources, diagnostics)
}

/// Reads a document. `None` if the text is not an OpenAPI document, which is reported. If other errors are reported,
/// the document is incomplete, and nothing should be generated from it.
///
/// Overlays are applied to the document that is bundled from all its files.
pub fn read_texts(texts: &Texts, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut tree = yaml::parse(texts.root, sources, diagnostics)?;
    let path = sources.get(texts.root)?.name();
    let path = path.rsplit(['/', '\\']).next().unwrap_or(path);
    bundle(&mut tree, path, &texts.others, sources, diagnostics);
    for overlay in &texts.overlays {
        overlay::apply(&mut tree, *overlay, sources, diagnostics);
    }
    if !texts.overlays.is_empty() {
        // Overlays may have added references to files.
        bundle(&mut tree, path, &texts.others, sources, diagnostics);
    }
    let mut members = MemberReader { sources, diagnostics };
    check_version(&tree, &mut members)?;
    replace_references(&mut tree, members.diagnostics);
    let schemas = walk::read_schemas(SchemaReader::new(members, &tree));
    let members = MemberReader { sources, diagnostics };
    let (openapi, paths) = root::document(&mut DocumentReader::new(members, &tree, &schemas));
    Some(Document {
        tree,
        openapi,
        paths,
        schemas,
    })
}

/// Checks that the tree is an OpenAPI document of a supported version. `None` if it is not, which is reported.
fn check_version(tree: &Node, members: &mut MemberReader<'_>) -> Option<()> {
    if !matches!(tree.value, Value::Object(_)) {
        let reason = format!("it is {}", tree.type_name());
        members.report(rules::NOT_OPENAPI, tree, &[&reason]);
        return None;
    }
    if let Some(swagger) = tree.get("swagger") {
        let version = members.sources.text(swagger.span).trim_matches(['"', '\'']);
        members.report(rules::SWAGGER, swagger, &[&version]);
        return None;
    }
    let Some(version) = tree.get("openapi") else {
        members.report(rules::NOT_OPENAPI, tree, &[&"the member `openapi` is missing"]);
        return None;
    };
    let text = match &version.value {
        Value::String(text) => text.clone(),
        Value::Number(_) => members.as_string(version, "openapi")?,
        _ => {
            let reason = format!("`openapi` is {}", version.type_name());
            members.report(rules::NOT_OPENAPI, version, &[&reason]);
            return None;
        }
    };
    let mut parts = text.trim().split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1")) => Some(()),
        (Some("3"), Some(minor)) if !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()) => {
            members.report(rules::NEWER_VERSION, version, &[&text]);
            Some(())
        }
        _ => {
            members.report(rules::VERSION, version, &[&text]);
            None
        }
    }
}
