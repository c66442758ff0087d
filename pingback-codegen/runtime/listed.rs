//! The error of closed enums.

use std::fmt;

/// A value is not one of the values of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotListed {
    type_name: &'static str,
    text: String,
}

impl NotListed {
    /// Reports that `value` is not a value of the enum `type_name`.
    pub fn new(type_name: &'static str, value: impl fmt::Display) -> Self {
        Self {
            type_name,
            text: value.to_string(),
        }
    }
}

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no value of `{}`", self.text, self.type_name)
    }
}

impl std::error::Error for NotListed {}
