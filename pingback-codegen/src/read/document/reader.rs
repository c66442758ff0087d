//! Functions that the readers of all objects share: locating objects, following references, reading lists and maps.

use super::super::members::MemberReader;
use super::super::object_kind::ObjectKind;
use super::super::reference::{Resolved, Target, reference_text, resolve};
use super::super::schema::Schemas;
use super::super::tree::{Node, Pointer};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;
use std::collections::HashSet;

/// How many bytes of text the targets of all references together may have. Each reference is replaced by a copy.
const INLINE_BUDGET: usize = 64 << 20;

/// Reads a tree whose references have been checked.
pub(super) struct DocumentReader<'a> {
    pub(super) members: MemberReader<'a>,
    pub(super) root: &'a Node,
    schemas: &'a Schemas,
    /// The bytes of text that were copied for references.
    inlined: usize,
    /// The members that were reported as not generated.
    not_generated: HashSet<&'static str>,
}

/// The texts next to a `$ref`, which replace those of its target.
#[derive(Default)]
pub(super) struct ReferenceTexts {
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
}

/// A node and its pointer.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) node: &'a Node,
    pub(super) pointer: Pointer,
}

impl<'a> Located<'a> {
    /// The member `key`, unless it is absent or `null`.
    pub(super) fn member(&self, key: &str) -> Option<Located<'a>> {
        Some(Located {
            node: self.node.get_non_null(key)?,
            pointer: self.pointer.child(key),
        })
    }

    /// The members that start with `x-`.
    pub(super) fn extensions(&self) -> IndexMap<String, serde_json::Value> {
        let members = self.node.as_object().into_iter().flatten();
        members
            .filter(|(key, _)| key.starts_with("x-"))
            .map(|(key, entry)| (key.clone(), entry.node.to_json()))
            .collect()
    }

    /// The value of `example`.
    pub(super) fn example(&self) -> Option<serde_json::Value> {
        self.node.get("example").map(Node::to_json)
    }
}

impl<'a> DocumentReader<'a> {
    pub(super) fn new(members: MemberReader<'a>, root: &'a Node, schemas: &'a Schemas) -> Self {
        Self {
            members,
            root,
            schemas,
            inlined: 0,
            not_generated: HashSet::new(),
        }
    }

    /// Whether the document is of OpenAPI 3.0.
    pub(super) fn is_openapi_3_0(&self) -> bool {
        let version = self.root.get("openapi").and_then(Node::as_str);
        version.is_some_and(|version| version.starts_with("3.0"))
    }

    /// The object itself or the target of its `$ref`. `None` if the target is not of `kind`, which was reported when
    /// the references were checked.
    pub(super) fn resolve(&mut self, object: Located<'a>, kind: ObjectKind) -> Option<Located<'a>> {
        let Some(text) = reference_text(object.node) else {
            return Some(object);
        };
        let Target::SameDocument(pointer) = Target::parse(text) else {
            return None;
        };
        let Resolved::Found(pointer, node) = resolve(self.root, &pointer) else {
            return None;
        };
        let found = ObjectKind::at(self.root, &pointer);
        if found != kind && found != ObjectKind::Other {
            return None;
        }
        let before = self.inlined;
        self.inlined = before.saturating_add((node.span.end - node.span.start) as usize);
        if self.inlined > INLINE_BUDGET {
            if before <= INLINE_BUDGET {
                self.members.report(rules::INLINE_BUDGET, object.node, &[]);
            }
            return None;
        }
        Some(Located { node, pointer })
    }

    /// The texts next to the `$ref` of an object. They are used for OpenAPI 3.0, too, although only 3.1 defines them.
    pub(super) fn reference_texts(&mut self, object: &Located<'a>) -> ReferenceTexts {
        if reference_text(object.node).is_none() {
            return ReferenceTexts::default();
        }
        ReferenceTexts {
            summary: self.members.string(object.node, "summary"),
            description: self.members.string(object.node, "description"),
        }
    }

    /// Reports members that have no effect on the output.
    pub(super) fn report_unused(&mut self, object: &Node, what: &str, keys: &[&str]) {
        for key in keys {
            if let Some(entry) = object.entry(key).filter(|entry| !entry.node.is_empty()) {
                let diagnostics = &mut *self.members.diagnostics;
                diagnostics.report(rules::UNUSED_MEMBER, entry.key_span, &[key, &what]);
            }
        }
    }

    /// Reports, once for the document, that nothing is generated from the member `key`.
    pub(super) fn report_not_generated(&mut self, object: &Node, key: &'static str) {
        if let Some(entry) = object.entry(key).filter(|entry| !entry.node.is_empty())
            && self.not_generated.insert(key)
        {
            let diagnostics = &mut *self.members.diagnostics;
            diagnostics.report(rules::NOT_GENERATED, entry.key_span, &[&key]);
        }
    }

    /// The members of the mapping at `key`.
    pub(super) fn map(&mut self, object: &Located<'a>, key: &str) -> Vec<(&'a String, Located<'a>)> {
        let pointer = object.pointer.child(key);
        let members = self.members.map(object.node, key);
        members
            .map(|(name, entry)| {
                let member = Located {
                    node: &entry.node,
                    pointer: pointer.child(name),
                };
                (name, member)
            })
            .collect()
    }

    /// The elements of the list at `key`.
    pub(super) fn list(&mut self, object: &Located<'a>, key: &str) -> Vec<Located<'a>> {
        let pointer = object.pointer.child(key);
        let nodes = self.members.list(object.node, key).iter().enumerate();
        nodes
            .map(|(index, node)| Located {
                node,
                pointer: pointer.child(index),
            })
            .collect()
    }

    /// The member `key`, which has to be a mapping.
    pub(super) fn object(&mut self, parent: &Located<'a>, key: &str) -> Option<Located<'a>> {
        let object = parent.member(key)?;
        self.members.object(object.node, key)?;
        Some(object)
    }

    /// The required member `key` of `parent`, which is `what`. It has to be a mapping.
    pub(super) fn required_object(
        &mut self,
        parent: &Located<'a>,
        what: &str,
        key: &str,
    ) -> Option<Located<'a>> {
        if parent.member(key).is_none() {
            self.members.report_missing(parent.node, what, key);
        }
        self.object(parent, key)
    }

    /// The map of objects at `key`. References are replaced by their targets; objects that cannot be read are left out.
    pub(super) fn objects<T>(
        &mut self,
        parent: &Located<'a>,
        key: &str,
        kind: ObjectKind,
        read: fn(&mut Self, &Located<'a>) -> Option<T>,
    ) -> IndexMap<String, oa::ReferenceOr<T>> {
        let map = self.map(parent, key);
        let mut objects = IndexMap::with_capacity(map.len());
        for (name, object) in map {
            let is_extension = name.starts_with("x-") && kind != ObjectKind::Header;
            if is_extension && object.node.as_object().is_none() {
                continue;
            }
            let Some(object) = self.resolve(object, kind) else {
                continue;
            };
            if self.members.object(object.node, name).is_none() {
                continue;
            }
            if let Some(object) = read(self, &object) {
                objects.insert(name.clone(), oa::ReferenceOr::Item(object));
            }
        }
        objects
    }

    /// The reference that represents a schema in `openapiv3`'s model: the pointer of its definition.
    pub(super) fn schema<T>(&mut self, schema: &Located<'a>) -> Option<oa::ReferenceOr<T>> {
        let is_read = self.schemas.by_pointer.contains_key(&schema.pointer);
        is_read.then(|| oa::ReferenceOr::Reference {
            reference: schema.pointer.0.clone(),
        })
    }
}

/// The member `key`, or the whole object if it is absent: what a diagnostic about the member points to.
pub(super) fn member_or_object<'a>(object: &'a Node, key: &str) -> &'a Node {
    object.get(key).unwrap_or(object)
}
