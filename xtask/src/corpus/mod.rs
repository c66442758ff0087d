//! `corpus`: for each document of a folder, generates a crate, has Cargo check, lint, document and test it, and
//! prints what came of it as a table. How we judge a change.

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

/// The arguments of the chore.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 all is well; 1 a document falls short; 2 something else went wrong.")]
pub(crate) struct Corpus {
    /// The folder of the documents: all its .json, .yaml and .yml files
    dir: PathBuf,

    /// How many documents to generate from at once, and how many jobs Cargo may run
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    jobs: usize,

    /// Write all figures to this file as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Only this document, by its file name without the ending; may be given several times
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,

    /// Where the crates and what Cargo makes of them go
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,

    /// Make up so many random values of each schema, which its type has to hold unchanged
    #[arg(long, value_name = "N", default_value_t = 0)]
    instances: usize,

    /// The same seed gives the same values
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    /// Make types that keep their limits of all schemas that have any
    #[arg(long)]
    checked: bool,

    /// What to do with each crate; may be given several times [default: everything]
    #[arg(long, value_name = "STEP")]
    step: Vec<Step>,
}

fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// A document and the crate that is made from it.
struct Member {
    /// The file's name without its ending.
    name: String,
    path: PathBuf,
    /// The name of the crate, with `-`.
    package: String,
    folder: PathBuf,
}

impl Corpus {
    /// Does them all, whatever becomes of one of them.
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
        let progress = progress(members.len() * (1 + steps.len()));

        workspace(&out, &members, self.only.is_empty())?;
        let generated = self.generate(&members, &progress);
        let mut reports: Vec<Report> = members
            .iter()
            .zip(generated)
            .map(|(member, generation)| Report::new(&member.name, generation))
            .collect();
        for &step in &steps {
            for (member, report) in members.iter().zip(&mut reports) {
                progress.set_message(format!("{} {}", step.verb(), member.name));
                if report.generation.is_some() {
                    let done = cargo::run(step, &out, &member.package, &member.folder, self.jobs)
                        .with_context(|| format!("cannot {step} {}", member.package))?;
                    report.steps.insert(step, done);
                }
                progress.inc(1);
            }
        }
        progress.finish_and_clear();

        if let Some(path) = &self.json {
            let text = serde_json::to_string_pretty(&reports).context("the figures are no JSON")?;
            fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))?;
        }
        anstream::print!("{}", table::table(&reports));
        let short: Vec<&Report> = reports
            .iter()
            .filter(|report| !report.shortcomings().is_empty())
            .collect();
        if short.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        anstream::println!();
        for report in short {
            anstream::println!("{}: {}", report.name, report.shortcomings().join("; "));
        }
        anstream::println!("What was said of each is in {}", out.join("said").display());
        Ok(ExitCode::from(1))
    }

    /// The documents, the smallest first, so that there is soon something to see.
    fn members(&self, out: &Path) -> Result<Vec<Member>> {
        let entries =
            fs::read_dir(&self.dir).with_context(|| format!("cannot read {}", self.dir.display()))?;
        let mut documents = Vec::new();
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let ending = path
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            if matches!(ending, "json" | "yaml" | "yml") {
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
            // No document's name is then a keyword, or the name of a dependency.
            let mut package = format!("corpus-{}", plain(&name));
            if !packages.insert(package.clone()) {
                let ending = path.extension().unwrap_or_default().to_string_lossy();
                package = format!("{package}-{ending}");
                ensure!(
                    packages.insert(package.clone()),
                    "two documents are called {name}"
                );
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
            "{} holds no such document",
            self.dir.display()
        );
        Ok(members)
    }

    /// Generates from all documents, several at once.
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

    /// In a process of its own: what it takes is then its own as well, and so is its end if it does not end well.
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
        let said = said(&member.folder, "generate")?;
        fs::write(&said, &output.stderr).with_context(|| format!("cannot write {}", said.display()))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let last = text.trim().lines().last().unwrap_or_default();
            anyhow::bail!("not generated ({}): {last}", output.status);
        }
        serde_json::from_slice(&output.stdout).context("the generation reported nothing")
    }
}

/// A panic elsewhere leaves nothing half done in what is shared here.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Where what a step says of a crate is kept.
fn said(folder: &Path, step: &str) -> Result<PathBuf> {
    let package = folder.file_name().context("a folder without a name")?;
    let said = folder.join("../../said").join(package);
    fs::create_dir_all(&said).with_context(|| format!("cannot make {}", said.display()))?;
    Ok(said.join(step).with_extension("txt"))
}

/// One workspace for all: its members share dependencies, which are then built once. `all`: there are no others.
fn workspace(out: &Path, members: &[Member], all: bool) -> Result<()> {
    let crates = out.join("crates");
    let packages: Vec<&str> = members.iter().map(|member| member.package.as_str()).collect();
    // What documents that are no longer there left behind must not be in the way.
    if all && crates.is_dir() {
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
    fs::create_dir_all(&crates).with_context(|| format!("cannot make {}", crates.display()))?;
    let text = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n\
                [profile.dev]\ndebug = false\nincremental = false\n";
    let path = out.join("Cargo.toml");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Letters, digits and `-`, which a package's name may be made of.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-").to_ascii_lowercase()
}

fn progress(steps: usize) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))
}
