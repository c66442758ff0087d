//! The names of components, which the specification has rules for. One that breaks them is generated all the same.

use super::Lowering;
use crate::diagnostic::rules;
use crate::read::tree::Pointer;

/// Reports names that the specification does not allow: "All the fixed fields declared above are objects that MUST
/// use keys that match the regular expression: `^[a-zA-Z0-9\.\-_]+$`" (OpenAPI 3.0.3, section 4.7.7).
pub(super) fn check_names(lowering: &mut Lowering<'_>) {
    let root = Pointer("/components".to_owned());
    let reader = lowering.reader;
    let Some(kinds) = reader.resolve(&root).and_then(|(_, node)| node.as_object()) else {
        return;
    };
    for (kind, components) in kinds {
        let Some(components) = components.node.as_object().filter(|_| !kind.starts_with("x-")) else {
            continue;
        };
        for (name, component) in components.iter().filter(|(name, _)| !is_allowed(name)) {
            let span = component.key_span;
            lowering.diagnostics.report(rules::COMPONENT_NAME, span, &[name]);
        }
    }
}

fn is_allowed(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !name.is_empty() && name.bytes().all(allowed)
}
