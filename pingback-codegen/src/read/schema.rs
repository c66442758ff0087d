//! Schema objects, read from the tree into one flat form for OpenAPI 3.0 and 3.1 alike. Why not through
//! `openapiv3`: it has no place for what 3.1 adds and drops what stands beside a `$ref` (ARCHITECTURE.md).

pub(super) mod keywords;
pub(crate) mod misfit;
mod untyped;

pub(crate) use keywords::fits;

use super::number::Number;
use super::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;

/// One schema, by its number in [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// Every schema object of a document, each once.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    /// In document order, parents before children.
    pub list: Vec<Schema>,
    /// By the place of its definition.
    pub by_pointer: HashMap<Pointer, SchemaId>,
}

/// So many schemas are looked at to find what holds of one value.
const MOST_LAYERS: usize = 200;

impl Schemas {
    /// The schemas that all describe one value: the schema itself, what it refers to, and its `allOf` parts.
    pub(crate) fn layers(&self, schema: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        let mut open = vec![schema];
        while let Some(id) = open.pop() {
            if found.len() < MOST_LAYERS && !found.contains(&id) {
                found.push(id);
                open.extend(self[id].all_of.iter().rev());
                open.extend(self[id].reference);
            }
        }
        found
    }
}

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.list[id.0 as usize]
    }
}

/// The seven types of JSON Schema less `null`, which is [`Schema::nullable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `true` and `false`.
    Boolean,
    /// A number without fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// `additionalProperties` (or, merged into it, `patternProperties` and `unevaluatedProperties`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Additional {
    /// The document does not say.
    #[default]
    Unsaid,
    /// `true` or `{}`.
    Any,
    /// `false`.
    Denied,
    /// Each of this schema.
    Schema(SchemaId),
}

/// A value that the document gives, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// The value.
    pub value: serde_json::Value,
    /// The value as JSON text, if it holds an integer of more than 64 bits: that is rounded in `value`.
    pub exact: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Literal {
    /// What stands at a node.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        Self {
            value: node.to_json(),
            exact: node.exact_json(),
            span: node.span,
        }
    }

    /// The value as JSON text, with all digits.
    #[must_use]
    pub fn text(&self) -> String {
        self.exact.clone().unwrap_or_else(|| self.value.to_string())
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match (&self.value, &self.exact) {
            (serde_json::Value::Number(_), Some(digits)) => Number::integer(digits),
            (serde_json::Value::Number(near), None) => Some(near.clone().into()),
            _ => None,
        }
    }
}

/// A schema object with all keywords that generation looks at. A keyword of the wrong type was reported and
/// left out when the schema was read, so everything here is well-formed; whether it makes sense is not said.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub struct Schema {
    /// Where it is defined.
    pub pointer: Pointer,
    /// The byte range of its definition.
    pub span: Span,
    /// `true` and `false` as schemas (3.1); everything else is then empty.
    pub boolean: Option<bool>,
    /// The target of `$ref`, which is known to exist. Keywords beside it are read like any others.
    pub reference: Option<SchemaId>,
    /// `type`, without `null`; empty if the document does not say.
    pub types: Vec<JsonType>,
    /// `nullable: true` (3.0), or `null` among the types or the `enum` (3.1), or a null `const`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Literal>,
    /// `example` and the items of `examples`.
    pub examples: Vec<Literal>,
    /// `enum` (or `const` as its only value), without `null`. `None` if the document gives none; empty if
    /// nothing but `null` is allowed (`type: "null"`, `const: null`), and [`Schema::nullable`] is then true.
    pub enumeration: Option<Vec<Literal>>,
    /// Names for the values of `enum`: `x-enum-varnames`, `x-enumNames`.
    pub enum_names: Vec<String>,
    /// Texts for the values of `enum`: `x-enum-descriptions`, `x-enumDescriptions`.
    pub enum_descriptions: Vec<String>,
    /// `properties`, in document order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`.
    pub required: IndexSet<String>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`, without a branch that only says `null` (that is [`Schema::nullable`]).
    pub any_of: Vec<SchemaId>,
    /// `oneOf`, likewise.
    pub one_of: Vec<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contentEncoding` (3.1), such as `base64`.
    pub content_encoding: Option<String>,
    /// `contentMediaType` (3.1).
    pub content_media_type: Option<String>,
    /// Bounds, lengths and patterns, for documentation and the choice of integer types.
    pub constraints: Constraints,
}

impl Schema {
    /// The schema `{}` at that place.
    #[must_use]
    pub fn empty(pointer: Pointer, span: Span) -> Self {
        Self {
            pointer,
            span,
            boolean: None,
            reference: None,
            types: Vec::new(),
            nullable: false,
            format: None,
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            enumeration: None,
            enum_names: Vec::new(),
            enum_descriptions: Vec::new(),
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Additional::Unsaid,
            items: None,
            prefix_items: Vec::new(),
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            discriminator: None,
            read_only: false,
            write_only: false,
            deprecated: false,
            unique_items: false,
            content_encoding: None,
            content_media_type: None,
            constraints: Constraints::default(),
        }
    }

    /// Does it allow `null` and nothing else?
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.nullable && self.reference.is_none() && self.enumeration.as_ref().is_some_and(Vec::is_empty)
    }
}

/// `discriminator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: value to schema, targets known to exist.
    pub mapping: IndexMap<String, SchemaId>,
    /// The byte range of the object.
    pub span: Span,
}

/// The keywords that narrow a type down.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints {
    /// `minimum`, or the number of `exclusiveMinimum` (3.1).
    pub minimum: Option<Number>,
    /// `maximum`, likewise.
    pub maximum: Option<Number>,
    /// The minimum itself is not allowed.
    pub exclusive_minimum: bool,
    /// The maximum itself is not allowed.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}
