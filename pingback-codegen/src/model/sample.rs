//! Values that a type must be able to hold.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// A valid value of a type, given as an example by the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The type.
    pub ty: Type,
    /// The value.
    pub value: serde_json::Value,
    /// The schema that the value is an example of.
    pub schema: Pointer,
}
