//! Applies the selection of the configuration: which operations are generated, and which types.

use super::Lowered;
use super::endpoints::Endpoint;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, TestValues, Type, TypeId, TypeKind};
use crate::options::{Select, UnusedSchemas};
use std::ops::Range;

/// The selected operations. Names are assigned before, so that a selection renames nothing.
pub(super) fn endpoints<'d>(
    mut endpoints: Vec<Endpoint<'d>>,
    select: &Select,
    diagnostics: &mut Diagnostics,
) -> Vec<Endpoint<'d>> {
    type Matches = fn(&str, &Endpoint<'_>) -> bool;
    let tag: Matches = |tag, endpoint| {
        endpoint
            .route
            .operation
            .tags
            .iter()
            .any(|own| own.trim() == tag.trim())
    };
    let path: Matches = |path, endpoint| match path.strip_suffix('*') {
        Some(start) => endpoint.route.path.starts_with(start),
        None => endpoint.route.path == path,
    };
    let id: Matches = |id, endpoint| {
        endpoint.route.operation.operation_id.as_deref() == Some(id) || endpoint.names.id == id
    };
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
    endpoints
}

/// Removes unused types if the configuration asks for that. An alias that keeps a former name stays with its type.
pub(super) fn types(mut lowered: Lowered, select: &Select, other_names: Range<usize>) -> Lowered {
    let prune = match select.unused_schemas {
        Some(unused) => unused == UnusedSchemas::Prune,
        None => select.is_selective(),
    };
    if !prune {
        return lowered;
    }
    let used = used_types(&lowered.api, other_names);
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
    for ty in lowered.api.used_types_mut() {
        ty.renumber(&new_id);
    }
    for ty in lowered.api.types.iter_mut().flat_map(|def| def.kind.types_mut()) {
        ty.renumber(&new_id);
    }
    let mut is_used = used.iter();
    lowered.api.types.retain(|_| is_used.next() == Some(&true));
    let TestValues { examples, instances } = &mut lowered.test_values;
    for samples in [examples, instances] {
        samples.retain(|sample| sample.ty.definitions().all(|id| used.get(id.0) == Some(&true)));
        for sample in samples {
            sample.ty.renumber(&new_id);
        }
    }
    lowered
}

/// For each definition, whether an operation or the client uses it.
fn used_types(api: &Api, other_names: Range<usize>) -> Vec<bool> {
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
    used
}
