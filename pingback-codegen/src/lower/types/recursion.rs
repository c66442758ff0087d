//! Cycles: references that lead back to themselves are found, types that would hold themselves are boxed, and
//! names for types that would stand for themselves become types.

use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Type, TypeDef, TypeId, TypeKind};
use crate::read::schema::{SchemaId, Schemas};

/// The groups of nodes that reach one another (Tarjan), iteratively. Only groups that are cycles.
fn cycles(count: usize, edges: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut index = vec![UNSEEN; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let mut stack = Vec::new();
    let mut next = 0;
    let mut found = Vec::new();
    for start in 0..count {
        if index[start] != UNSEEN {
            continue;
        }
        let mut work: Vec<(usize, Vec<usize>, usize)> = Vec::new();
        let mut enter = Some(start);
        loop {
            if let Some(node) = enter.take() {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
                work.push((node, edges(node), 0));
            }
            let Some((node, targets, at)) = work.last_mut() else {
                break;
            };
            let node = *node;
            if let Some(&target) = targets.get(*at) {
                *at += 1;
                if index[target] == UNSEEN {
                    enter = Some(target);
                } else if on_stack[target] {
                    low[node] = low[node].min(index[target]);
                }
                continue;
            }
            let itself = targets.contains(&node);
            work.pop();
            if let Some((parent, ..)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let mut group = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group.push(member);
                    if member == node {
                        break;
                    }
                }
                if group.len() > 1 || itself {
                    group.sort_unstable();
                    found.push(group);
                }
            }
        }
    }
    found.sort_unstable();
    found
}

/// Schemas that are themselves by way of `$ref` and `allOf` alone, so that no value could tell what they are.
pub(super) fn reference_cycles(schemas: &Schemas) -> Vec<Vec<SchemaId>> {
    let groups = cycles(schemas.list.len(), |index| {
        let schema = &schemas.list[index];
        schema
            .reference
            .iter()
            .chain(&schema.all_of)
            .map(|id| id.0 as usize)
            .filter(|&index| index < schemas.list.len())
            .collect()
    });
    groups
        .into_iter()
        .map(|group| {
            group
                .into_iter()
                .map(|index| SchemaId(u32::try_from(index).unwrap_or(u32::MAX)))
                .collect()
        })
        .collect()
}

/// The types that a type holds by value.
fn by_value(ty: &Type, found: &mut Vec<usize>) {
    match ty {
        Type::Named(TypeId(id)) => found.push(*id),
        Type::Nullable(inner) => by_value(inner, found),
        Type::Tuple(types) => types.iter().for_each(|ty| by_value(ty, found)),
        _ => {}
    }
}

/// Makes definitions of which Rust can have values.
pub(super) fn settle(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    cut_alias_cycles(types, diagnostics);
    name_alias_cycles(types);
    cut_empty_unions(types, diagnostics);
    box_back_edges(types);
    box_large(types);
}

/// What is larger than this many bytes lies apart from what holds it. Decoding moves a value through many frames
/// of the stack, each with room for several of it, and a thread has two megabytes of that.
const LARGE: usize = 1024;

/// Boxes what is held by value and large: objects of dozens of members within one another.
fn box_large(types: &mut [TypeDef]) {
    let mut sizes: Vec<Option<usize>> = vec![None; types.len()];
    let mut entered = vec![false; types.len()];
    for start in 0..types.len() {
        // Those held by value come first; there are no cycles any more.
        let mut work = vec![start];
        while let Some(&index) = work.last() {
            if sizes[index].is_some() {
                work.pop();
                continue;
            }
            let mut held = Vec::new();
            for ty in types[index].kind.types() {
                by_value(ty, &mut held);
            }
            if !std::mem::replace(&mut entered[index], true) {
                held.retain(|&held| sizes[held].is_none());
                work.extend(held);
                continue;
            }
            // An alias has no place for a box; whoever names it has.
            for held in held {
                if sizes[held].is_some_and(|size| size > LARGE) {
                    box_within(&mut types[index].kind, held);
                }
            }
            sizes[index] = Some(size_of_kind(&types[index].kind, &sizes));
            work.pop();
        }
    }
}

/// About how many bytes a value takes.
fn size_of_kind(kind: &TypeKind, sizes: &[Option<usize>]) -> usize {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| size_of(&field.ty, sizes));
            fields.sum::<usize>() + object.additional.as_ref().map_or(0, |_| 24)
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter().map(|variant| size_of(&variant.ty, sizes));
            variants.max().unwrap_or(0) + 8
        }
        TypeKind::Newtype(ty) | TypeKind::Alias(ty) => size_of(ty, sizes),
        TypeKind::Checked(checked) => size_of(&checked.inner, sizes),
        TypeKind::Enum(_) => 24,
    }
}

fn size_of(ty: &Type, sizes: &[Option<usize>]) -> usize {
    match ty {
        Type::Bool | Type::Null => 1,
        Type::Int(_) | Type::Float(_) => 16,
        Type::Date | Type::Boxed(_) => 8,
        Type::String | Type::Array(_) | Type::Map(_) | Type::Uuid => 24,
        Type::DateTime | Type::Json | Type::Bytes => 32,
        Type::File => 160,
        Type::Tuple(types) => types.iter().map(|ty| size_of(ty, sizes)).sum(),
        Type::Named(TypeId(id)) => sizes.get(*id).copied().flatten().unwrap_or(24),
        Type::Nullable(inner) => size_of(inner, sizes),
    }
}

/// Aliases of nothing but one another say nothing: `A: anyOf [B]` beside `B: anyOf [A]`.
fn cut_alias_cycles(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    let groups = cycles(types.len(), |index| match &types[index].kind {
        TypeKind::Alias(ty) => {
            let mut found = Vec::new();
            by_value(ty, &mut found);
            found.retain(|&target| matches!(types[target].kind, TypeKind::Alias(_)));
            found
        }
        _ => Vec::new(),
    });
    for index in groups.into_iter().flatten() {
        let def = &mut types[index];
        def.kind = TypeKind::Alias(Type::Json);
        diagnostics.report(rules::UNION_OF_ITSELF, def.place.span, &[&def.name]);
    }
}

/// `type A = Vec<A>` is not allowed: such aliases become types of their own.
fn name_alias_cycles(types: &mut [TypeDef]) {
    let groups = cycles(types.len(), |index| match &types[index].kind {
        TypeKind::Alias(ty) => {
            let mut found = Vec::new();
            found.extend(ty.definitions().map(|id| id.0));
            found.retain(|&target| matches!(types[target].kind, TypeKind::Alias(_)));
            found
        }
        _ => Vec::new(),
    });
    for index in groups.into_iter().flatten() {
        if let TypeKind::Alias(ty) = &types[index].kind {
            types[index].kind = TypeKind::Newtype(ty.clone());
        }
    }
}

/// A branch of a union that is the union itself says nothing, and trying it would never end.
fn cut_empty_unions(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    loop {
        let groups = cycles(types.len(), |index| match &types[index].kind {
            TypeKind::Union(union) => {
                let mut found = Vec::new();
                union
                    .variants
                    .iter()
                    .for_each(|variant| by_value(&variant.ty, &mut found));
                found.retain(|&target| transparent(&types[target].kind));
                found
            }
            TypeKind::Alias(ty) => {
                let mut found = Vec::new();
                by_value(ty, &mut found);
                found.retain(|&target| transparent(&types[target].kind));
                found
            }
            _ => Vec::new(),
        });
        let mut changed = false;
        for group in groups {
            let Some(&union) = group
                .iter()
                .find(|&&index| matches!(types[index].kind, TypeKind::Union(_)))
            else {
                continue;
            };
            let name = types[union].name.clone();
            let span = types[union].place.span;
            if let TypeKind::Union(union) = &mut types[union].kind {
                let before = union.variants.len();
                union.variants.retain(|variant| {
                    let mut found = Vec::new();
                    by_value(&variant.ty, &mut found);
                    !found.iter().any(|target| group.contains(target))
                });
                changed |= union.variants.len() < before;
            }
            diagnostics.report(rules::UNION_OF_ITSELF, span, &[&name]);
        }
        if !changed {
            return;
        }
    }
}

fn transparent(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Union(_) | TypeKind::Alias(_))
}

/// Boxes the edges that close a cycle of types held by value. An alias has no place for a box, so a cycle
/// through one is cut where a struct or a union names it.
fn box_back_edges(types: &mut [TypeDef]) {
    #[derive(Clone, Copy, PartialEq)]
    enum Color {
        White,
        Grey,
        Black,
    }
    let solid = |mut index: usize| {
        // Aliases of aliases end, since those in a cycle are types by now.
        for _ in 0..types.len() {
            match &types[index].kind {
                TypeKind::Alias(ty) => {
                    let mut found = Vec::new();
                    by_value(ty, &mut found);
                    match found.as_slice() {
                        [one] => index = *one,
                        [] => return None,
                        _ => return Some(index),
                    }
                }
                _ => return Some(index),
            }
        }
        None
    };
    let edges = |index: usize| {
        let mut found = Vec::new();
        for ty in types[index].kind.types() {
            by_value(ty, &mut found);
        }
        found
            .into_iter()
            .filter_map(|named| solid(named).map(|target| (named, target)))
            .collect::<Vec<_>>()
    };
    let mut colors = vec![Color::White; types.len()];
    let mut boxed: Vec<(usize, usize)> = Vec::new();
    for start in 0..types.len() {
        if colors[start] != Color::White || matches!(types[start].kind, TypeKind::Alias(_)) {
            continue;
        }
        colors[start] = Color::Grey;
        let mut work = vec![(start, edges(start), 0)];
        while let Some((node, targets, at)) = work.last_mut() {
            let node = *node;
            let Some(&(named, target)) = targets.get(*at) else {
                colors[node] = Color::Black;
                work.pop();
                continue;
            };
            *at += 1;
            match colors[target] {
                Color::Grey => boxed.push((node, named)),
                Color::White => {
                    colors[target] = Color::Grey;
                    work.push((target, edges(target), 0));
                }
                Color::Black => {}
            }
        }
    }
    boxed.sort_unstable();
    boxed.dedup();
    for (holder, named) in boxed {
        box_within(&mut types[holder].kind, named);
    }
}

/// Boxes all mentions by value of the definition `named`.
fn box_within(kind: &mut TypeKind, named: usize) {
    match kind {
        TypeKind::Struct(object) => {
            object
                .fields
                .iter_mut()
                .for_each(|field| box_named(&mut field.ty, named));
        }
        TypeKind::Union(union) => {
            union
                .variants
                .iter_mut()
                .for_each(|variant| box_named(&mut variant.ty, named));
        }
        TypeKind::Newtype(ty) => box_named(ty, named),
        // What is checked holds lists and maps, which are no larger than their handles.
        TypeKind::Alias(_) | TypeKind::Enum(_) | TypeKind::Checked(_) => {}
    }
}

fn box_named(ty: &mut Type, named: usize) {
    match ty {
        Type::Named(TypeId(id)) if *id == named => {
            *ty = Type::Boxed(Box::new(Type::Named(TypeId(named))));
        }
        Type::Nullable(inner) => box_named(inner, named),
        Type::Tuple(types) => types.iter_mut().for_each(|ty| box_named(ty, named)),
        _ => {}
    }
}
