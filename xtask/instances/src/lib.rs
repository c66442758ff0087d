//! Generates random values of the schemas of an OpenAPI document. `pingback_codegen` puts them into the tests of
//! the generated crate, which decode each value and compare what they encode with it.
//!
//! The same document, options and version of this crate give the same values on every machine.

mod applicable;
mod generator;
mod number;
mod object;
mod rng;
mod text;

use generator::InstanceGenerator;
use pingback_codegen::lower::types::Inheritance;
use pingback_codegen::model::Direction;
use pingback_codegen::options::SchemaSamples;
use pingback_codegen::pointer::Pointer;
use pingback_codegen::read::Document;
use pingback_codegen::read::schema::{Schema, SchemaId, Schemas};
use pingback_codegen::validate::{SchemaValidator, Validator, directions};
use serde_json::Value;
use std::collections::HashSet;

/// How many values are tried for each requested one: some turn out to be invalid or repeat another.
const ATTEMPTS: usize = 8;

/// How many references are followed from one schema to the next.
const MAX_REFERENCES: usize = 8;

/// How many values to generate, and the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceOptions {
    /// How many values each schema gets.
    pub per_schema: usize,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// The values of all schemas of a document.
#[derive(Debug, Clone, Default)]
pub struct Instances {
    /// Valid values, for [`Options::samples`](pingback_codegen::options::Options::samples).
    pub samples: Vec<SchemaSamples>,
    /// How many values were generated that are invalid; they are left out.
    pub invalid: usize,
    /// The schemas without a valid value.
    pub failures: Vec<Failure>,
}

/// A schema of which no valid value was generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The schema.
    pub schema: Pointer,
    /// Why the last value is invalid; `None` if there was no value.
    pub reason: Option<String>,
}

/// Generates values of each schema that describes a whole value: components, and the schemas of bodies, parameters
/// and headers.
#[must_use]
pub fn generate(document: &Document, options: InstanceOptions) -> Instances {
    let inheritance = Inheritance::new(&document.schemas);
    let schemas = inheritance.schemas();
    let mut instances = Instances::default();
    for direction in [Direction::Received, Direction::Sent] {
        let Some(validator) = Validator::new(schemas, direction) else {
            return instances;
        };
        let mut covered = HashSet::new();
        for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
            if !describes_whole_value(&schema.pointer)
                || !directions(&schema.pointer).contains(&direction)
                || !covered.insert(definition(schemas, id))
            {
                continue;
            }
            let generated = match validator.schema(id) {
                Some(validator) => {
                    let generator =
                        InstanceGenerator::new(schemas, direction, options.seed, &schema.pointer.0);
                    valid_values(generator, id, options.per_schema, &validator)
                }
                None => ValidValues {
                    reason: Some("the schema cannot be compiled for validation".to_owned()),
                    ..ValidValues::default()
                },
            };
            instances.invalid += generated.invalid;
            if generated.values.is_empty() {
                instances.failures.push(Failure {
                    schema: schema.pointer.clone(),
                    reason: generated.reason,
                });
            }
            instances.samples.push(SchemaSamples {
                schema: schema.pointer.clone(),
                direction,
                values: generated.values,
            });
        }
    }
    instances
}

/// The valid values of one schema.
#[derive(Default)]
struct ValidValues {
    values: Vec<Value>,
    /// How many values were invalid.
    invalid: usize,
    /// Why the last of these is invalid.
    reason: Option<String>,
}

/// Generates values, all different, until there are `count` valid ones or too many attempts.
fn valid_values(
    mut generator: InstanceGenerator<'_>,
    schema: SchemaId,
    count: usize,
    validator: &SchemaValidator<'_>,
) -> ValidValues {
    let mut generated = ValidValues::default();
    let mut known = HashSet::new();
    for attempt in 0..count.saturating_mul(ATTEMPTS) {
        if generated.values.len() >= count {
            break;
        }
        let Some(value) = generator.generate(schema, attempt) else {
            continue;
        };
        match validator.validate(&value) {
            Err(mismatch) => {
                generated.invalid += 1;
                generated.reason = Some(mismatch.to_string());
            }
            Ok(()) if known.insert(value.to_string()) => generated.values.push(value),
            Ok(()) => {}
        }
    }
    generated
}

/// Whether a schema is a component, or the schema of a body, a parameter or a header.
fn describes_whole_value(pointer: &Pointer) -> bool {
    match pointer.0.strip_prefix("/components/schemas/") {
        Some(name) => !name.contains('/'),
        None => pointer.0.ends_with("/schema"),
    }
}

/// The schema that `id` refers to if it is a `$ref` and nothing else, which thus has the same type.
fn definition(schemas: &Schemas, id: SchemaId) -> SchemaId {
    let mut definition = id;
    for _ in 0..MAX_REFERENCES {
        let schema = &schemas[definition];
        let Some(target) = schema.reference else { break };
        let mut only_reference = Schema::empty(schema.pointer.clone(), schema.span);
        only_reference.reference = Some(target);
        if *schema != only_reference {
            break;
        }
        definition = target;
    }
    definition
}
