//! The output does not depend on the Cargo feature `tests`, nor on the features of other packages that it enables. This
//! test is built with the feature; the program that it starts is built without it.

use pingback_codegen::config::OutputConfig;
use pingback_codegen::generate::generate;
use pingback_codegen::load::load_inputs;
use pingback_codegen::options::Options;
use pingback_codegen::write::check;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the command without the feature. Cargo builds it if need be.
fn run<'a>(arguments: impl IntoIterator<Item = &'a OsStr>) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "without-tests", "--", "generate"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs")
}

/// The OpenAPI documents of a folder.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is readable");
    let mut documents: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let extension = path.extension().and_then(OsStr::to_str);
            matches!(extension, Some("yaml" | "json"))
        })
        .collect();
    documents.sort();
    documents
}

#[test]
fn the_program_is_built_without_the_feature() {
    let output = run(["--tests".as_ref()]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("unexpected argument '--tests'"), "{message}");
}

#[test]
fn the_committed_outputs_are_the_same_without_the_feature() {
    let output = run(["--config", "codegen.toml", "--check"].map(AsRef::as_ref));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
}

#[test]
fn the_outputs_of_all_documents_are_the_same_without_the_feature() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let documents = documents(&root().join("specs/corpus"));
    assert!(documents.len() > 10, "the folder has documents");
    for spec in documents {
        let name = spec
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .replace('-', "_");
        let out = scratch.path().join(&name);
        let arguments = [
            "--spec".as_ref(),
            spec.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ];
        let output = run(arguments.into_iter().chain(["--name".as_ref(), name.as_ref()]));
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {message}");

        let with_feature = generate(
            &load_inputs(&OutputConfig {
                spec: Some(spec),
                options: Options {
                    name: Some(name.clone()),
                    ..Options::default()
                },
                ..OutputConfig::default()
            })
            .expect("the document is readable"),
        );
        let differences = check(&out, &with_feature.files).expect("the output is readable");
        assert!(differences.is_empty(), "{name}: {differences}");
    }
}
