//! The definition of the command line.

use crate::config::valid_name;
use clap::{Args, Parser, Subcommand, ValueHint};
use std::path::{Path, PathBuf};

const EXIT: &str = "Exit status: 0 success; 1 findings that stop the generation, or a stale output with --check; \
2 wrong usage, or a file that cannot be read or written.";

const AUDIT_EXIT: &str = "Exit status: 0 no finding has the severity of --deny or a higher one; 1 there are such \
findings; 2 wrong usage, or a file that cannot be read. To accept a finding, list it with a reason under \
[[output.accept]] in codegen.toml.";

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
    /// Writes Cargo.toml, README.md and src/. If an input has errors, the folder stays unchanged.
    #[command(after_help = EXIT)]
    Generate(Generate),
    /// Report differences between the document and the error catalogue
    ///
    /// Each finding shows the place in each source and says how to resolve it. Writes no files.
    #[command(after_help = AUDIT_EXIT)]
    Audit(Audit),
    /// Print the intermediate form as YAML
    ///
    /// The intermediate form describes the client that is generated: all names are assigned and all references
    /// resolved.
    #[command(after_help = EXIT)]
    Dump(Dump),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) target: Target,

    /// Write nothing; if the folder differs from what would be written, show the difference and exit with 1
    #[arg(long)]
    pub(super) check: bool,

    /// Replace existing files that this tool did not write
    #[arg(long)]
    pub(super) force: bool,

    /// Add tests to the crate: each valid example of the document is decoded and encoded again
    #[cfg(feature = "tests")]
    #[arg(long)]
    pub(super) tests: bool,

    /// Also show notes, which need no action: assumptions, and parts of the document without effect
    #[arg(long, short)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct Dump {
    #[command(flatten)]
    pub(super) target: Target,
}

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The OpenAPI document, 3.0 or 3.1, YAML or JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    spec: Option<PathBuf>,

    /// An OpenAPI overlay (1.0) that changes the document; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE", value_hint = ValueHint::FilePath)]
    overlays: Vec<PathBuf>,

    /// Permit references to files outside of the document's folder
    #[arg(long)]
    allow_outside: bool,

    /// A page or list of error codes; may be given several times, the most trusted first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 1..)]
    errors: Vec<PathBuf>,

    /// A codegen.toml with the inputs of each output, the severities of rules, and accepted findings
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,

    /// Audit only this output of the configuration
    #[arg(long, value_name = "NAME", value_parser = name, requires = "config")]
    name: Option<String>,

    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,

    /// The lowest severity that makes the exit status 1
    #[arg(long, value_name = "LEVEL", default_value = "errors")]
    pub(super) deny: Deny,
}

impl Audit {
    pub(super) fn target(&self) -> Target {
        Target {
            spec: self.spec.clone(),
            overlays: self.overlays.clone(),
            allow_outside: self.allow_outside,
            errors: self.errors.clone(),
            name: self.name.clone(),
            config: self.config.clone(),
            ..Target::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For a terminal, with lines of the sources
    Text,
    /// For a program
    Json,
    /// SARIF 2.1.0, which code hosts show in pull requests
    Sarif,
    /// For a comment or a web page
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Deny {
    /// Any finding
    Notes,
    /// Warnings and errors
    Warnings,
    /// Only what stops the generation
    Errors,
}

/// The inputs and the output.
#[derive(Debug, Default, Args)]
pub(super) struct Target {
    /// The OpenAPI document, 3.0 or 3.1, YAML or JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) spec: Option<PathBuf>,

    /// An OpenAPI overlay (1.0) that changes the document; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) overlays: Vec<PathBuf>,

    /// Permit references to files outside of the document's folder
    #[arg(long)]
    pub(super) allow_outside: bool,

    #[command(flatten)]
    pub(super) select: Select,

    /// Check the limits of this schema, such as maxLength, whenever a value is created or decoded: the name of a
    /// component, a JSON pointer, or `all` for every schema that has limits; may be given several times
    #[arg(long, value_name = "SCHEMA")]
    pub(super) checked: Vec<String>,

    /// A page or list of error codes; may be given several times, the most trusted first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) errors: Vec<PathBuf>,

    /// The folder to write the crate to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// The crate's name [default: derived from the document's title]; with --config, the output to generate
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub(super) name: Option<String>,

    /// A codegen.toml with the inputs of each output; the other arguments override it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,

    /// The lock file: records all assigned names, so that a change of the document renames no existing item
    /// [default: codegen.lock beside the codegen.toml; none without --config]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) lock: Option<PathBuf>,
}

/// The operations to generate. Each argument may be given several times.
#[derive(Debug, Default, Args)]
pub(super) struct Select {
    /// Only operations with this tag, or that another selection includes
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,

    /// Only operations of this path; with a final `*`, of all paths with this prefix
    #[arg(long = "path", value_name = "PATH")]
    pub(super) paths: Vec<String>,

    /// Only the operation with this operationId
    #[arg(long = "operation", value_name = "ID")]
    pub(super) operations: Vec<String>,

    /// No operations with this tag
    #[arg(long = "exclude-tag", value_name = "TAG")]
    pub(super) exclude_tags: Vec<String>,

    /// No operations of this path
    #[arg(long = "exclude-path", value_name = "PATH")]
    pub(super) exclude_paths: Vec<String>,

    /// Not the operation with this operationId
    #[arg(long = "exclude-operation", value_name = "ID")]
    pub(super) exclude_operations: Vec<String>,
}

impl Select {
    /// Adds this selection to `select`.
    pub(super) fn add_to(&self, select: &mut crate::options::Select) {
        select.tags.extend_from_slice(&self.tags);
        select.paths.extend_from_slice(&self.paths);
        select.operations.extend_from_slice(&self.operations);
        select.exclude_tags.extend_from_slice(&self.exclude_tags);
        select.exclude_paths.extend_from_slice(&self.exclude_paths);
        select
            .exclude_operations
            .extend_from_slice(&self.exclude_operations);
    }
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
    /// Applies the choice to all output streams.
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
        Err(reason) => Err(format!("{reason}, so it is not a valid crate name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_valid() {
        Arguments::command().debug_assert();
    }
}
