//! Lock files of version 1 still give the same names, and two lock files that each add names can be merged.

use pingback_codegen::diagnostic::Diagnostics;
use pingback_codegen::generate::{Generated, Input, Inputs, generate};
use pingback_codegen::names::Lock;
use pingback_codegen::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Documents of `specs/corpus`. For each, the folder `version_1` has the lock file of the last generator of that version,
/// and a list of the names in its output.
const DOCUMENTS: [&str; 6] = ["errors", "names", "own-names", "parameters", "security", "unions"];

/// The document has a header `X-Body` beside a body: it was `header_body`, and a first run now names it `x_body`.
const NAMED_OTHERWISE_SINCE: [&str; 1] = ["own-names"];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/names/version_1")
        .join(name)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn generate_with(document: &str, lock: &Lock) -> Generated {
    let name = format!("{document}.yaml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specs/corpus")
        .join(&name);
    let mut inputs = Inputs {
        spec: Some(Input {
            name,
            bytes: text(&path).into_bytes(),
        }),
        ..Inputs::default()
    };
    inputs.options.name = Some(document.replace('-', "_"));
    inputs.options.lock = Some(lock.clone());
    generate(&inputs)
}

fn read_lock(text: &str) -> Lock {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add("codegen.lock", text);
    let lock = Lock::read(source, &sources, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{text}");
    lock
}

/// The names of all items in generated sources, one in a line.
fn generated_names(sources: impl Iterator<Item = (String, String)>) -> String {
    let mut names = BTreeSet::new();
    for (path, text) in sources {
        let is_of_api =
            path.starts_with("src/") && !path.starts_with("src/runtime/") && path != "src/tests.rs";
        if is_of_api
            && Path::new(&path)
                .extension()
                .is_some_and(|extension| extension == "rs")
        {
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let stem = path
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".rs");
            add_items(stem, &file.items, &mut names);
        }
    }
    names.into_iter().map(|name| name + "\n").collect()
}

fn add_items(module: &str, items: &[syn::Item], names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                names.insert(format!("{module}: struct {}", item.ident));
                for field in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    names.insert(format!("{module}: {}.{field}", item.ident));
                }
            }
            syn::Item::Enum(item) => {
                names.insert(format!("{module}: enum {}", item.ident));
                for variant in &item.variants {
                    names.insert(format!("{module}: {}::{}", item.ident, variant.ident));
                }
            }
            syn::Item::Type(item) => {
                names.insert(format!("{module}: type {}", item.ident));
            }
            syn::Item::Fn(item) => {
                names.insert(format!("{module}: {}", signature(&item.sig)));
            }
            syn::Item::Impl(item) if item.trait_.is_none() => {
                for item in &item.items {
                    if let syn::ImplItem::Fn(item) = item {
                        names.insert(format!("{module}: {}", signature(&item.sig)));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The name of a function and those of its arguments.
fn signature(signature: &syn::Signature) -> String {
    let arguments: Vec<String> = signature
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            syn::FnArg::Typed(argument) => match argument.pat.as_ref() {
                syn::Pat::Ident(pattern) => Some(pattern.ident.to_string()),
                _ => None,
            },
            syn::FnArg::Receiver(_) => None,
        })
        .collect();
    format!("fn {}({})", signature.ident, arguments.join(", "))
}

fn names_of(generated: &Generated) -> String {
    let files = generated.files.iter();
    generated_names(files.map(|file| (file.path.clone(), file.text.clone())))
}

#[test]
fn a_lock_file_of_version_1_gives_the_same_names() {
    for document in DOCUMENTS {
        let expected = text(&fixture(&format!("{document}.names")));
        let lock = read_lock(&text(&fixture(&format!("{document}.lock"))));
        let with_lock = generate_with(document, &lock);
        assert_eq!(names_of(&with_lock), expected, "{document} with its lock file");
        let written = |generated: &Generated, mut lock: Lock| {
            let api = generated.api.as_ref().expect("a valid document");
            lock.record(&api.name, &generated.locked_names);
            lock.to_string()
        };
        let lock = written(&with_lock, lock);
        if !NAMED_OTHERWISE_SINCE.contains(&document) {
            let without_lock = generate_with(document, &Lock::default());
            assert_eq!(
                names_of(&without_lock),
                expected,
                "{document} without a lock file"
            );
            // Both lock files are equal when they are written in the current version.
            assert_eq!(lock, written(&without_lock, Lock::default()));
        }
        let again = generate_with(document, &read_lock(&lock));
        assert_eq!(
            names_of(&again),
            expected,
            "{document} with the file that was written"
        );
    }
}

/// A lock file of one output with a code for each of these numbers.
fn with_codes(numbers: &[u32]) -> String {
    let lines = numbers.iter().fold(String::new(), |mut lines, number| {
        let _ = writeln!(lines, "{number} = \"Code{number}\"");
        lines
    });
    read_lock(&format!("version = 2\n[names.a.codes]\n{lines}")).to_string()
}

/// Merges two changes of a file with `git merge-file`.
fn merge(base: &str, ours: &str, theirs: &str, options: &[&str]) -> (String, bool) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path
    };
    let (ours, base, theirs) = (write("ours", ours), write("base", base), write("theirs", theirs));
    let merged = Command::new("git")
        .args(["merge-file", "-p"])
        .args(options)
        .args([ours, base, theirs])
        .output()
        .expect("git can be run");
    let text = String::from_utf8(merged.stdout).expect("UTF-8");
    (text, merged.status.success())
}

#[test]
fn names_that_two_branches_add_are_merged() {
    let base = with_codes(&[10, 20, 30]);
    let (ours, theirs) = (with_codes(&[5, 10, 20, 30]), with_codes(&[10, 20, 25, 30]));
    let (merged, is_clean) = merge(&base, &ours, &theirs, &[]);
    assert!(is_clean, "{merged}");
    assert_eq!(merged, with_codes(&[5, 10, 20, 25, 30]));
    // Two new neighbours are a conflict, but not with `codegen.lock merge=union` in `.gitattributes`. The order of
    // the lines does not matter.
    let (ours, theirs) = (with_codes(&[10, 12, 20, 30]), with_codes(&[10, 11, 20, 30]));
    assert!(!merge(&base, &ours, &theirs, &[]).1);
    let (merged, is_clean) = merge(&base, &ours, &theirs, &["--union"]);
    assert!(is_clean, "{merged}");
    assert_eq!(read_lock(&merged).to_string(), with_codes(&[10, 11, 12, 20, 30]));
}
