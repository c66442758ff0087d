//! Builds a request. The first error is stored, and returned when the request is sent.

use super::api::Operation;
use super::content::Body;
use super::error::RequestError;
use super::parameter::{self, FormField, Shape, Style};
use super::redirect::Redirects;
use http::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// Writes a multipart form whose parts have these headers. Returns its content type and its body.
pub(super) type WriteForm = Box<dyn FnOnce(Vec<PartHeader>) -> Result<(String, Body), String> + Send + Sync>;

/// A header of a part of a multipart form.
pub(super) struct PartHeader {
    pub(super) part: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// A request that has not been sent yet. The methods that are hidden from the documentation are for generated code.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(super) operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) extra_headers: HeaderMap,
    pub(super) body: Option<Body>,
    /// Writes the body when the request is sent, after the headers of its parts were set.
    pub(super) form: Option<WriteForm>,
    pub(super) part_headers: Vec<PartHeader>,
    /// Replaces the operation's value of `Accept`.
    #[doc(hidden)]
    pub(super) accept: Option<&'static str>,
    pub(super) timeout: Option<Duration>,
    pub(super) repeatable: bool,
    pub(super) redirects: Option<Redirects>,
    pub(super) may_lack_credentials: bool,
    /// The credentials to send, as indices into the credentials of the API. They are chosen when the request is sent.
    pub(super) credentials: &'static [usize],
    error: Option<RequestError>,
}

impl Request {
    /// Creates a request without parameters.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            extra_headers: HeaderMap::new(),
            body: None,
            form: None,
            part_headers: Vec::new(),
            accept: None,
            timeout: None,
            repeatable: false,
            redirects: None,
            may_lack_credentials: false,
            credentials: &[],
            error: None,
        }
    }

    /// Sets a path parameter.
    pub(crate) fn path<T: Serialize>(&mut self, name: &'static str, style: Style, explode: bool, value: T) {
        let shape = shape(style, &value);
        self.path_shape(name, style, explode, shape);
    }

    /// Adds a query parameter.
    pub(crate) fn query<T: Serialize>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        allow_reserved: bool,
        value: T,
    ) {
        let shape = shape(style, &value);
        self.query_shape(name, style, explode, allow_reserved, shape);
    }

    /// Sets a header parameter.
    pub(crate) fn header<T: Serialize>(&mut self, name: &'static str, style: Style, explode: bool, value: T) {
        let shape = shape(style, &value);
        self.header_shape(name, explode, shape);
    }

    /// Adds a cookie parameter.
    pub(crate) fn cookie<T: Serialize>(&mut self, name: &'static str, style: Style, explode: bool, value: T) {
        let shape = shape(style, &value);
        self.cookie_shape(name, explode, shape);
    }

    /// Sets a JSON body.
    pub(crate) fn json<T: Serialize>(&mut self, content_type: &'static str, value: T) {
        let json = serde_json::to_vec(&value);
        self.json_bytes(content_type, json);
    }

    /// Sets a urlencoded form as body; `fields` lists the properties whose encoding is documented.
    pub(crate) fn form<T: Serialize>(&mut self, fields: &'static [FormField], value: T) {
        let shape = Shape::of(&value);
        self.form_shape(fields, shape);
    }

    /// Sets a body of bytes or text; `documented` is its media type or a range of media types.
    pub(crate) fn bytes(&mut self, documented: &'static str, bytes: impl Into<Body>) {
        self.raw_body(documented, bytes.into());
    }

    /// Replaces the operation's value of `Accept`.
    pub(crate) fn accept(&mut self, media_types: &'static str) {
        self.accept = Some(media_types);
    }

    /// Adds a header that is not documented, or replaces a documented one. It is sent to the API's own origin only.
    pub fn extra_header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.extra_headers.insert(name, value);
            }
            _ => self.refuse(name, "no header can have this name or value"),
        }
    }

    /// Sets the timeout of each attempt. Replaces the client's. It applies until the last byte of the response, or
    /// until the headers of a response that is read as a stream.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Allows the request to be repeated, whatever its method.
    pub fn repeatable(&mut self) {
        self.repeatable = true;
    }

    /// Sets which redirects are followed. Replaces the client's setting.
    pub fn redirects(&mut self, redirects: Redirects) {
        self.redirects = Some(redirects);
    }

    /// Sends the request even if its credentials are missing.
    pub fn allow_missing_credentials(&mut self) {
        self.may_lack_credentials = true;
    }

    /// Whether the request can be sent once more, with its body or without: a stream can be sent once only.
    pub(super) fn can_send_again(&self, with_body: bool) -> bool {
        !(with_body && self.body.as_ref().is_some_and(Body::is_stream))
    }

    fn path_shape(&mut self, name: &'static str, style: Style, explode: bool, shape: Result<Shape, String>) {
        match shape {
            Ok(shape) => self
                .path
                .push((name, parameter::path(name, style, explode, &shape))),
            Err(reason) => self.refuse(name, &reason),
        }
    }

    fn query_shape(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        allow_reserved: bool,
        shape: Result<Shape, String>,
    ) {
        match shape {
            Ok(shape) => {
                for pair in parameter::query(name, style, explode, allow_reserved, shape) {
                    parameter::append(&mut self.query, &pair);
                }
            }
            Err(reason) => self.refuse(name, &reason),
        }
    }

    fn header_shape(&mut self, name: &'static str, explode: bool, shape: Result<Shape, String>) {
        let text = match shape {
            Ok(shape) => parameter::header(explode, &shape),
            Err(reason) => return self.refuse(name, &reason),
        };
        let Some(text) = text else { return };
        match (HeaderName::try_from(name), header_value(&text)) {
            (Ok(header), Some(value)) => {
                self.headers.insert(header, value);
            }
            _ => self.refuse(name, "it holds characters that no header can carry"),
        }
    }

    fn cookie_shape(&mut self, name: &'static str, explode: bool, shape: Result<Shape, String>) {
        let pairs = match shape {
            Ok(shape) => parameter::cookie(name, explode, &shape),
            Err(reason) => return self.refuse(name, &reason),
        };
        if pairs.is_empty() {
            return;
        }
        let mut cookies = match self.headers.get(COOKIE).map(HeaderValue::to_str) {
            Some(Ok(cookies)) => format!("{cookies}; "),
            _ => String::new(),
        };
        cookies.push_str(&pairs.join("; "));
        match HeaderValue::from_str(&cookies) {
            Ok(value) => {
                self.headers.insert(COOKIE, value);
            }
            Err(_) => self.refuse(name, "it holds characters that no cookie can carry"),
        }
    }

    fn json_bytes(&mut self, content_type: &'static str, json: Result<Vec<u8>, serde_json::Error>) {
        match json {
            Ok(json) => self.set_body(content_type, Body::from(json)),
            Err(error) => self.refuse("body", &error.to_string()),
        }
    }

    fn form_shape(&mut self, fields: &'static [FormField], shape: Result<Shape, String>) {
        let members = match shape {
            Ok(Shape::Object(members)) => members,
            Ok(Shape::Absent) => Vec::new(),
            Ok(_) => return self.refuse("body", "a form has to be an object"),
            Err(reason) => return self.refuse("body", &reason),
        };
        let mut text = String::new();
        for (name, value) in members {
            let field = fields.iter().find(|field| field.name == name);
            match field.map_or_else(
                || Ok(parameter::field(&name, &value)),
                |field| pairs(field, &value),
            ) {
                Ok(pairs) => {
                    for pair in pairs {
                        parameter::append(&mut text, &pair);
                    }
                }
                Err(reason) => return self.refuse("body", &reason),
            }
        }
        self.set_body("application/x-www-form-urlencoded", Body::from(text));
    }

    fn raw_body(&mut self, documented: &'static str, body: Body) {
        let given = body.own_content_type().map(str::to_owned);
        match (given, documented.split_once('*')) {
            (Some(media_type), range) => {
                let is_one = !media_type.contains('*');
                if is_one && range.is_none_or(|(start, _)| starts_with(&media_type, start)) {
                    self.set_body(&media_type, body);
                } else {
                    self.refuse(
                        "body",
                        &format!("its media type `{media_type}` is not `{documented}`"),
                    );
                }
            }
            (None, Some(_)) => self.refuse(
                "body",
                &format!(
                    "`{documented}` is a range of media types: `Body::content_type` sets the one it has"
                ),
            ),
            (None, None) => self.set_body(documented, body),
        }
    }

    pub(super) fn set_body(&mut self, content_type: &str, body: Body) {
        match HeaderValue::from_str(content_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
                self.body = Some(body);
                self.form = None;
            }
            Err(_) => self.refuse("body", "its media type is not valid"),
        }
    }

    /// Writes the multipart form, with the headers of its parts, into the body.
    pub(super) fn finish(&mut self) {
        let headers = std::mem::take(&mut self.part_headers);
        let Some(form) = self.form.take() else {
            if let Some(header) = headers.first() {
                self.refuse(header.part, "it has a header, but the body is no form");
            }
            return;
        };
        match form(headers) {
            Ok((content_type, body)) => self.set_body(&content_type, body),
            Err(reason) => self.refuse("body", &reason),
        }
    }

    pub(super) fn refuse(&mut self, parameter: &str, reason: &str) {
        if self.error.is_none() {
            self.error = Some(RequestError::new(self.operation.id, parameter, reason));
        }
    }

    /// The percent-encoded path with the values of its parameters.
    ///
    /// # Errors
    /// The first error of the request.
    pub(super) fn expand_path(&self) -> Result<String, RequestError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let refuse = |parameter: &str, reason: &str| RequestError::new(self.operation.id, parameter, reason);
        let mut path = String::new();
        for segment in self.operation.path.split('/').skip(1) {
            path.push('/');
            let start = path.len();
            let mut rest = segment;
            let mut last = None;
            while let Some((before, after)) = rest.split_once('{') {
                let (name, after) = after.split_once('}').unwrap_or((after, ""));
                let value = self.path.iter().find(|(given, _)| *given == name);
                let (_, value) = value.ok_or_else(|| refuse(name, "it is not set"))?;
                path.push_str(before);
                path.push_str(value);
                last = Some(name);
                rest = after;
            }
            path.push_str(rest);
            let Some(name) = last else { continue };
            match &path[start..] {
                "" => return Err(refuse(name, "it is empty, which would name another path")),
                "." | ".." => return Err(refuse(name, "a path segment `.` or `..` would name another path")),
                _ => {}
            }
        }
        Ok(path)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("extra_headers", &self.extra_headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Whether the text starts like that, in upper or lower case.
fn starts_with(text: &str, start: &str) -> bool {
    let head = text.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn shape<T: Serialize>(style: Style, value: &T) -> Result<Shape, String> {
    shape_of(style, value)
}

/// Serializes a property of a form that has a style into pairs.
pub(super) fn pairs<T: Serialize + ?Sized>(field: &FormField, value: &T) -> Result<Vec<String>, String> {
    let style = field.style.unwrap_or(Style::Form);
    let shape = shape_of(style, value)?;
    Ok(parameter::query(
        field.name,
        style,
        field.explode,
        field.allow_reserved,
        shape,
    ))
}

pub(super) fn shape_of<T: Serialize + ?Sized>(style: Style, value: &T) -> Result<Shape, String> {
    if style == Style::Json {
        return serde_json::to_string(value)
            .map(Shape::Scalar)
            .map_err(|error| error.to_string());
    }
    Shape::of(value)
}

/// A header value, in UTF-8 if it is not ASCII.
fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes()).ok()
}
