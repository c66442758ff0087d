//! Properties of all values of a branch, which distinguish them from values of other branches.

use crate::model::UnionTest;
use crate::read::schema::JsonType;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// The properties that all values of a branch have in common.
#[derive(Debug, Clone)]
pub(super) struct BranchTraits {
    pub(super) json: Option<JsonType>,
    /// The properties that have one of a few values, and these values.
    pub(super) constants: IndexMap<String, Vec<Value>>,
    /// The properties that are always present.
    pub(super) required: IndexSet<String>,
    /// All properties that a value can have, if the branch is the union of a parent's children.
    pub(super) members: Option<IndexSet<String>>,
    /// How to recognize a value; empty until all branches are known.
    pub(super) tests: Vec<UnionTest>,
}
