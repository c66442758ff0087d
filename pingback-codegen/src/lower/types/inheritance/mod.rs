//! Parents with a discriminator: `Pet` with `discriminator`, and children such as `Cat: allOf [Pet, ..]`.
//!
//! A value at a place that refers to `Pet` is one of its children, so there `Pet` is a `oneOf` of them. In the `allOf` of
//! a child `Pet` stands for its own keywords. [`Inheritance`] has the schemas in that form: the parent becomes a `oneOf`,
//! and the `allOf` of its children refers to a new schema, the base, which has the keywords of the parent.

mod families;
mod parts;
mod rewrite;
mod tags;

use super::component_name::component_name;
use crate::read::schema::{SchemaId, Schemas};
use families::Families;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The schemas of a document, in which parents with a discriminator are unions of their children.
pub struct Inheritance<'a> {
    schemas: Cow<'a, Schemas>,
    parents: HashMap<SchemaId, Parent>,
    /// The parent of each base.
    bases: HashMap<SchemaId, SchemaId>,
    /// For each child, the parents that it extends.
    ancestors: HashMap<SchemaId, HashSet<SchemaId>>,
    /// For each child and each base, the values of its discriminators, by property.
    tags: HashMap<SchemaId, IndexMap<String, Vec<Value>>>,
}

/// A component that is a union of the components that extend it.
#[derive(Debug)]
pub(super) struct Parent {
    /// The property whose value selects a child.
    pub(super) property: String,
    /// The schema with the parent's own keywords.
    pub(super) base: SchemaId,
    /// Whether a value may be of the parent itself, and not of a child.
    pub(super) has_own_values: bool,
    /// Whether the property may be missing.
    pub(super) is_optional: bool,
}

impl<'a> Inheritance<'a> {
    /// Finds the parents among the components of a document.
    #[must_use]
    pub fn new(schemas: &'a Schemas) -> Self {
        let families = Families::new(schemas);
        if families.parents.is_empty() {
            return Self {
                schemas: Cow::Borrowed(schemas),
                parents: HashMap::new(),
                bases: HashMap::new(),
                ancestors: HashMap::new(),
                tags: HashMap::new(),
            };
        }
        rewrite::rewrite(schemas, &families)
    }

    /// The schemas of the document under their own ids, with parents as unions of their children, and then the schemas
    /// that are added for these.
    #[must_use]
    pub fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    pub(super) fn parent(&self, component: SchemaId) -> Option<&Parent> {
        self.parents.get(&component)
    }

    pub(super) fn is_base(&self, schema: SchemaId) -> bool {
        self.bases.contains_key(&schema)
    }

    pub(super) fn parent_of_base(&self, schema: SchemaId) -> Option<SchemaId> {
        self.bases.get(&schema).copied()
    }

    /// The name of the component that a schema is, or whose base it is.
    pub(super) fn component_name(&self, schema: SchemaId) -> Option<String> {
        let component = self.bases.get(&schema).copied().unwrap_or(schema);
        component_name(&self.schemas[component].pointer.0)
    }

    /// The bases that are types of their own, each with the name of its parent, in document order.
    pub(super) fn base_types(&self) -> Vec<(SchemaId, String)> {
        let parents = self.parents.iter().filter(|(_, parent)| parent.has_own_values);
        let mut bases: Vec<(SchemaId, String)> = parents
            .filter_map(|(_, parent)| Some((parent.base, self.component_name(parent.base)?)))
            .collect();
        bases.sort_unstable();
        bases
    }

    /// Whether a component is a child of a parent, at any depth.
    pub(super) fn extends(&self, child: SchemaId, parent: SchemaId) -> bool {
        let ancestors = self.ancestors.get(&child);
        ancestors.is_some_and(|ancestors| ancestors.contains(&parent))
    }

    /// The values of a property that select a child or a base, if the property is a discriminator.
    pub(super) fn tags(&self, schema: SchemaId, property: &str) -> &[Value] {
        let tags = self.tags.get(&schema).and_then(|tags| tags.get(property));
        tags.map_or(&[], Vec::as_slice)
    }
}
