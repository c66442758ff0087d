//! The operations that were asked for, and the types that these need.

use super::endpoints::Endpoint;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, Operation, Payload, PayloadKind, Success, Type, TypeDef, TypeId, TypeKind};
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
pub(super) fn types(api: &mut Api, select: &Select, other_names: Range<usize>) {
    let prune = match select.unused_schemas {
        Some(unused) => unused == UnusedSchemas::Prune,
        None => select.is_selective(),
    };
    if !prune {
        return;
    }
    let mut used = vec![false; api.types.len()];
    let mut open: Vec<TypeId> = Vec::new();
    roots(api, &mut |ty| named(ty, &mut |id| open.push(*id)));
    while let Some(id) = open.pop() {
        if let (Some(mark @ false), Some(def)) = (used.get_mut(id.0), api.types.get_mut(id.0)) {
            *mark = true;
            parts(def, &mut |ty| named(ty, &mut |id| open.push(*id)));
        }
    }
    for index in other_names {
        if let Some(TypeKind::Alias(Type::Named(of))) = api.types.get(index).map(|def| &def.kind) {
            used[index] = used[of.0];
        }
    }
    for samples in [&mut api.samples, &mut api.instances.list] {
        samples.retain_mut(|sample| {
            let mut kept = true;
            named(&mut sample.ty, &mut |id| kept &= used.get(id.0) == Some(&true));
            kept
        });
    }
    let mut next = 0;
    let new: Vec<usize> = used
        .iter()
        .map(|used| {
            let number = next;
            next += usize::from(*used);
            number
        })
        .collect();
    let mut renumber = |ty: &mut Type| {
        named(ty, &mut |id| id.0 = new.get(id.0).copied().unwrap_or(id.0));
    };
    roots(api, &mut renumber);
    for sample in api.samples.iter_mut().chain(&mut api.instances.list) {
        renumber(&mut sample.ty);
    }
    for def in &mut api.types {
        parts(def, &mut renumber);
    }
    let mut used = used.into_iter();
    api.types.retain(|_| used.next() == Some(true));
}

/// Calls `f` with every type that is not part of another definition.
fn roots(api: &mut Api, f: &mut impl FnMut(&mut Type)) {
    api.operations
        .iter_mut()
        .for_each(|operation| of_operation(operation, f));
    api.client_parameters
        .iter_mut()
        .for_each(|parameter| f(&mut parameter.ty));
    let headers = api.headers.iter_mut().flat_map(|set| &mut set.headers);
    headers.for_each(|header| f(&mut header.ty));
    api.errors.body.iter_mut().for_each(f);
}

fn of_operation(operation: &mut Operation, f: &mut impl FnMut(&mut Type)) {
    operation
        .parameters
        .iter_mut()
        .for_each(|parameter| f(&mut parameter.ty));
    for content in operation.body.iter_mut().flat_map(|body| &mut body.contents) {
        f(&mut content.ty);
        content.part_headers_mut().for_each(|header| f(&mut header.ty));
    }
    let responses = match &mut operation.success {
        Success::One(payload, responses) => {
            of_payload(payload, f);
            responses
        }
        Success::Choice { responses, .. } => responses,
    };
    for response in responses {
        of_payload(&mut response.payload, f);
        response
            .events
            .iter_mut()
            .for_each(|payload| of_payload(payload, f));
    }
    for other in &mut operation.alternatives {
        of_payload(&mut other.payload, f);
    }
    for error in &mut operation.errors {
        of_payload(&mut error.payload, f);
    }
}

fn of_payload(payload: &mut Payload, f: &mut impl FnMut(&mut Type)) {
    if let PayloadKind::Json(ty) | PayloadKind::Events(_, ty) = &mut payload.kind {
        f(ty);
    }
}

/// Calls `f` with every type that a definition is made of.
fn parts(def: &mut TypeDef, f: &mut impl FnMut(&mut Type)) {
    match &mut def.kind {
        TypeKind::Struct(it) => {
            it.fields.iter_mut().for_each(|field| f(&mut field.ty));
            it.additional.iter_mut().for_each(|(_, ty)| f(ty));
        }
        TypeKind::Enum(it) => f(&mut it.repr),
        TypeKind::Union(it) => it.variants.iter_mut().for_each(|variant| f(&mut variant.ty)),
        TypeKind::Newtype(ty) | TypeKind::Alias(ty) => f(ty),
        TypeKind::Checked(it) => f(&mut it.inner),
    }
}

/// Calls `f` with the definitions that a type names. Recursion is bounded: arrays and maps nest only so deep.
fn named(ty: &mut Type, f: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Type::Named(id) => f(id),
        Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => named(inner, f),
        Type::Tuple(items) => items.iter_mut().for_each(|item| named(item, f)),
        _ => {}
    }
}
