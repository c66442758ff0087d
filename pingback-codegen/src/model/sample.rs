//! Values for the generated tests.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// The values that the generated tests decode and encode; empty unless tests are asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TestValues {
    /// Examples of the document.
    pub examples: Vec<Sample>,
    /// Values that the caller gives.
    pub instances: Vec<Sample>,
}

impl TestValues {
    /// Whether there are no values. The output then has no tests.
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
    /// The value as JSON text, if `value` rounds one of its integers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The schema that the value is valid for.
    pub schema: Pointer,
    /// How the value may change when it is decoded and encoded.
    pub permitted: Permitted,
}

/// How a value may change when it is decoded and encoded, as JSON pointers into it. Everything else comes back as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Permitted {
    /// Members that may be left out: no schema describes them, or they are not part of values of their direction.
    pub left_out: Vec<String>,
    /// Numbers that may be rounded to the nearest `f64`.
    pub rounded: Vec<String>,
}
