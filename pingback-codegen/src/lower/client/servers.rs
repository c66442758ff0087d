//! Lowers servers: their URLs and variables.

use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::reader::text;
use crate::model::{Server, ServerVariable};
use crate::names::{self, UniqueNames};
use crate::read::tree::Pointer;

/// The servers of the whole API.
pub(in crate::lower) fn servers(lowering: &mut Lowering<'_>) -> Vec<Server> {
    let root = Pointer("/servers".to_owned());
    let servers = &lowering.reader.document.openapi.servers;
    (0..)
        .zip(servers)
        .filter_map(|(index, documented): (usize, _)| server(lowering, documented, &root.child(index)))
        .collect()
}

/// One server; `None` if its URL is blank.
pub(in crate::lower) fn server(
    lowering: &mut Lowering<'_>,
    documented: &openapiv3::Server,
    pointer: &Pointer,
) -> Option<Server> {
    let span = lowering.reader.span(&pointer.child("url"));
    let written = documented.url.trim();
    if written.is_empty() {
        return None;
    }
    // What the URL is with the defaults of its variables: `{origin}/v1` may have its scheme there.
    let mut filled = written.to_owned();
    for (name, variable) in documented.variables.iter().flatten() {
        filled = filled.replace(&format!("{{{name}}}"), &variable.default);
    }
    let url = if filled.contains("://") || written.starts_with('/') && !written.starts_with("//") {
        written.to_owned()
    } else if let Some(host) = written.strip_prefix("//") {
        format!("https://{host}")
    } else {
        // By the letter a relative reference; a dot in its first segment says that a host was meant.
        let host = written.split('/').next().unwrap_or_default();
        let is_host = host.contains('.') && !host.starts_with('.') || host.starts_with('{');
        let url = if is_host {
            format!("https://{written}")
        } else {
            format!("/{}", written.trim_start_matches("./"))
        };
        lowering
            .diagnostics
            .report(rules::SERVER_URL, span, &[&written, &url]);
        url
    };
    let declared = documented.variables.as_ref();
    let mut fields = UniqueNames::default();
    let mut variables = Vec::new();
    for name in variables_in(&url) {
        let variable = declared.and_then(|variables| variables.get(&name));
        if variable.is_none() {
            lowering
                .diagnostics
                .report(rules::UNDECLARED_SERVER_VARIABLE, span, &[&name]);
        }
        variables.push(ServerVariable {
            field: fields.make_unique(&names::field_name(&name)),
            default: variable
                .map(|variable| variable.default.clone())
                .unwrap_or_default(),
            allowed: variable
                .map(|variable| variable.enumeration.clone())
                .unwrap_or_default(),
            description: variable.and_then(|variable| text(variable.description.as_ref())),
            name,
        });
    }
    Some(Server {
        url,
        description: text(documented.description.as_ref()),
        variables,
    })
}

fn variables_in(url: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !found.iter().any(|known| known == name)
        {
            found.push(name.to_owned());
        }
    }
    found
}
