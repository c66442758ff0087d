//! `audit`: says where the documents of this repository and their error catalogues disagree.

use anyhow::{Context, Result};
use pingback_codegen::diagnostic::{Severity, show};
use pingback_codegen::generate::{Generated, audited};
use pingback_codegen::load::{load_config, load_inputs};
use pingback_codegen::report::{self, Audited};
use std::path::Path;
use std::process::ExitCode;

/// The arguments of the chore.
#[derive(Debug, clap::Args)]
pub(crate) struct Audit {
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "LEVEL", default_value = "errors")]
    deny: Deny,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Markdown,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Deny {
    Notes,
    Warnings,
    Errors,
}

impl Audit {
    /// Does all outputs of codegen.toml.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        // Paths in messages are then short, and those in codegen.toml lead to the right files.
        std::env::set_current_dir(crate::root()?).context("cannot enter the repository's folder")?;
        let loaded = load_config(Path::new("codegen.toml"))?;
        anstream::eprint!("{}", show::text(&loaded.diagnostics, &loaded.sources, true));
        if loaded.diagnostics.has_errors() {
            return Ok(ExitCode::from(1));
        }
        let mut runs: Vec<Generated> = Vec::new();
        for output in &loaded.config.outputs {
            let inputs = load_inputs(output).map_err(|errors| {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                anyhow::anyhow!(lines.join("\n"))
            })?;
            runs.push(audited(&inputs));
        }
        let all: Vec<Audited<'_>> = runs.iter().map(Audited::from).collect();
        let report = match self.format {
            Format::Text => report::text(&all, true),
            Format::Json => report::json(&all),
            Format::Sarif => report::sarif(&all),
            Format::Markdown => report::markdown(&all),
        };
        anstream::print!("{report}");
        let denied = match self.deny {
            Deny::Notes => Severity::Note,
            Deny::Warnings => Severity::Warning,
            Deny::Errors => Severity::Error,
        };
        Ok(ExitCode::from(u8::from(report::count(&all, denied) > 0)))
    }
}
