//! Resolves references from one file to another.

use super::super::identifiers::{FROM_ROOT, Identifiers};
use super::super::location::{FileLocation, ReferencedText, locate_file};
use super::super::object_kind::ObjectKind;
use super::super::reference::{MAX_HOPS, local_reference, percent_decoded, reversed_segments};
use super::super::tree::{Node, Pointer, Value};
use super::super::wrong_kind::kind_by_members;
use super::super::yaml;
use super::file_node::FileNode;
use super::names::{component_section, node_name};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::{Sources, Span};
use std::collections::HashMap;

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

/// One reference of a chain.
#[derive(Clone)]
struct Link {
    text: String,
    span: Span,
    /// The path of the file that contains it.
    file: String,
    /// The kind of object that the whole chain refers to.
    kind: ObjectKind,
}

impl Link {
    fn first(reference: &Reference<'_>) -> Self {
        Self {
            text: reference.text.to_owned(),
            span: reference.span,
            file: reference.file.to_owned(),
            kind: reference.kind,
        }
    }

    fn fails(&self, rule: &'static rules::Rule) -> Unresolved {
        because(rule, self.span, &[&self.text])
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
    pub(super) identifiers: Identifiers,
    /// The parsed files; `None` for one that could not be parsed.
    pub(super) trees: HashMap<String, Option<Node>>,
    /// The pointers of the `$anchor`s, by file and name.
    pub(super) anchors: HashMap<String, HashMap<String, Pointer>>,
}

impl Files<'_> {
    /// Follows a reference to a node that is not itself a reference. The chain ends at the root document, whose own
    /// references stay. A failure is reported at the reference of the chain that has no target.
    pub(super) fn resolve(&mut self, reference: &Reference<'_>) -> Result<FileNode, Unresolved> {
        if reference.text.trim().is_empty() {
            return Err(Unresolved::ReportedElsewhere);
        }
        let mut link = Link::first(reference);
        // The segments below the target of `link`, the next one last, and the reference that asks for them.
        let mut below: Vec<String> = Vec::new();
        let mut asks_below = link.clone();
        let mut name = String::new();
        for _ in 0..MAX_HOPS {
            let (file, mut pointer) = self.target(&link)?;
            name = node_name(&file, &pointer, &name);
            for segment in below.iter().rev() {
                pointer = pointer.child(segment);
            }
            if file == self.root_path {
                return Ok(FileNode { file, pointer, name });
            }
            let tree = self.tree(&file).ok_or(Unresolved::ReportedElsewhere)?;
            let walk = Walk::along(tree, &pointer);
            let misses_own_target = walk.remaining.len() > below.len();
            let asks_for_rest = if misses_own_target { &link } else { &asks_below };
            match walk.next_reference() {
                Some((text, span)) => {
                    let next = Link {
                        text: text.to_owned(),
                        span,
                        file,
                        ..link
                    };
                    asks_below = if walk.remaining.is_empty() {
                        next.clone()
                    } else {
                        asks_for_rest.clone()
                    };
                    below = walk.remaining;
                    link = next;
                }
                None if walk.remaining.is_empty() => {
                    let pointer = walk.pointer;
                    return Ok(FileNode { file, pointer, name });
                }
                None => return Err(asks_for_rest.fails(rules::REF_MISSING)),
            }
        }
        Err(because(rules::REF_CYCLE, reference.span, &[&link.text]))
    }

    /// The file and the pointer that a reference names.
    fn target(&mut self, link: &Link) -> Result<(String, Pointer), Unresolved> {
        let text = link.text.as_str();
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = if let Some(path) = file.strip_prefix(FROM_ROOT) {
            path.to_owned()
        } else if file.is_empty() {
            link.file.clone()
        } else {
            match locate_file(&link.file, file) {
                FileLocation::File(file) => file,
                FileLocation::Network => {
                    return Err(link.fails(match link.kind {
                        ObjectKind::Schema => rules::REF_EXTERNAL_SCHEMA,
                        _ => rules::REF_EXTERNAL,
                    }));
                }
            }
        };
        if let Some(reason) = self.unreadable_reason(&file) {
            return Err(because(rules::REF_FILE, link.span, &[&text, &reason]));
        }
        let fragment = percent_decoded(fragment);
        if fragment == "/" && self.tree(&file).is_some_and(|tree| tree.child("").is_none()) {
            self.diagnostics
                .report(rules::REF_WHOLE_FILE, link.span, &[&text]);
            return Ok((file, Pointer::default()));
        }
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok((file, Pointer(fragment)));
        }
        match self.anchor(&file, &fragment) {
            Some(pointer) => Ok((file, pointer)),
            None if file == self.root_path => Err(Unresolved::ReportedElsewhere),
            None => Err(link.fails(rules::REF_MISSING)),
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
            let mut tree = source.and_then(|source| yaml::parse(*source, self.sources, self.diagnostics));
            if let Some(tree) = &mut tree {
                self.identifiers.rewrite(tree, file);
            }
            self.trees.insert(file.to_owned(), tree);
        }
        self.trees.get(file)?.as_ref()
    }

    /// The node that was found, in the tree of its file.
    pub(super) fn node(&mut self, found: &FileNode) -> Option<&Node> {
        self.tree(&found.file)?.at(&found.pointer)
    }

    /// The kind of object that was found, where `required` is expected: another kind only if a component can have it.
    pub(super) fn kind(&mut self, found: &FileNode, required: ObjectKind) -> ObjectKind {
        let Some(tree) = self.tree(&found.file) else {
            return required;
        };
        let kind = match ObjectKind::at(tree, &found.pointer) {
            ObjectKind::Root | ObjectKind::Other => tree
                .at(&found.pointer)
                .map_or(required, |node| kind_by_members(node, required)),
            kind => kind,
        };
        component_section(kind).map_or(required, |_| kind)
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
        format!("{FROM_ROOT}{}{}", self.root_path, local_reference(pointer))
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

    /// The text and the place of the reference to continue at: one within the pointer, or one at its end that has no
    /// siblings.
    fn next_reference(&self) -> Option<(&'t str, Span)> {
        let value = self.node.get("$ref")?;
        let is_followed = !self.remaining.is_empty() || has_only_reference(self.node);
        let text = value.as_str().filter(|_| is_followed)?;
        Some((text, value.span))
    }
}

/// Whether the only member of a node is `$ref`.
pub(super) fn has_only_reference(node: &Node) -> bool {
    node.get("$ref").is_some() && node.as_object().is_some_and(|entries| entries.len() == 1)
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
