//! Reads the document object and the general information in it.

use super::super::PathItem;
use super::super::tree::Pointer;
use super::components::components;
use super::external_docs::external_docs;
use super::paths::paths;
use super::reader::{DocumentReader, Located};
use super::security::security_requirements;
use super::servers::servers;
use indexmap::IndexMap;
use openapiv3 as oa;

/// Reads the whole document. Its paths are returned separately.
pub(super) fn document(reader: &mut DocumentReader<'_>) -> (oa::OpenAPI, IndexMap<String, PathItem>) {
    const MEMBERS: [&str; 11] = [
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
    ];
    let root = Located {
        node: reader.root,
        pointer: Pointer::default(),
    };
    reader
        .members
        .report_unknown_members(root.node, "the document", &MEMBERS);
    reader.report_not_generated(root.node, "webhooks");
    let version = root.node.get("openapi").map_or_else(String::new, |version| {
        let text = reader.members.sources.text(version.span);
        version.as_str().unwrap_or(text).to_owned()
    });
    let info = info(reader, &root);
    let servers = servers(reader, &root);
    let paths = paths(reader, &root);
    let openapi = oa::OpenAPI {
        openapi: version,
        info,
        servers,
        paths: oa::Paths::default(),
        components: root.member("components").map(|node| components(reader, &node)),
        security: security_requirements(reader, &root),
        tags: tags(reader, &root),
        external_docs: external_docs(reader, &root),
        extensions: root.extensions(),
    };
    (openapi, paths)
}

fn info<'a>(reader: &mut DocumentReader<'a>, root: &Located<'a>) -> oa::Info {
    const MEMBERS: [&str; 7] = [
        "title",
        "summary",
        "description",
        "termsOfService",
        "contact",
        "license",
        "version",
    ];
    let Some(info) = reader.required_object(root, "the document", "info") else {
        return oa::Info::default();
    };
    reader.members.report_unknown_members(info.node, "info", &MEMBERS);
    let summary = reader.members.string(info.node, "summary");
    let contact = contact(reader, &info);
    let license = license(reader, &info);
    let members = &mut reader.members;
    oa::Info {
        title: members
            .required_string(info.node, "info", "title")
            .unwrap_or_default(),
        description: members.string(info.node, "description").or(summary),
        terms_of_service: members.string(info.node, "termsOfService"),
        contact,
        license,
        version: members
            .required_string(info.node, "info", "version")
            .unwrap_or_default(),
        extensions: info.extensions(),
    }
}

fn contact<'a>(reader: &mut DocumentReader<'a>, info: &Located<'a>) -> Option<oa::Contact> {
    let contact = reader.object(info, "contact")?;
    let members = &mut reader.members;
    members.report_unknown_members(contact.node, "the contact", &["name", "url", "email"]);
    Some(oa::Contact {
        name: members.string(contact.node, "name"),
        url: members.string(contact.node, "url"),
        email: members.string(contact.node, "email"),
        extensions: contact.extensions(),
    })
}

fn license<'a>(reader: &mut DocumentReader<'a>, info: &Located<'a>) -> Option<oa::License> {
    let license = reader.object(info, "license")?;
    let members = &mut reader.members;
    members.report_unknown_members(license.node, "the license", &["name", "identifier", "url"]);
    Some(oa::License {
        name: members
            .required_string(license.node, "a license", "name")
            .unwrap_or_default(),
        url: members.string(license.node, "url"),
        extensions: license.extensions(),
    })
}

fn tags<'a>(reader: &mut DocumentReader<'a>, root: &Located<'a>) -> Vec<oa::Tag> {
    let tags = reader.list(root, "tags");
    tags.iter().filter_map(|node| tag(reader, node)).collect()
}

fn tag<'a>(reader: &mut DocumentReader<'a>, tag: &Located<'a>) -> Option<oa::Tag> {
    const MEMBERS: [&str; 6] = ["name", "summary", "description", "externalDocs", "parent", "kind"];
    reader.members.object(tag.node, "a tag")?;
    let name = reader.members.required_string(tag.node, "a tag", "name")?;
    reader.members.report_unknown_members(tag.node, "a tag", &MEMBERS);
    let summary = reader.members.string(tag.node, "summary");
    Some(oa::Tag {
        name,
        description: reader.members.string(tag.node, "description").or(summary),
        external_docs: external_docs(reader, tag),
        extensions: tag.extensions(),
    })
}
