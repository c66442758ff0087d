//! `audit`: reports differences between the document and the error catalogue.

use super::arguments::{Audit, Deny, Format};
use super::{Failure, print, resolve_outputs, style};
use crate::diagnostic::Severity;
use crate::generate::{Generated, audited};
use crate::load::load_inputs;
use crate::report::{self, Audited};

pub(super) fn run(arguments: &Audit) -> Result<(), Failure> {
    let mut runs: Vec<Generated> = Vec::new();
    for target in resolve_outputs(&arguments.target())? {
        runs.push(audited(&load_inputs(&target)?));
    }
    let all: Vec<Audited<'_>> = runs.iter().map(Audited::from).collect();
    let report = match arguments.format {
        Format::Text => report::text(&all, style(anstream::AutoStream::choice(&std::io::stdout()))),
        Format::Json => report::json(&all),
        Format::Sarif => report::sarif(&all),
        Format::Markdown => report::markdown(&all),
    };
    print(&report)?;
    let denied = match arguments.deny {
        Deny::Notes => Severity::Note,
        Deny::Warnings => Severity::Warning,
        Deny::Errors => Severity::Error,
    };
    if report::count(&all, denied) > 0 {
        return Err(Failure::Findings);
    }
    Ok(())
}
