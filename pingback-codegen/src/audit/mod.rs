//! Compares the document with the error catalogue, and each with itself. The codes that responses document come from
//! lowering.

mod authentication;
mod codes;
mod prose;
mod spelling;
mod status_mentions;
mod texts;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lower::DocumentedError;
use crate::model::Api;
use crate::read::Parsed;
use crate::source::{Sources, Span};

/// The most places that one finding lists.
const MAX_PLACES: usize = 20;

/// Applies all rules of the audit but one: invalid examples are reported by
/// [`validate`](crate::validate).
pub fn audit(
    parsed: &Parsed,
    api: &Api,
    documented: &[DocumentedError],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    codes::compare(parsed, documented, diagnostics);
    codes::report_conflicting_titles(documented, diagnostics);
    codes::report_repeated_descriptions(&parsed.catalogue, diagnostics);
    spelling::report_similar_codes(&parsed.catalogue, documented, diagnostics);
    codes::report_missing_codes(documented, diagnostics);
    if let Some(document) = &parsed.document {
        prose::compare(document, &parsed.catalogue, documented, sources, diagnostics);
        authentication::report_undeclared_keys(document, api, diagnostics);
    }
}

impl Diagnostic {
    /// Adds another place, if it is known.
    fn related_if_known(self, span: Option<Span>, label: impl Into<String>) -> Self {
        match span {
            Some(span) => self.related(span, label),
            None => self,
        }
    }
}
