//! Names the arguments of operations: parameters, bodies, headers of parts, and further media types.

use crate::lower::Lowering;
use crate::lower::endpoints::Endpoint;
use crate::lower::media_types::is_json;
use crate::lower::operation_names::{ARGUMENTS, was_there};
use crate::model::{BodyContent, BodyKind, Operation, Parameter, ParameterLocation};
use crate::names::assign::{self, Right, Thing};
use crate::names::{self, LockedNames, NameKind, SPELLINGS, UniqueNames};

/// Names that a request's own methods have.
const REQUEST_METHODS: [&str; 2] = ["customize", "into_future"];

/// What a body is called.
const BODY: &str = "body";

/// What a body is as a rule.
const PLAIN_BODY: &str = "application/json";

/// Names the arguments of all operations: their parameters and their bodies. Those of the path have their names from
/// the path alone; of the others that want one name the one that comes later in query, header, cookie is told apart
/// by its location.
pub(in crate::lower) fn name_all(operations: &mut [Operation], old: &LockedNames, new: &mut LockedNames) {
    if operations.is_empty() {
        return;
    }
    let spelling = spelling(operations, old);
    new.insert(NameKind::Spellings, ARGUMENTS, spelling);
    let mut scopes = Vec::with_capacity(operations.len());
    for operation in operations.iter_mut() {
        let is_old = was_there(old, &operation.place.pointer);
        let mut taken = UniqueNames::default();
        for name in REQUEST_METHODS {
            taken.make_unique(name);
        }
        let mut things = Vec::new();
        let mut parameters: Vec<&mut Parameter> = operation.parameters.iter_mut().collect();
        parameters.sort_by_key(|parameter| rank(parameter.location));
        for parameter in parameters {
            let location = word(parameter.location);
            let bare = bare_name(&parameter.wire, parameter.location);
            let wanted = names::field_name(bare);
            let otherwise = names::field_name(&format!("{location} {bare}"));
            if parameter.location == ParameterLocation::Path {
                let free = !taken.contains(&wanted);
                parameter.name = taken.make_unique(if free { &wanted } else { &otherwise });
                continue;
            }
            let is_plain = parameter.location == ParameterLocation::Query
                && !is_of_a_body(&wanted)
                && names::is_spelled(&parameter.wire, &wanted, spelling);
            things.push(Thing {
                key: format!("{location} {}", parameter.wire),
                wanted,
                otherwise,
                right: if is_plain { Right::Plain } else { Right::First },
                name: &mut parameter.name,
            });
        }
        if let Some(body) = &mut operation.body {
            let mut body_name = Some(&mut body.name);
            for content in &mut body.contents {
                let BodyContent {
                    media_type,
                    method,
                    kind,
                    ..
                } = content;
                things.push(match body_name.take() {
                    Some(name) => Thing {
                        key: body_key(media_type),
                        wanted: BODY.to_owned(),
                        otherwise: format!("request_{BODY}"),
                        right: if media_type == PLAIN_BODY {
                            Right::Plain
                        } else {
                            Right::First
                        },
                        name,
                    },
                    None => Thing {
                        key: format!("{BODY} as {media_type}"),
                        wanted: method.clone(),
                        otherwise: method.clone(),
                        right: Right::First,
                        name: method,
                    },
                });
                let BodyKind::Multipart(fields) = kind else {
                    continue;
                };
                for field in fields {
                    for header in &mut field.headers {
                        things.push(Thing {
                            key: format!("{BODY} {media_type} {} {}", field.wire, header.wire),
                            wanted: header.name.clone(),
                            otherwise: format!("{}_header", header.name),
                            right: Right::First,
                            name: &mut header.name,
                        });
                    }
                }
            }
        }
        for other in &mut operation.alternatives {
            let media_type = other.payload.media_type.as_deref().unwrap_or_default();
            things.push(Thing {
                key: format!("as {media_type}"),
                wanted: other.method.clone(),
                otherwise: other.method.clone(),
                right: Right::First,
                name: &mut other.method,
            });
        }
        scopes.push(assign::Scope {
            called: vec![operation.method_name.clone()],
            is_old,
            taken,
            things,
        });
    }
    assign::settle(NameKind::Arguments, scopes, old, new);
    for body in operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut())
    {
        if let Some(first) = body.contents.first_mut() {
            first.method.clone_from(&body.name);
        }
    }
}

/// How the names of most parameters in queries are spelled.
fn spelling(operations: &[Operation], old: &LockedNames) -> &'static str {
    let known = old.get(NameKind::Spellings, ARGUMENTS);
    let known = known.and_then(|known| SPELLINGS.into_iter().find(|spelling| *spelling == known));
    known.unwrap_or_else(|| {
        let parameters = operations.iter().flat_map(|operation| &operation.parameters);
        let query = parameters.filter(|parameter| parameter.location == ParameterLocation::Query);
        names::spelling_of_most(query.map(|parameter| parameter.wire.as_str()))
    })
}

/// Is the name one that a body has, or that one of its contents may have?
fn is_of_a_body(name: &str) -> bool {
    name == BODY || name.starts_with("body_as_")
}

/// What the name of a body is kept for.
fn body_key(media_type: &str) -> String {
    format!("{BODY} {media_type}")
}

/// How near the operation's content of that media type is to the plain name: what has it already comes first.
pub(in crate::lower) fn nearness(lowering: &Lowering<'_>, endpoint: &Endpoint<'_>, media_type: &str) -> u8 {
    let kept = |key: &str| lowering.locked_names.get(NameKind::Arguments, key);
    let key = body_key(media_type.trim());
    let is_json = is_json(media_type);
    if !was_there(lowering.locked_names, &endpoint.pointer) {
        return if is_json { 3 } else { 4 };
    }
    match kept(&format!("{}.{key}", endpoint.method_name)) {
        Some(_) => 0,
        None if kept(&key) == Some(BODY) => 1,
        None if media_type.trim() == PLAIN_BODY => 2,
        None if is_json => 3,
        None => 4,
    }
}

pub(super) fn rank(location: ParameterLocation) -> u8 {
    match location {
        ParameterLocation::Path => 0,
        ParameterLocation::Query => 1,
        ParameterLocation::Header => 2,
        ParameterLocation::Cookie => 3,
    }
}

fn word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// The name without what only says that it is a header of nobody's standard.
pub(super) fn bare_name(wire: &str, location: ParameterLocation) -> &str {
    let prefixed = location == ParameterLocation::Header
        && wire.len() > 2
        && wire
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    if prefixed { &wire[2..] } else { wire }
}
