//! Checks security requirements.

use crate::diagnostic::{Diagnostics, rules};
use crate::model::Api;
use crate::read::Document;
use crate::read::tree::Pointer;

/// Reports requirements of schemes that the components do not declare.
pub(super) fn report_undeclared_schemes(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let schemes = Pointer("/components/securitySchemes".to_owned());
    let global = Pointer("/security".to_owned());
    for operation in &api.operations {
        let Some(documented) = document.operation(&operation.path, &operation.method) else {
            continue;
        };
        let requirements = documented
            .security
            .as_ref()
            .or(document.openapi.security.as_ref());
        for name in requirements
            .into_iter()
            .flatten()
            .flat_map(|schemes| schemes.keys())
        {
            if document.node(&schemes.child(name)).is_none() {
                let own = operation.place.pointer.child("security");
                let span = document.key_span(&own).or_else(|| document.key_span(&global));
                diagnostics.report(rules::UNKNOWN_SECURITY_SCHEME, span, &[name]);
            }
        }
    }
}
