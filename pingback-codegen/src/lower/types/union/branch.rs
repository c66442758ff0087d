//! A branch of a union.

use crate::lower::types::enumeration::{EnumValue, Openness};
use crate::lower::types::intersection::Intersection;
use crate::lower::types::merge::Merged;
use crate::model::Type;
use crate::read::schema::SchemaId;
use std::rc::Rc;

/// A branch of a union.
#[derive(Debug)]
pub(in crate::lower::types) struct Branch {
    pub(super) content: BranchType,
    /// The schema in the list of branches; `None` for a combination of several or one of several types.
    pub(super) schema: Option<SchemaId>,
    /// The branches of each list that apply together.
    pub(super) combined: Vec<SchemaId>,
    pub(super) merged: Rc<Merged>,
    pub(super) origin: BranchOrigin,
}

/// The source of a branch's type.
#[derive(Debug)]
pub(super) enum BranchType {
    Schemas(Intersection),
    /// The values of several branches.
    Enum(Vec<EnumValue>, Openness),
    /// The common type of several branches.
    Scalar(Type),
}

/// How a branch came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BranchOrigin {
    /// The document has it, alone or in a combination of several lists.
    Document,
    /// Several branches of an `anyOf` that a value may satisfy at once.
    Overlap,
}
