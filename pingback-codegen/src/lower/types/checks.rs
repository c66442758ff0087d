//! Finds the schemas that the configuration lists under `checked`. They become types whose values satisfy the limits of
//! the document.

use crate::options::Checks;
use crate::read::schema::{SchemaId, Schemas};
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
pub(super) fn pointer(at: &str) -> String {
    match at.strip_prefix('#').unwrap_or(at) {
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        name => format!(
            "/components/schemas/{}",
            name.replace('~', "~0").replace('/', "~1")
        ),
    }
}

/// All schemas by their pointers.
pub(super) fn by_pointer(schemas: &Schemas) -> HashMap<&str, SchemaId> {
    let ids = (0u32..).map(SchemaId).zip(&schemas.list);
    ids.map(|(id, schema)| (schema.pointer.0.as_str(), id)).collect()
}
