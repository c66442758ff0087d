//! Visits all objects of a document: reads the schemas and checks the references of all other objects.

use super::super::object_kind::ObjectKind;
use super::super::reference::{Resolved, Target, locate, reference_text, resolve};
use super::super::schema::{SchemaReader, Schemas};
use super::super::tree::{Node, Pointer, Value};
use super::super::used_components::UsedComponents;
use crate::diagnostic::{Diagnostic, rules};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt::Display;

/// Reads all schemas of the document and reports references that do not lead to an object of the right kind.
pub(super) fn read_schemas(mut schemas: SchemaReader<'_>) -> Schemas {
    let root = schemas.root;
    let mut walk = Walk {
        schemas: &mut schemas,
        visited_parts: HashSet::new(),
        used: OnceCell::new(),
        queue: vec![(root, ObjectKind::Root, Pointer::default())],
    };
    while let Some((node, kind, pointer)) = walk.queue.pop() {
        walk.visit(node, kind, &pointer);
    }
    schemas.finish()
}

struct Walk<'w, 'a> {
    schemas: &'w mut SchemaReader<'a>,
    /// Objects whose kind only references show, such as those in extensions.
    visited_parts: HashSet<Pointer>,
    /// Computed for the first cycle.
    used: OnceCell<UsedComponents>,
    /// The objects that are still to be visited. References are not followed at once, since a chain of them may be longer than the
    /// stack allows.
    queue: Vec<(&'a Node, ObjectKind, Pointer)>,
}

impl<'a> Walk<'_, 'a> {
    /// Recursion is bounded by [`MAX_DEPTH`](super::super::tree_rules::MAX_DEPTH).
    fn visit(&mut self, node: &'a Node, kind: ObjectKind, pointer: &Pointer) {
        if kind == ObjectKind::Other {
            return;
        }
        if kind == ObjectKind::Schema {
            // A schema component may be referred to even if it is `null`; elsewhere `null` counts as absent.
            if !node.is_null() || pointer.0.starts_with("/components/schemas/") {
                self.schemas.read(node, pointer);
            }
            return;
        }
        if kind.allows_reference() {
            self.check_reference(node, kind, pointer);
        }
        match &node.value {
            Value::Object(entries) if !matches!(kind, ObjectKind::ListOf(_)) => {
                for (key, entry) in entries {
                    let child = kind.child(key, &entry.node);
                    self.visit(&entry.node, child, &pointer.child(key));
                }
            }
            Value::Array(nodes) if matches!(kind, ObjectKind::ListOf(_)) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.visit(node, kind.child("", node), &pointer.child(index));
                }
            }
            _ => {}
        }
    }

    /// Checks the `$ref` of the object at `place`, which is not a schema, and the members next to it.
    fn check_reference(&mut self, node: &'a Node, kind: ObjectKind, place: &Pointer) {
        let Some(value) = node.get("$ref") else {
            return;
        };
        let Some(text) = reference_text(node) else {
            self.schemas.members.report_wrong_type("$ref", "a string", value);
            return;
        };
        match Target::parse(text) {
            Target::SameDocument(target) => self.check_target(value, (text, &target), kind, place),
            // Reported when the files were bundled.
            Target::OtherDocument => {}
            Target::Unsupported => self.schemas.members.report(rules::REF_FORM, value, &[&text]),
        }
        for (key, entry) in node.as_object().into_iter().flatten() {
            if !matches!(key.as_str(), "$ref" | "summary" | "description") && !key.starts_with("x-") {
                let diagnostics = &mut *self.schemas.members.diagnostics;
                diagnostics.report(rules::REFERENCE_SIBLING, entry.key_span, &[key]);
            }
        }
    }

    /// Checks that the target of a reference is of `kind`. A target of unknown kind is visited later. `value` is the
    /// value of the `$ref` of the object at `place`, `text` its text.
    fn check_target(
        &mut self,
        value: &'a Node,
        (text, target): (&str, &Pointer),
        kind: ObjectKind,
        place: &Pointer,
    ) {
        let schemas = &mut *self.schemas;
        let (pointer, node) = match resolve(schemas.root, target) {
            Resolved::Found(pointer, node) => (pointer, node),
            Resolved::Missing => {
                // If the target is itself a reference to nothing, only that one is reported.
                if !matches!(locate(schemas.root, target), Resolved::Found(..)) {
                    schemas.report_missing(text, target, value.span);
                }
                return;
            }
            Resolved::Cycle => return self.report_cycle(value, text, place),
        };
        let found = ObjectKind::at(schemas.root, &pointer);
        if found == kind {
            return;
        }
        if found == ObjectKind::Other && matches!(node.value, Value::Object(_)) {
            if self.visited_parts.insert(pointer.clone()) {
                self.queue.push((node, kind, pointer));
            }
            return;
        }
        let found = match found {
            ObjectKind::Other => node.type_name(),
            found => found.noun(),
        };
        schemas.members.diagnostics.push(
            Diagnostic::new(rules::REF_KIND, value.span, &[&text, &found, &kind.noun()])
                .related(node.span, "the target of the reference"),
        );
    }

    fn report_cycle(&mut self, value: &Node, text: &str, place: &Pointer) {
        let schemas = &mut *self.schemas;
        let used = self.used.get_or_init(|| UsedComponents::of(schemas.root));
        if used.contains(place) {
            schemas.members.report(rules::REF_CYCLE, value, &[&text]);
        } else {
            let args: [&dyn Display; 2] = [&text, &"it is ignored"];
            schemas.members.report(rules::UNUSED_REF_CYCLE, value, &args);
        }
    }
}
