//! Reports schemas whose `null` is excluded by a schema that applies with them.

use super::context::Context;
use super::intersection::Intersection;
use super::nullability::Nullability;
use crate::diagnostic::{Diagnostics, rules};
use crate::read::schema::{Schema, SchemaId};

/// Reports the first schema that allows `null` beside a `type`, while its `$ref` or its `allOf` excludes `null`, and their
/// number.
pub(super) fn report_excluded_null(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let excluded: Vec<SchemaId> = context
        .schemas
        .iter()
        .filter(|(_, schema)| schema.reference.is_some() || !schema.all_of.is_empty())
        .filter_map(|(id, _)| excluded_null(context, id))
        .collect();
    if let Some(&first) = excluded.first() {
        let span = context.schemas[first].span;
        diagnostics.report(rules::EXCLUDED_NULL, span, &[&excluded.len()]);
    }
}

/// The schema, or its inline part, that allows `null`, if `null` is not valid.
fn excluded_null(context: &Context<'_>, id: SchemaId) -> Option<SchemaId> {
    let schemas = context.schemas;
    let is_inline = |&part: &SchemaId| schemas[part].reference.is_none();
    let inline = schemas[id].all_of.iter().copied().filter(is_inline);
    let allows_null = |schema: &Schema| schema.nullable && schema.has_stated_types();
    let mut parts = std::iter::once(id).chain(inline);
    let part = parts.find(|&part| allows_null(&schemas[part]))?;
    let merged = context.merger.merge(&Intersection::whole(id));
    (merged.null == Nullability::Denied).then_some(part)
}
