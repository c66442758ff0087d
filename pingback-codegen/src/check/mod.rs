//! Rules over the [`Api`]: findings that need the whole of it.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Api, Operation, PathPart};
use std::collections::HashMap;

/// Applies all rules.
pub fn check(api: &Api, diagnostics: &mut Diagnostics) {
    same_routes(api, diagnostics);
    operations_without_errors(api, diagnostics);
}

/// `/a/{x}` and `/a/{y}` with one method.
fn same_routes(api: &Api, diagnostics: &mut Diagnostics) {
    let mut known: HashMap<(&str, String), &Operation> = HashMap::new();
    for operation in &api.operations {
        let key = (operation.method.as_str(), route(operation));
        match known.get(&key) {
            // The same text under another fragment is how some documents tell the uses of one route apart.
            Some(first) if bare(&first.path) != bare(&operation.path) => {
                let finding = Diagnostic::new(
                    rules::SAME_ROUTE,
                    operation.place.span,
                    &[&operation.path, &first.path],
                );
                diagnostics.push(match first.place.span {
                    Some(span) => finding.related(span, "the other"),
                    None => finding,
                });
            }
            Some(_) => {}
            None => {
                known.insert(key, operation);
            }
        }
    }
}

fn bare(path: &str) -> &str {
    path.split('#').next().unwrap_or(path)
}

/// The path without the names of its parameters.
fn route(operation: &Operation) -> String {
    let parts = operation.path_parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Parameter(_) => "{}",
    });
    parts.collect()
}

/// One finding for all operations that document nothing but success.
fn operations_without_errors(api: &Api, diagnostics: &mut Diagnostics) {
    let silent: Vec<&Operation> = api
        .operations
        .iter()
        .filter(|one| one.errors.is_empty())
        .collect();
    if let Some(first) = silent.first() {
        diagnostics.report(rules::NO_ERRORS, first.place.span, &[&silent.len(), &first.id]);
    }
}
