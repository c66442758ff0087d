//! Estimates how long the validation of a value takes. With a recursive union it may take time that is exponential in
//! the nesting of the value, since each branch validates all that is inside.

use crate::read::schema::{Additional, SchemaId, Schemas};
use serde_json::Value;
use std::collections::HashMap;

/// A value that needs more steps is not validated. A step takes less than a microsecond, and the errors of nested unions
/// may need each step several times.
const MAX_STEPS: u64 = 200_000;

/// Whether a value can be validated in reasonable time.
pub(super) fn is_within_budget(schemas: &Schemas, schema: SchemaId, value: &Value) -> bool {
    let mut counter = StepCounter {
        schemas,
        known: HashMap::new(),
    };
    counter.steps(schema, value) <= MAX_STEPS
}

/// Counts how often a validator compares a value with a schema. Each pair is counted once, so that counting is quick
/// where validation is not.
struct StepCounter<'s> {
    schemas: &'s Schemas,
    known: HashMap<(SchemaId, *const Value), u64>,
}

impl StepCounter<'_> {
    fn steps(&mut self, id: SchemaId, value: &Value) -> u64 {
        let key = (id, std::ptr::from_ref(value));
        if let Some(&steps) = self.known.get(&key) {
            return steps;
        }
        // A schema that refers to itself for the same value adds nothing.
        self.known.insert(key, 0);
        let own = self.steps_of_parts(id, value);
        let inner = self.steps_inside(id, value);
        let steps = 1u64.saturating_add(own).saturating_add(inner);
        self.known.insert(key, steps);
        steps
    }

    /// The steps for the schemas that apply to the same value.
    fn steps_of_parts(&mut self, id: SchemaId, value: &Value) -> u64 {
        let schema = &self.schemas[id];
        let parts = schema
            .reference
            .iter()
            .chain(&schema.all_of)
            .chain(&schema.any_of)
            .chain(&schema.one_of);
        let steps = parts.fold(0u64, |sum, &part| sum.saturating_add(self.steps(part, value)));
        match (&schema.additional, value) {
            // Which members are left over depends on the parts, so each member validates them again.
            (Additional::Denied | Additional::Schema(_), Value::Object(members)) => {
                steps.saturating_mul(1 + members.len() as u64)
            }
            _ => steps,
        }
    }

    /// The steps for items and members.
    fn steps_inside(&mut self, id: SchemaId, value: &Value) -> u64 {
        let schema = &self.schemas[id];
        let mut sum = 0u64;
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(&schema) = schema.prefix_items.get(index).or(schema.items.as_ref()) {
                        sum = sum.saturating_add(self.steps(schema, item));
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let additional = match &schema.additional {
                        Additional::Schema(additional) => Some(additional),
                        _ => None,
                    };
                    if let Some(&schema) = schema.properties.get(name).or(additional) {
                        sum = sum.saturating_add(self.steps(schema, member));
                    }
                }
            }
            _ => {}
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::document;
    use crate::source::Sources;
    use serde_json::json;

    fn is_within(schemas: &str, value: &Value) -> bool {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        let document = document::read(source, &sources, &mut Diagnostics::default()).expect("a document");
        is_within_budget(&document.schemas, SchemaId(0), value)
    }

    fn nested(depth: usize) -> Value {
        (0..depth).fold(json!({}), |inner, _| json!({ "next": inner }))
    }

    #[test]
    fn a_recursive_union_is_within_the_budget_up_to_some_depth() {
        let schemas = "N: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}, \
                       A: {properties: {next: {$ref: '#/components/schemas/N'}}}, \
                       B: {properties: {next: {$ref: '#/components/schemas/N'}}}";
        assert!(is_within(schemas, &nested(10)));
        assert!(!is_within(schemas, &nested(30)));
    }

    #[test]
    fn other_recursive_schemas_are_within_the_budget_at_any_depth() {
        let schemas = "N: {properties: {next: {$ref: '#/components/schemas/N'}}}";
        assert!(is_within(schemas, &nested(90)));
    }

    #[test]
    fn a_schema_that_is_its_own_part_is_counted_once() {
        let schemas = "N: {allOf: [{$ref: '#/components/schemas/N'}]}";
        assert!(is_within(schemas, &nested(1)));
    }

    #[test]
    fn members_that_are_left_over_validate_the_parts_again() {
        let schemas = "N: {additionalProperties: false, allOf: [{properties: {next: {$ref: '#/components/schemas/N'}}}]}";
        assert!(is_within(schemas, &nested(10)));
        assert!(!is_within(schemas, &nested(40)));
    }
}
