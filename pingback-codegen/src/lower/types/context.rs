//! The immutable inputs of lowering schemas: the schemas, the options, and facts that are computed from both in advance.

use super::branch_traits::BranchTraits;
use super::checks::CheckedSchemas;
use super::components::Components;
use super::cycles::ReferenceCycles;
use super::inheritance::Inheritance;
use super::intersection::Intersection;
use super::merge::{Merged, Merger};
use super::nullability::Nullability;
use super::request::{DefinitionKey, View};
use super::shape::{LimitComparison, Shapes};
use super::split;
use crate::model::Direction;
use crate::options::Options;
use crate::read::Document;
use crate::read::schema::{SchemaId, Schemas};
use crate::read::tree::Node;
use crate::source::Span;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// The schemas of a document with everything that is computed from them before the first type is lowered.
pub(super) struct Context<'a> {
    pub(super) tree: &'a Node,
    pub(super) schemas: &'a Schemas,
    pub(super) inheritance: &'a Inheritance<'a>,
    pub(super) options: &'a Options,
    pub(super) merger: Merger<'a>,
    pub(super) shapes: Shapes,
    pub(super) components: Components,
    /// The schemas that become checked types.
    pub(super) checked: CheckedSchemas,
    pub(super) cycles: ReferenceCycles,
    /// For each schema, whether the values that are sent differ from those that are received.
    is_split: Vec<bool>,
    /// A cache: many unions have branches in common.
    pub(super) branch_traits: RefCell<HashMap<SchemaId, BranchTraits>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        document: &'a Document,
        inheritance: &'a Inheritance<'a>,
        options: &'a Options,
    ) -> Self {
        let schemas = inheritance.schemas();
        let components = Components::new(inheritance);
        let checked = CheckedSchemas::new(schemas, &options.types.checked);
        let limits = if checked.any() {
            LimitComparison::Compared
        } else {
            LimitComparison::Ignored
        };
        let shapes = Shapes::new(schemas, &components, limits);
        Self {
            tree: &document.tree,
            schemas,
            inheritance,
            options,
            merger: Merger::new(schemas),
            shapes,
            components,
            checked,
            cycles: ReferenceCycles::new(schemas),
            is_split: split::split(schemas),
            branch_traits: RefCell::default(),
        }
    }

    /// Whether a schema becomes one type to send and another to receive.
    pub(super) fn is_split(&self, schema: SchemaId) -> bool {
        self.is_split[schema.0 as usize]
    }

    /// The view of these schemas for values that are sent or received.
    pub(super) fn view(&self, intersection: &Intersection, direction: Direction) -> View {
        if !intersection.schemas().any(|schema| self.is_split(schema)) {
            return View::Shared;
        }
        match direction {
            Direction::Sent => View::Sent,
            Direction::Received => View::Received,
        }
    }

    /// The key of a definition that is identified by its structure.
    pub(super) fn inline_key(&self, intersection: &Intersection, view: View) -> DefinitionKey {
        let parts = intersection.parts.iter();
        let parts = parts.map(|part| (part.coverage, self.shapes.of_body(part.schema)));
        DefinitionKey::Inline(parts.collect(), intersection.only, view)
    }

    /// One of the schemas of each structure. If only some of these allow `null`, it is the first that does not.
    pub(super) fn distinct(&self, schemas: &[SchemaId]) -> Vec<SchemaId> {
        let is_nullable = |schema| self.is_nullable(&self.merger.target(schema));
        let mut distinct: Vec<SchemaId> = Vec::with_capacity(schemas.len());
        for &schema in schemas {
            let shape = self.shapes.of_body(schema);
            let known = distinct
                .iter_mut()
                .find(|other| self.shapes.of_body(**other) == shape);
            match known {
                None => distinct.push(schema),
                Some(known) if self.shapes.of_use(*known) == self.shapes.of_use(schema) => {}
                Some(known) => {
                    if is_nullable(*known) && !is_nullable(schema) {
                        *known = schema;
                    }
                }
            }
        }
        distinct
    }

    /// Whether `null` is valid, by the schemas themselves and by one of each of their alternatives.
    pub(super) fn is_nullable(&self, merged: &Merged) -> bool {
        self.allows_null(merged, &mut HashSet::new())
    }

    /// Like [`Context::is_nullable`]. `seen` are the branches that were considered.
    fn allows_null(&self, merged: &Merged, seen: &mut HashSet<SchemaId>) -> bool {
        if merged.null == Nullability::Denied {
            return false;
        }
        let mut has_null = merged.null == Nullability::Allowed;
        for choice in &merged.choices {
            let mut branches = choice.branches.iter().map(|&branch| self.merger.target(branch));
            let mut is_valid = choice.allows_null;
            is_valid |= branches.any(|branch| {
                let is_new = branch.parts.first().is_none_or(|&first| seen.insert(first));
                is_new && self.allows_null(&branch, seen)
            });
            if !is_valid {
                return false;
            }
            has_null = true;
        }
        has_null
    }

    /// The byte range of the first schema.
    pub(super) fn span(&self, intersection: &Intersection) -> Option<Span> {
        let first = intersection.schemas().next()?;
        Some(self.schemas[first].span)
    }
}
