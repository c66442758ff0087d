//! Compares what a document says with the intermediate form, in the manner of a second opinion: the document is read
//! with another parser, and nothing of lowering is used. Compared are presence, nullability, types, values, members,
//! parameters with place and style, and responses with status and media type.
//!
//! With the variable `SECOND_OPINION`, the documents of that folder are compared instead.

mod document;
mod operations;
mod parents;
mod schema;
mod types;
mod values;

use document::Document;
use pingback_codegen::generate::{Input, Inputs, lowered};
use pingback_codegen::model::{Direction, Type, TypeDef, TypeId};
use std::path::{Path, PathBuf};
use types::{Comparison, Difference, below};

/// Differences that are right, and why: the document, words of the difference, and the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "headers",
        "header X-Deep",
        "a list in a list has no form in a header, so it is text",
    ),
    (
        "headers",
        "header X-Anything",
        "without a type, the text is the value",
    ),
    (
        "headers",
        "header link",
        "two headers of one name are one, the first",
    ),
];

#[test]
fn the_intermediate_form_says_what_the_document_says() {
    let mut failures = Vec::new();
    let mut unused: Vec<_> = EXCEPTIONS.iter().collect();
    for path in documents() {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for difference in differences_of(&path) {
            let text = format!("{}{}", difference.at, difference.what);
            let excepts =
                |(document, words, _): &&(&str, &str, &str)| *document == name && text.contains(words);
            match EXCEPTIONS.iter().find(excepts) {
                Some(exception) => unused.retain(|other| *other != exception),
                None => failures.push(format!("{name}: {} {}", difference.at, difference.what)),
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} differences:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(unused.is_empty(), "these differences no longer exist: {unused:?}");
}

/// The documents of the repository; or those of the folder that `SECOND_OPINION` names.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = match std::env::var_os("SECOND_OPINION") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![root.join("specs/corpus"), root.join("specs/pingback")],
    };
    let files = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension != "txt" && extension != "md")
    });
    paths.sort();
    paths
}

fn differences_of(path: &Path) -> Vec<Difference> {
    let text = std::fs::read_to_string(path).expect("a text");
    let inputs = Inputs {
        spec: Some(Input {
            name: path.to_string_lossy().into_owned(),
            bytes: text.clone().into_bytes(),
        }),
        ..Inputs::default()
    };
    let api = lowered(&inputs).api.expect("the document can be lowered");
    let document = Document::parse(&text);
    let definitions: Vec<Type> = (0..api.types.len()).map(|id| Type::Named(TypeId(id))).collect();
    let mut comparison = Comparison::new(&document, &api);
    let mut differences = operations::compare(&mut comparison);
    differences.extend(components(&mut comparison, &definitions));
    differences
}

/// The differences of the component schemas. `definitions` are the types of the intermediate form, by number.
fn components<'d>(comparison: &mut Comparison<'d>, definitions: &'d [Type]) -> Vec<Difference> {
    let (document, api) = (comparison.document, comparison.api);
    let Some(components) = document.root.get("components") else {
        return Vec::new();
    };
    let mut differences = Vec::new();
    for (name, schema) in schema::members(components, "schemas") {
        let pointer = format!(
            "/components/schemas/{}",
            name.replace('~', "~0").replace('/', "~1")
        );
        let defined = api.types.iter().zip(definitions);
        for (definition, ty) in defined.filter(|(definition, _)| definition.place.pointer.0 == pointer) {
            // A definition is nullable where it is used.
            let found = comparison.values(&[vec![schema]], ty, direction_of(definition));
            differences.extend(below(&format!("{name}: "), found));
        }
    }
    differences
}

/// Whether values of a definition are sent or received. One that is both has no `readOnly` and `writeOnly` members.
fn direction_of(definition: &TypeDef) -> Direction {
    let is_only_sent = definition.received_as.is_some() || !definition.usage.received;
    if is_only_sent {
        Direction::Sent
    } else {
        Direction::Received
    }
}
