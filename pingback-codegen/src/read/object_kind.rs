//! The structure of an OpenAPI document: which kind of object each member holds. One table is used to find all
//! schemas and references, and to check the targets of references.

use super::tree::{Node, Pointer, Value};

/// The kind of a value of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ObjectKind {
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
    /// `paths`: a map of path items that may hold extensions.
    Paths,
    /// A map from names that the document chooses to objects of one kind.
    MapOf(&'static ObjectKind),
    /// A list of objects of one kind.
    ListOf(&'static ObjectKind),
    /// A value that holds neither schemas nor references.
    Other,
}

/// The methods that a path item can have, in lower case.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl ObjectKind {
    /// The kind with its article, for messages.
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

    /// Whether the specification allows a `$ref` in place of such an object.
    pub(super) fn allows_reference(self) -> bool {
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

    /// The kind of `node`, which is the member `key` or an element of an object of this kind.
    pub(super) fn child(self, key: &str, node: &Node) -> Self {
        let is_extension = key.starts_with("x-");
        match self {
            Self::MapOf(kind) | Self::ListOf(kind) => *kind,
            Self::Paths | Self::Callback if !is_extension => Self::PathItem,
            Self::Responses if !is_extension => Self::Response,
            Self::Schema => schema_child(key, node),
            Self::Root => match key {
                "paths" => Self::Paths,
                "webhooks" => Self::MapOf(&Self::PathItem),
                "components" => Self::Components,
                _ => Self::Other,
            },
            Self::Components => components_child(key),
            Self::PathItem => match key {
                "parameters" => Self::ListOf(&Self::Parameter),
                "query" => Self::Operation,
                "additionalOperations" => Self::MapOf(&Self::Operation),
                _ if METHODS.contains(&key) => Self::Operation,
                _ => Self::Other,
            },
            Self::Operation => match key {
                "parameters" => Self::ListOf(&Self::Parameter),
                "requestBody" => Self::RequestBody,
                "responses" => Self::Responses,
                "callbacks" => Self::MapOf(&Self::Callback),
                _ => Self::Other,
            },
            Self::Parameter | Self::Header => match key {
                "schema" => Self::Schema,
                "content" => Self::MapOf(&Self::MediaType),
                "examples" => Self::MapOf(&Self::Example),
                _ => Self::Other,
            },
            Self::RequestBody => match key {
                "content" => Self::MapOf(&Self::MediaType),
                _ => Self::Other,
            },
            Self::MediaType => match key {
                "schema" | "itemSchema" => Self::Schema,
                "examples" => Self::MapOf(&Self::Example),
                "encoding" => Self::MapOf(&Self::Encoding),
                _ => Self::Other,
            },
            Self::Encoding => match key {
                "headers" => Self::MapOf(&Self::Header),
                _ => Self::Other,
            },
            Self::Response => match key {
                "headers" => Self::MapOf(&Self::Header),
                "content" => Self::MapOf(&Self::MediaType),
                "links" => Self::MapOf(&Self::Link),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// The kind of the value at `pointer` in the document `root`. No `$ref` is followed.
    pub(super) fn at(root: &Node, pointer: &Pointer) -> Self {
        let mut kind = Self::Root;
        let mut node = root;
        for segment in pointer.segments() {
            let Some(next) = node.child(&segment) else {
                return Self::Other;
            };
            kind = kind.child(&segment, next);
            node = next;
        }
        kind
    }
}

fn components_child(key: &str) -> ObjectKind {
    match key {
        "schemas" => ObjectKind::MapOf(&ObjectKind::Schema),
        "responses" => ObjectKind::MapOf(&ObjectKind::Response),
        "parameters" => ObjectKind::MapOf(&ObjectKind::Parameter),
        "examples" => ObjectKind::MapOf(&ObjectKind::Example),
        "requestBodies" => ObjectKind::MapOf(&ObjectKind::RequestBody),
        "headers" => ObjectKind::MapOf(&ObjectKind::Header),
        "securitySchemes" => ObjectKind::MapOf(&ObjectKind::SecurityScheme),
        "links" => ObjectKind::MapOf(&ObjectKind::Link),
        "callbacks" => ObjectKind::MapOf(&ObjectKind::Callback),
        "pathItems" => ObjectKind::MapOf(&ObjectKind::PathItem),
        "mediaTypes" => ObjectKind::MapOf(&ObjectKind::MediaType),
        _ => ObjectKind::Other,
    }
}

fn schema_child(key: &str, node: &Node) -> ObjectKind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            ObjectKind::MapOf(&ObjectKind::Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => ObjectKind::ListOf(&ObjectKind::Schema),
        "items" if matches!(node.value, Value::Array(_)) => ObjectKind::ListOf(&ObjectKind::Schema),
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
        | "contentSchema" => ObjectKind::Schema,
        _ => ObjectKind::Other,
    }
}
