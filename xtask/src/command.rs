//! Runs the command `pingback-codegen` on all outputs of `codegen.toml`.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::process::{Command, ExitCode};

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

/// Runs `pingback-codegen SUBCOMMAND --config codegen.toml`, and returns its exit status.
pub(crate) fn run(subcommand: &str, arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "pingback-codegen", "--"])
        .args([subcommand, "--config", "codegen.toml"])
        .args(&arguments.arguments)
        // The paths in codegen.toml are relative to this folder.
        .current_dir(crate::root()?)
        .status()
        .context("cannot run cargo")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(2)))
}
