//! `dump`: prints the intermediate form.

use super::{Failure, arguments::Dump, out, show, targets};
use pingback_codegen::generate::lowered;
use pingback_codegen::load::load_inputs;

pub(super) fn run(arguments: &Dump) -> Result<(), Failure> {
    let mut failed = false;
    for target in targets(&arguments.target)? {
        let run = lowered(&load_inputs(&target)?);
        show(&run.diagnostics, &run.sources, false);
        failed |= run.diagnostics.has_errors();
        if let Some(api) = &run.api {
            let yaml = serde_yaml::to_string(api).map_err(|error| {
                Failure::Usage(format!("cannot write the intermediate form as YAML: {error}"))
            })?;
            out(&format!("---\n{yaml}"))?;
        }
    }
    if failed { Err(Failure::Findings) } else { Ok(()) }
}
