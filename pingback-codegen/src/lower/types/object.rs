//! Lowers objects to [`Struct`]s.

use super::context::Context;
use super::definer::Definer;
use super::hint::NameHint;
use super::intersection::Intersection;
use super::merge::Merged;
use super::references::stands_for_another;
use super::request::View;
use super::uses::TypeUse;
use super::{docs, enumeration, split};
use crate::diagnostic::rules;
use crate::model::{Docs, Field, Presence, Struct, Type};
use crate::names::field_name;
use crate::read::schema::SchemaId;
use serde_json::Value;

/// An object to define.
pub(super) struct ObjectSource<'s> {
    /// The component, if the object is one.
    pub(super) component: Option<SchemaId>,
    pub(super) merged: &'s Merged,
    pub(super) view: View,
    /// The hint for the names of types inside it.
    pub(super) hint: NameHint,
}

/// The struct of an object. Its fields may share names; naming all members makes them unique.
pub(super) fn object(definer: &mut Definer<'_, '_>, source: &ObjectSource<'_>) -> Struct {
    let merged = source.merged;
    let mut fields = Vec::with_capacity(merged.properties.len());
    for (wire, schemas) in &merged.properties {
        if is_in_view(definer.context, schemas, source.view) {
            fields.push(property(definer, source, wire, schemas));
        }
    }
    let additional = (!merged.additional.is_empty())
        .then(|| Intersection::all(definer.context.distinct(&merged.additional)));
    let undescribed = merged.required.iter();
    for wire in undescribed.filter(|wire| !merged.properties.contains_key(*wire)) {
        fields.push(undescribed_property(definer, source, wire, additional.as_ref()));
    }
    let additional = match &additional {
        Some(schemas) => {
            let hint = source.hint.then("additional").item();
            Some(lower(definer, source, schemas, &hint))
        }
        None => (merged.additional_any && !merged.additional_denied).then_some(Type::Json),
    };
    Struct {
        fields,
        additional: additional.map(|ty| ("additional_properties".to_owned(), ty)),
        argument_order: Vec::new(),
    }
}

/// The type of a property.
fn lower(
    definer: &mut Definer<'_, '_>,
    source: &ObjectSource<'_>,
    property: &Intersection,
    hint: &NameHint,
) -> Type {
    let at = TypeUse {
        direction: source.view.direction(),
        hint,
        depth: 1,
    };
    match source.view {
        View::Form => definer.part(property, at),
        View::Shared | View::Sent | View::Received => definer.lower(property, at),
    }
}

/// Whether a property with these schemas is part of the view.
fn is_in_view(context: &Context<'_>, schemas: &[SchemaId], view: View) -> bool {
    let directions = schemas
        .iter()
        .map(|&schema| split::directions(context.schemas, schema));
    let (is_read_only, is_write_only) = directions.fold((false, false), |(read, write), next| {
        (read || next.read_only, write || next.write_only)
    });
    let is_left_out = match view {
        View::Sent | View::Form => is_read_only && !is_write_only,
        View::Received => is_write_only && !is_read_only,
        View::Shared => false,
    };
    let mut schemas = schemas.iter();
    let is_impossible = schemas.any(|&schema| context.schemas[schema].boolean == Some(false));
    !is_left_out && !is_impossible
}

fn property(
    definer: &mut Definer<'_, '_>,
    source: &ObjectSource<'_>,
    wire: &str,
    schemas: &[SchemaId],
) -> Field {
    let context = definer.context;
    let intersection = Intersection::all(context.distinct(schemas));
    let merged = match intersection.single() {
        // The target is merged once for all the places that refer to it.
        Some(schema) if stands_for_another(&context.schemas[schema]) => context.merger.target(schema),
        _ => context.merger.merge(&intersection),
    };
    let ty = lower(definer, source, &intersection, &source.hint.then(wire));
    let mut docs = docs::docs_of_use(context.schemas, schemas.first().copied(), &merged);
    let presence = match tag(context, source, wire, &merged, &ty) {
        Some(tag) => {
            let phrase = format!("default: `{tag}`");
            if !docs.constraints.contains(&phrase) {
                docs.constraints.push(phrase);
            }
            Presence::Tag(tag)
        }
        None if source.merged.required.contains(wire) => Presence::Required,
        None => Presence::Optional,
    };
    Field {
        name: field_name(wire),
        wire: wire.to_owned(),
        ty,
        presence,
        docs,
    }
}

/// The value of a property that is always there and selects the component among the children of a parent.
fn tag(
    context: &Context<'_>,
    source: &ObjectSource<'_>,
    wire: &str,
    property: &Merged,
    ty: &Type,
) -> Option<Value> {
    if !source.merged.required.contains(wire) {
        return None;
    }
    let mut tags = context.inheritance.tags(source.component?, wire).iter();
    let tag = match (ty, enumeration::values(context.schemas, property)) {
        (Type::Named(_), Some(values)) => tags.find(|&tag| values.iter().any(|value| value.value == *tag)),
        (Type::String, None) => tags.find(|tag| tag.is_string()),
        _ => None,
    };
    tag.cloned()
}

/// A property that is required but not described. Its type is that of additional properties, or else any JSON.
fn undescribed_property(
    definer: &mut Definer<'_, '_>,
    source: &ObjectSource<'_>,
    wire: &str,
    additional: Option<&Intersection>,
) -> Field {
    let ty = match additional {
        Some(schemas) => lower(definer, source, schemas, &source.hint.then(wire)),
        None => Type::Json,
    };
    let schemas = definer.context.schemas;
    let mut parts = source.merged.parts.iter();
    if let Some(&part) = parts.find(|&&part| schemas[part].required.contains(wire)) {
        definer
            .reports
            .report(rules::REQUIRED_UNDESCRIBED, schemas[part].span, &[&wire]);
    }
    Field {
        name: field_name(wire),
        wire: wire.to_owned(),
        ty,
        presence: Presence::Required,
        docs: Docs::default(),
    }
}
