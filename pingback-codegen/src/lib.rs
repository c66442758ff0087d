//! Generates a Rust client from an OpenAPI document and the page that lists the API's error codes. Every operation
//! gets its own error enum, which a caller can match without a wildcard.
//!
//! Build scripts use [`Build`]. [`generate::generate`] takes texts and returns files and findings, without any I/O. The
//! command `pingback-codegen` writes whole crates.
//!
//! The other modules are the stages, which exchange plain data:
//!
//! ```text
//! read ──> check ──> lower ──> check ──> emit ──> render
//! texts    Parsed    Parsed    Api       Api      Vec<Output>
//! ```
//!
//! Below each stage is what it takes; `render` returns a `Vec<OutputFile>`.
//!
//! They are public so that tools can use the data between them. Their details may change in minor versions.

pub mod audit;
pub mod build;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod generate;
mod inputs;
pub mod load;
pub mod lower;
pub mod model;
pub mod names;
pub mod options;
pub mod pointer;
pub mod read;
pub mod render;
pub mod report;
pub mod severity;
pub mod source;
pub mod validate;
pub mod write;

pub use build::{Build, BuildError};
