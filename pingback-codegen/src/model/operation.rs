//! Operations: requests and responses.

use super::types::in_order;
use super::{Docs, ErrorCase, Place, Type};
use serde::Serialize;

/// One operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The `operationId`, or a derived id if the document has none or uses it twice.
    pub id: String,
    /// The client's method, in snake case.
    pub method_name: String,
    /// The request's type, in upper camel case.
    pub type_name: String,
    /// The error enum, `{type_name}Error` unless that is taken.
    pub error_name: String,
    /// Its place in the document.
    pub place: Place,
    /// Index into [`super::Api::groups`].
    pub group: usize,
    /// The HTTP method, upper case.
    pub method: String,
    /// The path template of the document.
    pub path: String,
    /// The path template split into parts.
    pub path_parts: Vec<PathPart>,
    /// Its documentation.
    pub docs: Docs,
    /// Parameters that are given with each call: required ones first (path, then query, header, cookie), each
    /// group in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The order of [`Operation::arguments`] if it is not that of the document: indices into the list in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub argument_order: Vec<usize>,
    /// Headers set on the client that this operation takes: indices into [`super::Api::client_parameters`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client_parameters: Vec<usize>,
    /// The request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The successful responses.
    pub success: Success,
    /// Successful responses in other media types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// The headers of successful responses: an index into [`super::Api::headers`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<usize>,
    /// The headers of error responses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_headers: Option<usize>,
    /// The cases of the error enum, most specific first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCase>,
    /// The alternatives of credentials: each is a list of indices into [`super::Api::credentials`] that are sent
    /// together. An empty alternative needs no credentials. Without alternatives, none are sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Vec<usize>>,
    /// A base URL that replaces the client's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<super::Server>,
}

/// An argument of the method of an operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Argument<'o> {
    /// A required parameter.
    Parameter(&'o Parameter),
    /// The required body. If there are several media types, the argument is for the first; the methods for the others
    /// replace it.
    Body(&'o Body, &'o BodyContent),
}

impl<'o> Argument<'o> {
    /// The Rust name.
    #[must_use]
    pub fn name(self) -> &'o str {
        match self {
            Self::Parameter(parameter) => &parameter.name,
            Self::Body(body, _) => &body.name,
        }
    }

    /// The type of the value.
    #[must_use]
    pub fn ty(self) -> &'o Type {
        match self {
            Self::Parameter(parameter) => &parameter.ty,
            Self::Body(_, content) => &content.ty,
        }
    }
}

impl Operation {
    /// The arguments of the method, in their order. In document order the required parameters come first, then the
    /// required body.
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument<'_>> {
        let parameters = self.parameters.iter().filter(|parameter| parameter.required);
        let body = self.body.iter().filter(|body| body.required);
        let body = body.filter_map(|body| Some(Argument::Body(body, body.contents.first()?)));
        let arguments = parameters.map(Argument::Parameter).chain(body);
        in_order(arguments.collect(), &self.argument_order)
    }

    /// The types of parameters, request bodies and headers of parts.
    pub fn request_types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let contents = self.body.iter().flat_map(|body| &body.contents);
        let bodies = contents.flat_map(|content| {
            let headers = content.part_headers().map(|(_, header)| &header.ty);
            std::iter::once(&content.ty).chain(headers)
        });
        parameters.chain(bodies)
    }

    /// The types of response bodies, of errors too. Types of headers are in [`super::Api::headers`].
    pub fn response_types(&self) -> impl Iterator<Item = &Type> {
        let errors = self.errors.iter().map(|case| &case.payload);
        let payloads = self.success_payloads().chain(errors);
        payloads.filter_map(|payload| payload.kind.ty())
    }

    /// The payloads of successful responses, in all media types. A payload may occur more than once.
    pub fn success_payloads(&self) -> impl Iterator<Item = &Payload> {
        let one = match &self.success {
            Success::One(payload, _) => Some(payload),
            Success::Choice { .. } => None,
        };
        let responses = self.success.responses().iter();
        let all = responses.flat_map(|response| std::iter::once(&response.payload).chain(&response.events));
        let alternatives = self.alternatives.iter().map(|alternative| &alternative.payload);
        one.into_iter().chain(all).chain(alternatives)
    }

    /// The types of the request and the responses, mutable.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        let mut types: Vec<&mut Type> = Vec::new();
        types.extend(self.parameters.iter_mut().map(|parameter| &mut parameter.ty));
        for content in self.body.iter_mut().flat_map(|body| &mut body.contents) {
            types.push(&mut content.ty);
            if let BodyKind::Multipart(fields) = &mut content.kind {
                let headers = fields.iter_mut().flat_map(|field| &mut field.headers);
                types.extend(headers.map(|header| &mut header.ty));
            }
        }
        let responses = match &mut self.success {
            Success::One(payload, responses) => {
                types.extend(payload.kind.ty_mut());
                responses
            }
            Success::Choice { responses, .. } => responses,
        };
        for response in responses {
            types.extend(response.payload.kind.ty_mut());
            types.extend(
                response
                    .events
                    .iter_mut()
                    .filter_map(|events| events.kind.ty_mut()),
            );
        }
        let alternatives = self.alternatives.iter_mut();
        types.extend(alternatives.filter_map(|alternative| alternative.payload.kind.ty_mut()));
        types.extend(
            self.errors
                .iter_mut()
                .filter_map(|case| case.payload.kind.ty_mut()),
        );
        types
    }
}

/// A part of a path template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathPart {
    /// Text with its slashes, percent-encoded where necessary.
    Literal(String),
    /// The value of a path parameter, by its index in [`Operation::parameters`].
    Parameter(usize),
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the specification's own")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value is written (OpenAPI 3.0.3, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the specification's own")]
pub enum ParameterStyle {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// No style: the parameter has `content`, and the value is written as JSON text.
    Json,
}

/// A parameter that is given with each call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// The name of the argument or method.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub location: ParameterLocation,
    /// Whether it is an argument rather than a method.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// How it is written.
    pub style: ParameterStyle,
    /// Whether arrays and objects have one `name=value` for each element.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded (query only).
    pub allow_reserved: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// The name of the argument or method, `body` unless that is taken.
    pub name: String,
    /// Whether it is an argument rather than a method.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The content of each media type, at least one. All but the first have a method (`{name}_as_...`),
    /// [`BodyContent::method`].
    pub contents: Vec<BodyContent>,
}

/// One media type of a request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyContent {
    /// The media type as documented.
    pub media_type: String,
    /// The name of the method that sends this content.
    pub method: String,
    /// How the value is encoded.
    pub kind: BodyKind,
    /// The value's type.
    pub ty: Type,
}

/// How the value of a request body is encoded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form(Vec<FormField>),
    /// `multipart/form-data` and similar types.
    Multipart(Vec<FormField>),
    /// `text/...`: text, or a stream of it.
    Text,
    /// Everything else: bytes, or a stream of them.
    Bytes,
}

/// How a property of a form is written (OpenAPI 3.0.4 and 3.1.1, "Encoding Object").
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormField {
    /// The property on the wire.
    pub wire: String,
    /// Its media type, if it is not plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its style. Without one, scalars are text, objects are JSON, and each element of an array is a separate field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<ParameterStyle>,
    /// Whether arrays have one field for each element.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded in a urlencoded form.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_reserved: bool,
    /// The documented headers of its part, unless it is a file: files carry their headers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Parameter>,
}

impl BodyContent {
    /// Whether the media type is a range such as `image/*`: the caller gives the one of the body.
    #[must_use]
    pub fn has_range(&self) -> bool {
        self.media_type.contains('*')
    }

    /// The headers of the parts of a form, each with the name of its part.
    pub fn part_headers(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        let fields = match &self.kind {
            BodyKind::Multipart(fields) => fields.as_slice(),
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Text | BodyKind::Bytes => &[],
        };
        fields.iter().flat_map(|field| {
            let headers = field.headers.iter();
            headers.map(|header| (field.wire.as_str(), header))
        })
    }

    /// The headers of the parts of a form, mutable.
    pub fn part_headers_mut(&mut self) -> impl Iterator<Item = &mut Parameter> {
        let fields = match &mut self.kind {
            BodyKind::Multipart(fields) => fields.as_mut_slice(),
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Text | BodyKind::Bytes => &mut [],
        };
        fields.iter_mut().flat_map(|field| &mut field.headers)
    }
}

/// The statuses that a response applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// One status.
    Exact(u16),
    /// A range: `4` is `4XX`.
    Range(u8),
    /// `default`: every status without its own response.
    Default,
}

impl Status {
    /// Whether the statuses are those of redirects that a client can follow.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Exact(301 | 302 | 303 | 307 | 308) | Self::Range(3))
    }
}

/// The successful responses of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Success {
    /// One payload for all statuses.
    One(Payload, Vec<Response>),
    /// An enum with a case for each response.
    Choice {
        /// The enum's name.
        name: String,
        /// Its cases.
        responses: Vec<Response>,
    },
}

impl Success {
    /// The documented successful responses.
    #[must_use]
    pub fn responses(&self) -> &[Response] {
        match self {
            Success::One(_, responses) | Success::Choice { responses, .. } => responses,
        }
    }
}

/// One successful response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// The name of the variant, if there are several responses.
    pub variant: String,
    /// The statuses of the response.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// The body.
    pub payload: Payload,
    /// The body as a stream of events, if the response offers both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Payload>,
}

/// Another media type in which successful responses can be requested.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// The name of the method that requests it.
    pub method: String,
    /// The statuses of the response.
    pub statuses: Vec<Status>,
    /// The body.
    pub payload: Payload,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Payload {
    /// How it is decoded.
    pub kind: PayloadKind,
    /// The media type as documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

/// How a response body is decoded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadKind {
    /// No content documented: `()`.
    Empty,
    /// JSON of this type.
    Json(Type),
    /// A string.
    Text,
    /// Unchanged bytes.
    Bytes,
    /// A stream of events, each with data of this type.
    Events(EventForm, Type),
}

impl PayloadKind {
    /// The type of the JSON body or of an event's data.
    #[must_use]
    pub fn ty(&self) -> Option<&Type> {
        match self {
            PayloadKind::Json(ty) | PayloadKind::Events(_, ty) => Some(ty),
            PayloadKind::Empty | PayloadKind::Text | PayloadKind::Bytes => None,
        }
    }

    /// Like [`PayloadKind::ty`], but mutable.
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            PayloadKind::Json(ty) | PayloadKind::Events(_, ty) => Some(ty),
            PayloadKind::Empty | PayloadKind::Text | PayloadKind::Bytes => None,
        }
    }
}

/// How the events of a stream are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventForm {
    /// Server-sent events; the type is that of the JSON in `data`.
    Json,
    /// Server-sent events; `data` is text.
    Text,
    /// Server-sent events; the type is that of an object of their fields.
    Fields,
    /// A JSON value on each line.
    Lines,
    /// JSON values after record separators (RFC 7464).
    Sequence,
}

/// The documented headers of some responses: a struct of the output.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeaderSet {
    /// The type's name.
    pub name: String,
    /// The headers, at least one.
    pub headers: Vec<ResponseHeader>,
}

/// A documented response header.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseHeader {
    /// The name of its field.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is always present.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// How it is decoded.
    pub form: HeaderForm,
    /// Its documentation.
    pub docs: Docs,
}

/// How the text of a header is read (OpenAPI 3.0.3, style `simple`).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderForm {
    /// Unchanged text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON.
    Json,
    /// A text for each header line of that name, since the values contain commas: `Set-Cookie`.
    Lines,
    /// Values separated by commas.
    List(Box<HeaderForm>),
    /// Names and values separated by commas.
    Object {
        /// Whether the form is `name=value` rather than `name,value`.
        explode: bool,
        /// How the value of each name is read.
        members: Vec<(String, HeaderForm)>,
        /// How the values of other names are read; `None` if they are ignored.
        others: Option<Box<HeaderForm>>,
    },
}
