//! Sends all requests: credentials, pacing, retry, redirects and timeouts. Not generic, so that it is compiled once.

use super::api::Api;
use super::call::Cases;
use super::content::Body;
use super::credential::{Credential, Provided};
use super::error::{ErrorResponse, RequestError, TransportError, TransportErrorKind, text_at};
use super::pace::{Pace, Pacer};
use super::parameter::{self, Shape};
use super::redirect::{Hop, Redirects};
use super::reply::{Incoming, Reply};
use super::request::Request;
use super::retry::{self, Retrier, Retry};
use super::security::Available;
use bytes::Bytes;
use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE, USER_AGENT,
};
use http::{Method, StatusCode};
use reqwest::Url;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// The state that all clones of a client share.
pub struct Core {
    api: &'static Api,
    http: reqwest::Client,
    base: Url,
    /// Whether the caller has set the base URL, which then replaces the operations' own.
    fixed_base: bool,
    user_agent: HeaderValue,
    credentials: Vec<Option<Credential>>,
    client_headers: Vec<Option<HeaderValue>>,
    headers: HeaderMap,
    pacer: Option<Pacer>,
    retrier: Option<Retrier>,
    timeout: Option<Duration>,
    redirects: Redirects,
    may_lack_credentials: bool,
}

/// A response, with its complete body or without.
pub(super) enum Received {
    Whole(Reply),
    /// A success whose body is read as a stream.
    Stream(Incoming),
}

impl Received {
    fn reply(&self) -> &Reply {
        match self {
            Self::Whole(reply) | Self::Stream(Incoming { reply, .. }) => reply,
        }
    }
}

/// Why there is no response.
pub(super) enum Failure {
    Transport(TransportError),
    Request(RequestError),
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.base.as_str())
            .field("credentials", &self.credential_names())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl Core {
    /// The base URL.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.base.as_str()
    }

    /// The names of the credentials that are set.
    fn credential_names(&self) -> Vec<&'static str> {
        let set = self.credentials.iter().zip(self.api.credentials);
        set.filter(|(credential, _)| credential.is_some())
            .map(|(_, (name, ..))| *name)
            .collect()
    }

    /// Extracts the code, message and request id of a response.
    pub(super) fn error_response(&self, reply: Reply, json: Option<&Value>) -> ErrorResponse {
        let text = |pointers| text_at(json?, pointers);
        let code = text(self.api.code_pointers);
        let message = text(self.api.message_pointers);
        let request_id = text(self.api.request_id_pointers);
        ErrorResponse {
            reply,
            code,
            message,
            request_id,
        }
    }

    /// Sends a request, and repeats it as configured. `special` has the cases of the operation if a success is read as
    /// a stream or is a redirect.
    pub(super) async fn send(
        &self,
        mut request: Request,
        special: Option<Cases>,
    ) -> Result<Received, Failure> {
        request.finish();
        let id = request.operation.id;
        let url = self.url(&request)?;
        request.credentials = self.available().choose(&request)?;
        let can_repeat = request.can_send_again(true);
        let may_repeat = can_repeat && (request.repeatable || request.operation.method.is_idempotent());
        let mut attempt = 1;
        let mut renewed = false;
        loop {
            if let Some(pacer) = &self.pacer {
                pacer.wait().await;
            }
            let mut tokens = Vec::new();
            let sent = self.follow(&request, url.clone(), special.as_ref(), &mut tokens);
            let result = match request.timeout.or(self.timeout) {
                Some(limit) => tokio::time::timeout(limit, sent).await.unwrap_or_else(|_| {
                    Err(TransportError::new(id, TransportErrorKind::Timeout, None).into())
                }),
                None => sent.await,
            };
            // A request that was refused can be repeated even if it is not idempotent.
            let refused =
                matches!(&result, Ok(received) if received.reply().status == StatusCode::UNAUTHORIZED);
            if refused && can_repeat && !renewed {
                // `count`, since each provider has to be notified.
                renewed = tokens.iter().filter(|token| token.refused()).count() > 0;
                if renewed {
                    continue;
                }
            }
            let Some(retrier) = self.retrier.as_ref().filter(|_| may_repeat) else {
                return result;
            };
            let asked = match &result {
                Ok(received) if retry::is_retryable(received.reply().status) => {
                    retry::retry_after(&received.reply().headers)
                }
                Ok(_) => {
                    retrier.record_success();
                    return result;
                }
                Err(Failure::Transport(error)) if error.kind() != TransportErrorKind::Token => None,
                Err(_) => return result,
            };
            match retrier.pause(attempt, asked) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return result,
            }
            attempt += 1;
        }
    }

    /// The URL without credentials.
    fn url(&self, request: &Request) -> Result<Url, RequestError> {
        let path = request.expand_path()?;
        let unusable = |error: &dyn fmt::Display| {
            RequestError::new(
                request.operation.id,
                "base_url",
                &format!("it makes no URL: {error}"),
            )
        };
        let own = match request.operation.server.filter(|_| !self.fixed_base) {
            Some(server) => Some(self.base.join(server).map_err(|error| unusable(&error))?),
            None => None,
        };
        let base = own.as_ref().unwrap_or(&self.base);
        let text = format!("{}{path}", base.as_str().trim_end_matches('/'));
        let mut url = Url::parse(&text).map_err(|error| unusable(&error))?;
        if !request.query.is_empty() {
            let mut query = url.query().unwrap_or_default().to_owned();
            parameter::append(&mut query, &request.query);
            url.set_query(Some(&query));
        }
        Ok(url)
    }

    /// Makes one attempt, and follows redirects.
    async fn follow(
        &self,
        request: &Request,
        url: Url,
        special: Option<&Cases>,
        tokens: &mut Vec<Provided>,
    ) -> Result<Received, Failure> {
        let allowed = request.redirects.unwrap_or(self.redirects);
        let mut hop = Hop::first(url, request.operation.method.clone());
        loop {
            let incoming = self.send_hop(request, &hop, tokens).await?;
            let (status, headers) = (incoming.reply.status, &incoming.reply.headers);
            let success = special.and_then(|cases| cases.success(status, headers));
            let next = match success {
                // A documented redirect.
                Some(_) => None,
                None => hop.next(status, headers, allowed),
            };
            match next.filter(|next| request.can_send_again(next.with_body)) {
                // The body of the redirect is not read.
                Some(next) => hop = next,
                None if special.is_some_and(|cases| cases.is_stream(success)) => {
                    return Ok(Received::Stream(incoming));
                }
                None => return incoming.read().await,
            }
        }
    }

    /// Sends one request of a chain of redirects, and returns the head of its response.
    async fn send_hop(
        &self,
        request: &Request,
        hop: &Hop,
        tokens: &mut Vec<Provided>,
    ) -> Result<Incoming, Failure> {
        let mut url = hop.url.clone();
        let headers = self.headers(request, hop, &mut url, tokens).await?;
        let body = request.body.as_ref().filter(|_| hop.with_body);
        let outgoing = self.outgoing(request.operation.id, hop.method.clone(), url, headers, body)?;
        Ok(self.exchange(request, outgoing).await?)
    }

    /// The headers of one request of a chain of redirects. Adds a key in the query to `url`.
    async fn headers(
        &self,
        request: &Request,
        hop: &Hop,
        url: &mut Url,
        tokens: &mut Vec<Provided>,
    ) -> Result<HeaderMap, Failure> {
        let operation = request.operation;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(accept) = HeaderValue::from_str(request.accept.unwrap_or(operation.accept))
            .ok()
            .filter(|accept| !accept.is_empty())
        {
            headers.insert(ACCEPT, accept);
        }
        if !hop.same_origin {
            return Ok(headers);
        }
        replace(&mut headers, &self.headers);
        for index in operation.client_parameters {
            let value = self.client_headers.get(*index).and_then(Option::as_ref);
            let name = self
                .api
                .client_parameters
                .get(*index)
                .map(|parameter| HeaderName::try_from(parameter.header));
            if let (Some(value), Some(Ok(name))) = (value, name) {
                headers.insert(name, value.clone());
            }
        }
        replace(&mut headers, &request.headers);
        if !hop.with_body {
            headers.remove(CONTENT_TYPE);
        }
        let mut query = url.query().unwrap_or_default().to_owned();
        for index in request.credentials {
            let (Some(Some(credential)), Some((_, kind, _))) =
                (self.credentials.get(*index), self.api.credentials.get(*index))
            else {
                continue;
            };
            let applied = credential.apply(*kind, &mut headers, &mut query).await;
            let token = applied
                .map_err(|error| TransportError::new(operation.id, TransportErrorKind::Token, Some(error)))?;
            tokens.extend(token);
        }
        if !query.is_empty() {
            url.set_query(Some(&query));
        }
        replace(&mut headers, &request.extra_headers);
        Ok(headers)
    }

    fn available(&self) -> Available<'_> {
        Available {
            api: self.api,
            credentials: &self.credentials,
            headers: &self.headers,
            may_be_missing: self.may_lack_credentials,
        }
    }

    fn outgoing(
        &self,
        id: &'static str,
        method: Method,
        url: Url,
        mut headers: HeaderMap,
        body: Option<&Body>,
    ) -> Result<reqwest::RequestBuilder, RequestError> {
        // Some servers reject a POST or PUT without `Content-Length` (RFC 9110, section 8.6).
        if body.is_none() && matches!(method, Method::POST | Method::PUT | Method::PATCH) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(length) = body.filter(|body| body.is_stream()).and_then(Body::known_length) {
            headers.insert(CONTENT_LENGTH, length.into());
        }
        let request = self.http.request(method, url).headers(headers);
        let Some(body) = body else {
            return Ok(request);
        };
        let spent = || RequestError::new(id, "body", "it is a stream that has been sent");
        Ok(request.body(body.take().ok_or_else(spent)?))
    }

    async fn exchange(
        &self,
        request: &Request,
        outgoing: reqwest::RequestBuilder,
    ) -> Result<Incoming, TransportError> {
        let id = request.operation.id;
        let response = outgoing.send().await;
        let response = response.map_err(|error| TransportError::from_reqwest(id, error))?;
        let status = response.status();
        let mut headers = response.headers().clone();
        for (name, value) in &mut headers {
            if name == SET_COOKIE {
                value.set_sensitive(true);
            }
        }
        Ok(Incoming {
            reply: Reply {
                operation: id,
                status,
                headers,
                body: Bytes::new(),
            },
            response,
            timeout: request.timeout.or(self.timeout),
        })
    }
}

impl Incoming {
    /// Reads the whole body.
    async fn read(self) -> Result<Received, Failure> {
        let Self {
            mut reply, response, ..
        } = self;
        let body = response.bytes().await;
        reply.body = body.map_err(|error| TransportError::from_reqwest(reply.operation, error))?;
        Ok(Received::Whole(reply))
    }
}

/// Inserts all of `from` into `headers`, and replaces headers of the same name.
fn replace(headers: &mut HeaderMap, from: &HeaderMap) {
    for (name, value) in from {
        headers.insert(name.clone(), value.clone());
    }
}

/// The error of building a client.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// A required setting is missing: the name of the builder's method.
    Missing(&'static str),
    /// A setting is invalid: the name of the builder's method, and the reason.
    Invalid(&'static str, String),
    /// The HTTP client could not be created.
    Http(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "`{name}` is not set"),
            Self::Invalid(name, reason) => write!(f, "`{name}` cannot be used: {reason}"),
            Self::Http(_) => f.write_str("the HTTP client could not be made"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            Self::Missing(_) | Self::Invalid(..) => None,
        }
    }
}

/// Builds a [`Core`]. An invalid setting is stored, and reported by [`CoreBuilder::build`].
#[must_use = "a builder does nothing until it is built"]
pub struct CoreBuilder {
    api: &'static Api,
    http: reqwest::ClientBuilder,
    base_url: Option<String>,
    user_agent: Option<String>,
    credentials: Vec<Option<Credential>>,
    client_headers: Vec<Option<HeaderValue>>,
    headers: HeaderMap,
    pace: Option<Pace>,
    retry: Option<Retry>,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    redirects: Redirects,
    may_lack_credentials: bool,
    error: Option<BuildError>,
}

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

impl CoreBuilder {
    /// Creates a builder with the documented base URL and pace, a timeout of 30 seconds for a request, and of 10
    /// seconds for a connection.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            http: reqwest::Client::builder(),
            base_url: None,
            user_agent: None,
            credentials: api.credentials.iter().map(|_| None).collect(),
            client_headers: api.client_parameters.iter().map(|_| None).collect(),
            headers: HeaderMap::new(),
            pace: api.pace,
            retry: None,
            timeout: Some(Duration::from_secs(30)),
            connect_timeout: Some(Duration::from_secs(10)),
            redirects: Redirects::default(),
            may_lack_credentials: false,
            error: None,
        }
    }

    /// Sets the base URL.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = Some(url.into());
    }

    /// Sets a credential, by its index in [`Api::credentials`].
    pub fn credential(&mut self, index: usize, credential: Credential) {
        if let (Some((name, kind, _)), Some(slot)) =
            (self.api.credentials.get(index), self.credentials.get_mut(index))
        {
            if let Err(reason) = credential.check(*kind) {
                self.error = Some(BuildError::Invalid(name, reason.to_owned()));
            }
            *slot = Some(credential);
        }
    }

    /// Sets a header of the client, by its index in [`Api::client_parameters`].
    pub fn client_parameter<T: Serialize>(&mut self, index: usize, value: T) {
        let shape = Shape::of(&value);
        self.client_shape(index, shape);
    }

    fn client_shape(&mut self, index: usize, shape: Result<Shape, String>) {
        let (Some(parameter), Some(slot)) = (
            self.api.client_parameters.get(index),
            self.client_headers.get_mut(index),
        ) else {
            return;
        };
        let text = shape.map(|shape| parameter::header(false, &shape));
        match text.map(|text| text.map(|text| HeaderValue::from_bytes(text.as_bytes()))) {
            Ok(Some(Ok(value))) => *slot = Some(value),
            Ok(None) => *slot = None,
            Ok(Some(Err(_))) => {
                let reason = "it holds characters that no header can carry".to_owned();
                self.error = Some(BuildError::Invalid(parameter.name, reason));
            }
            Err(reason) => self.error = Some(BuildError::Invalid(parameter.name, reason)),
        }
    }

    /// Adds a header to every request. It is sent to the API's own origin only, and `Debug` never shows its value.
    pub fn header(&mut self, name: &str, value: &str) {
        let (Ok(name), Ok(mut value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) else {
            let reason = "no header can have this name or value".to_owned();
            self.error = Some(BuildError::Invalid("header", reason));
            return;
        };
        value.set_sensitive(true);
        self.headers.insert(name, value);
    }

    /// Sets the `User-Agent`.
    pub fn user_agent(&mut self, name: impl Into<String>) {
        self.user_agent = Some(name.into());
    }

    /// Sets the maximum request rate; `None` for no limit.
    pub fn pace(&mut self, pace: Option<Pace>) {
        self.pace = pace;
    }

    /// Repeats failed requests.
    pub fn retry(&mut self, retry: Retry) {
        self.retry = Some(retry);
    }

    /// Sets the timeout of each attempt, including its redirects; `None` for no limit. It applies until the last byte
    /// of the response, or until the headers of a response that is read as a stream.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// Also sends requests whose credentials are missing.
    pub fn allow_missing_credentials(&mut self) {
        self.may_lack_credentials = true;
    }

    /// Sets which redirects are followed.
    pub fn redirects(&mut self, redirects: Redirects) {
        self.redirects = redirects;
    }

    /// Sets the timeout for connecting; `None` for no limit.
    pub fn connect_timeout(&mut self, timeout: Option<Duration>) {
        self.connect_timeout = timeout;
    }

    /// Configures the HTTP client, for example its proxies, certificates or connection pools.
    pub fn http(&mut self, change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) {
        let http = std::mem::take(&mut self.http);
        self.http = change(http);
    }

    /// Builds the core.
    ///
    /// # Errors
    /// A required setting is missing, or a setting is invalid.
    pub fn build(self) -> Result<Core, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        for ((name, _, required), credential) in self.api.credentials.iter().zip(&self.credentials) {
            if *required && credential.is_none() {
                return Err(BuildError::Missing(name));
            }
        }
        for (parameter, value) in self.api.client_parameters.iter().zip(&self.client_headers) {
            if parameter.required && value.is_none() {
                return Err(BuildError::Missing(parameter.name));
            }
        }
        let fixed_base = self.base_url.is_some();
        let base = self.base_url.or_else(|| self.api.base_url.map(ToOwned::to_owned));
        let base = base_url(&base.ok_or(BuildError::Missing("base_url"))?)?;
        let user_agent = self.user_agent.unwrap_or_else(|| self.api.user_agent.to_owned());
        let user_agent = HeaderValue::from_str(&user_agent)
            .map_err(|error| BuildError::Invalid("user_agent", error.to_string()))?;
        let mut http = self
            .http
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        if let Some(limit) = self.connect_timeout {
            http = http.connect_timeout(limit);
        }
        Ok(Core {
            api: self.api,
            http: http.build().map_err(BuildError::Http)?,
            base,
            fixed_base,
            user_agent,
            credentials: self.credentials,
            client_headers: self.client_headers,
            headers: self.headers,
            pacer: self.pace.map(Pacer::new),
            retrier: self.retry.map(Retrier::new),
            timeout: self.timeout,
            redirects: self.redirects,
            may_lack_credentials: self.may_lack_credentials,
        })
    }
}

/// Parses a base URL, to which paths can be appended. It must not contain credentials.
fn base_url(text: &str) -> Result<Url, BuildError> {
    let invalid = |reason: &str| BuildError::Invalid("base_url", reason.to_owned());
    let url = Url::parse(text).map_err(|error| invalid(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid("it is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid(
            "it holds a user name or password, which belong into credentials",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("it has a query or fragment"));
    }
    Ok(url)
}
