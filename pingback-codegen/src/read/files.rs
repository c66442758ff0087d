//! The files that a text refers to. Opens no files.

use super::identifiers::{for_each_based_reference, may_identify_schemas};
use super::location::{FileLocation, locate_file};
use super::tree::{Node, Value};
use super::yaml;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use std::collections::HashSet;

/// The files that a text refers to, each once. `path` is the path of the text relative to the folder of the
/// document. A text that cannot be parsed refers to no files: its problems are reported when it is read.
#[must_use]
pub fn referenced_files(text: &str, path: &str) -> Vec<String> {
    if !may_refer_to_files(text) {
        return Vec::new();
    }
    let mut sources = Sources::default();
    let source = sources.add(path, text);
    let Some(tree) = yaml::parse(source, &sources, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |base: &str, text: &str| {
        let file = text.split_once('#').map_or(text, |(file, _)| file);
        if !file.is_empty()
            && let FileLocation::File(file) = locate_file(base, file)
            && seen.insert(file.clone())
        {
            files.push(file);
        }
    };
    for_each_reference(&tree, &mut |text| add(path, text));
    if may_identify_schemas(text) {
        for_each_based_reference(&tree, path, &mut add);
    }
    files
}

/// Whether the text may contain a `$ref` to another file. Saves parsing, since most documents are a single file.
fn may_refer_to_files(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, word)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let after = after.trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n', ':']);
        !after.starts_with('#')
    })
}

/// Calls `f` with the text of each `$ref` and of each file in a discriminator's mapping, wherever they occur.
/// Recursion is bounded by [`MAX_DEPTH`](super::tree_rules::MAX_DEPTH).
pub(super) fn for_each_reference<'n>(node: &'n Node, f: &mut impl FnMut(&'n str)) {
    match &node.value {
        Value::Array(nodes) => nodes.iter().for_each(|node| for_each_reference(node, f)),
        Value::Object(entries) => {
            for (key, entry) in entries {
                match &entry.node.value {
                    Value::String(text) if key == "$ref" => f(text),
                    Value::Object(mapping) if key == "mapping" => {
                        let targets = mapping.values().filter_map(|entry| entry.node.as_str());
                        targets.filter(|target| names_file(target)).for_each(&mut *f);
                    }
                    _ => for_each_reference(&entry.node, f),
                }
            }
        }
        _ => {}
    }
}

/// Whether the target of a discriminator's mapping is a reference to a file rather than the name of a schema.
pub(super) fn names_file(target: &str) -> bool {
    let file = target.split_once('#').map_or(target, |(file, _)| file);
    let has_known_extension = std::path::Path::new(file).extension().is_some_and(|extension| {
        ["yaml", "yml", "json"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    });
    !file.is_empty() && (file.contains('/') || target.contains('#') || has_known_extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_within_the_document_name_no_files() {
        assert!(!may_refer_to_files("{\"$ref\": \"#/a\"}\n$ref : '#/b'"));
        let text = "a: {$ref: b.yaml#/x}\nb: {$ref: 'https://x/y'}\nc: {discriminator: {mapping: {d: d.json, e: E}}}\n";
        assert_eq!(referenced_files(text, "in/a.yaml"), ["in/b.yaml", "in/d.json"]);
    }
}
