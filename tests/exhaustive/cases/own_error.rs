//! An error enum of a caller's own.

use pingback_generated::OperationError;
use std::convert::Infallible;

#[derive(Debug)]
struct OwnError;

impl std::fmt::Display for OwnError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an error")
    }
}

impl std::error::Error for OwnError {}

impl OperationError for OwnError {
    type Code = Infallible;

    fn parse_code(_: &str) -> Option<Infallible> {
        None
    }
}

fn main() {}
