//! Rules that neither the output nor a later stage depends on: duplicates, collisions, contradictions and keywords without
//! effect. Each reads the document or the [`Api`] and changes nothing.

mod components;
mod contents;
mod discriminators;
mod encodings;
mod newer_members;
mod operations;
mod parameters;
mod paths;
mod schemas;
mod security;
mod styles;

use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::read::{Document, Parsed};

/// Checks the document alone. This is useful even if reading it reported errors.
pub fn check_document(document: &Document, diagnostics: &mut Diagnostics) {
    paths::report_malformed_templates(document, diagnostics);
    schemas::check(document, diagnostics);
    schemas::report_conditions(document, diagnostics);
    contents::report_undecoded_bodies(document, diagnostics);
    discriminators::check(&document.schemas, diagnostics);
    newer_members::report(document, diagnostics);
}

/// Checks the lowered API and the parts of the document that it uses.
pub fn check_api(parsed: &Parsed, api: &Api, diagnostics: &mut Diagnostics) {
    if let Some(document) = &parsed.document {
        components::report_invalid_names(document, diagnostics);
        parameters::report_duplicates(document, diagnostics);
        encodings::report_unknown_properties(document, diagnostics);
        operations::report_repeated_webhook_ids(document, diagnostics);
        operations::report_bodies_without_content(document, api, diagnostics);
        operations::report_informational_responses(document, api, diagnostics);
        security::report_undeclared_schemes(document, api, diagnostics);
    }
    paths::report_same_routes(api, diagnostics);
    styles::report_undefined(api, diagnostics);
    operations::report_undocumented_errors(api, diagnostics);
}
