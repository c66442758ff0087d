//! Schemas that all apply to one value.

use crate::read::schema::{JsonType, SchemaId};

/// A schema that applies to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub(super) schema: SchemaId,
    pub(super) coverage: Coverage,
}

/// How much of a schema applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Coverage {
    Whole,
    /// Its own keywords without `oneOf` and `anyOf`, since one of the branches was chosen.
    OwnKeywords,
    /// Everything that it describes, but nothing that it requires: it is one of several branches that become one object.
    NothingRequired,
}

/// Schemas that all apply to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Intersection {
    pub(super) parts: Vec<Part>,
    /// The only JSON type allowed, if the schemas allow more.
    pub(super) only: Option<JsonType>,
}

impl Intersection {
    /// One schema.
    pub(super) fn whole(schema: SchemaId) -> Self {
        Self::all([schema])
    }

    /// Several schemas.
    pub(super) fn all(schemas: impl IntoIterator<Item = SchemaId>) -> Self {
        let parts = schemas.into_iter().map(|schema| Part {
            schema,
            coverage: Coverage::Whole,
        });
        Self {
            parts: parts.collect(),
            only: None,
        }
    }

    /// The schema, if there is only one and it applies completely.
    pub(super) fn single(&self) -> Option<SchemaId> {
        match (self.parts.as_slice(), self.only) {
            ([part], None) if part.coverage == Coverage::Whole => Some(part.schema),
            _ => None,
        }
    }

    pub(super) fn schemas(&self) -> impl Iterator<Item = SchemaId> + '_ {
        self.parts.iter().map(|part| part.schema)
    }
}
