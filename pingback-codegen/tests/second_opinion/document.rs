//! A document as plain JSON: read with another parser than the generator's, and searched by references only.

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::fmt;

/// A document, with all keys as strings.
pub(crate) struct Document {
    pub(crate) root: Value,
    /// In OpenAPI 3.0, `nullable` is a keyword, and keywords beside `$ref` are ignored.
    pub(crate) is_3_0: bool,
}

impl Document {
    pub(crate) fn parse(text: &str) -> Self {
        let Node(root) = serde_yaml::from_str(text).expect("the document is YAML or JSON");
        let is_3_0 = root["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.0"));
        Self { root, is_3_0 }
    }

    /// The node that a node refers to, or the node itself if it has no `$ref`.
    pub(crate) fn resolve<'d>(&'d self, node: &'d Value) -> &'d Value {
        let mut node = node;
        for _ in 0..16 {
            match self.target(node) {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }

    /// The node that `$ref` names; `None` if there is no `$ref`.
    pub(crate) fn target(&self, node: &Value) -> Option<&Value> {
        let reference = node.get("$ref")?.as_str()?;
        let pointer = reference.strip_prefix('#')?;
        self.root
            .pointer(&pointer.replace("%7B", "{").replace("%7D", "}"))
    }
}

/// A node of a YAML text. A number keeps its value as far as `f64` can hold it, and the key `200` is `"200"`.
struct Node(Value);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Node)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "bounds are compared as floats")]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "bounds are compared as floats")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Node(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((Node(key), Node(value))) = members.next_entry()? {
            let key = match key {
                Value::String(text) => text,
                other => other.to_string(),
            };
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
