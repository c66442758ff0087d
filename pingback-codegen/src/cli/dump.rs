//! `dump`: prints the intermediate form.

use super::{Failure, arguments::Dump, print, print_findings, resolve_outputs};
use crate::diagnostic::Severity;
use crate::generate::lowered;
use crate::load::load_inputs;
use crate::model::Api;

pub(super) fn run(arguments: &Dump) -> Result<(), Failure> {
    let mut failed = false;
    for target in resolve_outputs(&arguments.target)? {
        let run = lowered(&load_inputs(&target)?);
        print_findings(&run.diagnostics, &run.sources, Severity::Warning);
        failed |= run.diagnostics.has_errors();
        if let Some(api) = &run.api {
            print(&format!("---\n{}", yaml(api)?))?;
        }
    }
    if failed { Err(Failure::Findings) } else { Ok(()) }
}

/// Converts to JSON first: `serde_yaml` writes nested enums as YAML tags, which few tools read.
fn yaml(api: &Api) -> Result<String, Failure> {
    let fail = |error: &dyn std::fmt::Display| {
        Failure::Usage(format!("cannot write the intermediate form as YAML: {error}"))
    };
    let json = serde_json::to_value(api).map_err(|error| fail(&error))?;
    serde_yaml::to_string(&json).map_err(|error| fail(&error))
}
