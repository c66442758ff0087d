//! Emits `src/models.rs`: the structs, enums, unions and aliases of the API. Nothing here knows about HTTP.

mod alias;
mod checked_def;
mod context;
mod derives;
mod enum_def;
mod limits;
mod literals;
mod needs;
mod origin;
mod serde_impls;
mod struct_def;
mod type_tokens;
mod union_def;

#[cfg(test)]
mod tests;

pub(super) use checked_def::example_value;
pub(super) use needs::{Needs, needs};
pub(super) use type_tokens::{Scope, type_tokens};

use super::file::{Item, Output, RustFile};
use super::{Layout, error_body, markdown};
use crate::model::{Api, TestValues, TypeDef, TypeId, TypeKind};
use context::Context;
use proc_macro2::TokenStream;

/// Emits `src/models.rs`, if the API has types.
pub(super) fn file(api: &Api, tests: &TestValues, layout: Layout) -> Option<Output> {
    if api.types.is_empty() {
        return None;
    }
    let context = Context::new(api, tests, layout);
    let title = api.title.replace(['\n', '\r'], " ");
    let mut file = RustFile::new(&markdown::sanitize(&format!("The types of {title}.")));
    file.declare(api.types.iter().map(|def| def.name.as_str()));
    if !needs(api, tests).parts.is_empty() {
        file.import("super", &["runtime"]);
    }
    file.add_each(&api.types, |id, def| {
        type_items(&context, id, def)
            .into_iter()
            .map(Item::from)
            .collect()
    });
    file.add_all(error_body::display_impls(api));
    Some(file.into_output("src/models.rs"))
}

/// The definition of one type and its impls.
fn type_items(context: &Context, id: usize, def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        TypeKind::Struct(object) => struct_def::items(context, def, object),
        TypeKind::Enum(list) => enum_def::items(context, TypeId(id), def, list),
        TypeKind::Union(union) => union_def::items(context, TypeId(id), def, union),
        TypeKind::Newtype(ty) => alias::newtype(context, def, ty),
        TypeKind::Checked(checked) => checked_def::items(context, def, checked),
        TypeKind::Alias(ty) => alias::alias(context, def, ty),
    }
}
