//! Runs Cargo on one crate, and reads from its messages what it found.

use super::document::Share;
use super::report::{Done, Step};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Instant, SystemTime};

/// One line of what Cargo prints with `--message-format=json`.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        message: Message,
    },
    CompilerArtifact {
        target: Target,
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
struct Target {
    name: String,
}

/// Does a step. An error means that Cargo could not be run at all.
pub(super) fn run(step: Step, workspace: &Path, package: &str, folder: &Path, jobs: usize) -> Result<Done> {
    if step == Step::Test && !folder.join("src/tests.rs").is_file() {
        // The document has no examples.
        return Ok(Done {
            success: true,
            examples: Some(Share { made: 0, of: 0 }),
            ..Done::default()
        });
    }
    let mut build = once(step, workspace, package, folder, jobs)?;
    if build.others && step == Step::Check {
        // The time was that of dependencies as well.
        build = once(step, workspace, package, folder, jobs)?;
    }
    let path = super::said(folder, &step.to_string())?;
    fs::write(&path, build.said).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(build.done)
}

struct Build {
    done: Done,
    /// Was anything built beside the crate itself?
    others: bool,
    said: String,
}

fn once(step: Step, workspace: &Path, package: &str, folder: &Path, jobs: usize) -> Result<Build> {
    // What is fresh takes no time.
    let root = folder.join("src/lib.rs");
    File::options()
        .write(true)
        .open(&root)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("cannot touch {}", root.display()))?;
    let start = Instant::now();
    let output = cargo(step, workspace, package, jobs)?;
    let seconds = start.elapsed().as_secs_f64();

    let mut build = Build {
        done: Done {
            success: output.status.success(),
            seconds,
            ..Done::default()
        },
        others: false,
        said: String::new(),
    };
    let own = package.replace('-', "_");
    let text = String::from_utf8_lossy(&output.stdout);
    for line in text.lines() {
        match serde_json::from_str(line) {
            Ok(Line::CompilerMessage { message }) => message.count(step, &mut build),
            Ok(Line::CompilerArtifact { target, fresh }) => build.others |= !fresh && target.name != own,
            Ok(Line::Other) => {}
            // Not Cargo's: what the tests say.
            Err(_) => {
                if let Some(share) = share(line, "examples") {
                    build.done.examples = Some(share);
                }
                if let Some(share) = share(line, "instances") {
                    build.done.instances = Some(share);
                }
                build.said.push_str(line);
                build.said.push('\n');
            }
        }
    }
    if !build.done.success {
        build.said.push_str(&String::from_utf8_lossy(&output.stderr));
        let _ = writeln!(build.said, "cargo {step}: {}", output.status);
    }
    Ok(build)
}

fn cargo(step: Step, workspace: &Path, package: &str, jobs: usize) -> Result<Output> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .arg(step.to_string())
        .args(["--quiet", "--message-format=json", "--package", package]);
    // TLS is much to build, and nothing that is generated.
    command.arg("--no-default-features");
    command.args(["--jobs", &jobs.max(1).to_string()]);
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
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .stdin(Stdio::null())
        .output()
        .context("cannot run cargo")
}

impl Message {
    fn count(self, step: Step, build: &mut Build) {
        let code = self.code.map(|code| code.code);
        // "2 warnings emitted" counts nothing new.
        if code.is_none() && self.spans.is_empty() {
            return;
        }
        match self.level.as_str() {
            "error" => build.done.errors += 1,
            // Clippy repeats what the compiler warns of.
            "warning" if step == Step::Clippy && !code.is_some_and(|code| code.starts_with("clippy::")) => {
                return;
            }
            "warning" => build.done.warnings += 1,
            _ => return,
        }
        build.said.push_str(&self.rendered.unwrap_or_default());
    }
}

/// What generated tests print of `what`: `examples: 3 of 4`.
fn share(line: &str, what: &str) -> Option<Share> {
    let (_, shares) = line.split_once(what)?;
    let (made, of) = shares.strip_prefix(": ")?.split_once(" of ")?;
    Some(Share {
        made: made.parse().ok()?,
        of: of.trim().parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tests_print_is_understood() {
        let three = Some(Share { made: 3, of: 4 });
        assert_eq!(share("examples: 3 of 4", "examples"), three);
        assert_eq!(share("test tests::a ... instances: 3 of 4", "instances"), three);
        assert_eq!(share("running 1 test", "examples"), None);
    }

    #[test]
    fn a_count_of_warnings_is_no_warning() {
        let mut build = Build {
            done: Done::default(),
            others: false,
            said: String::new(),
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
        assert_eq!(build.done.warnings, 1);
        assert_eq!(build.said, "x");
    }
}
