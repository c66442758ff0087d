//! Finds the properties of forms that are files.

use super::context::Context;
use super::merge::Intersection;
use super::scalar;
use crate::model::Type;
use crate::read::schema::{JsonType, SchemaId};
use std::collections::HashSet;

/// Files are looked for in arrays and alternatives down to this depth.
const MAX_DEPTH: usize = 4;

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

    /// Whether the schema, as a form, has a property that is a file.
    pub(super) fn is_form_with_file(&self, context: &Context<'_>, schema: SchemaId) -> bool {
        let merged = context.merger.whole(schema);
        let is_file = |schemas: &Vec<SchemaId>| {
            let property = Intersection::all(schemas.iter().copied());
            self.file_type(context, &property).is_some()
        };
        merged.json_type() == Some(JsonType::Object) && merged.properties.values().any(is_file)
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
