//! Checks the rules of ARCHITECTURE.md for imports and dependencies, by searching the source text.

use std::path::{Path, PathBuf};

/// All source files below `src`: their paths relative to it, and their texts.
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

/// The lines with one of `words`, except in tests and in files whose path starts with an item of `allowed`.
fn lines_with(words: &[&str], allowed: &[&str]) -> Vec<String> {
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
fn only_read_and_lower_use_openapiv3() {
    assert_eq!(lines_with(&["openapiv3::"], &["read/", "lower/"]), [""; 0]);
}

#[test]
fn only_emit_uses_quote() {
    assert_eq!(lines_with(&["quote::", "quote!"], &["emit/"]), [""; 0]);
}

#[test]
fn only_names_handles_casing_and_scripts() {
    assert_eq!(
        lines_with(
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
fn only_the_edges_use_files_the_environment_and_the_terminal() {
    let edges = ["main.rs", "cli/", "build.rs", "load.rs", "write/"];
    let words = ["std::fs", "std::env", "std::process", "std::io::std"];
    assert_eq!(lines_with(&words, &edges), [""; 0]);
    // `emit` writes `println!` into the examples of operations.
    assert_eq!(
        lines_with(&["println!("], &[&edges[..], &["emit/"]].concat()),
        [""; 0]
    );
}

#[test]
fn stages_import_only_earlier_stages() {
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
    let found = lines_with(&[".unwrap()", "todo!(", "unimplemented!(", "panic!("], &[]);
    assert_eq!(found, [""; 0]);
}

/// The feature does not change the generated code: it only adds the validation of examples, and tests made from them.
#[test]
fn the_feature_tests_affects_examples_only() {
    let allowed = [
        "cli/",
        "config/",
        "generate.rs",
        "lower/mod.rs",
        "options.rs",
        "validate/mod.rs",
    ];
    assert_eq!(lines_with(&["feature = \"tests\""], &allowed), [""; 0]);
    assert_eq!(lines_with(&["jsonschema::"], &["validate/examples/"]), [""; 0]);
}
