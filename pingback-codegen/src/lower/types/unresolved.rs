//! Types before their definitions have numbers. Lowering a use of a schema gives such a type and changes nothing, so
//! the table of definitions can either resolve it or look it up.

use super::definitions::DefinitionRequest;
use crate::model::Type;

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

    /// The type with `null` as a further value, where `is_nullable` says so and the type lacks it.
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
