//! Finds the type of each value that the generated tests use: examples of the document, and values of the caller.

use super::Lowering;
use crate::model::{Sample, Type};
use crate::options::SchemaSamples;
use crate::validate::validate_examples;
use std::collections::HashSet;

/// The valid examples of all schemas, in document order. Invalid examples are reported.
pub(super) fn examples(lowering: &mut Lowering<'_>) -> Vec<Sample> {
    if !lowering.options.tests {
        return Vec::new();
    }
    let document = lowering.reader.document;
    let mut samples = Vec::new();
    let mut known = HashSet::new();
    for valid in validate_examples(document, lowering.diagnostics) {
        let ty = lowering.types.find_type(valid.schema, valid.direction);
        let Some(ty) = ty.filter(restricts_values) else {
            continue;
        };
        for example in valid.examples {
            if known.insert((ty.clone(), example.text())) {
                samples.push(Sample {
                    ty: ty.clone(),
                    value: example.value,
                    exact: example.exact,
                    schema: document.schemas[valid.schema].pointer.clone(),
                });
            }
        }
    }
    samples
}

/// The values that the caller gives, for the first schema of each type.
pub(super) fn given_samples(lowering: &mut Lowering<'_>) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut known = HashSet::new();
    for SchemaSamples {
        schema,
        direction,
        values,
    } in &lowering.options.samples
    {
        let Some(&id) = lowering.reader.document.schemas.by_pointer.get(schema) else {
            continue;
        };
        let ty = lowering.types.find_type(id, *direction);
        let Some(ty) = ty.filter(|ty| restricts_values(ty) && known.insert(ty.clone())) else {
            continue;
        };
        samples.extend(values.iter().map(|value| Sample {
            ty: ty.clone(),
            value: value.clone(),
            exact: None,
            schema: schema.clone(),
        }));
    }
    samples
}

/// Whether there are values that the type cannot hold, so that a test of it can fail.
fn restricts_values(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Bytes | Type::File => false,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            restricts_values(inner)
        }
        _ => true,
    }
}
