//! The development tasks of this repository: `cargo xtask TASK`.

mod command;
mod corpus;
mod rules;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The development tasks of this repository
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Compare the documents of codegen.toml with their error catalogues: pingback-codegen audit
    Audit(command::Arguments),
    /// Write all outputs of codegen.toml (pingback-codegen generate) and docs/rules.md
    Regenerate(command::Arguments),
    /// Generate a crate from each document of a folder, and check, lint, document and test it
    Corpus(corpus::Corpus),
    /// Generate the crate of one document; `corpus` runs this in a separate process
    #[command(hide = true)]
    CorpusDocument(corpus::document::Document),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.task {
        Task::Audit(arguments) => command::run("audit", arguments),
        Task::Regenerate(arguments) => regenerate(arguments),
        Task::Corpus(task) => task.run(),
        Task::CorpusDocument(task) => task.run(),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Runs both steps, so that everything stale is reported at once.
fn regenerate(arguments: &command::Arguments) -> Result<ExitCode> {
    let outputs = command::run("generate", arguments)?;
    let rules = rules::run(arguments.contains("--check"))?;
    Ok(if outputs == ExitCode::SUCCESS {
        rules
    } else {
        outputs
    })
}

/// The root folder of the repository.
fn root() -> Result<PathBuf> {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .map(PathBuf::from)
        .ok_or_else(|| anyhow::anyhow!("xtask is not inside the repository"))
}
