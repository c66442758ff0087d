//! Sorts operations into modules by their first tag.

use super::endpoints::Endpoint;
use super::reader::text;
use crate::model::{Docs, Group};
use crate::names;
use std::collections::HashMap;

/// The module of operations without a tag.
const UNTAGGED: &str = "untagged";

/// The groups, and the index of each operation's group.
pub(super) struct Groups {
    pub(super) list: Vec<Group>,
    pub(super) of_endpoint: Vec<usize>,
}

/// Creates a group for each first tag. Tags that become the same module name share a group.
pub(super) fn groups(openapi: &openapiv3::OpenAPI, endpoints: &[Endpoint<'_>]) -> Groups {
    let mut groups = Groups {
        list: Vec::new(),
        of_endpoint: Vec::new(),
    };
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for endpoint in endpoints {
        let tag = endpoint
            .route
            .operation
            .tags
            .iter()
            .map(|tag| tag.trim())
            .find(|tag| !tag.is_empty());
        let mut name = tag.map(names::module_name).unwrap_or_default();
        if name.is_empty() {
            UNTAGGED.clone_into(&mut name);
        } else if matches!(name.as_str(), "mod" | "lib" | "main") {
            // A file of such a name is not a module of that name.
            name.push_str("_operations");
        }
        let list = &mut groups.list;
        let index = *by_name.entry(name.clone()).or_insert_with(|| {
            list.push(group(openapi, name, tag));
            list.len() - 1
        });
        groups.of_endpoint.push(index);
    }
    groups
}

fn group(openapi: &openapiv3::OpenAPI, name: String, tag: Option<&str>) -> Group {
    let declared = tag.and_then(|tag| openapi.tags.iter().find(|declared| declared.name.trim() == tag));
    Group {
        name,
        tag: tag.map(str::to_owned),
        docs: Docs {
            summary: declared
                .and_then(|tag| tag.extensions.get("x-displayName"))
                .and_then(|title| title.as_str())
                .map(str::to_owned),
            description: declared.and_then(|tag| text(tag.description.as_ref())),
            ..Docs::default()
        },
    }
}
