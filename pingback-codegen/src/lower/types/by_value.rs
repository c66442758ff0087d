//! Finds the definitions that a value contains without a pointer in between, so that their sizes add to its size.

use crate::model::{Type, TypeDef, TypeId};

/// The definitions that a value of the type contains.
pub(super) fn by_value(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Named(TypeId(id)) => vec![*id],
        Type::Nullable(inner) => by_value(inner),
        Type::Tuple(types) => types.iter().flat_map(by_value).collect(),
        _ => Vec::new(),
    }
}

/// The definitions that a value of the definition contains.
pub(super) fn held_by_value(def: &TypeDef) -> Vec<usize> {
    def.kind.types().into_iter().flat_map(by_value).collect()
}
