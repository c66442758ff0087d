//! Names for the components that a bundle gets from other files.

use super::super::object_kind::ObjectKind;
use super::super::tree::{Node, Pointer};
use super::file_node::FileNode;
use std::collections::{HashMap, HashSet};

/// The names that are in use, by section of the components.
#[derive(Default)]
pub(super) struct ComponentNames {
    used: HashMap<String, HashSet<String>>,
}

impl ComponentNames {
    /// Records the names that a section of the components has already.
    pub(super) fn add_section(&mut self, section: &str, components: &Node) {
        let names = components.as_object().into_iter().flatten();
        let names = names.map(|(name, _)| name.clone()).collect();
        self.used.insert(section.to_owned(), names);
    }

    /// Assigns a name that no component of the section has: the name of the node, or else the names of the file and
    /// the node, followed by a number if necessary.
    pub(super) fn assign(&mut self, section: &str, node: &FileNode) -> String {
        let used = self.used.entry(section.to_owned()).or_default();
        let with_file = component_name(&format!("{}_{}", file_stem(&node.file), node.name));
        let mut name = node.name.clone();
        let mut number = 1u32;
        while used.contains(&name) {
            name = match number {
                1 => with_file.clone(),
                number => format!("{with_file}_{number}"),
            };
            number += 1;
        }
        used.insert(name.clone());
        name
    }
}

/// The section of the components for objects of a kind.
pub(super) fn component_section(kind: ObjectKind) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Schema => "schemas",
        ObjectKind::Response => "responses",
        ObjectKind::Parameter => "parameters",
        ObjectKind::Example => "examples",
        ObjectKind::RequestBody => "requestBodies",
        ObjectKind::Header => "headers",
        ObjectKind::SecurityScheme => "securitySchemes",
        ObjectKind::Link => "links",
        ObjectKind::Callback => "callbacks",
        ObjectKind::PathItem => "pathItems",
        ObjectKind::MediaType => "mediaTypes",
        _ => return None,
    })
}

/// The name for a node: the last segment of its pointer. A whole file has the name that the previous reference of
/// the chain gave it, or else that of the file.
pub(super) fn node_name(file: &str, pointer: &Pointer, previous: &str) -> String {
    match pointer.segments().last() {
        Some(last) => component_name(&last),
        None if !previous.is_empty() => previous.to_owned(),
        None => component_name(&file_stem(file)),
    }
}

/// The name of a file without its extension; the name of the folder for a file called `index`.
fn file_stem(file: &str) -> String {
    let mut parts = file.rsplit('/').map(|part| match part.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.strip_suffix(".schema").unwrap_or(stem),
        _ => part,
    });
    let last = parts.next().unwrap_or_default();
    match parts.next().filter(|folder| !folder.is_empty()) {
        Some(folder) if last.trim_start_matches('_') == "index" => folder.to_owned(),
        _ => last.to_owned(),
    }
}

/// Replaces the characters that names of components must not have.
fn component_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|char| match char {
            char if char.is_alphanumeric() || matches!(char, '.' | '-' | '_') => char,
            _ => '_',
        })
        .collect();
    match name.trim_matches('_') {
        "" => "unnamed".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}
