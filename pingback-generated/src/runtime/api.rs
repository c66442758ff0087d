//! The tables that generated code fills in: what is fixed about the API, and about each operation.

use super::credential::CredentialKind;
use super::pace::Pace;

/// What is fixed about the API.
#[derive(Debug)]
pub struct Api {
    /// The name that goes out as `User-Agent`.
    pub user_agent: &'static str,
    /// The base URL unless the caller sets one.
    pub base_url: Option<&'static str>,
    /// What each credential is called on the builder, how it is sent, and whether a client needs it.
    pub credentials: &'static [(&'static str, CredentialKind, bool)],
    /// The headers that are set once on the client.
    pub client_parameters: &'static [ClientParameter],
    /// JSON pointers of the code in an error body; the first that is there counts.
    pub code_pointers: &'static [&'static str],
    /// Of the message.
    pub message_pointers: &'static [&'static str],
    /// Of the request id.
    pub request_id_pointers: &'static [&'static str],
    /// The documented request rate.
    pub pace: Option<Pace>,
}

/// A header that is set once on the client.
#[derive(Debug)]
pub struct ClientParameter {
    /// What the builder's method is called.
    pub name: &'static str,
    /// The header, in lower case.
    pub header: &'static str,
    /// A client cannot be built without it.
    pub required: bool,
}

/// What is fixed about an operation.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id in the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: ::http::Method,
    /// The path with its `{parameters}`; all else is percent-encoded already.
    pub path: &'static str,
    /// Alternatives of credentials that belong together, as indices into [`Api::credentials`].
    pub security: &'static [&'static [usize]],
    /// The client's headers that it takes, as indices into [`Api::client_parameters`].
    pub client_parameters: &'static [usize],
    /// What it accepts; empty for none.
    pub accept: &'static str,
    /// A base URL of its own, unless the caller has set one; may be relative to the client's.
    pub server: Option<&'static str>,
}
