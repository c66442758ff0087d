//! Collects the limits of a checked type from `maxLength`, `minimum` and other constraints. In all other types,
//! constraints are only documentation.

use super::context::Context;
use super::integer_range::IntegerRange;
use super::limit_set::LimitSet;
use super::map::{MapOf, map_of};
use super::merge::{Merged, MergedSchemas};
use super::scalar;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Bound, Decimal, IntKind, Limit, Type};
use crate::read::number::Number;
use crate::read::schema::pattern::pattern_error;
use crate::read::schema::{JsonType, Schema, SchemaId};

/// The limits of values; none if no schema among these is checked.
pub(super) fn limits(
    context: &Context<'_>,
    schemas: MergedSchemas<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Limit> {
    if !is_checked(context, schemas) {
        return Vec::new();
    }
    limits_of(context, &schemas.merged.parts, schemas.merged, diagnostics)
}

fn is_checked(context: &Context<'_>, schemas: MergedSchemas<'_>) -> bool {
    let parts = schemas.merged.parts.iter().copied();
    context
        .checked
        .contains_any(schemas.intersection.schemas().chain(parts))
}

/// Reports limits for the number of an object's members, which are not checked.
pub(super) fn report_unchecked_size(
    context: &Context<'_>,
    schemas: MergedSchemas<'_>,
    diagnostics: &mut Diagnostics,
) {
    if !is_checked(context, schemas) {
        return;
    }
    for &part in &schemas.merged.parts {
        let schema = &context.schemas[part];
        let constraints = &schema.constraints;
        let has_minimum = constraints.min_properties.is_some_and(|least| least > 0);
        if has_minimum || constraints.max_properties.is_some() {
            let what = "the number of members of an object with `properties`";
            diagnostics.report(rules::LIMITS_UNCHECKED, schema.span, &[&what]);
        }
    }
}

/// Whether `part` sets limits that `others` do not set. `merged` is all of them together.
pub(super) fn adds_limits(context: &Context<'_>, part: SchemaId, others: &Merged, merged: &Merged) -> bool {
    if !context.checked.contains_any(merged.parts.iter().copied()) {
        return false;
    }
    // Findings are reported when the type is lowered.
    let ignored = &mut Diagnostics::default();
    let own = limits_of(context, &[part], merged, ignored);
    let known = limits_of(context, &others.parts, others, ignored);
    own.iter().any(|limit| !known.contains(limit))
}

/// Whether a schema sets limits beside its `$ref`.
pub(super) fn adds_limits_to_reference(context: &Context<'_>, schema: SchemaId) -> bool {
    let Some(target) = context.schemas[schema].reference else {
        return false;
    };
    let (merged, others) = (context.merger.whole(schema), context.merger.whole(target));
    adds_limits(context, schema, &others, &merged)
}

/// The limits that `parts` set for the values that `merged` describes.
fn limits_of(
    context: &Context<'_>,
    parts: &[SchemaId],
    merged: &Merged,
    diagnostics: &mut Diagnostics,
) -> Vec<Limit> {
    let Some(inner) = limited_type(context, merged) else {
        return Vec::new();
    };
    if inner == Type::Int(IntKind::Digits) {
        if let Some(&first) = parts.first() {
            let what = "the range of integers of any length";
            diagnostics.report(rules::LIMITS_UNCHECKED, context.schemas[first].span, &[&what]);
        }
        return Vec::new();
    }
    let mut limits = LimitSet::default();
    for schema in parts.iter().map(|&part| &context.schemas[part]) {
        match &inner {
            Type::String => add_string_limits(context, &mut limits, schema, diagnostics),
            Type::Array(_) => add_array_limits(&mut limits, schema),
            Type::Map(_) => {
                limits.add_minimum_size(schema.constraints.min_properties.map(Limit::MinProperties));
                limits.add_maximum_size(schema.constraints.max_properties.map(Limit::MaxProperties));
            }
            _ => add_number_limits(&mut limits, schema),
        }
    }
    let mut limits = limits.into_list();
    limits.retain(|limit| !limit.is_redundant(&inner));
    if let Type::Int(kind) = inner {
        limits.retain(|limit| is_bound_of(limit, kind));
    }
    limits
}

/// The type that limits apply to, with any JSON inside; `None` if none apply.
fn limited_type(context: &Context<'_>, merged: &Merged) -> Option<Type> {
    Some(match merged.json_type()? {
        JsonType::String => Type::String,
        JsonType::Integer => Type::Int(scalar::integer(context.schemas, merged)),
        JsonType::Number => scalar::number(context.schemas, merged),
        JsonType::Array if merged.prefix_items.is_empty() => Type::Array(Box::new(Type::Json)),
        JsonType::Object if map_of(context, merged) != MapOf::Nothing => Type::Map(Box::new(Type::Json)),
        JsonType::Array | JsonType::Object | JsonType::Boolean => return None,
    })
}

fn add_string_limits(
    context: &Context<'_>,
    limits: &mut LimitSet,
    schema: &Schema,
    diagnostics: &mut Diagnostics,
) {
    let constraints = &schema.constraints;
    limits.add_minimum_size(constraints.min_length.map(Limit::MinLength));
    limits.add_maximum_size(constraints.max_length.map(Limit::MaxLength));
    let Some(pattern) = &constraints.pattern else {
        return;
    };
    if context.checked.limit_validator.is_pattern(pattern) {
        limits.add(Limit::Pattern(pattern.clone()));
    } else if pattern_error(pattern).is_none() {
        // Reading the document reports all other faults.
        diagnostics.report(rules::PATTERN_UNREADABLE, schema.span, &[pattern]);
    }
}

fn add_array_limits(limits: &mut LimitSet, schema: &Schema) {
    limits.add_minimum_size(schema.constraints.min_items.map(Limit::MinItems));
    limits.add_maximum_size(schema.constraints.max_items.map(Limit::MaxItems));
    if schema.unique_items {
        limits.add(Limit::UniqueItems);
    }
}

fn add_number_limits(limits: &mut LimitSet, schema: &Schema) {
    let constraints = &schema.constraints;
    let minimum = if constraints.exclusive_minimum {
        Limit::ExclusiveMinimum
    } else {
        Limit::Minimum
    };
    let maximum = if constraints.exclusive_maximum {
        Limit::ExclusiveMaximum
    } else {
        Limit::Maximum
    };
    limits.add_minimum(constraints.minimum.as_ref().and_then(bound).map(minimum));
    limits.add_maximum(constraints.maximum.as_ref().and_then(bound).map(maximum));
    if let Some(step) = &constraints.multiple_of
        && step.as_f64().is_some_and(|step| step > 0.0)
        && let Some(step) = Decimal::of(&step.to_string())
    {
        limits.add(Limit::MultipleOf(step));
    }
}

/// A bound with all its digits, if it is an integer in the range of those that are compared.
fn bound(number: &Number) -> Option<Bound> {
    let integer = number.as_i128().map(Bound::Integer);
    integer.or_else(|| number.as_f64().map(Bound::Float))
}

/// Whether a limit of integers is a value of their type, so that both can be compared.
fn is_bound_of(limit: &Limit, kind: IntKind) -> bool {
    let bound = match limit {
        Limit::Minimum(bound) | Limit::ExclusiveMaximum(bound) => bound.at_least(),
        Limit::Maximum(bound) | Limit::ExclusiveMinimum(bound) => bound.at_most(),
        _ => return true,
    };
    bound.is_some_and(|bound| IntegerRange::of_integer(bound).fits(kind))
}
