//! Derives how the text of a header is read from its type.

use crate::model::{HeaderForm, Type, TypeDef, TypeKind};

/// How many newtypes in a row are followed.
const DEPTH: usize = 32;

/// How values of a type are written in a header (OpenAPI 3.0.3, style `simple`); `None` if a header cannot hold them.
pub(super) fn form(types: &[TypeDef], ty: &Type, explode: bool) -> Option<HeaderForm> {
    let ty = underlying(types, ty)?;
    match ty {
        Type::Array(item) => Some(HeaderForm::List(Box::new(scalar(types, item)?))),
        Type::Map(value) => Some(HeaderForm::Object {
            explode,
            members: Vec::new(),
            others: Some(Box::new(scalar(types, value)?)),
        }),
        Type::Named(id) => match &types.get(id.0)?.kind {
            TypeKind::Struct(object) => {
                let members = object
                    .fields
                    .iter()
                    .map(|field| Some((field.wire.clone(), scalar(types, &field.ty)?)));
                let others = match &object.additional {
                    Some((_, ty)) => Some(Box::new(scalar(types, ty)?)),
                    None => None,
                };
                Some(HeaderForm::Object {
                    explode,
                    members: members.collect::<Option<_>>()?,
                    others,
                })
            }
            _ => scalar(types, ty),
        },
        _ => scalar(types, ty),
    }
}

fn scalar(types: &[TypeDef], ty: &Type) -> Option<HeaderForm> {
    match underlying(types, ty)? {
        Type::Bool => Some(HeaderForm::Boolean),
        Type::Int(_) | Type::Float(_) => Some(HeaderForm::Number),
        Type::String | Type::DateTime | Type::Date | Type::Uuid | Type::Json => Some(HeaderForm::Text),
        Type::Named(id) => match &types.get(id.0)?.kind {
            TypeKind::Enum(list) => match list.repr {
                Type::String => Some(HeaderForm::Text),
                Type::Bool => Some(HeaderForm::Boolean),
                Type::Int(_) | Type::Float(_) => Some(HeaderForm::Number),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The type without aliases, newtypes, limits, boxes and `null`.
fn underlying<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t Type> {
    let mut ty = ty;
    // Each step leaves a definition or a layer behind; the bound keeps a newtype of itself from looping.
    for _ in 0..DEPTH {
        ty = match ty.resolve_aliases(types) {
            Type::Nullable(inner) | Type::Boxed(inner) => inner,
            Type::Named(id) => match &types.get(id.0)?.kind {
                TypeKind::Newtype(inner) => inner,
                TypeKind::Checked(checked) => &checked.inner,
                _ => return Some(ty.resolve_aliases(types)),
            },
            other => return Some(other),
        };
    }
    None
}
