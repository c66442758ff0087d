//! `generate`: writes a crate, or compares one with what would be written.

use super::{Failure, arguments::Generate, count, counted, err, out, show, targets, usage};
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::Severity;
use pingback_codegen::generate::{Generated, generate, lowered};
use pingback_codegen::load::{load_inputs, lock_path};
use pingback_codegen::names::Lock;
use pingback_codegen::write::{Foreign, WriteError, check, write};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Generate) -> Result<(), Failure> {
    #[cfg_attr(
        not(feature = "tests"),
        expect(unused_mut, reason = "there are no tests to ask for")
    )]
    let mut outputs = targets(&arguments.target)?;
    #[cfg(feature = "tests")]
    for output in &mut outputs {
        output.options.tests |= arguments.tests;
    }
    // All outputs know the same lock file.
    let mut lock = outputs
        .first()
        .map(|output| output.options.lock.clone())
        .unwrap_or_default();
    let mut failed = false;
    // Those of a build script have no folder; only their names are kept here.
    let is_whole_file = arguments.target.config.is_some() && outputs.len() > 1;
    for output in &outputs {
        if output.out.is_none() && is_whole_file {
            match record_names(arguments, output, &mut lock) {
                Err(Failure::Findings) => failed = true,
                other => other?,
            }
            continue;
        }
        match one(arguments, output, &mut lock) {
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
        Some(path) => keep(&path, &lock, arguments.check),
        None => Ok(()),
    }
}

/// Records the names of an output that a build script generates.
fn record_names(arguments: &Generate, output: &OutputConfig, lock: &mut Lock) -> Result<(), Failure> {
    let run = lowered(&load_inputs(output)?);
    show(&run.diagnostics, &run.sources, arguments.verbose);
    if run.diagnostics.has_errors() {
        return Err(Failure::Findings);
    }
    if let Some(api) = &run.api {
        lock.record(&api.name, &run.locked_names);
    }
    Ok(())
}

/// Writes the lock file, or says that it is stale.
fn keep(path: &Path, lock: &Lock, check: bool) -> Result<(), Failure> {
    let text = lock.to_string();
    let current = std::fs::read_to_string(path).ok();
    if current.as_ref() == Some(&text) || current.is_none() && *lock == Lock::default() {
        return Ok(());
    }
    if check {
        err(&format!(
            "error: {} is stale\nrun the same command without --check to write it anew\n",
            path.display()
        ));
        return Err(Failure::Findings);
    }
    std::fs::write(path, text)
        .map_err(|error| Failure::Usage(format!("cannot write {}: {error}", path.display())))?;
    out(&format!("{}: changed\n", path.display()))
}

fn one(arguments: &Generate, output: &OutputConfig, lock: &mut Lock) -> Result<(), Failure> {
    let Some(folder) = &output.out else {
        return Err(usage("the folder to write to is missing: give --out DIR"));
    };
    let run = generate(&load_inputs(output)?);
    show(&run.diagnostics, &run.sources, arguments.verbose);
    if run.diagnostics.has_errors() {
        err(&format!(
            "error: {}; {} was left as it is\n",
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
    out(&summary(folder, &run, changed))?;
    out(&next_steps(folder, &run))
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Usage(error.to_string())
    }
}

fn compare(folder: &Path, run: &Generated) -> Result<(), Failure> {
    let differences = check(folder, &run.files)?;
    if differences.is_empty() {
        return out(&format!("{} is up to date\n", folder.display()));
    }
    err(&format!(
        "{differences}error: {} is stale\nrun the same command without --check to write it anew\n",
        folder.display()
    ));
    Err(Failure::Findings)
}

/// What was made, in two lines.
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

/// How the crate gets into a program.
fn next_steps(folder: &Path, run: &Generated) -> String {
    let Some(api) = &run.api else {
        return String::new();
    };
    let package = api.name.replace('_', "-");
    let mut text = format!("Depend on it:\n  cargo add --path {}\n", folder.display());
    if let Some(root) = workspace_above(folder) {
        let _ = writeln!(
            text,
            "It lies below {}: name it in `workspace.members` there, or in `workspace.exclude`.",
            root.display()
        );
    }
    let _ = writeln!(
        text,
        "Read what it offers:\n  cargo doc --open --package {package} --manifest-path {}",
        folder.join("Cargo.toml").display()
    );
    text
}

/// The `Cargo.toml` of a workspace that Cargo would take the folder for a part of.
fn workspace_above(folder: &Path) -> Option<PathBuf> {
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
