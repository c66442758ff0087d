//! Converts the complete definitions to the types of the model: assigns names of types and members, adds boxes, and
//! computes the usage, in this order.

use super::branch_name::BranchName;
use super::checked_type::with_shared_default;
use super::context::Context;
use super::definitions::CompleteDefinitions;
use super::enumeration::{Openness, unlisted_name};
use super::files::FormFiles;
use super::members::FormerOwners;
use super::moved_places::MovedPlaces;
use super::naming::{Alias, TypeNames, TypeNaming};
use super::request::DefinitionKey;
use super::usage::usage;
use super::{members, recursion};
use crate::diagnostic::{Diagnostics, rules};
use crate::lower::argument_order::FormerNames;
use crate::model::{Direction, Docs, Place, Type, TypeDef, TypeId, TypeKind, Usage};
use crate::names::{LockedNames, NameKind, UniqueNames};
use crate::pointer::Pointer;
use crate::read::schema::{Schema, SchemaId};
use std::ops::Range;

/// All types of a document.
#[derive(Debug)]
pub struct Finished {
    /// The types.
    pub types: Vec<TypeDef>,
    /// The indices of the aliases that keep an earlier name of another type.
    pub other_names: Range<usize>,
    /// The names that the lock file keeps.
    pub locked: LockedNames,
    former: FormerOwners,
}

impl Finished {
    /// The former names of types, by their names.
    pub(in crate::lower) fn former_names(&self) -> FormerNames {
        let former = self.former.iter();
        former
            .map(|(of, names)| (self.types[of].name.clone(), names.clone()))
            .collect()
    }
}

/// The result of lowering the schemas of a document.
pub(super) struct Lowered<'l> {
    pub(super) context: &'l Context<'l>,
    pub(super) files: &'l FormFiles,
    pub(super) definitions: CompleteDefinitions,
    /// The types that are used directly, with the direction of each use.
    pub(super) uses: Vec<(Type, Direction)>,
    pub(super) moved: MovedPlaces,
}

/// The types before their members have unique names.
struct Drafts {
    types: Vec<TypeDef>,
    /// For each definition, whether it is an enum that accepts other values.
    openness: Vec<Openness>,
    /// For each definition that is a union, the requests for names of its variants.
    branches: Vec<Vec<BranchName>>,
}

/// The types of the model.
pub(super) fn finish(lowered: Lowered<'_>, locked: &LockedNames, diagnostics: &mut Diagnostics) -> Finished {
    let context = lowered.context;
    let bases = bases(context, &lowered.definitions);
    let naming = TypeNaming::new(context, lowered.files, &lowered.definitions, locked);
    let TypeNames {
        of_definitions,
        aliases,
        locked: lines,
    } = naming.names(&lowered.moved);
    let mut new_locked = LockedNames::default();
    for (key, name) in &lines {
        new_locked.insert(NameKind::Types, key, name);
    }
    let Drafts {
        mut types,
        openness,
        branches,
    } = drafts(context, lowered.definitions, of_definitions);
    let other_names = types.len()..types.len() + aliases.len();
    for alias in aliases {
        let alias = alias_def(context, &types, alias, diagnostics);
        types.push(alias);
    }
    let former = FormerOwners::new(&types, other_names.clone(), &bases);
    members::name_members(&mut types, &openness, &former, locked, &mut new_locked);
    members::name_branches(&mut types, &branches, &former, locked, &mut new_locked);
    let types = recursion::make_finite(types, diagnostics);
    let types = with_usage(types, &lowered.uses);
    Finished {
        types: with_unlisted_variants(types, &openness),
        other_names,
        locked: new_locked,
        former,
    }
}

/// The definitions of bases, each with that of its parent.
fn bases(context: &Context<'_>, definitions: &CompleteDefinitions) -> Vec<(TypeId, TypeId)> {
    let keys = definitions.list.iter().enumerate();
    let bases = keys.filter_map(|(index, definition)| {
        let DefinitionKey::Component(base, view) = definition.key else {
            return None;
        };
        let parent = context.inheritance.parent_of_base(base)?;
        let parent = definitions.find(&DefinitionKey::Component(parent, view))?;
        Some((TypeId(index), parent))
    });
    bases.collect()
}

/// The definitions as types. `names` has the name of each and the place that the lock file has the name for.
fn drafts(
    context: &Context<'_>,
    definitions: CompleteDefinitions,
    names: Vec<(String, Option<SchemaId>)>,
) -> Drafts {
    let count = names.len();
    let mut drafts = Drafts {
        types: Vec::with_capacity(count),
        openness: Vec::with_capacity(count),
        branches: Vec::with_capacity(count),
    };
    let CompleteDefinitions { list, bodies, .. } = definitions;
    for ((definition, body), (name, locked_place)) in list.into_iter().zip(bodies).zip(names) {
        let body = with_shared_default(context, &definition, body);
        let place = locked_place.or_else(|| definition.places.first().copied());
        drafts.types.push(TypeDef {
            name,
            place: place.map_or_else(no_place, |schema| place_of(&context.schemas[schema])),
            docs: body.docs,
            usage: Usage::default(),
            received_as: None,
            kind: body.kind,
        });
        drafts.openness.push(body.openness);
        drafts.branches.push(body.branches);
    }
    drafts
}

fn place_of(schema: &Schema) -> Place {
    Place {
        pointer: schema.pointer.clone(),
        span: Some(schema.span),
    }
}

fn no_place() -> Place {
    Place {
        pointer: Pointer::default(),
        span: None,
    }
}

/// An alias that keeps an earlier name of a type. Reports it.
fn alias_def(
    context: &Context<'_>,
    types: &[TypeDef],
    alias: Alias,
    diagnostics: &mut Diagnostics,
) -> TypeDef {
    let (schema, now) = (&context.schemas[alias.place], &types[alias.of.0]);
    diagnostics.report(
        rules::NAME_BECOMES_ALIAS,
        schema.span,
        &[&schema.pointer, &now.name, &now.place.pointer, &alias.name],
    );
    TypeDef {
        name: alias.name,
        place: place_of(schema),
        docs: Docs {
            description: Some(format!("The name that `{}` had here before.", now.name)),
            ..Docs::default()
        },
        usage: Usage::default(),
        received_as: None,
        kind: TypeKind::Alias(Type::Named(alias.of)),
    }
}

fn with_usage(types: Vec<TypeDef>, uses: &[(Type, Direction)]) -> Vec<TypeDef> {
    let usage = usage(&types, uses);
    types
        .into_iter()
        .zip(usage)
        .map(|(def, usage)| TypeDef { usage, ..def })
        .collect()
}

/// Adds a variant for values that the document does not list to enums and unions that can receive such a value.
fn with_unlisted_variants(types: Vec<TypeDef>, openness: &[Openness]) -> Vec<TypeDef> {
    let openness = openness.iter().copied();
    // Other names of types are aliases, which have no variants.
    let openness = openness.chain(std::iter::repeat(Openness::Closed));
    types
        .into_iter()
        .zip(openness)
        .map(|(def, openness)| with_unlisted_variant(def, openness))
        .collect()
}

fn with_unlisted_variant(mut def: TypeDef, openness: Openness) -> TypeDef {
    let is_received = def.usage.received || !def.usage.sent;
    if !is_received && openness == Openness::Closed {
        return def;
    }
    let name = |names: &mut dyn Iterator<Item = &String>| {
        let mut scope = UniqueNames::default();
        for name in names {
            scope.make_unique(name);
        }
        Some(scope.make_unique(unlisted_name(openness)))
    };
    match &mut def.kind {
        TypeKind::Enum(list) => {
            list.unlisted = name(&mut list.variants.iter().map(|variant| &variant.name));
        }
        TypeKind::Union(union) => {
            union.unlisted = name(&mut union.variants.iter().map(|variant| &variant.name));
        }
        TypeKind::Struct(_) | TypeKind::Newtype(_) | TypeKind::Checked(_) | TypeKind::Alias(_) => {}
    }
    def
}
