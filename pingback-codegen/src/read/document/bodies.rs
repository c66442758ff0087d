//! Reads request bodies, and the encodings of their media types.

use super::super::object_kind::ObjectKind;
use super::content::media_types;
use super::parameters::header;
use super::reader::{DocumentReader, Located};
use super::styles::{QUERY_STYLES, style};
use indexmap::IndexMap;
use openapiv3 as oa;

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
        content: media_types(reader, object, Some(encodings)),
        required: reader.members.is_true(node, "required"),
        extensions: object.extensions(),
    })
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
