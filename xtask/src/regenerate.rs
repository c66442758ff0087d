//! `regenerate`: writes the committed outputs, or says how they differ from what would be written.

use anyhow::{Context, Result};
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::{Diagnostics, Severity, show};
use pingback_codegen::generate::{Inputs, generate, lowered};
use pingback_codegen::load::{load_config, load_inputs, lock_path};
use pingback_codegen::names::Lock;
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, check, write};
use std::path::Path;
use std::process::ExitCode;

const CONFIG: &str = "codegen.toml";

/// The arguments of the chore.
#[derive(Debug, clap::Args)]
pub(crate) struct Regenerate {
    /// Write nothing; exit with 1 and show the difference if an output is stale
    #[arg(long)]
    check: bool,

    /// Replace files that stand in the way and that were not generated
    #[arg(long)]
    force: bool,
}

impl Regenerate {
    /// Does all outputs, whatever becomes of one of them.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        // Paths in messages are then short, and those in codegen.toml lead to the right files.
        std::env::set_current_dir(crate::root()?).context("cannot enter the repository's folder")?;
        let loaded = load_config(Path::new(CONFIG))?;
        tell(&loaded.diagnostics, &loaded.sources);
        if loaded.diagnostics.has_errors() {
            return Ok(ExitCode::from(1));
        }
        let mut sound = true;
        let mut lock = loaded.lock.clone();
        for output in &loaded.config.outputs {
            sound &= if output.out.is_some() {
                self.one(output, &mut lock)?
            } else {
                names(output, &mut lock)?
            };
        }
        // What could not be generated has no names to keep.
        if sound {
            sound = self.lock(&lock_path(Path::new(CONFIG)), &lock)?;
        }
        Ok(ExitCode::from(u8::from(!sound)))
    }

    /// Does one output. `false` means that it could not be generated, or is stale.
    fn one(&self, output: &OutputConfig, lock: &mut Lock) -> Result<bool> {
        let folder = output.out.as_deref().context("an output without a folder")?;
        let run = generate(&inputs(output)?);
        tell(&run.diagnostics, &run.sources);
        if run.diagnostics.has_errors() {
            return Ok(false);
        }
        if let Some(api) = &run.api {
            lock.record(&api.name, &run.locked_names);
        }
        if !self.check {
            let foreign = if self.force {
                Foreign::Overwrite
            } else {
                Foreign::Refuse
            };
            let written = write(folder, &run.files, foreign)?;
            anstream::println!(
                "{}: {} files, {} changed, {} removed",
                folder.display(),
                run.files.len(),
                written.changed.len(),
                written.removed.len()
            );
            return Ok(true);
        }
        let differences = check(folder, &run.files)?;
        if differences.is_empty() {
            anstream::println!("{} is up to date", folder.display());
            return Ok(true);
        }
        anstream::eprint!(
            "{differences}error: {} is stale; run: cargo xtask regenerate\n",
            folder.display()
        );
        Ok(false)
    }

    /// Writes the lock file, or says that it is stale.
    fn lock(&self, path: &Path, lock: &Lock) -> Result<bool> {
        let text = lock.to_string();
        if std::fs::read_to_string(path).is_ok_and(|current| current == text) {
            return Ok(true);
        }
        if self.check {
            anstream::eprintln!("error: {} is stale; run: cargo xtask regenerate", path.display());
            return Ok(false);
        }
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        anstream::println!("{}: changed", path.display());
        Ok(true)
    }
}

/// Takes the names of an output that a build script makes.
fn names(output: &OutputConfig, lock: &mut Lock) -> Result<bool> {
    let run = lowered(&inputs(output)?);
    tell(&run.diagnostics, &run.sources);
    if let Some(api) = &run.api {
        lock.record(&api.name, &run.locked_names);
    }
    Ok(!run.diagnostics.has_errors())
}

fn inputs(output: &OutputConfig) -> Result<Inputs> {
    load_inputs(output).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(lines.join("\n"))
    })
}

/// Shows warnings and errors; notes are for those who ask the command for them.
fn tell(diagnostics: &Diagnostics, sources: &Sources) {
    let mut shown = Diagnostics::default();
    for diagnostic in diagnostics.iter().filter(|found| found.severity > Severity::Note) {
        shown.push(diagnostic.clone());
    }
    anstream::eprint!("{}", show::text(&shown, sources, true));
}
