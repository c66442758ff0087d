//! Resolves the references between schemas: `$ref` and the mappings of discriminators.

use super::super::object_kind::ObjectKind;
use super::super::reference::{Resolved, Target, locate};
use super::super::tree::{Node, Pointer, Value};
use super::super::used_components::UsedComponents;
use super::{SchemaId, SchemaReader, Schemas};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::Span;
use std::cell::OnceCell;

/// A reference that is resolved when all schemas are read.
pub(super) enum PendingReference<'a> {
    /// `$ref`.
    Schema {
        from: SchemaId,
        text: &'a str,
        span: Span,
    },
    /// A value in the mapping of a discriminator.
    Mapping {
        from: SchemaId,
        value: &'a str,
        text: &'a str,
        span: Span,
    },
}

/// Reads `$ref`.
pub(super) fn read_reference<'a>(reader: &mut SchemaReader<'a>, node: &'a Node, from: SchemaId) {
    let Some(value) = node.get("$ref") else {
        return;
    };
    if value.is_null() {
        let consequence = "it counts as absent, and the keywords beside it are read";
        reader
            .members
            .report(rules::NULL_KEYWORD, value, &[&"$ref", &consequence]);
        return;
    }
    match value.as_str() {
        Some(text) => reader.pending.push_back(PendingReference::Schema {
            from,
            text,
            span: value.span,
        }),
        None => reader.members.report_wrong_type("$ref", "a string", value),
    }
}

/// Resolves all pending references. Targets outside of the known schemas are read on the way.
pub(super) fn resolve_pending(reader: &mut SchemaReader<'_>) {
    while let Some(pending) = reader.pending.pop_front() {
        match pending {
            PendingReference::Schema { from, text, span } => {
                let target = resolve_target(reader, text, span);
                reader.schemas.list[from.0 as usize].reference = target;
            }
            PendingReference::Mapping {
                from,
                value,
                text,
                span,
            } => {
                let Some(target) = mapping_target(reader, text) else {
                    reader
                        .members
                        .diagnostics
                        .report(rules::DISCRIMINATOR_TARGET, span, &[&text]);
                    continue;
                };
                if let Some(discriminator) = &mut reader.schemas.list[from.0 as usize].discriminator {
                    discriminator.mapping.insert(value.to_owned(), target);
                }
            }
        }
    }
}

/// The schema that a `$ref` names. `None` if there is none, which is reported.
fn resolve_target(reader: &mut SchemaReader<'_>, text: &str, span: Span) -> Option<SchemaId> {
    let pointer = match Target::parse(text) {
        Target::SameDocument(pointer) => pointer,
        // Reported when the files were bundled.
        Target::OtherDocument => return None,
        Target::Unsupported => {
            reader.members.diagnostics.report(rules::REF_FORM, span, &[&text]);
            return None;
        }
    };
    if let Some(id) = reader.schemas.by_pointer.get(&pointer) {
        return Some(*id);
    }
    let root = reader.root;
    match locate(root, &pointer) {
        Resolved::Found(pointer, node) => {
            if let Some(id) = reader.schemas.by_pointer.get(&pointer) {
                return Some(*id);
            }
            if let Some(kind) = other_kind(root, &pointer, node) {
                reader.members.diagnostics.push(
                    Diagnostic::new(rules::REF_KIND, span, &[&text, &kind, &ObjectKind::Schema.noun()])
                        .related(node.span, "the target of the reference"),
                );
                return None;
            }
            reader.read(node, &pointer)
        }
        Resolved::Missing => {
            reader.report_missing(text, &pointer, span);
            None
        }
        Resolved::Cycle => {
            reader
                .members
                .diagnostics
                .report(rules::REF_CYCLE, span, &[&text]);
            None
        }
    }
}

/// What the node at `pointer` is, if it cannot be a schema.
fn other_kind(root: &Node, pointer: &Pointer, node: &Node) -> Option<&'static str> {
    match ObjectKind::at(root, pointer) {
        ObjectKind::Schema => None,
        ObjectKind::Other => {
            let may_be_schema = matches!(node.value, Value::Object(_) | Value::Bool(_));
            (!may_be_schema).then(|| node.type_name())
        }
        kind => Some(kind.noun()),
    }
}

/// The schema that the mapping of a discriminator names: by the name of a component or by a reference.
fn mapping_target(reader: &SchemaReader<'_>, text: &str) -> Option<SchemaId> {
    let by_pointer = &reader.schemas.by_pointer;
    let component = Pointer("/components/schemas".to_owned()).child(text);
    if let Some(id) = by_pointer.get(&component) {
        return Some(*id);
    }
    let Target::SameDocument(pointer) = Target::parse(text) else {
        return None;
    };
    match locate(reader.root, &pointer) {
        Resolved::Found(pointer, _) => by_pointer.get(&pointer).copied(),
        Resolved::Missing | Resolved::Cycle => None,
    }
}

/// Removes one reference of each cycle that consists of references only, and reports it.
pub(super) fn remove_cycles(schemas: &mut Schemas, root: &Node, diagnostics: &mut Diagnostics) {
    let list = &mut schemas.list;
    let used = OnceCell::new();
    // The number of the walk that visited each schema; 0 for none.
    let mut visited_by = vec![0u32; list.len()];
    for (start, walk) in (0..list.len()).zip(1u32..) {
        let mut at = start;
        while visited_by[at] == 0 {
            visited_by[at] = walk;
            match list[at].reference {
                Some(next) => at = next.0 as usize,
                None => break,
            }
        }
        // The walk returned to a schema that it visited itself.
        if visited_by[at] == walk
            && let Some(next) = list[at].reference
        {
            let text = format!("#{}", list[next.0 as usize].pointer.0);
            let span = list[at].span;
            list[at].reference = None;
            let used = used.get_or_init(|| UsedComponents::of(root));
            if used.contains(&list[at].pointer) {
                diagnostics.report(rules::REF_CYCLE, span, &[&text]);
            } else {
                diagnostics.report(
                    rules::UNUSED_REF_CYCLE,
                    span,
                    &[&text, &"any JSON value is accepted"],
                );
            }
        }
    }
}
