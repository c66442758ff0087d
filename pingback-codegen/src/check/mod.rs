//! Rules over the [`Api`]: findings that need the whole of it.

use crate::diagnostic::Diagnostics;
use crate::model::Api;

/// Applies all rules.
pub fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let _ = (api, diagnostics);
}
