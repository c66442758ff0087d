//! `corpus`: generates a crate from each document of a folder, lets Cargo check, lint, document and test it, and prints
//! the results as a table.

mod cargo;
pub(crate) mod document;
mod report;
mod table;

use anyhow::{Context, Result, ensure};
use document::Generation;
use indicatif::{ProgressBar, ProgressStyle};
use report::{Report, Step};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::time::Duration;

/// The arguments of the task.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 all documents pass; 1 a document fails; 2 another error.")]
pub(crate) struct Corpus {
    /// The folder of the documents: .json, .yaml and .yml files
    dir: PathBuf,

    /// How many documents to generate from in parallel, and how many parallel jobs Cargo may run
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    jobs: usize,

    /// Write all results to this file as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Only this document, by its file name without the extension; may be repeated
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,

    /// The folder for the crates and Cargo's output
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,

    /// Generate N random values of each schema, which the tests decode and encode
    #[arg(long, value_name = "N", default_value_t = 0)]
    instances: usize,

    /// The seed of the random values
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    /// Check the limits of all schemas
    #[arg(long)]
    checked: bool,

    /// A step to run on each crate; may be repeated [default: all steps]
    #[arg(long, value_name = "STEP")]
    step: Vec<Step>,
}

fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// A document and the crate that is made from it.
struct Member {
    /// The file's name without its extension.
    name: String,
    path: PathBuf,
    /// The name of the crate, with `-`.
    package: String,
    folder: PathBuf,
}

impl Corpus {
    /// Runs all steps for all documents, even if some of them fail.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let out = absolute(&self.out)?;
        let members = self.members(&out)?;
        let steps: Vec<Step> = if self.step.is_empty() {
            Step::ALL.to_vec()
        } else {
            Step::ALL
                .into_iter()
                .filter(|step| self.step.contains(step))
                .collect()
        };
        let progress = progress_bar(members.len() * (1 + steps.len()));
        let leftovers = if self.only.is_empty() {
            Leftovers::Remove
        } else {
            Leftovers::Keep
        };
        remove_old_crates(&out, &members, leftovers)?;
        let generations = self.generate(&members, &progress);
        let mut reports: Vec<Report> = members
            .iter()
            .zip(generations)
            .map(|(member, generation)| Report::new(&member.name, generation))
            .collect();
        for &step in &steps {
            self.run_step(step, &out, &members, &mut reports, &progress)?;
        }
        progress.finish_and_clear();
        self.print(&reports, &out)
    }

    fn run_step(
        &self,
        step: Step,
        workspace: &Path,
        members: &[Member],
        reports: &mut [Report],
        progress: &ProgressBar,
    ) -> Result<()> {
        for (member, report) in members.iter().zip(reports) {
            progress.set_message(format!("{} {}", step.progress_verb(), member.name));
            if report.generation.is_some() {
                create_workspace(workspace, &member.package)?;
                let target = cargo::Target {
                    workspace,
                    package: &member.package,
                    folder: &member.folder,
                    jobs: self.jobs,
                };
                let result = cargo::run(step, target)
                    .with_context(|| format!("cannot run cargo {step} on {}", member.package))?;
                report.steps.insert(step, result);
            }
            progress.inc(1);
        }
        Ok(())
    }

    /// Prints the table, and what fails.
    fn print(&self, reports: &[Report], out: &Path) -> Result<ExitCode> {
        if let Some(path) = &self.json {
            let text = serde_json::to_string_pretty(reports).context("cannot write the results as JSON")?;
            fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))?;
        }
        anstream::print!("{}", table::table(reports));
        let failed: Vec<&Report> = reports
            .iter()
            .filter(|report| !report.shortcomings().is_empty())
            .collect();
        if failed.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        anstream::println!();
        for report in failed {
            anstream::println!("{}: {}", report.name, report.shortcomings().join("; "));
        }
        anstream::println!("The logs are in {}", out.join(LOGS).display());
        Ok(ExitCode::from(1))
    }

    /// The documents, the smallest first, so that the progress bar starts early.
    fn members(&self, out: &Path) -> Result<Vec<Member>> {
        let entries =
            fs::read_dir(&self.dir).with_context(|| format!("cannot read {}", self.dir.display()))?;
        let mut documents = Vec::new();
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let extension = path
                .extension()
                .and_then(|extension| extension.to_str())
                .unwrap_or_default();
            if matches!(extension, "json" | "yaml" | "yml") {
                documents.push((entry.metadata()?.len(), absolute(&path)?));
            }
        }
        documents.sort();
        let mut packages = HashSet::new();
        let mut members = Vec::new();
        for (_, path) in documents {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !self.only.is_empty() && !self.only.contains(&name) {
                continue;
            }
            // The prefix avoids keywords and the names of dependencies.
            let mut package = format!("corpus-{}", package_name(&name));
            if !packages.insert(package.clone()) {
                let extension = path.extension().unwrap_or_default().to_string_lossy();
                package = format!("{package}-{extension}");
                ensure!(packages.insert(package.clone()), "two documents are named {name}");
            }
            members.push(Member {
                folder: out.join("crates").join(&package),
                name,
                path,
                package,
            });
        }
        ensure!(
            !members.is_empty(),
            "{} contains no such document",
            self.dir.display()
        );
        Ok(members)
    }

    /// Generates from all documents, several in parallel.
    fn generate(&self, members: &[Member], progress: &ProgressBar) -> Vec<Result<Generation>> {
        let next = Mutex::new(members.iter().enumerate());
        let done = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.clamp(1, members.len()) {
                scope.spawn(|| {
                    loop {
                        let Some((index, member)) = lock(&next).next() else {
                            break;
                        };
                        progress.set_message(format!("generating {}", member.name));
                        let generation = self.generate_one(member);
                        lock(&done).push((index, generation));
                        progress.inc(1);
                    }
                });
            }
        });
        let mut done = done
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_by_key(|&(index, _)| index);
        done.into_iter().map(|(_, generation)| generation).collect()
    }

    /// Generates in a separate process, so that its memory can be measured and a crash affects no other document.
    fn generate_one(&self, member: &Member) -> Result<Generation> {
        let output = Command::new(std::env::current_exe()?)
            .arg("corpus-document")
            .arg(&member.path)
            .arg(&member.folder)
            .arg(&member.package)
            .args(["--instances", &self.instances.to_string()])
            .args(["--seed", &self.seed.to_string()])
            .args(self.checked.then_some("--checked"))
            .stdin(Stdio::null())
            .output()?;
        let log = log_path(&member.folder, "generate")?;
        fs::write(&log, &output.stderr).with_context(|| format!("cannot write {}", log.display()))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let last = text.trim().lines().last().unwrap_or_default();
            anyhow::bail!("not generated ({}): {last}", output.status);
        }
        serde_json::from_slice(&output.stdout).context("the generation printed no result")
    }
}

/// Locks a mutex whose value is valid even if another thread panicked.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The folder of the logs.
const LOGS: &str = "logs";

/// The log file of a step for the crate in `folder`. Creates its folder.
fn log_path(folder: &Path, step: &str) -> Result<PathBuf> {
    let package = folder.file_name().context("the folder has no name")?;
    let out = folder.parent().and_then(Path::parent);
    let logs = out
        .context("the folder is not in another")?
        .join(LOGS)
        .join(package);
    fs::create_dir_all(&logs).with_context(|| format!("cannot create {}", logs.display()))?;
    Ok(logs.join(step).with_extension("txt"))
}

/// What to do with the crates of documents that are not among the current ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leftovers {
    Keep,
    Remove,
}

/// Removes the crates of documents that are not among the current ones, unless they are kept.
fn remove_old_crates(out: &Path, members: &[Member], leftovers: Leftovers) -> Result<()> {
    let crates = out.join("crates");
    let packages: Vec<&str> = members.iter().map(|member| member.package.as_str()).collect();
    if leftovers == Leftovers::Remove && crates.is_dir() {
        for entry in fs::read_dir(&crates)? {
            let path = entry?.path();
            let known = path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| packages.contains(&name));
            if !known {
                fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
    }
    fs::create_dir_all(&crates).with_context(|| format!("cannot create {}", crates.display()))
}

/// Creates a workspace of one crate, so that the manifests of others do not matter. All use the same folder for Cargo's
/// output, so their dependencies are built once.
fn create_workspace(out: &Path, package: &str) -> Result<()> {
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/{package}\"]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    let path = out.join("Cargo.toml");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The letters and digits of a name, joined with `-`.
fn package_name(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-").to_ascii_lowercase()
}

fn progress_bar(steps: usize) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is not a path", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_judged_by_itself() -> Result<()> {
        let out = tempfile::tempdir()?;
        let crates = out.path().join("crates");
        fs::create_dir_all(crates.join("corpus-good/src"))?;
        fs::write(
            crates.join("corpus-good/Cargo.toml"),
            "[package]\nname = \"corpus-good\"\nedition = \"2024\"\n",
        )?;
        fs::write(crates.join("corpus-good/src/lib.rs"), "")?;
        // Nothing was generated from the first of these; the manifest of the second is wrong.
        log_path(&crates.join("corpus-none"), "generate")?;
        fs::create_dir_all(crates.join("corpus-wrong"))?;
        fs::write(crates.join("corpus-wrong/Cargo.toml"), "[package")?;
        create_workspace(out.path(), "corpus-good")?;
        let target = cargo::Target {
            workspace: out.path(),
            package: "corpus-good",
            folder: &crates.join("corpus-good"),
            jobs: 1,
        };
        assert!(cargo::run(Step::Check, target)?.success);
        assert!(!crates.join("corpus-none").exists());
        Ok(())
    }
}
