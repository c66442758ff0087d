//! Small API values in, Rust out; one idea each.

use super::fixture;
use super::{Output, emit};
use crate::model::Api;
use crate::render::render;

fn files(api: &Api) -> Vec<crate::render::OutputFile> {
    let outputs: Vec<Output> = emit(api);
    render(outputs).expect("what is emitted is Rust")
}

/// For looking at: `EMIT_OUT=/some/folder cargo test -p pingback-codegen writes_a_crate -- --ignored`.
#[test]
#[ignore = "writes a crate into the folder that EMIT_OUT names"]
fn writes_a_crate() {
    let Some(out) = std::env::var_os("EMIT_OUT").map(std::path::PathBuf::from) else {
        return;
    };
    for file in files(&fixture::api()) {
        let path = out.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the folder can be made");
        std::fs::write(path, file.text).expect("the file can be written");
    }
}
