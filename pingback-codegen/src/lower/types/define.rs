//! Creates the body of each definition from its source. Types that the body mentions are added to the table of definitions.

use super::checked_type::checked;
use super::context::Context;
use super::definer::Definer;
use super::definitions::Body;
use super::enumeration::{self, EnumValue, Openness};
use super::equivalent::covering_component;
use super::hint::NameHint;
use super::intersection::Intersection;
use super::map::{MapOf, map_of};
use super::merge::{Merged, MergedSchemas};
use super::object::{ObjectSource, object};
use super::request::{DefinitionKey, Source, View};
use super::union::alternatives::contains_itself;
use super::union::plan::{Plan, plan};
use super::union::{UnionSource, union};
use super::uses::TypeUse;
use super::{docs, limits};
use crate::diagnostic::rules;
use crate::model::{Docs, Type, TypeId, TypeKind};
use crate::read::schema::{JsonType, SchemaId};

/// The definition whose body is created.
#[derive(Clone, Copy)]
struct Target {
    id: TypeId,
    view: View,
    /// The component, if it is the type of one.
    component: Option<SchemaId>,
}

impl Target {
    fn new(id: TypeId, key: &DefinitionKey) -> Self {
        let component = match key {
            DefinitionKey::Component(component, _) => Some(*component),
            DefinitionKey::Inline(..) | DefinitionKey::Enum(..) => None,
        };
        Self {
            id,
            view: key.view(),
            component,
        }
    }

    /// A use of a type directly inside the definition.
    fn type_use<'h>(&self, hint: &'h NameHint) -> TypeUse<'h> {
        TypeUse {
            direction: self.view.direction(),
            hint,
            depth: 0,
        }
    }
}

/// Creates the bodies of all definitions without a body, and of the definitions that these add.
pub(super) fn define_pending(definer: &mut Definer<'_, '_>) {
    while let Some((id, source)) = definer.definitions.next_pending() {
        let body = match source {
            Source::Enum(values, openness) => enumeration_body(definer, id, &values, openness),
            Source::Intersection(intersection) => {
                let key = &definer.definitions.list()[id.0].key;
                define(definer, Target::new(id, key), &intersection)
            }
        };
        definer.definitions.push_body(body);
    }
}

/// The body of an enum whose values come from several schemas.
fn enumeration_body(definer: &Definer<'_, '_>, id: TypeId, values: &[EnumValue], openness: Openness) -> Body {
    let place = definer.definitions.list()[id.0].places.first();
    let docs =
        place.map(|&schema| docs::docs(definer.context.schemas, &definer.context.merger.whole(schema)));
    enum_body(docs.unwrap_or_default(), values, openness)
}

/// The body of a component or of an inline definition.
fn define(definer: &mut Definer<'_, '_>, target: Target, intersection: &Intersection) -> Body {
    let context = definer.context;
    let merged = context.merger.merge(intersection);
    let merged = &*merged;
    definer.reports.report_incomplete(context, merged);
    let docs = documentation(context, target, merged);
    if let Some(component) = target.component
        && context.cycles.contains(component)
    {
        definer.reports.report_cycles(context);
        if merged.is_anything() {
            return Body::alias(docs, Type::Json);
        }
    }
    if target.view != View::Form
        && let Some(component) = target.component
        && let Some(inner) = covering_component(context, merged, Some(component))
    {
        return Body::alias(docs, definer.component_type(inner, target.view.direction()));
    }
    if merged.is_contradictory() {
        let span = context.span(intersection);
        definer.reports.report(rules::CONTRADICTION, span, &[]);
        return Body::alias(docs, Type::Json);
    }
    if let Some(values) = enumeration::values(context.schemas, merged) {
        return enum_body(docs, &values, Openness::Closed);
    }
    if let Some(component) = target.component
        && contains_itself(context, merged)
    {
        let schema = &context.schemas[component];
        definer
            .reports
            .report(rules::UNION_OF_ITSELF, schema.span, &[&schema.pointer]);
    }
    let schemas = MergedSchemas { intersection, merged };
    match plan(context, schemas) {
        Some(plan) => planned(definer, target, schemas, docs, plan),
        None => without_alternatives(definer, target, schemas, docs),
    }
}

/// The documentation of a definition.
fn documentation(context: &Context<'_>, target: Target, merged: &Merged) -> Docs {
    let mut docs = docs::docs(context.schemas, merged);
    if let Some(parent) = target.component.and_then(|id| context.inheritance.parent(id)) {
        let property = &parent.property;
        docs.constraints
            .push(format!("the property `{property}` selects the variant"));
    }
    if let Some(base) = target.component.filter(|&id| context.inheritance.is_base(id))
        && let Some(name) = context.inheritance.component_name(base)
    {
        let phrase = format!("a `{name}` that is none of those that extend it");
        match docs.description {
            Some(_) => docs.constraints.push(phrase),
            None => docs.description = Some(format!("A{}.", &phrase[1..])),
        }
    }
    docs
}

/// The body of schemas with alternatives.
fn planned(
    definer: &mut Definer<'_, '_>,
    target: Target,
    schemas: MergedSchemas<'_>,
    docs: Docs,
    plan: Plan,
) -> Body {
    let context = definer.context;
    let span = context.span(schemas.intersection);
    if let Plan::Overlapping(_) = &plan {
        definer.reports.report(rules::OVERLAPPING_BRANCHES, span, &[]);
    }
    match plan {
        Plan::Anything => Body::alias(docs, Type::Json),
        Plan::Unsupported(rule) => {
            definer.reports.report(rule, span, &[]);
            Body::alias(docs, Type::Json)
        }
        Plan::Scalar(ty) => Body::alias(docs, ty),
        Plan::Enum(values, openness) => enum_body(docs, &values, openness),
        Plan::One(inner) => {
            let merged = context.merger.merge(&inner);
            if let Some(other) = covering_component(context, &merged, target.component) {
                if target.view == View::Form {
                    let hint = NameHint::within(target.id);
                    let ty = definer.form_branch(schemas.merged, &inner, target.type_use(&hint));
                    return Body::alias(docs, ty);
                }
                return Body::alias(docs, definer.component_type(other, target.view.direction()));
            }
            // The recursion ends, since each level has fewer nested branches.
            Body {
                docs,
                ..define(definer, target, &inner)
            }
        }
        Plan::Together(all) => {
            definer.reports.report(rules::MERGED_BRANCHES, span, &[]);
            let merged = context.merger.merge(&all);
            object_body(definer, target, &merged, docs)
        }
        Plan::Union(branches) | Plan::Overlapping(branches) => {
            let hint = NameHint::within(target.id);
            let source = UnionSource {
                place: schemas.intersection.schemas().next(),
                merged: schemas.merged,
                branches,
            };
            let (union, branches) = union(definer, source, target.view, &hint);
            Body {
                branches,
                ..Body::new(docs, TypeKind::Union(union))
            }
        }
    }
}

/// The body of schemas without alternatives.
fn without_alternatives(
    definer: &mut Definer<'_, '_>,
    target: Target,
    schemas: MergedSchemas<'_>,
    docs: Docs,
) -> Body {
    let (context, merged) = (definer.context, schemas.merged);
    if merged.json_type() == Some(JsonType::Object) && map_of(context, merged) == MapOf::Nothing {
        limits::report_unchecked_size(context, schemas, definer.reports.diagnostics);
        return object_body(definer, target, merged, docs);
    }
    let hint = NameHint::within(target.id);
    let at = target.type_use(&hint);
    if target.view == View::Form {
        return Body::alias(docs, definer.part(schemas.intersection, at));
    }
    let limits = limits::limits(context, schemas, definer.reports.diagnostics);
    if limits.is_empty() {
        let ty = definer.uses().inline(schemas, at);
        return Body::alias(docs, definer.definitions.resolve(ty));
    }
    let inner = definer.uses().plain(schemas, at);
    let inner = definer.definitions.resolve(inner);
    Body::new(docs, TypeKind::Checked(checked(context, merged, inner, limits)))
}

fn object_body(definer: &mut Definer<'_, '_>, target: Target, merged: &Merged, docs: Docs) -> Body {
    let source = ObjectSource {
        component: target.component,
        merged,
        view: target.view,
        hint: NameHint::within(target.id),
    };
    Body::new(docs, TypeKind::Struct(object(definer, &source)))
}

fn enum_body(docs: Docs, values: &[EnumValue], openness: Openness) -> Body {
    Body {
        openness,
        ..Body::new(docs, TypeKind::Enum(enumeration::define(values, openness)))
    }
}
