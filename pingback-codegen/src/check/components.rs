//! Checks the names of components.

use crate::diagnostic::{Diagnostics, rules};
use crate::read::Document;
use crate::read::tree::Node;

/// Reports names that the specification does not allow: all members of the components are "objects that MUST use keys
/// that match the regular expression: `^[a-zA-Z0-9\.\-_]+$`" (OpenAPI 3.0.3, section 4.7.7).
pub(super) fn report_invalid_names(document: &Document, diagnostics: &mut Diagnostics) {
    let sections = document.tree.get("components").and_then(Node::as_object);
    for (section, components) in sections.into_iter().flatten() {
        let components = components.node.as_object().filter(|_| !section.starts_with("x-"));
        for (name, component) in components.into_iter().flatten() {
            if !is_allowed(name) {
                diagnostics.report(rules::COMPONENT_NAME, component.key_span, &[name]);
            }
        }
    }
}

fn is_allowed(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !name.is_empty() && name.bytes().all(is_allowed)
}
