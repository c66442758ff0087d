//! Recognizes headings that are about errors.

/// Returns whether a heading introduces a list of errors rather than a part of an entry: `Errors`, `Error codes`.
pub(super) fn introduces_errors(heading: &str) -> bool {
    contains_any(
        heading,
        &["errors", "error codes", "error responses", "exceptions"],
    )
}

/// Returns whether a heading is about errors in any way.
pub(super) fn mentions_errors(heading: &str) -> bool {
    contains_any(
        heading,
        &["error", "code", "exception", "fail", "problem", "fault"],
    )
}

fn contains_any(heading: &str, words: &[&str]) -> bool {
    let heading = heading.to_lowercase();
    words.iter().any(|word| heading.contains(word))
}
