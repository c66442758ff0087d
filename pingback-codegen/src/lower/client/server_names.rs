//! Names the functions that return the URL of a server with values for its variables.

use crate::lower::endpoints::Endpoint;
use crate::model::Server;
use crate::names::{LockedNames, NameKind, NameRequest, Scope, function_name, words};

/// Every name starts with this. Methods of operations do not, unless the lock file says so.
pub(in crate::lower) const PREFIX: &str = "server_url";

/// A longer description explains the server rather than naming it.
const MAX_WORDS: usize = 3;

/// The servers with the names of their functions, and the names for the lock file.
pub(super) fn name_functions(
    mut servers: Vec<Server>,
    endpoints: &[Endpoint<'_>],
    locked: &LockedNames,
) -> (Vec<Server>, LockedNames) {
    let count = servers.len();
    let mut with_variables: Vec<(usize, &mut Server)> = servers
        .iter_mut()
        .enumerate()
        .filter(|(_, server)| !server.variables.is_empty())
        .collect();
    let requests: Vec<NameRequest> = with_variables
        .iter()
        .map(|(index, server)| NameRequest::first_free(&server.url, proposals(server, *index, count, locked)))
        .collect();
    let methods = endpoints
        .iter()
        .map(|endpoint| endpoint.names.method_name.as_str());
    let mut scope = Scope::api(NameKind::Servers).without(methods);
    let names = scope.assign(&requests, locked);
    let mut locked_names = LockedNames::default();
    locked_names.record(&scope, &requests, &names);
    for ((_, server), name) in with_variables.iter_mut().zip(names) {
        server.function = Some(name);
    }
    (servers, locked_names)
}

/// `server_url` for the only server; otherwise a name with its description or with its host.
fn proposals(server: &Server, index: usize, count: usize, locked: &LockedNames) -> Vec<String> {
    if count == 1 {
        return vec![PREFIX.to_owned()];
    }
    let description = description_words(server.description.as_deref().unwrap_or_default());
    let host = words(&literal_host(&server.url));
    let named = [description, host].into_iter().filter(|words| !words.is_empty());
    let named = named.map(|words| function_name(&format!("{PREFIX} {}", words.join(" "))));
    // Names were numbers before the lock file had lines for servers.
    let is_older =
        locked.of(NameKind::Operations).next().is_some() && locked.of(NameKind::Servers).next().is_none();
    let numbered = format!("{PREFIX}_{}", index + 1);
    let former = is_older.then(|| numbered.clone());
    former.into_iter().chain(named).chain([numbered]).collect()
}

/// The words of a description that names the server, such as `sandbox` for "The sandbox server."
fn description_words(description: &str) -> Vec<String> {
    let words: Vec<String> = words(description)
        .into_iter()
        .filter(|word| {
            !["a", "an", "the", "server", "servers", "url"].contains(&word.to_lowercase().as_str())
        })
        .collect();
    if words.len() <= MAX_WORDS {
        words
    } else {
        Vec::new()
    }
}

/// The host without its variables.
fn literal_host(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let mut literal = String::new();
    for part in host.split('{') {
        literal.push_str(part.split_once('}').map_or(part, |(_, text)| text));
        literal.push(' ');
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ServerVariable;

    fn server(url: &str, description: &str) -> Server {
        Server {
            url: url.to_owned(),
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            variables: vec![ServerVariable {
                name: "region".to_owned(),
                field: "region".to_owned(),
                default: "eu".to_owned(),
                allowed: Vec::new(),
                description: None,
            }],
            function: None,
        }
    }

    fn names(servers: &[Server], locked: &LockedNames) -> (Vec<String>, LockedNames) {
        let (servers, locked) = name_functions(servers.to_vec(), &[], locked);
        (
            servers.into_iter().filter_map(|server| server.function).collect(),
            locked,
        )
    }

    #[test]
    fn a_server_is_named_by_a_short_description_or_by_its_host() {
        let servers = [
            server("https://{region}.example.com", "Production server"),
            server(
                "https://{region}.sandbox.example.com/v1",
                "Use this one if you want to try things out",
            ),
            server("https://{region}.example.org", "Production"),
            server("/{region}", ""),
        ];
        assert_eq!(
            names(&servers, LockedNames::NONE).0,
            [
                "server_url_production",
                "server_url_sandbox_example_com",
                "server_url_example_org",
                "server_url_4"
            ]
        );
    }

    #[test]
    fn a_server_keeps_its_name_beside_a_new_one_and_with_a_new_description() {
        let eu = server("https://{region}.example.com", "");
        let (first, locked) = names(std::slice::from_ref(&eu), LockedNames::NONE);
        assert_eq!(first, ["server_url"]);
        let described = Server {
            description: Some("Production".to_owned()),
            ..eu
        };
        let servers = [server("https://{region}.example.org", "Sandbox"), described];
        assert_eq!(names(&servers, &locked).0, ["server_url_sandbox", "server_url"]);
    }

    #[test]
    fn a_lock_file_without_servers_gives_the_numbers_that_they_had() {
        let mut locked = LockedNames::default();
        locked.insert(NameKind::Operations, "GET /pets", "list_pets");
        let servers = [
            server("https://{region}.a.com", "A"),
            server("https://{region}.b.com", "B"),
        ];
        assert_eq!(names(&servers, &locked).0, ["server_url_1", "server_url_2"]);
    }
}
