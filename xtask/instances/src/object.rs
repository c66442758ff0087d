//! What schemas require of an object.

use crate::generator::Bounds;
use indexmap::{IndexMap, IndexSet};
use pingback_codegen::read::schema::{Additional, Schema, SchemaId};

/// The keywords for objects of all schemas that apply to a value.
pub(crate) struct ObjectKeywords<'a> {
    /// For each property, the schemas that its value has to satisfy.
    pub(crate) properties: IndexMap<&'a str, Vec<SchemaId>>,
    pub(crate) required: IndexSet<&'a str>,
    /// The schemas that the values of additional properties have to satisfy.
    pub(crate) additional: Vec<SchemaId>,
    /// `additionalProperties: true`.
    pub(crate) additional_allowed: bool,
    /// `additionalProperties: false`.
    pub(crate) additional_denied: bool,
    /// The number of members.
    pub(crate) count: Bounds,
}

impl<'a> ObjectKeywords<'a> {
    pub(crate) fn of(schemas: &[&'a Schema]) -> Self {
        let mut keywords = Self {
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Vec::new(),
            additional_allowed: false,
            additional_denied: false,
            count: Bounds::of(schemas, |limits| (limits.min_properties, limits.max_properties)),
        };
        for schema in schemas {
            for (name, &property) in &schema.properties {
                keywords.properties.entry(name).or_default().push(property);
            }
            keywords
                .required
                .extend(schema.required.iter().map(String::as_str));
            match schema.additional {
                Additional::Unspecified => {}
                Additional::Any => keywords.additional_allowed = true,
                Additional::Denied => keywords.additional_denied = true,
                Additional::Schema(values) => keywords.additional.push(values),
            }
        }
        keywords
    }

    /// Whether the document allows additional properties, rather than leaving them out.
    pub(crate) fn documents_additional(&self) -> bool {
        self.additional_allowed || !self.additional.is_empty()
    }
}
