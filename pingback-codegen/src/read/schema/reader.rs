//! Reads schema objects into [`Schemas`]. OpenAPI 3.0 and 3.1 are read alike: each keyword means the same in both, and
//! documents mix them.

use super::super::members::MemberReader;
use super::super::number::Number;
use super::super::suggestion::closest_reference;
use super::super::tree::{Node, Pointer, Value};
use super::references::PendingReference;
use super::types::Version;
use super::{Additional, Literal, Schema, SchemaId, Schemas};
use super::{compositions, conditional, enumeration, inferred_type, references, types};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;
use std::collections::VecDeque;

/// All keywords of a schema object.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "$ref", "$schema", "$comment", "$defs", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor",
    "$recursiveRef", "$recursiveAnchor", "$vocabulary", "definitions", "type", "nullable", "format",
    "title", "description", "default", "example", "examples", "enum", "const", "properties",
    "patternProperties", "required", "additionalProperties", "unevaluatedProperties", "items",
    "prefixItems", "additionalItems", "unevaluatedItems", "allOf", "anyOf", "oneOf", "not", "if", "then",
    "else", "contains", "minContains", "maxContains", "propertyNames", "dependentSchemas",
    "dependentRequired", "dependencies", "discriminator", "readOnly", "writeOnly", "deprecated",
    "uniqueItems", "contentEncoding", "contentMediaType", "contentSchema", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems",
    "maxItems", "minProperties", "maxProperties", "xml", "externalDocs",
];

/// Reads schemas one by one. [`SchemaReader::finish`] resolves the references between them.
pub(in crate::read) struct SchemaReader<'a> {
    pub(in crate::read) members: MemberReader<'a>,
    /// The whole document.
    pub(in crate::read) root: &'a Node,
    version: Version,
    pub(super) schemas: Schemas,
    /// References whose targets may not have been read yet.
    pub(super) pending: VecDeque<PendingReference<'a>>,
    /// How many more missing targets get a suggestion. Finding one takes long in a large document.
    suggestions_left: u32,
}

impl<'a> SchemaReader<'a> {
    pub(in crate::read) fn new(members: MemberReader<'a>, root: &'a Node) -> Self {
        Self {
            members,
            root,
            version: Version::of(root),
            schemas: Schemas::default(),
            pending: VecDeque::new(),
            suggestions_left: 100,
        }
    }

    /// Reads the schema object at `pointer` and those inside it. Returns the known id if it was read before. Recursion
    /// is bounded by [`MAX_DEPTH`](super::super::tree_rules::MAX_DEPTH).
    pub(in crate::read) fn read(&mut self, node: &'a Node, pointer: &Pointer) -> Option<SchemaId> {
        if let Some(id) = self.schemas.by_pointer.get(pointer) {
            return Some(*id);
        }
        let id = SchemaId(u32::try_from(self.schemas.list.len()).ok()?);
        // Reserves the place before those of the inner schemas.
        let mut schema = Schema::empty(pointer.clone(), node.span);
        self.schemas.list.push(schema.clone());
        self.schemas.by_pointer.insert(pointer.clone(), id);
        match &node.value {
            Value::Bool(value) => schema.boolean = Some(*value),
            Value::Object(_) => self.read_keywords(node, id, &mut schema),
            _ => {
                let key = pointer.segments().last().unwrap_or_default();
                self.members.report_coerced(&key, "a schema", node, "{}");
            }
        }
        self.schemas.list[id.0 as usize] = schema;
        Some(id)
    }

    /// Resolves all references and returns the schemas.
    pub(in crate::read) fn finish(mut self) -> Schemas {
        references::resolve_pending(&mut self);
        references::remove_cycles(&mut self.schemas, self.root, self.members.diagnostics);
        conditional::add_conditional_members(&mut self.schemas);
        inferred_type::infer_types(&mut self.schemas, self.root, self.members.diagnostics);
        self.schemas
    }

    /// Reports a reference whose target does not exist.
    pub(in crate::read) fn report_missing(&mut self, text: &str, pointer: &Pointer, span: Span) {
        let mut diagnostic = Diagnostic::new(rules::REF_MISSING, span, &[&text]);
        if self.suggestions_left > 0
            && let Some(closest) = closest_reference(self.root, pointer)
        {
            diagnostic = diagnostic.hint(format!("did you mean `{closest}`?"));
        }
        self.suggestions_left = self.suggestions_left.saturating_sub(1);
        self.members.diagnostics.push(diagnostic);
    }

    fn read_keywords(&mut self, node: &'a Node, id: SchemaId, schema: &mut Schema) {
        self.members.report_unknown_members(node, "a schema", KEYWORDS);
        references::read_reference(self, node, id);
        types::read_types(&mut self.members, node, self.version, schema);
        let is_nullable = schema.nullable;
        enumeration::read_enumeration(&mut self.members, node, schema);
        schema.or_null = is_nullable && schema.types.is_empty() && schema.enumeration.is_none();
        read_annotations(&mut self.members, node, schema);
        read_constraints(&mut self.members, node, schema);
        self.read_object_keywords(node, schema);
        self.read_array_keywords(node, schema);
        compositions::read_compositions(self, node, schema);
        compositions::read_discriminator(self, node, id, schema);
        self.read_conditions(node, schema);
        self.read_other_schemas(node, &schema.pointer);
    }

    fn read_conditions(&mut self, node: &'a Node, schema: &mut Schema) {
        let mut read = |key| {
            let value = node.get_non_null(key)?;
            self.read(value, &schema.pointer.child(key))
        };
        schema.condition = read("if");
        schema.consequences = [read("then"), read("else")].into_iter().flatten().collect();
        let dependent = self.read_map(node, &schema.pointer, "dependentSchemas");
        schema
            .consequences
            .extend(dependent.into_iter().map(|(_, id)| id));
    }

    fn read_object_keywords(&mut self, node: &'a Node, schema: &mut Schema) {
        schema.properties = self
            .read_map(node, &schema.pointer, "properties")
            .into_iter()
            .collect();
        match node.get_non_null("required") {
            Some(value) if value.as_bool().is_some() => {
                let flag = value.as_bool() == Some(true);
                self.members.report(rules::REQUIRED_FLAG, value, &[&flag]);
            }
            _ => schema.required = self.members.strings(node, "required").into_iter().collect(),
        }
        schema.additional = self.read_additional(node, &schema.pointer);
    }

    fn read_array_keywords(&mut self, node: &'a Node, schema: &mut Schema) {
        let pointer = &schema.pointer;
        schema.prefix_items = self.read_list(node, pointer, "prefixItems");
        let Some(items) = node.get_non_null("items") else {
            return;
        };
        if items.as_array().is_some() {
            self.members
                .report_coerced("items", "a schema", items, "prefixItems");
            schema.prefix_items.extend(self.read_list(node, pointer, "items"));
        } else {
            schema.items = self.read(items, &pointer.child("items"));
        }
    }

    /// Merges the keywords for properties that are not listed.
    fn read_additional(&mut self, node: &'a Node, pointer: &Pointer) -> Additional {
        let additional = self.read_additional_keyword(node, pointer, "additionalProperties");
        let unevaluated = self.read_additional_keyword(node, pointer, "unevaluatedProperties");
        let patterns = self.read_map(node, pointer, "patternProperties");
        let additional = match additional {
            Additional::Unspecified => unevaluated,
            _ => additional,
        };
        match (patterns.as_slice(), additional) {
            ([], _) => additional,
            // JSON Schema would allow any other property here, which authors hardly ever intend.
            ([(_, only)], Additional::Unspecified | Additional::Denied) => Additional::Schema(*only),
            _ => {
                let span = node.entry("patternProperties").map(|entry| entry.key_span);
                self.members
                    .diagnostics
                    .report(rules::MIXED_ADDITIONAL, span, &[]);
                Additional::Any
            }
        }
    }

    fn read_additional_keyword(&mut self, node: &'a Node, pointer: &Pointer, key: &str) -> Additional {
        let Some(value) = node.get_non_null(key) else {
            return Additional::Unspecified;
        };
        match &value.value {
            Value::Bool(true) => Additional::Any,
            Value::Bool(false) => Additional::Denied,
            Value::Object(entries) if entries.is_empty() => Additional::Any,
            Value::Object(_) => self
                .read(value, &pointer.child(key))
                .map_or(Additional::Any, Additional::Schema),
            Value::String(text) if text == "true" || text == "false" => {
                self.members.report_coerced(key, "a schema", value, text);
                if text == "true" {
                    Additional::Any
                } else {
                    Additional::Denied
                }
            }
            _ => {
                self.members.report_wrong_type(key, "a schema", value);
                Additional::Unspecified
            }
        }
    }

    /// Reads schemas that no field of [`Schema`] holds. Others may refer to them, and their references are checked.
    fn read_other_schemas(&mut self, node: &'a Node, pointer: &Pointer) {
        const MAPS: [&str; 2] = ["$defs", "definitions"];
        const SCHEMAS: [&str; 6] = [
            "not",
            "contains",
            "propertyNames",
            "unevaluatedItems",
            "additionalItems",
            "contentSchema",
        ];
        for key in MAPS {
            self.read_map(node, pointer, key);
        }
        for key in SCHEMAS {
            if let Some(value) = node.get_non_null(key) {
                self.read(value, &pointer.child(key));
            }
        }
    }

    /// Reads the map of schemas at `key`.
    fn read_map(&mut self, node: &'a Node, pointer: &Pointer, key: &str) -> Vec<(String, SchemaId)> {
        let pointer = pointer.child(key);
        let entries = self.members.map(node, key);
        entries
            .filter_map(|(name, entry)| {
                let id = self.read(&entry.node, &pointer.child(name))?;
                Some((name.clone(), id))
            })
            .collect()
    }

    /// Reads the list of schemas at `key`. A single schema counts as a list of one.
    pub(super) fn read_list(&mut self, node: &'a Node, pointer: &Pointer, key: &str) -> Vec<SchemaId> {
        let pointer = pointer.child(key);
        let Some(value) = node.get_non_null(key) else {
            return Vec::new();
        };
        if value.as_object().is_some() {
            self.members.report_coerced(key, "a list", value, "a list of one");
            return self.read(value, &pointer).into_iter().collect();
        }
        let nodes = self.members.list(node, key);
        if nodes.is_empty() && value.as_array().is_some() && key != "prefixItems" {
            self.members.report(rules::EMPTY_LIST, value, &[&key]);
        }
        let nodes = nodes.iter().enumerate();
        nodes
            .filter_map(|(index, node)| self.read(node, &pointer.child(index)))
            .collect()
    }
}

fn read_annotations(members: &mut MemberReader<'_>, node: &Node, schema: &mut Schema) {
    schema.title = members.string(node, "title");
    schema.description = members.string(node, "description");
    schema.default = node.get("default").map(Literal::of);
    schema.examples = node.get("example").map(Literal::of).into_iter().collect();
    match node.get("examples").map(|examples| &examples.value) {
        // A map of examples, as in parameters and media types, is accepted in schemas, too.
        Some(Value::Object(entries)) => {
            let values = entries
                .values()
                .map(|entry| entry.node.get("value").unwrap_or(&entry.node));
            schema.examples.extend(values.map(Literal::of));
        }
        Some(_) => {
            let values = members.list(node, "examples").iter();
            schema.examples.extend(values.map(Literal::of));
        }
        None => {}
    }
    schema.read_only = members.is_true(node, "readOnly");
    schema.write_only = members.is_true(node, "writeOnly");
    schema.deprecated = members.is_true(node, "deprecated");
    schema.unique_items = members.is_true(node, "uniqueItems");
    schema.content_encoding = members.string(node, "contentEncoding");
    schema.content_media_type = members.string(node, "contentMediaType");
}

fn read_constraints(members: &mut MemberReader<'_>, node: &Node, schema: &mut Schema) {
    let constraints = &mut schema.constraints;
    let is_larger = |limit: Option<f64>, other: Option<f64>| limit > other;
    let is_smaller = |limit: Option<f64>, other: Option<f64>| limit < other;
    (constraints.minimum, constraints.exclusive_minimum) =
        read_bound(members, node, ["minimum", "exclusiveMinimum"], is_larger);
    (constraints.maximum, constraints.exclusive_maximum) =
        read_bound(members, node, ["maximum", "exclusiveMaximum"], is_smaller);
    constraints.multiple_of = members.number(node, "multipleOf");
    constraints.min_length = members.count(node, "minLength");
    constraints.max_length = members.count(node, "maxLength");
    constraints.pattern = members.string(node, "pattern");
    constraints.min_items = members.count(node, "minItems");
    constraints.max_items = members.count(node, "maxItems");
    constraints.min_properties = members.count(node, "minProperties");
    constraints.max_properties = members.count(node, "maxProperties");
}

/// Reads a bound, and whether the bound itself is excluded. The keyword for exclusive bounds is a boolean in OpenAPI 3.0
/// and a number in 3.1. If both are numbers, the one that excludes more is used, according to `is_tighter`.
fn read_bound(
    members: &mut MemberReader<'_>,
    node: &Node,
    [inclusive, exclusive]: [&str; 2],
    is_tighter: fn(Option<f64>, Option<f64>) -> bool,
) -> (Option<Number>, bool) {
    let limit = members.number(node, inclusive).map(restore_64_bit_limit);
    match node.get_non_null(exclusive).map(|value| &value.value) {
        None => (limit, false),
        Some(Value::Number(excluded)) => match limit {
            Some(limit) if is_tighter(limit.as_f64(), excluded.as_f64()) => (Some(limit), false),
            _ => (Some(excluded.clone()), true),
        },
        Some(_) => (limit, members.is_true(node, exclusive)),
    }
}

/// Corrects limits of 64-bit integers that some tools round to a float.
fn restore_64_bit_limit(number: Number) -> Number {
    let limit = match number.to_string().as_str() {
        "9223372036854776000" => "9223372036854775807",
        "-9223372036854776000" => "-9223372036854775808",
        "18446744073709552000" => "18446744073709551615",
        _ => return number,
    };
    Number::integer(limit).unwrap_or(number)
}
