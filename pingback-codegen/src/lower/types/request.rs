//! Types whose definitions have no numbers yet. Lowering a use of a schema returns such a type without changing the table
//! of definitions, which can then either add the definitions or look them up.

use super::enumeration::{EnumValue, Openness};
use super::hint::NameHint;
use super::intersection::{Coverage, Intersection};
use super::shape::ShapeId;
use crate::model::{Direction, Type};
use crate::read::schema::{JsonType, SchemaId};

/// A use of a type.
#[derive(Debug)]
pub(super) enum UnresolvedType {
    /// A type that mentions no definition.
    Resolved(Type),
    Definition(Box<DefinitionRequest>),
    Array(Box<UnresolvedType>),
    Map(Box<UnresolvedType>),
    Tuple(Vec<UnresolvedType>),
    Nullable(Box<UnresolvedType>),
}

impl UnresolvedType {
    /// Any JSON.
    pub(super) const JSON: Self = Self::Resolved(Type::Json);

    pub(super) fn array(item: Self) -> Self {
        Self::Array(Box::new(item))
    }

    pub(super) fn map(value: Self) -> Self {
        Self::Map(Box::new(value))
    }

    /// The type with `null` as a further value, if `is_nullable` and the type does not accept `null` yet.
    pub(super) fn nullable_if(self, is_nullable: bool) -> Self {
        let has_null = matches!(
            self,
            Self::Nullable(_) | Self::Resolved(Type::Json | Type::Null | Type::Nullable(_))
        );
        if is_nullable && !has_null {
            Self::Nullable(Box::new(self))
        } else {
            self
        }
    }

    pub(super) fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            ty => ty,
        }
    }
}

/// Which values of a schema a definition describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum View {
    /// The same values are sent and received.
    Shared,
    /// Values that are sent: without `readOnly` properties.
    Sent,
    /// Values that are received: without `writeOnly` properties.
    Received,
    /// The body of a form: sent, with files as bytes.
    Form,
}

impl View {
    /// The direction of the values inside.
    pub(super) fn direction(self) -> Direction {
        match self {
            View::Sent | View::Form => Direction::Sent,
            View::Shared | View::Received => Direction::Received,
        }
    }
}

/// Identifies a definition: definitions with equal keys are the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum DefinitionKey {
    Component(SchemaId, View),
    /// By structure: the shape of each schema and how much of it applies.
    Inline(Vec<(Coverage, ShapeId)>, Option<JsonType>, View),
    /// By the values of an enum, and whether other values of the same type are valid.
    Enum(Vec<String>, Openness),
}

impl DefinitionKey {
    pub(super) fn view(&self) -> View {
        match self {
            DefinitionKey::Component(_, view) | DefinitionKey::Inline(_, _, view) => *view,
            DefinitionKey::Enum(..) => View::Shared,
        }
    }
}

/// The source of a definition.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Intersection(Intersection),
    Enum(Vec<EnumValue>, Openness),
}

/// A use of a definition, which may not be in the table yet.
#[derive(Debug)]
pub(super) struct DefinitionRequest {
    pub(super) key: DefinitionKey,
    /// The schema at the place of use.
    pub(super) place: SchemaId,
    /// The place as a key of the lock file.
    pub(super) lock_key: String,
    pub(super) hint: NameHint,
    /// Whether the schema is only a `$ref` to another place, which describes the type.
    pub(super) is_reference: bool,
    pub(super) source: Source,
}
