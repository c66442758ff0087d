//! Reports findings of lowering. Some are reported at most once for a document.

use super::context::Context;
use super::merge::Merged;
use super::references::MAX_DISTANCE;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::read::schema::{Schema, SchemaId};
use crate::read::used_components::UsedComponents;
use crate::source::Span;
use std::cell::OnceCell;
use std::fmt::Display;

/// Findings that were already reported and are not repeated for other schemas.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ReportedOnce {
    cycles: bool,
    too_far: bool,
}

/// The findings of a run.
pub(super) struct Reports<'r> {
    pub(super) diagnostics: &'r mut Diagnostics,
    pub(super) once: &'r mut ReportedOnce,
}

impl Reports<'_> {
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        span: impl Into<Option<Span>>,
        args: &[&dyn Display],
    ) {
        self.diagnostics.report(rule, span, args);
    }

    /// Reports schemas that were left out of `merged`: by a cycle of references or by their distance.
    pub(super) fn report_incomplete(&mut self, context: &Context<'_>, merged: &Merged) {
        let mut parts = merged.parts.iter();
        if !context.cycles.is_empty() && parts.any(|&part| context.cycles.contains(part)) {
            self.report_cycles(context);
        }
        if let Some(cut_off) = merged.cut_off
            && !std::mem::replace(&mut self.once.too_far, true)
        {
            let span = context.schemas[cut_off].span;
            self.report(rules::DEFINITION_CHAIN_TOO_LONG, span, &[&MAX_DISTANCE]);
        }
    }

    /// Reports all cycles of references of the document.
    pub(super) fn report_cycles(&mut self, context: &Context<'_>) {
        if std::mem::replace(&mut self.once.cycles, true) {
            return;
        }
        let used = OnceCell::new();
        for cycle in context.cycles.list() {
            let Some((&first, rest)) = cycle.split_first() else {
                continue;
            };
            let used = used.get_or_init(|| UsedComponents::of(context.tree));
            let mut diagnostic = cycle_finding(context, cycle, &context.schemas[first], used);
            for &other in rest {
                let schema = &context.schemas[other];
                diagnostic = diagnostic.related(schema.span, format!("through {}", schema.pointer));
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The finding about a cycle of references by `$ref` and `allOf`, whose first schema is `first`.
fn cycle_finding(
    context: &Context<'_>,
    cycle: &[SchemaId],
    first: &Schema,
    used: &UsedComponents,
) -> Diagnostic {
    let has_definition = |&schema: &SchemaId| !context.merger.whole(schema).is_anything();
    if cycle.first().is_some_and(has_definition) {
        Diagnostic::new(rules::ALL_OF_ITSELF, first.span, &[&first.pointer])
    } else if cycle
        .iter()
        .any(|&schema| used.contains(&context.schemas[schema].pointer))
    {
        Diagnostic::new(rules::REFERENCE_CYCLE, first.span, &[&first.pointer])
    } else {
        let text = format!("#{}", first.pointer);
        let consequence = "any JSON value is accepted";
        Diagnostic::new(rules::UNUSED_REF_CYCLE, first.span, &[&text, &consequence])
    }
}
