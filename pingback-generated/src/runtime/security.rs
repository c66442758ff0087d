//! Chooses the credentials of a request among the alternatives that its operation documents.

use super::api::Api;
use super::credential::{Credential, CredentialKind};
use super::error::RequestError;
use super::parameter;
use super::request::Request;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

/// The credentials that a request can be sent with.
pub(super) struct Available<'a> {
    pub(super) api: &'static Api,
    /// The credentials of the client, in the order of [`Api::credentials`].
    pub(super) credentials: &'a [Option<Credential>],
    /// The headers that the caller adds to every request.
    pub(super) headers: &'a HeaderMap,
    /// Whether a request is also sent if its credentials are missing.
    pub(super) may_be_missing: bool,
}

impl Available<'_> {
    /// The credentials to send: those of the first alternative that is set on the client, or else of the first one that
    /// is set if what the caller wrote into the request is counted, too.
    ///
    /// # Errors
    /// No alternative is complete, or a credential cannot be sent.
    pub(super) fn choose(&self, request: &Request) -> Result<&'static [usize], RequestError> {
        let security = request.operation.security;
        let complete =
            |has: &dyn Fn(&usize) -> bool| security.iter().find(|all| !all.is_empty() && all.iter().all(has));
        let is_set = |index: &usize| self.credential(*index).is_some();
        let chosen = complete(&is_set)
            .or_else(|| complete(&|index| is_set(index) || self.is_in_request(*index, request)));
        let is_anonymous = security.is_empty() || security.iter().any(|all| all.is_empty());
        match chosen {
            Some(chosen) => self.check(chosen, request).map(|()| *chosen),
            None if is_anonymous || self.may_be_missing || request.may_lack_credentials => Ok(&[]),
            None => Err(self.missing(request)),
        }
    }

    fn credential(&self, index: usize) -> Option<&Credential> {
        self.credentials.get(index)?.as_ref()
    }

    /// The name of a credential, and how it is sent.
    fn describe(&self, index: usize) -> Option<(&'static str, CredentialKind)> {
        let (name, kind, _) = self.api.credentials.get(index)?;
        Some((name, *kind))
    }

    /// Whether the caller has written the credential into the request or into the headers of all requests.
    fn is_in_request(&self, index: usize, request: &Request) -> bool {
        let sets = [self.headers, &request.headers, &request.extra_headers];
        let has_header = |name: &HeaderName| sets.iter().any(|set| set.contains_key(name));
        match self.describe(index).map(|(_, kind)| kind) {
            Some(CredentialKind::Basic | CredentialKind::Bearer) => has_header(&AUTHORIZATION),
            Some(CredentialKind::Header(name)) => {
                HeaderName::try_from(name).is_ok_and(|name| has_header(&name))
            }
            Some(CredentialKind::Cookie(name)) => {
                let cookies = sets.iter().flat_map(|set| set.get_all(COOKIE));
                let mut cookies = cookies
                    .map(HeaderValue::as_bytes)
                    .flat_map(|all| all.split(|byte| *byte == b';'));
                cookies.any(|pair| has_name(pair.trim_ascii_start(), name))
            }
            Some(CredentialKind::Query(name)) => {
                let name = parameter::encode(name);
                let mut pairs = request.query.split('&');
                pairs.any(|pair| has_name(pair.as_bytes(), &name))
            }
            None => false,
        }
    }

    /// Checks that the credentials of an alternative can be sent.
    fn check(&self, alternative: &[usize], request: &Request) -> Result<(), RequestError> {
        for index in alternative {
            if let (Some(credential), Some((name, kind))) = (self.credential(*index), self.describe(*index)) {
                let sendable = credential.check_sendable(kind);
                sendable.map_err(|reason| RequestError::new(request.operation.id, name, reason))?;
            }
        }
        Ok(())
    }

    /// What each alternative lacks.
    fn missing(&self, request: &Request) -> RequestError {
        let is_missing =
            |index: &usize| self.credential(*index).is_none() && !self.is_in_request(*index, request);
        let names = |all: &&[usize]| -> Vec<&str> {
            let missing = all.iter().copied().filter(|index| is_missing(index));
            missing
                .filter_map(|index| Some(self.describe(index)?.0))
                .collect()
        };
        let alternatives: Vec<Vec<&str>> = request.operation.security.iter().map(names).collect();
        RequestError::missing_credentials(request.operation.id, &alternatives)
    }
}

/// Whether `pair` is `name=...`.
fn has_name(pair: &[u8], name: &str) -> bool {
    pair.strip_prefix(name.as_bytes())
        .is_some_and(|rest| rest.first() == Some(&b'='))
}
