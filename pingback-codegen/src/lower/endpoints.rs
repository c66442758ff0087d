//! An operation of the document with its Rust names, which most passes need.

use crate::lower::routes::Route;
use crate::names::{LockedNames, NameKind};

/// An operation of the document, and the names that are derived from its id or its path.
#[derive(Debug)]
pub(super) struct Endpoint<'d> {
    pub(super) route: Route<'d>,
    pub(super) names: OperationNames,
}

/// The names of an operation.
#[derive(Debug)]
pub(super) struct OperationNames {
    /// The `operationId`, or the method's name if the document has none or another operation has the same.
    pub(super) id: String,
    /// The client's method.
    pub(super) method_name: String,
    /// The type of the request.
    pub(super) type_name: String,
    /// The error enum.
    pub(super) error_name: String,
    /// The enum of successful responses, should there be several.
    pub(super) success_name: String,
}

impl Endpoint<'_> {
    /// Whether the lock file lists the operation, so that an earlier run generated it.
    pub(super) fn is_locked(&self, locked: &LockedNames) -> bool {
        locked.get(NameKind::Operations, &self.route.lock_key()).is_some()
    }
}
