//! For each rule there is a small malformed input that is reported by this rule and no other.

use pingback_codegen::config;
use pingback_codegen::diagnostic::{Diagnostics, rules, show};
use pingback_codegen::emit::{Content, Output};
use pingback_codegen::generate::{CatalogueText, Input, Inputs, ReferencedFile, audited, lowered};
use pingback_codegen::names::Lock;
use pingback_codegen::options::Options;
use pingback_codegen::render::render;
use pingback_codegen::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A malformed input. Its first line lists the expected rules: `# rule: NAME, NAME`.
struct Fixture {
    name: String,
    kind: Kind,
}

enum Kind {
    /// `NAME.yaml`: an OpenAPI document, which is lowered and checked.
    Document(Vec<u8>),
    /// `NAME.toml`: a configuration, which is only read.
    Config(String),
    /// `NAME/codegen.toml`: a configuration with its inputs and the lock file next to it, which are audited.
    Folder(String),
    /// `NAME.lock`: a lock file.
    Lock(String),
    /// The expected rules, and a function that reports the findings.
    Made(&'static str, Box<dyn Fn(&mut Diagnostics)>),
}

/// Findings and the texts that they point into.
struct Found {
    diagnostics: Diagnostics,
    sources: Sources,
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents/bad")
}

impl Fixture {
    fn expected(&self) -> BTreeSet<String> {
        let text = match &self.kind {
            Kind::Document(bytes) => String::from_utf8_lossy(bytes),
            Kind::Config(text) | Kind::Folder(text) | Kind::Lock(text) => text.into(),
            Kind::Made(rules, _) => format!("# rule: {rules}").into(),
        };
        let first = text.lines().next().unwrap_or_default();
        let names = first
            .strip_prefix("# rule: ")
            .expect("the first line names the rules");
        names.split(',').map(|name| name.trim().to_owned()).collect()
    }

    /// All findings of all stages.
    fn findings(&self) -> Vec<Found> {
        match &self.kind {
            Kind::Document(bytes) => vec![run(&Inputs {
                spec: Some(Input {
                    name: self.name.clone(),
                    bytes: bytes.clone(),
                }),
                options: Options {
                    #[cfg(feature = "tests")]
                    tests: true,
                    ..Options::default()
                },
                ..Inputs::default()
            })],
            Kind::Config(text) => vec![self.config(text).1],
            Kind::Folder(text) => {
                let (config, found) = self.config(text);
                let mut all = vec![found];
                let lock = directory().join(&self.name).join("codegen.lock");
                let lock = std::fs::read_to_string(lock).map(read_lock).unwrap_or_default();
                for mut output in config.outputs {
                    output.options.lock = Some(lock.clone());
                    let input = |path: &Path| Input {
                        name: path.to_string_lossy().replace('\\', "/"),
                        bytes: std::fs::read(directory().join(path)).expect("a file that the fixture names"),
                    };
                    let run = audited(&Inputs {
                        config: Some(Input {
                            name: format!("{}/codegen.toml", self.name),
                            bytes: text.clone().into_bytes(),
                        }),
                        spec: output.spec.as_deref().map(input),
                        files: output.spec.as_deref().map_or_else(Vec::new, neighbours_of),
                        overlays: output.overlays.iter().map(|path| input(path)).collect(),
                        errors: output
                            .errors
                            .iter()
                            .map(|file| CatalogueText {
                                input: input(&file.path),
                                form: file.form,
                            })
                            .collect(),
                        options: output.options,
                    });
                    all.push(Found {
                        diagnostics: run.diagnostics,
                        sources: run.sources,
                    });
                }
                all
            }
            Kind::Lock(text) => {
                let mut sources = Sources::default();
                let mut diagnostics = Diagnostics::default();
                let id = sources.add(self.name.as_str(), text.as_str());
                let _lock = Lock::read(id, &sources, &mut diagnostics);
                vec![Found { diagnostics, sources }]
            }
            Kind::Made(_, make) => {
                let mut diagnostics = Diagnostics::default();
                make(&mut diagnostics);
                vec![Found {
                    diagnostics,
                    sources: Sources::default(),
                }]
            }
        }
    }

    fn config(&self, text: &str) -> (config::Config, Found) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add(self.name.as_str(), text);
        let config = config::read(id, Path::new(&self.name), &sources, &mut diagnostics);
        (config, Found { diagnostics, sources })
    }
}

/// The other YAML files in the folder of a document.
fn neighbours_of(spec: &Path) -> Vec<ReferencedFile> {
    let folder = directory().join(spec.parent().expect("a path in a folder"));
    let entries = std::fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let others = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .filter(|path| path.file_name() != spec.file_name());
    others
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).expect("a readable file");
            ReferencedFile {
                path: name.clone(),
                input: Ok(Input { name, bytes }),
            }
        })
        .collect()
}

fn read_lock(text: String) -> Lock {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let id = sources.add("codegen.lock", text);
    let lock = Lock::read(id, &sources, &mut diagnostics);
    assert!(!diagnostics.has_errors());
    lock
}

fn run(inputs: &Inputs) -> Found {
    let run = lowered(inputs);
    Found {
        diagnostics: run.diagnostics,
        sources: run.sources,
    }
}

fn fixtures() -> Vec<Fixture> {
    let entries = std::fs::read_dir(directory()).expect("the directory of bad documents");
    let mut fixtures: Vec<Fixture> = entries
        .map(|entry| entry.expect("a readable directory").path())
        .map(|path| {
            let text = |path: &Path| std::fs::read_to_string(path).expect("a readable text");
            let kind = if path.is_dir() {
                Kind::Folder(text(&path.join("codegen.toml")))
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                Kind::Config(text(&path))
            } else if path.extension().is_some_and(|extension| extension == "lock") {
                Kind::Lock(text(&path))
            } else {
                Kind::Document(std::fs::read(&path).expect("a readable file"))
            };
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            Fixture { name, kind }
        })
        .collect();
    fixtures.push(inline_budget());
    fixtures.push(too_far());
    fixtures.push(Fixture {
        name: "not-utf8 (made)".to_owned(),
        kind: Kind::Document(
            b"# rule: not-utf8\nopenapi: 3.0.3\ninfo: {title: \xFF, version: '1'}\npaths: {}\n".to_vec(),
        ),
    });
    fixtures.push(Fixture {
        name: "no-input (made)".to_owned(),
        kind: Kind::Made(
            "no-input",
            Box::new(|diagnostics| {
                lowered(&Inputs::default())
                    .diagnostics
                    .iter()
                    .for_each(|found| diagnostics.push(found.clone()));
            }),
        ),
    });
    fixtures.push(Fixture {
        name: "internal (made)".to_owned(),
        kind: Kind::Made(
            "internal",
            Box::new(|diagnostics| {
                // No document can cause it.
                let output = Output {
                    path: "src/a.rs".to_owned(),
                    content: Content::Rust {
                        header: String::new(),
                        items: vec!["fn fn".to_owned()],
                    },
                };
                let error = render(vec![output]).expect_err("no Rust");
                diagnostics.report(rules::INTERNAL, None, &[&error]);
            }),
        ),
    });
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

/// A document that is too large for a file.
fn inline_budget() -> Fixture {
    let mut text = "# rule: inline-budget\nopenapi: 3.1.0\ninfo: {title: T, version: '1'}\n".to_owned();
    let schema = "x".repeat(100_000);
    let _ = write!(
        text,
        "components:\n  responses:\n    Big:\n      description: Big\n      content:\n        a/b:\n          schema: {{description: {schema}}}\npaths:\n  /a:\n    get:\n      responses:\n"
    );
    for status in 100..1000 {
        let _ = writeln!(text, "        '{status}': {{$ref: '#/components/responses/Big'}}");
    }
    Fixture {
        name: "inline-budget (made)".to_owned(),
        kind: Kind::Document(text.into_bytes()),
    }
}

/// A document that is too long for a file.
fn too_far() -> Fixture {
    let mut text =
        "# rule: definition-chain-too-long\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for number in 0..250 {
        let next = number + 1;
        let _ = writeln!(
            text,
            "    S{number}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}], properties: {{p{number}: {{type: string}}}}}}"
        );
    }
    text.push_str("    S250: {type: object}\n");
    Fixture {
        name: "definition-chain-too-long (made)".to_owned(),
        kind: Kind::Document(text.into_bytes()),
    }
}

#[test]
fn a_malformed_input_is_reported_by_the_expected_rules_only() {
    let mut wrong = String::new();
    for fixture in fixtures() {
        let all = fixture.findings();
        let found = all.iter().flat_map(|found| &found.diagnostics);
        let found: BTreeSet<String> = found.map(|d| d.rule.name.to_owned()).collect();
        let expected = fixture.expected();
        if found != expected {
            let _ = writeln!(wrong, "{}: {found:?} instead of {expected:?}:", fixture.name);
            for Found { diagnostics, sources } in &all {
                wrong.push_str(&show::text(diagnostics, sources, show::Style::Plain));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_malformed_input() {
    let fixtures = fixtures();
    let covered: BTreeSet<String> = fixtures.iter().flat_map(Fixture::expected).collect();
    let missing: Vec<&str> = rules::ALL
        .iter()
        .map(|rule| rule.name)
        // The tests of the readers cover the rules for error catalogues.
        .filter(|name| !name.starts_with("catalogue-") && !covered.contains(*name))
        .collect();
    assert!(
        missing.is_empty(),
        "add documents to tests/documents/bad that are reported by {missing:?}"
    );
}

#[test]
fn every_finding_has_a_hint() {
    for fixture in fixtures() {
        for found in fixture.findings() {
            for diagnostic in &found.diagnostics {
                let name = diagnostic.rule.name;
                assert!(!diagnostic.hint.is_empty(), "{name} has no hint");
            }
        }
    }
}

/// Each malformed input has a file with its findings in `tests/snapshots/rules`.
#[test]
fn every_finding_has_a_place_and_a_message() {
    for fixture in fixtures() {
        let mut lines = String::new();
        for Found { diagnostics, sources } in fixture.findings() {
            for diagnostic in &diagnostics {
                lines.push_str(&show::line(diagnostic, &sources));
                lines.push('\n');
            }
        }
        let settings = {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path("snapshots/rules");
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings
        };
        let name = fixture.name.trim_end_matches(" (made)");
        settings.bind(|| insta::assert_snapshot!(name, lines));
    }
}
