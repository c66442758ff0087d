//! Runs the command `pingback-codegen` on all outputs of `codegen.toml`.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::process::ExitCode;

/// Arguments for the command.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Further arguments of the subcommand, such as --check or --format markdown
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// Is this argument given?
    pub(crate) fn contains(&self, argument: &str) -> bool {
        self.arguments.iter().any(|given| given == argument)
    }
}

/// Runs `pingback-codegen SUBCOMMAND --config codegen.toml` in this process, and returns its exit status.
pub(crate) fn run(subcommand: &str, arguments: &Arguments) -> Result<ExitCode> {
    // The paths in findings are relative to this folder.
    std::env::set_current_dir(crate::root()?).context("cannot enter the root folder")?;
    let command = ["pingback-codegen", subcommand, "--config", "codegen.toml"].map(OsString::from);
    let arguments = arguments.arguments.iter().cloned();
    Ok(pingback_codegen::cli::run(command.into_iter().chain(arguments)))
}
