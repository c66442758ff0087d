//! One document, in a process of its own: writes the crate, and says in JSON what was made and what it took.

use anyhow::{Context, Result};
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::{Diagnostics, Severity, show};
use pingback_codegen::generate::{Generated, generate};
use pingback_codegen::load::load_inputs;
use pingback_codegen::options::{Checks, InstanceOptions, Options, TypeOptions};
use pingback_codegen::read::{tree::Node, yaml};
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// The arguments of the chore.
#[derive(Debug, clap::Args)]
pub(crate) struct Document {
    /// The document
    spec: PathBuf,
    /// The folder to write the crate to
    out: PathBuf,
    /// The crate's name
    package: String,
    /// How many values of each schema to make up
    #[arg(long, default_value_t = 0)]
    instances: usize,
    /// Which values
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Check all limits of the document
    #[arg(long)]
    checked: bool,
}

/// What a generation made, and what it took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Generation {
    /// Of the document's pairs of path and method.
    pub(super) operations: Share,
    /// Of the document's component schemas.
    pub(super) schemas: Share,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// How often each rule found something.
    pub(super) rules: BTreeMap<String, usize>,
    /// Values made up; nothing if none were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instances: Option<Instances>,
    pub(super) seconds: f64,
    /// The most memory it held at once; known on Linux only.
    pub(super) peak_kib: Option<u64>,
}

/// What came of making up values.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Instances {
    /// Valid ones, which the crate's tests hold its types to.
    pub(super) made: usize,
    /// Those that the validator refused, and that were left out.
    pub(super) refused: usize,
    /// Schemas of which no valid value was found.
    pub(super) schemas_without: usize,
}

/// Some of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Share {
    pub(super) made: usize,
    pub(super) of: usize,
}

impl Document {
    /// Generates, and prints a [`Generation`].
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let start = Instant::now();
        let output = OutputConfig {
            spec: Some(self.spec.clone()),
            options: Options {
                name: Some(self.package.replace('-', "_")),
                tests: true,
                instances: InstanceOptions {
                    each: self.instances,
                    seed: self.seed,
                },
                types: TypeOptions {
                    checked: if self.checked {
                        Checks::All
                    } else {
                        Checks::Nothing
                    },
                },
                ..Options::default()
            },
            ..OutputConfig::default()
        };
        let inputs = load_inputs(&output).map_err(|mut errors| errors.remove(0))?;
        let run = generate(&inputs);
        if !run.diagnostics.has_errors() {
            write(&self.out, &run.files, Foreign::Overwrite)?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let peak_kib = peak_kib();

        anstream::eprint!("{}", show::text(&run.diagnostics, &run.sources, false));
        if run.diagnostics.has_errors() {
            return Ok(ExitCode::from(1));
        }
        let mut rules = BTreeMap::new();
        for diagnostic in &run.diagnostics {
            *rules.entry(diagnostic.rule.name.to_owned()).or_default() += 1;
        }
        let count = |severity| {
            run.diagnostics
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        let (operations, schemas) =
            shares(&run).context("the document was read, and cannot be read again")?;
        let made_up = run.api.as_ref().map(|_| &run.test_values.instances);
        for (schema, fault) in made_up.iter().flat_map(|made_up| &made_up.without) {
            let why = fault
                .as_ref()
                .map(|fault| format!("; the last was refused: {fault}"));
            anstream::eprintln!(
                "no valid instance of {schema} was found{}",
                why.unwrap_or_default()
            );
        }
        let instances = made_up.filter(|_| self.instances > 0).map(|made_up| Instances {
            made: made_up.list.len(),
            refused: made_up.refused,
            schemas_without: made_up.without.len(),
        });
        let generation = Generation {
            instances,
            operations,
            schemas,
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            rules,
            seconds,
            peak_kib,
        };
        anstream::println!("{}", serde_json::to_string(&generation)?);
        Ok(ExitCode::SUCCESS)
    }
}

/// How many operations and schemas were made, and how many the text holds: counted on its tree, so that what
/// reading leaves out is missed here.
fn shares(run: &Generated) -> Option<(Share, Share)> {
    let (source, _) = run.sources.iter().next()?;
    let sources: &Sources = &run.sources;
    let tree = yaml::parse(source, sources, &mut Diagnostics::default())?;
    let api = run.api.as_ref()?;
    let components = tree
        .get("components")
        .and_then(|components| components.get("schemas"));
    let operations = tree.get("paths").and_then(Node::as_object).map_or(0, |paths| {
        let methods = |item: &Node| METHODS.iter().filter(|method| item.get(method).is_some()).count();
        paths
            .iter()
            .filter(|(path, _)| path.starts_with('/'))
            .map(|(_, entry)| methods(&entry.node))
            .sum()
    });
    let made: HashSet<&str> = api
        .types
        .iter()
        .filter_map(|def| def.place.pointer.0.strip_prefix("/components/schemas/"))
        .filter(|name| !name.contains('/'))
        .collect();
    Some((
        Share {
            made: api.operations.len(),
            of: operations,
        },
        Share {
            made: made.len(),
            of: components.and_then(Node::as_object).into_iter().flatten().count(),
        },
    ))
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What Linux remembers of this process.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
