//! The tree of an OpenAPI document in, a [`Document`] out: its schemas in one flat list, and everything else as
//! `openapiv3` models it. What is malformed is reported and left out; the rest is kept.
//!
//! `openapiv3`'s types are filled member by member rather than deserialised: serde stops at the first member
//! of a wrong type and cannot say where it stands.

mod objects;
mod operations;
mod security;

use super::Document;
use super::expect::Expect;
use super::place::Kind;
use super::reference::{self, Followed, Target};
use super::schema::keywords::Reading;
use super::tree::{Node, Pointer, Value};
use super::yaml;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::{SourceId, Sources};
use std::collections::HashSet;

/// Reads a document; `None` if it is none, which is then reported. Errors among the findings mean that
/// nothing should be generated, though what could be read is there.
pub fn read(root: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut tree = yaml::parse(root, sources, diagnostics)?;
    version(&tree, sources, diagnostics)?;
    let path = sources.get(root)?.name();
    if let Some(file) = path.rsplit(['/', '\\']).next() {
        reference::localise(&mut tree, file);
    }
    let expect = Expect { sources, diagnostics };
    let mut walk = Walk {
        reading: Reading::new(expect, &tree),
        walked: HashSet::new(),
    };
    walk.visit(&tree, Kind::Root, &Pointer::default());
    let schemas = walk.reading.finish();
    let expect = Expect { sources, diagnostics };
    let openapi = objects::Build::new(expect, &tree, &schemas).document();
    Some(Document {
        tree,
        openapi,
        schemas,
    })
}

/// Is it OpenAPI of a version that can be read?
fn version(tree: &Node, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<()> {
    let not = |why: &str, node: &Node| Diagnostic::new(rules::NOT_OPENAPI, node.span, &[&why]);
    let Value::Object(_) = tree.value else {
        diagnostics.push(not(&format!("it is {}", tree.noun()), tree));
        return None;
    };
    if let Some(swagger) = tree.get("swagger") {
        diagnostics.report(
            rules::SWAGGER,
            swagger.span,
            &[&sources.text(swagger.span).trim_matches(['"', '\''])],
        );
        return None;
    }
    let Some(version) = tree.get("openapi") else {
        diagnostics.push(not("the member `openapi` is missing", tree));
        return None;
    };
    let text = match &version.value {
        Value::String(text) => text.clone(),
        Value::Number(_) => {
            let text = sources.text(version.span).to_owned();
            diagnostics.report(
                rules::COERCED,
                version.span,
                &[&"openapi", &"a string", &version.noun(), &text],
            );
            text
        }
        _ => {
            diagnostics.push(not(&format!("`openapi` is {}", version.noun()), version));
            return None;
        }
    };
    let mut parts = text.trim().split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1")) => {}
        (Some("3"), Some(minor)) if !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()) => {
            diagnostics.report(rules::NEWER_VERSION, version.span, &[&text]);
        }
        _ => {
            diagnostics.report(rules::VERSION, version.span, &[&text]);
            return None;
        }
    }
    Some(())
}

/// Visits every object of the document by the grammar: schemas are read, other references checked.
struct Walk<'a> {
    reading: Reading<'a>,
    /// Places outside the grammar that some reference made part of it.
    walked: HashSet<Pointer>,
}

impl<'a> Walk<'a> {
    /// Recursion is bounded by the depth of the tree, and by `walked` where references lead elsewhere.
    fn visit(&mut self, node: &'a Node, kind: Kind, at: &Pointer) {
        match kind {
            Kind::Other => return,
            Kind::Schema => {
                if node.value != Value::Null {
                    self.reading.schema(node, at);
                }
                return;
            }
            _ => {}
        }
        if kind.takes_reference()
            && let Some(value) = node.get("$ref")
        {
            match value.as_str() {
                Some(text) => self.reference(text, value, kind),
                None => self.reading.expect.wrong("$ref", "a string", value),
            }
        }
        match &node.value {
            Value::Object(entries) => {
                for (key, entry) in entries {
                    let child = kind.child(key, &entry.node);
                    if child != Kind::Other && !matches!(kind, Kind::ListOf(_)) {
                        self.visit(&entry.node, child, &at.child(key));
                    }
                }
            }
            Value::Array(nodes) if matches!(kind, Kind::ListOf(_)) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.visit(node, kind.child("", node), &at.child(index));
                }
            }
            _ => {}
        }
    }

    /// Checks the reference of something that is no schema.
    fn reference(&mut self, text: &str, value: &'a Node, kind: Kind) {
        let reading = &mut self.reading;
        let pointer = match reference::target(text) {
            Target::Here(pointer) => pointer,
            Target::Elsewhere => return reading.expect.report(rules::REF_EXTERNAL, value, &[&text]),
            Target::Unsupported => return reading.expect.report(rules::REF_FORM, value, &[&text]),
        };
        let (at, node) = match reference::definition(reading.root, &pointer) {
            Followed::To(at, node) => (at, node),
            Followed::Nowhere => {
                // A target that is itself a reference to nothing is reported there.
                if !matches!(reference::place(reading.root, &pointer), Followed::To(..)) {
                    reading.missing(text, &pointer, value.span);
                }
                return;
            }
            Followed::Cycle => return reading.expect.report(rules::REF_CYCLE, value, &[&text]),
        };
        let found = Kind::at(reading.root, &at);
        if found == kind {
            return;
        }
        if found != Kind::Other || !matches!(node.value, Value::Object(_)) {
            let noun = if found == Kind::Other {
                node.noun()
            } else {
                found.noun()
            };
            reading.expect.diagnostics.push(
                Diagnostic::new(rules::REF_KIND, value.span, &[&text, &noun, &kind.noun()])
                    .related(node.span, "what it refers to"),
            );
        } else if self.walked.len() < super::yaml::MAX_DEPTH && self.walked.insert(at.clone()) {
            self.visit(node, kind, &at);
        }
    }
}
