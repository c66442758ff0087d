//! Applies an OpenAPI Overlay (version 1.0) to the tree of a document. Added nodes have byte ranges in the
//! overlay.

use super::members::MemberReader;
use super::tree::{Node, Value};
use super::tree_rules::MAX_DEPTH;
use super::yaml;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::pointer::Pointer;
use crate::source::{SourceId, Sources};
use serde_json_path::JsonPath;
use std::cmp::Reverse;

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
    let mut members = MemberReader { sources, diagnostics };
    if !is_supported_overlay(&overlay, &mut members) {
        return;
    }
    members.report_unknown_members(&overlay, "an overlay", &["overlay", "info", "extends", "actions"]);
    let mut target = OverlaidDocument {
        json: document.to_json(),
        tree: document,
    };
    for action in members.list(&overlay, "actions") {
        if members.object(action, "an action").is_none() {
            continue;
        }
        members.report_unknown_members(
            action,
            "an action",
            &["target", "description", "update", "remove"],
        );
        if let Some(path) = target_path(action, &mut members) {
            target.apply_action(action, &path, &mut members);
        }
    }
}

/// Reports a text that is not an overlay of version 1.
fn is_supported_overlay(overlay: &Node, members: &mut MemberReader<'_>) -> bool {
    let Some(version) = overlay.get("overlay") else {
        members.report(rules::OVERLAY, overlay, &[&"it has no member `overlay`"]);
        return false;
    };
    let text = members.sources.text(version.span).trim_matches(['"', '\'']);
    if !text.starts_with("1.") {
        let reason = format!("version `{text}` is not supported");
        members.report(rules::OVERLAY, version, &[&reason]);
        return false;
    }
    true
}

/// The `JSONPath` expression of an action.
fn target_path(action: &Node, members: &mut MemberReader<'_>) -> Option<JsonPath> {
    let text = members.required_string(action, "an action", "target")?;
    JsonPath::parse(&text)
        .inspect_err(|error| {
            let target = action.get("target").unwrap_or(action);
            members.report(rules::OVERLAY_TARGET, target, &[&text, &error]);
        })
        .ok()
}

/// A document to which overlays are applied.
struct OverlaidDocument<'a> {
    tree: &'a mut Node,
    /// The same value as `tree`, on which `JSONPath` expressions are evaluated.
    json: serde_json::Value,
}

impl OverlaidDocument<'_> {
    fn apply_action(&mut self, action: &Node, path: &JsonPath, members: &mut MemberReader<'_>) {
        let mut pointers = self.matches(path);
        let target = action.get("target").unwrap_or(action);
        if pointers.is_empty() {
            members.report(rules::OVERLAY_UNMATCHED, target, &[&path]);
        }
        if members.is_true(action, "remove") {
            // Later elements and inner values first, so that the remaining pointers stay valid.
            pointers.sort_by_key(|pointer| Reverse(document_order(pointer)));
            for pointer in pointers {
                if pointer.0.is_empty() {
                    let reason = "the whole document would be removed";
                    return members.report(rules::OVERLAY, target, &[&reason]);
                }
                self.remove(&pointer);
            }
        } else if let Some(update) = action.get("update") {
            for pointer in pointers {
                self.update(&pointer, update, members);
            }
        }
    }

    fn matches(&self, path: &JsonPath) -> Vec<Pointer> {
        let nodes = path.query_located(&self.json).dedup();
        let pointers = nodes.locations().map(|location| {
            let segments = location.iter().map(|element| match element.as_index() {
                Some(index) => index.to_string(),
                None => element.as_name().unwrap_or_default().to_owned(),
            });
            segments.fold(Pointer::default(), |at, segment| at.child(segment))
        });
        pointers.collect()
    }

    /// Merges `update` into the value at `pointer`.
    fn update(&mut self, pointer: &Pointer, update: &Node, members: &mut MemberReader<'_>) {
        if pointer.segments().count() + update.height() > MAX_DEPTH {
            return members.report(rules::TOO_DEEP, update, &[&MAX_DEPTH]);
        }
        let Some(node) = self.tree.at_mut(pointer) else {
            return;
        };
        match (&mut node.value, &update.value) {
            (Value::Array(nodes), Value::Array(more)) => nodes.extend(more.iter().cloned()),
            (Value::Array(nodes), _) => nodes.push(update.clone()),
            (Value::Object(_), Value::Object(_)) => merge(node, update),
            (Value::Object(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                return members.diagnostics.push(
                    Diagnostic::new(
                        rules::OVERLAY_MISMATCH,
                        update.span,
                        &[&update.type_name(), &node.type_name()],
                    )
                    .related(node.span, "the target matches this value"),
                );
            }
            _ => *node = update.clone(),
        }
        if let Some(value) = self.json.pointer_mut(&pointer.0) {
            *value = node.to_json();
        }
    }

    fn remove(&mut self, pointer: &Pointer) {
        let Some((parent, _)) = pointer.0.rsplit_once('/') else {
            return;
        };
        let key = pointer.segments().last().unwrap_or_default();
        let index = key.parse::<usize>().ok();
        let node = self.tree.at_mut(&Pointer(parent.to_owned()));
        match (node.map(|node| &mut node.value), index) {
            (Some(Value::Object(entries)), _) => drop(entries.shift_remove(&key)),
            (Some(Value::Array(nodes)), Some(index)) if index < nodes.len() => drop(nodes.remove(index)),
            _ => {}
        }
        match (self.json.pointer_mut(parent), index) {
            (Some(serde_json::Value::Object(entries)), _) => drop(entries.shift_remove(&key)),
            (Some(serde_json::Value::Array(values)), Some(index)) if index < values.len() => {
                drop(values.remove(index));
            }
            _ => {}
        }
    }
}

/// Merges objects member by member and appends to lists; any other value is replaced. Recursion is bounded by
/// [`MAX_DEPTH`].
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

/// A sort key that orders elements by their index, and values before what they contain.
fn document_order(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer
        .segments()
        .map(|segment| (segment.parse().unwrap_or(0), segment))
        .collect()
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

    /// The document after these actions, and the findings with their locations.
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
    fn objects_are_merged_and_lists_extended() {
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
    fn actions_that_cannot_be_applied_are_reported() {
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
