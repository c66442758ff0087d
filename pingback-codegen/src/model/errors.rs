//! Errors: every code of the API, and for each operation the cases that can come back.

use super::{Docs, IntKind, Payload, Status, Type, TypeId};
use serde::Serialize;

/// What is known of the API's errors as a whole.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Errors {
    /// Where the code stands in an error body: a JSON pointer such as `/errorCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_pointer: Option<String>,
    /// Where the message stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_pointer: Option<String>,
    /// Where the request id stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id_pointer: Option<String>,
    /// Where code, message and request id stand in bodies of other shapes, each place once.
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

/// Where things stand in bodies that are not of the most frequent shape.
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
    /// What stands for the value of a parameter, by its name.
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
    /// Where that stands, if not where it stands in most bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_pointer: Option<String>,
    /// What it carries.
    pub payload: Payload,
    /// The message that is documented here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the document says of the response.
    pub docs: Docs,
    /// It is told from the others of its status by the media type of the body.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_media_type: bool,
    /// Who says so.
    pub origin: ErrorCaseOrigin,
}

/// Where an error case was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCaseOrigin {
    /// In a response of the operation.
    Document,
    /// In the catalogue, which holds for every operation.
    Catalogue,
}
