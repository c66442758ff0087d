//! Changes definitions that refer to themselves, so that Rust accepts them and decoding ends.

use super::boxes;
use super::by_value::by_value;
use super::cycles::cycles;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Type, TypeDef, TypeKind};

/// Replaces definitions that have no values or no finite size.
pub(super) fn make_finite(types: Vec<TypeDef>, diagnostics: &mut Diagnostics) -> Vec<TypeDef> {
    let types = cut_alias_cycles(types, diagnostics);
    let types = wrap_alias_cycles(types);
    let types = cut_union_cycles(types, diagnostics);
    boxes::box_large(boxes::box_cycles(types))
}

/// Those of `targets` that are aliases.
fn aliases(types: &[TypeDef], targets: Vec<usize>) -> Vec<usize> {
    let is_alias = |&target: &usize| matches!(types[target].kind, TypeKind::Alias(_));
    targets.into_iter().filter(is_alias).collect()
}

/// Replaces aliases that are only aliases of one another by any JSON: `A: anyOf [B]` beside `B: anyOf [A]`.
fn cut_alias_cycles(mut types: Vec<TypeDef>, diagnostics: &mut Diagnostics) -> Vec<TypeDef> {
    let groups = cycles(types.len(), |index| match &types[index].kind {
        TypeKind::Alias(ty) => aliases(&types, by_value(ty)),
        _ => Vec::new(),
    });
    for index in groups.into_iter().flatten() {
        let def = &mut types[index];
        def.kind = TypeKind::Alias(Type::Json);
        diagnostics.report(rules::UNION_OF_ITSELF, def.place.span, &[&def.name]);
    }
    types
}

/// Makes newtypes of aliases that contain themselves: Rust does not allow `type A = Vec<A>`.
fn wrap_alias_cycles(mut types: Vec<TypeDef>) -> Vec<TypeDef> {
    let groups = cycles(types.len(), |index| match &types[index].kind {
        TypeKind::Alias(ty) => aliases(&types, ty.definitions().map(|id| id.0).collect()),
        _ => Vec::new(),
    });
    for index in groups.into_iter().flatten() {
        if let TypeKind::Alias(ty) = &types[index].kind {
            types[index].kind = TypeKind::Newtype(ty.clone());
        }
    }
    types
}

/// Removes branches of unions that lead back to the union: they add no value, and decoding them would not end.
fn cut_union_cycles(mut types: Vec<TypeDef>, diagnostics: &mut Diagnostics) -> Vec<TypeDef> {
    loop {
        let mut is_changed = false;
        for group in union_cycles(&types) {
            let mut indices = group.iter();
            let Some(&index) = indices.find(|&&index| matches!(types[index].kind, TypeKind::Union(_))) else {
                continue;
            };
            let def = &mut types[index];
            if let TypeKind::Union(union) = &mut def.kind {
                let before = union.variants.len();
                let leads_back = |ty: &Type| by_value(ty).iter().any(|target| group.contains(target));
                union.variants.retain(|variant| !leads_back(&variant.ty));
                is_changed |= union.variants.len() < before;
            }
            diagnostics.report(rules::UNION_OF_ITSELF, def.place.span, &[&def.name]);
        }
        if !is_changed {
            return types;
        }
    }
}

/// The cycles of unions and aliases that contain one another by value.
fn union_cycles(types: &[TypeDef]) -> Vec<Vec<usize>> {
    let is_transparent =
        |&target: &usize| matches!(types[target].kind, TypeKind::Union(_) | TypeKind::Alias(_));
    cycles(types.len(), |index| {
        let targets: Vec<usize> = match &types[index].kind {
            TypeKind::Union(union) => {
                let variants = union.variants.iter();
                variants.flat_map(|variant| by_value(&variant.ty)).collect()
            }
            TypeKind::Alias(ty) => by_value(ty),
            _ => Vec::new(),
        };
        targets.into_iter().filter(is_transparent).collect()
    })
}
