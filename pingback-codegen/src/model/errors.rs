//! Errors: every code of the API, and for each operation the cases that can come back.

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
    /// How such a body is made, where the documents show enough of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_source: Option<ValueSource>,
    /// All codes are whole numbers, and fit into this type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<IntKind>,
    /// They are JSON numbers, too.
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
    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.messages.is_empty() && self.request_ids.is_empty()
    }
}

/// What an error can turn into by itself. A crate has a Cargo feature for each; a module has what is chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conversions {
    /// `http::Response`.
    pub http: bool,
    /// axum's `Response`, by way of `IntoResponse`.
    pub axum: bool,
}

/// How an error body, or a part of it, is made.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// It is the code.
    Code,
    /// It is the message.
    Message,
    /// It is the HTTP status.
    Status,
    /// It is always this: a boolean, a number or a text.
    Value(serde_json::Value),
    /// It is a struct, with this for each of its fields.
    Struct(TypeId, Vec<ValueSource>),
    /// It is a list of these.
    List(Vec<ValueSource>),
    /// It is left out.
    Absent,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagePart {
    /// Text as it is.
    Text(String),
    /// The name of a parameter, in the place of its value.
    Parameter(String),
}

/// One error code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    /// The variant of `ErrorCode`.
    pub variant: String,
    /// The code on the wire.
    pub code: String,
    /// HTTP statuses it comes with, ascending, from both sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<u16>,
    /// A title beside the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Documented messages: the catalogue's first, then those the document adds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// Those of the messages that have parameters, in parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Vec<MessagePart>>,
    /// What the catalogue advises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested_action: Option<String>,
    /// Further prose of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// The same request may succeed later: true for 408, 425, 429 and 5xx but 501 and 505 (RFC 9110, RFC 6585).
    pub retryable: bool,
    /// Ids of the operations whose responses mention it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<String>,
    /// The catalogue lists it.
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
    /// The statuses it is for.
    pub status: Status,
    /// The code it is for; `None` where the response has no codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The JSON pointer of the code, if it is not that of most bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_pointer: Option<String>,
    /// The body.
    pub payload: Payload,
    /// The message that is documented here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The documentation of the response.
    pub docs: Docs,
    /// The media type of the body distinguishes it from the other cases of its status.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_media_type: bool,
    /// The source that documents it.
    pub origin: ErrorCaseOrigin,
}

/// The source that documents an error case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCaseOrigin {
    /// In a response of the operation.
    Document,
    /// In the catalogue, which holds for every operation.
    Catalogue,
}
