//! Keys of places in the lock file: the pointers of the schemas that apply there.

use super::context::Context;
use super::intersection::Intersection;
use crate::names::type_key;
use crate::read::schema::SchemaId;
use crate::read::tree::{Node, Pointer};

/// The key of the type of a place.
pub(super) fn lock_key(context: &Context<'_>, intersection: &Intersection) -> String {
    type_key(&place_text(context, intersection))
}

/// The pointers of the schemas that apply to a place together.
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
pub(super) fn stable_pointer(context: &Context<'_>, schema: SchemaId) -> String {
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
