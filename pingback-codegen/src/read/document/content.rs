//! Reads request bodies, media types, their encodings and examples.

use super::super::media_types::Framing;
use super::super::object_kind::ObjectKind;
use super::super::tree::{Node, Value};
use super::parameters::header;
use super::reader::{DocumentReader, Located};
use super::styles::{QUERY_STYLES, style};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

type Content = IndexMap<String, oa::MediaType>;
type Examples = IndexMap<String, oa::ReferenceOr<oa::Example>>;

pub(super) fn request_body<'a>(
    reader: &mut DocumentReader<'a>,
    object: &Located<'a>,
) -> Option<oa::RequestBody> {
    let node = object.node;
    reader
        .members
        .report_unknown_members(node, "a request body", &["description", "content", "required"]);
    if object.member("content").is_none() {
        reader.members.report_missing(node, "a request body", "content");
        return None;
    }
    Some(oa::RequestBody {
        description: reader.members.string(node, "description"),
        content: request_content(reader, object),
        required: reader.members.is_true(node, "required"),
        extensions: object.extensions(),
    })
}

/// The object that a media type belongs to. Only request bodies have encodings, which may contain headers; those have no
/// encodings in turn, so the recursion ends.
#[derive(Clone, Copy, PartialEq)]
enum Usage {
    RequestBody,
    Other,
}

/// Reads `content` of a parameter, header or response.
pub(super) fn content<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>) -> Content {
    media_types(reader, parent, Usage::Other)
}

fn request_content<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>) -> Content {
    media_types(reader, parent, Usage::RequestBody)
}

fn media_types<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>, usage: Usage) -> Content {
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
            content.insert(name.clone(), media_type(reader, name, &object, usage));
        }
    }
    content
}

fn media_type<'a>(
    reader: &mut DocumentReader<'a>,
    name: &str,
    object: &Located<'a>,
    usage: Usage,
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
    if usage == Usage::RequestBody || Framing::of(name).is_none() {
        reader.report_unused(node, "a media type", &["itemSchema"]);
    }
    let schema = object.member("schema").and_then(|schema| reader.schema(&schema));
    oa::MediaType {
        schema,
        example: object.example(),
        examples: examples(reader, object),
        encoding: match usage {
            Usage::RequestBody => encodings(reader, object),
            Usage::Other => IndexMap::new(),
        },
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

fn encodings<'a>(
    reader: &mut DocumentReader<'a>,
    media_type: &Located<'a>,
) -> IndexMap<String, oa::Encoding> {
    let mut encodings = IndexMap::new();
    for (name, object) in reader.map(media_type, "encoding") {
        if reader.members.object(object.node, name).is_some() {
            encodings.insert(name.clone(), encoding(reader, &object));
        }
    }
    encodings
}

fn encoding<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> oa::Encoding {
    const MEMBERS: [&str; 8] = [
        "contentType",
        "headers",
        "style",
        "explode",
        "allowReserved",
        "encoding",
        "prefixEncoding",
        "itemEncoding",
    ];
    let node = object.node;
    reader
        .members
        .report_unknown_members(node, "an encoding", &MEMBERS);
    let style = object
        .member("style")
        .map(|_| style(reader, node, "form", &QUERY_STYLES));
    let explode_default = matches!(style, None | Some(oa::QueryStyle::Form));
    oa::Encoding {
        content_type: reader.members.string(node, "contentType"),
        headers: reader.objects(object, "headers", ObjectKind::Header, |reader, node| {
            Some(header(reader, node))
        }),
        explode: reader.members.boolean(node, "explode").unwrap_or(explode_default),
        style,
        allow_reserved: reader.members.is_true(node, "allowReserved"),
        extensions: object.extensions(),
    }
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
