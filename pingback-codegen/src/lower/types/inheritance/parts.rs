//! Distinguishes schemas that only stand for another one from those that have members of their own.

use crate::lower::types::references::MAX_DISTANCE;
use crate::read::schema::{Additional, Discriminator, JsonType, Schema, SchemaId, Schemas};

/// Whether a schema's own keywords, apart from references, describe more than an object that requires members.
pub(super) fn describes_more(schema: &Schema) -> bool {
    schema.boolean == Some(false)
        || schema.types.iter().any(|ty| *ty != JsonType::Object)
        || schema.enumeration.is_some()
        || !schema.properties.is_empty()
        || !matches!(schema.additional, Additional::Unspecified | Additional::Any)
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
}

/// The schemas that apply together with a schema's own keywords: the target of `$ref` and the branches of `allOf`, without
/// those that have only annotations.
fn applied(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    let schema = &schemas[id];
    let has_keywords = |&branch: &SchemaId| {
        let branch = &schemas[branch];
        branch.reference.is_some() || !branch.all_of.is_empty() || describes_more(branch)
    };
    let branches = schema.all_of.iter().copied().filter(has_keywords);
    schema.reference.into_iter().chain(branches)
}

/// The one schema that a schema stands for: it is a `$ref`, or an `allOf` with one, beside annotations, `nullable` and
/// `required`.
pub(super) fn stands_for(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let mut applied = applied(schemas, id);
    let only = applied.next()?;
    let is_alone = applied.next().is_none() && !describes_more(&schemas[id]);
    is_alone.then_some(only)
}

/// The schemas that an element of an `allOf` stands for, one after the other, beginning with itself.
pub(super) fn stood_for(schemas: &Schemas, start: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    std::iter::successors(Some(start), |&id| stands_for(schemas, id)).take(MAX_DISTANCE)
}

/// The discriminator of a schema, or of an inline branch of its `allOf`.
pub(super) fn own_discriminator(schemas: &Schemas, id: SchemaId) -> Option<&Discriminator> {
    inline_parts(schemas, id).find_map(|part| schemas[part].discriminator.as_ref())
}

/// A schema and the inline branches of its `allOf`, at any depth.
pub(super) fn inline_parts(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    let mut pending = vec![id];
    std::iter::from_fn(move || {
        let part = pending.pop()?;
        pending.extend(schemas[part].all_of.iter().rev());
        Some(part)
    })
}
