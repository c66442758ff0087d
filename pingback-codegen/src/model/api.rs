//! The API as a whole: its name, its servers, and the settings of its client.

use super::{Errors, HeaderSet, Operation, Type, TypeDef, TypeId, TypeKind};
use crate::pointer::Pointer;
use crate::source::Span;
use serde::Serialize;

/// One API: everything that its client is generated from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The crate or module name, in snake case.
    pub name: String,
    /// `info.title`, or the name if there is no document.
    pub title: String,
    /// `info.version` of the document, unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `info.description` in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The URL of the API's documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<String>,
    /// The documented base URLs; the first is the default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// The credentials that are set once on the client.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// Parameters that are set once on the client, since every operation takes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client_parameters: Vec<ClientParameter>,
    /// The request rate to keep to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Structs, enums and unions, by [`super::TypeId`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeDef>,
    /// The modules that operations are sorted into, one for each tag that is used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// The operations, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// The headers of responses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<HeaderSet>,
    /// The error codes.
    pub errors: Errors,
}

impl Api {
    /// The definition with that number; `None` only in an invalid model.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The kind of the definition with that number.
    #[must_use]
    pub fn type_kind(&self, id: TypeId) -> Option<&TypeKind> {
        self.type_def(id).map(|def| &def.kind)
    }

    /// The type that an alias resolves to; any other type is returned unchanged.
    #[must_use]
    pub fn resolve_aliases<'t>(&'t self, ty: &'t Type) -> &'t Type {
        ty.resolve_aliases(&self.types)
    }

    /// The types that are used outside of definitions: by operations, the client, headers and errors.
    pub fn used_types(&self) -> impl Iterator<Item = &Type> {
        let operations = self.operations.iter();
        let operations =
            operations.flat_map(|operation| operation.request_types().chain(operation.response_types()));
        let parameters = self.client_parameters.iter().map(|parameter| &parameter.ty);
        let headers = self.headers.iter().flat_map(|set| &set.headers);
        let headers = headers.map(|header| &header.ty);
        operations
            .chain(parameters)
            .chain(headers)
            .chain(&self.errors.body)
    }

    /// The types of [`Api::used_types`], to be changed.
    pub fn used_types_mut(&mut self) -> Vec<&mut Type> {
        let mut types: Vec<&mut Type> = Vec::new();
        types.extend(self.operations.iter_mut().flat_map(Operation::types_mut));
        types.extend(
            self.client_parameters
                .iter_mut()
                .map(|parameter| &mut parameter.ty),
        );
        let headers = self.headers.iter_mut().flat_map(|set| &mut set.headers);
        types.extend(headers.map(|header| &mut header.ty));
        types.extend(&mut self.errors.body);
        types
    }
}

/// The documentation of an item: Markdown of the document, not sanitized yet.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Docs {
    /// `title` or `summary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Bounds, formats and defaults, each a short sentence without a full stop.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<String>,
    /// An example, as compact JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Whether the document marks it as deprecated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
}

/// A place in the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// The JSON pointer.
    pub pointer: Pointer,
    /// The byte range; not printed, since it changes with every edit.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// One base URL (OpenAPI 3.0.3, section 4.7.5).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The URL with its `{variables}` still in it; always absolute, or `/...` relative to the host.
    pub url: String,
    /// Its documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its variables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ServerVariable>,
    /// The name of the function that returns the URL with values for its variables, for servers of the whole API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
}

/// A variable in a server's URL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerVariable {
    /// The name in the URL.
    pub name: String,
    /// The Rust name.
    pub field: String,
    /// The default value.
    pub default: String,
    /// The allowed values; empty if every value is allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Its documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A secret that is set once on the client: a security scheme, or a header parameter that works as one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Credential {
    /// The name of the builder's method, such as `api_key`.
    pub name: String,
    /// The name in `securitySchemes`, or of the header.
    pub scheme: String,
    /// How it is sent.
    pub kind: CredentialKind,
    /// Whether the client cannot be built without it: it is a required header of every operation.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// How a credential is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// An API key in a header, in the query or in a cookie.
    ApiKey {
        /// The location.
        location: KeyLocation,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization: Basic` (RFC 7617): a user name and a password.
    Basic,
    /// `Authorization: Bearer` (RFC 6750): also what OAuth2 and OpenID Connect schemes send.
    Bearer,
}

/// Where an API key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A header parameter that every operation takes and the client sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClientParameter {
    /// The name of the builder's method, such as `developer_mode`.
    pub name: String,
    /// The name of the header.
    pub header: String,
    /// Its type: a scalar or a string enum.
    pub ty: Type,
    /// Whether the client cannot be built without it.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// A request rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Requests a second in the long run, at least 1.
    pub per_second: u32,
    /// Requests that may go out at once, at least 1.
    pub burst: u32,
}

/// A module of operations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The module's name; never `mod` and never a keyword.
    pub name: String,
    /// The tag of the document; `None` for operations without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}
