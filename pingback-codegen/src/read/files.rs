//! A document whose `$ref`s lead into other files in, one tree out: what is referred to is grafted into the
//! components, under the name that its file or its place there gives it, and the references are rewritten. Every
//! node keeps its byte range in the file it came from. Files are not opened here: the texts are given.

use super::place::Kind;
use super::reference::{MAX_HOPS, Target, of, percent_decoded, target};
use super::tree::{Entry, Node, Value};
use super::yaml::{self, MAX_DEPTH};
use crate::diagnostic::{Diagnostics, rules};
use crate::pointer::Pointer;
use crate::source::{SourceId, Sources, Span};
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// What is repeated because no reference can stand in its place, in bytes of the text.
const SPLICE_BUDGET: usize = 64 << 20;

/// A file that a document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherText {
    /// Its path from the folder of the document, with `/` between the parts.
    pub path: String,
    /// Its text, or why there is none, to be put after a colon.
    pub text: Result<SourceId, String>,
}

/// What the part of a `$ref` before the `#` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, by its path from the folder of the document; one that starts with `..` or `/` lies outside.
    File(String),
    /// Something that would have to be fetched.
    Network,
}

/// Finds where a reference from one file to another leads. Paths are compared as texts.
#[must_use]
pub fn place(from: &str, file: &str) -> Place {
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'))
    }) || file.starts_with("//")
    {
        return Place::Network;
    }
    let file = percent_decoded(file.split('?').next().unwrap_or(file));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let absolute = file.starts_with('/') || (folder.is_empty() && from.starts_with('/'));
    let base = if file.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(file.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let absolute = absolute || base.starts_with('/');
    Place::File(format!("{}{}", if absolute { "/" } else { "" }, parts.join("/")))
}

/// The files that a text refers to, each once. `path` is the text's own, from the folder of the document. A text
/// that cannot be read refers to nothing; what is wrong with it is found when it is used.
#[must_use]
pub fn referred(text: &str, path: &str) -> Vec<String> {
    if !may_refer(text) {
        return Vec::new();
    }
    let mut sources = Sources::default();
    let source = sources.add(path, text);
    let Some(tree) = yaml::parse(source, &sources, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    raw_references(&tree, &mut |text| {
        let file = text.split_once('#').map_or(text, |(file, _)| file);
        if !file.is_empty()
            && let Place::File(file) = place(path, file)
            && seen.insert(file.clone())
        {
            found.push(file);
        }
    });
    found
}

/// Could there be a `$ref` that leads out of the text? Answered without reading it: most documents are one file.
fn may_refer(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, word)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let after = after.trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n', ':']);
        !after.starts_with('#')
    })
}

/// Calls `found` with all that looks like a reference. Recursion is bounded by the depth of the tree.
fn raw_references<'n>(node: &'n Node, found: &mut impl FnMut(&'n str)) {
    match &node.value {
        Value::Array(nodes) => nodes.iter().for_each(|node| raw_references(node, found)),
        Value::Object(entries) => {
            for (key, entry) in entries {
                match &entry.node.value {
                    Value::String(text) if key == "$ref" => found(text),
                    Value::Object(mapping) if key == "mapping" => {
                        let texts = mapping.values().filter_map(|entry| entry.node.as_str());
                        texts.filter(|text| is_file(text)).for_each(&mut *found);
                    }
                    _ => raw_references(&entry.node, found),
                }
            }
        }
        _ => {}
    }
}

/// Is the target of a discriminator's mapping meant as a reference to a file, and not as a name?
fn is_file(text: &str) -> bool {
    let file = text.split_once('#').map_or(text, |(file, _)| file);
    !file.is_empty()
        && (file.contains('/')
            || text.contains('#')
            || std::path::Path::new(file).extension().is_some_and(|extension| {
                ["yaml", "yml", "json"]
                    .iter()
                    .any(|known| extension.eq_ignore_ascii_case(known))
            }))
}

/// Puts together what `root` and the files it refers to say. `path` is the name of the root's file. References
/// that lead nowhere are reported and stay as they are.
pub(super) fn assemble(
    root: &mut Node,
    path: &str,
    others: &[OtherText],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut is_needed = false;
    raw_references(root, &mut |text| {
        is_needed |= !matches!(target(text), Target::Here(_));
    });
    if !is_needed {
        return;
    }
    let mut assembly = Assembly {
        path,
        others,
        sources,
        diagnostics,
        original: root.clone(),
        trees: HashMap::new(),
        anchors: HashMap::new(),
        placed: BTreeMap::new(),
        bases: HashMap::new(),
        taken: HashMap::new(),
        grafts: VecDeque::new(),
        loose: VecDeque::new(),
        walked: HashSet::new(),
        spliced: 0,
        referrer: Kind::Other,
    };
    assembly.components(root);
    assembly.visit(root, Kind::Root, &Pointer::default(), path);
    loop {
        if let Some(mut graft) = assembly.grafts.pop_front() {
            let at = Pointer::default()
                .child("components")
                .child(graft.section)
                .child(&graft.name);
            assembly.visit(&mut graft.node, graft.kind, &at, &graft.base);
            insert(root, graft);
        } else if let Some((at, kind)) = assembly.loose.pop_front() {
            if let Some(node) = at_mut(root, &at) {
                assembly.visit(node, kind, &at, path);
            }
        } else {
            break;
        }
    }
}

/// Puts a graft into the components.
fn insert(root: &mut Node, graft: Graft) {
    let span = graft.node.span;
    let section =
        member(root, "components", span).and_then(|components| member(components, graft.section, span));
    if let Some(Value::Object(entries)) = section.map(|section| &mut section.value) {
        let entry = Entry {
            key_span: span,
            node: graft.node,
        };
        entries.insert(graft.name, entry);
    }
}

/// The member of that name, which is made if there is none; of what is no mapping there is none.
fn member<'n>(node: &'n mut Node, key: &str, span: Span) -> Option<&'n mut Node> {
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

/// The node at `pointer`, without following any `$ref` on the way.
pub(super) fn at_mut<'n>(node: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
    pointer
        .segments()
        .try_fold(node, |node, segment| match &mut node.value {
            Value::Object(entries) => entries.get_mut(&segment).map(|entry| &mut entry.node),
            Value::Array(nodes) => segment
                .parse::<usize>()
                .ok()
                .and_then(|index| nodes.get_mut(index)),
            _ => None,
        })
}

/// How many levels of values there are inside. Recursion is bounded by the depth of the tree.
pub(super) fn height(node: &Node) -> usize {
    match &node.value {
        Value::Array(nodes) => 1 + nodes.iter().map(height).max().unwrap_or(0),
        Value::Object(entries) => {
            1 + entries
                .values()
                .map(|entry| height(&entry.node))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    }
}

/// Something that comes into the components.
struct Graft {
    section: &'static str,
    name: String,
    kind: Kind,
    node: Node,
    /// The file it came from.
    base: String,
}

/// What a reference leads to.
struct Found {
    file: String,
    at: Pointer,
    /// What the last reference on the way calls it.
    name: String,
}

struct Assembly<'a> {
    /// The root's own path.
    path: &'a str,
    others: &'a [OtherText],
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    /// The root as it was.
    original: Node,
    trees: HashMap<String, Option<Node>>,
    /// The places that `$anchor`s name, by file.
    anchors: HashMap<String, HashMap<String, Pointer>>,
    /// Where something of another file came to stand, and whether a reference can stand in its place.
    placed: BTreeMap<(String, String), (Pointer, bool)>,
    /// The components of the root that came from other files.
    bases: HashMap<Pointer, String>,
    /// The names of components, by section.
    taken: HashMap<String, HashSet<String>>,
    grafts: VecDeque<Graft>,
    /// Places of the root outside of the grammar that a reference makes part of it.
    loose: VecDeque<(Pointer, Kind)>,
    walked: HashSet<Pointer>,
    spliced: usize,
    /// What the reference stands for that is being resolved.
    referrer: Kind,
}

impl Assembly<'_> {
    /// Components that are nothing but a reference to another file become what they refer to, so that it has the
    /// name the document gives it.
    fn components(&mut self, root: &mut Node) {
        let at = Pointer::default().child("components");
        let Some(components) = at_mut(root, &at) else {
            return;
        };
        let base = self.spliced_at(components, &at, self.path);
        let Value::Object(sections) = &mut components.value else {
            return;
        };
        let mut bases = Vec::with_capacity(sections.len());
        for (section, entry) in sections.iter_mut() {
            bases.push(self.spliced_at(&mut entry.node, &at.child(section), &base));
            let names = entry.node.as_object().into_iter().flatten();
            let names = names.map(|(name, _)| name.clone()).collect();
            self.taken.insert(section.clone(), names);
        }
        for ((section, entry), base) in sections.iter_mut().zip(bases) {
            let kind = Kind::Components.child(section, &entry.node);
            let Value::Object(items) = &mut entry.node.value else {
                continue;
            };
            for (name, item) in items {
                let kind = kind.child(name, &item.node);
                let at = at.child(section).child(name);
                let Some(text) = of(&item.node).map(str::to_owned) else {
                    continue;
                };
                if !kind.takes_reference() || !is_bare(&item.node) {
                    continue;
                }
                self.referrer = kind;
                let found = self.resolve(&text, place_of(&item.node), &base);
                self.referrer = Kind::Other;
                let Some(found) = found else {
                    continue;
                };
                if found.file == self.path || self.standing(&found).is_some_and(|standing| standing != at) {
                    continue;
                }
                if let Some(node) = self.cut(&found) {
                    self.placed
                        .insert((found.file.clone(), found.at.0), (at.clone(), true));
                    self.bases.insert(at, found.file);
                    item.node = node;
                }
            }
        }
    }

    /// Splices, and remembers which file the result is of.
    fn spliced_at(&mut self, node: &mut Node, at: &Pointer, base: &str) -> String {
        let mut base = base.to_owned();
        self.splice(node, at, &mut base);
        if base != self.path {
            self.bases.insert(at.clone(), base.clone());
        }
        base
    }

    /// Rewrites the references of a part of the tree. Recursion is bounded by the depth of the tree, which
    /// splicing keeps within its bound.
    fn visit(&mut self, node: &mut Node, kind: Kind, at: &Pointer, base: &str) {
        let own = self.bases.get(at).cloned();
        let mut base = own.unwrap_or_else(|| base.to_owned());
        let top = at.0.matches('/').count() == 1;
        if kind == Kind::Other && !top {
            return;
        }
        if kind.takes_reference() {
            if let Some(text) = of(node).map(str::to_owned) {
                let new = self.rewritten(&text, place_of(node), kind, &base);
                if let (Some(new), Value::Object(entries)) = (new, &mut node.value)
                    && let Some(entry) = entries.get_mut("$ref")
                {
                    entry.node.value = Value::String(new);
                }
            }
        } else {
            self.splice(node, at, &mut base);
        }
        if kind == Kind::Schema {
            self.mapping(node, &base);
        }
        match &mut node.value {
            Value::Object(entries) => {
                for (key, entry) in entries {
                    let child = kind.child(key, &entry.node);
                    let into = child != Kind::Other || (kind == Kind::Root && !key.starts_with("x-"));
                    if into && !matches!(kind, Kind::ListOf(_)) {
                        self.visit(&mut entry.node, child, &at.child(key), &base);
                    }
                }
            }
            Value::Array(nodes) if matches!(kind, Kind::ListOf(_)) => {
                for (index, node) in nodes.iter_mut().enumerate() {
                    let child = kind.child("", node);
                    self.visit(node, child, &at.child(index), &base);
                }
            }
            _ => {}
        }
    }

    /// Replaces a reference to another file that stands where the specification knows none, such as in the
    /// place of `paths`, by what it refers to.
    fn splice(&mut self, node: &mut Node, at: &Pointer, base: &mut String) {
        for _ in 0..MAX_HOPS {
            let Some(text) = of(node).map(str::to_owned).filter(|_| is_bare(node)) else {
                return;
            };
            let place = place_of(node);
            let Some(found) = self.resolve(&text, place, base) else {
                return;
            };
            if found.file == self.path {
                if *base != self.path
                    && let Value::Object(entries) = &mut node.value
                    && let Some(entry) = entries.get_mut("$ref")
                {
                    entry.node.value = Value::String(format!("#{}", found.at.0));
                }
                return;
            }
            let Some(new) = self.tree(&found.file).and_then(|tree| tree.at(&found.at)) else {
                return;
            };
            let new = new.clone();
            self.spliced = self
                .spliced
                .saturating_add((new.span.end - new.span.start) as usize);
            if self.spliced > SPLICE_BUDGET {
                self.diagnostics.report(rules::INLINE_BUDGET, place, &[]);
                return;
            }
            if at.segments().count() + height(&new) > MAX_DEPTH {
                self.diagnostics.report(rules::TOO_DEEP, place, &[&MAX_DEPTH]);
                return;
            }
            self.placed
                .entry((found.file.clone(), found.at.0))
                .or_insert_with(|| (at.clone(), false));
            *node = new;
            *base = found.file;
        }
        self.diagnostics.report(rules::REF_CYCLE, node.span, &[&at]);
    }

    /// The mapping of a discriminator may name files. What leads nowhere is left as it is, for the warning that it
    /// is no schema: the values can still be told apart by other means.
    fn mapping(&mut self, node: &mut Node, base: &str) {
        let discriminator = match &mut node.value {
            Value::Object(entries) => entries.get_mut("discriminator"),
            _ => None,
        };
        let Some(Value::Object(members)) = discriminator.map(|entry| &mut entry.node.value) else {
            return;
        };
        let Some(Value::Object(mapping)) = members.get_mut("mapping").map(|entry| &mut entry.node.value)
        else {
            return;
        };
        for entry in mapping.values_mut() {
            if let Some(text) = entry.node.as_str()
                && (is_file(text) || (base != self.path && text.starts_with('#')))
            {
                let text = text.to_owned();
                let before = std::mem::take(self.diagnostics);
                let new = self.rewritten(&text, entry.node.span, Kind::Schema, base);
                let found = std::mem::replace(self.diagnostics, before);
                for finding in &found {
                    if ![rules::REF_FILE.name, rules::REF_MISSING.name].contains(&finding.rule.name) {
                        self.diagnostics.push(finding.clone());
                    }
                }
                if let Some(new) = new {
                    entry.node.value = Value::String(new);
                }
            }
        }
    }

    /// The reference to the same thing in the tree that comes out. `None` if it leads nowhere, which is
    /// reported, or is right as it is.
    fn rewritten(&mut self, text: &str, place: Span, kind: Kind, base: &str) -> Option<String> {
        self.referrer = kind;
        let found = self.resolve(text, place, base);
        self.referrer = Kind::Other;
        let found = found?;
        if found.file == self.path {
            if Kind::at(&self.original, &found.at) == Kind::Other && self.walked.insert(found.at.clone()) {
                self.loose.push_back((found.at.clone(), kind));
            }
            return Some(format!("#{}", encoded(&found.at)));
        }
        if let Some(standing) = self.standing(&found) {
            return Some(format!("#{}", encoded(&standing)));
        }
        let section = section(kind)?;
        let node = self.cut(&found)?;
        let name = self.free_name(section, &found);
        let at = Pointer::default().child("components").child(section).child(&name);
        self.placed
            .insert((found.file.clone(), found.at.0), (at.clone(), true));
        self.grafts.push_back(Graft {
            section,
            name,
            kind,
            node,
            base: found.file,
        });
        Some(format!("#{}", encoded(&at)))
    }

    /// Where something stands that was placed already, by itself or as part of something larger.
    fn standing(&self, found: &Found) -> Option<Pointer> {
        let mut end = found.at.0.len();
        loop {
            let key = (found.file.clone(), found.at.0[..end].to_owned());
            if let Some((at, _)) = self.placed.get(&key) {
                return Some(Pointer(format!("{}{}", at.0, &found.at.0[end..])));
            }
            end = found.at.0[..end].rfind('/')?;
        }
    }

    /// A copy of what was found; parts of it that already stand elsewhere are references.
    fn cut(&mut self, found: &Found) -> Option<Node> {
        let mut node = self.tree(&found.file)?.at(&found.at)?.clone();
        let inside = format!("{}/", found.at.0);
        let from = (found.file.clone(), inside.clone());
        let parts = self
            .placed
            .range(from..)
            .take_while(|((file, at), _)| *file == found.file && at.starts_with(&inside));
        for ((_, part), (at, by_reference)) in parts {
            let part = Pointer(part[found.at.0.len()..].to_owned());
            if let Some(part) = at_mut(&mut node, &part).filter(|_| *by_reference) {
                let span = part.span;
                let text = Node {
                    value: Value::String(self.outward(at)),
                    span,
                };
                let entry = Entry {
                    key_span: span,
                    node: text,
                };
                part.value = Value::Object(std::iter::once(("$ref".to_owned(), entry)).collect());
            }
        }
        Some(node)
    }

    /// A reference from any file to a place of the root: it is resolved like those that the files hold.
    fn outward(&self, at: &Pointer) -> String {
        format!("{OUTWARD}{}#{}", self.path, encoded(at))
    }

    /// Follows a reference until it leads to something else than a reference. `None` if it leads nowhere, which
    /// is reported here or, within the root, by those who check the references that are left.
    fn resolve(&mut self, text: &str, span: Span, base: &str) -> Option<Found> {
        if text.trim().is_empty() {
            return None;
        }
        let mut base = base.to_owned();
        let mut text = text.to_owned();
        let mut rest: Vec<String> = Vec::new();
        let mut name = String::new();
        for _ in 0..MAX_HOPS {
            let (file, fragment) = text.split_once('#').unwrap_or((&text, ""));
            let file = if let Some(path) = file.strip_prefix(OUTWARD) {
                path.to_owned()
            } else if file.is_empty() {
                base.clone()
            } else {
                match place(&base, file) {
                    Place::File(file) => file,
                    Place::Network => {
                        let rule = if self.referrer == Kind::Schema {
                            rules::REF_EXTERNAL_SCHEMA
                        } else {
                            rules::REF_EXTERNAL
                        };
                        self.diagnostics.report(rule, span, &[&text]);
                        return None;
                    }
                }
            };
            if let Some(why) = self.unreadable(&file) {
                self.diagnostics.report(rules::REF_FILE, span, &[&text, &why]);
                return None;
            }
            let fragment = percent_decoded(fragment);
            let mut at = if fragment.is_empty() || fragment.starts_with('/') {
                Pointer(fragment)
            } else {
                match self.anchor(&file, &fragment) {
                    Some(at) => at,
                    // In the root, it is reported with the others.
                    None if file == self.path => return None,
                    None => {
                        self.diagnostics.report(rules::REF_MISSING, span, &[&text]);
                        return None;
                    }
                }
            };
            name = name_of(&file, &at, &name);
            for segment in rest.iter().rev() {
                at = at.child(segment);
            }
            if file == self.path {
                return Some(Found { file, at, name });
            }
            // A file that cannot be read is reported by whoever reads it.
            let tree = self.tree(&file)?;
            let mut node = tree;
            let mut done = Pointer::default();
            let mut left: Vec<String> = at.segments().collect();
            left.reverse();
            while let Some(segment) = left.last()
                && let Some(next) = node.step(segment)
            {
                done = done.child(segment);
                node = next;
                left.pop();
            }
            let onward = of(node).filter(|_| !left.is_empty() || is_bare(node));
            match onward {
                None if left.is_empty() => {
                    return Some(Found { file, at: done, name });
                }
                None => {
                    self.diagnostics.report(rules::REF_MISSING, span, &[&text]);
                    return None;
                }
                Some(next) => {
                    next.clone_into(&mut text);
                    rest = left;
                    base = file;
                }
            }
        }
        self.diagnostics.report(rules::REF_CYCLE, span, &[&text]);
        None
    }

    fn unreadable(&self, file: &str) -> Option<String> {
        if file == self.path {
            return None;
        }
        match self.others.iter().find(|other| other.path == file) {
            Some(OtherText { text: Ok(_), .. }) => None,
            Some(OtherText { text: Err(why), .. }) => Some(why.clone()),
            None => Some("the file is not there".to_owned()),
        }
    }

    /// The tree of a file; `None` if it has none, which is then reported.
    fn tree(&mut self, file: &str) -> Option<&Node> {
        if file == self.path {
            return Some(&self.original);
        }
        if !self.trees.contains_key(file) {
            let other = self.others.iter().find(|other| other.path == file);
            let source = other.and_then(|other| other.text.as_ref().ok());
            let tree = source.and_then(|source| yaml::parse(*source, self.sources, self.diagnostics));
            self.trees.insert(file.to_owned(), tree);
        }
        self.trees.get(file)?.as_ref()
    }

    fn anchor(&mut self, file: &str, name: &str) -> Option<Pointer> {
        if !self.anchors.contains_key(file) {
            let mut found = HashMap::new();
            if let Some(tree) = self.tree(file) {
                anchors(tree, &Pointer::default(), &mut found);
            }
            self.anchors.insert(file.to_owned(), found);
        }
        self.anchors.get(file)?.get(name).cloned()
    }

    /// A name that no component of the section has: the one that was found, with its file's before it if that is
    /// taken.
    fn free_name(&mut self, section: &str, found: &Found) -> String {
        let taken = self.taken.entry(section.to_owned()).or_default();
        let long = format!("{}_{}", stem(&found.file), found.name);
        let candidates = [found.name.clone(), component_name(&long)];
        let mut name = candidates.iter().find(|name| !taken.contains(*name)).cloned();
        let mut number = 2u32;
        while name.is_none() {
            let next = format!("{}_{number}", candidates[1]);
            name = (!taken.contains(&next)).then_some(next);
            number += 1;
        }
        let name = name.unwrap_or_default();
        taken.insert(name.clone());
        name
    }
}

/// Before the root's path in references that were made here: no document can write it.
const OUTWARD: &str = "\0root:";

/// Where the text of a node's `$ref` stands.
fn place_of(node: &Node) -> Span {
    node.get("$ref").map_or(node.span, |node| node.span)
}

/// Is a node a `$ref` and nothing else?
fn is_bare(node: &Node) -> bool {
    node.as_object().is_some_and(|entries| entries.len() == 1)
}

/// A pointer as the fragment of a reference.
fn encoded(pointer: &Pointer) -> String {
    pointer.0.replace('%', "%25")
}

fn anchors(node: &Node, at: &Pointer, found: &mut HashMap<String, Pointer>) {
    match &node.value {
        Value::Array(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                anchors(node, &at.child(index), found);
            }
        }
        Value::Object(entries) => {
            if let Some(name) = node.get("$anchor").and_then(Node::as_str) {
                found.entry(name.to_owned()).or_insert_with(|| at.clone());
            }
            for (key, entry) in entries {
                anchors(&entry.node, &at.child(key), found);
            }
        }
        _ => {}
    }
}

/// The section of the components for a kind.
fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        Kind::PathItem => "pathItems",
        Kind::MediaType => "mediaTypes",
        _ => return None,
    })
}

/// What to call a place: by its last segment, or by its file if it is the whole of one, unless the reference
/// before gave it a name.
fn name_of(file: &str, at: &Pointer, before: &str) -> String {
    match at.segments().last() {
        Some(last) => component_name(&last),
        None if !before.is_empty() => before.to_owned(),
        None => component_name(&stem(file)),
    }
}

/// The name of a file without its extension; of an `index.yaml` that of its folder.
fn stem(file: &str) -> String {
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

/// The same with the characters that names of components may have.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn paths_start_at_the_file_that_refers() {
        let file = |path: &str| Place::File(path.to_owned());
        assert_eq!(place("a.yaml", "./b/c.yaml"), file("b/c.yaml"));
        assert_eq!(place("b/c.yaml", "../d%20e.yaml"), file("d e.yaml"));
        assert_eq!(place("b/c.yaml", "../../x.yaml"), file("../x.yaml"));
        assert_eq!(place("../x.yaml", "../y.yaml"), file("../../y.yaml"));
        assert_eq!(place("a.yaml", "/etc/passwd"), file("/etc/passwd"));
        assert_eq!(place("/etc/a.yaml", "b.yaml"), file("/etc/b.yaml"));
        assert_eq!(place("a.yaml", "https://example.com/a.yaml"), Place::Network);
        assert_eq!(place("a.yaml", "//example.com/a.yaml"), Place::Network);
        assert_eq!(place("a.yaml", "file:///etc/passwd"), Place::Network);
    }

    #[test]
    fn only_what_leads_out_is_looked_for() {
        assert!(!may_refer("{\"$ref\": \"#/a\"}\n$ref : '#/b'"));
        let text = "a: {$ref: b.yaml#/x}\nb: {$ref: 'https://x/y'}\nc: {discriminator: {mapping: {d: d.json, e: E}}}\n";
        assert_eq!(referred(text, "in/a.yaml"), ["in/b.yaml", "in/d.json"]);
    }

    /// The tree that comes out of these files, of which the first is the root, and the findings.
    fn assembled(files: &[(&str, &str)]) -> (String, String) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let others: Vec<OtherText> = files
            .iter()
            .map(|(path, text)| OtherText {
                path: (*path).to_owned(),
                text: Ok(sources.add(*path, *text)),
            })
            .collect();
        let mut root = yaml::parse(SourceId(0), &sources, &mut diagnostics).expect("it is well-formed");
        assemble(&mut root, files[0].0, &others[1..], &sources, &mut diagnostics);
        let mut findings = String::new();
        for found in &diagnostics {
            let place = found.span.and_then(|span| sources.locate(span)).expect("a place");
            let _ = writeln!(findings, "{place} {}", found.message);
        }
        let text = serde_yaml::to_string(&root.to_json()).expect("plain data");
        (text, findings)
    }

    #[test]
    fn a_discriminator_that_maps_to_a_file_that_is_not_there_is_left_to_the_warning() {
        let (text, findings) = assembled(&[
            (
                "api.yaml",
                "a: {$ref: b.yaml#/x}\ncomponents: {schemas: {A: {discriminator: {mapping: {b: b.yaml#/y, c: c.yaml, d: b.yaml#/x}}}}}\n",
            ),
            ("b.yaml", "x: {type: string}\n"),
        ]);
        assert_eq!(findings, "");
        assert!(
            text.contains("b: b.yaml#/y\n") && text.contains("c: c.yaml\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_referred_to_comes_into_the_components() {
        let (text, findings) = assembled(&[
            (
                "api.yaml",
                "paths:\n  /pets: {$ref: paths/pets.yaml}\ncomponents:\n  schemas:\n    Pet: {$ref: schemas/pet.yaml}\n    Owner: {type: string}\n",
            ),
            (
                "paths/pets.yaml",
                "get:\n  parameters: [{$ref: '../common.yaml#/parameters/limit'}]\n  responses:\n    200:\n      content:\n        a/b: {schema: {$ref: ../schemas/pet.yaml}}\n",
            ),
            ("common.yaml", "parameters: {limit: {name: limit, in: query}}\n"),
            (
                "schemas/pet.yaml",
                "properties:\n  owner: {$ref: owner.yaml}\n  parent: {$ref: '#'}\n  name: {$ref: '#/properties/owner/properties/name'}\n",
            ),
            (
                "schemas/owner.yaml",
                "properties: {pets: {items: {$ref: pet.yaml}}, name: {type: string}, root: {$ref: '../api.yaml#/components/schemas/Owner'}}\n",
            ),
        ]);
        assert_eq!(findings, "");
        insta::assert_snapshot!(text, @r"
        paths:
          /pets:
            $ref: '#/components/pathItems/pets'
        components:
          schemas:
            Pet:
              properties:
                owner:
                  $ref: '#/components/schemas/owner'
                parent:
                  $ref: '#/components/schemas/Pet'
                name:
                  $ref: '#/components/schemas/owner/properties/name'
            Owner:
              type: string
            owner:
              properties:
                pets:
                  items:
                    $ref: '#/components/schemas/Pet'
                name:
                  type: string
                root:
                  $ref: '#/components/schemas/Owner'
          pathItems:
            pets:
              get:
                parameters:
                - $ref: '#/components/parameters/limit'
                responses:
                  '200':
                    content:
                      a/b:
                        schema:
                          $ref: '#/components/schemas/Pet'
          parameters:
            limit:
              name: limit
              in: query
        ");
    }

    #[test]
    fn a_whole_section_may_be_another_file() {
        let (text, findings) = assembled(&[
            (
                "api.yaml",
                "info: {$ref: info.yaml}\npaths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas/index.yaml}}\n",
            ),
            ("info.yaml", "{title: T}"),
            (
                "paths.yaml",
                "/a: {get: {responses: {200: {content: {a/b: {schema: {$ref: 'schemas/index.yaml#/A'}}}}}}}\n",
            ),
            (
                "schemas/index.yaml",
                "A: {$ref: a.yaml}\nB: {items: {$ref: '#/A'}}\n",
            ),
            ("schemas/a.yaml", "{type: string}"),
        ]);
        assert_eq!(findings, "");
        insta::assert_snapshot!(text, @r"
        info:
          title: T
        paths:
          /a:
            get:
              responses:
                '200':
                  content:
                    a/b:
                      schema:
                        $ref: '#/components/schemas/A'
        components:
          schemas:
            A:
              type: string
            B:
              items:
                $ref: '#/components/schemas/A'
        ");
    }

    #[test]
    fn anchors_are_found() {
        let (text, findings) = assembled(&[
            (
                "api.yaml",
                "components: {schemas: {A: {$ref: '#b'}, B: {$anchor: b}, C: {$ref: 'x.yaml#d'}}}\n",
            ),
            ("x.yaml", "definitions: {D: {$anchor: d, type: string}}\n"),
        ]);
        assert_eq!(findings, "");
        insta::assert_snapshot!(text, @r"
        components:
          schemas:
            A:
              $ref: '#/components/schemas/B'
            B:
              $anchor: b
            C:
              $anchor: d
              type: string
        ");
    }

    #[test]
    fn what_leads_nowhere_is_reported_in_its_file() {
        let (_, findings) = assembled(&[
            (
                "api.yaml",
                "components: {schemas: {A: {$ref: a.yaml}, N: {$ref: 'http://x/y.yaml'}, L: {$ref: l.yaml}}}\n",
            ),
            ("a.yaml", "items: {$ref: 'b.yaml#/x'}\nnot: {$ref: c.yaml}\n"),
            ("b.yaml", "y: 1\n"),
            ("l.yaml", "$ref: m.yaml\n"),
            ("m.yaml", "$ref: l.yaml\n"),
        ]);
        insta::assert_snapshot!(findings, @"
        api.yaml:1:53 `http://x/y.yaml` refers to the network; the generator fetches nothing, so any value is accepted
        api.yaml:1:83 `l.yaml` leads back to itself
        a.yaml:1:15 `b.yaml#/x` does not exist
        a.yaml:2:13 `c.yaml` cannot be followed: the file is not there
        ");
    }
}
