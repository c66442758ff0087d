//! Looks up parts of a [`Document`]: the byte range of a pointer, the schema of a reference, the properties of a schema.

use crate::model::Docs;
use crate::read::Document;
use crate::read::schema::{JsonType, Schema, SchemaId};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use openapiv3::ReferenceOr;
use std::collections::{HashMap, HashSet};

/// How many `$ref`s are followed in a row.
const DEPTH: usize = 32;

/// A view of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'d> {
    pub(super) document: &'d Document,
}

impl<'d> Reader<'d> {
    /// The node at `pointer`, and the pointer of its definition. `$ref`s on the way are followed.
    pub(super) fn resolve(self, pointer: &Pointer) -> Option<(Pointer, &'d Node)> {
        let root = &self.document.tree;
        let mut here = Pointer::default();
        let mut node = root;
        let mut jumps = 0;
        let mut segments = pointer.segments();
        loop {
            while let Some(target) = node.get("$ref").and_then(Node::as_str) {
                jumps += 1;
                let target = Pointer(target.strip_prefix('#')?.to_owned());
                node = (jumps <= DEPTH).then(|| root.at(&target)).flatten()?;
                here = target;
            }
            let Some(segment) = segments.next() else {
                return Some((here, node));
            };
            node = match node.as_array() {
                Some(items) => items.get(segment.parse::<usize>().ok()?)?,
                None => node.get(&segment)?,
            };
            here = here.child(segment);
        }
    }

    /// Whether the document is of OpenAPI 3.0.
    pub(super) fn is_openapi_3_0(self) -> bool {
        self.document.is_openapi_3_0()
    }

    /// The byte range of the node at `pointer`.
    pub(super) fn span(self, pointer: &Pointer) -> Option<Span> {
        self.document.span(pointer)
    }

    /// The byte range of the key of the last segment, which is shorter to show than a whole object.
    pub(super) fn key_span(self, pointer: &Pointer) -> Option<Span> {
        self.document.key_span(pointer)
    }

    /// The byte ranges of the `parameters` of the operation or path item at `pointer`, by name and location.
    pub(super) fn parameter_spans(self, pointer: &Pointer) -> HashMap<(&'d str, &'d str), Span> {
        let list = pointer.child("parameters");
        let mut spans = HashMap::new();
        let count = self
            .resolve(&list)
            .and_then(|(_, node)| node.as_array())
            .map_or(0, <[Node]>::len);
        for index in 0..count {
            let Some((_, parameter)) = self.resolve(&list.child(index)) else {
                continue;
            };
            let text = |key| parameter.get(key).and_then(Node::as_str);
            if let (Some(name), Some(location)) = (text("name"), text("in")) {
                let place = parameter.get("name").unwrap_or(parameter).span;
                spans.entry((name, location)).or_insert(place);
            }
        }
        spans
    }

    /// The schema that a reference of `openapiv3`'s model names. The reader represents every schema by such a reference.
    pub(super) fn schema_id<T>(self, reference: &ReferenceOr<T>) -> Option<SchemaId> {
        let ReferenceOr::Reference { reference } = reference else {
            return None;
        };
        let text = reference.strip_prefix('#').unwrap_or(reference);
        self.document
            .schemas
            .by_pointer
            .get(&Pointer(text.to_owned()))
            .copied()
    }

    /// The schema at a pointer, for keywords that `openapiv3` lacks.
    pub(super) fn schema_at(self, pointer: &Pointer) -> Option<SchemaId> {
        let (place, _) = self.resolve(pointer)?;
        self.document.schemas.by_pointer.get(&place).copied()
    }

    /// The schema with that number.
    pub(super) fn schema(self, id: SchemaId) -> &'d Schema {
        &self.document.schemas[id]
    }

    /// Follows `$ref`s to a schema that is not a reference.
    pub(super) fn follow(self, mut id: SchemaId) -> SchemaId {
        for _ in 0..DEPTH {
            match self.schema(id).reference {
                Some(next) => id = next,
                None => break,
            }
        }
        id
    }

    /// The JSON type of a schema's values if there is just one. References and an `allOf` of one schema are followed.
    pub(super) fn json_type(self, id: SchemaId) -> Option<JsonType> {
        let mut id = self.follow(id);
        for _ in 0..DEPTH {
            let schema = self.schema(id);
            match (schema.types.as_slice(), schema.all_of.as_slice()) {
                ([one], _) => return Some(*one),
                ([], [one]) => id = self.follow(*one),
                ([], _) if !schema.properties.is_empty() => return Some(JsonType::Object),
                _ => return None,
            }
        }
        None
    }

    /// Whether values of a schema are neither objects nor arrays.
    pub(super) fn is_scalar(self, id: SchemaId) -> bool {
        matches!(
            self.json_type(id),
            Some(JsonType::Boolean | JsonType::Integer | JsonType::Number | JsonType::String)
        )
    }

    /// The schemas that all apply to one value: `id` itself, the target of the reference, and its `allOf` parts.
    pub(super) fn with_all_of(self, id: SchemaId) -> Vec<SchemaId> {
        self.document.schemas.with_all_of(id)
    }

    /// The properties of an object schema and of its `allOf` parts, the first of each name.
    pub(super) fn properties(self, id: SchemaId) -> Vec<(&'d str, SchemaId)> {
        let mut found: Vec<(&str, SchemaId)> = Vec::new();
        for layer in self.with_all_of(id) {
            for (name, property) in &self.schema(layer).properties {
                if !found.iter().any(|(known, _)| known == name) {
                    found.push((name, *property));
                }
            }
        }
        found
    }

    /// The properties of a form, each with its schemas: those of the object itself and those of its alternatives.
    pub(super) fn form_properties(self, id: SchemaId) -> Vec<(&'d str, Vec<SchemaId>)> {
        let mut found: Vec<(&str, Vec<SchemaId>)> = Vec::new();
        let mut visited = HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !visited.insert(self.follow(id)) {
                continue;
            }
            for (name, property) in self.properties(id) {
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, schemas)) if schemas.contains(&property) => {}
                    Some((_, schemas)) => schemas.push(property),
                    None => found.push((name, vec![property])),
                }
            }
            for layer in self.with_all_of(id) {
                let layer = self.schema(layer);
                open.extend(layer.one_of.iter().chain(&layer.any_of).rev());
            }
        }
        found
    }

    /// The alternatives of a schema that consists of `anyOf` or `oneOf` only, nested ones included; otherwise the schema
    /// itself.
    pub(super) fn branches(self, id: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        let mut open = vec![(id, 0)];
        while let Some((id, depth)) = open.pop() {
            let schema = self.schema(self.follow(id));
            let alternatives: Vec<SchemaId> = schema.any_of.iter().chain(&schema.one_of).copied().collect();
            let plain = schema.properties.is_empty() && schema.all_of.is_empty() && schema.items.is_none();
            if alternatives.is_empty() || !plain || depth > 4 || found.len() > 256 {
                if !found.contains(&id) {
                    found.push(id);
                }
            } else {
                open.extend(alternatives.into_iter().rev().map(|id| (id, depth + 1)));
            }
        }
        found
    }
}

/// The title and the description of a schema.
pub(super) fn docs(schema: &Schema) -> Docs {
    Docs {
        summary: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        ..Docs::default()
    }
}

/// The text, unless it is blank.
pub(super) fn text(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}
