//! `$ref`s: what their text means and where they lead in the tree. Knows nothing of what is found there.

use super::tree::{Node, Pointer, Value};

/// More references on one way than any document has.
pub(super) const MAX_HOPS: usize = 100;

/// What the text of a `$ref` names.
#[derive(Debug, PartialEq)]
pub(super) enum Target {
    /// A place in this document.
    Here(Pointer),
    /// A place in another one.
    Elsewhere,
    /// An `$anchor` or something that is no URI reference.
    Unsupported,
}

/// Reads the text of a `$ref`.
pub(super) fn target(text: &str) -> Target {
    let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
    if text.trim().is_empty() {
        return Target::Unsupported;
    }
    if !file.is_empty() {
        return Target::Elsewhere;
    }
    if fragment.is_empty() || fragment.starts_with('/') {
        Target::Here(Pointer(percent_decoded(fragment)))
    } else {
        Target::Unsupported
    }
}

/// A fragment with its `%41` as characters; as it is if that gives no text.
pub(super) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The `$ref` of a node, if it is a text.
pub(super) fn of(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)
}

/// Where references lead when they are followed.
#[derive(Debug)]
pub(super) enum Followed<'t> {
    /// To this definition.
    To(Pointer, &'t Node),
    /// To nothing.
    Nowhere,
    /// Back to themselves.
    Cycle,
}

/// The definition at `pointer`: walks down from the root, and goes on at the target where a `$ref` stands in
/// the way or at the end.
pub(super) fn definition<'t>(root: &'t Node, pointer: &Pointer) -> Followed<'t> {
    follow(root, pointer, true)
}

/// Like [`definition`], but a `$ref` at the very end is not followed.
pub(super) fn place<'t>(root: &'t Node, pointer: &Pointer) -> Followed<'t> {
    follow(root, pointer, false)
}

fn follow<'t>(root: &'t Node, pointer: &Pointer, to_the_end: bool) -> Followed<'t> {
    // Nearly always the pointer is right as it is.
    if let Some(node) = root.at(pointer)
        && (!to_the_end || of(node).is_none())
    {
        return Followed::To(pointer.clone(), node);
    }
    let mut rest: Vec<String> = pointer.segments().collect();
    rest.reverse();
    let mut at = Pointer::default();
    let mut node = root;
    let mut hops = 0;
    loop {
        if let Some(segment) = rest.last()
            && let Some(next) = node.step(segment)
        {
            at = at.child(segment);
            node = next;
            rest.pop();
            continue;
        }
        let text = of(node);
        match text {
            None if rest.is_empty() => return Followed::To(at, node),
            Some(_) if rest.is_empty() && !to_the_end => return Followed::To(at, node),
            None => return Followed::Nowhere,
            Some(text) => {
                hops += 1;
                if hops > MAX_HOPS {
                    return Followed::Cycle;
                }
                let Target::Here(next) = target(text) else {
                    return Followed::Nowhere;
                };
                let mut segments: Vec<String> = next.segments().collect();
                segments.reverse();
                rest.extend(segments);
                // A way that only ever grows leads nowhere.
                if rest.len() > MAX_HOPS * 10 {
                    return Followed::Cycle;
                }
                at = Pointer::default();
                node = root;
            }
        }
    }
}

/// The name among `candidates` that somebody may have meant by `name`.
pub(super) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
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

/// A reference that exists and is as good as like the one that doesn't.
pub(super) fn suggestion(root: &Node, missing: &Pointer) -> Option<String> {
    let mut at = Pointer::default();
    let mut node = root;
    let mut segments = missing.segments();
    while let Some(segment) = segments.next() {
        if let Some(next) = node.step(&segment) {
            at = at.child(&segment);
            node = next;
            continue;
        }
        let Value::Object(entries) = &node.value else {
            return None;
        };
        let near = nearest(&segment, entries.keys().map(String::as_str))?;
        let mut pointer = at.child(near);
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

    fn tree(text: &str) -> Node {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        yaml::parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed")
    }

    fn followed(root: &Node, pointer: &str) -> String {
        match definition(root, &Pointer(pointer.to_owned())) {
            Followed::To(at, _) => at.0,
            Followed::Nowhere => "nowhere".to_owned(),
            Followed::Cycle => "cycle".to_owned(),
        }
    }

    #[test]
    fn a_fragment_is_a_percent_encoded_pointer() {
        assert_eq!(
            target("#/paths/~1a~1%7Bid%7D/get"),
            Target::Here(Pointer("/paths/~1a~1{id}/get".to_owned()))
        );
        assert_eq!(target("#"), Target::Here(Pointer::default()));
        assert_eq!(target("#/100%"), Target::Here(Pointer("/100%".to_owned())));
        assert_eq!(target("#/%ff"), Target::Here(Pointer("/%ff".to_owned())));
        assert_eq!(target("other.yaml#/a"), Target::Elsewhere);
        assert_eq!(target("#anchor"), Target::Unsupported);
    }

    #[test]
    fn references_on_the_way_are_followed() {
        let root = tree("a: {$ref: '#/b'}\nb: {$ref: '#/c'}\nc: {d: [{$ref: '#/e'}]}\ne: 1\n");
        assert_eq!(followed(&root, "/a/d/0"), "/e");
        assert_eq!(followed(&root, "/a"), "/c");
        assert_eq!(followed(&root, "/a/x"), "nowhere");
    }

    #[test]
    fn circles_end() {
        let root = tree("a: {$ref: '#/b'}\nb: {$ref: '#/a'}\ngrow: {$ref: '#/grow/x'}\n");
        assert_eq!(followed(&root, "/a"), "cycle");
        assert_eq!(followed(&root, "/grow"), "cycle");
    }

    #[test]
    fn something_near_is_suggested() {
        let root = tree("components: {schemas: {Subscriber: {}, Segment: {}}}\n");
        let near = |pointer: &str| suggestion(&root, &Pointer(pointer.to_owned()));
        assert_eq!(
            near("/components/schemas/Subscribers").as_deref(),
            Some("#/components/schemas/Subscriber")
        );
        assert_eq!(
            near("/components/schema/Segment").as_deref(),
            Some("#/components/schemas/Segment")
        );
        assert_eq!(near("/components/schemas/Invoice"), None);
    }
}
