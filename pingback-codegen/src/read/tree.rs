//! The tree of a YAML or JSON text. Every node has its byte range.

use super::number::Number;
pub use crate::pointer::Pointer;
use crate::source::Span;
use indexmap::IndexMap;

/// A value and its byte range.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The byte range of the whole value.
    pub span: Span,
}

/// A value of JSON's data model.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`; in YAML also `~` or an empty scalar.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a float.
    Number(Number),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping, in document order. A YAML key that is not a string, such as `200`, is represented by its text.
    Object(IndexMap<String, Entry>),
}

/// A member of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The byte range of the key.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The value of the member `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The member `key` with the byte range of the key, if this is a mapping that has it.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Object(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The value of the member `key`, if this is a mapping that has it and the value is not `null`.
    #[must_use]
    pub fn get_non_null(&self, key: &str) -> Option<&Node> {
        self.get(key).filter(|node| !node.is_null())
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The elements, if this is a sequence.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(nodes) => Some(nodes),
            _ => None,
        }
    }

    /// The members, if this is a mapping.
    #[must_use]
    pub fn as_object(&self) -> Option<&IndexMap<String, Entry>> {
        match &self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The node at `pointer`. No `$ref` is followed.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| node.child(&segment))
    }

    /// The node at `pointer`, to be changed. No `$ref` is followed.
    pub(super) fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match &mut node.value {
                Value::Object(entries) => entries.get_mut(&segment).map(|entry| &mut entry.node),
                Value::Array(nodes) => segment
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| nodes.get_mut(index)),
                _ => None,
            })
    }

    /// The member with the key `segment` or the element with the index `segment`: one step of a JSON pointer.
    #[must_use]
    pub fn child(&self, segment: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(entries) => entries.get(segment).map(|entry| &entry.node),
            Value::Array(nodes) => segment.parse::<usize>().ok().and_then(|index| nodes.get(index)),
            _ => None,
        }
    }

    /// The pointer of the innermost value that contains the start of `span`, in its own text or in its key.
    #[must_use]
    pub fn pointer_at(&self, span: Span) -> Pointer {
        let contains_start = |outer: Span| {
            outer.source == span.source
                && outer.start <= span.start
                && span.start < outer.end.max(outer.start + 1)
        };
        let mut pointer = Pointer::default();
        let mut node = self;
        loop {
            let next = match &node.value {
                Value::Array(nodes) => nodes
                    .iter()
                    .enumerate()
                    .find(|(_, node)| contains_start(node.span))
                    .map(|(index, node)| (pointer.child(index), node)),
                Value::Object(entries) => entries
                    .iter()
                    .find(|(_, entry)| contains_start(entry.key_span) || contains_start(entry.node.span))
                    .map(|(key, entry)| (pointer.child(key), &entry.node)),
                _ => None,
            };
            let Some((below, inner)) = next else {
                return pointer;
            };
            (pointer, node) = (below, inner);
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// Whether this is `null`, an empty sequence or an empty mapping.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Array(nodes) => nodes.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// The kind of value with its article, for messages: `a string`, `null`.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "a mapping",
        }
    }

    /// How many levels of sequences and mappings the value has: 0 for a scalar. Recursion is bounded by
    /// [`MAX_DEPTH`](super::yaml::MAX_DEPTH).
    pub(super) fn height(&self) -> usize {
        match &self.value {
            Value::Array(nodes) => 1 + nodes.iter().map(Node::height).max().unwrap_or(0),
            Value::Object(entries) => {
                let heights = entries.values().map(|entry| entry.node.height());
                1 + heights.max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// The value as `serde_json` represents it. Integers of more than 64 bits are rounded.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.rounded().clone().into(),
            Value::String(text) => text.clone().into(),
            Value::Array(nodes) => nodes.iter().map(Node::to_json).collect(),
            Value::Object(entries) => entries
                .iter()
                .map(|(key, entry)| (key.clone(), entry.node.to_json()))
                .collect(),
        }
    }

    /// The value as JSON text, if it contains an integer of more than 64 bits, which [`Node::to_json`] rounds.
    #[must_use]
    pub fn exact_json(&self) -> Option<String> {
        if !self.has_big_integer() {
            return None;
        }
        let mut text = String::new();
        self.write_exact(&mut text);
        Some(text)
    }

    fn has_big_integer(&self) -> bool {
        match &self.value {
            Value::Number(number) => number.big_integer_digits().is_some(),
            Value::Array(nodes) => nodes.iter().any(Node::has_big_integer),
            Value::Object(entries) => entries.values().any(|entry| entry.node.has_big_integer()),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }

    /// Recursion is bounded by [`MAX_DEPTH`](super::yaml::MAX_DEPTH).
    fn write_exact(&self, text: &mut String) {
        match &self.value {
            Value::Number(number) => text.push_str(&number.to_string()),
            Value::Array(nodes) => {
                text.push('[');
                for (index, node) in nodes.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    node.write_exact(text);
                }
                text.push(']');
            }
            Value::Object(entries) => {
                text.push('{');
                for (index, (key, entry)) in entries.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    text.push_str(&serde_json::Value::from(key.as_str()).to_string());
                    text.push(':');
                    entry.node.write_exact(text);
                }
                text.push('}');
            }
            Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&self.to_json().to_string()),
        }
    }
}
