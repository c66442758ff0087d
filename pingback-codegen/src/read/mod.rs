//! Reads texts into [`Parsed`]: the tree of the document, `openapiv3`'s model of everything but its schemas, its schemas,
//! and the error catalogue. Malformed parts are reported and left out.

mod bundle;
pub mod catalogue;
pub mod document;
pub mod files;
mod identifiers;
mod json;
pub mod location;
pub(crate) mod media_types;
mod members;
pub mod number;
mod object_kind;
mod overlay;
mod reference;
pub mod schema;
mod suggestion;
pub mod tree;
mod tree_rules;
pub(crate) mod used_components;
mod wrong_kind;
pub mod yaml;

use crate::source::Span;
use catalogue::Catalogue;
use indexmap::IndexMap;
use reference::Resolved;
use schema::{SchemaId, Schemas};
use tree::{Node, Pointer};

/// The parsed inputs of one output.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The OpenAPI document, if there is one.
    pub document: Option<Document>,
    /// The error codes; empty if no catalogue was given.
    pub catalogue: Catalogue,
    /// The configuration file, for diagnostics about it.
    pub config: Option<crate::source::SourceId>,
}

/// An OpenAPI document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The tree of the whole document. All pointers refer to it.
    pub tree: Node,
    /// `openapiv3`'s model of the document. References to path items, parameters, request bodies, responses, headers and
    /// examples are replaced by their targets. Each schema is represented by a `$ref` with the pointer of a schema in
    /// [`Document::schemas`].
    ///
    /// A parameter that could not be read is a reference to itself, so that the positions in lists of parameters are
    /// those of the document; everything else that could not be read is absent. Paths are in [`Document::paths`].
    /// Callbacks, links and webhooks are not included.
    pub openapi: openapiv3::OpenAPI,
    /// The paths.
    pub paths: IndexMap<String, PathItem>,
    /// The schemas.
    pub schemas: Schemas,
}

/// A path item. The type of `openapiv3` has room for an operation of each method, nine kilobytes for each path.
#[derive(Debug, Clone, Default)]
pub struct PathItem {
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `servers`.
    pub servers: Vec<openapiv3::Server>,
    /// The parameters of all operations that do not override them.
    pub parameters: Vec<openapiv3::ReferenceOr<openapiv3::Parameter>>,
    /// The operations with their methods in lower case, in document order.
    pub operations: Vec<(&'static str, openapiv3::Operation)>,
}

impl Document {
    /// Whether the document is of OpenAPI 3.0.
    #[must_use]
    pub fn is_openapi_3_0(&self) -> bool {
        self.openapi.openapi.trim_start().starts_with("3.0")
    }

    /// The operation of that path and method. The case of the method does not matter.
    #[must_use]
    pub fn operation(&self, path: &str, method: &str) -> Option<&openapiv3::Operation> {
        let operations = &self.paths.get(path)?.operations;
        let found = operations
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(method));
        found.map(|(_, operation)| operation)
    }

    /// The schema of a media type.
    #[must_use]
    pub fn schema_of(&self, media_type: &openapiv3::MediaType) -> Option<SchemaId> {
        match media_type.schema.as_ref()? {
            openapiv3::ReferenceOr::Reference { reference } => {
                self.schemas.by_pointer.get(&Pointer(reference.clone())).copied()
            }
            openapiv3::ReferenceOr::Item(_) => None,
        }
    }

    /// The node at `pointer`. References on the way and at the end are followed.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        match reference::resolve(&self.tree, pointer) {
            Resolved::Found(_, node) => Some(node),
            Resolved::Missing | Resolved::Cycle => None,
        }
    }

    /// The byte range of the node at `pointer`. References on the way and at the end are followed, so this is the place
    /// of the definition.
    #[must_use]
    pub fn span(&self, pointer: &Pointer) -> Option<Span> {
        self.node(pointer).map(|node| node.span)
    }

    /// The byte range of the key of the member at `pointer`: a short text for diagnostics about a large object.
    /// References on the way are followed, one at the end is not.
    #[must_use]
    pub fn key_span(&self, pointer: &Pointer) -> Option<Span> {
        let Resolved::Found(pointer, node) = reference::locate(&self.tree, pointer) else {
            return None;
        };
        let Some((parent, _)) = pointer.0.rsplit_once('/') else {
            return Some(node.span);
        };
        let key = pointer.segments().last()?;
        let parent = self.tree.at(&Pointer(parent.to_owned()))?;
        Some(parent.entry(&key).map_or(node.span, |entry| entry.key_span))
    }
}
