//! Finds what `src/models.rs` takes from the runtime and from other crates.

use super::checked_def::{has_pattern, is_set};
use super::context::Context;
use super::enum_def::{Repr, repr};
use super::struct_def::FieldType;
use super::union_def::{AddedTag, added_tag};
use crate::emit::Layout;
use crate::emit::runtime::Part;
use crate::model::{Api, Enum, IntKind, Struct, TestValues, Type, TypeDef, TypeKind};
use std::collections::BTreeSet;

/// What types take from the runtime and from other crates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::emit) struct Needs {
    /// The parts of the runtime that the types name, without those that these parts use.
    pub(in crate::emit) parts: BTreeSet<Part>,
    /// The crate chrono.
    pub(in crate::emit) chrono: bool,
    /// There are integers of more than 64 bits.
    pub(in crate::emit) wide_integers: bool,
}

/// What `src/models.rs` needs. Operations may need more.
pub(in crate::emit) fn needs(api: &Api, tests: &TestValues) -> Needs {
    let context = Context::new(api, tests, Layout::Crate);
    let mut needs = Needs::default();
    for def in &api.types {
        // An enum does not name the type of its values.
        if !matches!(def.kind, TypeKind::Enum(_)) {
            def.kind.types().into_iter().for_each(|ty| needs.add_type(ty));
        }
        needs.parts.extend(parts_of_definition(&context, def));
    }
    needs
}

impl Needs {
    /// Adds what the type and the types inside it need.
    pub(in crate::emit) fn add_type(&mut self, ty: &Type) {
        for ty in ty.walk() {
            self.parts.extend(match ty {
                Type::DateTime => Some(Part::DateTime),
                Type::Uuid => Some(Part::Uuid),
                Type::File => Some(Part::Multipart),
                Type::Int(IntKind::Digits) => Some(Part::Integer),
                _ => None,
            });
            self.chrono |= matches!(ty, Type::DateTime | Type::Date);
            self.wide_integers |= matches!(ty, Type::Int(IntKind::I128 | IntKind::Digits));
        }
    }
}

/// The parts that a definition and its impls name.
fn parts_of_definition(context: &Context, def: &TypeDef) -> Vec<Part> {
    let is_sent = def.usage.sent || context.has_tests;
    let is_received = def.usage.received || context.has_tests;
    let parts = match &def.kind {
        TypeKind::Struct(object) => {
            let is_maybe = |field| matches!(FieldType::of(context, field), FieldType::Maybe(_));
            vec![
                (Part::Maybe, object.fields.iter().any(is_maybe)),
                (Part::Members, is_received),
                (Part::Whole, is_received && has_whole(context, object)),
                (Part::Object, is_sent),
            ]
        }
        TypeKind::Enum(list) => vec![
            (Part::Json, repr(list) == Repr::Json),
            (Part::Listed, list.unlisted.is_none()),
            (Part::Whole, is_received && is_whole_repr(context, list)),
        ],
        TypeKind::Union(union) => {
            let variants = union.variants.iter();
            let tags: Vec<AddedTag> = variants
                .filter_map(|variant| added_tag(context, variant))
                .map(|(added, ..)| added)
                .collect();
            vec![
                (Part::Union, is_received || tags.contains(&AddedTag::ToObject)),
                (Part::TaggedForm, is_sent && tags.contains(&AddedTag::ToForm)),
            ]
        }
        TypeKind::Checked(checked) => vec![
            (Part::Checked, true),
            (Part::Whole, is_received && context.is_whole(&checked.inner)),
            (Part::Pattern, has_pattern(checked)),
            (Part::Unique, is_set(checked)),
        ],
        TypeKind::Newtype(_) | TypeKind::Alias(_) => Vec::new(),
    };
    let needed = parts.into_iter().filter(|(_, is_needed)| *is_needed);
    needed.map(|(part, _)| part).collect()
}

fn has_whole(context: &Context, object: &Struct) -> bool {
    let fields = object.fields.iter().map(|field| &field.ty);
    let mut types = fields.chain(object.additional.iter().map(|(_, ty)| ty));
    types.any(|ty| context.is_whole(ty))
}

fn is_whole_repr(context: &Context, list: &Enum) -> bool {
    matches!(repr(list), Repr::Int(kind) if context.is_whole(&Type::Int(kind)))
}
