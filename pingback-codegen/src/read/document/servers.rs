//! Reads server objects.

use super::reader::{DocumentReader, Located, member_or_object};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;
use std::collections::HashSet;

/// Reads `servers` of an object.
pub(super) fn servers<'a>(reader: &mut DocumentReader<'a>, parent: &Located<'a>) -> Vec<oa::Server> {
    let servers = reader.list(parent, "servers");
    servers.iter().filter_map(|node| server(reader, node)).collect()
}

fn server<'a>(reader: &mut DocumentReader<'a>, server: &Located<'a>) -> Option<oa::Server> {
    const MEMBERS: [&str; 4] = ["url", "description", "variables", "name"];
    reader.members.object(server.node, "a server")?;
    reader
        .members
        .report_unknown_members(server.node, "a server", &MEMBERS);
    let url = reader.members.required_string(server.node, "a server", "url")?;
    let mut variables = IndexMap::new();
    for (name, node) in reader.map(server, "variables") {
        if let Some(variable) = server_variable(reader, name, &node) {
            variables.insert(name.clone(), variable);
        }
    }
    Some(oa::Server {
        url,
        description: reader.members.string(server.node, "description"),
        variables: (!variables.is_empty()).then_some(variables),
        extensions: server.extensions(),
    })
}

/// Reads a server variable. One without a default gets the first value of its `enum` as default.
fn server_variable<'a>(
    reader: &mut DocumentReader<'a>,
    name: &str,
    variable: &Located<'a>,
) -> Option<oa::ServerVariable> {
    const MEMBERS: [&str; 3] = ["enum", "default", "description"];
    let node = variable.node;
    let members = &mut reader.members;
    members.object(node, name)?;
    members.report_unknown_members(node, "a server variable", &MEMBERS);
    let mut enumeration = members.strings(node, "enum");
    let mut known = HashSet::new();
    enumeration.retain(|value| {
        let is_new = known.insert(value.clone());
        if !is_new {
            let place = member_or_object(node, "enum");
            members.report(rules::DUPLICATE_ENUM_VALUE, place, &[value]);
        }
        is_new
    });
    let default = members.required_string(node, "a server variable", "default");
    let default = match (default, enumeration.first()) {
        (Some(default), _) if !default.is_empty() => default,
        (_, first) => first.cloned().unwrap_or_default(),
    };
    if !enumeration.is_empty() && !enumeration.contains(&default) {
        let expected = format!("value that the server variable `{name}` lists");
        members.report(
            rules::UNKNOWN_VALUE,
            member_or_object(node, "default"),
            &[&default, &expected],
        );
    }
    Some(oa::ServerVariable {
        enumeration,
        default,
        description: members.string(node, "description"),
        extensions: variable.extensions(),
    })
}
