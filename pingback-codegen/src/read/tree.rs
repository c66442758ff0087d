//! A YAML or JSON text as a tree whose every node knows its byte range. Built by `yaml`; knows nothing of
//! OpenAPI.

use super::number::Number;
pub use crate::pointer::Pointer;
use crate::source::Span;
use indexmap::IndexMap;

/// One value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// The byte range of the whole value.
    pub span: Span,
}

/// What a node holds: JSON's data model.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a float.
    Number(Number),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping, in document order; keys that are no strings are taken as their text.
    Object(IndexMap<String, Entry>),
}

/// One member of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The byte range of the key.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The member of that name, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Like [`Node::get`], with the place of the key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Object(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
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

    /// The node at `pointer`, without following any `$ref` on the way.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| node.step(&segment))
    }

    /// The member of that name or the element of that number.
    #[must_use]
    pub fn step(&self, segment: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(entries) => entries.get(segment).map(|entry| &entry.node),
            Value::Array(nodes) => segment.parse::<usize>().ok().and_then(|index| nodes.get(index)),
            _ => None,
        }
    }

    /// The pointer of the innermost value that `span` starts in, or whose key it starts in.
    #[must_use]
    pub fn pointer_at(&self, span: Span) -> Pointer {
        let holds = |outer: Span| {
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
                    .find(|(_, node)| holds(node.span))
                    .map(|(index, node)| (pointer.child(index), node)),
                Value::Object(entries) => entries
                    .iter()
                    .find(|(_, entry)| holds(entry.key_span) || holds(entry.node.span))
                    .map(|(key, entry)| (pointer.child(key), &entry.node)),
                _ => None,
            };
            let Some((below, inner)) = next else {
                return pointer;
            };
            (pointer, node) = (below, inner);
        }
    }

    /// Is it `null`, or a sequence or mapping of nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Array(nodes) => nodes.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// How to speak of what it is: `a string`, `null`.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "a mapping",
        }
    }

    /// The same as plain JSON; integers of more than 64 bits are rounded.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.near().clone().into(),
            Value::String(text) => text.clone().into(),
            Value::Array(nodes) => nodes.iter().map(Node::to_json).collect(),
            Value::Object(entries) => entries
                .iter()
                .map(|(key, entry)| (key.clone(), entry.node.to_json()))
                .collect(),
        }
    }

    /// The same as JSON text, if it holds an integer of more than 64 bits, which [`Node::to_json`] rounds.
    #[must_use]
    pub fn exact_json(&self) -> Option<String> {
        if !self.is_wide() {
            return None;
        }
        let mut text = String::new();
        self.write_exact(&mut text);
        Some(text)
    }

    fn is_wide(&self) -> bool {
        match &self.value {
            Value::Number(number) => number.exact().is_some(),
            Value::Array(nodes) => nodes.iter().any(Node::is_wide),
            Value::Object(entries) => entries.values().any(|entry| entry.node.is_wide()),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }

    /// Recursion is bounded by the depth of the tree.
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
