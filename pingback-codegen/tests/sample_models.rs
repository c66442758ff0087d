//! Checks that `generated/models.rs` is the output for the sample. This is not part of the tests that use the file, so
//! that a file that does not compile can be replaced.

mod sample;

use pingback_codegen::emit::emit_module;
use pingback_codegen::model::{Conversions, TestValues};
use pingback_codegen::render::render;

const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated/models.rs");

#[test]
fn the_sample_models_are_up_to_date() {
    let outputs = emit_module(&sample::api(), &TestValues::default(), Conversions::default());
    let files = render(outputs).expect("Rust");
    let models = files.iter().find(|file| file.path == "src/models.rs");
    let models = &models.expect("the sample has types").text;
    // The same switch as for snapshots.
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        std::fs::write(MODELS, models).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(MODELS).unwrap_or_default();
    assert!(
        *models == committed,
        "stale: run `INSTA_UPDATE=always cargo test -p pingback-codegen --test sample_models` and review the difference"
    );
}
