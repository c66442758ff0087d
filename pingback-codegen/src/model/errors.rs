//! Errors: every code of the API, and for each operation the cases that can come back.

use super::{Docs, Payload, Status, Type};
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
    /// The one type of error bodies, if most have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Type>,
    /// All codes: the document's in document order, then the catalogue's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// Enums of messages that are themselves codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub message_codes: Vec<MessageCodes>,
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
    /// What it carries.
    pub payload: Payload,
    /// The message that is documented here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the document says of the response.
    pub docs: Docs,
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
