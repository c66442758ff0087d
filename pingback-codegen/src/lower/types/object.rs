//! Objects: properties in, a [`Struct`] out.

use super::merge::{Intersection, Merged, stands_for_another};
use super::{NameHint, Types, View, docs, scalar, split};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Docs, Field, Presence, Struct, Type};
use crate::names::field_name;
use crate::read::schema::{JsonType, SchemaId};

/// What the members of an object are that has no properties of its own.
#[derive(Debug, PartialEq)]
pub(super) enum MapOf {
    /// It is no map.
    Nothing,
    Anything,
    Values(Intersection),
}

/// A part of a form that is a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Files {
    One,
    Several,
}

/// How deep a file is looked for in arrays and alternatives.
const FILE_DEPTH: usize = 4;

impl Types<'_> {
    /// What an object without properties of its own holds.
    pub(super) fn map_of(&self, merged: &Merged) -> MapOf {
        if merged.has_properties() || (merged.additional_denied && merged.additional.is_empty()) {
            return MapOf::Nothing;
        }
        if merged.additional.is_empty() {
            return MapOf::Anything;
        }
        MapOf::Values(Intersection::all(self.distinct(&merged.additional)))
    }

    /// Has the schema, as a form, a property that is a file?
    pub(super) fn has_binary(&self, schema: SchemaId) -> bool {
        let merged = self.merger.whole(schema);
        merged.json_type() == Some(JsonType::Object)
            && merged
                .properties
                .values()
                .any(|schemas| self.binary(&Intersection::all(schemas.iter().copied())).is_some())
    }

    /// The type of a file, or of several.
    pub(super) fn binary(&self, intersection: &Intersection) -> Option<Type> {
        let marked = intersection.schemas().any(|schema| self.files.contains(&schema));
        Some(match self.files_of(intersection, marked, 0)? {
            Files::One => Type::File,
            Files::Several => Type::Array(Box::new(Type::File)),
        })
    }

    /// Whether a property is a file or several: by its own schema, that of its items, or since each branch is, some
    /// of which may be plain text in place of a file.
    fn files_of(&self, intersection: &Intersection, marked: bool, depth: usize) -> Option<Files> {
        let merged = self.merger.merge(intersection);
        let text = merged.json_type() == Some(JsonType::String);
        if scalar::is_binary(self.schemas, &merged) || (marked && (text || merged.is_anything())) {
            return Some(Files::One);
        }
        if depth > FILE_DEPTH {
            return None;
        }
        let below = |intersection: &Intersection| self.files_of(intersection, marked, depth + 1);
        if merged.json_type() == Some(JsonType::Array) {
            let items = Intersection::all(merged.items.iter().copied());
            let one = !merged.items.is_empty() && below(&items) == Some(Files::One);
            return one.then_some(Files::Several);
        }
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        let mut found = None;
        for branch in &choice.branches {
            let intersection = Intersection::whole(*branch);
            match below(&intersection) {
                Some(Files::Several) => found = Some(Files::Several),
                Some(Files::One) => found = found.or(Some(Files::One)),
                None => match self.merger.merge(&intersection).json_type() {
                    Some(JsonType::String) => {}
                    _ => return None,
                },
            }
        }
        found
    }

    /// The struct of an object.
    pub(super) fn object(
        &mut self,
        merged: &Merged,
        view: View,
        hint: &NameHint,
        diagnostics: &mut Diagnostics,
    ) -> Struct {
        // Names that fall together are told apart when all types have theirs.
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (wire, schemas) in &merged.properties {
            let directions = schemas
                .iter()
                .map(|&schema| split::directions(self.schemas, schema))
                .fold((false, false), |(read, write), next| {
                    (read || next.read_only, write || next.write_only)
                });
            let left_out = match view {
                View::Sent | View::Form => directions == (true, false),
                View::Received => directions == (false, true),
                View::Shared => false,
            };
            let never = schemas
                .iter()
                .any(|&schema| self.schemas[schema].boolean == Some(false));
            if left_out || never {
                continue;
            }
            let intersection = Intersection::all(self.distinct(schemas));
            let inner = match intersection.single() {
                // Merged once for all the places that refer to it.
                Some(schema) if stands_for_another(&self.schemas[schema]) => self.merger.target(schema),
                _ => self.merger.merge(&intersection),
            };
            let binary = if view == View::Form {
                self.binary(&intersection)
            } else {
                None
            };
            let ty = match binary {
                Some(bytes) => bytes,
                None => self.lower(&intersection, view.below(), &hint.then(wire), 1, diagnostics),
            };
            fields.push(Field {
                name: field_name(wire),
                wire: wire.clone(),
                ty,
                presence: presence(merged.required.contains(wire)),
                docs: docs::docs_of_use(self.schemas, intersection.schemas().next(), &inner),
            });
        }
        let additional_meet =
            (!merged.additional.is_empty()).then(|| Intersection::all(self.distinct(&merged.additional)));
        // What is required but nowhere described is there all the same.
        for wire in merged
            .required
            .iter()
            .filter(|wire| !merged.properties.contains_key(*wire))
        {
            let ty = match &additional_meet {
                Some(intersection) => {
                    self.lower(intersection, view.below(), &hint.then(wire), 1, diagnostics)
                }
                None => Type::Json,
            };
            if let Some(&part) = merged
                .parts
                .iter()
                .find(|&&part| self.schemas[part].required.contains(wire))
            {
                diagnostics.report(rules::REQUIRED_UNDESCRIBED, self.schemas[part].span, &[wire]);
            }
            fields.push(Field {
                name: field_name(wire),
                wire: wire.clone(),
                ty,
                presence: Presence::Required,
                docs: Docs::default(),
            });
        }
        let additional = match &additional_meet {
            Some(intersection) => {
                let ty = self.lower(
                    intersection,
                    view.below(),
                    &hint.then("additional").item(),
                    1,
                    diagnostics,
                );
                Some(("additional_properties".to_owned(), ty))
            }
            None if merged.additional_any && !merged.additional_denied => {
                Some(("additional_properties".to_owned(), Type::Json))
            }
            None => None,
        };
        Struct { fields, additional }
    }
}

fn presence(required: bool) -> Presence {
    if required {
        Presence::Required
    } else {
        Presence::Optional
    }
}
