//! Every entry of the table of messages is provoked by a small bad document, which provokes nothing else.

use pingback_codegen::diagnostic::{Diagnostics, rules, show};
use pingback_codegen::read;
use pingback_codegen::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A bad document: its first line says `# rule: NAME, NAME`.
struct Fixture {
    name: String,
    text: String,
}

impl Fixture {
    fn expected(&self) -> BTreeSet<&str> {
        let first = self.text.lines().next().unwrap_or_default();
        let names = first
            .strip_prefix("# rule: ")
            .expect("the first line names the rules");
        names.split(',').map(str::trim).collect()
    }

    /// All findings of all stages.
    fn findings(&self) -> (Diagnostics, Sources) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add(self.name.as_str(), self.text.as_str());
        let _document = read::document::read(id, &sources, &mut diagnostics);
        (diagnostics, sources)
    }
}

fn fixtures() -> Vec<Fixture> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents/bad");
    let mut fixtures: Vec<Fixture> = std::fs::read_dir(&directory)
        .expect("the directory of bad documents")
        .map(|entry| entry.expect("a readable directory").path())
        .map(|path| Fixture {
            name: path.file_name().expect("a file").to_string_lossy().into_owned(),
            text: std::fs::read_to_string(&path).expect("a readable file"),
        })
        .collect();
    fixtures.push(inline_budget());
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

/// Too large to be kept as a file.
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
        text,
    }
}

#[test]
fn a_bad_document_provokes_its_rules_and_no_others() {
    for fixture in fixtures() {
        let (diagnostics, sources) = fixture.findings();
        let found: BTreeSet<&str> = diagnostics.iter().map(|d| d.rule.name).collect();
        assert_eq!(
            found,
            fixture.expected(),
            "{}:\n{}",
            fixture.name,
            show::text(&diagnostics, &sources, false)
        );
    }
}

#[test]
fn every_rule_is_provoked() {
    let fixtures = fixtures();
    let provoked: BTreeSet<&str> = fixtures.iter().flat_map(Fixture::expected).collect();
    let missing: Vec<&str> = rules::ALL
        .iter()
        .map(|rule| rule.name)
        // Those of error catalogues are provoked beside their readers.
        .filter(|name| !name.starts_with("catalogue-") && !provoked.contains(name))
        .collect();
    assert!(
        missing.is_empty(),
        "add documents to tests/documents/bad that provoke {missing:?}"
    );
}

#[test]
fn every_finding_has_its_place_and_a_hint() {
    let mut lines = String::new();
    for fixture in fixtures() {
        let (diagnostics, sources) = fixture.findings();
        for diagnostic in &diagnostics {
            assert!(
                !diagnostic.hint.is_empty(),
                "{} has no hint",
                diagnostic.rule.name
            );
            lines.push_str(&show::line(diagnostic, &sources));
            lines.push('\n');
        }
    }
    insta::assert_snapshot!(lines);
}
