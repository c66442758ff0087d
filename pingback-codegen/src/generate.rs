//! Runs the stages in order: takes the inputs and returns generated files and diagnostics. Accesses no files.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::emit::Output;
use crate::model::{Api, TestValues};
use crate::names::LockedNames;
use crate::options::Accept;
use crate::render::{OutputFile, render};
use crate::severity::apply_severities;
use crate::source::{SourceId, Sources, Span};
#[cfg(feature = "tests")]
use crate::validate;
use crate::{audit, check, emit, inputs, lower};

pub use crate::inputs::{CatalogueText, Input, Inputs, ReferencedFile, read};

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The files of the crate, sorted by path; empty if an error was reported.
    pub files: Vec<OutputFile>,
    /// The intermediate form; `None` if reading reported an error.
    pub api: Option<Api>,
    /// The names for the lock file.
    pub locked_names: LockedNames,
    /// The values for the tests of the output; empty unless tests are requested.
    pub test_values: TestValues,
    /// The diagnostics of all stages.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

/// Generates a crate.
#[must_use]
pub fn generate(inputs: &Inputs) -> Generated {
    emit_files(lowered(inputs), emit::emit)
}

/// Generates the same code as a module of another crate: only `src/`, with examples that are not run, since they cannot
/// know the name of the other crate.
#[must_use]
pub fn generate_module(inputs: &Inputs) -> Generated {
    let conversions = inputs.options.conversions;
    emit_files(lowered(inputs), |api, values| {
        emit::emit_module(api, values, conversions)
    })
}

/// Runs the stages up to the intermediate form.
#[must_use]
pub fn lowered(inputs: &Inputs) -> Generated {
    run_stages(inputs, Extent::Lowered)
}

/// Runs the stages up to the intermediate form, and compares the document with the catalogue.
#[must_use]
pub fn audited(inputs: &Inputs) -> Generated {
    run_stages(inputs, Extent::Audited)
}

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Lowered,
    Audited,
}

/// If reading reports an error, the later stages do not run.
fn run_stages(inputs: &Inputs, extent: Extent) -> Generated {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();

    let parsed = inputs::read(inputs, &mut sources, &mut diagnostics);
    if let Some(document) = &parsed.document {
        check::check_document(document, &mut diagnostics);
    }
    let lowered = (!diagnostics.has_errors()).then(|| {
        let lowered = lower::lower(&parsed, &inputs.options, &mut diagnostics);
        check::check_api(&parsed, &lowered.api, &mut diagnostics);
        if extent == Extent::Audited {
            let errors = &lowered.documented_errors;
            audit::audit(&parsed, &lowered.api, errors, &sources, &mut diagnostics);
            // If the output has tests, lowering has reported them.
            #[cfg(feature = "tests")]
            if let Some(document) = parsed.document.as_ref().filter(|_| !inputs.options.tests) {
                validate::report_invalid_examples(document, &mut diagnostics);
            }
        }
        lowered
    });
    let findings = &inputs.options.findings;
    let unused = apply_severities(findings, parsed.document.as_ref(), &sources, &mut diagnostics);
    // The audit may still report a finding that an entry accepts, so unused entries are known only now.
    if extent == Extent::Audited && lowered.is_some() {
        report_unused(unused, parsed.config, &mut diagnostics);
    }

    let mut run = Generated {
        files: Vec::new(),
        api: None,
        locked_names: LockedNames::default(),
        test_values: TestValues::default(),
        diagnostics,
        sources,
    };
    if let Some(lowered) = lowered {
        run.api = Some(lowered.api);
        run.locked_names = lowered.locked_names;
        run.test_values = lowered.test_values;
    }
    run
}

/// Reports accepted findings that were not found. `config` is the file that accepts them.
fn report_unused(unused: Vec<&Accept>, config: Option<SourceId>, diagnostics: &mut Diagnostics) {
    for accept in unused {
        let place = config.zip(accept.place);
        let span = place.map(|(source, (start, end))| Span { source, start, end });
        diagnostics.push(
            Diagnostic::new(rules::ACCEPTED_NOT_FOUND, span, &[&accept.rule, &accept.at])
                .about(accept.at.clone()),
        );
    }
}

/// Emits and renders the files, unless an error was reported.
fn emit_files(mut run: Generated, emit: impl FnOnce(&Api, &TestValues) -> Vec<Output>) -> Generated {
    if let Some(api) = run.api.as_ref().filter(|_| !run.diagnostics.has_errors()) {
        match render(emit(api, &run.test_values)) {
            Ok(files) => run.files = files,
            Err(error) => run.diagnostics.report(rules::INTERNAL, None, &[&error]),
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_inputs_is_an_error() {
        let run = lowered(&Inputs::default());
        assert!(run.diagnostics.has_errors());
        assert!(run.api.is_none());
    }
}
