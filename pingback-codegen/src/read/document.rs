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
use super::files::{self, OtherText};
use super::overlay;
use super::place::Kind;
use super::reference::{self, Followed, Target};
use super::schema::keywords::Reading;
use super::tree::{Node, Pointer, Value};
use super::yaml;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::{SourceId, Sources};
use std::collections::HashSet;

/// The texts that make a document.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The document itself.
    pub root: SourceId,
    /// The files that it refers to.
    pub others: Vec<OtherText>,
    /// The overlays that change it, in their order.
    pub overlays: Vec<SourceId>,
}

/// Reads a document that is one text.
pub fn read(root: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let texts = Texts {
        root,
        others: Vec::new(),
        overlays: Vec::new(),
    };
    read_texts(&texts, sources, diagnostics)
}

/// Reads a document; `None` if it is none, which is then reported. Errors among the findings mean that
/// nothing should be generated, though what could be read is there.
///
/// Overlays see the document with all its files put together.
pub fn read_texts(texts: &Texts, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut tree = yaml::parse(texts.root, sources, diagnostics)?;
    let path = sources.get(texts.root)?.name();
    let path = path.rsplit(['/', '\\']).next().unwrap_or(path);
    files::assemble(&mut tree, path, &texts.others, sources, diagnostics);
    for overlay in &texts.overlays {
        overlay::apply(&mut tree, *overlay, sources, diagnostics);
    }
    if !texts.overlays.is_empty() {
        // They may have brought references of their own.
        files::assemble(&mut tree, path, &texts.others, sources, diagnostics);
    }
    version(&tree, sources, diagnostics)?;
    let expect = Expect { sources, diagnostics };
    let mut walk = Walk {
        reading: Reading::new(expect, &tree),
        walked: HashSet::new(),
        further: vec![(&tree, Kind::Root, Pointer::default())],
    };
    while let Some((node, kind, at)) = walk.further.pop() {
        walk.visit(node, kind, &at);
    }
    let schemas = walk.reading.finish();
    let expect = Expect { sources, diagnostics };
    let (openapi, paths) = objects::Build::new(expect, &tree, &schemas).document();
    Some(Document {
        tree,
        openapi,
        paths,
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
    /// What is still to be visited. References are not followed on the spot: that could go on for longer
    /// than the stack lasts.
    further: Vec<(&'a Node, Kind, Pointer)>,
}

impl<'a> Walk<'a> {
    /// Recursion is bounded by the depth of the tree.
    fn visit(&mut self, node: &'a Node, kind: Kind, at: &Pointer) {
        match kind {
            Kind::Other => return,
            Kind::Schema => {
                // A component is there for others to refer to; elsewhere null counts as absent.
                if node.value != Value::Null || at.0.starts_with("/components/schemas/") {
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
            if value.as_str().is_some() {
                for (key, entry) in node.as_object().into_iter().flatten() {
                    if !matches!(key.as_str(), "$ref" | "summary" | "description") && !key.starts_with("x-") {
                        let diagnostics = &mut *self.reading.expect.diagnostics;
                        diagnostics.report(rules::REFERENCE_SIBLING, entry.key_span, &[key]);
                    }
                }
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
            // Reported when the files were put together.
            Target::Elsewhere => return,
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
        } else if self.walked.insert(at.clone()) {
            self.further.push((node, kind, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, StatusCode};

    fn read_text(text: &str) -> (Option<Document>, Sources, Vec<&'static str>) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add("a.yaml", text);
        let document = read(id, &sources, &mut diagnostics);
        (
            document,
            sources,
            diagnostics.iter().map(|d| d.rule.name).collect(),
        )
    }

    /// A document that goes on like this, and the names of the rules of all findings.
    fn read_rest(rest: &str) -> (Document, Sources, Vec<&'static str>) {
        let (document, sources, findings) = read_text(&format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{rest}"
        ));
        (document.expect("it is a document"), sources, findings)
    }

    fn get<'d>(document: &'d Document, path: &str) -> &'d openapiv3::Operation {
        let operations = &document.paths[path].operations;
        let get = operations.iter().find(|(method, _)| *method == "get");
        &get.expect("it has a GET operation").1
    }

    const REFERENCES: &str = "
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses:
        200: {$ref: '#/components/responses/Ok'}
        4XX: {$ref: '#/paths/~1a/get/responses/200'}
  /b: {$ref: '#/components/pathItems/b'}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
  responses:
    Ok: {description: Fine, content: {application/json: {schema: {type: string}, examples: {e: {$ref: '#/components/examples/e'}}}}}
  examples:
    e: {value: 1}
  pathItems:
    b: {get: {responses: {default: {description: Whatever}}}}
";

    #[test]
    fn references_are_replaced_by_what_they_point_at() {
        let (document, _, findings) = read_rest(REFERENCES);
        assert_eq!(findings, Vec::<&str>::new());
        let operation = get(&document, "/a");
        let ok = &operation.responses.responses[&StatusCode::Code(200)];
        assert_eq!(ok, &operation.responses.responses[&StatusCode::Range(4)]);
        let content = &ok.as_item().expect("replaced").content["application/json"];
        assert_eq!(
            content.schema,
            Some(ReferenceOr::ref_(
                "/components/responses/Ok/content/application~1json/schema"
            ))
        );
        assert!(
            content.examples["e"]
                .as_item()
                .is_some_and(|example| example.value == Some(1.into()))
        );
        assert!(get(&document, "/b").responses.default.is_some());
    }

    #[test]
    fn every_reference_in_the_place_of_a_schema_names_one() {
        let (document, _, _) = read_rest(REFERENCES);
        let parameter = get(&document, "/a").parameters[0].as_item().expect("replaced");
        let ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) =
            &parameter.parameter_data_ref().format
        else {
            panic!("the schema is not hoisted");
        };
        let id = document.schemas.by_pointer[&Pointer(reference.clone())];
        assert_eq!(
            document.schemas[id].types,
            [super::super::schema::JsonType::Integer]
        );
    }

    #[test]
    fn spans_follow_references() {
        let (document, sources, _) = read_rest(REFERENCES);
        let text = |pointer: &str| {
            document
                .span(&Pointer(pointer.to_owned()))
                .map(|span| sources.text(span).to_owned())
        };
        assert_eq!(
            text("/paths/~1a/get/parameters/0/schema").as_deref(),
            Some("{type: integer}")
        );
        assert_eq!(
            text("/paths/~1a/get/parameters/0").as_deref(),
            Some("{name: limit, in: query, schema: {type: integer}}")
        );
        assert_eq!(text("/paths/~1a/get/nothing"), None);
        let key = document
            .key_span(&Pointer("/paths/~1a/get".to_owned()))
            .expect("it is there");
        assert_eq!(sources.text(key), "get");
    }

    #[test]
    fn a_parameter_that_fails_keeps_its_position_and_takes_nothing_down() {
        let (document, _, findings) = read_rest(
            "paths:\n  /a:\n    get:\n      parameters: [3, {in: nowhere, name: x, schema: {}}, {in: path, name: y, schema: {}, style: odd}]\n      responses: {200: {description: 1}, abc: {description: no}}\n    post: 5\n",
        );
        let operation = get(&document, "/a");
        assert!(operation.parameters[0].as_item().is_none());
        assert!(operation.parameters[1].as_item().is_none());
        assert!(matches!(
            operation.parameters[2].as_item(),
            Some(Parameter::Path { parameter_data, .. }) if parameter_data.required
        ));
        assert_eq!(operation.responses.responses.len(), 1);
        assert_eq!(
            findings,
            [
                "wrong-type",
                "unknown-value",
                "optional-path-parameter",
                "unknown-value",
                "coerced",
                "bad-status",
                "wrong-type"
            ]
        );
    }

    #[test]
    fn examples_of_the_wrong_form_are_understood() {
        let (document, _, findings) = read_rest(
            "paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: x\n          content:\n            a/list: {examples: [1, 2]}\n            a/map: {examples: {one: {id: 1}}}\n",
        );
        let response = get(&document, "/a").responses.responses[&StatusCode::Code(200)]
            .as_item()
            .expect("replaced");
        let value = |media: &str, name: &str| {
            response.content[media].examples[name]
                .as_item()
                .and_then(|example| example.value.clone())
        };
        assert_eq!(value("a/list", "1"), Some(2.into()));
        assert_eq!(value("a/map", "one"), Some(serde_json::json!({"id": 1})));
        assert_eq!(findings, ["coerced", "coerced"]);
    }

    #[test]
    fn what_3_1_makes_optional_may_be_absent() {
        let (document, _, findings) = read_text(
            "openapi: 3.1.1\ninfo: {title: T, summary: S, version: '1', license: {name: MIT, identifier: MIT}}\nwebhooks: {}\n",
        );
        let document = document.expect("it is a document");
        assert!(document.paths.is_empty());
        assert_eq!(document.openapi.info.description.as_deref(), Some("S"));
        assert_eq!(findings, Vec::<&str>::new());
    }

    #[test]
    fn the_version_decides() {
        let rules = |text: &str| {
            let (document, _, findings) = read_text(text);
            (document.is_some(), findings)
        };
        let info = "info: {title: T, version: '1'}\npaths: {}\n";
        assert_eq!(rules(&format!("openapi: 3.0.4\n{info}")), (true, vec![]));
        assert_eq!(rules(&format!("openapi: 3.1\n{info}")), (true, vec!["coerced"]));
        assert_eq!(
            rules(&format!("openapi: 3.2.0\n{info}")),
            (true, vec!["newer-version"])
        );
        assert_eq!(
            rules(&format!("openapi: 2.0\n{info}")),
            (false, vec!["coerced", "version"])
        );
        assert_eq!(
            rules(&format!("swagger: '2.0'\n{info}")),
            (false, vec!["swagger"])
        );
        assert_eq!(rules(info), (false, vec!["not-openapi"]));
        assert_eq!(rules("- a\n- b\n"), (false, vec!["not-openapi"]));
    }

    #[test]
    fn references_to_more_than_they_can_hold_end() {
        let (_, _, findings) = read_rest(
            "paths: {}\ncomponents:\n  headers:\n    A:\n      content:\n        a/b:\n          encoding: {x: {headers: {B: {$ref: '#/components/headers/A'}}}}\n  requestBodies:\n    B: {content: {a/b: {encoding: {x: {headers: {A: {$ref: '#/components/headers/A'}}}}}}}\n",
        );
        assert_eq!(findings, [""; 0]);
    }
}
