//! Lowers a use of a schema to the type at that place. A type that needs a definition is requested by its key; nothing is
//! defined here.

use super::context::Context;
use super::definitions::Definitions;
use super::enumeration::{self, EnumValue, Openness};
use super::equivalent::{component_of_shape, covering_component, covering_part, referenced_component};
use super::hint::NameHint;
use super::intersection::Intersection;
use super::lock_keys::lock_key;
use super::map::{MapOf, map_of};
use super::merge::{Merged, MergedSchemas};
use super::references::only_refers;
use super::reports::{ReportedOnce, Reports};
use super::request::{DefinitionKey, DefinitionRequest, Source, UnresolvedType, View};
use super::union::plan::{Plan, plan};
use super::{limits, scalar};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Direction, IntKind, Type};
use crate::read::schema::{Constraints, JsonType, SchemaId};

/// Arrays and maps that are nested deeper become any JSON.
const MAX_DEPTH: usize = 32;

/// The place of a use.
#[derive(Clone, Copy)]
pub(super) struct TypeUse<'h> {
    pub(super) direction: Direction,
    /// The hint for the name of an inline type.
    pub(super) hint: &'h NameHint,
    /// How many arrays, maps and alternatives contain it, up to the next definition.
    pub(super) depth: usize,
}

impl TypeUse<'_> {
    /// Whether nothing is lowered here any more.
    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > MAX_DEPTH
    }

    /// A use inside this one.
    pub(super) fn inner<'h>(&self, hint: &'h NameHint) -> TypeUse<'h> {
        TypeUse {
            direction: self.direction,
            hint,
            depth: self.depth + 1,
        }
    }
}

/// A request for the type of a component.
pub(super) fn component_request(
    context: &Context<'_>,
    component: SchemaId,
    direction: Direction,
) -> DefinitionRequest {
    let intersection = Intersection::whole(component);
    DefinitionRequest {
        key: DefinitionKey::Component(component, context.view(&intersection, direction)),
        place: component,
        lock_key: lock_key(context, &intersection),
        hint: NameHint::new(""),
        is_reference: false,
        source: Source::Intersection(intersection),
    }
}

/// The type of a component.
fn component_type(context: &Context<'_>, component: SchemaId, direction: Direction) -> UnresolvedType {
    UnresolvedType::Definition(Box::new(component_request(context, component, direction)))
}

/// The type of an enum at `place`, which has `lock_key` in the lock file.
pub(super) fn enum_type(
    place: SchemaId,
    lock_key: String,
    values: Vec<EnumValue>,
    openness: Openness,
    hint: &NameHint,
) -> UnresolvedType {
    let texts = values.iter().map(|value| value.value.to_string()).collect();
    UnresolvedType::Definition(Box::new(DefinitionRequest {
        key: DefinitionKey::Enum(texts, openness),
        place,
        lock_key,
        hint: hint.clone(),
        is_reference: false,
        source: Source::Enum(values, openness),
    }))
}

/// Lowers uses of schemas.
pub(super) struct UseLowering<'r, 'd, 'a> {
    pub(super) context: &'r Context<'a>,
    pub(super) reports: &'r mut Reports<'d>,
}

impl UseLowering<'_, '_, '_> {
    /// The type of the values that satisfy all of `intersection`, including `null`.
    pub(super) fn lower(&mut self, intersection: &Intersection, at: TypeUse<'_>) -> UnresolvedType {
        let context = self.context;
        let Some(place) = intersection.schemas().next() else {
            return UnresolvedType::JSON;
        };
        if at.is_too_deep() {
            let span = context.schemas[place].span;
            self.reports.report(rules::NESTED_TOO_DEEP, span, &[&MAX_DEPTH]);
            return UnresolvedType::JSON;
        }
        if let Some(component) = referenced_component(context, intersection) {
            let merged = context.merger.whole(component);
            self.reports.report_incomplete(context, &merged);
            let ty = component_type(context, component, at.direction);
            return ty.nullable_if(context.is_nullable(&merged));
        }
        let merged = context.merger.merge(intersection);
        self.reports.report_incomplete(context, &merged);
        if let Some(component) = self.equivalent_component(intersection, &merged) {
            let ty = component_type(context, component, at.direction);
            return ty.nullable_if(context.is_nullable(&merged));
        }
        if let Some(part) = covering_part(context, intersection, &merged) {
            let ty = self.lower(&Intersection::whole(part), at).without_null();
            return ty.nullable_if(context.is_nullable(&merged));
        }
        let schemas = MergedSchemas {
            intersection,
            merged: &merged,
        };
        self.inline(schemas, at).nullable_if(context.is_nullable(&merged))
    }

    /// The component that describes the same values: it has the same structure, or includes all schemas that apply.
    fn equivalent_component(&self, intersection: &Intersection, merged: &Merged) -> Option<SchemaId> {
        if intersection.only.is_some() {
            return None;
        }
        let context = self.context;
        intersection
            .single()
            .filter(|&id| !context.components.contains(id))
            .and_then(|id| {
                let shape = context.shapes.of_body(id);
                let component = context.shapes.component(shape);
                component.or_else(|| component_of_shape(context, id))
            })
            .or_else(|| covering_component(context, merged, None))
    }

    /// The type of schemas that are not a component, without `null`.
    pub(super) fn inline(&mut self, schemas: MergedSchemas<'_>, at: TypeUse<'_>) -> UnresolvedType {
        let MergedSchemas { intersection, merged } = schemas;
        let context = self.context;
        let span = context.schemas[schemas.place()].span;
        if merged.is_contradictory() {
            self.reports.report(rules::CONTRADICTION, span, &[]);
            return UnresolvedType::JSON;
        }
        if merged.never {
            return UnresolvedType::JSON;
        }
        let enum_at = |values, openness| {
            enum_type(
                schemas.place(),
                lock_key(context, intersection),
                values,
                openness,
                at.hint,
            )
        };
        if let Some(values) = enumeration::values(context.schemas, merged) {
            return enum_at(values, Openness::Closed);
        }
        match plan(context, schemas) {
            Some(Plan::Anything) => UnresolvedType::JSON,
            Some(Plan::Unsupported(rule)) => {
                self.reports.report(rule, span, &[]);
                UnresolvedType::JSON
            }
            Some(Plan::Scalar(ty)) => UnresolvedType::Resolved(ty),
            Some(Plan::Enum(values, openness)) => enum_at(values, openness),
            Some(Plan::One(inner)) => self.lower(&inner, at.inner(at.hint)).without_null(),
            Some(Plan::Together(_) | Plan::Union(_) | Plan::Overlapping(_)) => self.definition(schemas, at),
            None if self.is_checked(schemas) => self.definition(schemas, at),
            None => self.plain(schemas, at),
        }
    }

    /// Whether values have limits that are checked, which needs a separate type.
    fn is_checked(&mut self, schemas: MergedSchemas<'_>) -> bool {
        self.context.checked.any()
            && !limits::limits(self.context, schemas, self.reports.diagnostics).is_empty()
    }

    /// The type of schemas without alternatives, ignoring limits.
    pub(super) fn plain(&mut self, schemas: MergedSchemas<'_>, at: TypeUse<'_>) -> UnresolvedType {
        let (context, merged) = (self.context, schemas.merged);
        match merged.json_type() {
            None => UnresolvedType::JSON,
            Some(JsonType::Boolean) => UnresolvedType::Resolved(Type::Bool),
            Some(JsonType::Integer | JsonType::Number) => {
                let ty = scalar::number(context.schemas, merged);
                if ty == Type::Int(IntKind::Digits) {
                    let span = context.schemas[schemas.place()].span;
                    self.reports.report(rules::BIG_INTEGER, span, &[]);
                }
                UnresolvedType::Resolved(ty)
            }
            Some(JsonType::String) => UnresolvedType::Resolved(scalar::string(merged.format.as_deref())),
            Some(JsonType::Array) => self.array(schemas, at),
            Some(JsonType::Object) => match map_of(context, merged) {
                MapOf::Anything => UnresolvedType::map(UnresolvedType::JSON),
                MapOf::Values(value) => UnresolvedType::map(self.lower(&value, at.inner(&at.hint.item()))),
                MapOf::Nothing => self.definition(schemas, at),
            },
        }
    }

    /// A request for a separate definition.
    fn definition(&self, schemas: MergedSchemas<'_>, at: TypeUse<'_>) -> UnresolvedType {
        let (context, intersection) = (self.context, schemas.intersection);
        let view = context.view(intersection, at.direction);
        UnresolvedType::Definition(Box::new(DefinitionRequest {
            key: context.inline_key(intersection, view),
            place: schemas.place(),
            lock_key: lock_key(context, intersection),
            hint: at.hint.clone(),
            is_reference: only_refers(&context.schemas[schemas.place()]),
            source: Source::Intersection(intersection.clone()),
        }))
    }

    /// An array, or a tuple where the schemas fix the number of items and the type of each.
    fn array(&mut self, schemas: MergedSchemas<'_>, at: TypeUse<'_>) -> UnresolvedType {
        let (context, merged) = (self.context, schemas.merged);
        if merged.prefix_items.is_empty() {
            if merged.items.is_empty() {
                return UnresolvedType::array(UnresolvedType::JSON);
            }
            return self.array_of(context.distinct(&merged.items), at);
        }
        let count = merged.prefix_items.len() as u64;
        let constraint = |get: fn(&Constraints) -> Option<u64>| {
            let mut parts = merged.parts.iter();
            parts.find_map(|&part| get(&context.schemas[part].constraints))
        };
        let mut items = merged.items.iter();
        let has_no_more = items.any(|&items| context.schemas[items].boolean == Some(false))
            || constraint(|constraints| constraints.max_items) == Some(count);
        let has_all = constraint(|constraints| constraints.min_items).is_some_and(|least| least >= count);
        let mut all = merged.prefix_items.clone();
        if !has_no_more {
            all.extend(&merged.items);
        }
        let distinct = context.distinct(&all);
        if distinct.len() == 1 && (has_no_more || !merged.items.is_empty()) {
            return self.array_of(distinct, at);
        }
        if has_no_more && has_all && count >= 2 {
            return self.tuple(&merged.prefix_items, at);
        }
        let span = context.schemas[schemas.place()].span;
        self.reports.report(rules::OPEN_TUPLE, span, &[]);
        UnresolvedType::array(UnresolvedType::JSON)
    }

    /// An array whose items satisfy all of `items`.
    fn array_of(&mut self, items: Vec<SchemaId>, at: TypeUse<'_>) -> UnresolvedType {
        let item = Intersection::all(items);
        UnresolvedType::array(self.lower(&item, at.inner(&at.hint.item())))
    }

    fn tuple(&mut self, items: &[SchemaId], at: TypeUse<'_>) -> UnresolvedType {
        let items = items.iter().zip(1..).map(|(&item, number)| {
            let hint = at.hint.then(&format!("Part{number}"));
            self.lower(&Intersection::whole(item), at.inner(&hint))
        });
        UnresolvedType::Tuple(items.collect())
    }
}

/// A request for the definition of a form, or of a part that has alternatives.
pub(super) fn form_request(
    context: &Context<'_>,
    intersection: &Intersection,
    hint: &NameHint,
) -> DefinitionRequest {
    let merged = context.merger.merge(intersection);
    let schema = intersection.schemas().next().unwrap_or(SchemaId(0));
    let (key, place, source) = match covering_component(context, &merged, None) {
        Some(component) => (
            DefinitionKey::Component(component, View::Form),
            component,
            Intersection::whole(component),
        ),
        None => (
            context.inline_key(intersection, View::Form),
            schema,
            intersection.clone(),
        ),
    };
    DefinitionRequest {
        key,
        place,
        lock_key: lock_key(context, &source),
        hint: hint.clone(),
        is_reference: only_refers(&context.schemas[schema]),
        source: Source::Intersection(source),
    }
}

/// The type of a schema, if all its definitions are in the table.
pub(super) fn find_type(
    context: &Context<'_>,
    definitions: &Definitions,
    schema: SchemaId,
    direction: Direction,
) -> Option<Type> {
    // The findings were reported when the schema was lowered.
    let mut reports = Reports {
        diagnostics: &mut Diagnostics::default(),
        once: &mut ReportedOnce::default(),
    };
    let mut lowering = UseLowering {
        context,
        reports: &mut reports,
    };
    let at = TypeUse {
        direction,
        hint: &NameHint::new(""),
        depth: 0,
    };
    definitions.find_type(lowering.lower(&Intersection::whole(schema), at))
}
