//! Lowers servers: their URLs and variables.

use super::server_names::name_functions;
use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::reader::text;
use crate::model::{Server, ServerVariable};
use crate::names::{self, LockedNames, UniqueNames};
use crate::read::tree::Pointer;
use crate::source::Span;

/// The servers of the whole API, and the names of their functions for the lock file.
pub(in crate::lower) fn servers(
    lowering: &mut Lowering<'_>,
    endpoints: &[Endpoint<'_>],
) -> (Vec<Server>, LockedNames) {
    let root = Pointer("/servers".to_owned());
    let documented = &lowering.reader.document.openapi.servers;
    let servers: Vec<Server> = (0..)
        .zip(documented)
        .filter_map(|(index, documented): (usize, _)| server(lowering, documented, &root.child(index)))
        .collect();
    name_functions(servers, endpoints, lowering.locked_names)
}

/// One server; `None` if its URL is blank.
pub(in crate::lower) fn server(
    lowering: &mut Lowering<'_>,
    documented: &openapiv3::Server,
    pointer: &Pointer,
) -> Option<Server> {
    let span = lowering.reader.span(&pointer.child("url"));
    if documented.url.trim().is_empty() {
        lowering.diagnostics.report(rules::EMPTY_SERVER_URL, span, &[]);
        return None;
    }
    let url = url(lowering, documented, span);
    let variables = variables(lowering, documented, &url, span);
    Some(Server {
        url,
        description: text(documented.description.as_ref()),
        variables,
        function: None,
    })
}

/// The URL with its variables, absolute or relative to the host. A URL that has neither a scheme nor a leading slash is
/// reported.
fn url(lowering: &mut Lowering<'_>, documented: &openapiv3::Server, span: Option<Span>) -> String {
    let documented_url = documented.url.trim();
    // The default of a variable may contain the scheme, as in `{origin}/v1`.
    let mut with_defaults = documented_url.to_owned();
    for (name, variable) in documented.variables.iter().flatten() {
        with_defaults = with_defaults.replace(&format!("{{{name}}}"), &variable.default);
    }
    let is_path = documented_url.starts_with('/') && !documented_url.starts_with("//");
    if with_defaults.contains("://") || is_path {
        return documented_url.to_owned();
    }
    if let Some(host) = documented_url.strip_prefix("//") {
        return format!("https://{host}");
    }
    // Strictly this is a relative reference, but a first segment with a dot is meant as a host.
    let first = documented_url.split('/').next().unwrap_or_default();
    let is_host = first.contains('.') && !first.starts_with('.') || first.starts_with('{');
    let url = if is_host {
        format!("https://{documented_url}")
    } else {
        format!("/{}", documented_url.trim_start_matches("./"))
    };
    lowering
        .diagnostics
        .report(rules::SERVER_URL, span, &[&documented_url, &url]);
    url
}

/// The variables of a URL in their order. One that the document does not declare is reported.
fn variables(
    lowering: &mut Lowering<'_>,
    documented: &openapiv3::Server,
    url: &str,
    span: Option<Span>,
) -> Vec<ServerVariable> {
    let mut fields = UniqueNames::default();
    let mut variables = Vec::new();
    for name in variable_names(url) {
        let declared = documented.variables.as_ref();
        let declared = declared.and_then(|variables| variables.get(&name));
        if declared.is_none() {
            lowering
                .diagnostics
                .report(rules::UNDECLARED_SERVER_VARIABLE, span, &[&name]);
        }
        variables.push(ServerVariable {
            field: fields.make_unique(&names::field_name(&name)),
            default: declared
                .map(|variable| variable.default.clone())
                .unwrap_or_default(),
            allowed: declared
                .map(|variable| variable.enumeration.clone())
                .unwrap_or_default(),
            description: declared.and_then(|variable| text(variable.description.as_ref())),
            name,
        });
    }
    variables
}

/// The names between braces, each once.
fn variable_names(url: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}
