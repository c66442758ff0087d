//! The operations that were asked for, and the types that these need.

use super::endpoints::Endpoint;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, TestValues, Type, TypeId, TypeKind};
use crate::options::{Select, UnusedSchemas};
use std::ops::Range;

/// Leaves the selected endpoints. They are named before, so that a selection renames nothing.
pub(super) fn endpoints(endpoints: &mut Vec<Endpoint<'_>>, select: &Select, diagnostics: &mut Diagnostics) {
    type Matches = fn(&str, &Endpoint<'_>) -> bool;
    let tag: Matches = |tag, endpoint| endpoint.operation.tags.iter().any(|own| own.trim() == tag.trim());
    let path: Matches = |path, endpoint| match path.strip_suffix('*') {
        Some(start) => endpoint.path.starts_with(start),
        None => endpoint.path == path,
    };
    let id: Matches =
        |id, endpoint| endpoint.operation.operation_id.as_deref() == Some(id) || endpoint.id == id;
    let included = [
        ("tag", &select.tags, tag),
        ("path", &select.paths, path),
        ("operation", &select.operations, id),
    ];
    let excluded = [
        ("tag", &select.exclude_tags, tag),
        ("path", &select.exclude_paths, path),
        ("operation", &select.exclude_operations, id),
    ];
    for (what, wanted, matches) in included.iter().chain(&excluded) {
        for wanted in *wanted {
            if !endpoints.iter().any(|endpoint| matches(wanted, endpoint)) {
                diagnostics.report(rules::SELECTION_UNMATCHED, None, &[what, wanted]);
            }
        }
    }
    let any = |lists: &[(&str, &Vec<String>, Matches)], endpoint: &Endpoint<'_>| {
        lists
            .iter()
            .any(|(_, wanted, matches)| wanted.iter().any(|wanted| matches(wanted, endpoint)))
    };
    let all = included.iter().all(|(_, wanted, _)| wanted.is_empty());
    endpoints.retain(|endpoint| (all || any(&included, endpoint)) && !any(&excluded, endpoint));
}

/// Leaves the types that some operation, or the client itself, has a use for, if that is asked for, and the other
/// names of those.
pub(super) fn types(api: &mut Api, test_values: &mut TestValues, select: &Select, other_names: Range<usize>) {
    let prune = match select.unused_schemas {
        Some(unused) => unused == UnusedSchemas::Prune,
        None => select.is_selective(),
    };
    if !prune {
        return;
    }
    let mut used = vec![false; api.types.len()];
    let mut pending: Vec<TypeId> = api.used_types().flat_map(Type::definitions).collect();
    while let Some(id) = pending.pop() {
        if let (Some(is_used @ false), Some(kind)) = (used.get_mut(id.0), api.type_kind(id)) {
            *is_used = true;
            pending.extend(kind.types().into_iter().flat_map(Type::definitions));
        }
    }
    for index in other_names {
        if let Some(TypeKind::Alias(Type::Named(of))) = api.types.get(index).map(|def| &def.kind) {
            used[index] = used[of.0];
        }
    }
    let is_used = |id: TypeId| used.get(id.0) == Some(&true);
    for samples in [&mut test_values.examples, &mut test_values.instances] {
        samples.retain(|sample| sample.ty.definitions().all(is_used));
    }
    let mut next = 0;
    let new_ids: Vec<TypeId> = used
        .iter()
        .map(|used| {
            let id = TypeId(next);
            next += usize::from(*used);
            id
        })
        .collect();
    let new_id = |id: TypeId| new_ids.get(id.0).copied().unwrap_or(id);
    for ty in api.used_types_mut() {
        ty.renumber(&new_id);
    }
    let TestValues { examples, instances } = test_values;
    for sample in examples.iter_mut().chain(instances) {
        sample.ty.renumber(&new_id);
    }
    for ty in api.types.iter_mut().flat_map(|def| def.kind.types_mut()) {
        ty.renumber(&new_id);
    }
    let mut used = used.into_iter();
    api.types.retain(|_| used.next() == Some(true));
}
