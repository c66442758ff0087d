//! The API's types in, `src/models.rs` out: structs, enums, unions and names for other types. Nothing here
//! knows how values travel over HTTP.

mod alias;
mod context;
mod enum_def;
mod struct_def;
mod union_def;

use super::{Content, Output};
use crate::model::{Api, Docs, FloatKind, IntKind, Type, TypeDef, TypeKind};
use context::Context;
use proc_macro2::TokenStream;
use quote::quote;

/// Where a type is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In `models.rs`, where the API's own types are in scope, and may hide names of the prelude.
    Models,
    /// Anywhere else, with `models` and `runtime` in scope.
    Outside,
}

/// What the emitted types take from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a file or a crate of its own"
)]
pub struct Needs {
    /// `runtime/datetime.rs`, and chrono.
    pub datetime: bool,
    /// `runtime/maybe.rs`.
    pub maybe: bool,
    /// `runtime/present.rs`.
    pub present: bool,
    /// `runtime/members.rs`.
    pub members: bool,
    /// `runtime/listed.rs`.
    pub listed: bool,
    /// `runtime/json.rs`.
    pub json: bool,
    /// `runtime/union.rs`, which takes in `runtime/json.rs`.
    pub union: bool,
    /// The crate chrono, with its feature `serde`.
    pub chrono: bool,
    /// The crate uuid, with its feature `serde`.
    pub uuid: bool,
    /// The crate bytes, with its feature `serde`.
    pub bytes: bool,
}

/// Emits `src/models.rs`.
#[must_use]
pub fn models(api: &Api) -> Output {
    let context = Context::new(api);
    let title = format!(" The types of {}.", super::docs::safe(&api.title));
    let runtime = needs(api).runtime().then(|| {
        quote!(
            use super::runtime;
        )
    });
    let types = (0..)
        .zip(&api.types)
        .flat_map(|(id, def)| type_def(&context, id, def));
    Output {
        path: "src/models.rs".to_owned(),
        content: Content::Rust {
            header: quote!(#![doc = #title]),
            items: runtime.into_iter().chain(types).collect(),
        },
    }
}

/// The items of one type.
fn type_def(context: &Context, id: usize, def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        TypeKind::Struct(object) => struct_def::items(context, id, def, object),
        TypeKind::Enum(list) => enum_def::items(context, id, def, list),
        TypeKind::Union(union) => union_def::items(context, id, def, union),
        TypeKind::Newtype(ty) => alias::newtype(context, id, def, ty),
        TypeKind::Alias(ty) => alias::alias(context, def, ty),
    }
}

/// A type as it is written in `scope`.
#[must_use]
pub fn type_tokens(api: &Api, ty: &Type, scope: Scope) -> TokenStream {
    match scope {
        Scope::Models => Context::new(api).ty(ty),
        Scope::Outside => write_type(api, ty, &|name| context::full(name), true),
    }
}

/// Writes a type; `std` gives the path of a name of the standard library.
fn write_type(api: &Api, ty: &Type, std: &dyn Fn(&str) -> TokenStream, outside: bool) -> TokenStream {
    let inner = |ty: &Type| write_type(api, ty, std, outside);
    match ty {
        Type::Bool => quote!(bool),
        Type::Int(kind) => int(*kind),
        Type::Float(FloatKind::F32) => quote!(f32),
        Type::Float(FloatKind::F64) => quote!(f64),
        Type::String => std("String"),
        Type::DateTime => quote!(runtime::DateTime),
        Type::Date => quote!(::chrono::NaiveDate),
        Type::Uuid => quote!(::uuid::Uuid),
        Type::Json => quote!(::serde_json::Value),
        Type::Null => quote!(()),
        Type::Bytes => quote!(::bytes::Bytes),
        Type::Array(ty) => {
            let (vec, ty) = (std("Vec"), inner(ty));
            quote!(#vec<#ty>)
        }
        Type::Map(ty) => {
            let (string, ty) = (std("String"), inner(ty));
            quote!(::std::collections::BTreeMap<#string, #ty>)
        }
        Type::Tuple(types) => {
            let types = types.iter().map(inner);
            quote!((#(#types,)*))
        }
        Type::Named(id) => {
            let Some(def) = api.types.get(id.0) else {
                return quote!(::serde_json::Value);
            };
            let name = super::names::ident(&def.name);
            if outside {
                quote!(models::#name)
            } else {
                quote!(#name)
            }
        }
        Type::Boxed(ty) => {
            let (boxed, ty) = (std("Box"), inner(ty));
            quote!(#boxed<#ty>)
        }
        Type::Nullable(ty) => {
            let (option, ty) = (std("Option"), inner(ty));
            quote!(#option<#ty>)
        }
    }
}

fn int(kind: IntKind) -> TokenStream {
    match kind {
        IntKind::I32 => quote!(i32),
        IntKind::I64 => quote!(i64),
        IntKind::U32 => quote!(u32),
        IntKind::U64 => quote!(u64),
        IntKind::I128 => quote!(i128),
    }
}

impl Needs {
    /// Does `models.rs` mention the runtime?
    fn runtime(self) -> bool {
        self.datetime || self.maybe || self.present || self.members || self.listed || self.json || self.union
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::DateTime => (self.datetime, self.chrono) = (true, true),
            Type::Date => self.chrono = true,
            Type::Uuid => self.uuid = true,
            Type::Bytes => self.bytes = true,
            Type::Array(ty) | Type::Map(ty) | Type::Boxed(ty) | Type::Nullable(ty) => self.ty(ty),
            Type::Tuple(types) => types.iter().for_each(|ty| self.ty(ty)),
            Type::Bool
            | Type::Int(_)
            | Type::Float(_)
            | Type::String
            | Type::Json
            | Type::Null
            | Type::Named(_) => {}
        }
    }
}

/// What `src/models.rs` takes from the runtime and from other crates. (Parameters of operations may hold
/// dates of their own.)
#[must_use]
pub fn needs(api: &Api) -> Needs {
    let context = Context::new(api);
    let mut needs = Needs::default();
    for (id, def) in (0..).zip(&api.types) {
        let usage = context.usage(id);
        match &def.kind {
            TypeKind::Struct(object) => {
                for field in &object.fields {
                    needs.ty(&field.ty);
                    match struct_def::shape(&context, field) {
                        struct_def::Shape::Maybe(_) => needs.maybe = true,
                        struct_def::Shape::Present => needs.present |= usage.received,
                        struct_def::Shape::Plain | struct_def::Shape::Optional => {}
                    }
                }
                if let Some((_, ty)) = &object.additional {
                    needs.ty(ty);
                    needs.members |= usage.received;
                }
            }
            TypeKind::Enum(list) => {
                needs.json |= enum_def::repr(list) == enum_def::Repr::Json;
                needs.listed |= list.unlisted.is_none();
            }
            TypeKind::Union(union) => {
                union.variants.iter().for_each(|variant| needs.ty(&variant.ty));
                needs.union |= usage.received || union.variants.iter().any(|variant| variant.tag.is_some());
            }
            TypeKind::Newtype(ty) | TypeKind::Alias(ty) => needs.ty(ty),
        }
    }
    needs.json |= needs.union;
    needs
}

/// The docs of an item, or a sentence in their place: no public item goes without.
fn docs_or(docs: &Docs, instead: &str) -> TokenStream {
    let attrs = super::docs::attrs(docs);
    if docs.summary.is_none() && docs.description.is_none() {
        let line = format!(" {instead}");
        let blank = (!docs.constraints.is_empty() || docs.example.is_some()).then(|| quote!(#[doc = ""]));
        return quote!(#[doc = #line] #blank #attrs);
    }
    attrs
}

/// Text for a code span: a backtick would end it.
fn code(text: &str) -> String {
    text.replace(['`', '\n', '\r'], "'")
}
