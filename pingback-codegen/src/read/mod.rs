//! Texts in, [`Parsed`] out: one tree for a document, `openapiv3`'s model of everything but its schemas,
//! its schemas, and the catalogue. Reports whatever is malformed and mends it by leaving it out.

pub mod catalogue;
pub mod document;
mod expect;
pub mod files;
mod json;
pub(crate) mod media_types;
pub mod number;
mod overlay;
mod place;
mod reference;
pub mod schema;
pub mod tree;
pub mod yaml;

use crate::source::Span;
use catalogue::Catalogue;
use indexmap::IndexMap;
use reference::Followed;
use schema::Schemas;
use tree::{Node, Pointer};

/// An OpenAPI document, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The whole text as a tree; every pointer of this crate points into it.
    pub tree: Node,
    /// The document as `openapiv3` models it. References to path items, parameters, request bodies,
    /// responses, headers and examples are already replaced by what they point at; in the place of each
    /// schema stands a `$ref` that is the pointer of a schema in [`Document::schemas`].
    ///
    /// A parameter that could not be read is a reference to itself, so that positions in lists of parameters
    /// are those of the text; everything else that could not be read is not there. Callbacks, links and
    /// webhooks are left out, and so are paths, which are in [`Document::paths`].
    pub openapi: openapiv3::OpenAPI,
    /// The paths.
    pub paths: IndexMap<String, PathItem>,
    /// The schemas.
    pub schemas: Schemas,
}

/// A path. `openapiv3`'s takes nine kilobytes, since it has room for an operation of each method.
#[derive(Debug, Clone, Default)]
pub struct PathItem {
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `servers`.
    pub servers: Vec<openapiv3::Server>,
    /// The parameters of all operations that do not say otherwise.
    pub parameters: Vec<openapiv3::ReferenceOr<openapiv3::Parameter>>,
    /// The operations with their methods in lower case, in the order of the text.
    pub operations: Vec<(&'static str, openapiv3::Operation)>,
}

impl Document {
    /// The byte range of what `pointer` names. Where a `$ref` stands in the way it is followed, at the end
    /// as well, so this is where the thing is defined.
    #[must_use]
    pub fn span(&self, pointer: &Pointer) -> Option<Span> {
        self.node(pointer).map(|node| node.span)
    }

    /// The node that `pointer` names. References are followed.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        match reference::definition(&self.tree, pointer) {
            Followed::To(_, node) => Some(node),
            Followed::Nowhere | Followed::Cycle => None,
        }
    }

    /// The byte range of the key whose value `pointer` names: for findings about the whole of an object, of
    /// which the key is the part worth showing. References on the way are followed, one at the end is not.
    #[must_use]
    pub fn key_span(&self, pointer: &Pointer) -> Option<Span> {
        let Followed::To(at, node) = reference::place(&self.tree, pointer) else {
            return None;
        };
        let Some((parent, _)) = at.0.rsplit_once('/') else {
            return Some(node.span);
        };
        let key = at.segments().last()?;
        let parent = self.tree.at(&Pointer(parent.to_owned()))?;
        Some(parent.entry(&key).map_or(node.span, |entry| entry.key_span))
    }
}

/// All that was read of one API.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The OpenAPI document, if there is one.
    pub document: Option<Document>,
    /// The error codes, empty if no catalogue was given.
    pub catalogue: Catalogue,
    /// The file that chooses, for findings about it.
    pub config: Option<crate::source::SourceId>,
}
