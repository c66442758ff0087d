//! A place in one of the files that a document refers to.

use super::super::tree::Pointer;

/// A node in one of the files.
pub(super) struct FileNode {
    pub(super) file: String,
    pub(super) pointer: Pointer,
    /// The name that the last reference of the chain suggests.
    pub(super) name: String,
}
