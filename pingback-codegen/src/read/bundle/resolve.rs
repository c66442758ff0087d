//! Resolves references from one file to another.

use super::super::files::{FileLocation, ReferencedText, locate_file};
use super::super::object_kind::ObjectKind;
use super::super::reference::{MAX_HOPS, percent_decoded, reference_text, reversed_segments};
use super::super::tree::{Node, Pointer, Value};
use super::super::yaml;
use super::file_node::FileNode;
use super::names::node_name;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::{Sources, Span};
use std::collections::HashMap;

/// Marks a reference to the root document that was created here. No document can contain it.
const TO_ROOT: &str = "\0root:";

/// A reference in one of the files.
pub(super) struct Reference<'r> {
    pub(super) text: &'r str,
    pub(super) span: Span,
    /// The path of the file that contains it.
    pub(super) file: &'r str,
    /// The kind of object that it refers to.
    pub(super) kind: ObjectKind,
}

impl<'r> Reference<'r> {
    /// The `$ref` of a node, if it has one.
    pub(super) fn of(node: &'r Node, file: &'r str, kind: ObjectKind) -> Option<Self> {
        let value = node.get("$ref")?;
        Some(Self {
            text: value.as_str()?,
            span: value.span,
            file,
            kind,
        })
    }
}

/// Why a reference could not be resolved.
pub(super) enum Unresolved {
    /// The cause is reported by another check.
    ReportedElsewhere,
    /// The cause, still to be reported.
    Because(Diagnostic),
}

/// The trees of all files. Each file is parsed when a reference first leads to it.
pub(super) struct Files<'a> {
    /// The path of the root document.
    pub(super) root_path: &'a str,
    /// The root document before anything was changed.
    pub(super) root: Node,
    pub(super) others: &'a [ReferencedText],
    pub(super) sources: &'a Sources,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The parsed files; `None` for one that could not be parsed.
    pub(super) trees: HashMap<String, Option<Node>>,
    /// The pointers of the `$anchor`s, by file and name.
    pub(super) anchors: HashMap<String, HashMap<String, Pointer>>,
}

impl Files<'_> {
    /// Follows a reference to a node that is not itself a reference. The chain ends at the root document, whose own
    /// references stay.
    pub(super) fn resolve(&mut self, reference: &Reference<'_>) -> Result<FileNode, Unresolved> {
        if reference.text.trim().is_empty() {
            return Err(Unresolved::ReportedElsewhere);
        }
        let mut text = reference.text.to_owned();
        let mut base = reference.file.to_owned();
        let mut remaining: Vec<String> = Vec::new();
        let mut name = String::new();
        for _ in 0..MAX_HOPS {
            let (file, mut pointer) = self.target(&text, &base, reference)?;
            name = node_name(&file, &pointer, &name);
            for segment in remaining.iter().rev() {
                pointer = pointer.child(segment);
            }
            if file == self.root_path {
                return Ok(FileNode { file, pointer, name });
            }
            let tree = self.tree(&file).ok_or(Unresolved::ReportedElsewhere)?;
            let walk = Walk::along(tree, &pointer);
            match walk.next_reference() {
                Some(next) => {
                    next.clone_into(&mut text);
                    remaining = walk.remaining;
                    base = file;
                }
                None if walk.remaining.is_empty() => {
                    let pointer = walk.pointer;
                    return Ok(FileNode { file, pointer, name });
                }
                None => return Err(because(rules::REF_MISSING, reference.span, &[&text])),
            }
        }
        Err(because(rules::REF_CYCLE, reference.span, &[&text]))
    }

    /// The file and the pointer that the text of a reference in the file `base` names.
    fn target(
        &mut self,
        text: &str,
        base: &str,
        reference: &Reference<'_>,
    ) -> Result<(String, Pointer), Unresolved> {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = if let Some(path) = file.strip_prefix(TO_ROOT) {
            path.to_owned()
        } else if file.is_empty() {
            base.to_owned()
        } else {
            match locate_file(base, file) {
                FileLocation::File(file) => file,
                FileLocation::Network => {
                    let rule = match reference.kind {
                        ObjectKind::Schema => rules::REF_EXTERNAL_SCHEMA,
                        _ => rules::REF_EXTERNAL,
                    };
                    return Err(because(rule, reference.span, &[&text]));
                }
            }
        };
        if let Some(reason) = self.unreadable_reason(&file) {
            return Err(because(rules::REF_FILE, reference.span, &[&text, &reason]));
        }
        let fragment = percent_decoded(fragment);
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok((file, Pointer(fragment)));
        }
        match self.anchor(&file, &fragment) {
            Some(pointer) => Ok((file, pointer)),
            None if file == self.root_path => Err(Unresolved::ReportedElsewhere),
            None => Err(because(rules::REF_MISSING, reference.span, &[&text])),
        }
    }

    /// Why a file cannot be read; `None` if it can.
    fn unreadable_reason(&self, file: &str) -> Option<String> {
        if file == self.root_path {
            return None;
        }
        match self.others.iter().find(|other| other.path == file) {
            Some(ReferencedText { text: Ok(_), .. }) => None,
            Some(ReferencedText {
                text: Err(reason), ..
            }) => Some(reason.clone()),
            None => Some("the file does not exist".to_owned()),
        }
    }

    /// The tree of a file; `None` if it could not be parsed, which is reported.
    fn tree(&mut self, file: &str) -> Option<&Node> {
        if file == self.root_path {
            return Some(&self.root);
        }
        if !self.trees.contains_key(file) {
            let other = self.others.iter().find(|other| other.path == file);
            let source = other.and_then(|other| other.text.as_ref().ok());
            let tree = source.and_then(|source| yaml::parse(*source, self.sources, self.diagnostics));
            self.trees.insert(file.to_owned(), tree);
        }
        self.trees.get(file)?.as_ref()
    }

    /// The node that was found, in the tree of its file.
    pub(super) fn node(&mut self, found: &FileNode) -> Option<&Node> {
        self.tree(&found.file)?.at(&found.pointer)
    }

    /// The pointer of the schema with the `$anchor` `name`.
    fn anchor(&mut self, file: &str, name: &str) -> Option<Pointer> {
        if !self.anchors.contains_key(file) {
            let mut anchors = HashMap::new();
            if let Some(tree) = self.tree(file) {
                collect_anchors(tree, &Pointer::default(), &mut anchors);
            }
            self.anchors.insert(file.to_owned(), anchors);
        }
        self.anchors.get(file)?.get(name).cloned()
    }

    /// The text of a reference to a node of the root document that means the same in every file.
    pub(super) fn reference_to_root(&self, pointer: &Pointer) -> String {
        format!("{TO_ROOT}{}{}", self.root_path, local_reference(pointer))
    }
}

/// A walk along a pointer, up to the last node that exists.
struct Walk<'t> {
    node: &'t Node,
    pointer: Pointer,
    /// The segments that the tree does not have, the next one last.
    remaining: Vec<String>,
}

impl<'t> Walk<'t> {
    fn along(tree: &'t Node, pointer: &Pointer) -> Self {
        let mut walk = Self {
            node: tree,
            pointer: Pointer::default(),
            remaining: reversed_segments(pointer),
        };
        while let Some(segment) = walk.remaining.last()
            && let Some(child) = walk.node.child(segment)
        {
            walk.pointer = walk.pointer.child(segment);
            walk.node = child;
            walk.remaining.pop();
        }
        walk
    }

    /// The reference to continue at: one within the pointer, or one at its end that has no siblings.
    fn next_reference(&self) -> Option<&'t str> {
        reference_text(self.node).filter(|_| !self.remaining.is_empty() || has_only_reference(self.node))
    }
}

/// Whether the only member of a node is `$ref`.
pub(super) fn has_only_reference(node: &Node) -> bool {
    node.get("$ref").is_some() && node.as_object().is_some_and(|entries| entries.len() == 1)
}

/// The text of a reference to a node of the same document.
pub(super) fn local_reference(pointer: &Pointer) -> String {
    format!("#{}", pointer.0.replace('%', "%25"))
}

fn because(rule: &'static rules::Rule, span: Span, args: &[&dyn std::fmt::Display]) -> Unresolved {
    Unresolved::Because(Diagnostic::new(rule, span, args))
}

/// Recursion is bounded by [`MAX_DEPTH`](super::super::tree_rules::MAX_DEPTH).
fn collect_anchors(node: &Node, at: &Pointer, anchors: &mut HashMap<String, Pointer>) {
    match &node.value {
        Value::Array(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                collect_anchors(node, &at.child(index), anchors);
            }
        }
        Value::Object(entries) => {
            if let Some(name) = node.get("$anchor").and_then(Node::as_str) {
                anchors.entry(name.to_owned()).or_insert_with(|| at.clone());
            }
            for (key, entry) in entries {
                collect_anchors(&entry.node, &at.child(key), anchors);
            }
        }
        _ => {}
    }
}
