//! The command line: parses the arguments, runs the subcommand, and prints findings and results. Each subcommand has a
//! module; this one has the code that they share.

mod arguments;
mod audit;
mod dump;
mod generate;

use crate::config::{CatalogueFile, OutputConfig, snake};
use crate::diagnostic::{Diagnostics, Severity, show};
use crate::load::{FileError, load_config, load_lock};
use crate::options::Checks;
use crate::source::Sources;
use arguments::{Arguments, Command, Target};
use clap::{CommandFactory, Parser, error::ErrorKind};
use std::ffi::OsString;
use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

/// Why a subcommand failed.
enum Failure {
    /// Findings stop the generation, or the output is stale. The findings are already printed.
    Findings,
    /// Wrong arguments, or a file that cannot be read or written.
    Usage(String),
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<Vec<FileError>> for Failure {
    fn from(errors: Vec<FileError>) -> Self {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Self::Usage(lines.join("\nerror: "))
    }
}

/// Runs the command with these arguments; the first one is the name of the program. Returns its exit status: 0 on
/// success, 1 if findings stop the generation or an output is stale, 2 if the arguments are wrong or a file cannot be
/// read or written.
///
/// Ends the process if the arguments ask for help or are malformed.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = Arguments::parse_from(arguments);
    arguments.color.write_global();
    let result = match &arguments.command {
        Command::Generate(options) => generate::run(options),
        Command::Audit(options) => audit::run(options),
        Command::Dump(options) => dump::run(options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Findings) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            print_error(&format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// Writes to standard error. A failure is ignored, since there is nowhere left to report it.
fn print_error(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Writes to standard output. A closed pipe (`| head`) is not an error.
fn print(text: &str) -> Result<(), Failure> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Usage(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Prints findings of at least this severity to standard error.
fn print_findings(diagnostics: &Diagnostics, sources: &Sources, least: Severity) {
    let mut shown = Diagnostics::default();
    for diagnostic in diagnostics {
        if diagnostic.severity >= least {
            shown.push(diagnostic.clone());
        }
    }
    let style = style(anstream::AutoStream::choice(&std::io::stderr()));
    print_error(&show::text(&shown, sources, style));
}

fn style(choice: anstream::ColorChoice) -> show::Style {
    if choice == anstream::ColorChoice::Never {
        show::Style::Plain
    } else {
        show::Style::Colored
    }
}

/// The number of findings of exactly this severity.
fn count(diagnostics: &Diagnostics, severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|found| found.severity == severity)
        .count()
}

/// `1 file`, `2 files`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The outputs of the configuration file, or the one that the arguments describe. Arguments override the file.
fn resolve_outputs(target: &Target) -> Result<Vec<OutputConfig>, Failure> {
    let mut outputs = match &target.config {
        Some(path) => configured_outputs(path, target.name.as_deref())?,
        None => vec![OutputConfig::default()],
    };
    let overrides = target.spec.is_some()
        || !target.errors.is_empty()
        || !target.overlays.is_empty()
        || target.out().is_some();
    for output in &mut outputs {
        output.allow_outside |= target.allow_outside;
        target.select.add_to(&mut output.options.select);
        if !target.checked.is_empty() {
            output.options.types.checked = Checks::of(target.checked.iter().map(String::as_str));
        }
    }
    if let [output] = outputs.as_mut_slice() {
        if let Some(spec) = &target.spec {
            output.spec = Some(spec.clone());
        }
        if !target.overlays.is_empty() {
            output.overlays.clone_from(&target.overlays);
        }
        if !target.errors.is_empty() {
            output.errors = target.errors.iter().map(CatalogueFile::new).collect();
        }
        if let Some(out) = target.out() {
            output.out = Some(out.to_owned());
        }
        if let Some(name) = &target.name {
            output.options.name = Some(snake(name));
        }
    } else if overrides {
        return Err(usage_error(
            "the configuration has several outputs: choose one with --name to override its inputs or its folder",
        ));
    }
    if let Some(path) = &target.lock {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let lock = load_lock(path, &mut sources, &mut diagnostics)?;
        print_findings(&diagnostics, &sources, Severity::Note);
        if diagnostics.has_errors() {
            return Err(Failure::Findings);
        }
        for output in &mut outputs {
            output.options.lock = Some(lock.clone());
        }
    }
    if outputs
        .iter()
        .any(|output| output.spec.is_none() && output.errors.is_empty())
    {
        return Err(usage_error(
            "there are no inputs: give --spec FILE, --errors FILE or --config FILE",
        ));
    }
    Ok(outputs)
}

/// The outputs of a configuration file, or only the one with this name.
fn configured_outputs(path: &std::path::Path, name: Option<&str>) -> Result<Vec<OutputConfig>, Failure> {
    let loaded = load_config(path)?;
    print_findings(&loaded.diagnostics, &loaded.sources, Severity::Note);
    if loaded.diagnostics.has_errors() {
        return Err(Failure::Findings);
    }
    let Some(name) = name else {
        return Ok(loaded.config.outputs);
    };
    match loaded.config.output(name) {
        Some(output) => Ok(vec![output.clone()]),
        None => Err(usage_error(&format!(
            "{} has no output `{name}`; it has {}",
            path.display(),
            match loaded.config.names().join("`, `") {
                names if names.is_empty() => "none".to_owned(),
                names => format!("`{names}`"),
            }
        ))),
    }
}

/// A usage error, with the usage line that clap adds.
fn usage_error(message: &str) -> Failure {
    let error = Arguments::command().error(ErrorKind::MissingRequiredArgument, message);
    let text = if std::io::stderr().is_terminal() {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    let text = text.trim_end();
    Failure::Usage(text.strip_prefix("error: ").unwrap_or(text).to_owned())
}
