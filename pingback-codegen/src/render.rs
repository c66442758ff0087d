//! Token streams in, formatted text out, item by item.

use crate::emit::Output;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative path with `/`.
    pub path: String,
    /// Its text, with a final line break.
    pub text: String,
}

/// Renders all files, sorted by path.
#[must_use]
pub fn render(outputs: Vec<Output>) -> Vec<OutputFile> {
    let _ = outputs;
    todo!()
}
