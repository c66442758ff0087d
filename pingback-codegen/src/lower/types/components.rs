//! The schemas under `#/components/schemas`, and the bases of those that are unions of their children.

use super::component_name::component_name;
use super::inheritance::Inheritance;
use crate::names::type_name;
use crate::read::schema::SchemaId;

/// The component schemas of a document.
pub(super) struct Components {
    /// In document order, with their names.
    list: Vec<(SchemaId, String)>,
    is_component: Vec<bool>,
}

impl Components {
    pub(super) fn new(inheritance: &Inheritance<'_>) -> Self {
        let schemas = inheritance.schemas();
        let mut list = Vec::new();
        let mut is_component = vec![false; schemas.list.len()];
        for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
            if let Some(name) = component_name(&schema.pointer.0) {
                is_component[id.0 as usize] = true;
                list.push((id, name));
            }
        }
        for (base, parent) in inheritance.base_types() {
            is_component[base.0 as usize] = true;
            list.push((base, format!("{}Base", type_name(&parent).trim_end_matches('_'))));
        }
        Self { list, is_component }
    }

    /// All components with their names, in document order, then the bases.
    pub(super) fn list(&self) -> &[(SchemaId, String)] {
        &self.list
    }

    pub(super) fn contains(&self, schema: SchemaId) -> bool {
        self.is_component[schema.0 as usize]
    }
}
