//! Generates a module from each document in `specs/corpus`, and a test of the table of values beside it.

use anyhow::{Context, Result, bail};
use instances::InstanceOptions;
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::Diagnostics;
use pingback_codegen::diagnostic::show;
use pingback_codegen::generate::{Inputs, generate_module, read};
use pingback_codegen::load::load_inputs;
use pingback_codegen::options::{Checks, Options, TypeOptions};
use pingback_codegen::render::OutputFile;
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, write};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let documents = "../specs/corpus";
    println!("cargo::rerun-if-changed={documents}");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").context("this is a build script")?);
    let mut paths: Vec<PathBuf> = fs::read_dir(documents)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "txt"));
    paths.sort();

    let mut modules = String::new();
    for path in paths {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .replace('-', "_");
        let mut files = generate_files(&path, &name)?;
        add_values_test(&path, &mut files)?;
        let folder = out.join(&name);
        write(&folder, &files, Foreign::Overwrite)?;
        writeln!(
            modules,
            "#[path = {:?}]\npub mod {name};",
            folder.join("lib.rs").to_string_lossy()
        )?;
    }
    fs::write(out.join("corpus.rs"), modules)?;
    Ok(())
}

/// The files of the module `name`.
fn generate_files(path: &Path, name: &str) -> Result<Vec<OutputFile>> {
    let output = OutputConfig {
        spec: Some(path.to_owned()),
        options: Options {
            name: Some(name.to_owned()),
            tests: true,
            // This document is about checked types.
            types: TypeOptions {
                checked: if name == "checked" {
                    Checks::All
                } else {
                    Checks::Nothing
                },
            },
            ..Options::default()
        },
        ..OutputConfig::default()
    };
    let mut inputs = load_inputs(&output).map_err(|mut errors| errors.remove(0))?;
    add_instances(&mut inputs);
    // The documents contain unusual constructs on purpose, so their warnings are not shown.
    let run = generate_module(&inputs);
    if run.diagnostics.has_errors() {
        bail!(
            "{}",
            show::text(&run.diagnostics, &run.sources, show::Style::Plain)
        );
    }
    let files = run.files.into_iter().filter_map(|mut file| {
        file.path = file.path.strip_prefix("src/")?.to_owned();
        Some(file)
    });
    Ok(files.collect())
}

/// Adds the test of the table of values beside a document, `NAME.values.txt`, if there is one.
fn add_values_test(document: &Path, files: &mut Vec<OutputFile>) -> Result<()> {
    let path = document.with_extension("values.txt");
    if !path.is_file() {
        return Ok(());
    }
    let table = fs::read_to_string(&path)?;
    // `src/value_table.rs` describes the lines of a table.
    let types = table
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_alphabetic()));
    let mut round_trips = String::new();
    for ty in types {
        writeln!(round_trips, "        round_trip::<{ty}>,")?;
    }
    let path = fs::canonicalize(path)?;
    let path = path.to_string_lossy();
    let text = format!(
        "//! The pairs of values beside the document.\n\
         use super::{{models, runtime::sample::round_trip}};\n\n\
         #[test]\nfn values_come_back_as_documented() {{\n    \
         crate::value_table::test(include_str!({path:?}), &[\n{round_trips}    ]);\n}}\n"
    );
    let root = files.iter_mut().find(|file| file.path == "lib.rs");
    let root = root.context("the module has no lib.rs")?;
    root.text.push_str("\n#[cfg(test)]\nmod values;\n");
    files.push(OutputFile {
        path: "values.rs".to_owned(),
        text,
    });
    Ok(())
}

/// Adds random values of each schema, which the module's tests decode and encode.
fn add_instances(inputs: &mut Inputs) {
    let parsed = read(inputs, &mut Sources::default(), &mut Diagnostics::default());
    if let Some(document) = &parsed.document {
        let options = InstanceOptions {
            per_schema: 4,
            seed: 1,
        };
        inputs.options.samples = instances::generate(document, options).samples;
    }
}
