//! Requests for the names of the variants of unions.

/// A request for the name of a variant.
#[derive(Debug, Clone)]
pub(super) struct BranchName {
    /// The index of the branch in the document.
    pub(super) index: usize,
    /// The name that the branch requests.
    pub(super) wanted: String,
    pub(super) key: BranchKey,
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
