//! The rules that hold for every tree, whether it was parsed from YAML or JSON.

use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;

/// The deepest nesting that is accepted, so that functions may walk a tree recursively.
pub(super) const MAX_DEPTH: usize = 200;

/// The warning that a mapping has the same key twice.
pub(super) fn duplicate_key(key: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(rules::DUPLICATE_KEY, second, &[&key]).related(first, "first given here")
}
