//! Finds discriminators that do not match the branches of their union.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::schema::{Discriminator, Schema, SchemaId, Schemas};
use std::collections::HashSet;

pub(super) fn check(schemas: &Schemas, diagnostics: &mut Diagnostics) {
    for (id, schema) in schemas.iter() {
        let Some(discriminator) = &schema.discriminator else {
            continue;
        };
        let branches: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        if !branches.is_empty() {
            report_targets_outside_union(schemas, discriminator, &branches, diagnostics);
            report_branches_without_property(schemas, (id, discriminator), &branches, diagnostics);
        }
    }
}

/// Reports mappings to schemas that are not part of any branch.
fn report_targets_outside_union(
    schemas: &Schemas,
    discriminator: &Discriminator,
    branches: &[SchemaId],
    diagnostics: &mut Diagnostics,
) {
    let parts: HashSet<SchemaId> = branches
        .iter()
        .flat_map(|branch| schemas.with_all_of(*branch))
        .collect();
    for (value, target) in &discriminator.mapping {
        let target_parts = schemas.with_all_of(*target);
        if !target_parts.iter().any(|part| parts.contains(part)) {
            diagnostics.report(
                rules::DISCRIMINATOR_BRANCH,
                discriminator.span,
                &[value, &schemas[*target].pointer],
            );
        }
    }
}

/// Reports branches that do not require the property of the discriminator, unless the union itself requires it.
fn report_branches_without_property(
    schemas: &Schemas,
    (union, discriminator): (SchemaId, &Discriminator),
    branches: &[SchemaId],
    diagnostics: &mut Diagnostics,
) {
    let requires = |schema: &Schema| schema.required.contains(&discriminator.property);
    let is_union = |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if requires(&schemas[union]) {
        return;
    }
    let mut first = None;
    let mut count = 0usize;
    for &branch in branches {
        let parts = schemas.with_all_of(branch);
        let any = |holds: &dyn Fn(&Schema) -> bool| parts.iter().any(|part| holds(&schemas[*part]));
        if !any(&is_union) && !any(&requires) {
            count += 1;
            // The last part is the definition at the end of the references.
            first = first.or(parts.last().copied());
        }
    }
    if let Some(first) = first {
        diagnostics.push(
            Diagnostic::new(
                rules::DISCRIMINATOR_PROPERTY,
                discriminator.span,
                &[&discriminator.property, &count],
            )
            .related(schemas[first].span, "the first of them"),
        );
    }
}
