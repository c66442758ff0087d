//! An OpenAPI Overlay (1.0) and the tree of a document in, the changed tree out. What an overlay brings keeps
//! its byte range in the overlay. Knows nothing of what the document means.

use super::expect::Expect;
use super::files::{at_mut, height};
use super::tree::{Node, Value};
use super::yaml::{self, MAX_DEPTH};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::pointer::Pointer;
use crate::source::{SourceId, Sources};
use serde_json_path::JsonPath;

/// Applies the actions of an overlay in their order.
pub(super) fn apply(
    document: &mut Node,
    overlay: SourceId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let Some(overlay) = yaml::parse(overlay, sources, diagnostics) else {
        return;
    };
    let mut expect = Expect { sources, diagnostics };
    let not = |why: &str, node: &Node| Diagnostic::new(rules::OVERLAY, node.span, &[&why]);
    match overlay.get("overlay") {
        None => {
            expect
                .diagnostics
                .push(not("it has no member `overlay`", &overlay));
            return;
        }
        Some(version) => {
            let text = sources.text(version.span).trim_matches(['"', '\'']);
            if !text.starts_with("1.") {
                expect
                    .diagnostics
                    .push(not(&format!("version `{text}` is not known"), version));
                return;
            }
        }
    }
    expect.only(&overlay, "an overlay", &["overlay", "info", "extends", "actions"]);
    // Kept in step with the tree: the paths are looked up in it.
    let mut plain = document.to_json();
    for action in expect.list(&overlay, "actions") {
        if expect.object(action, "an action").is_none() {
            continue;
        }
        expect.only(
            action,
            "an action",
            &["target", "description", "update", "remove"],
        );
        if let Some(path) = target(action, &mut expect) {
            act(document, &mut plain, action, &path, &mut expect);
        }
    }
}

/// The path that an action names.
fn target(action: &Node, expect: &mut Expect<'_>) -> Option<JsonPath> {
    let Some(text) = expect.text(action, "target") else {
        expect.report(rules::MISSING_MEMBER, action, &[&"an action", &"target"]);
        return None;
    };
    match JsonPath::parse(&text) {
        Ok(path) => Some(path),
        Err(error) => {
            let place = action.get("target").unwrap_or(action);
            expect.report(rules::OVERLAY_TARGET, place, &[&text, &error]);
            None
        }
    }
}

fn act(
    document: &mut Node,
    plain: &mut serde_json::Value,
    action: &Node,
    path: &JsonPath,
    expect: &mut Expect<'_>,
) {
    let found = path.query_located(plain).dedup();
    let mut pointers: Vec<Pointer> = found
        .locations()
        .map(|location| {
            let names = location.iter().map(|element| match element.as_index() {
                Some(index) => index.to_string(),
                None => element.as_name().unwrap_or_default().to_owned(),
            });
            names.fold(Pointer::default(), |at, name| at.child(name))
        })
        .collect();
    let place = action.get("target").unwrap_or(action);
    if pointers.is_empty() {
        expect.report(rules::OVERLAY_UNMATCHED, place, &[&path]);
    }
    if expect.flag(action, "remove") == Some(true) {
        // From the end, so that the numbers of elements before stay right; what lies inside of something removed
        // comes before it.
        pointers.sort_by_key(|pointer| std::cmp::Reverse(order(pointer)));
        for pointer in pointers {
            if pointer.0.is_empty() {
                expect.report(rules::OVERLAY, place, &[&"the whole document would be removed"]);
                return;
            }
            remove(document, plain, &pointer);
        }
        return;
    }
    let Some(update) = action.get("update") else {
        return;
    };
    let depth = height(update);
    for pointer in pointers {
        if pointer.segments().count() + depth > MAX_DEPTH {
            expect.report(rules::TOO_DEEP, update, &[&MAX_DEPTH]);
            continue;
        }
        let Some(node) = at_mut(document, &pointer) else {
            continue;
        };
        match (&mut node.value, &update.value) {
            (Value::Array(nodes), Value::Array(more)) => nodes.extend(more.iter().cloned()),
            (Value::Array(nodes), _) => nodes.push(update.clone()),
            (Value::Object(_), Value::Object(_)) => merge(node, update),
            (Value::Object(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                expect.diagnostics.push(
                    Diagnostic::new(
                        rules::OVERLAY_MISMATCH,
                        update.span,
                        &[&update.noun(), &node.noun()],
                    )
                    .related(node.span, "what the target matches"),
                );
                continue;
            }
            _ => *node = update.clone(),
        }
        if let Some(plain) = plain.pointer_mut(&pointer.0) {
            *plain = node.to_json();
        }
    }
}

/// Objects are merged member by member, lists joined; everything else is replaced. Recursion is bounded by the
/// depth of the trees.
fn merge(node: &mut Node, update: &Node) {
    match (&mut node.value, &update.value) {
        (Value::Object(entries), Value::Object(updates)) => {
            for (key, update) in updates {
                match entries.get_mut(key) {
                    Some(entry) => merge(&mut entry.node, &update.node),
                    None => drop(entries.insert(key.clone(), update.clone())),
                }
            }
        }
        (Value::Array(nodes), Value::Array(more)) => nodes.extend(more.iter().cloned()),
        _ => *node = update.clone(),
    }
}

/// Places in the order of a document in which elements are counted, parents before children.
fn order(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer
        .segments()
        .map(|segment| (segment.parse().unwrap_or(0), segment))
        .collect()
}

fn remove(document: &mut Node, plain: &mut serde_json::Value, pointer: &Pointer) {
    let Some((parent, _)) = pointer.0.rsplit_once('/') else {
        return;
    };
    let last = pointer.segments().last().unwrap_or_default();
    let index = last.parse::<usize>().ok();
    match (
        at_mut(document, &Pointer(parent.to_owned())).map(|node| &mut node.value),
        index,
    ) {
        (Some(Value::Object(entries)), _) => drop(entries.shift_remove(&last)),
        (Some(Value::Array(nodes)), Some(index)) if index < nodes.len() => drop(nodes.remove(index)),
        _ => {}
    }
    match (plain.pointer_mut(parent), index) {
        (Some(serde_json::Value::Object(entries)), _) => drop(entries.shift_remove(&last)),
        (Some(serde_json::Value::Array(values)), Some(index)) if index < values.len() => {
            drop(values.remove(index));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
openapi: 3.0.3
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /a: {get: {tags: [a], deprecated: true}}
  /b: {get: {tags: [b]}}
";

    /// The document after these actions, and the findings with their places.
    fn applied(actions: &str) -> (serde_json::Value, String) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let document = sources.add("a.yaml", DOCUMENT);
        let text = format!("overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\nactions:\n{actions}");
        let overlay = sources.add("fix.yaml", text);
        let mut tree = yaml::parse(document, &sources, &mut diagnostics).expect("it is well-formed");
        apply(&mut tree, overlay, &sources, &mut diagnostics);
        let findings: Vec<String> = diagnostics
            .iter()
            .map(|found| {
                let place = found.span.and_then(|span| sources.locate(span)).expect("a place");
                format!("{place} {}", found.rule.name)
            })
            .collect();
        (tree.to_json(), findings.join("\n"))
    }

    #[test]
    fn updates_are_merged_and_appended() {
        let (document, findings) = applied(
            "- {target: '$.paths.*.get', update: {summary: S, tags: [x]}}\n\
             - {target: '$.tags', update: {name: d}}\n\
             - {target: \"$.paths['/a'].get.summary\", update: T}\n",
        );
        assert_eq!(findings, "");
        insta::assert_snapshot!(document, @r#"{"openapi":"3.0.3","tags":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}],"paths":{"/a":{"get":{"tags":["a","x"],"deprecated":true,"summary":"T"}},"/b":{"get":{"tags":["b","x"],"summary":"S"}}}}"#);
    }

    #[test]
    fn several_elements_are_removed_at_once() {
        let (document, findings) = applied(
            "- {target: \"$.tags[?@.name != 'b']\", remove: true}\n- {target: '$.paths[?@.get.deprecated]', remove: true}\n",
        );
        assert_eq!(findings, "");
        insta::assert_snapshot!(document, @r#"{"openapi":"3.0.3","tags":[{"name":"b"}],"paths":{"/b":{"get":{"tags":["b"]}}}}"#);
    }

    #[test]
    fn what_does_not_work_is_reported_with_its_place() {
        let (_, findings) = applied(
            "- {target: '$.nothing', remove: true}\n\
             - {target: 'paths', remove: true}\n\
             - {target: '$.paths', update: 3}\n\
             - {target: '$', remove: true}\n\
             - {update: {}}\n",
        );
        insta::assert_snapshot!(findings, @r"
        fix.yaml:4:12 overlay-unmatched
        fix.yaml:5:12 overlay-target
        fix.yaml:6:31 overlay-mismatch
        fix.yaml:7:12 overlay
        fix.yaml:8:3 missing-member
        ");
    }
}
