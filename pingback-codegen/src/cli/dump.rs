//! `dump`: prints the intermediate form.

use super::{Failure, arguments::Dump, out, show, targets};
use pingback_codegen::generate::lowered;
use pingback_codegen::load::load_inputs;
use pingback_codegen::model::Api;

pub(super) fn run(arguments: &Dump) -> Result<(), Failure> {
    let mut failed = false;
    for target in targets(&arguments.target)? {
        let run = lowered(&load_inputs(&target)?);
        show(&run.diagnostics, &run.sources, false);
        failed |= run.diagnostics.has_errors();
        if let Some(api) = &run.api {
            out(&format!("---\n{}", yaml(api)?))?;
        }
    }
    if failed { Err(Failure::Findings) } else { Ok(()) }
}

/// Goes by way of JSON: YAML's own form of an enum inside another is one that few tools read.
fn yaml(api: &Api) -> Result<String, Failure> {
    let fail = |error: &dyn std::fmt::Display| {
        Failure::Usage(format!("cannot write the intermediate form as YAML: {error}"))
    };
    let json = serde_json::to_value(api).map_err(|error| fail(&error))?;
    serde_yaml::to_string(&json).map_err(|error| fail(&error))
}
