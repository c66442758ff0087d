//! Writes parents as unions of their children, and adds their bases.

use super::families::{Families, Family};
use super::parts::{inline_parts, stands_for, stood_for};
use super::tags::{implicit, mapped, tags};
use super::{Inheritance, Parent};
use crate::lower::types::nullability::Nullability;
use crate::read::schema::{Discriminator, JsonType, Schema, SchemaId, Schemas};
use crate::read::tree::Pointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

/// The schemas of a document with at least one parent.
pub(super) fn rewrite<'a>(schemas: &'a Schemas, families: &Families<'_>) -> Inheritance<'a> {
    let mut rewriter = Rewriter {
        families,
        schemas: schemas.clone(),
        bases: HashMap::new(),
    };
    for &parent in families.parents.keys() {
        rewriter.add_base(parent);
    }
    let parents: HashMap<SchemaId, Parent> = families
        .parents
        .iter()
        .map(|(&id, family)| (id, rewriter.parent(id, family)))
        .collect();
    for (id, _) in schemas.iter() {
        rewriter.refer_to_bases(id, &parents);
    }
    for (&id, family) in &families.parents {
        rewriter.write_union(id, family, &parents);
    }
    let all_tags = all_tags(families, &rewriter.bases);
    let ancestors = families.parents.values().flat_map(|family| &family.children);
    let ancestors = ancestors.map(|&child| (child, families.ancestors(child).collect()));
    Inheritance {
        ancestors: ancestors.collect(),
        parents,
        bases: rewriter
            .bases
            .iter()
            .map(|(&parent, &base)| (base, parent))
            .collect(),
        schemas: Cow::Owned(rewriter.schemas),
        tags: all_tags,
    }
}

struct Rewriter<'f, 's> {
    families: &'f Families<'s>,
    schemas: Schemas,
    /// The base of each parent.
    bases: HashMap<SchemaId, SchemaId>,
}

/// A child in the union of its parent.
struct Branch {
    target: SchemaId,
    tags: Vec<Value>,
}

impl Rewriter<'_, '_> {
    fn add(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(u32::try_from(self.schemas.list.len()).unwrap_or(u32::MAX));
        self.schemas.list.push(schema);
        id
    }

    /// Adds the base of a parent. It has the property of the discriminator even if the parent does not describe it.
    fn add_base(&mut self, parent: SchemaId) {
        let mut base = self.schemas[parent].clone();
        base.pointer = base_pointer(&base.pointer);
        base.nullable = false;
        base.or_null = false;
        base.examples = Vec::new();
        let property = &self.families.parents[&parent].property;
        if !self
            .families
            .merger
            .whole(parent)
            .properties
            .contains_key(property)
        {
            let mut tag = Schema::empty(base.pointer.child("properties").child(property), base.span);
            tag.types = vec![JsonType::String];
            base.properties.insert(property.clone(), self.add(tag));
        }
        let base = self.add(base);
        self.bases.insert(parent, base);
    }

    /// Replaces parents by their bases where a schema extends them, and where a union has them beside their children.
    fn refer_to_bases(&mut self, id: SchemaId, parents: &HashMap<SchemaId, Parent>) {
        let (families, schemas) = (self.families, self.families.schemas);
        let schema = &schemas[id];
        if families.is_child(id) || stands_for(schemas, id).is_none() {
            for part in inline_parts(schemas, id) {
                self.refer_to_base(part);
            }
        }
        for branches in [&schema.one_of, &schema.any_of] {
            for &branch in branches {
                let parent = families.referenced_parent(branch);
                let is_beside_child = parent.is_some_and(|parent| {
                    parents[&parent].has_own_values
                        && branches.iter().any(|&other| is_child_of(families, other, parent))
                });
                if is_beside_child {
                    self.refer_to_base(branch);
                }
            }
        }
    }

    fn refer_to_base(&mut self, part: SchemaId) {
        let parent = self.families.referenced_parent(part);
        if let Some(&base) = parent.and_then(|parent| self.bases.get(&parent)) {
            self.schemas.list[part.0 as usize].reference = Some(base);
            // What a parent itself extends, its base extends.
            if let Some(&own_base) = self.bases.get(&part) {
                self.schemas.list[own_base.0 as usize].reference = Some(base);
            }
        }
    }

    fn parent(&self, id: SchemaId, family: &Family) -> Parent {
        let (families, property) = (self.families, &family.property);
        let is_optional = !families.merger.whole(id).required.contains(property);
        let has_mapping = families
            .discriminators(id, property)
            .any(|discriminator| !discriminator.mapping.is_empty());
        let is_named = || !mapped(families, id, property).is_empty();
        let is_allowed = || implicit(families, id, property).is_some_and(|(_, is_allowed)| is_allowed);
        Parent {
            property: property.clone(),
            base: self.bases[&id],
            has_own_values: is_optional
                || families.is_child(id)
                || is_named()
                || (!has_mapping && is_allowed()),
            is_optional,
        }
    }

    /// The children of a parent, and the parent itself if it has values of its own.
    fn branches(&self, id: SchemaId, family: &Family, parents: &HashMap<SchemaId, Parent>) -> Vec<Branch> {
        let (families, property) = (self.families, &family.property);
        let mut branches = Vec::new();
        for &child in &family.children {
            // The children of an inner parent with another property are found by that parent.
            let is_inner = families.inner_parent(child, id).is_some();
            if is_inner && mapped(families, child, property).is_empty() {
                continue;
            }
            let target = match parents.get(&child) {
                Some(inner) if inner.property == *property => inner.base,
                _ => child,
            };
            branches.push(Branch {
                target,
                tags: tags(families, child, property),
            });
        }
        if parents[&id].has_own_values {
            branches.push(Branch {
                target: self.bases[&id],
                tags: tags(families, id, property),
            });
        }
        branches
    }

    /// Makes a parent the union of its children.
    fn write_union(&mut self, id: SchemaId, family: &Family, parents: &HashMap<SchemaId, Parent>) {
        let branches = self.branches(id, family, parents);
        let original = &self.families.schemas[id];
        let mut mapping = IndexMap::new();
        let mut one_of = Vec::new();
        for Branch { target, tags } in branches {
            let place = original.pointer.child("oneOf").child(one_of.len());
            let mut branch = Schema::empty(place, original.span);
            branch.reference = Some(target);
            one_of.push(self.add(branch));
            for tag in tags {
                let text = tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
                mapping.entry(text).or_insert(target);
            }
        }
        let nullable = self.families.merger.whole(id).null == Nullability::Allowed;
        let schema = &mut self.schemas.list[id.0 as usize];
        let span = schema.discriminator.as_ref().map_or(schema.span, |own| own.span);
        *schema = Schema {
            title: schema.title.take(),
            description: schema.description.take(),
            examples: std::mem::take(&mut schema.examples),
            deprecated: schema.deprecated,
            nullable,
            one_of,
            discriminator: Some(Discriminator {
                property: family.property.clone(),
                mapping,
                span,
            }),
            ..Schema::empty(schema.pointer.clone(), schema.span)
        };
    }
}

/// Whether a branch of a union is a child of the parent.
fn is_child_of(families: &Families<'_>, branch: SchemaId, parent: SchemaId) -> bool {
    let children = &families.parents[&parent].children;
    stood_for(families.schemas, branch).any(|id| children.contains(&id))
}

/// The pointer of a base, which is the key of its name in the lock file. No schema of the document has it.
fn base_pointer(parent: &Pointer) -> Pointer {
    parent.child("base")
}

/// For each child and each base, the values of its discriminators.
fn all_tags(
    families: &Families<'_>,
    bases: &HashMap<SchemaId, SchemaId>,
) -> HashMap<SchemaId, IndexMap<String, Vec<Value>>> {
    let mut all: HashMap<SchemaId, IndexMap<String, Vec<Value>>> = HashMap::new();
    for (&parent, Family { property, children }) in &families.parents {
        let own = tags(families, parent, property);
        let of_base = all.entry(bases[&parent]).or_default();
        of_base.entry(property.clone()).or_insert(own);
        for &child in children {
            let selected = match families.inner_parent(child, parent) {
                Some(inner) if mapped(families, child, property).is_empty() => inner,
                _ => child,
            };
            let tags = tags(families, selected, property);
            for schema in std::iter::once(&child).chain(bases.get(&child)) {
                let of_schema = all.entry(*schema).or_default();
                of_schema.entry(property.clone()).or_insert_with(|| tags.clone());
            }
        }
    }
    all
}
