//! The audit of this project's own inputs, and the formats of its report.

use pingback_codegen::diagnostic::{Severity, show};
use pingback_codegen::generate::{CatalogueText, Generated, Input, Inputs, audited};
use pingback_codegen::load::{load_config, load_inputs};
use pingback_codegen::report::{self, Audited};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Makes paths relative to the root of the repository.
fn shorten(inputs: &mut Inputs) {
    let catalogues = inputs.errors.iter_mut().map(|catalogue| &mut catalogue.input);
    for input in catalogues.chain(&mut inputs.spec).chain(&mut inputs.config) {
        if let Some(short) = input.name.strip_prefix("../") {
            input.name = short.to_owned();
        }
    }
}

/// The outputs of codegen.toml, and the error pages that are audited without a document.
fn own_inputs() -> Vec<Generated> {
    let loaded = load_config(&root().join("codegen.toml")).expect("the configuration");
    assert!(loaded.diagnostics.is_empty());
    let mut all: Vec<Generated> = Vec::new();
    for output in loaded
        .config
        .outputs
        .iter()
        .filter(|output| output.spec.is_some())
    {
        let mut inputs = load_inputs(output).expect("the inputs");
        shorten(&mut inputs);
        all.push(audited(&inputs));
    }
    for alone in [
        "specs/pingback/errors-capture-2.txt",
        "specs/zingle/error-codes.md",
        "specs/pipedrive/errors.txt",
    ] {
        all.push(audited(&Inputs {
            errors: vec![CatalogueText {
                input: Input {
                    name: alone.to_owned(),
                    bytes: std::fs::read(root().join(alone)).expect("a catalogue"),
                },
                form: None,
            }],
            ..Inputs::default()
        }));
    }
    all
}

fn all_of(runs: &[Generated]) -> Vec<Audited<'_>> {
    runs.iter().map(Audited::from).collect()
}

/// What the findings of a rule are about: a snapshot holds the findings of one subject.
fn subject(rule: &str) -> &'static str {
    match rule {
        "code-not-in-document" => "codes_of_the_catalogue_alone",
        "message-differs" | "action-differs" | "status-differs" => "differences",
        "error-without-code" => "statuses",
        _ if rule.starts_with("code-") => "codes_of_the_document",
        _ if rule.starts_with("status-") => "statuses",
        _ if rule.starts_with("catalogue-") || rule == "description-repeated" => "catalogue",
        _ => "others",
    }
}

/// By subject, each finding in one line, with its other places below it.
fn findings(run: &Generated) -> BTreeMap<&'static str, String> {
    let mut by_subject = BTreeMap::<&str, String>::new();
    let accepted = run.diagnostics.accepted().iter();
    let accepted = accepted.map(|accepted| (&accepted.finding, Some(&accepted.reason)));
    let open = run.diagnostics.iter().map(|finding| (finding, None));
    for (finding, reason) in open.chain(accepted) {
        let text = by_subject.entry(subject(finding.rule.name)).or_default();
        let _ = writeln!(text, "{}", show::line(finding, &run.sources));
        for (span, why) in &finding.related {
            let place = run.sources.locate(*span).expect("a place");
            let _ = writeln!(text, "    {place}: {why}");
        }
        if let Some(reason) = reason {
            let _ = writeln!(text, "    accepted: {reason}");
        }
    }
    by_subject
}

/// Compares the findings of each subject with the snapshot `NAME_SUBJECT`.
fn assert_findings(name: &str, run: &Generated) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    for (subject, findings) in findings(run) {
        settings.bind(|| insta::assert_snapshot!(format!("{name}_{subject}"), findings));
    }
}

#[test]
fn the_audit_of_the_own_inputs() {
    let runs = own_inputs();
    let names = ["pingback", "errors_capture_2", "zingle", "pipedrive"];
    assert_eq!(runs.len(), names.len());
    for (name, run) in names.into_iter().zip(&runs) {
        assert_findings(name, run);
    }
}

/// An API that differs from its two error pages in every way that the audit reports.
fn boats() -> Generated {
    let input = |name: &str| Input {
        name: name.to_owned(),
        bytes: std::fs::read(root().join("pingback-codegen/tests/documents/boats").join(name))
            .expect("an input"),
    };
    let errors = ["errors.md", "more-errors.md"].map(|name| CatalogueText {
        input: input(name),
        form: None,
    });
    audited(&Inputs {
        spec: Some(input("openapi.yaml")),
        errors: errors.to_vec(),
        ..Inputs::default()
    })
}

#[test]
fn the_audit_of_an_api_that_disagrees_in_every_way() {
    let run = boats();
    assert_findings("boats", &run);
    let all = [Audited::from(&run)];
    // Each format of the report has each finding with all its places and its hint.
    let reports = [
        report::text(&all, show::Style::Plain),
        report::json(&all),
        report::sarif(&all),
        report::markdown(&all),
    ];
    for finding in &run.diagnostics {
        for report in &reports {
            let name = finding.rule.name;
            assert!(report.contains(name), "{name}");
            let help = &finding.hint[1..];
            assert!(
                report.contains(help) || report.contains(&help.replace('"', "\\\"")),
                "{name}: {help}"
            );
        }
        assert!(finding.span.is_some(), "{}", finding.rule.name);
        for span in finding
            .span
            .iter()
            .chain(finding.related.iter().map(|(span, _)| span))
        {
            let place = run.sources.locate(*span).expect("a place");
            assert!(
                reports[0].contains(&format!("{}:{}", place.file, place.line))
                    || place.file == "openapi.yaml"
            );
            assert!(reports[3].contains(&format!("`{place}`")), "{place}");
        }
    }
}

#[test]
fn every_finding_that_compares_has_a_place_in_each_source() {
    for run in own_inputs().into_iter().chain([boats()]) {
        for finding in &run.diagnostics {
            let compares = [
                "code-not-in-catalogue",
                "code-not-in-document",
                "message-differs",
                "status-differs",
                "action-differs",
                "catalogue-conflict",
            ];
            if compares.contains(&finding.rule.name) {
                let first = finding.span.expect("a place").source;
                assert!(
                    finding.related.iter().any(|(span, _)| span.source != first),
                    "{}",
                    finding.message
                );
            }
        }
    }
}

#[test]
fn sarif_is_valid_by_its_own_schema() {
    let schema = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif/sarif-schema-2.1.0.json"),
    )
    .expect("the schema");
    // The official schema has a superfluous `]` in its pattern for languages, which some libraries reject.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let runs = own_inputs();
    let log: serde_json::Value = serde_json::from_str(&report::sarif(&all_of(&runs))).expect("JSON");
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let results = log["runs"][0]["results"].as_array().expect("results");
    let suppressed: Vec<_> = results
        .iter()
        .filter(|one| one.get("suppressions").is_some())
        .collect();
    assert_eq!(suppressed.len(), 4);
    let fingerprints: std::collections::HashSet<_> = results
        .iter()
        .filter_map(|one| one["partialFingerprints"]["subject/v1"].as_str())
        .collect();
    let with_fingerprint = results
        .iter()
        .filter(|one| one.get("partialFingerprints").is_some());
    assert_eq!(
        fingerprints.len(),
        with_fingerprint.count(),
        "each finding has its own"
    );
    let uri = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "specs/pingback/openapi.yaml");
}

#[test]
fn json_has_all_findings_with_their_places() {
    let runs = own_inputs();
    let all = all_of(&runs);
    let report: serde_json::Value = serde_json::from_str(&report::json(&all)).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let accepted = findings
        .iter()
        .filter(|finding| finding["accepted"].is_string())
        .count();
    assert_eq!(accepted, 4);
    assert_eq!(findings.len(), accepted + report::count(&all, Severity::Note));
    assert!(findings.iter().all(|finding| finding["help"].is_string()));
}

#[test]
fn markdown_is_grouped_by_severity_and_rule() {
    let inputs = Inputs {
        errors: vec![CatalogueText {
            input: Input {
                name: "errors.md".to_owned(),
                bytes:
                    b"| Code | Message |\n| --- | --- |\n| A_ONE | It *is* gone |\n| A_TWO | It *is* gone |\n"
                        .to_vec(),
            },
            form: None,
        }],
        ..Inputs::default()
    };
    let run = audited(&inputs);
    insta::assert_snapshot!(report::markdown(&all_of(&[run])), @"
    # Audit

    ## Notes (1)

    ### `description-repeated`

    - the code `A_TWO` has the same description as `A_ONE`
      - at `errors.md:4:11`
      - `errors.md:3:11`: the other entry
      - Describe how the two differ
    ");
}
