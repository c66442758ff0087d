//! Texts in, [`Parsed`] out: one tree for a document, `openapiv3`'s model of everything but its schemas,
//! its schemas, and the catalogue. Reports whatever is malformed and mends it by leaving it out.

pub mod catalogue;
pub mod schema;
pub mod tree;

use catalogue::Catalogue;
use schema::Schemas;
use tree::Node;

/// An OpenAPI document, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The whole text as a tree; every pointer of this crate points into it.
    pub tree: Node,
    /// The document as `openapiv3` models it. References to path items, parameters, request bodies,
    /// responses, headers and examples are already replaced by what they point at; in the place of each
    /// schema stands a `$ref` that is the pointer of a schema in [`Document::schemas`].
    pub openapi: openapiv3::OpenAPI,
    /// The schemas.
    pub schemas: Schemas,
}

/// All that was read of one API.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The OpenAPI document, if there is one.
    pub document: Option<Document>,
    /// The error codes, empty if no catalogue was given.
    pub catalogue: Catalogue,
}
