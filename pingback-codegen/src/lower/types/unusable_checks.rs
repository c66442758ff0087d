//! Reports entries under `checked` of the configuration that have no effect.

use super::checks::{by_pointer, pointer};
use super::context::Context;
use super::intersection::Intersection;
use super::limits;
use super::merge::MergedSchemas;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::options::Checks;
use crate::source::{SourceId, Span};

/// Reports schemas that the configuration lists under `checked` but that do not exist or have no limits. `config` is the file
/// of the configuration.
pub(super) fn report_unusable(
    context: &Context<'_>,
    config: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) {
    let Checks::Only(list) = &context.options.types.checked else {
        return;
    };
    let by_pointer = by_pointer(context.schemas);
    for entry in list {
        let span = config
            .zip(entry.place)
            .map(|(source, (start, end))| Span { source, start, end });
        let Some(&schema) = by_pointer.get(&*pointer(&entry.at)) else {
            let mut finding = Diagnostic::new(rules::CHECKED_UNKNOWN, span, &[&entry.at]);
            if let Some(name) = similar_component(context, &entry.at) {
                finding = finding.hint(format!("did you mean `{name}`?"));
            }
            diagnostics.push(finding.about(entry.at.clone()));
            continue;
        };
        let intersection = Intersection::whole(schema);
        let merged = context.merger.merge(&intersection);
        let schemas = MergedSchemas {
            intersection: &intersection,
            merged: &merged,
        };
        let is_enum = merged.enumeration.is_some();
        if is_enum || limits::limits(context, schemas, diagnostics).is_empty() {
            let finding = Diagnostic::new(rules::CHECKED_WITHOUT_LIMITS, span, &[&entry.at]);
            let place = &context.schemas[schema];
            diagnostics.push(finding.related(place.span, "the schema").about(entry.at.clone()));
        }
    }
}

/// The component with the most similar name, if one is similar enough.
fn similar_component<'c>(context: &'c Context<'_>, name: &str) -> Option<&'c str> {
    let components = context.components.list().iter();
    let distances = components.map(|(_, own)| (strsim::damerau_levenshtein(own, name), own));
    let (_, own) = distances
        .filter(|(distance, own)| *distance <= own.chars().count().max(3) / 3)
        .min()?;
    Some(own)
}
