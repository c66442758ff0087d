//! The committed outputs and the lock file are up to date.

use pingback_codegen::generate::{generate, lowered};
use pingback_codegen::load::{load_config, load_inputs, lock_path};
use pingback_codegen::write::check;
use std::path::Path;

#[test]
fn committed_outputs_are_up_to_date() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("codegen.toml");
    let loaded = load_config(&config).expect("codegen.toml is there");
    assert!(!loaded.diagnostics.has_errors(), "codegen.toml has errors");
    for output in &loaded.config.outputs {
        let Some(folder) = &output.out else { continue };
        let run = generate(&load_inputs(output).expect("the inputs are there"));
        assert!(!run.diagnostics.has_errors(), "run: cargo xtask regenerate");
        let differences = check(folder, &run.files).expect("the output is readable");
        assert!(
            differences.is_empty(),
            "{} is stale; run: cargo xtask regenerate\n\n{differences}",
            folder.display()
        );
    }
}

#[test]
fn the_lock_file_has_all_names() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("codegen.toml");
    let loaded = load_config(&config).expect("codegen.toml is there");
    let mut lock = loaded.lock.clone();
    for output in &loaded.config.outputs {
        let run = lowered(&load_inputs(output).expect("the inputs are there"));
        let api = run.api.expect("the inputs are sound");
        lock.record(&api.name, &run.locked_names);
    }
    let committed = std::fs::read_to_string(lock_path(&config)).unwrap_or_default();
    assert_eq!(
        lock.to_string(),
        committed,
        "codegen.lock is stale; run: cargo xtask regenerate"
    );
}
