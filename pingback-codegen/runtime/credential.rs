//! Credentials, and how they are added to a request. `Debug` never shows them.

use super::parameter;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// How a credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// In this header, without a prefix.
    Header(&'static str),
    /// In this query parameter.
    Query(&'static str),
    /// In this cookie.
    Cookie(&'static str),
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
}

/// The future that [`ProvideToken::token`] returns.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<SecretString, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// Provides the token for each request. For tokens that expire and have to be renewed.
pub trait ProvideToken: Send + Sync {
    /// The current token. This is called before every attempt, so an implementation should cache the token until it
    /// expires.
    fn token(&self) -> TokenFuture<'_>;

    /// Called if the server responds 401 to a request with this token. If the implementation can get another token, it
    /// discards this one and returns `true`: the request is then sent once more with a new token, unless its body is a
    /// stream. Concurrent requests report the same token, so compare it with the cached one before you discard that.
    fn refused(&self, token: &SecretString) -> bool {
        let _ = token;
        false
    }
}

/// A token that was sent, and its provider.
pub(super) struct Provided {
    provider: Arc<dyn ProvideToken>,
    token: SecretString,
}

impl Provided {
    /// Reports that the server refused the token. Returns whether the provider can get another one.
    pub(super) fn refused(&self) -> bool {
        self.provider.refused(&self.token)
    }
}

/// A secret that is set on the client.
#[derive(Clone)]
pub struct Credential(Inner);

#[derive(Clone)]
enum Inner {
    Fixed(SecretString),
    Basic(String, SecretString),
    Provided(Arc<dyn ProvideToken>),
}

impl Credential {
    /// A key or token that does not change.
    #[must_use]
    pub fn fixed(secret: impl Into<String>) -> Self {
        Self(Inner::Fixed(SecretString::from(secret.into())))
    }

    /// A user name and a password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Inner::Basic(user.into(), SecretString::from(password.into())))
    }

    /// A token that is requested from a provider before each request.
    #[must_use]
    pub fn provided(provider: impl ProvideToken + 'static) -> Self {
        Self(Inner::Provided(Arc::new(provider)))
    }

    /// Checks that the secret can be sent this way. A provided token is checked when it is sent.
    pub(super) fn check(&self, kind: CredentialKind) -> Result<(), &'static str> {
        let value = match &self.0 {
            Inner::Fixed(secret) => secret.expose_secret(),
            Inner::Basic(user, _) if user.contains(':') => return Err("a user name cannot hold a colon"),
            Inner::Basic(..) | Inner::Provided(_) => return Ok(()),
        };
        if value.is_empty() {
            return Err("it is empty");
        }
        let in_header = matches!(kind, CredentialKind::Header(_) | CredentialKind::Bearer);
        if in_header && HeaderValue::from_str(value).is_err() {
            return Err("it holds characters that no header can carry");
        }
        Ok(())
    }

    /// Checks that the secret can be sent this way, where that is not checked when it is set. A cookie takes the
    /// secret as it is.
    pub(super) fn check_sendable(&self, kind: CredentialKind) -> Result<(), &'static str> {
        match (&self.0, kind) {
            (Inner::Fixed(secret), CredentialKind::Cookie(_)) if !is_cookie_value(secret.expose_secret()) => {
                Err("it holds characters that no cookie can carry")
            }
            _ => Ok(()),
        }
    }

    /// Adds the secret to the request. Returns the token if it came from a provider.
    pub(super) async fn apply(
        &self,
        kind: CredentialKind,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<Option<Provided>, Box<dyn std::error::Error + Send + Sync>> {
        let mut sent = None;
        let secret = match &self.0 {
            Inner::Fixed(secret) => secret.clone(),
            Inner::Provided(provider) => {
                let token = provider.token().await?;
                sent = Some(Provided {
                    provider: Arc::clone(provider),
                    token: token.clone(),
                });
                token
            }
            Inner::Basic(user, password) => {
                let text = format!("{user}:{}", password.expose_secret());
                SecretString::from(base64(text.as_bytes()))
            }
        };
        let secret = secret.expose_secret();
        match kind {
            CredentialKind::Header(name) => {
                headers.insert(HeaderName::try_from(name)?, sensitive(secret)?);
            }
            CredentialKind::Bearer => {
                headers.insert(AUTHORIZATION, sensitive(&format!("Bearer {secret}"))?);
            }
            CredentialKind::Basic => {
                headers.insert(AUTHORIZATION, sensitive(&format!("Basic {secret}"))?);
            }
            CredentialKind::Query(name) => {
                let pair = parameter::pair(name, secret);
                let there = query.split('&').any(|other| other == pair);
                if !there {
                    parameter::append(query, &pair);
                }
            }
            CredentialKind::Cookie(name) => {
                let mut cookies = match headers.get(COOKIE).map(HeaderValue::to_str) {
                    Some(Ok(cookies)) => format!("{cookies}; "),
                    _ => String::new(),
                };
                cookies.push_str(name);
                cookies.push('=');
                cookies.push_str(secret);
                headers.insert(COOKIE, sensitive(&cookies)?);
            }
        }
        Ok(sent)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential([redacted])")
    }
}

/// Whether a text consists of `cookie-octet`s only (RFC 6265, section 4.1.1).
fn is_cookie_value(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\'))
}

fn sensitive(value: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sextet in 0..4 {
            if sextet <= chunk.len() {
                text.push(char::from(ALPHABET[(bits >> (18 - 6 * sextet) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}
