//! `generate`: writes a crate, or checks that a crate is up to date.

use super::{
    Failure, arguments::Generate, count, counted, print, print_error, print_findings, resolve_outputs,
    usage_error,
};
use crate::config::OutputConfig;
use crate::diagnostic::Severity;
use crate::generate::{Generated, generate, lowered};
use crate::load::{load_inputs, lock_path};
use crate::names::Lock;
use crate::write::{Foreign, WriteError, check, write};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Generate) -> Result<(), Failure> {
    #[cfg_attr(
        not(feature = "tests"),
        expect(unused_mut, reason = "only the feature `tests` changes the outputs")
    )]
    let mut outputs = resolve_outputs(&arguments.target)?;
    #[cfg(feature = "tests")]
    for output in &mut outputs {
        output.options.tests |= arguments.tests;
    }
    // All outputs share one lock file.
    let mut lock = outputs
        .first()
        .and_then(|output| output.options.lock.clone())
        .unwrap_or_default();
    let mut failed = false;
    // Outputs of build scripts have no folder: only their names are recorded, in the lock file.
    let allows_no_folder = arguments.target.config.is_some() && outputs.len() > 1;
    for output in &outputs {
        if output.out.is_none() && allows_no_folder {
            match record_names(arguments, output, &mut lock) {
                Err(Failure::Findings) => failed = true,
                other => other?,
            }
            continue;
        }
        match generate_output(arguments, output, &mut lock) {
            Err(Failure::Findings) => failed = true,
            other => other?,
        }
    }
    let target = &arguments.target;
    let path = target
        .lock
        .clone()
        .or_else(|| target.config.as_deref().map(lock_path));
    match path {
        _ if failed => Err(Failure::Findings),
        Some(path) => update_lock(arguments, &path, &lock),
        None => Ok(()),
    }
}

/// The lowest severity of the findings to print.
fn least_shown(arguments: &Generate) -> Severity {
    if arguments.verbose {
        Severity::Note
    } else {
        Severity::Warning
    }
}

/// Records the names of an output that a build script generates.
fn record_names(arguments: &Generate, output: &OutputConfig, lock: &mut Lock) -> Result<(), Failure> {
    let run = lowered(&load_inputs(output)?);
    print_findings(&run.diagnostics, &run.sources, least_shown(arguments));
    if run.diagnostics.has_errors() {
        return Err(Failure::Findings);
    }
    if let Some(api) = &run.api {
        lock.record(&api.name, &run.locked_names);
    }
    Ok(())
}

/// Writes the lock file if it is stale, or with `--check` reports that.
fn update_lock(arguments: &Generate, path: &Path, lock: &Lock) -> Result<(), Failure> {
    let text = lock.to_string();
    let current = std::fs::read_to_string(path).ok();
    if current.as_ref() == Some(&text) || current.is_none() && *lock == Lock::default() {
        return Ok(());
    }
    if arguments.check {
        print_error(&format!(
            "error: {} is stale\nhelp: run the same command without --check to update it\n",
            path.display()
        ));
        return Err(Failure::Findings);
    }
    std::fs::write(path, text)
        .map_err(|error| Failure::Usage(format!("cannot write {}: {error}", path.display())))?;
    print(&format!("{}: updated\n", path.display()))
}

/// Generates one output and writes it, or with `--check` compares it with the folder.
fn generate_output(arguments: &Generate, output: &OutputConfig, lock: &mut Lock) -> Result<(), Failure> {
    let Some(folder) = &output.out else {
        return Err(usage_error("the output has no folder: give --out DIR"));
    };
    let run = generate(&load_inputs(output)?);
    print_findings(&run.diagnostics, &run.sources, least_shown(arguments));
    if run.diagnostics.has_errors() {
        print_error(&format!(
            "error: the generation stopped because of {}; {} is unchanged\n",
            counted(count(&run.diagnostics, Severity::Error), "error"),
            folder.display()
        ));
        return Err(Failure::Findings);
    }
    if let Some(api) = &run.api {
        lock.record(&api.name, &run.locked_names);
    }
    if arguments.check {
        return compare(folder, &run);
    }
    let foreign = if arguments.force {
        Foreign::Overwrite
    } else {
        Foreign::Refuse
    };
    let written = write(folder, &run.files, foreign)?;
    let changed = written.changed.len() + written.removed.len();
    print(&summary(folder, &run, changed))?;
    print(&next_steps(folder, &run))
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Reports whether the folder holds the generated files.
fn compare(folder: &Path, run: &Generated) -> Result<(), Failure> {
    let differences = check(folder, &run.files)?;
    if differences.is_empty() {
        return print(&format!("{} is up to date\n", folder.display()));
    }
    print_error(&format!(
        "{differences}error: {} is stale\nhelp: run the same command without --check to update it\n",
        folder.display()
    ));
    Err(Failure::Findings)
}

/// The folder, the numbers of files, items and findings.
fn summary(folder: &Path, run: &Generated, changed: usize) -> String {
    let mut text = format!(
        "{}: {}, {} changed\n",
        folder.display(),
        counted(run.files.len(), "file"),
        changed
    );
    if let Some(api) = &run.api {
        let _ = writeln!(
            text,
            "  {}, {}, {}",
            counted(api.operations.len(), "operation"),
            counted(api.types.len(), "type"),
            counted(api.errors.codes.len(), "error code")
        );
    }
    let warnings = count(&run.diagnostics, Severity::Warning);
    let notes = count(&run.diagnostics, Severity::Note);
    if warnings + notes > 0 {
        let _ = writeln!(
            text,
            "  {}, {} (--verbose shows them)",
            counted(warnings, "warning"),
            counted(notes, "note")
        );
    }
    text
}

/// Commands that add the crate to a program and open its documentation.
fn next_steps(folder: &Path, run: &Generated) -> String {
    let Some(api) = &run.api else {
        return String::new();
    };
    let package = api.name.replace('_', "-");
    let mut text = format!("To use the crate:\n  cargo add --path {}\n", folder.display());
    if let Some(root) = enclosing_workspace(folder) {
        let _ = writeln!(
            text,
            "The folder is inside a workspace: list it under `workspace.members` or `workspace.exclude` in {}.",
            root.display()
        );
    }
    let _ = writeln!(
        text,
        "To read its documentation:\n  cargo doc --open --package {package} --manifest-path {}",
        folder.join("Cargo.toml").display()
    );
    text
}

/// The `Cargo.toml` of a workspace that contains the folder.
fn enclosing_workspace(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    folder
        .ancestors()
        .skip(1)
        .map(|ancestor| ancestor.join("Cargo.toml"))
        .find(|manifest| {
            std::fs::read_to_string(manifest).is_ok_and(|text| {
                text.parse::<toml::Table>()
                    .is_ok_and(|table| table.contains_key("workspace"))
            })
        })
}
