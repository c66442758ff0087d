//! Values that a type must be able to hold.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// A valid value of a type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The type.
    pub ty: Type,
    /// The value.
    pub value: serde_json::Value,
    /// The value as JSON text, where `value` has not all digits of its integers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The schema that the value satisfies.
    pub schema: Pointer,
}

/// Values that were made up at random, each valid by its schema.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Instances {
    /// The values.
    pub list: Vec<Sample>,
    /// How many values were made that turned out not to be valid, and are not here.
    pub refused: usize,
    /// The schemas of which no valid value was found.
    pub without: Vec<Pointer>,
}

impl Instances {
    /// Were none asked for, or none found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
