//! Parses a YAML or JSON text into a tree. Supports the core schema, aliases and merge keys of YAML. Independent of
//! OpenAPI.
//!
//! A text that starts like JSON is parsed as JSON first: YAML has no surrogate pairs and limits the length of keys,
//! so some JSON texts are not valid YAML.

mod builder;
mod scalar;

#[cfg(test)]
mod tests;

use super::json;
use super::tree::Node;
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{SourceId, Sources};
use builder::TreeBuilder;

/// Parses a text. `None` if it cannot be parsed, which is reported.
pub fn parse(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = sources.get(source)?.text();
    let content = text.trim_start_matches('\u{feff}').trim_start();
    if !content.starts_with(['{', '[']) {
        return TreeBuilder::new(source, text, diagnostics).build();
    }
    let syntax_error = match json::parse(source, text) {
        Ok(parsed) => {
            let duplicate_keys = parsed.duplicate_keys.into_iter();
            duplicate_keys.for_each(|finding| diagnostics.push(finding));
            return Some(parsed.root);
        }
        Err(error) if error.rule != rules::SYNTAX => {
            diagnostics.push(error);
            return None;
        }
        Err(error) => error,
    };
    // It may be YAML in flow style, with comments, single quotes or a trailing comma.
    let mut yaml_findings = Diagnostics::default();
    let tree = TreeBuilder::new(source, text, &mut yaml_findings).build();
    if tree.is_some() {
        let findings = yaml_findings.iter().cloned();
        findings.for_each(|finding| diagnostics.push(finding));
    } else {
        diagnostics.push(syntax_error);
    }
    tree
}
