//! Finds out from the schemas of a document how a value may change when the generated code decodes and encodes it. The
//! generated types have no part in this, since they are what the values test.

use super::direction::is_property_present;
use super::validator::Validator;
use crate::model::{Direction, Permitted};
use crate::pointer::Pointer;
use crate::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use serde_json::Value;
use std::collections::HashMap;

/// `f64` holds every number of this many digits.
const EXACT_DIGITS: usize = 15;

/// Knows how values of one direction may change.
pub struct Expectations<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    validator: Validator<'a>,
    /// For each schema with a discriminator, the components that extend it with `allOf`.
    children: HashMap<SchemaId, Vec<SchemaId>>,
}

impl<'a> Expectations<'a> {
    /// Prepares the schemas of a document; `None` if they cannot be compiled.
    #[must_use]
    pub fn new(schemas: &'a Schemas, direction: Direction) -> Option<Self> {
        Some(Self {
            schemas,
            direction,
            validator: Validator::new(schemas, direction)?,
            children: children(schemas),
        })
    }

    /// The validator of the same schemas.
    #[must_use]
    pub fn validator(&self) -> &Validator<'a> {
        &self.validator
    }

    /// The direction of the values.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// How a valid value of a schema may change.
    #[must_use]
    pub fn permitted(&self, schema: SchemaId, value: &Value) -> Permitted {
        let mut permitted = Permitted::default();
        self.walk(&[schema], value, &Pointer::default(), &mut permitted);
        permitted
    }

    /// Recursion is bounded by the depth of the value.
    fn walk(&self, schemas: &[SchemaId], value: &Value, at: &Pointer, permitted: &mut Permitted) {
        let applicable = self.applicable(schemas, value);
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let at = at.child(name);
                    match self.member(&applicable, name) {
                        Some(schemas) => self.walk(&schemas, member, &at, permitted),
                        None => permitted.left_out.push(at.0),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let of_item = |schema: &&Schema| schema.prefix_items.get(index).copied().or(schema.items);
                    let schemas: Vec<SchemaId> = applicable.iter().filter_map(of_item).collect();
                    self.walk(&schemas, item, &at.child(index), permitted);
                }
            }
            Value::Number(number) => {
                if is_long(number) && !applicable.iter().any(|schema| names_integers(schema)) {
                    permitted.rounded.push(at.0.clone());
                }
            }
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }

    /// The schemas of a member; `None` if it may be left out, since no schema describes it, or since it is not part of
    /// values of this direction.
    fn member(&self, applicable: &[&Schema], name: &str) -> Option<Vec<SchemaId>> {
        let mut schemas = Vec::new();
        let mut is_described = false;
        for schema in applicable {
            let discriminator = schema.discriminator.as_ref();
            is_described |= discriminator.is_some_and(|discriminator| discriminator.property == name);
            match (schema.properties.get(name), schema.additional) {
                (Some(&property), _) => schemas.push(property),
                (None, Additional::Schema(additional)) => schemas.push(additional),
                (None, Additional::Any) => is_described = true,
                (None, Additional::Denied | Additional::Unspecified) => {}
            }
        }
        let is_present = |&property: &SchemaId| is_property_present(self.schemas, property, self.direction);
        (is_described || !schemas.is_empty()).then_some(())?;
        schemas.iter().all(is_present).then_some(schemas)
    }

    /// The schemas that apply to a value: `roots`, what they refer to, and the branches that the value satisfies.
    fn applicable(&self, roots: &[SchemaId], value: &Value) -> Vec<&'a Schema> {
        let mut found: Vec<SchemaId> = Vec::new();
        let mut open: Vec<SchemaId> = roots.to_vec();
        while let Some(id) = open.pop() {
            if found.contains(&id) {
                continue;
            }
            found.push(id);
            let schema = &self.schemas[id];
            open.extend(&schema.all_of);
            open.extend(schema.reference);
            let children = self.children.get(&id).map_or(&[] as &[SchemaId], Vec::as_slice);
            match self.named_branch(schema, children, value) {
                Some(branch) => open.push(branch),
                None => open.extend(self.satisfied(schema, value)),
            }
        }
        found.into_iter().map(|id| &self.schemas[id]).collect()
    }

    fn satisfied(&self, schema: &Schema, value: &Value) -> impl Iterator<Item = SchemaId> {
        let branches = schema.one_of.iter().chain(&schema.any_of).copied();
        branches.filter(|&branch| self.is_valid(branch, value))
    }

    fn is_valid(&self, schema: SchemaId, value: &Value) -> bool {
        let validator = self.validator.schema(schema);
        validator.is_some_and(|validator| validator.validate(value).is_ok())
    }

    /// The branch, or else the child, that the discriminator of `schema` names.
    fn named_branch(&self, schema: &Schema, children: &[SchemaId], value: &Value) -> Option<SchemaId> {
        let discriminator = schema.discriminator.as_ref()?;
        let tag = value.get(&discriminator.property)?.as_str()?;
        let branches: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        let branches = if branches.is_empty() { children } else { &branches };
        let named = match discriminator.mapping.get(tag) {
            Some(&mapped) => branches.iter().find(|&&branch| self.refers_to(branch, mapped)),
            None => branches.iter().find(|&&branch| self.is_component(branch, tag)),
        };
        named.copied().filter(|&branch| self.is_valid(branch, value))
    }

    fn refers_to(&self, branch: SchemaId, target: SchemaId) -> bool {
        let target = definition(self.schemas, target);
        definition(self.schemas, branch) == target
    }

    fn is_component(&self, branch: SchemaId, name: &str) -> bool {
        let pointer = &self.schemas[definition(self.schemas, branch)].pointer;
        *pointer == Pointer("/components/schemas".to_owned()).child(name)
    }
}

/// The schema at the end of a chain of references.
fn definition(schemas: &Schemas, id: SchemaId) -> SchemaId {
    const MAX_REFERENCES: usize = 8;
    let chain = std::iter::successors(Some(id), |&id| schemas[id].reference);
    chain.take(MAX_REFERENCES).last().unwrap_or(id)
}

/// For each schema with a discriminator but no branches, the components that extend it.
fn children(schemas: &Schemas) -> HashMap<SchemaId, Vec<SchemaId>> {
    let mut children: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let is_parent = |schema: &Schema| {
        schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty()
    };
    for (id, schema) in schemas.iter() {
        let name = schema.pointer.0.strip_prefix("/components/schemas/");
        if schema.all_of.is_empty() || name.is_none_or(|name| name.contains('/')) {
            continue;
        }
        for ancestor in schemas.with_all_of(id) {
            if ancestor != id && is_parent(&schemas[ancestor]) {
                children.entry(ancestor).or_default().push(id);
            }
        }
    }
    children
}

/// Whether `f64` may not hold all digits of a number.
fn is_long(number: &serde_json::Number) -> bool {
    let text = number.to_string();
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    mantissa.bytes().filter(u8::is_ascii_digit).count() > EXACT_DIGITS
}

/// Whether the schema names integers, so that all digits of one count.
fn names_integers(schema: &Schema) -> bool {
    let has_integer_format = matches!(schema.format.as_deref(), Some("int32" | "int64"));
    let is_number = schema.types.contains(&JsonType::Number);
    schema.types.contains(&JsonType::Integer) || (is_number && has_integer_format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::read::document;
    use crate::source::Sources;
    use serde_json::json;

    /// What of a value of the first schema may be left out, and what may be rounded.
    fn permitted(schemas: &str, direction: Direction, value: &Value) -> (Vec<String>, Vec<String>) {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        let mut sources = Sources::default();
        let source = sources.add("t.yaml", text);
        let document = document::read(source, &sources, &mut Diagnostics::default()).expect("a document");
        let expectations = Expectations::new(&document.schemas, direction).expect("schemas");
        let permitted = expectations.permitted(SchemaId(0), value);
        (permitted.left_out, permitted.rounded)
    }

    fn left_out(schemas: &str, value: &Value) -> Vec<String> {
        permitted(schemas, Direction::Received, value).0
    }

    #[test]
    fn members_that_no_schema_describes_may_be_left_out() {
        let schema = "A: {type: object, properties: {a: {type: array, items: {$ref: '#/components/schemas/B'}}, c: {}}}, B: {allOf: [{properties: {b: {type: string}}}]}";
        let value = json!({ "a": [{ "b": "x", "x/y": 1 }], "c": { "d": 1 }, "e": 2 });
        assert_eq!(left_out(schema, &value), ["/a/0/x~1y", "/c/d", "/e"]);
        for additional in ["true", "{}", "{type: integer}"] {
            let open = format!("A: {{type: object, additionalProperties: {additional}}}");
            assert_eq!(left_out(&open, &json!({ "a": 1 })), [""; 0], "{additional}");
        }
    }

    #[test]
    fn read_only_members_are_not_sent() {
        let schema = "A: {type: object, properties: {a: {type: string, readOnly: true}, b: {type: string, writeOnly: true}}}";
        let value = json!({ "a": "x", "b": "y" });
        assert_eq!(permitted(schema, Direction::Sent, &value).0, ["/a"]);
        assert_eq!(permitted(schema, Direction::Received, &value).0, ["/b"]);
    }

    #[test]
    fn a_member_is_read_only_by_any_part_of_its_schema() {
        let schema = "A: {type: object, properties: {a: {allOf: [{type: object}, {readOnly: true}]}, b: {readOnly: true, writeOnly: true}}}";
        let value = json!({ "a": {}, "b": 1 });
        assert_eq!(permitted(schema, Direction::Sent, &value).0, ["/a"]);
        assert_eq!(permitted(schema, Direction::Received, &value).0, [""; 0]);
    }

    #[test]
    fn all_branches_that_a_value_satisfies_describe_it() {
        let branches = "B: {type: object, required: [b], properties: {b: {type: integer}}}, C: {type: object, properties: {c: {type: integer}}}";
        let union = "A: {anyOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}";
        let schemas = format!("{union}, {branches}");
        assert_eq!(left_out(&schemas, &json!({ "b": 1, "c": 2 })), [""; 0]);
        assert_eq!(left_out(&schemas, &json!({ "b": "1", "c": 2 })), ["/b"]);
    }

    #[test]
    fn a_discriminator_names_the_branch() {
        let branches = "B: {type: object, properties: {b: {type: integer}}}, C: {type: object, properties: {c: {type: integer}}}";
        let union = "A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: kind, mapping: {see: C}}}";
        let schemas = format!("{union}, {branches}");
        assert_eq!(
            left_out(&schemas, &json!({ "kind": "B", "b": 1, "c": 2 })),
            ["/c"]
        );
        assert_eq!(
            left_out(&schemas, &json!({ "kind": "see", "b": 1, "c": 2 })),
            ["/b"]
        );
    }

    #[test]
    fn a_discriminator_names_the_child() {
        let parent = "A: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {bee: '#/components/schemas/B'}}}";
        let children = "B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: integer}}}]}, C: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {c: {type: integer}}}]}";
        let schemas = format!("{parent}, {children}");
        let value = |kind: &str| json!({ "kind": kind, "b": 1, "c": 2 });
        assert_eq!(left_out(&schemas, &value("bee")), ["/c"]);
        assert_eq!(left_out(&schemas, &value("C")), [""; 0]);
        assert_eq!(left_out(&schemas, &value("other")), ["/b", "/c"]);
    }

    #[test]
    fn numbers_without_an_integer_format_may_be_rounded() {
        let schema = "A: {type: object, properties: {a: {type: number}, b: {type: integer}, c: {oneOf: [{type: integer}, {type: number}]}, d: {type: number, format: int64}, e: {}}}";
        let digits = 9_007_199_254_740_993_u64;
        let value = json!({ "a": digits, "b": digits, "c": digits, "d": digits, "e": digits });
        assert_eq!(permitted(schema, Direction::Received, &value).1, ["/a", "/e"]);
        assert_eq!(
            permitted(schema, Direction::Received, &json!({ "a": 1e3 })).1,
            [""; 0]
        );
    }
}
