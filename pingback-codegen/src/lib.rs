//! Generates a Rust client from an OpenAPI document and the page that lists the API's error codes.
//!
//! ```text
//! read ──> lower ──> check ──> emit ──> render
//! source   Parsed    Api       Api      Vec<Output>   Vec<OutputFile>
//! ```

pub mod audit;
pub mod build;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod generate;
pub mod load;
pub mod lower;
pub mod model;
pub mod options;
pub mod read;
pub mod render;
pub mod source;
pub mod write;

pub use build::{Build, BuildError};
