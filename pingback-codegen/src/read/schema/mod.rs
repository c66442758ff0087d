//! Schema objects as one flat list, in the same form for OpenAPI 3.0 and 3.1. `openapiv3` is not used for them: it lacks
//! the keywords of 3.1 and drops those next to a `$ref`.

mod compositions;
mod conditional;
mod enumeration;
mod inferred_type;
pub(crate) mod pattern;
mod reader;
mod references;
mod types;

#[cfg(test)]
mod tests;

pub(super) use reader::SchemaReader;

use super::number::Number;
use super::tree::{Node, Pointer};
use crate::source::Span;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;

/// The index of a schema in [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// All schema objects of a document.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    /// In document order, parents before children.
    pub list: Vec<Schema>,
    /// By the pointer of the definition.
    pub by_pointer: HashMap<Pointer, SchemaId>,
}

/// How many schemas [`Schemas::with_all_of`] returns at most.
const MAX_COMBINED: usize = 200;

impl Schemas {
    /// All schemas with their ids, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0u32..).map(SchemaId).zip(&self.list)
    }

    /// The schema itself, the schemas that it refers to, and their `allOf` schemas: all of them apply to the same value.
    #[must_use]
    pub fn with_all_of(&self, schema: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        let mut open = vec![schema];
        while let Some(id) = open.pop() {
            if found.len() < MAX_COMBINED && !found.contains(&id) {
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

/// The types of JSON Schema without `null`, which is [`Schema::nullable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `true` and `false`.
    Boolean,
    /// A number without a fraction.
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

impl JsonType {
    /// The name in a document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// Whether a value is of this type. `1.0` is an integer, as in JSON Schema.
    #[must_use]
    pub fn matches(self, value: &serde_json::Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Integer => {
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|float| float.fract() == 0.0)
            }
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

/// `additionalProperties`, merged with `patternProperties` and `unevaluatedProperties`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Additional {
    /// None of the keywords is present.
    #[default]
    Unspecified,
    /// `true` or `{}`.
    Any,
    /// `false`.
    Denied,
    /// A schema for each value.
    Schema(SchemaId),
}

/// A value in the document and its byte range.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// The value.
    pub value: serde_json::Value,
    /// The value as JSON text, if it contains an integer of more than 64 bits, which `value` rounds.
    pub exact: Option<String>,
    /// The byte range.
    pub span: Span,
}

impl Literal {
    /// The value of a node.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        Self {
            value: node.to_json(),
            exact: node.exact_json(),
            span: node.span,
        }
    }

    /// The value as JSON text with all digits.
    #[must_use]
    pub fn text(&self) -> String {
        self.exact.clone().unwrap_or_else(|| self.value.to_string())
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match (&self.value, &self.exact) {
            (serde_json::Value::Number(_), Some(digits)) => Number::integer(digits),
            (serde_json::Value::Number(number), None) => Some(number.clone().into()),
            _ => None,
        }
    }
}

/// A schema object with all keywords that affect the output. A keyword whose value has the wrong type is reported and
/// left out when the schema is read. Keywords may still contradict each other.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub struct Schema {
    /// The pointer of its definition.
    pub pointer: Pointer,
    /// The byte range of its definition.
    pub span: Span,
    /// The value of a boolean schema (3.1). All other fields are then empty.
    pub boolean: Option<bool>,
    /// The target of `$ref`. Keywords next to it are read, too.
    pub reference: Option<SchemaId>,
    /// `type` without `null`; empty if it is absent.
    pub types: Vec<JsonType>,
    /// Whether `types` are inferred from other keywords, which also allow `null`.
    pub has_inferred_type: bool,
    /// `nullable: true` (3.0), or `null` among the types or the `enum` (3.1), or a null `const`.
    pub nullable: bool,
    /// `nullable: true` without `type`, `enum` or `const` (3.0): `null` is valid, whatever `$ref` and `allOf` allow.
    pub or_null: bool,
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
    /// `enum` without `null`, or `const` as the only value. `None` if both are absent. Empty if only `null` is allowed
    /// (`type: "null"`, `const: null`); [`Schema::nullable`] is then true.
    pub enumeration: Option<Vec<Literal>>,
    /// Names for the values of `enum`: `x-enum-varnames`, `x-enumNames`.
    pub enum_names: Vec<String>,
    /// Descriptions of the values of `enum`: `x-enum-descriptions`, `x-enumDescriptions`.
    pub enum_descriptions: Vec<String>,
    /// `properties`, in document order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`.
    pub required: IndexSet<String>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`, `else`, and the schemas of `dependentSchemas`.
    pub consequences: Vec<SchemaId>,
    /// The members that only the conditions of the schema, its `$ref` or its `allOf` describe. The schema of a member
    /// that `if` alone describes allows any value.
    pub conditional: IndexMap<String, SchemaId>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf` without a branch that only allows `null`, which is [`Schema::nullable`].
    pub any_of: Vec<SchemaId>,
    /// `oneOf` without a branch that only allows `null`.
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
    /// Bounds, lengths and patterns.
    pub constraints: Constraints,
}

impl Schema {
    /// The schema `{}`, defined at `pointer`.
    #[must_use]
    pub fn empty(pointer: Pointer, span: Span) -> Self {
        Self {
            pointer,
            span,
            boolean: None,
            reference: None,
            types: Vec::new(),
            has_inferred_type: false,
            nullable: false,
            or_null: false,
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
            condition: None,
            consequences: Vec::new(),
            conditional: IndexMap::new(),
            additional: Additional::Unspecified,
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

    /// Whether it has `type`.
    #[must_use]
    pub fn has_stated_types(&self) -> bool {
        !self.types.is_empty() && !self.has_inferred_type
    }

    /// Whether it allows only `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.nullable && self.reference.is_none() && self.enumeration.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it restricts nothing and has `nullable: true` (3.0). As a branch of a union or a part of `allOf`, it means
    /// "or null".
    #[must_use]
    pub fn is_or_null(&self) -> bool {
        let has_type = self.reference.is_some() || !self.types.is_empty() || self.enumeration.is_some();
        let has_parts = [&self.all_of, &self.any_of, &self.one_of]
            .into_iter()
            .any(|list| !list.is_empty());
        let has_members = !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional != Additional::Unspecified;
        let has_items = self.items.is_some() || !self.prefix_items.is_empty() || self.unique_items;
        let is_restricted = has_type || has_parts || has_members || has_items;
        self.nullable && !is_restricted && self.constraints == Constraints::default()
    }
}

/// `discriminator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: the schema for each value.
    pub mapping: IndexMap<String, SchemaId>,
    /// The byte range of the object.
    pub span: Span,
}

/// The keywords that limit the values of a type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints {
    /// `minimum`, or the number of `exclusiveMinimum` (3.1).
    pub minimum: Option<Number>,
    /// `maximum`, or the number of `exclusiveMaximum` (3.1).
    pub maximum: Option<Number>,
    /// Whether the minimum itself is excluded.
    pub exclusive_minimum: bool,
    /// Whether the maximum itself is excluded.
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
