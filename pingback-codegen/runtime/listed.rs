//! Lists of values that are closed.

use std::fmt;

/// A text that is none of the values of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotListed {
    type_name: &'static str,
    text: String,
}

impl NotListed {
    /// `text` is no value of the enum `type_name`.
    pub fn new(type_name: &'static str, text: impl fmt::Display) -> Self {
        Self { type_name, text: text.to_string() }
    }
}

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no value of `{}`", self.text, self.type_name)
    }
}

impl std::error::Error for NotListed {}
