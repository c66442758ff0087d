//! `corpus-document`: generates the crate of one document, and prints counts, time and memory as JSON.

use anyhow::{Context, Result};
use instances::InstanceOptions;
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::{Diagnostics, Severity, show};
use pingback_codegen::generate::{Generated, Inputs, generate, read};
use pingback_codegen::load::load_inputs;
use pingback_codegen::options::{Checks, Options, TypeOptions};
use pingback_codegen::read::{tree::Node, yaml};
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// The arguments of the task.
#[derive(Debug, clap::Args)]
pub(crate) struct Document {
    /// The document
    spec: PathBuf,
    /// The folder to write the crate to
    out: PathBuf,
    /// The crate's name
    package: String,
    /// How many random values of each schema to generate
    #[arg(long, default_value_t = 0)]
    instances: usize,
    /// The seed of the random values
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Check the limits of all schemas
    #[arg(long)]
    checked: bool,
}

/// The result of one generation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Generation {
    /// The document's pairs of path and method.
    pub(super) operations: Share,
    /// The document's component schemas.
    pub(super) schemas: Share,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// The number of findings of each rule.
    pub(super) rules: BTreeMap<String, usize>,
    /// The random values; `None` if none were requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instances: Option<InstanceCounts>,
    pub(super) seconds: f64,
    /// The peak memory use of the process; known on Linux only.
    pub(super) peak_kib: Option<u64>,
}

/// How many random values were generated.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct InstanceCounts {
    /// Valid values.
    pub(super) valid: usize,
    /// Invalid values, which are left out.
    pub(super) invalid: usize,
    /// Schemas without a valid value.
    pub(super) schemas_without: usize,
}

/// A part of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Share {
    pub(super) part: usize,
    pub(super) total: usize,
}

impl Document {
    /// Generates the crate, and prints a [`Generation`] as JSON.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let mut inputs = load_inputs(&self.output()).map_err(|mut errors| errors.remove(0))?;
        let instances = (self.instances > 0).then(|| self.add_instances(&mut inputs));

        let start = Instant::now();
        let run = generate(&inputs);
        if !run.diagnostics.has_errors() {
            write(&self.out, &run.files, Foreign::Overwrite)?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let peak_kib = peak_kib();

        anstream::eprint!(
            "{}",
            show::text(&run.diagnostics, &run.sources, show::Style::Plain)
        );
        if run.diagnostics.has_errors() {
            return Ok(ExitCode::from(1));
        }
        let (operations, schemas) = shares(&run).context("the document cannot be read again")?;
        let generation = Generation {
            operations,
            schemas,
            warnings: count(&run, Severity::Warning),
            notes: count(&run, Severity::Note),
            rules: findings_per_rule(&run),
            instances,
            seconds,
            peak_kib,
        };
        anstream::println!("{}", serde_json::to_string(&generation)?);
        Ok(ExitCode::SUCCESS)
    }

    fn output(&self) -> OutputConfig {
        let checked = if self.checked {
            Checks::All
        } else {
            Checks::Nothing
        };
        OutputConfig {
            spec: Some(self.spec.clone()),
            options: Options {
                name: Some(self.package.replace('-', "_")),
                tests: true,
                types: TypeOptions { checked },
                ..Options::default()
            },
            ..OutputConfig::default()
        }
    }

    /// Adds random values to the tests of the crate.
    fn add_instances(&self, inputs: &mut Inputs) -> InstanceCounts {
        let parsed = read(inputs, &mut Sources::default(), &mut Diagnostics::default());
        let options = InstanceOptions {
            per_schema: self.instances,
            seed: self.seed,
        };
        let document = parsed.document.as_ref();
        let instances = document
            .map(|document| instances::generate(document, options))
            .unwrap_or_default();
        for failure in &instances.failures {
            let reason = failure.reason.as_ref();
            let reason = reason.map(|reason| format!("; the last one is invalid: {reason}"));
            anstream::eprintln!(
                "no valid instance of {} was generated{}",
                failure.schema,
                reason.unwrap_or_default()
            );
        }
        let counts = InstanceCounts {
            valid: instances.samples.iter().map(|sample| sample.values.len()).sum(),
            invalid: instances.invalid,
            schemas_without: instances.failures.len(),
        };
        inputs.options.samples = instances.samples;
        counts
    }
}

fn count(run: &Generated, severity: Severity) -> usize {
    let findings = run.diagnostics.iter();
    findings.filter(|finding| finding.severity == severity).count()
}

fn findings_per_rule(run: &Generated) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    for finding in &run.diagnostics {
        *rules.entry(finding.rule.name.to_owned()).or_default() += 1;
    }
    rules
}

/// How many operations and schemas were generated, out of how many in the document. These are counted in the text, so
/// that what is lost while reading the document counts as missing.
fn shares(run: &Generated) -> Option<(Share, Share)> {
    let (source, _) = run.sources.iter().next()?;
    let tree = yaml::parse(source, &run.sources, &mut Diagnostics::default())?;
    let api = run.api.as_ref()?;
    let schemas = tree
        .get("components")
        .and_then(|components| components.get("schemas"))
        .and_then(Node::as_object);
    let generated_schemas: HashSet<&str> = api
        .types
        .iter()
        .filter_map(|def| def.place.pointer.0.strip_prefix("/components/schemas/"))
        .filter(|name| !name.contains('/'))
        .collect();
    let operations = Share {
        part: api.operations.len(),
        total: count_operations(&tree),
    };
    let schemas = Share {
        part: generated_schemas.len(),
        total: schemas.into_iter().flatten().count(),
    };
    Some((operations, schemas))
}

fn count_operations(document: &Node) -> usize {
    let paths = document
        .get("paths")
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    paths
        .filter(|(path, _)| path.starts_with('/'))
        .map(|(_, item)| {
            METHODS
                .iter()
                .filter(|method| item.node.get(method).is_some())
                .count()
        })
        .sum()
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The peak resident memory of this process, from Linux's `/proc`.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
