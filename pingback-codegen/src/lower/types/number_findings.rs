//! Reports numbers of schemas that the Rust type of the schema cannot hold.

use super::context::Context;
use super::integer_range::IntegerRange;
use super::merge::Merged;
use super::scalar;
use crate::diagnostic::{Diagnostics, Rule, rules};
use crate::model::{IntKind, Type};
use crate::read::number::Number;
use crate::read::schema::{JsonType, Literal, Schema};
use crate::source::Span;
use indexmap::IndexMap;
use std::collections::HashSet;
use std::fmt::Display;

/// Reports fractions beside the format of an integer, and bounds and examples outside the range of the type. Each kind of
/// finding is reported once for each format or type, with the number of its places.
pub(super) fn report_numbers(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let schemas = context.schemas;
    let mut findings = Findings::default();
    let mut fractions = HashSet::new();
    for (id, schema) in schemas.iter() {
        let mut parts = std::iter::once(&id).chain(&schema.all_of);
        if !parts.any(|&part| has_numbers(&schemas[part])) {
            continue;
        }
        let merged = context.merger.whole(id);
        if !matches!(merged.json_type(), Some(JsonType::Number | JsonType::Integer)) {
            continue;
        }
        match scalar::number(schemas, &merged) {
            Type::Int(kind) => findings.add_outside(schema, &merged, kind),
            _ if scalar::has_integer_format(&merged) => {
                if let Some((source, fraction)) = scalar::fraction(schemas, &merged)
                    && fractions.insert(source)
                {
                    let format = merged.format.clone().unwrap_or_default();
                    findings.add(
                        rules::FRACTION_IN_INTEGER,
                        format,
                        (&fraction, schemas[source].span),
                    );
                }
            }
            _ => {}
        }
    }
    for ((_, subject), finding) in findings.0 {
        let args: [&dyn Display; 3] = [&subject, &finding.first, &finding.count];
        diagnostics.report(finding.rule, finding.span, &args);
    }
}

/// The findings by the name of the rule, and the format or type.
#[derive(Default)]
struct Findings(IndexMap<(&'static str, String), Finding>);

struct Finding {
    rule: &'static Rule,
    /// The first number.
    first: String,
    span: Span,
    count: usize,
}

impl Findings {
    /// Adds the schema's own bounds, examples and default that the type does not hold.
    fn add_outside(&mut self, schema: &Schema, merged: &Merged, kind: IntKind) {
        let format = merged.format.as_deref().unwrap_or_default();
        let limits = &schema.constraints;
        let (minimum, maximum) = IntegerRange::ends(limits);
        for (bound, range) in [(&limits.minimum, minimum), (&limits.maximum, maximum)] {
            if let Some(bound) = bound.as_ref().filter(|_| !range.fits(kind)) {
                self.add(
                    rules::BOUND_OUTSIDE_FORMAT,
                    format.to_owned(),
                    (bound, schema.span),
                );
            }
        }
        let literals = schema.examples.iter().chain(&schema.default);
        for (number, span) in literals.filter_map(number_of) {
            if !IntegerRange::of_values(std::iter::once(number.clone())).fits(kind) {
                let ty = rust_name(kind).to_owned();
                self.add(rules::EXAMPLE_OUT_OF_RANGE, ty, (&number, span));
            }
        }
    }

    fn add(&mut self, rule: &'static Rule, subject: String, (number, span): (&Number, Span)) {
        let known = self.0.entry((rule.name, subject)).or_insert_with(|| Finding {
            rule,
            first: number.to_string(),
            span,
            count: 0,
        });
        known.count += 1;
    }
}

fn number_of(literal: &Literal) -> Option<(Number, Span)> {
    Some((literal.number()?, literal.span))
}

fn has_numbers(schema: &Schema) -> bool {
    let limits = &schema.constraints;
    let mut literals = schema.examples.iter().chain(&schema.default);
    limits.minimum.is_some()
        || limits.maximum.is_some()
        || limits.multiple_of.is_some()
        || literals.any(|literal| literal.value.is_number())
}

fn rust_name(kind: IntKind) -> &'static str {
    match kind {
        IntKind::I32 => "i32",
        IntKind::I64 => "i64",
        IntKind::U32 => "u32",
        IntKind::U64 => "u64",
        IntKind::I128 => "i128",
        IntKind::Digits => "Integer",
    }
}
