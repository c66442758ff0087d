//! Finds the type of each value that the generated tests use: examples of the document, and values of the caller.

use super::Lowering;
use crate::model::{Sample, TestValues, Type};
use crate::options::SchemaSamples;
use crate::validate::{Expectations, expectations, validate_examples};
use std::collections::HashSet;

/// The values for the tests in the output; none unless tests are asked for, or if the schemas cannot be compiled.
pub(super) fn test_values(lowering: &mut Lowering<'_>) -> TestValues {
    let options = lowering.options;
    if !options.tests && options.samples.is_empty() {
        return TestValues::default();
    }
    let Some(expectations) = expectations(lowering.reader.document) else {
        return TestValues::default();
    };
    let examples = if options.tests {
        examples(lowering, &expectations)
    } else {
        Vec::new()
    };
    TestValues {
        examples,
        instances: given_samples(lowering, &expectations),
    }
}

/// The valid examples of all schemas, in document order. Invalid examples are reported.
fn examples(lowering: &mut Lowering<'_>, expectations: &[Expectations<'_>]) -> Vec<Sample> {
    let document = lowering.reader.document;
    let mut samples = Vec::new();
    let mut known = HashSet::new();
    for valid in validate_examples(document, expectations, lowering.diagnostics) {
        let ty = lowering.types.find_type(valid.schema, valid.direction);
        let Some(ty) = ty.filter(restricts_values) else {
            continue;
        };
        for (example, permitted) in valid.examples {
            if known.insert((ty.clone(), example.text(), permitted.clone())) {
                samples.push(Sample {
                    ty: ty.clone(),
                    value: example.value,
                    exact: example.exact,
                    schema: document.schemas[valid.schema].pointer.clone(),
                    permitted,
                });
            }
        }
    }
    samples
}

/// The values that the caller gives, for the first schema of each type.
fn given_samples(lowering: &mut Lowering<'_>, expectations: &[Expectations<'_>]) -> Vec<Sample> {
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
        let expectations = expectations.iter().find(|one| one.direction() == *direction);
        samples.extend(values.iter().map(|value| Sample {
            ty: ty.clone(),
            value: value.clone(),
            exact: None,
            schema: schema.clone(),
            permitted: expectations.map_or_else(Default::default, |one| one.permitted(id, value)),
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
