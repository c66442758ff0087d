//! The examples of a document in, [`Sample`]s out: those that are valid, with the types they are examples of.
//! Reports the others. And [`Instances`]: values made up, as many as are asked for.

use super::Lowering;
use super::instances::Maker;
use super::types::Direction;
use super::validity::Judge;
use crate::diagnostic::rules;
use crate::lower::media_types::{is_form, is_json};
use crate::model::{Instances, Sample, Type};
use crate::options::InstanceOptions;
use crate::read::schema::{Literal, SchemaId};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use serde_json::Value;
use std::collections::HashSet;

/// Everything is an example of any JSON, and says nothing.
fn says_something(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Bytes | Type::File => false,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            says_something(inner)
        }
        _ => true,
    }
}

/// A value that is refused is made again, so many times over.
const ATTEMPTS: usize = 8;

/// Makes up values of all schemas that stand for a whole: components, and what is sent or received inline. Types
/// that have been served are not served again.
pub(super) fn instances(lowering: &mut Lowering<'_>, options: InstanceOptions) -> Instances {
    let schemas = &lowering.reader.document.schemas;
    let mut instances = Instances::default();
    let mut seen = HashSet::new();
    for direction in [Direction::Received, Direction::Sent] {
        let Some(judge) = Judge::new(schemas, direction) else {
            return instances;
        };
        for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
            let name = &schema.pointer;
            if !is_whole(name) || !directions(name).contains(&direction) {
                continue;
            }
            let Some(ty) = lowering.types.find_type(id, direction).filter(says_something) else {
                continue;
            };
            if !seen.insert(ty.clone()) {
                continue;
            }
            let Some(check) = judge.of(id) else {
                let why = Some("the validator does not take the schema".to_owned());
                instances.without.push((name.clone(), why));
                continue;
            };
            let mut last_fault = None;
            let mut maker = Maker::new(schemas, direction, options.seed, &name.0);
            let mut made = HashSet::new();
            for number in 0..options.each.saturating_mul(ATTEMPTS) {
                if made.len() >= options.each {
                    break;
                }
                let Some(value) = maker.make(id, number) else {
                    continue;
                };
                if let Some(fault) = check.fault(&value) {
                    instances.refused += 1;
                    last_fault = Some(fault);
                } else if made.insert(value.to_string()) {
                    instances.list.push(Sample {
                        ty: ty.clone(),
                        value,
                        exact: None,
                        schema: name.clone(),
                    });
                }
            }
            if made.is_empty() {
                instances.without.push((name.clone(), last_fault));
            }
        }
    }
    instances
}

/// Is it a component, or the schema of a body, a parameter or a header?
fn is_whole(pointer: &Pointer) -> bool {
    match pointer.0.strip_prefix("/components/schemas/") {
        Some(name) => !name.contains('/'),
        None => pointer.0.ends_with("/schema"),
    }
}

/// Collects the samples of all schemas, in document order.
pub(super) fn samples(lowering: &mut Lowering<'_>) -> Vec<Sample> {
    let document = lowering.reader.document;
    let mut judges = Vec::new();
    for direction in [Direction::Received, Direction::Sent] {
        let Some(judge) = Judge::new(&document.schemas, direction) else {
            return Vec::new();
        };
        judges.push((direction, judge));
    }
    let mut samples = Vec::new();
    let mut seen = HashSet::new();
    // Examples that are texts with JSON in them.
    let mut texts: Vec<Span> = Vec::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&document.schemas.list) {
        let mut examples: Vec<Literal> = schema.examples.clone();
        examples.extend(around(lowering, &schema.pointer));
        if examples.is_empty() {
            continue;
        }
        let decide = |examples: &[Literal]| -> Vec<(Direction, Vec<Option<String>>)> {
            let values: Vec<_> = examples.iter().map(|example| &example.value).collect();
            judges
                .iter()
                .filter(|(direction, _)| directions(&schema.pointer).contains(direction))
                .filter_map(|(direction, judge)| Some((*direction, judge.faults(id, &values)?)))
                .collect()
        };
        let mut verdicts = decide(&examples);
        let mut unpacked = false;
        for (index, example) in examples.iter_mut().enumerate() {
            let faulty = !verdicts.is_empty() && verdicts.iter().all(|(_, faults)| faults[index].is_some());
            if faulty && let Some(value) = held(&example.value) {
                example.value = value;
                texts.push(example.span);
                unpacked = true;
            }
        }
        if unpacked {
            verdicts = decide(&examples);
        }
        for (direction, faults) in &verdicts {
            if faults.iter().all(Option::is_some) {
                continue;
            }
            let Some(ty) = lowering.types.find_type(id, *direction).filter(says_something) else {
                continue;
            };
            for (example, _) in examples.iter().zip(faults).filter(|(_, fault)| fault.is_none()) {
                if seen.insert((ty.clone(), example.text())) {
                    samples.push(Sample {
                        ty: ty.clone(),
                        value: example.value.clone(),
                        exact: example.exact.clone(),
                        schema: schema.pointer.clone(),
                    });
                }
            }
        }
        for (index, example) in examples.iter().enumerate() {
            let mut faults = verdicts.iter().map(|(_, faults)| faults[index].as_ref());
            let Some(Some(fault)) = faults.next() else {
                continue;
            };
            if faults.all(|fault| fault.is_some()) {
                lowering
                    .diagnostics
                    .report(rules::EXAMPLE_INVALID, example.span, &[fault]);
            }
        }
    }
    if let Some(first) = texts.first() {
        lowering
            .diagnostics
            .report(rules::EXAMPLE_TEXT, *first, &[&texts.len()]);
    }
    samples
}

/// The object or array that a text holds, as some tools write examples.
fn held(example: &Value) -> Option<Value> {
    let text = example.as_str()?;
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

/// Which way the values of a schema travel, by where it stands. A component may be used for both.
fn directions(pointer: &Pointer) -> &'static [Direction] {
    if pointer.0.starts_with("/components/schemas/") {
        return &[Direction::Received, Direction::Sent];
    }
    for segment in pointer.segments() {
        match segment.as_str() {
            "responses" | "headers" => return &[Direction::Received],
            "requestBody" | "requestBodies" | "parameters" => return &[Direction::Sent],
            _ => {}
        }
    }
    &[Direction::Received, Direction::Sent]
}

/// The examples that stand beside a schema: in a parameter, or in a media type that is JSON or a form.
fn around(lowering: &Lowering<'_>, pointer: &Pointer) -> Vec<Literal> {
    let segments: Vec<_> = pointer.segments().collect();
    let [before @ .., last] = segments.as_slice() else {
        return Vec::new();
    };
    let beside = match before {
        // What a form holds is told as JSON.
        [.., content, media_type] if content == "content" => is_json(media_type) || is_form(media_type),
        // A header's examples are texts, as a parameter's may be; a text that is meant for the wire is no JSON.
        [.., parameters, _] => parameters == "parameters",
        _ => false,
    };
    if last != "schema" || !beside {
        return Vec::new();
    }
    let parent = Pointer(pointer.0.strip_suffix("/schema").unwrap_or_default().to_owned());
    let Some((parent, node)) = lowering.reader.resolve(&parent) else {
        return Vec::new();
    };
    let mut examples: Vec<Literal> = node.get("example").map(Literal::of).into_iter().collect();
    let named = node.get("examples").and_then(Node::as_object);
    for name in named.into_iter().flatten().map(|(name, _)| name) {
        let at = parent.child("examples").child(name).child("value");
        if let Some((_, node)) = lowering.reader.resolve(&at) {
            examples.push(Literal::of(node));
        }
    }
    examples
}
