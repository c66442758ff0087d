//! Validates the examples of a document, and reports those that their schemas do not allow.

mod cost;
mod direction;
mod expectation;
mod validator;

pub use direction::{directions, is_property_present};
pub use expectation::Expectations;
pub use validator::{Mismatch, SchemaValidator, Validator};

use self::cost::is_within_budget;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Direction, Permitted};
use crate::read::Document;
use crate::read::media_types::{essence, is_json};
use crate::read::schema::{Literal, SchemaId};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use serde_json::Value;

/// The deepest nesting of an example that is validated, since the validator is recursive.
const MAX_DEPTH: usize = 100;

/// The examples of a schema that are valid for one direction.
pub(crate) struct ValidExamples {
    pub(crate) schema: SchemaId,
    pub(crate) direction: Direction,
    /// Each with how it may change when it is decoded and encoded.
    pub(crate) examples: Vec<(Literal, Permitted)>,
}

/// The expectations of received and sent values; `None` if the schemas cannot be compiled.
pub(crate) fn expectations(document: &Document) -> Option<[Expectations<'_>; 2]> {
    let schemas = &document.schemas;
    let received = Expectations::new(schemas, Direction::Received)?;
    let sent = Expectations::new(schemas, Direction::Sent)?;
    Some([received, sent])
}

/// Reports the examples that are valid for no direction that their schema is used for.
pub(crate) fn report_invalid_examples(document: &Document, diagnostics: &mut Diagnostics) {
    if let Some(expectations) = expectations(document) {
        validate_examples(document, &expectations, diagnostics);
    }
}

/// Validates all examples, in document order. An example is reported if it is valid for no direction that its schema
/// is used for.
pub(crate) fn validate_examples(
    document: &Document,
    expectations: &[Expectations<'_>],
    diagnostics: &mut Diagnostics,
) -> Vec<ValidExamples> {
    let schemas = &document.schemas;
    let mut valid = Vec::new();
    // Examples that are JSON written as strings.
    let mut json_texts: Vec<Span> = Vec::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
        let mut examples: Vec<Literal> = schema.examples.clone();
        examples.extend(examples_beside(document, &schema.pointer));
        examples.retain(|example| {
            is_within_depth(&example.value, MAX_DEPTH) && is_within_budget(schemas, id, &example.value)
        });
        if examples.is_empty() {
            continue;
        }
        let possible = directions(&schema.pointer);
        let expectations = expectations
            .iter()
            .filter(|one| possible.contains(&one.direction()));
        let validators: Vec<(&Expectations<'_>, SchemaValidator<'_>)> = expectations
            .filter_map(|one| Some((one, one.validator().schema(id)?)))
            .collect();
        let mut valid_by_direction = without_examples(id, &validators);
        for mut example in examples {
            let mut mismatches = validate(&validators, &example.value);
            if first_if_all_fail(&mismatches).is_some()
                && let Some(value) = parse_json_text(&example.value)
            {
                json_texts.push(example.span);
                mismatches = validate(&validators, &value);
                example.value = value;
            }
            if let Some(mismatch) = first_if_all_fail(&mismatches) {
                diagnostics.push(invalid(document, &example, mismatch));
            }
            let results = valid_by_direction.iter_mut().zip(&validators).zip(&mismatches);
            for ((valid, (expectations, _)), _) in results.filter(|(_, mismatch)| mismatch.is_none()) {
                let permitted = expectations.permitted(id, &example.value);
                valid.examples.push((example.clone(), permitted));
            }
        }
        valid.extend(
            valid_by_direction
                .into_iter()
                .filter(|valid| !valid.examples.is_empty()),
        );
    }
    if let Some(first) = json_texts.first() {
        diagnostics.report(rules::EXAMPLE_TEXT, *first, &[&json_texts.len()]);
    }
    valid
}

/// A list for the valid examples of each direction, still empty.
fn without_examples(
    schema: SchemaId,
    validators: &[(&Expectations<'_>, SchemaValidator<'_>)],
) -> Vec<ValidExamples> {
    let lists = validators.iter().map(|(expectations, _)| ValidExamples {
        schema,
        direction: expectations.direction(),
        examples: Vec::new(),
    });
    lists.collect()
}

fn validate(validators: &[(&Expectations<'_>, SchemaValidator<'_>)], value: &Value) -> Vec<Option<Mismatch>> {
    let mismatch =
        |(_, validator): &(&Expectations<'_>, SchemaValidator<'_>)| validator.validate(value).err();
    validators.iter().map(mismatch).collect()
}

fn is_within_depth(value: &Value, max_depth: usize) -> bool {
    let Some(max_depth) = max_depth.checked_sub(1) else {
        return false;
    };
    match value {
        Value::Array(items) => items.iter().all(|item| is_within_depth(item, max_depth)),
        Value::Object(members) => members.values().all(|member| is_within_depth(member, max_depth)),
        _ => true,
    }
}

fn first_if_all_fail(mismatches: &[Option<Mismatch>]) -> Option<&Mismatch> {
    let first = mismatches.first()?.as_ref();
    first.filter(|_| mismatches.iter().all(Option::is_some))
}

fn invalid(document: &Document, example: &Literal, mismatch: &Mismatch) -> Diagnostic {
    let finding = Diagnostic::new(rules::EXAMPLE_INVALID, example.span, &[mismatch])
        .about(document.tree.pointer_at(example.span).0);
    let Some((schema, keyword)) = &mismatch.keyword else {
        return finding;
    };
    let schema = &document.schemas[*schema];
    let span = document.span(&schema.pointer.child(keyword));
    finding.related(span.unwrap_or(schema.span), "the schema that does not allow it")
}

/// The object or array that a string holds as JSON: some tools write examples like this.
fn parse_json_text(example: &Value) -> Option<Value> {
    let text = example.as_str()?;
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

/// Whether content of a media type is a form, URL-encoded or multipart.
fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/")
}

/// The `example` and `examples` of the parameter or media type that has the schema at `pointer`. Media types that are
/// neither JSON nor a form are left out, and so are headers: their examples are texts, even if the schema has another type.
fn examples_beside(document: &Document, pointer: &Pointer) -> Vec<Literal> {
    let segments: Vec<_> = pointer.segments().collect();
    let parent = match segments.as_slice() {
        [.., content, media_type, schema] if content == "content" && schema == "schema" => {
            is_json(media_type) || is_form(media_type)
        }
        [.., parameters, _, schema] => parameters == "parameters" && schema == "schema",
        _ => false,
    };
    let Some(parent) = pointer.0.strip_suffix("/schema").filter(|_| parent) else {
        return Vec::new();
    };
    let parent = Pointer(parent.to_owned());
    let Some(node) = document.node(&parent) else {
        return Vec::new();
    };
    let mut examples: Vec<Literal> = node.get("example").map(Literal::of).into_iter().collect();
    let named = node.get("examples").and_then(Node::as_object);
    for name in named.into_iter().flatten().map(|(name, _)| name) {
        let value = parent.child("examples").child(name).child("value");
        examples.extend(document.node(&value).map(Literal::of));
    }
    examples
}
