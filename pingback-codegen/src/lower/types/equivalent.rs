//! Finds the component that has the same type as a schema.

use super::context::Context;
use super::intersection::{Coverage, Intersection};
use super::limits;
use super::merge::Merged;
use super::references::{MAX_DISTANCE, only_refers, targets};
use super::split::directions;
use crate::read::schema::{Additional, SchemaId};
use std::collections::HashSet;

/// The most components that are compared with one schema.
const MAX_CANDIDATES: usize = 8;
/// Lists with more parts than this are searched by hash.
const MAX_SCANNED: usize = 32;

/// The component that `intersection` consists of, or that it refers to without keywords beside its `$ref`s.
pub(super) fn referenced_component(context: &Context<'_>, intersection: &Intersection) -> Option<SchemaId> {
    let mut at = intersection.single()?;
    for _ in 0..MAX_DISTANCE {
        if context.components.contains(at) {
            return Some(at);
        }
        let schema = &context.schemas[at];
        let has_limits = context.checked.any() && limits::adds_limits_to_reference(context, at);
        at = schema.reference.filter(|_| only_refers(schema) && !has_limits)?;
    }
    None
}

/// The component with the shape of the inline schema `id`.
pub(super) fn component_of_shape(context: &Context<'_>, id: SchemaId) -> Option<SchemaId> {
    let definition = context.shapes.definition_of(context.shapes.of_body(id))?;
    (definition != id && context.components.contains(definition)).then_some(definition)
}

/// The component, other than `except`, that includes every part of `merged`, so that its type serves for `merged`.
pub(super) fn covering_component(
    context: &Context<'_>,
    merged: &Merged,
    except: Option<SchemaId>,
) -> Option<SchemaId> {
    let mut candidates = merged
        .whole
        .iter()
        .copied()
        .filter(|&part| context.components.contains(part) && Some(part) != except)
        // A base is no use of its parent, and a child is a type of its own.
        .filter(|&part| !context.inheritance.is_base(part))
        .take(MAX_CANDIDATES);
    // Parts are in the order in which they refer to one another, so the first candidate includes the most.
    candidates.find(|&candidate| {
        !except.is_some_and(|component| is_alias_of(context, candidate, component))
            && covers(context, candidate, merged)
    })
}

/// Whether `other` becomes an alias of `component`, since `allOf` leads from each to the other: of the components of
/// such a cycle the first has the definition.
fn is_alias_of(context: &Context<'_>, other: SchemaId, component: SchemaId) -> bool {
    other > component
        && context.cycles.contains(other)
        && context.cycles.contains(component)
        && context.merger.whole(other).parts.contains(&component)
}

/// Of several schemas of an object or a union that apply together, the one that includes the others, apart from `null`.
pub(super) fn covering_part(
    context: &Context<'_>,
    intersection: &Intersection,
    merged: &Merged,
) -> Option<SchemaId> {
    let has_definition = merged.has_properties() || !merged.choices.is_empty();
    if intersection.parts.len() < 2 || intersection.only.is_some() || !has_definition {
        return None;
    }
    let parts = intersection.parts.iter();
    let mut whole = parts
        .filter(|part| part.coverage == Coverage::Whole)
        .take(MAX_CANDIDATES);
    let part = whole.find(|part| covers(context, part.schema, merged))?;
    Some(part.schema)
}

/// Whether `schema` has every constraint of `merged`, apart from `null`.
fn covers(context: &Context<'_>, schema: SchemaId, merged: &Merged) -> bool {
    if merged.parts == [schema] {
        return true;
    }
    let own = context.merger.whole(schema);
    let index: Option<HashSet<SchemaId>> =
        (own.parts.len() > MAX_SCANNED).then(|| own.parts.iter().copied().collect());
    let includes = |part: &SchemaId| match &index {
        Some(index) => index.contains(part),
        None => own.parts.contains(part),
    };
    let mut components = own.whole.iter().filter(|&&id| context.components.contains(id));
    let component = components.next().copied();
    merged.parts.iter().all(|part| {
        includes(part)
            || component.is_some_and(|child| context.inheritance.extends(child, *part))
            || adds_nothing(context, *part, &own) && !limits::adds_limits(context, *part, &own, merged)
    })
}

/// Whether `others` imply everything that `part` requires.
fn adds_nothing(context: &Context<'_>, part: SchemaId, others: &Merged) -> bool {
    let schema = &context.schemas[part];
    let has_types = schema.types.is_empty()
        || match (&others.types, others.json_type()) {
            (Some(types), _) => types.iter().all(|ty| schema.types.contains(ty)),
            (None, Some(ty)) => schema.types.contains(&ty),
            // `type: object` beside a union of objects.
            (None, None) => !others.choices.is_empty(),
        };
    has_types
        && schema.boolean != Some(false)
        && schema.enumeration.is_none()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && is_chosen(context, &schema.any_of, others)
        && is_chosen(context, &schema.one_of, others)
        && !matches!(schema.additional, Additional::Schema(_))
        && schema.required.iter().all(|name| others.required.contains(name))
        && schema
            .conditional
            .keys()
            .all(|name| others.properties.contains_key(name))
        && schema.properties.iter().all(|(name, &property)| {
            let mut known = others.properties.get(name).into_iter().flatten();
            known.any(|&known| includes_values(context, property, known))
        })
}

/// Whether the alternatives are none, or `others` are one of them.
fn is_chosen(context: &Context<'_>, branches: &[SchemaId], others: &Merged) -> bool {
    let is_one =
        |&branch: &SchemaId| targets(context.schemas, branch).any(|target| others.whole.contains(&target));
    branches.is_empty() || branches.iter().any(is_one)
}

/// Whether all values of `inner` are valid for `outer`, which may differ in nullability only.
fn includes_values(context: &Context<'_>, outer: SchemaId, inner: SchemaId) -> bool {
    let is_nullable = |schema| context.is_nullable(&context.merger.target(schema));
    let directions = |schema| directions(context.schemas, schema);
    let shapes = &context.shapes;
    shapes.of_use(outer) == shapes.of_use(inner)
        || (shapes.of_body(outer) == shapes.of_body(inner)
            && directions(outer) == directions(inner)
            && (is_nullable(outer) || !is_nullable(inner)))
}
