//! The immutable inputs of lowering schemas: the schemas, the options, and facts that are computed from both in advance.

use super::branch_traits::BranchTraits;
use super::checks::CheckedSchemas;
use super::components::Components;
use super::cycles::ReferenceCycles;
use super::merge::{Intersection, Merged, Merger};
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
use std::collections::HashMap;

/// The schemas of a document with everything that is computed from them before the first type is lowered.
pub(super) struct Context<'a> {
    pub(super) tree: &'a Node,
    pub(super) schemas: &'a Schemas,
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
    pub(super) fn new(document: &'a Document, options: &'a Options) -> Self {
        let schemas = &document.schemas;
        let components = Components::new(schemas);
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

    /// The first of the schemas of each shape.
    pub(super) fn distinct(&self, schemas: &[SchemaId]) -> Vec<SchemaId> {
        let mut distinct: Vec<SchemaId> = Vec::with_capacity(schemas.len());
        for &schema in schemas {
            let shape = self.shapes.of_use(schema);
            if !distinct.iter().any(|&other| self.shapes.of_use(other) == shape) {
                distinct.push(schema);
            }
        }
        distinct
    }

    /// Whether `null` is valid, by the schemas themselves or by one of their alternatives.
    pub(super) fn is_nullable(&self, merged: &Merged) -> bool {
        let mut branches = merged.choices.iter().flat_map(|choice| &choice.branches);
        merged.nullable || branches.any(|&branch| self.merger.target(branch).nullable)
    }

    /// The byte range of the first schema.
    pub(super) fn span(&self, intersection: &Intersection) -> Option<Span> {
        let first = intersection.schemas().next()?;
        Some(self.schemas[first].span)
    }
}
