//! Paths, operations and what they are made of, from the tree into `openapiv3`'s types.

use super::super::PathItem;
use super::super::expect::Expect;
use super::super::place::{Kind, METHODS};
use super::super::tree::{Node, Value};
use super::objects::{Build, Here};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

impl<'a> Build<'a> {
    pub(super) fn paths(&mut self, here: &Here<'a>) -> IndexMap<String, PathItem> {
        let count = here.member("paths").and_then(|paths| paths.node.as_object());
        let mut paths = IndexMap::with_capacity(count.map_or(0, IndexMap::len));
        if here.member("paths").is_none() && self.is_3_0() {
            self.expect
                .report(rules::MISSING_MEMBER, here.node, &[&"the document", &"paths"]);
        }
        for (path, item) in self.map(here, "paths") {
            if path.starts_with("x-") {
                continue;
            }
            let place = here.node.get("paths").and_then(|paths| paths.entry(path));
            let place = place.map_or(item.node.span, |entry| entry.key_span);
            if path.contains("://") {
                self.expect.diagnostics.report(rules::BAD_PATH, place, &[path]);
                continue;
            }
            if !path.starts_with('/') {
                self.expect.diagnostics.report(rules::PATH_SLASH, place, &[path]);
            }
            if has_odd_braces(path) {
                self.expect.diagnostics.report(rules::PATH_BRACES, place, &[path]);
            }
            let said = self.said_beside(&item);
            let Some(item) = self.resolve(item, Kind::PathItem) else {
                continue;
            };
            if item.node.value == Value::Null || self.expect.object(item.node, path).is_none() {
                continue;
            }
            let mut item = self.path_item(&item);
            item.summary = said.summary.or(item.summary);
            item.description = said.description.or(item.description);
            paths.insert(path.clone(), item);
        }
        paths
    }

    fn path_item(&mut self, here: &Here<'a>) -> PathItem {
        const OTHERS: [&str; 4] = ["summary", "description", "servers", "parameters"];
        let mut known: Vec<&str> = METHODS.iter().chain(&OTHERS).copied().collect();
        for (key, entry) in here.node.as_object().into_iter().flatten() {
            let is_operation = entry.node.get("responses").is_some()
                || matches!(key.as_str(), "query" | "additionalOperations");
            if is_operation && !known.contains(&key.as_str()) && !key.starts_with("x-") {
                known.push(key);
                self.expect
                    .diagnostics
                    .report(rules::UNKNOWN_METHOD, entry.key_span, &[key]);
            }
        }
        self.expect.only(here.node, "a path item", &known);
        let mut operations = Vec::new();
        for method in METHODS {
            let Some(node) = here.node.get(method) else {
                continue;
            };
            let at = here.at.child(method);
            if self.expect.object(node, method).is_some() {
                operations.push((method, self.operation(&Here { node, at })));
            }
        }
        if let Some(members) = here.node.as_object() {
            operations.sort_by_key(|(method, _)| members.get_index_of(*method));
        }
        operations.shrink_to_fit();
        PathItem {
            operations,
            summary: self.expect.text(here.node, "summary"),
            description: self.expect.text(here.node, "description"),
            servers: self.servers(here),
            parameters: self.parameters(here),
        }
    }

    fn operation(&mut self, here: &Here<'a>) -> oa::Operation {
        let node = here.node;
        self.expect.only(
            node,
            "an operation",
            &[
                "tags",
                "summary",
                "description",
                "externalDocs",
                "operationId",
                "parameters",
                "requestBody",
                "responses",
                "callbacks",
                "deprecated",
                "security",
                "servers",
            ],
        );
        self.left_out(node, "callbacks");
        let request_body = here
            .member("requestBody")
            .and_then(|body| self.resolve(body, Kind::RequestBody))
            .filter(|body| self.expect.object(body.node, "requestBody").is_some())
            .and_then(|body| self.request_body(&body))
            .map(oa::ReferenceOr::Item);
        oa::Operation {
            tags: self.expect.texts(node, "tags"),
            summary: self.expect.text(node, "summary"),
            description: self.expect.text(node, "description"),
            external_docs: self.external_docs(here),
            operation_id: self
                .expect
                .text(node, "operationId")
                .filter(|id| !id.trim().is_empty()),
            parameters: self.parameters(here),
            request_body,
            responses: self.responses(here),
            callbacks: IndexMap::new(),
            deprecated: self.expect.flag(node, "deprecated") == Some(true),
            security: self.security(here),
            servers: self.servers(here),
            extensions: Self::extensions(here),
        }
    }

    /// Keeps positions: in the place of a parameter that cannot be read stands a reference to it.
    fn parameters(&mut self, here: &Here<'a>) -> Vec<oa::ReferenceOr<oa::Parameter>> {
        let list = self.list(here, "parameters");
        let mut parameters = Vec::with_capacity(list.len());
        for parameter in list {
            let left_out = || oa::ReferenceOr::Reference {
                reference: parameter.at.0.clone(),
            };
            let said = self.said_beside(&parameter);
            let mut read = self
                .resolve(parameter.clone(), Kind::Parameter)
                .filter(|it| self.expect.object(it.node, "a parameter").is_some())
                .and_then(|it| self.parameter(&it));
            if let (Some(description), Some(parameter)) = (said.description, &mut read) {
                let (oa::Parameter::Query { parameter_data, .. }
                | oa::Parameter::Header { parameter_data, .. }
                | oa::Parameter::Path { parameter_data, .. }
                | oa::Parameter::Cookie { parameter_data, .. }) = parameter;
                parameter_data.description = Some(description);
            }
            parameters.push(read.map_or_else(left_out, oa::ReferenceOr::Item));
        }
        parameters
    }

    pub(super) fn parameter(&mut self, here: &Here<'a>) -> Option<oa::Parameter> {
        let node = here.node;
        self.expect.only(
            node,
            "a parameter",
            &[
                "name",
                "in",
                "description",
                "required",
                "deprecated",
                "allowEmptyValue",
                "style",
                "explode",
                "allowReserved",
                "schema",
                "example",
                "examples",
                "content",
            ],
        );
        let Some(name) = self.expect.text(node, "name") else {
            self.expect
                .report(rules::MISSING_MEMBER, node, &[&"a parameter", &"name"]);
            return None;
        };
        let Some(place) = self.expect.text(node, "in") else {
            self.expect
                .report(rules::MISSING_MEMBER, node, &[&"a parameter", &"in"]);
            return None;
        };
        let mut required = self.expect.flag(node, "required") == Some(true);
        if place == "path" && !required {
            self.expect.report(rules::OPTIONAL_PATH_PARAMETER, node, &[&name]);
            required = true;
        }
        let parameter_data = oa::ParameterData {
            name,
            description: self.expect.text(node, "description"),
            required,
            deprecated: self.expect.flag(node, "deprecated"),
            format: self.format(here, "a parameter"),
            example: Self::example_of(here),
            examples: self.examples(here),
            explode: self.expect.flag(node, "explode"),
            extensions: Self::extensions(here),
        };
        Some(match place.as_str() {
            "query" => oa::Parameter::Query {
                parameter_data,
                allow_reserved: self.expect.flag(node, "allowReserved") == Some(true),
                style: self.style(
                    node,
                    "query",
                    &[
                        ("form", oa::QueryStyle::Form),
                        ("spaceDelimited", oa::QueryStyle::SpaceDelimited),
                        ("pipeDelimited", oa::QueryStyle::PipeDelimited),
                        ("deepObject", oa::QueryStyle::DeepObject),
                    ],
                ),
                allow_empty_value: self.expect.flag(node, "allowEmptyValue"),
            },
            "header" => oa::Parameter::Header {
                parameter_data,
                style: self.style(node, "header", &[("simple", oa::HeaderStyle::Simple)]),
            },
            "path" => oa::Parameter::Path {
                parameter_data,
                style: self.style(
                    node,
                    "path",
                    &[
                        ("simple", oa::PathStyle::Simple),
                        ("label", oa::PathStyle::Label),
                        ("matrix", oa::PathStyle::Matrix),
                    ],
                ),
            },
            "cookie" => oa::Parameter::Cookie {
                parameter_data,
                style: self.style(node, "cookie", &[("form", oa::CookieStyle::Form)]),
            },
            other => {
                let place = node.get("in").unwrap_or(node);
                self.expect
                    .report(rules::UNKNOWN_VALUE, place, &[&other, &"place for a parameter"]);
                return None;
            }
        })
    }

    /// The style of that name, or the default.
    fn style<S: Clone + Default>(&mut self, node: &Node, place: &str, styles: &[(&str, S)]) -> S {
        let Some(given) = self.expect.text(node, "style") else {
            return S::default();
        };
        if let Some((_, style)) = styles.iter().find(|(name, _)| *name == given) {
            return style.clone();
        }
        let place_of = node.get("style").unwrap_or(node);
        self.expect.report(
            rules::UNKNOWN_VALUE,
            place_of,
            &[&given, &format!("style of a {place} parameter")],
        );
        S::default()
    }

    fn format(&mut self, here: &Here<'a>, what: &str) -> oa::ParameterSchemaOrContent {
        let schema = here.member("schema").and_then(|schema| self.schema(&schema));
        let content = self.content(here, false);
        match (schema, content.is_empty()) {
            (Some(schema), empty) => {
                if !empty {
                    self.expect.report(rules::SCHEMA_AND_CONTENT, here.node, &[&what]);
                }
                oa::ParameterSchemaOrContent::Schema(schema)
            }
            (None, empty) => {
                if empty {
                    self.expect.report(rules::NO_SCHEMA, here.node, &[&what]);
                }
                oa::ParameterSchemaOrContent::Content(content)
            }
        }
    }

    pub(super) fn header(&mut self, here: &Here<'a>) -> oa::Header {
        let node = here.node;
        self.expect.only(
            node,
            "a header",
            &[
                "description",
                "required",
                "deprecated",
                "style",
                "explode",
                "schema",
                "example",
                "examples",
                "content",
            ],
        );
        oa::Header {
            description: self.expect.text(node, "description"),
            style: self.style(node, "header", &[("simple", oa::HeaderStyle::Simple)]),
            required: self.expect.flag(node, "required") == Some(true),
            deprecated: self.expect.flag(node, "deprecated"),
            format: self.format(here, "a header"),
            example: Self::example_of(here),
            examples: self.examples(here),
            extensions: Self::extensions(here),
        }
    }

    pub(super) fn request_body(&mut self, here: &Here<'a>) -> Option<oa::RequestBody> {
        self.expect.only(
            here.node,
            "a request body",
            &["description", "content", "required"],
        );
        if here.member("content").is_none() {
            self.expect
                .report(rules::MISSING_MEMBER, here.node, &[&"a request body", &"content"]);
            return None;
        }
        Some(oa::RequestBody {
            description: self.expect.text(here.node, "description"),
            content: self.content(here, true),
            required: self.expect.flag(here.node, "required") == Some(true),
            extensions: Self::extensions(here),
        })
    }

    /// `content`. Encodings exist for request bodies only, so headers inside them cannot nest without end.
    fn content(&mut self, here: &Here<'a>, with_encoding: bool) -> IndexMap<String, oa::MediaType> {
        let map = self.map(here, "content");
        let mut content = IndexMap::with_capacity(map.len());
        for (name, media_type) in map {
            if name.starts_with("x-") {
                continue;
            }
            let Some(media_type) = self.resolve(media_type, Kind::MediaType) else {
                continue;
            };
            if !is_media_type(name) {
                let place = here.node.get("content").and_then(|content| content.entry(name));
                let place = place.map_or(media_type.node.span, |entry| entry.key_span);
                self.expect
                    .diagnostics
                    .report(rules::BAD_MEDIA_TYPE, place, &[name]);
            }
            if media_type.node.value == Value::Null {
                content.insert(name.clone(), oa::MediaType::default());
                continue;
            }
            if self.expect.object(media_type.node, name).is_none() {
                continue;
            }
            self.expect.only(
                media_type.node,
                "a media type",
                &[
                    "schema",
                    "example",
                    "examples",
                    "encoding",
                    "itemSchema",
                    "prefixEncoding",
                    "itemEncoding",
                ],
            );
            self.unread(
                media_type.node,
                "a media type",
                &["itemSchema", "prefixEncoding", "itemEncoding"],
            );
            let schema = media_type
                .member("schema")
                .and_then(|schema| self.schema(&schema));
            content.insert(
                name.clone(),
                oa::MediaType {
                    schema,
                    example: Self::example_of(&media_type),
                    examples: self.examples(&media_type),
                    encoding: if with_encoding {
                        self.encodings(&media_type)
                    } else {
                        IndexMap::new()
                    },
                    extensions: Self::extensions(&media_type),
                },
            );
        }
        content
    }

    fn encodings(&mut self, here: &Here<'a>) -> IndexMap<String, oa::Encoding> {
        let mut encodings = IndexMap::new();
        for (name, encoding) in self.map(here, "encoding") {
            let node = encoding.node;
            if self.expect.object(node, name).is_none() {
                continue;
            }
            self.expect.only(
                node,
                "an encoding",
                &[
                    "contentType",
                    "headers",
                    "style",
                    "explode",
                    "allowReserved",
                    "encoding",
                    "prefixEncoding",
                    "itemEncoding",
                ],
            );
            let style = Expect::member(node, "style").is_some().then(|| {
                self.style(
                    node,
                    "form",
                    &[
                        ("form", oa::QueryStyle::Form),
                        ("spaceDelimited", oa::QueryStyle::SpaceDelimited),
                        ("pipeDelimited", oa::QueryStyle::PipeDelimited),
                        ("deepObject", oa::QueryStyle::DeepObject),
                    ],
                )
            });
            encodings.insert(
                name.clone(),
                oa::Encoding {
                    content_type: self.expect.text(node, "contentType"),
                    headers: self.items(&encoding, "headers", Kind::Header, |build, here| {
                        Some(build.header(here))
                    }),
                    // The default depends on the style.
                    explode: self
                        .expect
                        .flag(node, "explode")
                        .unwrap_or(matches!(style, None | Some(oa::QueryStyle::Form))),
                    style,
                    allow_reserved: self.expect.flag(node, "allowReserved") == Some(true),
                    extensions: Self::extensions(&encoding),
                },
            );
        }
        encodings
    }

    fn responses(&mut self, here: &Here<'a>) -> oa::Responses {
        let mut responses = oa::Responses::default();
        let Some(given) = here.member("responses") else {
            // 3.1 made them optional.
            if self.is_3_0() {
                self.expect
                    .report(rules::MISSING_MEMBER, here.node, &[&"an operation", &"responses"]);
            }
            return responses;
        };
        responses.extensions = Self::extensions(&given);
        let map = self.map(here, "responses");
        responses.responses.reserve_exact(map.len());
        for (key, response) in map {
            if key.starts_with("x-") {
                continue;
            }
            let status = status(key);
            if status.is_none() && key != "default" {
                let place = given
                    .node
                    .entry(key)
                    .map_or(response.node.span, |entry| entry.key_span);
                self.expect.diagnostics.report(rules::BAD_STATUS, place, &[key]);
                continue;
            }
            let said = self.said_beside(&response);
            let Some(response) = self.resolve(response, Kind::Response) else {
                continue;
            };
            let mut response = match &response.node.value {
                // That there is such a response is all that is said.
                Value::Null => self.response(&response),
                Value::String(text) => {
                    self.expect
                        .coerced(key, "a mapping", response.node, "its description");
                    oa::Response {
                        description: text.clone(),
                        ..oa::Response::default()
                    }
                }
                _ if self.expect.object(response.node, key).is_none() => continue,
                _ => self.response(&response),
            };
            if let Some(description) = said.description {
                response.description = description;
            }
            let response = oa::ReferenceOr::Item(response);
            match status {
                Some(status) => drop(responses.responses.insert(status, response)),
                None => responses.default = Some(response),
            }
        }
        responses
    }

    pub(super) fn response(&mut self, here: &Here<'a>) -> oa::Response {
        self.expect.only(
            here.node,
            "a response",
            &["summary", "description", "headers", "content", "links"],
        );
        self.left_out(here.node, "links");
        oa::Response {
            description: self.required_text(here, "a response", "description"),
            headers: self.items(here, "headers", Kind::Header, |build, here| {
                Some(build.header(here))
            }),
            content: self.content(here, false),
            links: IndexMap::new(),
            extensions: Self::extensions(here),
        }
    }

    fn is_3_0(&self) -> bool {
        self.root
            .get("openapi")
            .and_then(Node::as_str)
            .is_some_and(|version| version.starts_with("3.0"))
    }
}

/// Is there a brace without its partner, or nothing between two?
fn has_odd_braces(path: &str) -> bool {
    let mut opened = None;
    for (at, char) in path.char_indices() {
        match (char, opened) {
            ('{', None) => opened = Some(at),
            ('}', Some(open)) if at > open + 1 => opened = None,
            ('{' | '}', _) | ('/', Some(_)) => return true,
            _ => {}
        }
    }
    opened.is_some()
}

/// `type/subtype`, with or without parameters; ranges such as `text/*` too.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// `404` or `4XX`.
fn status(key: &str) -> Option<oa::StatusCode> {
    let [first @ b'1'..=b'9', second, third] = key.trim().as_bytes() else {
        return None;
    };
    match (second, third) {
        (b'x' | b'X', b'x' | b'X') => Some(oa::StatusCode::Range(u16::from(first - b'0'))),
        _ => key.trim().parse().ok().map(oa::StatusCode::Code),
    }
}
