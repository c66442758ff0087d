//! Parses a YAML or JSON text into a tree. Supports the core schema, aliases and merge keys of YAML. Independent of
//! OpenAPI.
//!
//! A text that starts like JSON is parsed as JSON first: YAML has no surrogate pairs and limits the length of keys,
//! so some JSON texts are not valid YAML.

mod builder;
mod indentation;
mod scalar;

#[cfg(test)]
mod tests;

use super::json;
use super::tree::Node;
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{SourceId, Sources, Span};
use builder::{Failure, TreeBuilder};
use indentation::Indented;

/// Parses a text. `None` if it cannot be parsed, which is reported.
pub fn parse(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = sources.get(source)?.text();
    let content = text.trim_start_matches('\u{feff}').trim_start();
    if !content.starts_with(['{', '[']) {
        return parse_yaml(source, text, diagnostics);
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
    let tree = parse_yaml(source, text, &mut yaml_findings);
    if tree.is_some() {
        push_all(&yaml_findings, diagnostics);
    } else {
        diagnostics.push(syntax_error);
    }
    tree
}

fn parse_yaml(source: SourceId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut findings = Diagnostics::default();
    let mut tree = TreeBuilder::new(source, text, &mut findings).build();
    if tree == Err(Failure::QuotedIndentation)
        && let Some((indented, findings_if_indented)) = parse_indented(source, text)
    {
        (tree, findings) = (Ok(indented), findings_if_indented);
    }
    push_all(&findings, diagnostics);
    tree.ok()
}

/// Parses a text as if its quoted scalars were indented. `None` if that does not help.
fn parse_indented(source: SourceId, text: &str) -> Option<(Node, Diagnostics)> {
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let indented = Indented::new(content)?;
    let mut findings = Diagnostics::default();
    let builder = TreeBuilder::new(source, text, &mut findings);
    let tree = builder.with_indentation(&indented).build().ok()?;
    let line = content[indented.first_place()..].lines().next()?;
    let end = text.len() - content.len() + indented.first_place() + line.len();
    let span = Span {
        source,
        start: u32::try_from(end - line.trim_start().len()).ok()?,
        end: u32::try_from(end).ok()?,
    };
    findings.report(rules::QUOTED_INDENTATION, span, &[&indented.scalars]);
    Some((tree, findings))
}

fn push_all(findings: &Diagnostics, diagnostics: &mut Diagnostics) {
    findings
        .iter()
        .for_each(|finding| diagnostics.push(finding.clone()));
}
