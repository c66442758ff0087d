//! Finds the types in the lock file whose place no longer has its own definition.

use super::context::Context;
use super::definitions::Definitions;
use super::lock_keys::stable_pointer;
use super::uses::find_type;
use crate::model::{Direction, Type};
use crate::names::{FORM_SUFFIX, LockedNames, NameKind, SENT_SUFFIX, type_key};
use crate::read::schema::SchemaId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// For each key of a type in the lock file whose place has no own definition: the schema at the place, and the
/// definition that is its type now, since its shape has become that of another schema.
pub(super) type MovedPlaces = BTreeMap<String, (SchemaId, Type)>;

/// The places that the lock file has names for but where nothing is defined any more.
pub(super) fn moved_places(
    context: &Context<'_>,
    definitions: &Definitions,
    locked: &LockedNames,
) -> MovedPlaces {
    let own: HashSet<&String> = definitions
        .list()
        .iter()
        .flat_map(|definition| definition.lock_keys.keys())
        .collect();
    let lost: Vec<(String, String, Direction)> = locked
        .of(NameKind::Types)
        .filter_map(|(key, _)| {
            let (place, direction) = without_suffix(&key);
            (!own.contains(&place)).then_some((key, place, direction))
        })
        .collect();
    if lost.is_empty() {
        return MovedPlaces::new();
    }
    let ids = (0u32..)
        .map(SchemaId)
        .zip(&context.schemas.list)
        .map(|(id, _)| id);
    let schemas: HashMap<String, SchemaId> = ids
        .map(|id| (type_key(&stable_pointer(context, id)), id))
        .collect();
    let mut moved = MovedPlaces::new();
    for (key, place, direction) in lost {
        // If several schemas apply together, the first decides.
        let first = place.split(" & ").next().unwrap_or_default();
        let Some(&schema) = schemas.get(first) else {
            continue;
        };
        let ty = find_type(context, definitions, schema, direction)
            .or_else(|| find_type(context, definitions, schema, Direction::Sent));
        if let Some(ty @ Type::Named(_)) = ty.map(without_null) {
            moved.insert(key, (schema, ty));
        }
    }
    moved
}

/// The place that a key is for, and the direction that its suffix means.
fn without_suffix(key: &str) -> (String, Direction) {
    for suffix in [SENT_SUFFIX, FORM_SUFFIX] {
        if let Some(place) = key.strip_suffix(suffix) {
            return (place.to_owned(), Direction::Sent);
        }
    }
    (key.to_owned(), Direction::Received)
}

fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}
