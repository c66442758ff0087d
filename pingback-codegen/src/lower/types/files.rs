//! Finds the properties of forms that are files.

use super::context::Context;
use super::intersection::Intersection;
use super::merge::Merged;
use super::scalar;
use crate::model::Type;
use crate::read::schema::{JsonType, SchemaId};
use std::collections::HashSet;

/// Files are looked for in arrays and alternatives down to this depth.
const MAX_DEPTH: usize = 4;
/// The most schemas that are searched for files at each depth.
const MAX_SEARCHED: usize = 256;

/// How many files a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Files {
    One,
    Several,
}

/// The properties that are files in forms.
#[derive(Debug, Default)]
pub(super) struct FormFiles {
    /// The properties that are files by their media type, not by their schemas.
    marked: HashSet<SchemaId>,
}

impl FormFiles {
    /// Adds a property that is a file, or an array of files, by its media type.
    pub(super) fn mark(&mut self, property: SchemaId) {
        self.marked.insert(property);
    }

    /// Whether a form of these schemas has a property that holds a file, in one of its alternatives at least.
    pub(super) fn is_form_with_file(&self, context: &Context<'_>, form: &Intersection) -> bool {
        let holds_file = |merged: &Merged| {
            let mut properties = merged.properties.values();
            properties.any(|schemas| self.holds_file(context, &Intersection::all(schemas.iter().copied())))
        };
        let mut seen = HashSet::new();
        let mut pending = vec![context.merger.merge(form)];
        while let Some(merged) = pending.pop() {
            let is_object = match merged.json_type() {
                Some(ty) => ty == JsonType::Object,
                None => merged.types.is_none(),
            };
            if is_object && holds_file(&merged) {
                return true;
            }
            let branches = merged.choices.iter().flat_map(|choice| &choice.branches);
            let unseen = branches.filter(|&&branch| is_object && seen.insert(branch));
            pending.extend(unseen.map(|&branch| context.merger.target(branch)));
        }
        false
    }

    /// Whether a property is a file, or has files among its items or alternatives.
    pub(super) fn holds_file(&self, context: &Context<'_>, property: &Intersection) -> bool {
        let is_file = |schemas: &Intersection| self.file_type(context, schemas).is_some();
        is_file(property) || self.merged_holds_file(context, &context.merger.merge(property))
    }

    /// Whether a property that is no file itself has files among its items or alternatives.
    pub(super) fn merged_holds_file(&self, context: &Context<'_>, property: &Merged) -> bool {
        let inside = |merged: &Merged| -> Vec<Intersection> {
            let branches = merged.choices.iter().flat_map(|choice| &choice.branches);
            let branches = branches.map(|&branch| Intersection::whole(branch));
            let items = Intersection::all(merged.items.iter().copied());
            branches
                .chain((!merged.items.is_empty()).then_some(items))
                .collect()
        };
        let mut level = inside(property);
        for _ in 0..MAX_DEPTH {
            if level
                .iter()
                .any(|schemas| self.file_type(context, schemas).is_some())
            {
                return true;
            }
            let next = level
                .iter()
                .flat_map(|schemas| inside(&context.merger.merge(schemas)));
            level = next.take(MAX_SEARCHED).collect();
        }
        false
    }

    /// Whether one of the alternatives is a file.
    pub(super) fn has_file_branch(&self, context: &Context<'_>, union: &Merged) -> bool {
        let mut branches = union.choices.iter().flat_map(|choice| &choice.branches);
        branches.any(|&branch| self.file_type(context, &Intersection::whole(branch)) == Some(Type::File))
    }

    /// The type of a property that is a file or several files.
    pub(super) fn file_type(&self, context: &Context<'_>, property: &Intersection) -> Option<Type> {
        let is_marked = property.schemas().any(|schema| self.marked.contains(&schema));
        Some(match files(context, property, is_marked, 0)? {
            Files::One => Type::File,
            Files::Several => Type::Array(Box::new(Type::File)),
        })
    }
}

/// The files that a property holds: by its own schema, by that of its items, or by its branches, if each is a file or
/// a string in place of one.
fn files(context: &Context<'_>, intersection: &Intersection, is_marked: bool, depth: usize) -> Option<Files> {
    let merged = context.merger.merge(intersection);
    let may_be_file = merged.json_type() == Some(JsonType::String) || merged.is_anything();
    if scalar::is_binary(context.schemas, &merged) || (is_marked && may_be_file) {
        return Some(Files::One);
    }
    if depth > MAX_DEPTH {
        return None;
    }
    if merged.json_type() == Some(JsonType::Array) {
        let items = Intersection::all(merged.items.iter().copied());
        let is_file =
            !merged.items.is_empty() && files(context, &items, is_marked, depth + 1) == Some(Files::One);
        return is_file.then_some(Files::Several);
    }
    let [choice] = merged.choices.as_slice() else {
        return None;
    };
    let mut found = None;
    for &branch in &choice.branches {
        let branch = Intersection::whole(branch);
        match files(context, &branch, is_marked, depth + 1) {
            Some(Files::Several) => found = Some(Files::Several),
            Some(Files::One) => found = found.or(Some(Files::One)),
            None if context.merger.merge(&branch).json_type() == Some(JsonType::String) => {}
            None => return None,
        }
    }
    found
}
