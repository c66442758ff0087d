//! Follows references, and recognizes schemas that are only a `$ref`.

use crate::read::schema::{Additional, Constraints, Schema, SchemaId, Schemas};

/// Schemas that are more steps of `$ref` and `allOf` away are left out. Without a limit, a chain of definitions would
/// cost the square of its length.
pub(super) const MAX_DISTANCE: usize = 200;

/// A schema and the target of the reference, one after the other. There are no cycles of references alone, since the
/// reader removes them.
pub(super) fn targets(schemas: &Schemas, start: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    std::iter::successors(Some(start), |&id| schemas[id].reference).take(MAX_DISTANCE)
}

/// The first schema that is more than a `$ref`, starting at `schema` and following references.
pub(super) fn plain_target(schemas: &Schemas, schema: SchemaId) -> SchemaId {
    targets(schemas, schema)
        .find(|&id| !only_refers(&schemas[id]))
        .unwrap_or(schema)
}

/// Whether a schema is a `$ref` with nothing beside it that generated code shows, except its texts.
pub(super) fn stands_for_another(schema: &Schema) -> bool {
    only_refers(schema)
        && schema.constraints == Constraints::default()
        && schema.default.is_none()
        && !schema.unique_items
}

/// Whether a schema is a `$ref` with nothing beside it that affects the type.
pub(super) fn only_refers(schema: &Schema) -> bool {
    schema.reference.is_some()
        && schema.all_of.is_empty()
        && !schema.nullable
        && schema.format.is_none()
        && schema.discriminator.is_none()
        && schema.content_encoding.is_none()
        && schema.content_media_type.is_none()
        && schema.additional == Additional::Unspecified
        && !has_type_keywords(schema)
}

/// Whether a schema has keywords that affect the type, other than `$ref`, `allOf` and those that only refine a type.
pub(super) fn has_type_keywords(schema: &Schema) -> bool {
    schema.boolean == Some(false)
        || !schema.types.is_empty()
        || schema.enumeration.is_some()
        || !schema.properties.is_empty()
        || !schema.conditional.is_empty()
        || !schema.required.is_empty()
        || !matches!(schema.additional, Additional::Unspecified | Additional::Any)
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
}
