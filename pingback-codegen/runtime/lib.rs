//! The root of the crate in which the runtime is built and tested. It is not embedded: a generated client has a `mod.rs`
//! with the parts that it needs.

#![allow(
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    clippy::should_implement_trait,
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "generated clients allow these, too"
)]

mod api;
pub mod body;
mod buffer;
mod call;
pub mod checked;
mod content;
mod credential;
mod datetime;
mod digits;
mod error;
mod event;
mod finite;
mod framing;
pub mod headers;
pub mod json;
mod listed;
mod maybe;
pub mod members;
pub mod message;
mod multipart;
mod object;
mod operation_error;
mod pace;
mod parameter;
mod pattern;
mod redirect;
mod reply;
mod request;
mod response;
mod retry;
pub mod sample;
mod security;
mod stream;
mod tagged_form;
mod tracked;
mod transport;
pub mod union;
pub mod unique;
mod upload;
mod uuid;
pub mod whole;

pub use self::api::{Api, ClientParameter, Operation};
pub use self::body::UnknownError;
pub use self::call::{Call, Case, ResponseFuture, Success};
pub use self::checked::{Bound, ConstraintError, Decimal, Limit, Matches};
pub use self::content::Body;
pub use self::credential::{Credential, CredentialKind, ProvideToken, TokenFuture};
pub use self::datetime::DateTime;
pub use self::error::{ApiError, DecodeError, Error, ErrorResponse};
pub use self::error::{RequestError, TransportError, TransportErrorKind};
pub use self::event::{Either, Event, EventStream, StreamError};
pub use self::event::{events, json_lines, json_sequence, text_events, whole_events};
pub use self::finite::Finite;
pub use self::headers::{Form, HeaderError, TypedHeaders};
pub use self::listed::NotListed;
pub use self::maybe::Maybe;
pub use self::message::{MessageParameters, MissingParameter};
pub use self::multipart::Part;
pub use self::object::Object;
pub(crate) use self::operation_error::ErrorCases;
pub use self::operation_error::{ErrorReply, OperationError};
pub use self::pace::Pace;
pub use self::parameter::{FormField, Style};
pub use self::pattern::Pattern;
pub use self::redirect::Redirects;
pub use self::reply::{Incoming, Reply};
pub use self::reply::{bytes, empty, json, reject_stream, reject_whole, text};
pub use self::request::Request;
pub use self::response::Response;
pub use self::retry::Retry;
pub use self::stream::{ByteStream, stream};
pub use self::tagged_form::tagged_form;
pub use self::transport::{BuildError, Core, CoreBuilder};
pub use self::uuid::Uuid;

/// What a generated client implements for operations without documented errors.
impl OperationError for std::convert::Infallible {
    type Code = Self;

    fn parse_code(_: &str) -> Option<Self> {
        None
    }
}

impl ErrorCases for std::convert::Infallible {
    const API: &'static Api = &Api {
        user_agent: "",
        base_url: None,
        credentials: &[],
        client_parameters: &[],
        code_pointers: &[],
        message_pointers: &[],
        request_id_pointers: &[],
        pace: None,
    };

    const CASES: &'static [Case<Self>] = &[];

    fn reply(&self) -> ErrorReply<'_> {
        match *self {}
    }
}

/// The parts that differ for APIs with integers of more than 64 bits.
#[allow(clippy::duplicate_mod, reason = "these parts use another buffer")]
#[path = "."]
pub mod wide {
    #[path = "buffer_wide.rs"]
    mod buffer;
    mod integer;
    mod tracked;
    pub mod union;
    pub mod unique;

    pub use self::integer::{Integer, NotAnInteger};
    use super::{checked, digits, json};
}

// The tests call what only generated code can call, so they are part of the crate.
#[cfg(test)]
extern crate self as pingback_runtime;
#[cfg(test)]
#[path = "../../xtask/runtime/tests/all/main.rs"]
mod tests;

#[cfg(test)]
#[path = "../../xtask/runtime/unit/checked.rs"]
mod checked_tests;
#[cfg(test)]
#[path = "../../xtask/runtime/unit/framing.rs"]
mod framing_tests;
