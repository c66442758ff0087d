//! `regenerate`: writes the committed outputs, or says how they differ from what would be written.

use anyhow::{Context, Result};
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::{Diagnostics, Severity, show};
use pingback_codegen::generate::generate;
use pingback_codegen::load::{load_config, load_inputs};
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, check, write};
use std::path::Path;
use std::process::ExitCode;

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
        let loaded = load_config(Path::new("codegen.toml"))?;
        tell(&loaded.diagnostics, &loaded.sources);
        if loaded.diagnostics.has_errors() {
            return Ok(ExitCode::from(1));
        }
        let mut sound = true;
        for output in &loaded.config.outputs {
            if output.out.is_some() {
                sound &= self.one(output)?;
            }
        }
        Ok(ExitCode::from(u8::from(!sound)))
    }

    /// Does one output. `false` means that it could not be generated, or is stale.
    fn one(&self, output: &OutputConfig) -> Result<bool> {
        let folder = output.out.as_deref().context("an output without a folder")?;
        let inputs = load_inputs(output).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            anyhow::anyhow!(lines.join("\n"))
        })?;
        let run = generate(&inputs);
        tell(&run.diagnostics, &run.sources);
        if run.diagnostics.has_errors() {
            return Ok(false);
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
}

/// Shows warnings and errors; notes are for those who ask the command for them.
fn tell(diagnostics: &Diagnostics, sources: &Sources) {
    let mut shown = Diagnostics::default();
    for diagnostic in diagnostics.iter().filter(|found| found.severity > Severity::Note) {
        shown.push(diagnostic.clone());
    }
    anstream::eprint!("{}", show::text(&shown, sources, true));
}
