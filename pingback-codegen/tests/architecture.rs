//! The invariants of ARCHITECTURE.md that are about who may know what: read from the source text itself.

use std::path::{Path, PathBuf};

/// All files of code below `src`, by their path relative to it.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path: PathBuf = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/");
                let text = std::fs::read_to_string(&path).expect("readable");
                found.push((name, text));
            }
        }
    }
    assert!(found.len() > 50, "this looks at the source");
    found
}

/// The lines of a file that are neither comments nor part of its tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.ends_with("fixture.rs") || name.contains("/tests/")
}

/// The files, of those that `allowed` does not name, in which one of `words` stands.
fn strangers(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files() {
        if is_test(&name) || allowed.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        for line in code(&text).filter(|line| words.iter().any(|word| line.contains(word))) {
            found.push(format!("{name}: {}", line.trim()));
        }
    }
    found
}

#[test]
fn openapiv3_is_known_to_read_and_lower_only() {
    assert_eq!(strangers(&["openapiv3::"], &["read/", "lower/"]), [""; 0]);
}

#[test]
fn quote_is_known_to_emit_only() {
    assert_eq!(strangers(&["quote::", "quote!"], &["emit/"]), [""; 0]);
}

#[test]
fn the_naming_module_alone_knows_casing_and_scripts() {
    assert_eq!(
        strangers(
            &[
                "use heck",
                "::heck",
                " heck::",
                "unicode_normalization",
                "unicode_security"
            ],
            &["names/"]
        ),
        [""; 0]
    );
}

#[test]
fn only_the_edges_touch_files_the_environment_and_the_terminal() {
    let edges = ["main.rs", "cli/", "build.rs", "load.rs", "write/"];
    let words = ["std::fs", "std::env", "std::process", "std::io::std"];
    assert_eq!(strangers(&words, &edges), [""; 0]);
    // `emit` writes `println!` into the examples of operations.
    assert_eq!(
        strangers(&["println!("], &[&edges[..], &["emit/"]].concat()),
        [""; 0]
    );
}

#[test]
fn a_stage_imports_only_what_comes_before_it() {
    let stages: [(&str, &[&str]); 11] = [
        ("source", &[]),
        ("pointer", &[]),
        ("diagnostic", &["source"]),
        ("read", &["source", "pointer", "diagnostic"]),
        ("names", &["source", "diagnostic"]),
        ("model", &["source", "pointer", "names"]),
        ("validate", &["source", "pointer", "diagnostic", "read", "model"]),
        (
            "lower",
            &[
                "source",
                "pointer",
                "diagnostic",
                "read",
                "model",
                "names",
                "options",
                "validate",
            ],
        ),
        ("check", &["source", "pointer", "diagnostic", "read", "model"]),
        (
            "audit",
            &[
                "source",
                "pointer",
                "diagnostic",
                "read",
                "model",
                "lower",
                "validate",
            ],
        ),
        ("emit", &["model", "pointer", "validate"]),
    ];
    for (name, text) in files() {
        let stage = name.split(['/', '.']).next().unwrap_or_default();
        let Some((_, known)) = stages.iter().find(|(known, _)| *known == stage) else {
            continue;
        };
        if is_test(&name) {
            continue;
        }
        for line in code(&text) {
            for import in line.split("crate::").skip(1) {
                let module: String = import
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let fine = module == stage || known.contains(&module.as_str());
                assert!(fine, "{name} imports `{module}`: {}", line.trim());
            }
        }
    }
}

#[test]
fn no_stage_unwraps() {
    let found = strangers(&[".unwrap()", "todo!(", "unimplemented!(", "panic!("], &[]);
    assert_eq!(found, [""; 0]);
}

/// Without the feature, no output differs: it adds the validation of examples, and tests made from them.
#[test]
fn the_feature_tests_is_for_examples_only() {
    let allowed = [
        "cli/",
        "config/",
        "generate.rs",
        "lower/mod.rs",
        "options.rs",
        "validate/mod.rs",
    ];
    assert_eq!(strangers(&["feature = \"tests\""], &allowed), [""; 0]);
    assert_eq!(strangers(&["jsonschema::"], &["validate/examples/"]), [""; 0]);
}
