//! Runs Cargo on one crate, and counts the errors and warnings in its messages.

use super::document::Share;
use super::report::{Step, StepResult};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Instant, SystemTime};

/// One line of Cargo's output with `--message-format=json`.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        message: Message,
    },
    CompilerArtifact {
        target: Artifact,
        fresh: bool,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    code: Option<Code>,
    spans: Vec<serde::de::IgnoredAny>,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Artifact {
    name: String,
}

/// A crate, and how Cargo runs on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) workspace: &'a Path,
    pub(super) package: &'a str,
    /// The folder of the package.
    pub(super) folder: &'a Path,
    /// The number of Cargo's parallel jobs.
    pub(super) jobs: usize,
}

/// Runs a step.
///
/// # Errors
/// Cargo could not be started. A step that fails is a [`StepResult`].
pub(super) fn run(step: Step, target: Target<'_>) -> Result<StepResult> {
    if step == Step::Test && !target.folder.join("src/tests.rs").is_file() {
        // The document has no examples.
        return Ok(StepResult {
            success: true,
            examples: Some(Share { part: 0, total: 0 }),
            ..StepResult::default()
        });
    }
    let mut build = run_once(step, target)?;
    if build.built_dependencies && step == Step::Check {
        // The time has to be that of the crate alone.
        build = run_once(step, target)?;
    }
    let path = super::log_path(target.folder, &step.to_string())?;
    fs::write(&path, build.log).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(build.result)
}

struct Build {
    result: StepResult,
    built_dependencies: bool,
    /// Rendered messages, and the output of tests.
    log: String,
}

fn run_once(step: Step, target: Target<'_>) -> Result<Build> {
    // Cargo has to build the crate again, so that there is a time to measure.
    let root = target.folder.join("src/lib.rs");
    File::options()
        .write(true)
        .open(&root)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("cannot touch {}", root.display()))?;
    let start = Instant::now();
    let output = cargo(step, target)?;
    let seconds = start.elapsed().as_secs_f64();

    let mut build = Build {
        result: StepResult {
            success: output.status.success(),
            seconds,
            ..StepResult::default()
        },
        built_dependencies: false,
        log: String::new(),
    };
    let crate_name = target.package.replace('-', "_");
    let text = String::from_utf8_lossy(&output.stdout);
    for line in text.lines() {
        match serde_json::from_str(line) {
            Ok(Line::CompilerMessage { message }) => message.count(step, &mut build),
            Ok(Line::CompilerArtifact { target, fresh }) => {
                build.built_dependencies |= !fresh && target.name != crate_name;
            }
            Ok(Line::Other) => {}
            // Not a message of Cargo, so the output of tests.
            Err(_) => {
                if let Some(share) = share(line, "examples") {
                    build.result.examples = Some(share);
                }
                if let Some(share) = share(line, "instances") {
                    build.result.instances = Some(share);
                }
                build.log.push_str(line);
                build.log.push('\n');
            }
        }
    }
    if !build.result.success {
        build.log.push_str(&String::from_utf8_lossy(&output.stderr));
        let _ = writeln!(build.log, "cargo {step}: {}", output.status);
    }
    Ok(build)
}

fn cargo(step: Step, target: Target<'_>) -> Result<Output> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .arg(step.to_string())
        .args(["--quiet", "--message-format=json", "--package", target.package]);
    // TLS takes long to build, and is not generated code.
    command.arg("--no-default-features");
    command.args(["--jobs", &target.jobs.max(1).to_string()]);
    match step {
        Step::Check | Step::Clippy => {}
        Step::Doc => {
            command.arg("--no-deps");
        }
        Step::Test => {
            command.arg("--lib");
        }
    }
    if step == Step::Test {
        command.args(["--", "--nocapture"]);
    }
    command
        .current_dir(target.workspace)
        .env("CARGO_TARGET_DIR", target.workspace.join("target"))
        .stdin(Stdio::null())
        .output()
        .context("cannot run cargo")
}

impl Message {
    fn count(self, step: Step, build: &mut Build) {
        let code = self.code.map(|code| code.code);
        // A summary such as "2 warnings emitted".
        if code.is_none() && self.spans.is_empty() {
            return;
        }
        match self.level.as_str() {
            "error" => build.result.errors += 1,
            // Clippy also prints the compiler's warnings, which `check` has counted.
            "warning" if step == Step::Clippy && !code.is_some_and(|code| code.starts_with("clippy::")) => {
                return;
            }
            "warning" => build.result.warnings += 1,
            _ => return,
        }
        build.log.push_str(&self.rendered.unwrap_or_default());
    }
}

/// The counts in a line that generated tests print, such as `examples: 3 of 4`.
fn share(line: &str, label: &str) -> Option<Share> {
    let (_, counts) = line.split_once(label)?;
    let (part, total) = counts.strip_prefix(": ")?.split_once(" of ")?;
    Some(Share {
        part: part.parse().ok()?,
        total: total.trim().parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_of_generated_tests_is_parsed() {
        let three = Some(Share { part: 3, total: 4 });
        assert_eq!(share("examples: 3 of 4", "examples"), three);
        assert_eq!(share("test tests::a ... instances: 3 of 4", "instances"), three);
        assert_eq!(share("running 1 test", "examples"), None);
    }

    #[test]
    fn summaries_of_warnings_are_not_counted() {
        let mut build = Build {
            result: StepResult::default(),
            built_dependencies: false,
            log: String::new(),
        };
        let lines = [
            r#"{"reason":"compiler-message","message":{"level":"warning","code":{"code":"dead_code"},"spans":[{}],"rendered":"x"}}"#,
            r#"{"reason":"compiler-message","message":{"level":"warning","code":null,"spans":[],"rendered":"1 warning"}}"#,
        ];
        for line in lines {
            let Ok(Line::CompilerMessage { message }) = serde_json::from_str(line) else {
                panic!("{line}");
            };
            message.count(Step::Check, &mut build);
        }
        assert_eq!(build.result.warnings, 1);
        assert_eq!(build.log, "x");
    }
}
