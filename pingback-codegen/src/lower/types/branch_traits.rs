//! What distinguishes the values of a branch of a union from those of other branches.

use crate::model::UnionTest;
use crate::read::schema::JsonType;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// What is common to all values of a branch.
#[derive(Debug, Clone)]
pub(super) struct BranchTraits {
    pub(super) json: Option<JsonType>,
    /// The properties that have one of a few values, with these.
    pub(super) constants: IndexMap<String, Vec<Value>>,
    /// The properties that are always present.
    pub(super) required: IndexSet<String>,
    /// How to recognize a value; empty until all branches are known.
    pub(super) tests: Vec<UnionTest>,
}
