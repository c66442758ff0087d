//! What all operations share: requests and parameters in, typed responses and errors out. Knows nothing of any
//! one API but what [`Api`] and [`Operation`] tell it.

mod answer;
mod api;
pub mod body;
mod call;
mod credential;
mod datetime;
mod error;
pub mod headers;
pub mod json;
mod listed;
mod maybe;
mod members;
pub mod message;
mod multipart;
mod pace;
mod parameter;
mod present;
mod redirect;
mod reply;
mod request;
mod response;
mod retry;
#[cfg(test)]
pub mod sample;
mod transport;
pub mod union;

pub use self::answer::Answer;
pub use self::api::{Api, ClientParameter, Operation};
pub use self::body::UnknownError;
pub use self::call::{Call, Case, OperationError, ResponseFuture, Success};
pub use self::credential::{Credential, CredentialKind, ProvideToken, TokenFuture};
pub use self::datetime::DateTime;
pub use self::error::{ApiError, DecodeError, Error, ErrorResponse};
pub use self::error::{RequestError, TransportError, TransportErrorKind};
pub use self::headers::{Form, HeaderError, TypedHeaders};
pub use self::listed::NotListed;
pub use self::maybe::Maybe;
pub use self::members::Members;
pub use self::message::{MessageParameters, MissingParameter};
pub use self::pace::Pace;
pub use self::parameter::{FormField, Style};
pub use self::present::present;
pub use self::reply::{Reply, bytes, empty, json, text};
pub use self::request::Request;
pub use self::response::Response;
pub use self::retry::Retry;
pub use self::transport::{BuildError, Core, CoreBuilder};
