//! Schemas in, [`TypeDef`]s out: merging, unions, recursion and the names of types. Knows nothing of
//! operations; whoever asks says which way a value travels and what an inline type there would be called.

use crate::diagnostic::Diagnostics;
use crate::model::{Type, TypeDef};
use crate::options::Options;
use crate::read::Document;
use crate::read::schema::SchemaId;

/// Which way a value travels where its schema is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// In a parameter or a request body: without `readOnly` properties.
    Sent,
    /// In a response: without `writeOnly` properties.
    Received,
}

/// The structure of a schema: equal where titles, descriptions, examples and defaults are all that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(u32);

/// What an inline type would be called: upper camel words, from its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct NameHint(String);

impl NameHint {
    /// A hint of any text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// With further words at the end.
    #[must_use]
    pub fn then(&self, text: &str) -> Self {
        Self(format!("{}{text}", self.0))
    }
}

/// The type lowering: schemas in, type definitions out.
pub struct Types<'a> {
    document: &'a Document,
}

impl<'a> Types<'a> {
    /// Prepares the schemas of a document.
    #[must_use]
    pub fn new(document: &'a Document, options: &'a Options) -> Self {
        let _ = options;
        Self { document }
    }

    /// The type of a schema where it is used that way. `name` is what an inline schema there would be called.
    pub fn of(&mut self, schema: SchemaId, way: Way, name: &NameHint, diagnostics: &mut Diagnostics) -> Type {
        let _ = (schema, way, name, diagnostics, self.document);
        Type::Json
    }

    /// The type of the body of a multipart form: like [`Types::of`] with [`Way::Sent`], but its properties of
    /// `format: binary` (and arrays of such) are [`Type::Bytes`].
    pub fn form(&mut self, schema: SchemaId, name: &NameHint, diagnostics: &mut Diagnostics) -> Type {
        self.of(schema, Way::Sent, name, diagnostics)
    }

    /// Equal for schemas with the same structure, disregarding titles, descriptions, examples and defaults.
    pub fn shape(&mut self, schema: SchemaId) -> ShapeId {
        ShapeId(schema.0)
    }

    /// Settles names, boxes and usage. What was asked for so far comes out, and all other components.
    #[must_use]
    pub fn finish(self, diagnostics: &mut Diagnostics) -> Vec<TypeDef> {
        let _ = diagnostics;
        Vec::new()
    }
}
