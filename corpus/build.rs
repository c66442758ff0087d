//! Generates a module from each document in `specs/corpus`.

use anyhow::{Context, Result, bail};
use instances::InstanceOptions;
use pingback_codegen::config::OutputConfig;
use pingback_codegen::diagnostic::Diagnostics;
use pingback_codegen::diagnostic::show;
use pingback_codegen::generate::{Inputs, generate_module, read};
use pingback_codegen::load::load_inputs;
use pingback_codegen::options::{Checks, Options, TypeOptions};
use pingback_codegen::source::Sources;
use pingback_codegen::write::{Foreign, write};
use std::fmt::Write as _;
use std::path::PathBuf;

fn main() -> Result<()> {
    let documents = "../specs/corpus";
    println!("cargo::rerun-if-changed={documents}");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").context("this is a build script")?);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(documents)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();

    let mut modules = String::new();
    for path in paths {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let name = stem.replace('-', "_");
        let output = OutputConfig {
            spec: Some(path),
            options: Options {
                name: Some(name.clone()),
                tests: true,
                // This document is about checked types.
                types: TypeOptions {
                    checked: if stem == "checked" {
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
        let files: Vec<_> = run
            .files
            .into_iter()
            .filter_map(|mut file| {
                file.path = file.path.strip_prefix("src/")?.to_owned();
                Some(file)
            })
            .collect();
        let folder = out.join(&name);
        write(&folder, &files, Foreign::Overwrite)?;
        writeln!(
            modules,
            "#[path = {:?}]\npub mod {name};",
            folder.join("lib.rs").to_string_lossy()
        )?;
    }
    std::fs::write(out.join("corpus.rs"), modules)?;
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
