//! The constant descriptions of the API and of each operation, which generated code fills in.

use super::credential::CredentialKind;
use super::pace::Pace;

/// The description of an API.
#[derive(Debug)]
pub struct Api {
    /// The default value of `User-Agent`.
    pub user_agent: &'static str,
    /// The default base URL.
    pub base_url: Option<&'static str>,
    /// For each credential: the name of the builder's method, how it is sent, and whether a client needs it.
    pub credentials: &'static [(&'static str, CredentialKind, bool)],
    /// The headers that are set on the client, not on each request.
    pub client_parameters: &'static [ClientParameter],
    /// JSON pointers of the code in an error body. The first one that exists is used.
    pub code_pointers: &'static [&'static str],
    /// JSON pointers of the message in an error body.
    pub message_pointers: &'static [&'static str],
    /// JSON pointers of the request id in an error body.
    pub request_id_pointers: &'static [&'static str],
    /// The documented request rate.
    pub pace: Option<Pace>,
}

/// A header that is set on the client, not on each request.
#[derive(Debug)]
pub struct ClientParameter {
    /// The name of the builder's method.
    pub name: &'static str,
    /// The name of the header, in lower case.
    pub header: &'static str,
    /// Whether a client cannot be built without it.
    pub required: bool,
}

/// The description of an operation.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId` of the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: ::http::Method,
    /// The path template. Everything but its `{parameters}` is percent-encoded.
    pub path: &'static str,
    /// The alternatives of the security requirement. Each lists the credentials that are sent together, as indices
    /// into [`Api::credentials`].
    pub security: &'static [&'static [usize]],
    /// The client's headers that are sent with this operation, as indices into [`Api::client_parameters`].
    pub client_parameters: &'static [usize],
    /// The value of `Accept`; empty if the header is not sent.
    pub accept: &'static str,
    /// The operation's own base URL, which may be relative to the client's. It is not used if the caller has set a
    /// base URL.
    pub server: Option<&'static str>,
}
