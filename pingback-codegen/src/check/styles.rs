//! Finds parameters whose style OpenAPI does not define for their type ("Style Values" of the Parameter Object).

use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, Parameter, ParameterLocation, ParameterStyle, Type, TypeKind};
use crate::source::Span;
use indexmap::IndexMap;
use std::collections::HashSet;

/// Reports each such parameter once, with the number of operations that have it.
pub(super) fn report_undefined(api: &Api, diagnostics: &mut Diagnostics) {
    let mut groups: IndexMap<UndefinedStyle<'_>, (Option<Span>, usize)> = IndexMap::new();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            if let Some(undefined) = undefined_style(api, parameter) {
                groups.entry(undefined).or_insert((operation.place.span, 0)).1 += 1;
            }
        }
    }
    for (undefined, (span, count)) in groups {
        let UndefinedStyle {
            style,
            values,
            location,
            name,
            written,
        } = undefined;
        diagnostics.report(
            rules::UNDEFINED_STYLE,
            span,
            &[&style, &values, &location, &name, &written, &count],
        );
    }
}

#[derive(PartialEq, Eq, Hash)]
struct UndefinedStyle<'a> {
    style: &'static str,
    /// The values for which it is not defined.
    values: &'static str,
    location: &'static str,
    name: &'a str,
    /// How the client writes these values.
    written: &'static str,
}

/// The kinds of values that styles treat differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scalar,
    Array,
    Object,
}

fn undefined_style<'a>(api: &Api, parameter: &'a Parameter) -> Option<UndefinedStyle<'a>> {
    let kinds = kinds(api, &parameter.ty);
    let is_cookie = parameter.location == ParameterLocation::Cookie;
    let (style, kind, written) = kinds.iter().find_map(|&kind| match (parameter.style, kind) {
        (ParameterStyle::DeepObject, Kind::Scalar) => Some(("`deepObject`", kind, "`name=value`")),
        (ParameterStyle::DeepObject, Kind::Array) => Some((
            "`deepObject`",
            kind,
            "`name[]=value` or the like for each element",
        )),
        (ParameterStyle::SpaceDelimited, Kind::Scalar) => Some(("`spaceDelimited`", kind, "`name=value`")),
        (ParameterStyle::PipeDelimited, Kind::Scalar) => Some(("`pipeDelimited`", kind, "`name=value`")),
        (ParameterStyle::Form, Kind::Array) if is_cookie && parameter.explode => {
            Some(("`form` with `explode`", kind, "one cookie for each element"))
        }
        (ParameterStyle::Form, Kind::Object) if is_cookie && parameter.explode => {
            Some(("`form` with `explode`", kind, "one cookie for each member"))
        }
        _ => None,
    })?;
    let is_union = kinds.iter().any(|other| *other != kind);
    let values = match kind {
        Kind::Scalar if is_union => "those values of a union that are scalars",
        Kind::Array if is_union => "those values of a union that are arrays",
        Kind::Object if is_union => "those values of a union that are objects",
        Kind::Scalar => "scalars",
        Kind::Array => "arrays",
        Kind::Object => "objects",
    };
    let location = match parameter.location {
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::Path | ParameterLocation::Query | ParameterLocation::Header => "query",
    };
    Some(UndefinedStyle {
        style,
        values,
        location,
        name: &parameter.wire,
        written,
    })
}

/// The kinds of values that a type has. Any JSON has none that is known.
fn kinds(api: &Api, ty: &Type) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut visited = HashSet::new();
    let mut queue = vec![ty];
    while let Some(ty) = queue.pop() {
        match ty {
            Type::Json | Type::Null => {}
            Type::Array(_) | Type::Tuple(_) => kinds.push(Kind::Array),
            Type::Map(_) => kinds.push(Kind::Object),
            Type::Boxed(inner) | Type::Nullable(inner) => queue.push(inner),
            Type::Named(id) if !visited.insert(id.0) => {}
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.kind) {
                Some(TypeKind::Struct(_)) => kinds.push(Kind::Object),
                Some(TypeKind::Enum(_)) => kinds.push(Kind::Scalar),
                Some(TypeKind::Union(union)) => {
                    queue.extend(union.variants.iter().map(|variant| &variant.ty));
                }
                Some(TypeKind::Newtype(inner) | TypeKind::Alias(inner)) => queue.push(inner),
                Some(TypeKind::Checked(checked)) => queue.push(&checked.inner),
                None => {}
            },
            _ => kinds.push(Kind::Scalar),
        }
    }
    kinds
}
