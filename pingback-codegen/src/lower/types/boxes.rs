//! Boxes types that would contain themselves, and large types.

use super::by_value::{by_value, held_by_value};
use crate::model::{Type, TypeDef, TypeId, TypeKind};

/// Types that take more bytes than this are boxed. Decoding moves a value through many frames of the stack, each with
/// space for several of it, and a thread has two megabytes of stack.
const MAX_INLINE_SIZE: usize = 1024;

/// A node whose edges are being followed.
struct Visit {
    node: usize,
    edges: Vec<Edge>,
    /// How many of the edges were followed.
    followed: usize,
}

/// A definition that another one contains by value.
#[derive(Clone, Copy)]
struct Edge {
    /// The definition that is mentioned; may be an alias.
    mentioned: usize,
    /// The definition that the alias resolves to.
    target: usize,
}

/// The progress of a depth-first search.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Unvisited,
    Open,
    Done,
}

/// Adds a box to each cycle of types that contain one another by value. An alias cannot contain a box, so a cycle through
/// an alias gets the box where a struct or a union mentions the alias.
pub(super) fn box_cycles(mut types: Vec<TypeDef>) -> Vec<TypeDef> {
    let mut progress = vec![Progress::Unvisited; types.len()];
    let mut closing: Vec<(usize, usize)> = Vec::new();
    for start in 0..types.len() {
        if progress[start] != Progress::Unvisited || matches!(types[start].kind, TypeKind::Alias(_)) {
            continue;
        }
        progress[start] = Progress::Open;
        let mut path = vec![Visit::new(&types, start)];
        while let Some(visit) = path.last_mut() {
            let Some(&edge) = visit.edges.get(visit.followed) else {
                progress[visit.node] = Progress::Done;
                path.pop();
                continue;
            };
            visit.followed += 1;
            match progress[edge.target] {
                Progress::Open => closing.push((visit.node, edge.mentioned)),
                Progress::Unvisited => {
                    progress[edge.target] = Progress::Open;
                    path.push(Visit::new(&types, edge.target));
                }
                Progress::Done => {}
            }
        }
    }
    closing.sort_unstable();
    closing.dedup();
    for (holder, mentioned) in closing {
        box_within(&mut types[holder].kind, mentioned);
    }
    types
}

impl Visit {
    fn new(types: &[TypeDef], node: usize) -> Self {
        let mentioned = held_by_value(&types[node]).into_iter();
        let edges = mentioned.filter_map(|mentioned| {
            let target = alias_target(types, mentioned)?;
            Some(Edge { mentioned, target })
        });
        Self {
            node,
            edges: edges.collect(),
            followed: 0,
        }
    }
}

/// The definition that an alias resolves to; `None` if it resolves to no definition.
fn alias_target(types: &[TypeDef], mut index: usize) -> Option<usize> {
    // Aliases are in no cycle any more, so the way ends.
    for _ in 0..types.len() {
        let TypeKind::Alias(ty) = &types[index].kind else {
            return Some(index);
        };
        match by_value(ty).as_slice() {
            [] => return None,
            [one] => index = *one,
            _ => return Some(index),
        }
    }
    None
}

/// Boxes large types that are contained by value: nested objects with dozens of members.
pub(super) fn box_large(mut types: Vec<TypeDef>) -> Vec<TypeDef> {
    let mut sizes: Vec<Option<usize>> = vec![None; types.len()];
    let mut is_entered = vec![false; types.len()];
    for start in 0..types.len() {
        // The types are sorted: each comes after those that it contains. There are no cycles left.
        let mut stack = vec![start];
        while let Some(&index) = stack.last() {
            if sizes[index].is_some() {
                stack.pop();
                continue;
            }
            let held = held_by_value(&types[index]);
            if !std::mem::replace(&mut is_entered[index], true) {
                stack.extend(held.into_iter().filter(|&held| sizes[held].is_none()));
                continue;
            }
            // An alias cannot contain a box, but the types that mention it can.
            for held in held {
                if sizes[held].is_some_and(|size| size > MAX_INLINE_SIZE) {
                    box_within(&mut types[index].kind, held);
                }
            }
            sizes[index] = Some(size_of_kind(&types[index].kind, &sizes));
            stack.pop();
        }
    }
    types
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

/// Boxes all mentions by value of a definition.
fn box_within(kind: &mut TypeKind, mentioned: usize) {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut();
            fields.for_each(|field| box_mentions(&mut field.ty, mentioned));
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter_mut();
            variants.for_each(|variant| box_mentions(&mut variant.ty, mentioned));
        }
        TypeKind::Newtype(ty) => box_mentions(ty, mentioned),
        // A checked type contains scalars, arrays and maps, which are small.
        TypeKind::Alias(_) | TypeKind::Enum(_) | TypeKind::Checked(_) => {}
    }
}

fn box_mentions(ty: &mut Type, mentioned: usize) {
    match ty {
        Type::Named(TypeId(id)) if *id == mentioned => {
            *ty = Type::Boxed(Box::new(Type::Named(TypeId(mentioned))));
        }
        Type::Nullable(inner) => box_mentions(inner, mentioned),
        Type::Tuple(types) => types.iter_mut().for_each(|ty| box_mentions(ty, mentioned)),
        _ => {}
    }
}
