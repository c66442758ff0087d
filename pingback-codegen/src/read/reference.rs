//! `$ref`: the parts of its text, and the node that it leads to. Independent of the kinds of objects.

use super::tree::{Entry, Node, Pointer, Value};
use crate::source::Span;

/// How many references are followed in a row before they count as a cycle.
pub(super) const MAX_HOPS: usize = 100;

/// How many segments of pointers may be left to walk before a chain of references counts as a cycle.
const MAX_SEGMENTS: usize = 1000;

/// The target that the text of a `$ref` names.
#[derive(Debug, PartialEq)]
pub(super) enum Target {
    /// A node of the same document.
    SameDocument(Pointer),
    /// A node of another document.
    OtherDocument,
    /// An `$anchor`, or a text that is not a URI reference.
    Unsupported,
}

impl Target {
    /// Parses the text of a `$ref`.
    pub(super) fn parse(text: &str) -> Self {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        if text.trim().is_empty() {
            return Self::Unsupported;
        }
        if !file.is_empty() {
            return Self::OtherDocument;
        }
        if fragment.is_empty() || fragment.starts_with('/') {
            Self::SameDocument(Pointer(percent_decoded(fragment)))
        } else {
            Self::Unsupported
        }
    }
}

/// Decodes the percent-encoded bytes of a fragment. A text that would not be UTF-8 afterwards stays unchanged.
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

/// The text of a node's `$ref`, if it has one that is a string.
pub(super) fn reference_text(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)
}

/// The text of a reference to a node of the same document.
pub(super) fn local_reference(pointer: &Pointer) -> String {
    format!("#{}", pointer.0.replace('%', "%25"))
}

/// A node that is only a reference.
pub(super) fn reference_node(text: String, span: Span) -> Node {
    let entry = Entry {
        key_span: span,
        node: Node {
            value: Value::String(text),
            span,
        },
    };
    Node {
        value: Value::Object(std::iter::once(("$ref".to_owned(), entry)).collect()),
        span,
    }
}

/// The result of following references.
#[derive(Debug)]
pub(super) enum Resolved<'t> {
    /// The node and its pointer.
    Found(Pointer, &'t Node),
    /// There is no such node.
    Missing,
    /// The references lead back to themselves.
    Cycle,
}

/// Whether a `$ref` at the end of a pointer is followed, too.
#[derive(Clone, Copy, PartialEq)]
enum LastReference {
    Follow,
    Keep,
}

/// Resolves `pointer` to a node that is not itself a reference. Each `$ref` on the way and at the end is followed.
pub(super) fn resolve<'t>(root: &'t Node, pointer: &Pointer) -> Resolved<'t> {
    follow(root, pointer, LastReference::Follow)
}

/// Resolves `pointer` to a node, which may be a reference. Each `$ref` on the way is followed, one at the end is
/// not.
pub(super) fn locate<'t>(root: &'t Node, pointer: &Pointer) -> Resolved<'t> {
    follow(root, pointer, LastReference::Keep)
}

fn follow<'t>(root: &'t Node, pointer: &Pointer, last: LastReference) -> Resolved<'t> {
    // Hardly any pointer leads through a reference.
    if let Some(node) = root.at(pointer)
        && (last == LastReference::Keep || reference_text(node).is_none())
    {
        return Resolved::Found(pointer.clone(), node);
    }
    // The segments that are still to be walked, the next one last.
    let mut remaining = reversed_segments(pointer);
    let mut at = Pointer::default();
    let mut node = root;
    let mut hops = 0;
    loop {
        if let Some(segment) = remaining.last()
            && let Some(child) = node.child(segment)
        {
            at = at.child(segment);
            node = child;
            remaining.pop();
            continue;
        }
        let Some(text) = reference_text(node) else {
            return if remaining.is_empty() {
                Resolved::Found(at, node)
            } else {
                Resolved::Missing
            };
        };
        if remaining.is_empty() && last == LastReference::Keep {
            return Resolved::Found(at, node);
        }
        let Target::SameDocument(target) = Target::parse(text) else {
            return Resolved::Missing;
        };
        remaining.extend(reversed_segments(&target));
        hops += 1;
        if hops > MAX_HOPS || remaining.len() > MAX_SEGMENTS {
            return Resolved::Cycle;
        }
        at = Pointer::default();
        node = root;
    }
}

/// The segments of a pointer, the last one first.
pub(super) fn reversed_segments(pointer: &Pointer) -> Vec<String> {
    let mut segments: Vec<String> = pointer.segments().collect();
    segments.reverse();
    segments
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

    fn resolved(root: &Node, pointer: &str) -> String {
        match resolve(root, &Pointer(pointer.to_owned())) {
            Resolved::Found(at, _) => at.0,
            Resolved::Missing => "missing".to_owned(),
            Resolved::Cycle => "cycle".to_owned(),
        }
    }

    #[test]
    fn a_fragment_is_a_percent_encoded_pointer() {
        assert_eq!(
            Target::parse("#/paths/~1a~1%7Bid%7D/get"),
            Target::SameDocument(Pointer("/paths/~1a~1{id}/get".to_owned()))
        );
        assert_eq!(Target::parse("#"), Target::SameDocument(Pointer::default()));
        assert_eq!(
            Target::parse("#/100%"),
            Target::SameDocument(Pointer("/100%".to_owned()))
        );
        assert_eq!(
            Target::parse("#/%ff"),
            Target::SameDocument(Pointer("/%ff".to_owned()))
        );
        assert_eq!(Target::parse("other.yaml#/a"), Target::OtherDocument);
        assert_eq!(Target::parse("#anchor"), Target::Unsupported);
    }

    #[test]
    fn references_on_the_way_are_followed() {
        let root = tree("a: {$ref: '#/b'}\nb: {$ref: '#/c'}\nc: {d: [{$ref: '#/e'}]}\ne: 1\n");
        assert_eq!(resolved(&root, "/a/d/0"), "/e");
        assert_eq!(resolved(&root, "/a"), "/c");
        assert_eq!(resolved(&root, "/a/x"), "missing");
    }

    #[test]
    fn cycles_are_found() {
        let root = tree("a: {$ref: '#/b'}\nb: {$ref: '#/a'}\ngrow: {$ref: '#/grow/x'}\n");
        assert_eq!(resolved(&root, "/a"), "cycle");
        assert_eq!(resolved(&root, "/grow"), "cycle");
    }
}
