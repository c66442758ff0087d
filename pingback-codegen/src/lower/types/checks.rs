//! Which schemas the configuration asks to check: they become types whose values keep the limits of the document.

use super::context::Context;
use super::limits;
use super::merge::Intersection;
use super::uses::MergedSchemas;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::options::Checks;
use crate::read::schema::{SchemaId, Schemas};
use crate::source::{SourceId, Span};
use crate::validate::limits::LimitValidator;
use std::collections::{HashMap, HashSet};

/// The schemas to check.
pub(super) struct CheckedSchemas {
    all: bool,
    only: HashSet<SchemaId>,
    pub(super) limit_validator: LimitValidator,
}

impl CheckedSchemas {
    pub(super) fn new(schemas: &Schemas, checks: &Checks) -> Self {
        let mut only = HashSet::new();
        if let Checks::Only(list) = checks {
            let by_pointer = by_pointer(schemas);
            let found = list
                .iter()
                .filter_map(|entry| by_pointer.get(&*pointer(&entry.at)));
            only.extend(found.copied());
        }
        Self {
            all: *checks == Checks::All,
            only,
            limit_validator: LimitValidator::default(),
        }
    }

    /// Whether any schema is checked.
    pub(super) fn any(&self) -> bool {
        self.all || !self.only.is_empty()
    }

    /// Whether one of these schemas is checked.
    pub(super) fn contains_any(&self, mut schemas: impl Iterator<Item = SchemaId>) -> bool {
        self.all || (!self.only.is_empty() && schemas.any(|schema| self.only.contains(&schema)))
    }
}

/// The pointer of a schema that the configuration names by its pointer or as a component.
fn pointer(at: &str) -> String {
    match at.strip_prefix('#').unwrap_or(at) {
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        name => format!(
            "/components/schemas/{}",
            name.replace('~', "~0").replace('/', "~1")
        ),
    }
}

fn by_pointer(schemas: &Schemas) -> HashMap<&str, SchemaId> {
    let ids = (0u32..).map(SchemaId).zip(&schemas.list);
    ids.map(|(id, schema)| (schema.pointer.0.as_str(), id)).collect()
}

/// Reports schemas that the configuration asks to check but that don't exist or have no limits. `config` is the file
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

/// The component whose name is most like `name`, if it is alike at all.
fn similar_component<'c>(context: &'c Context<'_>, name: &str) -> Option<&'c str> {
    let components = context.components.list().iter();
    let distances = components.map(|(_, own)| (strsim::damerau_levenshtein(own, name), own));
    let (_, own) = distances
        .filter(|(distance, own)| *distance <= own.chars().count().max(3) / 3)
        .min()?;
    Some(own)
}
