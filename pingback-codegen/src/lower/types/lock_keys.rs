//! How the lock file refers to places: by the pointers of the schemas that hold there.

use super::context::Context;
use super::definitions::Definitions;
use super::merge::Intersection;
use super::reports::{ReportedOnce, Reports};
use super::uses::{TypeUse, UseLowering};
use super::{Direction, NameHint};
use crate::diagnostic::Diagnostics;
use crate::model::Type;
use crate::names::{FORM_SUFFIX, LockedNames, NameKind, SENT_SUFFIX, type_key};
use crate::read::schema::SchemaId;
use crate::read::tree::{Node, Pointer};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The key of the type of a place.
pub(super) fn lock_key(context: &Context<'_>, intersection: &Intersection) -> String {
    type_key(&place_text(context, intersection))
}

/// The pointers of the schemas that hold at a place together.
pub(super) fn place_text(context: &Context<'_>, intersection: &Intersection) -> String {
    let mut text = String::new();
    for schema in intersection.schemas() {
        if !text.is_empty() {
            text.push_str(" & ");
        }
        text.push_str(&stable_pointer(context, schema));
    }
    if let Some(only) = intersection.only {
        // One of several types that the schema allows.
        text.push_str(&format!(" as {only:?}").to_lowercase());
    }
    text
}

/// The pointer of a schema. In a list of parameters it has the location and the name of the parameter instead of its
/// index, which changes when another parameter is inserted.
fn stable_pointer(context: &Context<'_>, schema: SchemaId) -> String {
    let pointer = &context.schemas[schema].pointer;
    by_parameter(context.tree, pointer).unwrap_or_else(|| pointer.0.clone())
}

fn by_parameter(tree: &Node, pointer: &Pointer) -> Option<String> {
    let (list, rest) = pointer.0.split_once("/parameters/")?;
    let (index, rest) = rest.split_once('/').unwrap_or((rest, ""));
    index.parse::<usize>().ok()?;
    let node = tree.at(&Pointer(format!("{list}/parameters/{index}")))?;
    let text = |key| node.get(key).and_then(Node::as_str);
    let named = format!("{} {}", text("in")?, text("name")?);
    let pointer = Pointer(format!("{list}/parameters")).child(named);
    Some(format!("{}/{rest}", pointer.0))
}

/// For each key of a type in the lock file whose place has no definition of its own: the schema at the place, and the
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
        // Where several schemas hold together, the first decides.
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

/// The place that a key is for, and the direction that its suffix stands for.
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

/// The type of a schema, if all its definitions are in the table.
pub(super) fn find_type(
    context: &Context<'_>,
    definitions: &Definitions,
    schema: SchemaId,
    direction: Direction,
) -> Option<Type> {
    // The findings were reported when the schema was lowered.
    let mut reports = Reports {
        diagnostics: &mut Diagnostics::default(),
        once: &mut ReportedOnce::default(),
    };
    let mut lowering = UseLowering {
        context,
        reports: &mut reports,
    };
    let at = TypeUse {
        direction,
        hint: &NameHint::new(""),
        depth: 0,
    };
    definitions.find_type(lowering.lower(&Intersection::whole(schema), at))
}
