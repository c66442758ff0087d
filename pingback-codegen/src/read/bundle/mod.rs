//! Bundles a document that refers to other files into one tree. The target of a reference to another file
//! becomes a component of the root document, and the references are rewritten. Each node keeps its byte range in the file that
//! it comes from.

mod file_node;
mod names;
mod resolve;

#[cfg(test)]
mod tests;

use super::files::{for_each_reference, names_file};
use super::identifiers::Identifiers;
use super::location::ReferencedText;
use super::object_kind::ObjectKind;
use super::reference::{MAX_HOPS, Target, local_reference, reference_node, reference_text};
use super::tree::{Entry, Node, Pointer, Value};
use super::tree_rules::MAX_DEPTH;
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{Sources, Span};
use file_node::FileNode;
use indexmap::IndexMap;
use names::{ComponentNames, component_section};
use resolve::{Files, Reference, Unresolved, has_only_reference};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// How many bytes of text may be copied where no reference can be used.
const COPY_BUDGET: usize = 64 << 20;

/// Bundles `root` with the files that it refers to. `path` is the name of the root's file. References without
/// a target are reported and left unchanged.
pub(super) fn bundle(
    root: &mut Node,
    path: &str,
    others: &[ReferencedText],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let identifiers = Identifiers::collect(root, path, others, sources);
    identifiers.rewrite(root, path);
    let mut leads_out = false;
    for_each_reference(root, &mut |text| {
        leads_out |= !matches!(Target::parse(text), Target::SameDocument(_));
    });
    if !leads_out {
        return;
    }
    let mut bundler = Bundler {
        files: Files {
            root_path: path,
            root: root.clone(),
            others,
            sources,
            diagnostics,
            identifiers,
            trees: HashMap::new(),
            anchors: HashMap::new(),
        },
        copies: BTreeMap::new(),
        files_of_parts: HashMap::new(),
        names: ComponentNames::default(),
        new_components: VecDeque::new(),
        referenced_parts: VecDeque::new(),
        known_parts: HashSet::new(),
        copied_bytes: 0,
    };
    bundler.inline_components(root);
    bundler.rewrite(root, ObjectKind::Root, &Pointer::default(), path);
    loop {
        if let Some(mut component) = bundler.new_components.pop_front() {
            let pointer = component_pointer(component.section, &component.name);
            let Component { kind, file, node, .. } = &mut component;
            bundler.rewrite(node, *kind, &pointer, file);
            insert_component(root, component);
        } else if let Some((pointer, kind)) = bundler.referenced_parts.pop_front() {
            if let Some(node) = root.at_mut(&pointer) {
                bundler.rewrite(node, kind, &pointer, path);
            }
        } else {
            break;
        }
    }
}

/// A component that comes from another file.
struct Component {
    section: &'static str,
    name: String,
    kind: ObjectKind,
    node: Node,
    file: String,
}

/// A copy of a node of another file in the root document.
struct Copied {
    pointer: Pointer,
    /// Whether a reference may replace the copy.
    allows_reference: bool,
}

struct Bundler<'a> {
    files: Files<'a>,
    /// The copies by the file and pointer of the original.
    copies: BTreeMap<(String, String), Copied>,
    /// The parts of the root document that were copied from another file, whose references are relative to that.
    files_of_parts: HashMap<Pointer, String>,
    names: ComponentNames,
    /// Components whose references are still to be rewritten.
    new_components: VecDeque<Component>,
    /// Parts of the root document whose kind of object only a reference shows. Their references are still to be rewritten.
    referenced_parts: VecDeque<(Pointer, ObjectKind)>,
    /// All parts that were added to `referenced_parts` so far.
    known_parts: HashSet<Pointer>,
    copied_bytes: usize,
}

impl Bundler<'_> {
    /// Replaces each component that is only a reference to another file by the target of the reference, so that the
    /// target keeps the name of the component.
    fn inline_components(&mut self, root: &mut Node) {
        let pointer = Pointer::default().child("components");
        let Some(components) = root.at_mut(&pointer) else {
            return;
        };
        let root_path = self.files.root_path;
        let file = self.inline_part(components, &pointer, root_path);
        let Value::Object(sections) = &mut components.value else {
            return;
        };
        let mut files = Vec::with_capacity(sections.len());
        for (section, entry) in sections.iter_mut() {
            files.push(self.inline_part(&mut entry.node, &pointer.child(section), &file));
            self.names.add_section(section, &entry.node);
        }
        for ((section, entry), file) in sections.iter_mut().zip(files) {
            let kind = ObjectKind::Components.child(section, &entry.node);
            let Value::Object(components) = &mut entry.node.value else {
                continue;
            };
            for (name, component) in components {
                let kind = kind.child(name, &component.node);
                if kind.allows_reference() && has_only_reference(&component.node) {
                    let pointer = pointer.child(section).child(name);
                    self.inline_component(&mut component.node, kind, pointer, &file);
                }
            }
        }
    }

    fn inline_component(&mut self, component: &mut Node, kind: ObjectKind, pointer: Pointer, file: &str) {
        let Some(reference) = Reference::of(component, file, kind) else {
            return;
        };
        let found = match self.files.resolve(&reference) {
            Ok(found) => found,
            Err(unresolved) => return self.report(unresolved),
        };
        let is_elsewhere = self.copy_of(&found).is_some_and(|copy| copy != pointer);
        if found.file == self.files.root_path || is_elsewhere || self.files.kind(&found, kind) != kind {
            return;
        }
        if let Some(node) = self.copy(&found) {
            *component = node;
            let copied = Copied {
                pointer: pointer.clone(),
                allows_reference: true,
            };
            self.copies.insert((found.file.clone(), found.pointer.0), copied);
            self.files_of_parts.insert(pointer, found.file);
        }
    }

    /// Inlines the reference of a part of the root document, if it is one. Returns the file of the result.
    fn inline_part(&mut self, node: &mut Node, pointer: &Pointer, file: &str) -> String {
        let mut file = file.to_owned();
        self.inline(node, pointer, &mut file);
        if file != self.files.root_path {
            self.files_of_parts.insert(pointer.clone(), file.clone());
        }
        file
    }

    /// Replaces a reference to another file by the target of the reference, where the specification allows no reference: in
    /// place of `paths`, for example. `file` is the file that contains `node`, before and after.
    fn inline(&mut self, node: &mut Node, pointer: &Pointer, file: &mut String) {
        for _ in 0..MAX_HOPS {
            if !has_only_reference(node) {
                return;
            }
            let Some(reference) = Reference::of(node, file, ObjectKind::Other) else {
                return;
            };
            let span = reference.span;
            let found = match self.files.resolve(&reference) {
                Ok(found) => found,
                Err(unresolved) => return self.report(unresolved),
            };
            if found.file == self.files.root_path {
                if *file != self.files.root_path {
                    set_reference(node, local_reference(&found.pointer));
                }
                return;
            }
            let Some(inlined) = self.files.node(&found).cloned() else {
                return;
            };
            let bytes = (inlined.span.end - inlined.span.start) as usize;
            self.copied_bytes = self.copied_bytes.saturating_add(bytes);
            if self.copied_bytes > COPY_BUDGET {
                return self.files.diagnostics.report(rules::INLINE_BUDGET, span, &[]);
            }
            if pointer.segments().count() + inlined.height() > MAX_DEPTH {
                return self
                    .files
                    .diagnostics
                    .report(rules::TOO_DEEP, span, &[&MAX_DEPTH]);
            }
            let original = (found.file.clone(), found.pointer.0);
            self.copies.entry(original).or_insert_with(|| Copied {
                pointer: pointer.clone(),
                allows_reference: false,
            });
            *node = inlined;
            *file = found.file;
        }
        self.files
            .diagnostics
            .report(rules::REF_CYCLE, node.span, &[pointer]);
    }

    /// Rewrites the references in a part of the tree. `file` is the file that the part comes from. Recursion is
    /// bounded by [`MAX_DEPTH`].
    fn rewrite(&mut self, node: &mut Node, kind: ObjectKind, pointer: &Pointer, file: &str) {
        let mut file = self
            .files_of_parts
            .get(pointer)
            .map_or_else(|| file.to_owned(), String::clone);
        let is_member_of_root = pointer.segments().count() == 1;
        if kind == ObjectKind::Other && !is_member_of_root {
            return;
        }
        if kind.allows_reference() {
            self.rewrite_reference(node, kind, &file);
        } else {
            self.inline(node, pointer, &mut file);
        }
        if kind == ObjectKind::Schema {
            self.rewrite_mapping(node, &file);
        }
        match &mut node.value {
            Value::Object(entries) if !matches!(kind, ObjectKind::ListOf(_)) => {
                for (key, entry) in entries {
                    let child = kind.child(key, &entry.node);
                    if child != ObjectKind::Other || (kind == ObjectKind::Root && !key.starts_with("x-")) {
                        self.rewrite(&mut entry.node, child, &pointer.child(key), &file);
                    }
                }
            }
            Value::Array(nodes) if matches!(kind, ObjectKind::ListOf(_)) => {
                for (index, node) in nodes.iter_mut().enumerate() {
                    let child = kind.child("", node);
                    self.rewrite(node, child, &pointer.child(index), &file);
                }
            }
            _ => {}
        }
    }

    fn rewrite_reference(&mut self, node: &mut Node, kind: ObjectKind, file: &str) {
        let Some(reference) = Reference::of(node, file, kind) else {
            return;
        };
        match self.rewritten(&reference) {
            Ok(Some(text)) => set_reference(node, text),
            Ok(None) => {}
            Err(unresolved) => self.report(unresolved),
        }
    }

    /// Rewrites the references in the mapping of a schema's discriminator. Missing targets are left unchanged:
    /// reading the schema reports them as warnings.
    fn rewrite_mapping(&mut self, schema: &mut Node, file: &str) {
        for entry in mapping_entries(schema) {
            let Some(text) = entry.node.as_str() else {
                continue;
            };
            let is_reference = names_file(text) || (file != self.files.root_path && text.starts_with('#'));
            if !is_reference {
                continue;
            }
            let reference = Reference {
                text,
                span: entry.node.span,
                file,
                kind: ObjectKind::Schema,
            };
            match self.rewritten(&reference) {
                Ok(Some(text)) => entry.node.value = Value::String(text),
                Ok(None) => {}
                Err(Unresolved::Because(finding))
                    if finding.rule == rules::REF_FILE || finding.rule == rules::REF_MISSING => {}
                Err(unresolved) => self.report(unresolved),
            }
        }
    }

    /// The text of the reference in the bundled document. `None` if the target cannot be referred to.
    fn rewritten(&mut self, reference: &Reference<'_>) -> Result<Option<String>, Unresolved> {
        let found = self.files.resolve(reference)?;
        let kind = self.files.kind(&found, reference.kind);
        if found.file == self.files.root_path {
            let is_unknown = ObjectKind::at(&self.files.root, &found.pointer) == ObjectKind::Other;
            if is_unknown && self.known_parts.insert(found.pointer.clone()) {
                self.referenced_parts.push_back((found.pointer.clone(), kind));
            }
            return Ok(Some(local_reference(&found.pointer)));
        }
        if let Some(copy) = self.copy_of(&found) {
            return Ok(Some(local_reference(&copy)));
        }
        let (Some(section), Some(node)) = (component_section(kind), self.copy(&found)) else {
            return Ok(None);
        };
        let name = self.names.assign(section, &found);
        let pointer = component_pointer(section, &name);
        let text = local_reference(&pointer);
        let copied = Copied {
            pointer,
            allows_reference: true,
        };
        self.copies.insert((found.file.clone(), found.pointer.0), copied);
        self.new_components.push_back(Component {
            section,
            name,
            kind,
            node,
            file: found.file,
        });
        Ok(Some(text))
    }

    /// The pointer of a node's copy in the root document; it may be inside the copy of a larger node.
    fn copy_of(&self, found: &FileNode) -> Option<Pointer> {
        let pointer = &found.pointer.0;
        let mut end = pointer.len();
        loop {
            let original = (found.file.clone(), pointer[..end].to_owned());
            if let Some(copied) = self.copies.get(&original) {
                return Some(Pointer(format!("{}{}", copied.pointer.0, &pointer[end..])));
            }
            end = pointer[..end].rfind('/')?;
        }
    }

    /// Copies a node. Parts that were copied before are replaced by references.
    fn copy(&mut self, found: &FileNode) -> Option<Node> {
        let mut node = self.files.node(found)?.clone();
        let prefix = format!("{}/", found.pointer.0);
        let parts = self
            .copies
            .range((found.file.clone(), prefix.clone())..)
            .take_while(|((file, pointer), _)| *file == found.file && pointer.starts_with(&prefix));
        for ((_, part), copied) in parts.filter(|(_, copied)| copied.allows_reference) {
            let part = Pointer(part[found.pointer.0.len()..].to_owned());
            if let Some(part) = node.at_mut(&part) {
                *part = reference_node(self.files.reference_to_root(&copied.pointer), part.span);
            }
        }
        Some(node)
    }

    fn report(&mut self, unresolved: Unresolved) {
        if let Unresolved::Because(finding) = unresolved {
            self.files.diagnostics.push(finding);
        }
    }
}

fn component_pointer(section: &str, name: &str) -> Pointer {
    Pointer::default().child("components").child(section).child(name)
}

fn insert_component(root: &mut Node, component: Component) {
    let span = component.node.span;
    let section = object_member(root, "components", span)
        .and_then(|components| object_member(components, component.section, span));
    if let Some(Value::Object(entries)) = section.map(|section| &mut section.value) {
        let entry = Entry {
            key_span: span,
            node: component.node,
        };
        entries.insert(component.name, entry);
    }
}

/// The member `key`, which is inserted as an empty mapping if it is absent. `None` if `node` is not a mapping.
fn object_member<'n>(node: &'n mut Node, key: &str, span: Span) -> Option<&'n mut Node> {
    let Value::Object(entries) = &mut node.value else {
        return None;
    };
    let entry = entries.entry(key.to_owned()).or_insert_with(|| Entry {
        key_span: span,
        node: Node {
            value: Value::Object(IndexMap::new()),
            span,
        },
    });
    Some(&mut entry.node)
}

/// Replaces the text of a node's `$ref`.
fn set_reference(node: &mut Node, text: String) {
    if reference_text(node).is_some()
        && let Value::Object(entries) = &mut node.value
        && let Some(entry) = entries.get_mut("$ref")
    {
        entry.node.value = Value::String(text);
    }
}

/// The entries in the mapping of a schema's discriminator.
fn mapping_entries(schema: &mut Node) -> impl Iterator<Item = &mut Entry> {
    let mapping = object_entry(schema, "discriminator").and_then(|node| object_entry(node, "mapping"));
    let entries = match mapping.map(|mapping| &mut mapping.value) {
        Some(Value::Object(entries)) => Some(entries.values_mut()),
        _ => None,
    };
    entries.into_iter().flatten()
}

fn object_entry<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Object(entries) => entries.get_mut(key).map(|entry| &mut entry.node),
        _ => None,
    }
}
