//! What all operations share: sending requests, decoding responses, and errors. [`Api`] and [`Operation`] describe the
//! API.

mod api;
mod call;
mod content;
mod credential;
mod datetime;
mod digits;
mod error;
pub mod headers;
pub mod members;
mod object;
mod operation_error;
mod pace;
mod parameter;
mod redirect;
mod reply;
mod request;
mod response;
mod retry;
mod security;
mod transport;

pub use self::api::{Api, ClientParameter, Operation};
pub use self::call::{Call, Case, ResponseFuture, Success};
pub use self::content::Body;
pub use self::credential::{Credential, CredentialKind, ProvideToken, TokenFuture};
pub use self::datetime::DateTime;
pub use self::error::{ApiError, DecodeError, Error, ErrorResponse};
pub use self::error::{RequestError, TransportError, TransportErrorKind};
pub use self::headers::{Form, HeaderError, TypedHeaders};
pub use self::object::Object;
pub(crate) use self::operation_error::ErrorCases;
pub use self::operation_error::{ErrorReply, OperationError};
pub use self::pace::Pace;
pub use self::parameter::{FormField, Style};
pub use self::redirect::Redirects;
pub use self::reply::{Incoming, Reply};
pub use self::reply::{bytes, empty, json, reject_stream, reject_whole, text};
pub use self::request::Request;
pub use self::response::Response;
pub use self::retry::Retry;
pub use self::transport::{BuildError, Core, CoreBuilder};
