//! A branch of a union.

use crate::lower::types::enumeration::{EnumValue, Openness};
use crate::lower::types::merge::{Intersection, Merged};
use crate::model::Type;
use crate::read::schema::SchemaId;
use std::rc::Rc;

/// A branch of a union.
#[derive(Debug)]
pub(in crate::lower::types) struct Branch {
    pub(super) content: BranchType,
    /// The schema in the list of branches; `None` for a combination of several or one of several types.
    pub(super) schema: Option<SchemaId>,
    /// The schemas in the lists of branches that hold together.
    pub(super) combined: Vec<SchemaId>,
    pub(super) merged: Rc<Merged>,
}

/// What a branch is lowered from.
#[derive(Debug)]
pub(super) enum BranchType {
    Schemas(Intersection),
    /// The values of several branches.
    Enum(Vec<EnumValue>, Openness),
    /// The common type of several branches.
    Scalar(Type),
}
