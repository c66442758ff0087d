//! Replaces references to objects of the wrong kind, such as a response that refers to a request body, where the target
//! can be read as the kind that is required. All others are reported when their objects are read.

mod conversion;
mod members;

#[cfg(test)]
mod tests;

use super::object_kind::ObjectKind;
use super::reference::{Resolved, Target, locate, reference_text, resolve};
use super::tree::{Node, Pointer, Value};
use crate::diagnostic::{Diagnostics, rules};
use crate::source::Span;
use conversion::{Conversion, Converter};
use indexmap::IndexMap;
pub(super) use members::kind_by_members;
use std::collections::HashSet;
use std::fmt::Display;

/// Replaces each such reference of a document and reports it.
pub(super) fn replace_references(root: &mut Node, diagnostics: &mut Diagnostics) {
    let mut walk = Walk {
        root,
        path: Vec::new(),
        visited_parts: HashSet::new(),
        queue: vec![(root, ObjectKind::Root, Pointer::default())],
        replacements: Vec::new(),
    };
    while let Some((node, kind, pointer)) = walk.queue.pop() {
        walk.path = pointer.segments().collect();
        walk.visit(node, kind);
    }
    let mut facts: IndexMap<Fact, (Option<Span>, usize)> = IndexMap::new();
    for Replacement {
        place,
        node,
        fact,
        span,
    } in walk.replacements
    {
        facts.entry(fact).or_insert((span, 0)).1 += 1;
        if let Some(place) = root.at_mut(&place) {
            *place = node;
        }
    }
    for (fact, (span, count)) in facts {
        let args: [&dyn Display; 5] = [
            &fact.text,
            &fact.found.noun(),
            &fact.required.noun(),
            &fact.consequence,
            &count,
        ];
        diagnostics.report(rules::REF_KIND_READ, span, &args);
    }
}

/// What is reported once, with the number of references.
#[derive(PartialEq, Eq, Hash)]
struct Fact {
    text: String,
    found: ObjectKind,
    required: ObjectKind,
    consequence: String,
}

/// What a reference is replaced by.
struct Replacement {
    place: Pointer,
    node: Node,
    fact: Fact,
    span: Option<Span>,
}

struct Walk<'a> {
    root: &'a Node,
    /// The segments of the pointer of the node that is visited.
    path: Vec<String>,
    /// Objects whose kind only references show, such as those in extensions.
    visited_parts: HashSet<Pointer>,
    queue: Vec<(&'a Node, ObjectKind, Pointer)>,
    replacements: Vec<Replacement>,
}

impl<'a> Walk<'a> {
    /// Recursion is bounded by [`MAX_DEPTH`](super::tree_rules::MAX_DEPTH).
    fn visit(&mut self, node: &'a Node, kind: ObjectKind) {
        if kind == ObjectKind::Other {
            return;
        }
        if kind.allows_reference()
            && let Some(text) = reference_text(node)
        {
            self.visit_reference(node, text, kind);
        }
        match &node.value {
            Value::Object(entries) if !matches!(kind, ObjectKind::ListOf(_)) => {
                for (key, entry) in entries {
                    self.visit_child(key, &entry.node, kind);
                }
            }
            Value::Array(nodes) if matches!(kind, ObjectKind::ListOf(_)) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.visit_child(&index.to_string(), node, kind);
                }
            }
            _ => {}
        }
    }

    fn visit_child(&mut self, key: &str, node: &'a Node, parent: ObjectKind) {
        let kind = parent.child(key, node);
        if kind != ObjectKind::Other && matches!(node.value, Value::Object(_) | Value::Array(_)) {
            self.path.push(key.to_owned());
            self.visit(node, kind);
            self.path.pop();
        }
    }

    fn visit_reference(&mut self, reference: &'a Node, text: &str, required: ObjectKind) {
        let Target::SameDocument(target) = Target::parse(text) else {
            return;
        };
        if ObjectKind::at(self.root, &target) == required {
            return;
        }
        let Some((pointer, found)) = self.target(&target, required) else {
            return;
        };
        let converter = Converter {
            root: self.root,
            reference,
        };
        let key = self.path.last().map_or("", String::as_str);
        let Some(Conversion { node, consequence }) = converter.convert(required, key, found, &pointer) else {
            return;
        };
        let path = self.path.iter();
        self.replacements.push(Replacement {
            place: path.fold(Pointer::default(), |pointer, segment| pointer.child(segment)),
            node,
            fact: Fact {
                text: text.to_owned(),
                found,
                required,
                consequence,
            },
            span: reference.get("$ref").map(|value| value.span),
        });
    }

    /// The object at the end of a reference, and its kind. `None` if it is missing or of the required kind.
    fn target(&mut self, target: &Pointer, required: ObjectKind) -> Option<(Pointer, ObjectKind)> {
        let Resolved::Found(pointer, node) = locate(self.root, target) else {
            return None;
        };
        let direct = self.kind_at(&pointer, node, required);
        // A reference of the required kind that leads on is visited as well.
        if direct == required {
            if self.visited_parts.insert(pointer.clone()) {
                self.queue.push((node, required, pointer));
            }
            return None;
        }
        let Resolved::Found(pointer, node) = resolve(self.root, &pointer) else {
            return None;
        };
        let found = self.kind_at(&pointer, node, required);
        // Only a schema has to refer to an object of its kind directly.
        (found != required || required == ObjectKind::Schema).then_some((pointer, found))
    }

    fn kind_at(&self, pointer: &Pointer, node: &Node, required: ObjectKind) -> ObjectKind {
        match ObjectKind::at(self.root, pointer) {
            ObjectKind::Other => kind_by_members(node, required),
            kind => kind,
        }
    }
}
