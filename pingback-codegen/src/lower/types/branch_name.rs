//! Requests for the names of the variants of unions.

use crate::model::Type;

/// A request for the name of a variant.
#[derive(Debug, Clone)]
pub(super) struct BranchName {
    /// The index of the branch in the document.
    pub(super) index: usize,
    /// The proposed name.
    pub(super) proposal: String,
    pub(super) key: BranchKey,
}

impl BranchName {
    /// The request for a branch of that type: a file is a string in the document, but not in Rust.
    pub(super) fn for_type(self, ty: &Type) -> Self {
        let is_files = matches!(ty, Type::Array(item) if **item == Type::File);
        let proposal = match (&self.key, ty) {
            (BranchKey::Scalar(_), Type::File) => "File",
            (BranchKey::Place(_), _) if is_files && self.proposal == "StringArray" => "Files",
            _ => return self,
        };
        Self {
            proposal: proposal.to_owned(),
            ..self
        }
    }
}

/// Identifies a branch even if others are added or removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum BranchKey {
    /// The component of that name.
    Component(String),
    /// The only branch of a scalar type; the name of its variant.
    Scalar(&'static str),
    /// The place, relative to the union.
    Place(String),
}
