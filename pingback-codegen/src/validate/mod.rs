//! Answers whether a value is valid: for a type of the generated code ([`limits`], [`decoding`]), or for a schema of
//! the document (`examples`, with the feature `tests`).
//!
//! The generated code depends on the first two only, so that Cargo features do not change it.

pub mod decoding;
#[cfg(feature = "tests")]
mod examples;
pub mod limits;

#[cfg(feature = "tests")]
pub use examples::{Mismatch, SchemaValidator, Validator, directions, is_property_present};
#[cfg(feature = "tests")]
pub(crate) use examples::{report_invalid_examples, validate_examples};
