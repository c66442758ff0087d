//! The module that `build.rs` generates and the committed crate are the same code, with two differences: examples are
//! not compiled in the module, since it does not know the name of its crate; and the module has no Cargo features, since
//! `codegen.toml` chooses its conversions.

use std::collections::BTreeMap;
use std::path::Path;

/// All files below `folder`, by their relative path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, std::fs::read_to_string(&path).expect("readable"));
            }
        }
    }
    found
}

#[test]
fn the_module_and_the_crate_have_the_same_code() {
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pingback-generated/src"));
    let mut built = files(&Path::new(env!("OUT_DIR")).join("pingback_generated"));
    built.remove(pingback_codegen::write::LIST);
    assert!(committed.contains_key("lib.rs"));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&built), names(&committed), "run: cargo xtask regenerate");
    for (name, text) in committed {
        let text = text
            .replace("```no_run\n", "```ignore\n")
            .replace("#[cfg(feature = \"axum\")]\n", "")
            .replace("#[cfg(feature = \"http\")]\n", "");
        assert!(
            built[&name] == text,
            "{name} differs; run: cargo xtask regenerate"
        );
    }
}
