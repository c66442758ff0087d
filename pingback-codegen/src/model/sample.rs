//! Values that a type must be able to hold.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// The values that the output's own tests send through its types; empty unless tests are requested.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TestValues {
    /// Examples of the document.
    pub examples: Vec<Sample>,
    /// Random values.
    pub instances: Instances,
}

impl TestValues {
    /// There are none, and so no tests.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.examples.is_empty() && self.instances.is_empty()
    }
}

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
    /// The schemas of which no valid value was found, with what was wrong with the last that was made.
    pub without: Vec<(Pointer, Option<String>)>,
}

impl Instances {
    /// Were none asked for, or none found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
