//! Answers whether a value is valid: for the limits of a type of the generated code ([`limits`]), or for a schema of the
//! document (`examples`, with the feature `tests`).
//!
//! The generated code depends on the limits only, so that Cargo features do not change it.

#[cfg(feature = "tests")]
mod examples;
pub mod limits;

#[cfg(feature = "tests")]
pub use examples::{Expectations, Mismatch, SchemaValidator, Validator, directions, is_property_present};
#[cfg(feature = "tests")]
pub(crate) use examples::{expectations, report_invalid_examples, validate_examples};
