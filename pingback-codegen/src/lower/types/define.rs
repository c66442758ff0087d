//! The source of a definition in, its body out. Types that the body mentions are requested from the table.

use super::components::covering_component;
use super::context::Context;
use super::definitions::{Body, DefinitionKey, Definitions, Openness, Source, View};
use super::enumeration::{self, EnumValue};
use super::files::FormFiles;
use super::merge::{Intersection, Merged};
use super::object::{MapOf, ObjectSource, map_of, object};
use super::reports::Reports;
use super::union::plan::{Plan, contains_itself, plan};
use super::union::{UnionSource, union};
use super::unresolved::UnresolvedType;
use super::uses::{MergedSchemas, TypeUse, UseLowering, component_request};
use super::{Direction, NameHint, checked_type, docs, limits};
use crate::diagnostic::rules;
use crate::model::{Docs, Type, TypeId, TypeKind};
use crate::read::schema::{JsonType, SchemaId};

/// Makes the bodies of definitions.
pub(super) struct Definer<'d, 'a> {
    pub(super) context: &'d Context<'a>,
    pub(super) files: &'d FormFiles,
    pub(super) definitions: &'d mut Definitions,
    pub(super) reports: Reports<'d>,
}

/// The definition whose body is made.
#[derive(Clone, Copy)]
struct Target {
    id: TypeId,
    view: View,
    /// The component that it is the type of.
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

    /// A use of a type right inside the definition.
    fn type_use<'h>(&self, hint: &'h NameHint) -> TypeUse<'h> {
        TypeUse {
            direction: self.view.direction(),
            hint,
            depth: 0,
        }
    }
}

impl<'d, 'a> Definer<'d, 'a> {
    /// Makes the bodies of all definitions that have none, and of those that these request.
    pub(super) fn define_pending(&mut self) {
        while let Some((id, source)) = self.definitions.next_pending() {
            let body = match source {
                Source::Enum(values, openness) => self.enumeration(id, &values, openness),
                Source::Intersection(intersection) => {
                    let key = &self.definitions.list()[id.0].key;
                    self.define(Target::new(id, key), &intersection)
                }
            };
            self.definitions.push_body(body);
        }
    }

    /// The type of a use of schemas, with its definitions interned.
    pub(super) fn lower(&mut self, intersection: &Intersection, at: TypeUse<'_>) -> Type {
        let ty = self.lower_use(intersection, at);
        self.definitions.resolve(ty)
    }

    /// The type of a use of schemas.
    pub(super) fn lower_use(&mut self, intersection: &Intersection, at: TypeUse<'_>) -> UnresolvedType {
        self.uses().lower(intersection, at)
    }

    fn uses(&mut self) -> UseLowering<'_, 'd, 'a> {
        UseLowering {
            context: self.context,
            reports: &mut self.reports,
        }
    }

    fn component_type(&mut self, component: SchemaId, direction: Direction) -> Type {
        let request = component_request(self.context, component, direction);
        Type::Named(self.definitions.intern(request))
    }

    /// The body of an enum whose values come from several schemas.
    fn enumeration(&self, id: TypeId, values: &[EnumValue], openness: Openness) -> Body {
        let place = self.definitions.list()[id.0].places.first();
        let docs = place.map(|&schema| docs::docs(self.context.schemas, &self.context.merger.whole(schema)));
        enum_body(docs.unwrap_or_default(), values, openness)
    }

    /// The body of a component or of an inline definition.
    fn define(&mut self, target: Target, intersection: &Intersection) -> Body {
        let context = self.context;
        let merged = context.merger.merge(intersection);
        let merged = &*merged;
        self.reports.report_incomplete(context, merged);
        let docs = docs::docs(context.schemas, merged);
        if let Some(component) = target.component
            && context.cycles.contains(component)
        {
            self.reports.report_cycles(context);
            if merged.is_anything() {
                return Body::alias(docs, Type::Json);
            }
        }
        if target.view != View::Form
            && let Some(component) = target.component
            && let Some(inner) = covering_component(context, merged, Some(component))
        {
            return Body::alias(docs, self.component_type(inner, target.view.direction()));
        }
        if merged.is_contradictory() {
            let span = context.span(intersection);
            self.reports.report(rules::CONTRADICTION, span, &[]);
            return Body::alias(docs, Type::Json);
        }
        if let Some(values) = enumeration::values(context.schemas, merged) {
            return enum_body(docs, &values, Openness::Closed);
        }
        if let Some(component) = target.component
            && contains_itself(context, merged)
        {
            let schema = &context.schemas[component];
            self.reports
                .report(rules::UNION_OF_ITSELF, schema.span, &[&schema.pointer]);
        }
        let schemas = MergedSchemas { intersection, merged };
        match plan(context, schemas) {
            Some(plan) => self.planned(target, schemas, docs, plan),
            None => self.without_alternatives(target, schemas, docs),
        }
    }

    /// The body of schemas with alternatives.
    fn planned(&mut self, target: Target, schemas: MergedSchemas<'_>, docs: Docs, plan: Plan) -> Body {
        let context = self.context;
        let span = context.span(schemas.intersection);
        match plan {
            Plan::Anything => Body::alias(docs, Type::Json),
            Plan::Unsupported(rule) => {
                self.reports.report(rule, span, &[]);
                Body::alias(docs, Type::Json)
            }
            Plan::Scalar(ty) => Body::alias(docs, ty),
            Plan::Enum(values, openness) => enum_body(docs, &values, openness),
            Plan::One(inner) => {
                let merged = context.merger.merge(&inner);
                if let Some(other) = covering_component(context, &merged, target.component) {
                    return Body::alias(docs, self.component_type(other, target.view.direction()));
                }
                // The recursion ends, since there are fewer branches within branches each time.
                Body {
                    docs,
                    ..self.define(target, &inner)
                }
            }
            Plan::Together(all) => {
                self.reports.report(rules::MERGED_BRANCHES, span, &[]);
                let merged = context.merger.merge(&all);
                self.object(target, &merged, docs)
            }
            Plan::Union(branches) => {
                let hint = NameHint::within(target.id);
                let source = UnionSource {
                    place: schemas.intersection.schemas().next(),
                    merged: schemas.merged,
                    branches,
                };
                let (union, branches) = union(self, source, target.view, &hint);
                Body {
                    branches,
                    ..Body::new(docs, TypeKind::Union(union))
                }
            }
        }
    }

    /// The body of schemas without alternatives.
    fn without_alternatives(&mut self, target: Target, schemas: MergedSchemas<'_>, docs: Docs) -> Body {
        let (context, merged) = (self.context, schemas.merged);
        if merged.json_type() == Some(JsonType::Object) && map_of(context, merged) == MapOf::Nothing {
            limits::report_unchecked_size(context, schemas, self.reports.diagnostics);
            return self.object(target, merged, docs);
        }
        let hint = NameHint::within(target.id);
        let at = target.type_use(&hint);
        let limits = limits::limits(context, schemas, self.reports.diagnostics);
        if limits.is_empty() {
            let ty = self.uses().inline(schemas, at);
            return Body::alias(docs, self.definitions.resolve(ty));
        }
        let inner = self.uses().plain(schemas, at);
        let inner = self.definitions.resolve(inner);
        Body::new(
            docs,
            TypeKind::Checked(checked_type::checked(context, merged, inner, limits)),
        )
    }

    fn object(&mut self, target: Target, merged: &Merged, docs: Docs) -> Body {
        let source = ObjectSource {
            merged,
            view: target.view,
            hint: NameHint::within(target.id),
        };
        Body::new(docs, TypeKind::Struct(object(self, &source)))
    }
}

fn enum_body(docs: Docs, values: &[EnumValue], openness: Openness) -> Body {
    Body {
        openness,
        ..Body::new(docs, TypeKind::Enum(enumeration::define(values)))
    }
}
