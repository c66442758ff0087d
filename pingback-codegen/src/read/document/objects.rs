//! The objects of an OpenAPI document that are neither operations nor schemas, from the tree into
//! `openapiv3`'s types.

use super::super::PathItem;
use super::super::expect::Expect;
use super::super::place::Kind;
use super::super::reference::{self, Followed, Target};
use super::super::schema::Schemas;
use super::super::tree::{Node, Pointer, Value};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;
use std::collections::HashSet;

/// What references may together repeat, in bytes of the text.
const INLINE_BUDGET: usize = 64 << 20;

/// Builds `openapiv3`'s model of a tree whose references are checked.
pub(super) struct Build<'a> {
    pub(super) expect: Expect<'a>,
    pub(super) root: &'a Node,
    pub(super) schemas: &'a Schemas,
    inlined: usize,
    /// The kinds of things that were said to be left out.
    left_out: HashSet<&'static str>,
}

/// What stands beside a `$ref`.
#[derive(Default)]
pub(super) struct Said {
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
}

/// An object and where it is defined.
#[derive(Clone)]
pub(super) struct Here<'a> {
    pub(super) node: &'a Node,
    pub(super) at: Pointer,
}

impl<'a> Here<'a> {
    /// A member that is there and not `null`.
    pub(super) fn member(&self, key: &str) -> Option<Here<'a>> {
        let node = self.node.get(key).filter(|node| node.value != Value::Null)?;
        Some(Here {
            node,
            at: self.at.child(key),
        })
    }
}

impl<'a> Build<'a> {
    pub(super) fn new(expect: Expect<'a>, root: &'a Node, schemas: &'a Schemas) -> Self {
        Self {
            expect,
            root,
            schemas,
            inlined: 0,
            left_out: HashSet::new(),
        }
    }

    /// The object itself, or what stands at the end of its `$ref`; what is wrong with the reference is
    /// reported already.
    pub(super) fn resolve(&mut self, here: Here<'a>, kind: Kind) -> Option<Here<'a>> {
        let Some(text) = reference::of(here.node) else {
            return Some(here);
        };
        let Target::Here(pointer) = reference::target(text) else {
            return None;
        };
        let Followed::To(at, node) = reference::definition(self.root, &pointer) else {
            return None;
        };
        let found = Kind::at(self.root, &at);
        if found != kind && found != Kind::Other {
            return None;
        }
        let before = self.inlined;
        self.inlined = before.saturating_add((node.span.end - node.span.start) as usize);
        if self.inlined > INLINE_BUDGET {
            if before <= INLINE_BUDGET {
                self.expect.report(rules::INLINE_BUDGET, here.node, &[]);
            }
            return None;
        }
        Some(Here { node, at })
    }

    /// The texts beside a `$ref`, which go before those of what it refers to. OpenAPI 3.0 has no use for them,
    /// but whoever wrote them meant them.
    pub(super) fn said_beside(&mut self, here: &Here<'a>) -> Said {
        if reference::of(here.node).is_none() {
            return Said::default();
        }
        Said {
            summary: self.expect.text(here.node, "summary"),
            description: self.expect.text(here.node, "description"),
        }
    }

    /// Says of members that are there that nothing comes of them.
    pub(super) fn unread(&mut self, node: &Node, what: &str, keys: &[&str]) {
        for key in keys {
            if let Some(entry) = node.entry(key).filter(|entry| !entry.node.is_empty()) {
                let diagnostics = &mut *self.expect.diagnostics;
                diagnostics.report(rules::UNUSED_MEMBER, entry.key_span, &[key, &what]);
            }
        }
    }

    /// Says once for each document that nothing comes of these members.
    pub(super) fn left_out(&mut self, node: &Node, key: &'static str) {
        if let Some(entry) = node.entry(key).filter(|entry| !entry.node.is_empty())
            && self.left_out.insert(key)
        {
            self.expect
                .diagnostics
                .report(rules::NOT_GENERATED, entry.key_span, &[&key]);
        }
    }

    /// The members of a mapping, in order.
    pub(super) fn map(&mut self, here: &Here<'a>, key: &str) -> Vec<(&'a String, Here<'a>)> {
        let at = here.at.child(key);
        self.expect
            .map(here.node, key)
            .map(|(name, entry)| {
                (
                    name,
                    Here {
                        node: &entry.node,
                        at: at.child(name),
                    },
                )
            })
            .collect()
    }

    /// The elements of a list, in order.
    pub(super) fn list(&mut self, here: &Here<'a>, key: &str) -> Vec<Here<'a>> {
        let at = here.at.child(key);
        let nodes = self.expect.list(here.node, key);
        nodes
            .iter()
            .enumerate()
            .map(|(index, node)| Here {
                node,
                at: at.child(index),
            })
            .collect()
    }

    pub(super) fn extensions(here: &Here<'a>) -> IndexMap<String, serde_json::Value> {
        here.node
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| key.starts_with("x-"))
            .map(|(key, entry)| (key.clone(), entry.node.to_json()))
            .collect()
    }

    /// A required text, empty if it is not there.
    pub(super) fn required_text(&mut self, here: &Here<'a>, what: &str, key: &str) -> String {
        if here.node.get(key).is_none_or(|node| node.value == Value::Null) {
            self.expect
                .report(rules::MISSING_MEMBER, here.node, &[&what, &key]);
        }
        self.expect.text(here.node, key).unwrap_or_default()
    }

    /// The whole document, its paths by themselves.
    pub(super) fn document(mut self) -> (oa::OpenAPI, IndexMap<String, PathItem>) {
        let here = Here {
            node: self.root,
            at: Pointer::default(),
        };
        self.expect.only(
            here.node,
            "the document",
            &[
                "openapi",
                "$self",
                "info",
                "jsonSchemaDialect",
                "servers",
                "paths",
                "webhooks",
                "components",
                "security",
                "tags",
                "externalDocs",
            ],
        );
        self.left_out(here.node, "webhooks");
        let version = here.node.get("openapi").map_or_else(String::new, |version| {
            let text = self.expect.sources.text(version.span);
            version.as_str().unwrap_or(text).to_owned()
        });
        let (info, servers) = (self.info(&here), self.servers(&here));
        let paths = self.paths(&here);
        let openapi = oa::OpenAPI {
            openapi: version,
            info,
            servers,
            paths: oa::Paths::default(),
            components: here
                .member("components")
                .map(|components| self.components(&components)),
            security: self.security(&here),
            tags: self.tags(&here),
            external_docs: self.external_docs(&here),
            extensions: Self::extensions(&here),
        };
        (openapi, paths)
    }

    fn info(&mut self, here: &Here<'a>) -> oa::Info {
        let Some(info) = here
            .member("info")
            .filter(|info| self.expect.object(info.node, "info").is_some())
        else {
            if here.member("info").is_none() {
                self.expect
                    .report(rules::MISSING_MEMBER, here.node, &[&"the document", &"info"]);
            }
            return oa::Info::default();
        };
        self.expect.only(
            info.node,
            "info",
            &[
                "title",
                "summary",
                "description",
                "termsOfService",
                "contact",
                "license",
                "version",
            ],
        );
        let summary = self.expect.text(info.node, "summary");
        let contact = info
            .member("contact")
            .filter(|it| self.expect.object(it.node, "contact").is_some());
        if let Some(contact) = &contact {
            self.expect
                .only(contact.node, "the contact", &["name", "url", "email"]);
        }
        let license = info
            .member("license")
            .filter(|it| self.expect.object(it.node, "license").is_some());
        if let Some(license) = &license {
            self.expect
                .only(license.node, "the license", &["name", "identifier", "url"]);
        }
        oa::Info {
            title: self.required_text(&info, "info", "title"),
            description: self.expect.text(info.node, "description").or(summary),
            terms_of_service: self.expect.text(info.node, "termsOfService"),
            contact: contact.map(|contact| oa::Contact {
                name: self.expect.text(contact.node, "name"),
                url: self.expect.text(contact.node, "url"),
                email: self.expect.text(contact.node, "email"),
                extensions: Self::extensions(&contact),
            }),
            license: license.map(|license| oa::License {
                name: self.required_text(&license, "a license", "name"),
                url: self.expect.text(license.node, "url"),
                extensions: Self::extensions(&license),
            }),
            version: self.required_text(&info, "info", "version"),
            extensions: Self::extensions(&info),
        }
    }

    pub(super) fn external_docs(&mut self, here: &Here<'a>) -> Option<oa::ExternalDocumentation> {
        let docs = here.member("externalDocs")?;
        self.expect.object(docs.node, "externalDocs")?;
        self.expect
            .only(docs.node, "externalDocs", &["description", "url"]);
        let url = self.required_text(&docs, "externalDocs", "url");
        (!url.is_empty()).then(|| oa::ExternalDocumentation {
            description: self.expect.text(docs.node, "description"),
            url,
            extensions: Self::extensions(&docs),
        })
    }

    pub(super) fn servers(&mut self, here: &Here<'a>) -> Vec<oa::Server> {
        let mut servers = Vec::new();
        for server in self.list(here, "servers") {
            if self.expect.object(server.node, "a server").is_none() {
                continue;
            }
            self.expect.only(
                server.node,
                "a server",
                &["url", "description", "variables", "name"],
            );
            let Some(url) = self.expect.text(server.node, "url") else {
                self.expect
                    .report(rules::MISSING_MEMBER, server.node, &[&"a server", &"url"]);
                continue;
            };
            let mut variables = IndexMap::new();
            for (name, variable) in self.map(&server, "variables") {
                if self.expect.object(variable.node, name).is_none() {
                    continue;
                }
                self.expect.only(
                    variable.node,
                    "a server variable",
                    &["enum", "default", "description"],
                );
                let enumeration = self.expect.texts(variable.node, "enum");
                let default = self.required_text(&variable, "a server variable", "default");
                let default = match enumeration.first() {
                    Some(first) if default.is_empty() => first.clone(),
                    _ => default,
                };
                if !enumeration.is_empty() && !enumeration.contains(&default) {
                    let place = variable.node.get("default").unwrap_or(variable.node);
                    self.expect.report(
                        rules::UNKNOWN_VALUE,
                        place,
                        &[
                            &default,
                            &format!("value that the server variable `{name}` lists"),
                        ],
                    );
                }
                variables.insert(
                    name.clone(),
                    oa::ServerVariable {
                        enumeration,
                        default,
                        description: self.expect.text(variable.node, "description"),
                        extensions: Self::extensions(&variable),
                    },
                );
            }
            servers.push(oa::Server {
                url,
                description: self.expect.text(server.node, "description"),
                variables: (!variables.is_empty()).then_some(variables),
                extensions: Self::extensions(&server),
            });
        }
        servers
    }

    fn tags(&mut self, here: &Here<'a>) -> Vec<oa::Tag> {
        let mut tags = Vec::new();
        for tag in self.list(here, "tags") {
            if self.expect.object(tag.node, "a tag").is_none() {
                continue;
            }
            let Some(name) = self.expect.text(tag.node, "name") else {
                self.expect
                    .report(rules::MISSING_MEMBER, tag.node, &[&"a tag", &"name"]);
                continue;
            };
            self.expect.only(
                tag.node,
                "a tag",
                &["name", "summary", "description", "externalDocs", "parent", "kind"],
            );
            let summary = self.expect.text(tag.node, "summary");
            tags.push(oa::Tag {
                name,
                description: self.expect.text(tag.node, "description").or(summary),
                external_docs: self.external_docs(&tag),
                extensions: Self::extensions(&tag),
            });
        }
        tags
    }

    fn components(&mut self, here: &Here<'a>) -> oa::Components {
        if self.expect.object(here.node, "components").is_none() {
            return oa::Components::default();
        }
        self.expect.only(
            here.node,
            "components",
            &[
                "schemas",
                "responses",
                "parameters",
                "examples",
                "requestBodies",
                "headers",
                "securitySchemes",
                "links",
                "callbacks",
                "pathItems",
                "mediaTypes",
            ],
        );
        oa::Components {
            schemas: self
                .map(here, "schemas")
                .into_iter()
                .filter_map(|(name, schema)| Some((name.clone(), self.schema(&schema)?)))
                .collect(),
            responses: self.items(here, "responses", Kind::Response, |build, here| {
                Some(build.response(here))
            }),
            parameters: self.items(here, "parameters", Kind::Parameter, Self::parameter),
            request_bodies: self.items(here, "requestBodies", Kind::RequestBody, Self::request_body),
            headers: self.items(here, "headers", Kind::Header, |build, here| {
                Some(build.header(here))
            }),
            security_schemes: self.items(
                here,
                "securitySchemes",
                Kind::SecurityScheme,
                Self::security_scheme,
            ),
            extensions: Self::extensions(here),
            // They are in the places that refer to them.
            examples: IndexMap::new(),
            links: IndexMap::new(),
            callbacks: IndexMap::new(),
        }
    }

    /// A map of objects, references replaced by what they point at. What cannot be read is left out.
    pub(super) fn items<T>(
        &mut self,
        here: &Here<'a>,
        key: &str,
        kind: Kind,
        read: fn(&mut Self, &Here<'a>) -> Option<T>,
    ) -> IndexMap<String, oa::ReferenceOr<T>> {
        let map = self.map(here, key);
        let mut items = IndexMap::with_capacity(map.len());
        for (name, item) in map {
            if name.starts_with("x-") && !matches!(kind, Kind::Header) && item.node.as_object().is_none() {
                continue;
            }
            let Some(item) = self.resolve(item, kind) else {
                continue;
            };
            if self.expect.object(item.node, name).is_none() {
                continue;
            }
            if let Some(item) = read(self, &item) {
                items.insert(name.clone(), oa::ReferenceOr::Item(item));
            }
        }
        items
    }

    /// What stands for a schema: the pointer of its definition.
    pub(super) fn schema<T>(&mut self, here: &Here<'a>) -> Option<oa::ReferenceOr<T>> {
        self.schemas
            .by_pointer
            .contains_key(&here.at)
            .then(|| oa::ReferenceOr::Reference {
                reference: here.at.0.clone(),
            })
    }

    /// `example`, whatever it is.
    pub(super) fn example_of(here: &Here<'a>) -> Option<serde_json::Value> {
        here.node.get("example").map(Node::to_json)
    }

    /// `examples`: a map of examples, though a list of values or a map of values is found as well.
    pub(super) fn examples(&mut self, here: &Here<'a>) -> IndexMap<String, oa::ReferenceOr<oa::Example>> {
        let mut examples = IndexMap::new();
        let plain = |value: &Node| {
            oa::ReferenceOr::Item(oa::Example {
                value: Some(value.to_json()),
                ..oa::Example::default()
            })
        };
        let Some(given) = here.member("examples") else {
            return examples;
        };
        if let Some(values) = given.node.as_array() {
            self.expect
                .coerced("examples", "a map of examples", given.node, "values");
            for (index, value) in values.iter().enumerate() {
                examples.insert(index.to_string(), plain(value));
            }
            return examples;
        }
        for (name, example) in self.map(here, "examples") {
            const MEMBERS: [&str; 6] = [
                "summary",
                "description",
                "value",
                "externalValue",
                "dataValue",
                "serializedValue",
            ];
            let Some(example) = self.resolve(example, Kind::Example) else {
                continue;
            };
            let is_example = example.node.as_object().is_some_and(|entries| {
                entries.is_empty() || entries.keys().any(|key| MEMBERS.contains(&key.as_str()))
            });
            if !is_example {
                self.expect
                    .coerced(name, "an example object", example.node, "its value");
                examples.insert(name.clone(), plain(example.node));
                continue;
            }
            examples.insert(
                name.clone(),
                oa::ReferenceOr::Item(oa::Example {
                    summary: self.expect.text(example.node, "summary"),
                    description: self.expect.text(example.node, "description"),
                    value: example
                        .node
                        .get("value")
                        .or_else(|| example.node.get("dataValue"))
                        .map(Node::to_json),
                    external_value: self.expect.text(example.node, "externalValue"),
                    extensions: Self::extensions(&example),
                }),
            );
        }
        examples
    }
}
