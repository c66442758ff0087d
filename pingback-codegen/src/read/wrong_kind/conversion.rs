//! Reads an object of one kind as an object of another kind.

use super::super::media_types::is_json;
use super::super::object_kind::ObjectKind;
use super::super::reference::{Resolved, local_reference, reference_node, resolve};
use super::super::tree::{Entry, Node, Pointer, Value};
use super::members::has_media_types;
use indexmap::IndexMap;

/// The media type of a body of which only the schema is given.
const JSON: &str = "application/json";

/// The object that takes the place of a reference.
pub(super) struct Conversion {
    pub(super) node: Node,
    /// How the target is read, for the finding.
    pub(super) consequence: String,
}

/// Converts the target of a reference.
#[derive(Clone, Copy)]
pub(super) struct Converter<'a> {
    pub(super) root: &'a Node,
    /// The object with the `$ref`.
    pub(super) reference: &'a Node,
}

impl<'a> Converter<'a> {
    /// The object at `pointer`, which is of the kind `found`, as an object of the kind `required`. `key` is the key of
    /// the reference. `None` if that makes no sense.
    pub(super) fn convert(
        self,
        required: ObjectKind,
        key: &str,
        found: ObjectKind,
        pointer: &Pointer,
    ) -> Option<Conversion> {
        match required {
            ObjectKind::Schema => self.schema(found, pointer),
            ObjectKind::Response | ObjectKind::RequestBody => self.with_content(required, found, pointer),
            ObjectKind::MediaType => self.media_type(key, found, pointer),
            ObjectKind::Header => self.header(found, pointer),
            ObjectKind::Parameter => self.parameter(found, pointer),
            ObjectKind::Example => Some(self.example(pointer)),
            ObjectKind::Link | ObjectKind::Callback => Some(Conversion {
                node: self.object([]),
                consequence: "it is ignored".to_owned(),
            }),
            _ => None,
        }
    }

    /// The schema that the target is or has.
    fn schema(self, found: ObjectKind, pointer: &Pointer) -> Option<Conversion> {
        let (schema, consequence) = match found {
            ObjectKind::Schema => (pointer.clone(), "the schema at its end is used".to_owned()),
            ObjectKind::MediaType | ObjectKind::Parameter | ObjectKind::Header
                if self.has(pointer, "schema") =>
            {
                (pointer.child("schema"), "its `schema` is used".to_owned())
            }
            ObjectKind::Parameter
            | ObjectKind::Header
            | ObjectKind::Response
            | ObjectKind::RequestBody
            | ObjectKind::MapOf(&ObjectKind::MediaType) => {
                let (media_type, place) = self.media_type_of(found, pointer, "")?;
                let Resolved::Found(place, _) = resolve(self.root, &place) else {
                    return None;
                };
                let consequence = format!("the schema of its `{media_type}` is used");
                self.has(&place, "schema")
                    .then(|| (place.child("schema"), consequence))?
            }
            _ => return None,
        };
        let mut node = self.reference.clone();
        let Value::Object(members) = &mut node.value else {
            return None;
        };
        members.get_mut("$ref")?.node.value = Value::String(local_reference(&schema));
        Some(Conversion { node, consequence })
    }

    /// A response or request body with the content of the target.
    fn with_content(self, required: ObjectKind, found: ObjectKind, pointer: &Pointer) -> Option<Conversion> {
        let target = self.root.at(pointer)?;
        let (content, consequence) = if required == ObjectKind::RequestBody {
            let (content, consequence) = self
                .content_of_parameter(found, pointer)
                .or_else(|| self.content_of(found, pointer))?;
            // A request body without content is none.
            (Some(content?), consequence)
        } else {
            self.content_of(found, pointer)?
        };
        let description = self.reference.get("description").or_else(|| {
            let description = target.get("description");
            description.filter(|description| description.as_str().is_some())
        });
        let description = description.cloned().unwrap_or_else(|| self.text(""));
        let mut members = vec![("description", description)];
        members.extend(content.map(|content| ("content", content)));
        if required == ObjectKind::Response && target.get("headers").and_then(Node::as_object).is_some() {
            members.push(("headers", self.references_to_members(&pointer.child("headers"))));
        }
        if required == ObjectKind::RequestBody {
            // `required` of a schema is a list.
            let flag = target.get("required").filter(|node| node.as_bool().is_some());
            members.extend(flag.map(|node| ("required", node.clone())));
        }
        Some(Conversion {
            node: self.object(members),
            consequence,
        })
    }

    /// The `content` that the target has or is, and how it is used. The content is `None` if the target may have one,
    /// but has none.
    fn content_of(self, found: ObjectKind, pointer: &Pointer) -> Option<(Option<Node>, String)> {
        let target = self.root.at(pointer)?;
        let has_content = target.get("content").and_then(Node::as_object).is_some();
        Some(match found {
            ObjectKind::Response | ObjectKind::RequestBody if !has_content => {
                (None, "its description is used".to_owned())
            }
            ObjectKind::Response | ObjectKind::RequestBody => self.own_content(pointer),
            ObjectKind::Schema if has_media_types(target) => self.own_content(pointer),
            ObjectKind::Schema => {
                let consequence = format!("it is used as the schema of `{JSON}`");
                (Some(self.json_content(pointer)), consequence)
            }
            ObjectKind::MapOf(&ObjectKind::MediaType) => {
                let content = self.references_to_members(pointer);
                (Some(content), "it is used as `content`".to_owned())
            }
            ObjectKind::MediaType => {
                let name = media_type_name(pointer);
                let content = self.object([(name.as_str(), self.reference_to(pointer))]);
                (Some(content), format!("it is used for `{name}`"))
            }
            _ => return None,
        })
    }

    /// The content of a parameter: Swagger 2.0 has bodies among the parameters.
    fn content_of_parameter(self, found: ObjectKind, pointer: &Pointer) -> Option<(Option<Node>, String)> {
        if found != ObjectKind::Parameter {
            return None;
        }
        if self.has(pointer, "schema") {
            let consequence = format!("its `schema` is used for `{JSON}`");
            return Some((Some(self.json_content(&pointer.child("schema"))), consequence));
        }
        self.has(pointer, "content").then(|| self.own_content(pointer))
    }

    fn own_content(self, pointer: &Pointer) -> (Option<Node>, String) {
        let content = self.references_to_members(&pointer.child("content"));
        (Some(content), "its `content` is used".to_owned())
    }

    /// JSON with the schema at `pointer`.
    fn json_content(self, pointer: &Pointer) -> Node {
        let media_type = self.object([("schema", self.reference_to(pointer))]);
        self.object([(JSON, media_type)])
    }

    /// A media type: the one called `key` of the target, if it has several.
    fn media_type(self, key: &str, found: ObjectKind, pointer: &Pointer) -> Option<Conversion> {
        if found == ObjectKind::Schema {
            return Some(Conversion {
                node: self.object([("schema", self.reference_to(pointer))]),
                consequence: "it is used as `schema`".to_owned(),
            });
        }
        let (media_type, place) = self.media_type_of(found, pointer, key)?;
        Some(Conversion {
            node: self.reference_to(&place),
            consequence: format!("its `{media_type}` is used"),
        })
    }

    fn header(self, found: ObjectKind, pointer: &Pointer) -> Option<Conversion> {
        const MEMBERS: [&str; 5] = ["description", "required", "deprecated", "explode", "example"];
        match found {
            ObjectKind::Schema => Some(Conversion {
                node: self.object([("schema", self.reference_to(pointer))]),
                consequence: "it is used as `schema`".to_owned(),
            }),
            ObjectKind::Parameter => Some(Conversion {
                node: self.with_value(pointer, &MEMBERS),
                consequence: "its `schema` or `content` is used".to_owned(),
            }),
            _ => None,
        }
    }

    /// A parameter, if the target has a name and a location.
    fn parameter(self, found: ObjectKind, pointer: &Pointer) -> Option<Conversion> {
        const MEMBERS: [&str; 10] = [
            "name",
            "in",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "allowReserved",
            "example",
        ];
        let may_be_parameter = matches!(
            found,
            ObjectKind::Header | ObjectKind::Schema | ObjectKind::SecurityScheme
        );
        let target = self.root.at(pointer)?;
        let has_text = |key: &str| target.get(key).and_then(Node::as_str).is_some();
        (may_be_parameter && has_text("name") && has_text("in")).then(|| Conversion {
            node: self.with_value(pointer, &MEMBERS),
            consequence: "its `name` and `in` are used".to_owned(),
        })
    }

    /// The `members` of the target, and references to its schema, media types and examples.
    fn with_value(self, pointer: &Pointer, members: &[&'static str]) -> Node {
        let target = self.root.at(pointer);
        let copied = members.iter().filter_map(|&key| {
            let member = self.reference.get(key).or_else(|| target?.get(key))?;
            Some((key, member.clone()))
        });
        let mut members: Vec<(&str, Node)> = copied.collect();
        if self.has(pointer, "schema") {
            members.push(("schema", self.reference_to(&pointer.child("schema"))));
        }
        for key in ["content", "examples"] {
            if self.has(pointer, key) {
                members.push((key, self.references_to_members(&pointer.child(key))));
            }
        }
        self.object(members)
    }

    /// Examples affect no type, so there is always a conversion.
    fn example(self, pointer: &Pointer) -> Conversion {
        let example = self.root.at(pointer).and_then(|target| target.get("example"));
        let consequence = match example {
            Some(_) => "its `example` is used",
            None => "it is ignored",
        };
        Conversion {
            node: self.object(example.map(|value| ("value", value.clone()))),
            consequence: consequence.to_owned(),
        }
    }

    /// A media type of an object of the kind `found`, with its place: the one called `preferred`, or else JSON, or else
    /// the first.
    fn media_type_of(
        self,
        found: ObjectKind,
        pointer: &Pointer,
        preferred: &str,
    ) -> Option<(&'a str, Pointer)> {
        let content = match found {
            ObjectKind::MapOf(&ObjectKind::MediaType) => pointer.clone(),
            ObjectKind::Parameter | ObjectKind::Header | ObjectKind::Response | ObjectKind::RequestBody => {
                pointer.child("content")
            }
            _ => return None,
        };
        let names = self.root.at(&content)?.as_object()?.keys();
        let names = names.map(String::as_str).filter(|name| !name.starts_with("x-"));
        let name = names.min_by_key(|name| (*name != preferred, !is_json(name)))?;
        Some((name, content.child(name)))
    }

    fn has(self, pointer: &Pointer, key: &str) -> bool {
        let target = self.root.at(pointer);
        target.is_some_and(|target| target.get_non_null(key).is_some())
    }

    /// A mapping with a reference to each member of the mapping at `pointer`.
    fn references_to_members(self, pointer: &Pointer) -> Node {
        let members = self.root.at(pointer).and_then(Node::as_object);
        let names = members.into_iter().flatten().map(|(name, _)| name.as_str());
        self.object(names.map(|name| (name, self.reference_to(&pointer.child(name)))))
    }

    fn reference_to(self, pointer: &Pointer) -> Node {
        reference_node(local_reference(pointer), self.reference.span)
    }

    fn text(self, text: &str) -> Node {
        Node {
            value: Value::String(text.to_owned()),
            span: self.reference.span,
        }
    }

    /// A mapping at the place of the reference.
    fn object<'k>(self, members: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
        let span = self.reference.span;
        let entries: IndexMap<String, Entry> = members
            .into_iter()
            .map(|(key, node)| (key.to_owned(), Entry { key_span: span, node }))
            .collect();
        Node {
            value: Value::Object(entries),
            span,
        }
    }
}

/// The key of a media type in its `content`. For a component, whose key is a name, it is JSON.
fn media_type_name(pointer: &Pointer) -> String {
    let mut segments: Vec<String> = pointer.segments().collect();
    let name = segments.pop().unwrap_or_default();
    match segments.pop().as_deref() {
        Some("content") => name,
        _ => JSON.to_owned(),
    }
}
