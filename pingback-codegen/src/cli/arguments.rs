//! What can be written on the command line.

use clap::{Args, Parser, Subcommand, ValueHint};
use pingback_codegen::config::valid_name;
use std::path::{Path, PathBuf};

const EXIT: &str = "Exit status: 0 success; 1 findings that stop the generation, or a stale output with --check; \
2 wrong usage, or a file that cannot be read or written.";

/// Generates a Rust client, with an exhaustive error enum for each operation, from an OpenAPI document and
/// the page that lists the API's error codes.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT, propagate_version = true)]
pub(super) struct Arguments {
    /// When to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: Color,

    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a crate
    ///
    /// Writes Cargo.toml, README.md and src/ of a crate that builds as it is: whole or not at all.
    #[command(after_help = EXIT)]
    Generate(Generate),
    /// Print the intermediate form as YAML
    ///
    /// What a client is made from, after all names are chosen and all references followed.
    #[command(after_help = EXIT)]
    Dump(Dump),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) target: Target,

    /// Write nothing; exit with 1 and show the difference if the folder does not hold what would be written
    #[arg(long)]
    pub(super) check: bool,

    /// Replace files that stand in the way and that this tool did not write
    #[arg(long)]
    pub(super) force: bool,

    /// Put tests into the crate: each example of the document that is valid, sent through its type
    #[cfg(feature = "tests")]
    #[arg(long)]
    pub(super) tests: bool,

    /// Show notes too: what was guessed, and why that is safe
    #[arg(long, short)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct Dump {
    #[command(flatten)]
    pub(super) target: Target,
}

/// What is made from what.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The OpenAPI document, 3.0 or 3.1, YAML or JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) spec: Option<PathBuf>,

    /// A page or list of error codes; may be given several times, the most trusted first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) errors: Vec<PathBuf>,

    /// The folder to write the crate to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// The crate's name [default: made from the document's title]; with --config the output to make
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub(super) name: Option<String>,

    /// A codegen.toml that says what is made from what; the other arguments go before it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,
}

impl Target {
    pub(super) fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// Where the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice known to all output streams.
    pub(super) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

fn name(text: &str) -> Result<String, String> {
    match valid_name(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(reason) => Err(format!("{reason}; the crate could not be named so")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
