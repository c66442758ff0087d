//! Names for what a request of an operation takes: its parameters, its body, the headers of the parts of a form, and
//! the methods that choose a media type.

use super::argument_keys::{
    BODY, body_key, location_rank, location_word, name_without_prefix, parameter_key,
};
use crate::lower::endpoints::Endpoint;
use crate::lower::exchange::Exchange;
use crate::model::BodyKind;
use crate::names::{LockedNames, NameKind, NameRequest, Scope, field_name};

/// Methods that every request has.
const REQUEST_METHODS: [&str; 2] = ["customize", "into_future"];

/// Exchanges whose arguments have names.
pub(in crate::lower) struct NamedExchanges {
    pub(in crate::lower) list: Vec<Exchange>,
    /// The names for the lock file.
    pub(in crate::lower) locked_names: LockedNames,
}

/// Names the arguments of all operations.
pub(in crate::lower) fn name_arguments(
    endpoints: &[Endpoint<'_>],
    exchanges: Vec<Exchange>,
    locked: &LockedNames,
) -> NamedExchanges {
    let mut locked_names = LockedNames::default();
    let named = endpoints.iter().zip(exchanges).map(|(endpoint, exchange)| {
        let method_name = &endpoint.names.method_name;
        let mut scope = Scope::of(NameKind::Arguments, method_name).without(REQUEST_METHODS);
        let requests = requests(&exchange);
        let names = scope.assign(&requests, locked);
        locked_names.record(&scope, &requests, &names);
        with_names(exchange, names)
    });
    NamedExchanges {
        list: named.collect(),
        locked_names,
    }
}

/// One request for each argument. Path parameters come first. If others request the same name, the later one, in the
/// order query, header, cookie, is named with its prefix (`x_page`) or else with its location (`header_page`).
fn requests(exchange: &Exchange) -> Vec<NameRequest> {
    let mut requests = Vec::new();
    for at in by_location(exchange) {
        let parameter = &exchange.parameters[at];
        let location = location_word(parameter.location);
        let name = name_without_prefix(&parameter.wire, parameter.location);
        let request = NameRequest::new(parameter_key(parameter), field_name(name));
        requests.push(
            request
                .or(field_name(&parameter.wire))
                .or(field_name(&format!("{location} {name}"))),
        );
    }
    let contents = exchange.body.iter().flat_map(|body| &body.contents);
    for (index, content) in contents.enumerate() {
        let media_type = &content.media_type;
        requests.push(if index == 0 {
            NameRequest::new(body_key(media_type), BODY).or(format!("request_{BODY}"))
        } else {
            NameRequest::new(format!("{BODY} as {media_type}"), &content.method)
        });
        let BodyKind::Multipart(fields) = &content.kind else {
            continue;
        };
        for field in fields {
            requests.extend(field.headers.iter().map(|header| {
                let key = format!("{BODY} {media_type} {} {}", field.wire, header.wire);
                NameRequest::new(key, &header.name).or(format!("{}_header", header.name))
            }));
        }
    }
    requests.extend(exchange.alternatives.iter().map(|other| {
        let media_type = other.payload.media_type.as_deref().unwrap_or_default();
        NameRequest::new(format!("as {media_type}"), &other.method)
    }));
    requests
}

/// The exchange with the names for its [`requests`], in the same order.
fn with_names(mut exchange: Exchange, names: Vec<String>) -> Exchange {
    let order = by_location(&exchange);
    let mut names = names.into_iter();
    let mut next = |name: &mut String| *name = names.next().unwrap_or_default();
    for at in order {
        next(&mut exchange.parameters[at].name);
    }
    if let Some(body) = &mut exchange.body {
        for content in &mut body.contents {
            next(&mut content.method);
            content
                .part_headers_mut()
                .for_each(|header| next(&mut header.name));
        }
        if let Some(first) = body.contents.first() {
            body.name.clone_from(&first.method);
        }
    }
    for other in &mut exchange.alternatives {
        next(&mut other.method);
    }
    exchange
}

/// The parameters in the order in which they are named.
fn by_location(exchange: &Exchange) -> Vec<usize> {
    let mut order: Vec<usize> = (0..exchange.parameters.len()).collect();
    order.sort_by_key(|&at| location_rank(exchange.parameters[at].location));
    order
}
