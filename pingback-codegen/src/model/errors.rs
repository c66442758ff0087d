//! Errors: all codes of the API, and the cases of each operation's error enum.

use super::{Docs, IntKind, Payload, Status, Type, TypeId};
use serde::Serialize;

/// The errors of the API as a whole.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Errors {
    /// The JSON pointer of the code in an error body, such as `/errorCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_pointer: Option<String>,
    /// The JSON pointer of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_pointer: Option<String>,
    /// The JSON pointer of the request id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id_pointer: Option<String>,
    /// The pointers in bodies of other shapes.
    #[serde(skip_serializing_if = "OtherPointers::is_empty")]
    pub other_pointers: OtherPointers,
    /// The one type of error bodies, if most have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Type>,
    /// How such a body is constructed; `None` if the inputs do not show enough of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_source: Option<ValueSource>,
    /// The type that all codes fit into, if all are whole numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<IntKind>,
    /// Whether codes are also numbers in JSON, not strings.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent_as_number: bool,
    /// All codes: the document's in document order, then the catalogue's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// Enums of messages that are themselves codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub message_codes: Vec<MessageCodes>,
}

/// JSON pointers in error bodies that do not have the most frequent shape, each once.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct OtherPointers {
    /// The codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// The messages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// The request ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_ids: Vec<String>,
}

impl OtherPointers {
    /// Whether there are no such pointers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.messages.is_empty() && self.request_ids.is_empty()
    }
}

/// The types that errors convert to. A crate has a Cargo feature for each; a module has the conversions chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conversions {
    /// `http::Response`.
    pub http: bool,
    /// axum's `Response`, through `IntoResponse`.
    pub axum: bool,
}

/// How an error body, or a part of it, is constructed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// The code.
    Code,
    /// The message.
    Message,
    /// The HTTP status.
    Status,
    /// A constant: a boolean, a number or a text.
    Value(serde_json::Value),
    /// A struct, with the source of each field.
    Struct(TypeId, Vec<ValueSource>),
    /// A list, with the source of each item.
    List(Vec<ValueSource>),
    /// Absent.
    Absent,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagePart {
    /// Literal text.
    Text(String),
    /// The name of a parameter.
    Parameter(String),
}

/// One error code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    /// The variant of `ErrorCode`.
    pub variant: String,
    /// The code on the wire.
    pub code: String,
    /// The HTTP statuses of the code in both sources, ascending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<u16>,
    /// The title of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The documented messages: first those of the catalogue, then further ones of the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// The messages with parameters, split into parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Vec<MessagePart>>,
    /// The suggested action in the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested_action: Option<String>,
    /// The explanation in the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Whether the same request may succeed later: true for 408, 425, 429 and 5xx but 501 and 505 (RFC 9110, RFC 6585).
    pub retryable: bool,
    /// The ids of the operations whose responses mention the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<String>,
    /// Whether the catalogue lists the code.
    pub in_catalogue: bool,
}

/// The messages of one code as an enum: `InvalidParamsMessage`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageCodes {
    /// The enum's name.
    pub name: String,
    /// The code it belongs to.
    pub code: String,
    /// Its variants.
    pub messages: Vec<Message>,
}

/// A message that is itself a code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The variant.
    pub variant: String,
    /// The message on the wire.
    pub text: String,
}

/// One case of an operation's error enum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorCase {
    /// The variant.
    pub variant: String,
    /// The statuses that it matches.
    pub status: Status,
    /// The code that it matches; `None` if the response has no codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The JSON pointer of the code, if it is not that of most bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_pointer: Option<String>,
    /// The body.
    pub payload: Payload,
    /// The message that this response documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The documentation of the response.
    pub docs: Docs,
    /// Whether the media type of the body distinguishes it from the other cases of its status.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_media_type: bool,
    /// The source that documents it.
    pub origin: ErrorCaseOrigin,
}

/// The source that documents an error case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCaseOrigin {
    /// A response of the operation.
    Document,
    /// The catalogue, which applies to every operation.
    Catalogue,
}
