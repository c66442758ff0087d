//! Suggestions for names that do not exist: the name that was probably meant.

use super::tree::{Node, Pointer, Value};

/// The name among `candidates` that is most similar to `name`, if one is similar enough.
pub(super) fn closest_name<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit * 4)
        .map(|candidate| {
            let distance = if candidate.eq_ignore_ascii_case(name) {
                0
            } else {
                strsim::damerau_levenshtein(name, candidate)
            };
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// An existing reference that differs from `missing` in one segment, which is similar.
pub(super) fn closest_reference(root: &Node, missing: &Pointer) -> Option<String> {
    let mut at = Pointer::default();
    let mut node = root;
    let mut segments = missing.segments();
    while let Some(segment) = segments.next() {
        if let Some(child) = node.child(&segment) {
            at = at.child(&segment);
            node = child;
            continue;
        }
        let Value::Object(entries) = &node.value else {
            return None;
        };
        let closest = closest_name(&segment, entries.keys().map(String::as_str))?;
        let mut pointer = at.child(closest);
        for segment in segments {
            pointer = pointer.child(segment);
        }
        root.at(&pointer)?;
        return Some(format!("#{}", pointer.0));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::yaml;
    use crate::source::Sources;

    #[test]
    fn a_similar_reference_is_suggested() {
        let mut sources = Sources::default();
        let text = "components: {schemas: {Subscriber: {}, Segment: {}}}\n";
        let id = sources.add("a.yaml", text);
        let root = yaml::parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
        let closest = |pointer: &str| closest_reference(&root, &Pointer(pointer.to_owned()));
        assert_eq!(
            closest("/components/schemas/Subscribers").as_deref(),
            Some("#/components/schemas/Subscriber")
        );
        assert_eq!(
            closest("/components/schema/Segment").as_deref(),
            Some("#/components/schemas/Segment")
        );
        assert_eq!(closest("/components/schemas/Invoice"), None);
    }
}
