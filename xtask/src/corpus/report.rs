//! The results of one document, and its shortcomings.

use super::document::{Generation, Share};
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// A Cargo command that runs on each crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// `cargo check`
    Check,
    /// `cargo clippy`
    Clippy,
    /// `cargo doc`
    Doc,
    /// `cargo test`: the document's examples, and random values
    Test,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Check, Self::Clippy, Self::Doc, Self::Test];

    /// The word that shows progress.
    pub(super) fn progress_verb(self) -> &'static str {
        match self {
            Self::Check => "checking",
            Self::Clippy => "linting",
            Self::Doc => "documenting",
            Self::Test => "testing",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Test => "test",
        })
    }
}

/// The result of a step.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct StepResult {
    /// Whether Cargo succeeded.
    pub(super) success: bool,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The time without that of dependencies.
    pub(super) seconds: f64,
    /// How many examples are decoded and encoded without a change; for tests only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) examples: Option<Share>,
    /// The same for random values, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instances: Option<Share>,
}

/// The results of one document.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) name: String,
    pub(super) generation: Option<Generation>,
    /// Why nothing was generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    pub(super) steps: BTreeMap<Step, StepResult>,
}

impl Report {
    pub(super) fn new(name: &str, generation: anyhow::Result<Generation>) -> Self {
        let (generation, failure) = match generation {
            Ok(generation) => (Some(generation), None),
            Err(error) => (None, Some(format!("{error:#}"))),
        };
        Self {
            name: name.to_owned(),
            generation,
            failure,
            steps: BTreeMap::new(),
        }
    }

    /// What is incomplete or failed; empty if the document passes.
    pub(super) fn shortcomings(&self) -> Vec<String> {
        let mut list: Vec<String> = self.failure.clone().into_iter().collect();
        if let Some(generation) = &self.generation {
            for (share, noun) in [
                (generation.operations, "operations"),
                (generation.schemas, "schemas"),
            ] {
                if share.part < share.total {
                    list.push(format!("{} of {} {noun}", share.part, share.total));
                }
            }
        }
        for (step, result) in &self.steps {
            if result.errors > 0 || result.warnings > 0 {
                list.push(format!(
                    "{step}: {} errors, {} warnings",
                    result.errors, result.warnings
                ));
            } else if !result.success {
                list.push(format!("{step} failed"));
            }
        }
        list
    }
}
