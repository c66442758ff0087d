//! Objects without properties of their own: maps.

use super::context::Context;
use super::merge::{Intersection, Merged};

/// What an object holds that has no properties of its own.
#[derive(Debug, PartialEq)]
pub(super) enum MapOf {
    /// It is not a map.
    Nothing,
    Anything,
    Values(Intersection),
}

/// What an object holds that has no properties of its own.
pub(super) fn map_of(context: &Context<'_>, merged: &Merged) -> MapOf {
    if merged.has_properties() || (merged.additional_denied && merged.additional.is_empty()) {
        return MapOf::Nothing;
    }
    if merged.additional.is_empty() {
        return MapOf::Anything;
    }
    MapOf::Values(Intersection::all(context.distinct(&merged.additional)))
}
