//! Reads media types and examples.

use super::super::media_types::Framing;
use super::super::object_kind::ObjectKind;
use super::super::tree::{Node, Value};
use super::reader::{DocumentReader, Located};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

pub(super) type Content = IndexMap<String, oa::MediaType>;
type Examples = IndexMap<String, oa::ReferenceOr<oa::Example>>;

/// Reads the encodings of a media type.
pub(super) type ReadEncodings<'a> =
    fn(&mut DocumentReader<'a>, &Located<'a>) -> IndexMap<String, oa::Encoding>;

/// Reads `content` of a parameter, header or response.
pub(super) fn content<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>) -> Content {
    media_types(reader, parent, None)
}

/// Reads `content`. Only media types of request bodies have encodings.
pub(super) fn media_types<'a>(
    reader: &mut DocumentReader<'a>,
    parent: &Located<'a>,
    encodings: Option<ReadEncodings<'a>>,
) -> Content {
    let map = reader.map(parent, "content");
    let mut content = IndexMap::with_capacity(map.len());
    for (name, object) in map {
        if name.starts_with("x-") {
            continue;
        }
        let Some(object) = reader.resolve(object, ObjectKind::MediaType) else {
            continue;
        };
        if !is_media_type(name) {
            let entry = parent.node.get("content").and_then(|map| map.entry(name));
            let span = entry.map(|entry| entry.key_span);
            reader
                .members
                .diagnostics
                .report(rules::BAD_MEDIA_TYPE, span, &[name]);
        }
        if object.node.value == Value::Null {
            content.insert(name.clone(), oa::MediaType::default());
        } else if reader.members.object(object.node, name).is_some() {
            content.insert(name.clone(), media_type(reader, name, &object, encodings));
        }
    }
    content
}

fn media_type<'a>(
    reader: &mut DocumentReader<'a>,
    name: &str,
    object: &Located<'a>,
    encodings: Option<ReadEncodings<'a>>,
) -> oa::MediaType {
    const MEMBERS: [&str; 7] = [
        "schema",
        "example",
        "examples",
        "encoding",
        "itemSchema",
        "prefixEncoding",
        "itemEncoding",
    ];
    let node = object.node;
    reader
        .members
        .report_unknown_members(node, "a media type", &MEMBERS);
    reader.report_unused(node, "a media type", &["prefixEncoding", "itemEncoding"]);
    // A response that is a stream uses the schema of its items.
    if encodings.is_some() || Framing::of(name).is_none() {
        reader.report_unused(node, "a media type", &["itemSchema"]);
    }
    let schema = object.member("schema").and_then(|schema| reader.schema(&schema));
    oa::MediaType {
        schema,
        example: object.example(),
        examples: examples(reader, object),
        encoding: encodings.map_or_else(IndexMap::new, |read| read(reader, object)),
        extensions: object.extensions(),
    }
}

/// Whether the text is `type/subtype`, with or without parameters. Ranges such as `text/*` are media types, too.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Reads `examples`, a map of examples. A list of values and a map of values are accepted, too.
pub(super) fn examples<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>) -> Examples {
    let Some(given) = parent.member("examples") else {
        return IndexMap::new();
    };
    if let Some(values) = given.node.as_array() {
        reader
            .members
            .report_coerced("examples", "a map of examples", given.node, "values");
        let values = values.iter().enumerate();
        return values
            .map(|(index, value)| (index.to_string(), oa::ReferenceOr::Item(example_of(value))))
            .collect();
    }
    let mut examples = IndexMap::new();
    for (name, object) in reader.map(parent, "examples") {
        if let Some(object) = reader.resolve(object, ObjectKind::Example) {
            let example = example(reader, name, &object);
            examples.insert(name.clone(), oa::ReferenceOr::Item(example));
        }
    }
    examples
}

fn example<'a>(reader: &mut DocumentReader<'a>, name: &str, object: &Located<'a>) -> oa::Example {
    const MEMBERS: [&str; 6] = [
        "summary",
        "description",
        "value",
        "externalValue",
        "dataValue",
        "serializedValue",
    ];
    let node = object.node;
    let members = &mut reader.members;
    let is_example_object = node.as_object().is_some_and(|entries| {
        entries.is_empty() || entries.keys().any(|key| MEMBERS.contains(&key.as_str()))
    });
    if !is_example_object {
        members.report_coerced(name, "an example object", node, "its value");
        return example_of(node);
    }
    let value = node.get("value").or_else(|| node.get("dataValue"));
    oa::Example {
        summary: members.string(node, "summary"),
        description: members.string(node, "description"),
        value: value.map(Node::to_json),
        external_value: members.string(node, "externalValue"),
        extensions: object.extensions(),
    }
}

/// An example with this value.
fn example_of(value: &Node) -> oa::Example {
    oa::Example {
        value: Some(value.to_json()),
        ..oa::Example::default()
    }
}
