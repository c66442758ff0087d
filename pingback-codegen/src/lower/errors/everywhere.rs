//! Selects the codes of the catalogue that any operation may return.

use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::model::Status;
use crate::read::catalogue::{Catalogue, CatalogueEntry};

/// The codes that the configuration names, or else those whose status does not depend on what an operation does; each
/// with each of its statuses.
pub(super) fn codes<'c>(
    lowering: &mut Lowering<'_>,
    catalogue: &'c Catalogue,
) -> Vec<(&'c CatalogueEntry, Status)> {
    let configured = lowering.options.errors.everywhere.as_ref();
    for code in configured.into_iter().flatten() {
        if !catalogue.entries.contains_key(code) {
            lowering
                .diagnostics
                .report(rules::UNKNOWN_EVERYWHERE_CODE, None, &[code]);
        }
    }
    let mut codes = Vec::new();
    for entry in catalogue.entries.values() {
        for status in entry.statuses.iter().map(|status| status.value) {
            let is_everywhere = match configured {
                Some(configured) => configured.contains(&entry.code.value),
                None => matches!(status, 401 | 403 | 429 | 500..=599),
            };
            if is_everywhere {
                codes.push((entry, Status::Exact(status)));
            }
        }
    }
    codes
}
