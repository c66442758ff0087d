//! Recognizes maps: objects without listed properties.

use super::context::Context;
use super::intersection::Intersection;
use super::merge::Merged;

/// The values of an object without listed properties.
#[derive(Debug, PartialEq)]
pub(super) enum MapOf {
    /// It is not a map.
    Nothing,
    Anything,
    Values(Intersection),
}

/// The values of an object without listed properties.
pub(super) fn map_of(context: &Context<'_>, merged: &Merged) -> MapOf {
    if merged.has_properties() || (merged.additional_denied && merged.additional.is_empty()) {
        return MapOf::Nothing;
    }
    if merged.additional.is_empty() {
        return MapOf::Anything;
    }
    MapOf::Values(Intersection::all(context.distinct(&merged.additional)))
}
