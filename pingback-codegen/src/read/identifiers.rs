//! Resolves references relative to the `$id` of the schema that contains them (JSON Schema 2020-12, section 8.2).
//! They are rewritten to references that depend on the file only.

use super::location::{FileLocation, ReferencedText, has_scheme, locate_file};
use super::reference::{local_reference, percent_decoded};
use super::tree::{Node, Pointer, Value};
use super::yaml;
use crate::diagnostic::Diagnostics;
use crate::source::{Source, Sources};
use std::collections::{HashMap, HashSet};

/// Marks a reference whose path starts at the folder of the root document. No document can contain it.
pub(super) const FROM_ROOT: &str = "\0root:";

/// Keywords and members whose values are data.
const DATA: [&str; 5] = ["example", "examples", "default", "const", "enum"];

/// Members that hold maps from names to objects.
const MAPS: [&str; 19] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "paths",
    "webhooks",
    "content",
    "encoding",
];

/// The schemas with an `$id` or `$anchor` in the files of a document.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// By the URI of the `$id`.
    schemas: HashMap<String, Place>,
    /// By the URI of the schema with an `$id` that contains them, and their name.
    anchors: HashMap<(String, String), Place>,
    /// The files that could be read.
    files: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Place {
    file: String,
    pointer: Pointer,
}

/// What the references of a schema are relative to.
#[derive(Clone)]
struct Base {
    uri: String,
    /// The schema with the `$id`; `None` for the file itself.
    schema: Option<Pointer>,
}

impl Identifiers {
    /// The identifiers in `root`, the document at `path`, and in the files that it refers to. None in a document of
    /// OpenAPI 3.0, which does not have them.
    pub(super) fn collect(root: &Node, path: &str, others: &[ReferencedText], sources: &Sources) -> Self {
        let mut identifiers = Self::default();
        let version = root.get("openapi").and_then(Node::as_str).unwrap_or_default();
        if version.trim().starts_with("3.0") {
            return identifiers;
        }
        let text_of = |source| sources.get(source).map_or("", Source::text);
        if may_identify_schemas(text_of(root.span.source)) {
            identifiers.collect_from(root, path);
        }
        for other in others {
            let Ok(source) = other.text else {
                continue;
            };
            identifiers.files.insert(other.path.clone());
            // Its findings are reported when a reference leads to it.
            if may_identify_schemas(text_of(source))
                && let Some(tree) = yaml::parse(source, sources, &mut Diagnostics::default())
            {
                identifiers.collect_from(&tree, &other.path);
            }
        }
        identifiers
    }

    fn collect_from(&mut self, tree: &Node, file: &str) {
        let base = Base::of_file(file);
        let mut visit = |node: &Node, pointer: &Pointer, base: &Base| {
            let place = Place {
                file: file.to_owned(),
                pointer: pointer.clone(),
            };
            if base.schema.as_ref() == Some(pointer) {
                self.schemas
                    .entry(base.uri.clone())
                    .or_insert_with(|| place.clone());
            }
            let id = node.get("$id").and_then(Node::as_str).unwrap_or_default();
            let old_anchor = id.split_once('#').map(|(_, name)| name);
            let anchors = ["$anchor", "$dynamicAnchor"].map(|key| node.get(key).and_then(Node::as_str));
            for name in anchors.into_iter().flatten().chain(old_anchor) {
                let key = (base.uri.clone(), name.to_owned());
                self.anchors.entry(key).or_insert_with(|| place.clone());
            }
        };
        visit_objects(tree, &Pointer::default(), &base, Keys::Members, &mut visit);
    }

    /// Rewrites the references of a file.
    pub(super) fn rewrite(&self, tree: &mut Node, file: &str) {
        if self.schemas.is_empty() {
            return;
        }
        let mut rewritten: Vec<(Pointer, String)> = Vec::new();
        let mut visit = |node: &Node, pointer: &Pointer, base: &Base| {
            if let Some(text) = node.get("$ref").and_then(Node::as_str)
                && let Some(text) = self.resolve(tree, file, base, text)
            {
                rewritten.push((pointer.child("$ref"), text));
            }
            let mapping = node.get("discriminator").and_then(|node| node.get("mapping"));
            for (value, entry) in mapping.and_then(Node::as_object).into_iter().flatten() {
                if let Some(text) = entry.node.as_str()
                    && let Some(text) = self.known_schema(file, base, text)
                {
                    let mapping = pointer.child("discriminator").child("mapping");
                    rewritten.push((mapping.child(value), text));
                }
            }
        };
        let base = Base::of_file(file);
        visit_objects(tree, &Pointer::default(), &base, Keys::Members, &mut visit);
        for (pointer, text) in rewritten {
            if let Some(node) = tree.at_mut(&pointer) {
                node.value = Value::String(text);
            }
        }
    }

    /// The text that replaces the text of a `$ref`, unless its meaning does not depend on an `$id`.
    fn resolve(&self, tree: &Node, file: &str, base: &Base, text: &str) -> Option<String> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if path.is_empty() {
            let schema = base.schema.as_ref()?;
            let pointer = match fragment {
                "" if text.is_empty() => return None,
                _ if fragment.is_empty() || fragment.starts_with('/') => {
                    let pointer = Pointer(format!("{}{}", schema.0, percent_decoded(fragment)));
                    // Many documents mean the whole document nevertheless.
                    tree.at(&pointer)?;
                    pointer
                }
                name => {
                    let place = self.anchors.get(&(base.uri.clone(), name.to_owned()))?;
                    place.pointer.clone()
                }
            };
            return Some(local_reference(&pointer));
        }
        if let Some(known) = self.known_schema(file, base, text) {
            return Some(known);
        }
        base.schema.as_ref()?;
        let uri = resolve_uri(&base.uri, path);
        let is_file =
            |file: &FileLocation| matches!(file, FileLocation::File(file) if self.files.contains(file));
        if has_scheme(&uri) {
            // The reference names a file if there is one.
            return (!is_file(&locate_file(file, path))).then(|| with_fragment(&uri, fragment));
        }
        self.files
            .contains(&uri)
            .then(|| with_fragment(&format!("{FROM_ROOT}{uri}"), fragment))
    }

    /// The reference to the schema with that `$id`, or to a place inside it.
    fn known_schema(&self, file: &str, base: &Base, text: &str) -> Option<String> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if path.is_empty() {
            return None;
        }
        let uri = resolve_uri(&base.uri, path);
        let schema = self.schemas.get(&uri)?;
        let place = if fragment.is_empty() || fragment.starts_with('/') {
            Place {
                file: schema.file.clone(),
                pointer: Pointer(format!("{}{}", schema.pointer.0, percent_decoded(fragment))),
            }
        } else {
            self.anchors.get(&(uri, fragment.to_owned()))?.clone()
        };
        let local = local_reference(&place.pointer);
        Some(if place.file == file {
            local
        } else {
            format!("{FROM_ROOT}{}{local}", place.file)
        })
    }
}

impl Base {
    fn of_file(file: &str) -> Self {
        Self {
            uri: file.to_owned(),
            schema: None,
        }
    }

    /// The base inside of `node`.
    fn inside(&self, node: &Node, pointer: &Pointer) -> Option<Self> {
        let id = node.get("$id").and_then(Node::as_str)?;
        let path = id.split_once('#').map_or(id, |(path, _)| path);
        (!path.trim().is_empty()).then(|| Self {
            uri: resolve_uri(&self.uri, path),
            schema: Some(pointer.clone()),
        })
    }
}

/// What the keys of a mapping are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Members or keywords of the specification.
    Members,
    /// Names that the document chooses.
    Names,
}

/// Calls `visit` with each object that may be a schema, its pointer, and the base of its references. Recursion is
/// bounded by [`MAX_DEPTH`](super::tree_rules::MAX_DEPTH).
fn visit_objects(
    node: &Node,
    pointer: &Pointer,
    base: &Base,
    keys: Keys,
    visit: &mut impl FnMut(&Node, &Pointer, &Base),
) {
    match &node.value {
        Value::Array(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                visit_objects(node, &pointer.child(index), base, Keys::Members, visit);
            }
        }
        Value::Object(entries) => {
            let own = (keys == Keys::Members).then(|| base.inside(node, pointer));
            let inner = own.flatten();
            let base = inner.as_ref().unwrap_or(base);
            if keys == Keys::Members {
                visit(node, pointer, base);
            }
            for (key, entry) in entries {
                let is_data =
                    keys == Keys::Members && (DATA.contains(&key.as_str()) || key.starts_with("x-"));
                if is_data || !matches!(entry.node.value, Value::Object(_) | Value::Array(_)) {
                    continue;
                }
                let inner_keys = if keys == Keys::Members && MAPS.contains(&key.as_str()) {
                    Keys::Names
                } else {
                    Keys::Members
                };
                visit_objects(&entry.node, &pointer.child(key), base, inner_keys, visit);
            }
        }
        _ => {}
    }
}

/// Calls `f` with the base and the text of each `$ref` inside of a schema with an `$id` that is the path of a file.
pub(super) fn for_each_based_reference(tree: &Node, file: &str, f: &mut impl FnMut(&str, &str)) {
    let mut visit = |node: &Node, _: &Pointer, base: &Base| {
        if base.schema.is_some()
            && !has_scheme(&base.uri)
            && let Some(text) = node.get("$ref").and_then(Node::as_str)
        {
            f(&base.uri, text);
        }
    };
    let base = Base::of_file(file);
    visit_objects(tree, &Pointer::default(), &base, Keys::Members, &mut visit);
}

fn with_fragment(uri: &str, fragment: &str) -> String {
    if fragment.is_empty() {
        uri.to_owned()
    } else {
        format!("{uri}#{fragment}")
    }
}

/// Resolves a reference without fragment against a URI or the path of a file (RFC 3986, section 5.2).
pub(super) fn resolve_uri(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    if !has_scheme(base) {
        return match locate_file(base, reference) {
            FileLocation::File(file) => file,
            FileLocation::Network => reference.to_owned(),
        };
    }
    let (scheme, rest) = base.split_once(':').unwrap_or(("", base));
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    // A URN has no hierarchy.
    let Some(rest) = rest.strip_prefix("//") else {
        return reference.to_owned();
    };
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let path = path.split('?').next().unwrap_or(path);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        format!("{folder}/{reference}")
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in joined.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    format!("{scheme}://{authority}/{}", segments.join("/"))
}

/// Whether the text may contain an `$id`. Saves parsing.
pub(super) fn may_identify_schemas(text: &str) -> bool {
    text.contains("$id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_uris_and_files() {
        let cases = [
            ("https://example.com/a/b", "c", "https://example.com/a/c"),
            ("https://example.com/a/b/", "../c", "https://example.com/a/c"),
            ("https://example.com/a/b", "/c", "https://example.com/c"),
            ("https://example.com", "c", "https://example.com/c"),
            (
                "https://example.com/a",
                "//example.org/c",
                "https://example.org/c",
            ),
            ("https://example.com/a?b/c", "d", "https://example.com/d"),
            ("urn:a:b", "c", "c"),
            ("https://example.com/a", "urn:a:b", "urn:a:b"),
            ("schemas/a.yaml", "b", "schemas/b"),
            ("schemas/a.yaml", "../b", "b"),
        ];
        for (base, reference, expected) in cases {
            assert_eq!(resolve_uri(base, reference), expected, "{base} {reference}");
        }
    }
}
