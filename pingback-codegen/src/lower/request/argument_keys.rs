//! The keys of arguments in the lock file, and the order in which arguments are named.

use crate::lower::endpoints::Endpoint;
use crate::lower::header_names::without_x_prefix;
use crate::model::{Argument, Parameter, ParameterLocation};
use crate::names::{LockedNames, NameKind, Scope};
use crate::read::media_types::is_json;

/// The name of the body.
pub(super) const BODY: &str = "body";

/// The key of a parameter.
pub(super) fn parameter_key(parameter: &Parameter) -> String {
    format!("{} {}", location_word(parameter.location), parameter.wire)
}

/// The key of the content that has the name `body`.
pub(super) fn body_key(media_type: &str) -> String {
    format!("{BODY} {media_type}")
}

/// The key of an argument of the method.
pub(in crate::lower) fn argument_key(argument: Argument<'_>) -> String {
    match argument {
        Argument::Parameter(parameter) => parameter_key(parameter),
        Argument::Body(_, content) => body_key(&content.media_type),
    }
}

/// Orders the media types of a body: the one that the lock file calls `body`, then JSON, which most callers use.
pub(super) fn media_type_rank(locked: &LockedNames, endpoint: &Endpoint<'_>, media_type: &str) -> u8 {
    let scope = Scope::of(NameKind::Arguments, &endpoint.names.method_name);
    if scope.locked_name(&body_key(media_type.trim()), locked).is_some() {
        0
    } else if is_json(media_type) {
        1
    } else {
        2
    }
}

/// `in` of a parameter.
pub(super) fn location_word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// Orders parameters by location.
pub(super) fn location_rank(location: ParameterLocation) -> u8 {
    match location {
        ParameterLocation::Path => 0,
        ParameterLocation::Query => 1,
        ParameterLocation::Header => 2,
        ParameterLocation::Cookie => 3,
    }
}

/// The name of a parameter, for a header without its prefix `x-`.
pub(super) fn name_without_prefix(wire: &str, location: ParameterLocation) -> &str {
    match location {
        ParameterLocation::Header => without_x_prefix(wire),
        _ => wire,
    }
}
