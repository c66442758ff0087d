//! The chores of this repository: `cargo xtask CHORE`. One module for each.

mod audit;
mod corpus;
mod regenerate;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The chores of this repository
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Say where documents and error catalogues disagree
    Audit(audit::Audit),
    /// Write all outputs of codegen.toml
    Regenerate(regenerate::Regenerate),
    /// Generate a crate from each document of a folder, and hold them all to what we promise
    Corpus(corpus::Corpus),
    /// One document of a corpus, in a process of its own
    #[command(hide = true)]
    CorpusDocument(corpus::document::Document),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.chore {
        Chore::Audit(chore) => chore.run(),
        Chore::Regenerate(chore) => chore.run(),
        Chore::Corpus(chore) => chore.run(),
        Chore::CorpusDocument(chore) => chore.run(),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The folder of the repository, from which all chores run.
fn root() -> Result<PathBuf> {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .map(PathBuf::from)
        .ok_or_else(|| anyhow::anyhow!("xtask is not inside the repository"))
}
