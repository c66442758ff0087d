//! Finds the components that operations use, directly or through other components.

use super::files::for_each_reference;
use super::reference::Target;
use super::tree::{Node, Pointer};
use std::collections::HashSet;

/// The components of a document that its paths lead to.
#[derive(Debug)]
pub(crate) struct UsedComponents(HashSet<Pointer>);

impl UsedComponents {
    /// Follows all references of the paths.
    pub(crate) fn of(root: &Node) -> Self {
        let mut used = HashSet::new();
        let mut queue: Vec<&Node> = root.get("paths").into_iter().collect();
        while let Some(node) = queue.pop() {
            for_each_reference(node, &mut |text| {
                if let Target::SameDocument(pointer) = Target::parse(text)
                    && let Some(component) = component_of(&pointer)
                    && !used.contains(&component)
                {
                    queue.extend(root.at(&component));
                    used.insert(component);
                }
            });
        }
        Self(used)
    }

    /// Whether the object at `pointer` is a used component or lies in one. Objects outside of the components are used.
    /// So are security schemes: operations refer to them by name.
    pub(crate) fn contains(&self, pointer: &Pointer) -> bool {
        component_of(pointer).is_none_or(|component| {
            component.0.starts_with("/components/securitySchemes/") || self.0.contains(&component)
        })
    }
}

/// The component at `pointer`, or the one that contains it.
fn component_of(pointer: &Pointer) -> Option<Pointer> {
    let mut segments = pointer.segments();
    if segments.next()? != "components" {
        return None;
    }
    let (section, name) = (segments.next()?, segments.next()?);
    Some(Pointer::default().child("components").child(section).child(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::yaml;
    use crate::source::Sources;

    #[test]
    fn components_are_used_through_other_components() {
        let text = "\
paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/R'}}}}}
components:
  responses: {R: {content: {a/b: {schema: {items: {$ref: '#/components/schemas/A/properties/b'}}}}}}
  schemas:
    A: {properties: {b: {$ref: '#/components/schemas/B'}}}
    B: {items: {$ref: '#/components/schemas/A'}}
    C: {items: {$ref: '#/components/schemas/C'}}
  securitySchemes: {S: {}}
";
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let root = yaml::parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
        let used = UsedComponents::of(&root);
        let is_used = |pointer: &str| used.contains(&Pointer(pointer.to_owned()));
        assert!(is_used("/components/responses/R"));
        assert!(is_used("/components/schemas/A"));
        assert!(is_used("/components/schemas/B/items"));
        assert!(!is_used("/components/schemas/C"));
        assert!(is_used("/components/securitySchemes/S"));
        assert!(is_used("/paths/~1a"));
    }
}
