//! The grammar of an OpenAPI document: what kind of object stands at which place. One table, used to find
//! every schema and every `$ref`, and to tell what a `$ref` points at.

use super::tree::{Node, Pointer, Value};

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Header,
    Responses,
    Response,
    Callback,
    Link,
    Example,
    SecurityScheme,
    Schema,
    /// `paths`, which is a map of path items with extensions in it.
    Paths,
    /// A map from names the document chooses to objects of that kind.
    MapOf(Item),
    /// A list of them.
    ListOf(Item),
    /// Values in which nothing is looked for.
    Other,
}

/// The kinds that occur in maps and lists.
#[expect(clippy::enum_variant_names, reason = "a path item is called that")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Header,
    Response,
    Callback,
    Link,
    Example,
    SecurityScheme,
    Schema,
}

impl Item {
    fn kind(self) -> Kind {
        match self {
            Self::PathItem => Kind::PathItem,
            Self::Operation => Kind::Operation,
            Self::Parameter => Kind::Parameter,
            Self::RequestBody => Kind::RequestBody,
            Self::MediaType => Kind::MediaType,
            Self::Encoding => Kind::Encoding,
            Self::Header => Kind::Header,
            Self::Response => Kind::Response,
            Self::Callback => Kind::Callback,
            Self::Link => Kind::Link,
            Self::Example => Kind::Example,
            Self::SecurityScheme => Kind::SecurityScheme,
            Self::Schema => Kind::Schema,
        }
    }
}

/// The methods a path item can have.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Kind {
    /// How to speak of one.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Root => "the document",
            Self::Components => "the components",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Header => "a header",
            Self::Responses => "the responses of an operation",
            Self::Response => "a response",
            Self::Callback => "a callback",
            Self::Link => "a link",
            Self::Example => "an example",
            Self::SecurityScheme => "a security scheme",
            Self::Schema => "a schema",
            Self::Paths => "the paths",
            Self::MapOf(_) => "a map",
            Self::ListOf(_) => "a list",
            Self::Other => "something else",
        }
    }

    /// Can a `$ref` stand in the place of one?
    pub(super) fn takes_reference(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::RequestBody
                | Self::MediaType
                | Self::Header
                | Self::Response
                | Self::Callback
                | Self::Link
                | Self::Example
                | Self::SecurityScheme
                | Self::Schema
        )
    }

    /// What stands at the member `key` (or the element of that number), whose value is `node`.
    pub(super) fn child(self, key: &str, node: &Node) -> Self {
        let extension = key.starts_with("x-");
        match self {
            Self::MapOf(item) | Self::ListOf(item) => item.kind(),
            Self::Paths | Self::Callback if !extension => Self::PathItem,
            Self::Responses if !extension => Self::Response,
            Self::Schema => schema_child(key, node),
            Self::Root => match key {
                "paths" => Self::Paths,
                "webhooks" => Self::MapOf(Item::PathItem),
                "components" => Self::Components,
                _ => Self::Other,
            },
            Self::Components => match key {
                "schemas" => Self::MapOf(Item::Schema),
                "responses" => Self::MapOf(Item::Response),
                "parameters" => Self::MapOf(Item::Parameter),
                "examples" => Self::MapOf(Item::Example),
                "requestBodies" => Self::MapOf(Item::RequestBody),
                "headers" => Self::MapOf(Item::Header),
                "securitySchemes" => Self::MapOf(Item::SecurityScheme),
                "links" => Self::MapOf(Item::Link),
                "callbacks" => Self::MapOf(Item::Callback),
                "pathItems" => Self::MapOf(Item::PathItem),
                "mediaTypes" => Self::MapOf(Item::MediaType),
                _ => Self::Other,
            },
            Self::PathItem => match key {
                "parameters" => Self::ListOf(Item::Parameter),
                "query" => Self::Operation,
                "additionalOperations" => Self::MapOf(Item::Operation),
                _ if METHODS.contains(&key) => Self::Operation,
                _ => Self::Other,
            },
            Self::Operation => match key {
                "parameters" => Self::ListOf(Item::Parameter),
                "requestBody" => Self::RequestBody,
                "responses" => Self::Responses,
                "callbacks" => Self::MapOf(Item::Callback),
                _ => Self::Other,
            },
            Self::Parameter | Self::Header => match key {
                "schema" => Self::Schema,
                "content" => Self::MapOf(Item::MediaType),
                "examples" => Self::MapOf(Item::Example),
                _ => Self::Other,
            },
            Self::RequestBody => match key {
                "content" => Self::MapOf(Item::MediaType),
                _ => Self::Other,
            },
            Self::MediaType => match key {
                "schema" | "itemSchema" => Self::Schema,
                "examples" => Self::MapOf(Item::Example),
                "encoding" => Self::MapOf(Item::Encoding),
                _ => Self::Other,
            },
            Self::Encoding => match key {
                "headers" => Self::MapOf(Item::Header),
                _ => Self::Other,
            },
            Self::Response => match key {
                "headers" => Self::MapOf(Item::Header),
                "content" => Self::MapOf(Item::MediaType),
                "links" => Self::MapOf(Item::Link),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// What stands at `pointer` in the document `root`.
    pub(super) fn at(root: &Node, pointer: &Pointer) -> Self {
        let mut kind = Self::Root;
        let mut node = root;
        for segment in pointer.segments() {
            let Some(next) = node.step(&segment) else {
                return Self::Other;
            };
            kind = kind.child(&segment, next);
            node = next;
        }
        kind
    }
}

fn schema_child(key: &str, node: &Node) -> Kind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Kind::MapOf(Item::Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Kind::ListOf(Item::Schema),
        "items" if matches!(node.value, Value::Array(_)) => Kind::ListOf(Item::Schema),
        "items"
        | "additionalProperties"
        | "not"
        | "contains"
        | "propertyNames"
        | "if"
        | "then"
        | "else"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "contentSchema" => Kind::Schema,
        _ => Kind::Other,
    }
}
