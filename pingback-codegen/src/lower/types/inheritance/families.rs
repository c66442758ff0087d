//! Finds the components that have a discriminator, and the components whose `allOf` reaches them.

use super::parts::{own_discriminator, stands_for, stood_for};
use crate::lower::types::component_name::component_name;
use crate::lower::types::merge::Merger;
use crate::lower::types::references::{MAX_DISTANCE, only_refers, targets};
use crate::read::schema::{Discriminator, SchemaId, Schemas};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// The parents of a document, with their children.
pub(super) struct Families<'s> {
    pub(super) schemas: &'s Schemas,
    pub(super) merger: Merger<'s>,
    /// For each component, those that its `allOf` reaches at any depth, the nearest first.
    ancestors: IndexMap<SchemaId, IndexSet<SchemaId>>,
    /// The components with a discriminator of their own.
    discriminators: IndexMap<SchemaId, &'s Discriminator>,
    /// The parents in document order.
    pub(super) parents: IndexMap<SchemaId, Family>,
}

/// The children of a parent.
#[derive(Debug)]
pub(super) struct Family {
    /// The property whose value selects a child.
    pub(super) property: String,
    /// The components that extend the parent, at any depth, in document order.
    pub(super) children: Vec<SchemaId>,
}

impl<'s> Families<'s> {
    pub(super) fn new(schemas: &'s Schemas) -> Self {
        let mut families = Self {
            schemas,
            merger: Merger::new(schemas),
            ancestors: IndexMap::new(),
            discriminators: IndexMap::new(),
            parents: IndexMap::new(),
        };
        let components: Vec<SchemaId> = schemas
            .iter()
            .filter(|(_, schema)| component_name(&schema.pointer.0).is_some())
            .map(|(id, _)| id)
            .collect();
        families.discriminators = components
            .iter()
            .filter_map(|&id| Some((id, own_discriminator(schemas, id)?)))
            .filter(|(id, _)| families.is_plain(*id))
            .collect();
        if families.discriminators.is_empty() {
            return families;
        }
        let mapped = families.mapped();
        families.ancestors = components
            .iter()
            .filter(|&&id| mapped.contains(&id) || !is_nullable_form(schemas, id))
            .map(|&id| (id, ancestors(schemas, id)))
            .filter(|(id, ancestors)| !ancestors.is_empty() && !ancestors.contains(id))
            .collect();
        families.parents = families.find_parents(&components);
        families
    }

    /// Whether a component is no union by its own `oneOf` or `anyOf`.
    fn is_plain(&self, component: SchemaId) -> bool {
        self.merger.whole(component).choices.is_empty()
    }

    /// The components that a mapping names.
    fn mapped(&self) -> HashSet<SchemaId> {
        let mappings = self.discriminators.values();
        mappings
            .flat_map(|discriminator| discriminator.mapping.values())
            .flat_map(|&target| targets(self.schemas, target))
            .collect()
    }

    fn find_parents(&self, components: &[SchemaId]) -> IndexMap<SchemaId, Family> {
        let mut children: IndexMap<SchemaId, Vec<SchemaId>> = IndexMap::new();
        for (&child, ancestors) in &self.ancestors {
            for &ancestor in ancestors {
                children.entry(ancestor).or_default().push(child);
            }
        }
        let parents = components.iter().filter_map(|&component| {
            let children = children.swap_remove(&component)?;
            let discriminator = self
                .lineage(component)
                .find_map(|id| self.discriminators.get(&id))?;
            let family = Family {
                property: discriminator.property.clone(),
                children,
            };
            self.is_plain(component).then_some((component, family))
        });
        parents.collect()
    }

    /// A component and those that it extends, the nearest first.
    fn lineage(&self, component: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
        std::iter::once(component).chain(self.ancestors(component))
    }

    /// The other children of a component's parents.
    pub(super) fn relatives(&self, component: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
        let families = self.ancestors(component).filter_map(|id| self.parents.get(&id));
        let children = families.flat_map(|family| family.children.iter().copied());
        children.filter(move |&child| child != component)
    }

    /// The components that a component extends, the nearest first.
    pub(super) fn ancestors(&self, component: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
        self.ancestors.get(&component).into_iter().flatten().copied()
    }

    /// The discriminators of a component and of those that it extends, for that property.
    pub(super) fn discriminators<'f>(
        &'f self,
        component: SchemaId,
        property: &'f str,
    ) -> impl Iterator<Item = &'s Discriminator> + 'f {
        let own = self
            .lineage(component)
            .filter_map(|id| self.discriminators.get(&id).copied());
        own.filter(move |discriminator| discriminator.property == property)
    }

    /// The component between a child and a parent that has a discriminator of its own for another property, by which its
    /// own children are told apart.
    pub(super) fn inner_parent(&self, child: SchemaId, parent: SchemaId) -> Option<SchemaId> {
        let property = &self.parents.get(&parent)?.property;
        let between = self.ancestors(child).filter(|&id| {
            id != parent
                && self
                    .ancestors
                    .get(&id)
                    .is_some_and(|ancestors| ancestors.contains(&parent))
        });
        let others = between.filter(|id| {
            self.parents
                .get(id)
                .is_some_and(|family| family.property != *property)
        });
        // The one that is nearest to the parent.
        others.last()
    }

    /// The parent that an element of an `allOf` refers to.
    pub(super) fn referenced_parent(&self, element: SchemaId) -> Option<SchemaId> {
        let target = self.schemas[element].reference?;
        // A child that adds nothing stands for itself.
        let is_own_type = |id: &SchemaId| self.parents.contains_key(id) || self.is_child(*id);
        let first = stood_for(self.schemas, target).find(is_own_type)?;
        self.parents.contains_key(&first).then_some(first)
    }

    /// Whether a component is a child of some parent.
    pub(super) fn is_child(&self, component: SchemaId) -> bool {
        self.ancestors(component).any(|id| self.parents.contains_key(&id))
    }
}

/// Whether a component is another one or `null`.
fn is_nullable_form(schemas: &Schemas, component: SchemaId) -> bool {
    schemas[component].nullable && stands_for(schemas, component).is_some()
}

/// The components that a component's `allOf` reaches, the nearest first.
fn ancestors(schemas: &Schemas, component: SchemaId) -> IndexSet<SchemaId> {
    let mut found = IndexSet::new();
    let mut seen = HashSet::new();
    let mut level = vec![component];
    // An alias extends nothing.
    if only_refers(&schemas[component]) {
        return found;
    }
    for _ in 0..MAX_DISTANCE {
        let mut next = Vec::new();
        for id in level {
            let schema = &schemas[id];
            let parts = schema.all_of.iter().copied().chain(schema.reference);
            for part in parts.filter(|&part| seen.insert(part)) {
                if component_name(&schemas[part].pointer.0).is_some() {
                    found.insert(part);
                }
                next.push(part);
            }
        }
        if next.is_empty() {
            break;
        }
        level = next;
    }
    found
}
