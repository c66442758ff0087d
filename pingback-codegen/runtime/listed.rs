//! Lists of values that are closed.

use std::fmt;

/// A value that is none of those of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotListed {
    type_name: &'static str,
    text: String,
}

impl NotListed {
    /// `value` is no value of the enum `type_name`.
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
