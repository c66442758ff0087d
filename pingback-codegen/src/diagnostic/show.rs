//! Shows diagnostics to people.

use super::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// Stands in: one line each.
#[must_use]
pub fn text(diagnostics: &Diagnostics, sources: &Sources, color: bool) -> String {
    let _ = color;
    diagnostics
        .iter()
        .map(|found| line(found, sources) + "\n")
        .collect()
}

/// Stands in: place, severity, rule, message.
#[must_use]
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.and_then(|span| sources.locate(span));
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    format!("{place}{} ({})", diagnostic.message, diagnostic.hint)
}
