//! What is known of one document once all steps are done, and whether that is good enough.

use super::document::{Generation, Share};
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What Cargo does with a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// `cargo check`
    Check,
    /// `cargo clippy`
    Clippy,
    /// `cargo doc`
    Doc,
    /// `cargo test`: the document's own examples
    Test,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Check, Self::Clippy, Self::Doc, Self::Test];

    /// What is going on meanwhile.
    pub(super) fn verb(self) -> &'static str {
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

/// What came of a step.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Done {
    /// Did Cargo say so?
    pub(super) success: bool,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// With all dependencies built.
    pub(super) seconds: f64,
    /// How many examples came through unchanged; of tests only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) examples: Option<Share>,
    /// And how many values made up; of tests only, and if any were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instances: Option<Share>,
}

/// All that is known of one document.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) name: String,
    pub(super) generation: Option<Generation>,
    /// Why there is no generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    pub(super) steps: BTreeMap<Step, Done>,
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

    /// Why it falls short; empty if it does not.
    pub(super) fn shortcomings(&self) -> Vec<String> {
        let mut list: Vec<String> = self.failure.clone().into_iter().collect();
        if let Some(generation) = &self.generation {
            for (share, what) in [
                (generation.operations, "operations"),
                (generation.schemas, "schemas"),
            ] {
                if share.made < share.of {
                    list.push(format!("{} of {} {what}", share.made, share.of));
                }
            }
        }
        for (step, done) in &self.steps {
            if done.errors > 0 || done.warnings > 0 {
                list.push(format!(
                    "{step}: {} errors, {} warnings",
                    done.errors, done.warnings
                ));
            } else if !done.success {
                list.push(format!("{step} failed"));
            }
        }
        list
    }
}
