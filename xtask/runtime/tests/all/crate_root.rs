//! The root of this crate, which lists the parts by hand.

use std::path::Path;

#[test]
fn each_part_of_the_runtime_is_built() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pingback-codegen/runtime");
    let root = std::fs::read_to_string(folder.join("lib.rs")).expect("the crate root is readable");
    let mut count = 0;
    for entry in folder.read_dir().expect("the folder is readable") {
        let name = entry.expect("the folder is readable").file_name();
        let name = name.to_string_lossy();
        if name == "lib.rs" {
            continue;
        }
        let module = name.strip_suffix(".rs").expect("all files are Rust sources");
        let is_declared = root.contains(&format!("mod {module};")) || root.contains(&format!("\"{name}\""));
        assert!(is_declared, "lib.rs does not declare `{module}`");
        count += 1;
    }
    assert!(count > 30, "the folder has all parts");
}
