//! Schema objects of the tree in, [`Schemas`] out. Both dialects are read by the same code: a keyword means
//! the same wherever it is allowed, and documents mix them.

use super::super::expect::Expect;
use super::super::number::Number;
use super::super::place::Kind;
use super::super::reference::{self, Followed, Target};
use super::super::tree::{Node, Pointer, Value};
use super::{Additional, Discriminator, JsonType, Literal, Schema, SchemaId, Schemas};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::Span;
use std::collections::{HashSet, VecDeque};

/// Everything a schema object may hold without a remark.
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

/// Keywords that narrow a schema down in a way no type shows.
const UNREAD: &[&str] = &[
    "not",
    "if",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "unevaluatedItems",
    "additionalItems",
    "contentSchema",
];

/// Keywords that name schemas in ways that are not followed.
const IDENTITY: &[&str] = &[
    "$id",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
];

/// Reads schemas one by one, and settles their references at the end.
pub(in crate::read) struct Reading<'a> {
    pub(in crate::read) expect: Expect<'a>,
    pub(in crate::read) root: &'a Node,
    schemas: Schemas,
    pending: VecDeque<Pending<'a>>,
    /// How many more missing targets get a suggestion: looking for one takes a while in a large document.
    suggestions: u32,
}

/// A reference whose target may not be read yet.
enum Pending<'a> {
    Reference {
        from: SchemaId,
        text: &'a str,
        place: Span,
    },
    Mapping {
        from: SchemaId,
        value: &'a str,
        text: &'a str,
        place: Span,
    },
}

impl<'a> Reading<'a> {
    pub(in crate::read) fn new(expect: Expect<'a>, root: &'a Node) -> Self {
        Self {
            expect,
            root,
            schemas: Schemas::default(),
            pending: VecDeque::new(),
            suggestions: 100,
        }
    }

    /// Settles all references; call it when every schema is read.
    pub(in crate::read) fn finish(mut self) -> Schemas {
        while let Some(pending) = self.pending.pop_front() {
            match pending {
                Pending::Reference { from, text, place } => {
                    let target = self.target(text, place);
                    self.schemas.list[from.0 as usize].reference = target;
                }
                Pending::Mapping {
                    from,
                    value,
                    text,
                    place,
                } => {
                    let target = self.mapping_target(text);
                    if target.is_none() {
                        self.expect
                            .diagnostics
                            .report(rules::DISCRIMINATOR_TARGET, place, &[&text]);
                    }
                    if let (Some(target), Some(discriminator)) =
                        (target, &mut self.schemas.list[from.0 as usize].discriminator)
                    {
                        discriminator.mapping.insert(value.to_owned(), target);
                    }
                }
            }
        }
        self.cut_cycles();
        self.discriminators();
        super::misfit::report(&self.schemas, self.expect.diagnostics);
        super::untyped::settle(&mut self.schemas, self.root, self.expect.diagnostics);
        self.schemas
    }

    /// Values that are to tell branches apart, but name something else or need not be there.
    fn discriminators(&mut self) {
        for (id, schema) in (0u32..).map(SchemaId).zip(&self.schemas.list) {
            let Some(discriminator) = &schema.discriminator else {
                continue;
            };
            let branches: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
            if branches.is_empty() {
                continue;
            }
            let mut reached: HashSet<SchemaId> = HashSet::new();
            let mut lacking = Vec::new();
            for &branch in &branches {
                let all = self.schemas.layers(branch);
                let is_object = |id: &SchemaId| {
                    let schema = &self.schemas[*id];
                    schema.one_of.is_empty() && schema.any_of.is_empty()
                };
                let requires = |id: &SchemaId| self.schemas[*id].required.contains(&discriminator.property);
                // What holds of the union holds of its branches.
                if all.iter().all(is_object) && !all.iter().any(requires) && !requires(&id) {
                    lacking.push(all.last().copied().unwrap_or(branch));
                }
                reached.extend(all);
            }
            for (value, target) in &discriminator.mapping {
                if !self
                    .schemas
                    .layers(*target)
                    .iter()
                    .any(|layer| reached.contains(layer))
                {
                    self.expect.diagnostics.report(
                        rules::DISCRIMINATOR_BRANCH,
                        discriminator.span,
                        &[value, &self.schemas[*target].pointer],
                    );
                }
            }
            if let Some(first) = lacking.first() {
                self.expect.diagnostics.push(
                    Diagnostic::new(
                        rules::DISCRIMINATOR_PROPERTY,
                        discriminator.span,
                        &[&discriminator.property, &lacking.len()],
                    )
                    .related(self.schemas[*first].span, "the first of them"),
                );
            }
        }
    }

    /// A schema that only refers to itself, over any number of others, allows nothing anybody could say.
    fn cut_cycles(&mut self) {
        let list = &mut self.schemas.list;
        // The last walk that came by; 0 for none.
        let mut walked = vec![0u32; list.len()];
        for (start, walk) in (0..list.len()).zip(1u32..) {
            let mut at = start;
            while walked[at] == 0 {
                walked[at] = walk;
                match list[at].reference {
                    Some(next) => at = next.0 as usize,
                    None => break,
                }
            }
            if walked[at] == walk
                && let Some(next) = list[at].reference
            {
                // It ended on a schema of this very walk that goes on: a circle.
                let text = format!("#{}", list[next.0 as usize].pointer.0);
                let span = list[at].span;
                list[at].reference = None;
                self.expect.diagnostics.report(rules::REF_CYCLE, span, &[&text]);
            }
        }
    }

    /// The schema that a `$ref` names; what is wrong with it is reported.
    fn target(&mut self, text: &'a str, place: Span) -> Option<SchemaId> {
        let pointer = match reference::target(text) {
            Target::Here(pointer) => pointer,
            // Reported when the files were put together.
            Target::Elsewhere => return None,
            Target::Unsupported => {
                self.expect.diagnostics.report(rules::REF_FORM, place, &[&text]);
                return None;
            }
        };
        if let Some(id) = self.schemas.by_pointer.get(&pointer) {
            return Some(*id);
        }
        match reference::place(self.root, &pointer) {
            Followed::To(at, node) => self.at(&at, node, text, place),
            Followed::Nowhere => {
                self.missing(text, &pointer, place);
                None
            }
            Followed::Cycle => {
                self.expect.diagnostics.report(rules::REF_CYCLE, place, &[&text]);
                None
            }
        }
    }

    /// The schema at a place that exists, read now if it was not yet.
    fn at(&mut self, at: &Pointer, node: &'a Node, text: &str, place: Span) -> Option<SchemaId> {
        if let Some(id) = self.schemas.by_pointer.get(at) {
            return Some(*id);
        }
        let kind = Kind::at(self.root, at);
        let fits = kind == Kind::Schema
            || (kind == Kind::Other && matches!(node.value, Value::Object(_) | Value::Bool(_)));
        if !fits {
            let found = if kind == Kind::Other {
                node.noun()
            } else {
                kind.noun()
            };
            self.expect.diagnostics.push(
                Diagnostic::new(rules::REF_KIND, place, &[&text, &found, &Kind::Schema.noun()])
                    .related(node.span, "what it refers to"),
            );
            return None;
        }
        self.schema(node, at)
    }

    /// Reports a target that does not exist.
    pub(in crate::read) fn missing(&mut self, text: &str, pointer: &Pointer, place: Span) {
        let mut diagnostic = Diagnostic::new(rules::REF_MISSING, place, &[&text]);
        if self.suggestions > 0
            && let Some(near) = reference::suggestion(self.root, pointer)
        {
            diagnostic = diagnostic.hint(format!("did you mean `{near}`?"));
        }
        self.suggestions = self.suggestions.saturating_sub(1);
        self.expect.diagnostics.push(diagnostic);
    }

    /// A discriminator maps to the name of a component or to a reference.
    fn mapping_target(&mut self, text: &'a str) -> Option<SchemaId> {
        let component = Pointer::default()
            .child("components")
            .child("schemas")
            .child(text);
        if let Some(id) = self.schemas.by_pointer.get(&component) {
            return Some(*id);
        }
        let Target::Here(pointer) = reference::target(text) else {
            return None;
        };
        match reference::place(self.root, &pointer) {
            Followed::To(at, _) => self.schemas.by_pointer.get(&at).copied(),
            _ => None,
        }
    }

    /// Reads the schema object at `at`, and those inside it. Recursion is bounded by the depth of the tree.
    pub(in crate::read) fn schema(&mut self, node: &'a Node, at: &Pointer) -> Option<SchemaId> {
        if let Some(id) = self.schemas.by_pointer.get(at) {
            return Some(*id);
        }
        let id = SchemaId(u32::try_from(self.schemas.list.len()).ok()?);
        // The place in the list is taken before the children take theirs.
        self.schemas.list.push(Schema::empty(at.clone(), node.span));
        self.schemas.by_pointer.insert(at.clone(), id);
        let mut schema = Schema::empty(at.clone(), node.span);
        match &node.value {
            Value::Bool(value) => schema.boolean = Some(*value),
            Value::Object(_) => self.keywords(node, id, &mut schema),
            // What it is meant to say nobody knows, but that there is something is plain.
            _ => {
                let key = at.segments().last().unwrap_or_default();
                self.expect.coerced(&key, "a schema", node, "{}");
            }
        }
        self.schemas.list[id.0 as usize] = schema;
        Some(id)
    }

    fn keywords(&mut self, node: &'a Node, id: SchemaId, schema: &mut Schema) {
        let at = schema.pointer.clone();
        self.expect.only(node, "a schema", KEYWORDS);
        self.remarks(node);
        self.reference(node, id);
        self.types(node, schema);
        self.enumeration(node, schema);
        self.annotations(node, schema);
        self.constraints(node, schema);
        self.sense(node, schema);
        self.members(node, &at, schema);
        self.compositions(node, &at, schema);
        self.discriminator(node, id, schema);
        self.unread(node, &at);
    }

    /// Bounds that no value keeps, and a default that the schema itself rules out.
    fn sense(&mut self, node: &Node, schema: &Schema) {
        let limits = &schema.constraints;
        let number = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
        let excludes = limits.exclusive_minimum || limits.exclusive_maximum;
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts beyond 2^53 are told apart by nobody"
        )]
        let count = |count: Option<u64>| count.map(|count| count as f64);
        for (lower, upper, low, high, excludes) in [
            (
                ["minimum", "exclusiveMinimum"],
                ["maximum", "exclusiveMaximum"],
                number(&limits.minimum),
                number(&limits.maximum),
                excludes,
            ),
            (
                ["minLength"; 2],
                ["maxLength"; 2],
                count(limits.min_length),
                count(limits.max_length),
                false,
            ),
            (
                ["minItems"; 2],
                ["maxItems"; 2],
                count(limits.min_items),
                count(limits.max_items),
                false,
            ),
            (
                ["minProperties"; 2],
                ["maxProperties"; 2],
                count(limits.min_properties),
                count(limits.max_properties),
                false,
            ),
        ] {
            let (Some(low), Some(high)) = (low, high) else {
                continue;
            };
            if low < high || (low <= high && !excludes) {
                continue;
            }
            let entry = |names: [&str; 2]| names.iter().find_map(|name| node.entry(name));
            let place = entry(lower).map_or(node.span, |entry| entry.key_span);
            let mut diagnostic = Diagnostic::new(
                rules::IMPOSSIBLE_BOUNDS,
                place,
                &[&lower[0], &low, &upper[0], &high],
            );
            if let Some(upper) = entry(upper) {
                diagnostic = diagnostic.related(upper.key_span, "the other bound");
            }
            self.expect.diagnostics.push(diagnostic);
        }
        if schema.read_only && schema.write_only {
            self.expect.report(rules::READ_ONLY_AND_WRITE_ONLY, node, &[]);
        }
        let Some(default) = node.get("default") else {
            return;
        };
        if schema.reference.is_some() || default.value == Value::Null {
            return;
        }
        let value = default.to_json();
        if !schema.types.is_empty() && !schema.types.iter().any(|json_type| fits(&value, *json_type)) {
            let types: Vec<&str> = schema.types.iter().map(|json_type| name(*json_type)).collect();
            self.expect.report(
                rules::DEFAULT_MISMATCH,
                default,
                &[&default.noun(), &format!("the type is {}", types.join(" or "))],
            );
        } else if let Some(values) = &schema.enumeration
            && !values.iter().any(|literal| literal.value == value)
        {
            self.expect.report(
                rules::DEFAULT_MISMATCH,
                default,
                &[&value, &"`enum` does not list it"],
            );
        }
    }

    fn remarks(&mut self, node: &Node) {
        for (key, entry) in node.as_object().into_iter().flatten() {
            let rule = if IDENTITY.contains(&key.as_str()) {
                rules::IDENTITY_KEYWORD
            } else if UNREAD.contains(&key.as_str()) {
                rules::UNENFORCED_KEYWORD
            } else {
                continue;
            };
            self.expect.diagnostics.report(rule, entry.key_span, &[key]);
        }
    }

    fn reference(&mut self, node: &'a Node, from: SchemaId) {
        let Some(value) = Expect::member(node, "$ref") else {
            return;
        };
        match value.as_str() {
            Some(text) => self.pending.push_back(Pending::Reference {
                from,
                text,
                place: value.span,
            }),
            None => self.expect.wrong("$ref", "a string", value),
        }
    }

    fn types(&mut self, node: &'a Node, schema: &mut Schema) {
        schema.format = self.expect.text(node, "format");
        schema.nullable = self.expect.flag(node, "nullable") == Some(true)
            || node.get("x-nullable").and_then(Node::as_bool) == Some(true);
        // `type:` with nothing behind it is absent, but in YAML it may well be meant as the type null.
        let Some(value) = Expect::member(node, "type") else {
            return;
        };
        let mut only_null = true;
        let names = match &value.value {
            Value::Array(names) => names.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for name in names {
            match &name.value {
                Value::Null => schema.nullable = true,
                Value::String(text) if text == "null" => schema.nullable = true,
                Value::String(text) => {
                    only_null = false;
                    let json_type = json_type(text).or_else(|| self.unknown_type(text, name, schema));
                    if let Some(json_type) = json_type
                        && !schema.types.contains(&json_type)
                    {
                        schema.types.push(json_type);
                    }
                }
                _ => {
                    only_null = false;
                    self.expect.wrong("type", "a string", name);
                }
            }
        }
        if only_null && schema.nullable {
            schema.enumeration = Some(Vec::new());
        }
    }

    fn unknown_type(&mut self, text: &str, node: &Node, schema: &mut Schema) -> Option<JsonType> {
        let lower = text.to_lowercase();
        let meant = json_type(&lower).or(match lower.as_str() {
            "int" | "int32" | "int64" | "long" => Some(JsonType::Integer),
            "float" | "double" | "decimal" => Some(JsonType::Number),
            "bool" => Some(JsonType::Boolean),
            "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "file" => Some(JsonType::String),
            "map" | "dict" => Some(JsonType::Object),
            "list" => Some(JsonType::Array),
            _ => None,
        });
        if lower == "file" && schema.format.is_none() {
            schema.format = Some("binary".to_owned());
        }
        let taken = match meant {
            Some(meant) => format!("it is taken as `{}`", name(meant)),
            None => "any value is allowed".to_owned(),
        };
        self.expect.report(rules::UNKNOWN_TYPE, node, &[&text, &taken]);
        meant
    }

    fn enumeration(&mut self, node: &'a Node, schema: &mut Schema) {
        if let Some(value) = node.get("const") {
            if value.value == Value::Null {
                schema.nullable = true;
                schema.enumeration = Some(Vec::new());
            } else {
                schema.enumeration = Some(vec![Literal::of(value)]);
            }
            return;
        }
        let Some(value) = Expect::member(node, "enum") else {
            return;
        };
        let values = self.expect.list(node, "enum");
        if values.is_empty() {
            if value.as_array().is_some() {
                self.expect.report(rules::EMPTY_ENUM, value, &[]);
            }
            return;
        }
        let mut names = Vec::new();
        for key in ["x-enum-varnames", "x-enumNames"] {
            if names.is_empty() && node.get(key).is_some() {
                names = self.expect.texts(node, key);
            }
        }
        let mut descriptions = Vec::new();
        for key in ["x-enum-descriptions", "x-enumDescriptions"] {
            if descriptions.is_empty() {
                descriptions = self.enum_descriptions(node, key, values);
            }
        }
        let mut kept: Vec<Literal> = Vec::with_capacity(values.len());
        let mut seen = std::collections::HashMap::with_capacity(values.len());
        let mut left_out = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if value.value == Value::Null {
                schema.nullable = true;
                left_out.push(index);
                continue;
            }
            let literal = self.enum_value(value, schema);
            let text = literal.value.to_string();
            if let Some(first) = seen.get(&text) {
                self.expect.diagnostics.push(
                    Diagnostic::new(rules::DUPLICATE_ENUM_VALUE, value.span, &[&text])
                        .related(*first, "first listed here"),
                );
                left_out.push(index);
                continue;
            }
            seen.insert(text, value.span);
            kept.push(literal);
        }
        for list in [&mut names, &mut descriptions] {
            if list.len() == values.len() {
                for index in left_out.iter().rev() {
                    list.remove(*index);
                }
            }
        }
        schema.enumeration = Some(kept);
        schema.enum_names = names;
        schema.enum_descriptions = descriptions;
    }

    /// Texts for the values: a list, or a mapping from the values.
    fn enum_descriptions(&mut self, node: &Node, key: &str, values: &[Node]) -> Vec<String> {
        let Some(given) = Expect::member(node, key) else {
            return Vec::new();
        };
        let Value::Object(by_value) = &given.value else {
            return self.expect.texts(node, key);
        };
        values
            .iter()
            .map(|value| {
                let name = value
                    .as_str()
                    .map_or_else(|| value.to_json().to_string(), str::to_owned);
                let text = by_value.get(&name).and_then(|entry| entry.node.as_str());
                text.unwrap_or_default().to_owned()
            })
            .collect()
    }

    /// One value, as the type wants it: YAML reads an unquoted `2024` or `true` as something else than text.
    fn enum_value(&mut self, node: &Node, schema: &Schema) -> Literal {
        let mut literal = Literal::of(node);
        let [json_type] = schema.types.as_slice() else {
            return literal;
        };
        if fits(&literal.value, *json_type) {
            return literal;
        }
        let meant = match (json_type, &node.value) {
            (JsonType::String, Value::Number(_) | Value::Bool(_)) => {
                Some(self.expect.sources.text(node.span).into())
            }
            (JsonType::Integer | JsonType::Number, Value::String(text)) => {
                text.trim().parse().ok().map(serde_json::Value::Number)
            }
            (JsonType::Boolean, Value::String(text)) => text.trim().parse::<bool>().ok().map(Into::into),
            _ => None,
        };
        let meant = meant.filter(|value| fits(value, *json_type));
        let taken = match &meant {
            Some(value) => format!("it is taken as `{value}`"),
            None => "it is kept as it is".to_owned(),
        };
        let shown = literal.value.to_string();
        self.expect.report(
            rules::ENUM_VALUE_TYPE,
            node,
            &[&shown, &node.noun(), &name(*json_type), &taken],
        );
        if let Some(value) = meant {
            literal.value = value;
            literal.exact = None;
        }
        literal
    }

    fn annotations(&mut self, node: &Node, schema: &mut Schema) {
        let expect = &mut self.expect;
        schema.title = expect.text(node, "title");
        schema.description = expect.text(node, "description");
        schema.default = node.get("default").map(Literal::of);
        schema.examples = node.get("example").map(Literal::of).into_iter().collect();
        match node.get("examples").map(|examples| &examples.value) {
            // Maps of examples belong to parameters and media types, but are found here as well.
            Some(Value::Object(entries)) => {
                schema.examples.extend(
                    entries
                        .values()
                        .map(|entry| Literal::of(entry.node.get("value").unwrap_or(&entry.node))),
                );
            }
            Some(_) => schema
                .examples
                .extend(expect.list(node, "examples").iter().map(Literal::of)),
            None => {}
        }
        schema.read_only = expect.flag(node, "readOnly") == Some(true);
        schema.write_only = expect.flag(node, "writeOnly") == Some(true);
        schema.deprecated = expect.flag(node, "deprecated") == Some(true);
        schema.unique_items = expect.flag(node, "uniqueItems") == Some(true);
        schema.content_encoding = expect.text(node, "contentEncoding");
        schema.content_media_type = expect.text(node, "contentMediaType");
    }

    fn constraints(&mut self, node: &Node, schema: &mut Schema) {
        let expect = &mut self.expect;
        let limits = &mut schema.constraints;
        (limits.minimum, limits.exclusive_minimum) =
            bound(expect, node, "minimum", "exclusiveMinimum", false);
        (limits.maximum, limits.exclusive_maximum) = bound(expect, node, "maximum", "exclusiveMaximum", true);
        limits.multiple_of = expect.number(node, "multipleOf");
        limits.min_length = expect.count(node, "minLength");
        limits.max_length = expect.count(node, "maxLength");
        limits.pattern = expect.text(node, "pattern");
        limits.min_items = expect.count(node, "minItems");
        limits.max_items = expect.count(node, "maxItems");
        limits.min_properties = expect.count(node, "minProperties");
        limits.max_properties = expect.count(node, "maxProperties");
    }

    fn members(&mut self, node: &'a Node, at: &Pointer, schema: &mut Schema) {
        schema.properties = self.schema_map(node, at, "properties").collect();
        match Expect::member(node, "required") {
            Some(value) if matches!(value.value, Value::Bool(_)) => {
                let flag = value.as_bool() == Some(true);
                self.expect.report(rules::REQUIRED_FLAG, value, &[&flag]);
            }
            _ => schema.required = self.expect.texts(node, "required").into_iter().collect(),
        }
        schema.additional = self.additional(node, at);
        schema.prefix_items = self.schema_list(node, at, "prefixItems");
        if let Some(items) = Expect::member(node, "items") {
            if items.as_array().is_some() {
                self.expect.coerced("items", "a schema", items, "prefixItems");
                schema.prefix_items.extend(self.schema_list(node, at, "items"));
            } else {
                schema.items = self.schema(items, &at.child("items"));
            }
        }
    }

    fn additional(&mut self, node: &'a Node, at: &Pointer) -> Additional {
        let said = self.additional_of(node, at, "additionalProperties");
        let otherwise = self.additional_of(node, at, "unevaluatedProperties");
        let patterns: Vec<SchemaId> = self
            .schema_map(node, at, "patternProperties")
            .map(|(_, id)| id)
            .collect();
        let said = if said == Additional::Unsaid {
            otherwise
        } else {
            said
        };
        match (patterns.as_slice(), said) {
            ([], said) => said,
            // Nobody who gives one pattern and nothing else means "and anything else".
            ([only], Additional::Unsaid | Additional::Denied) => Additional::Schema(*only),
            _ => {
                let place = node.entry("patternProperties").map(|entry| entry.key_span);
                self.expect
                    .diagnostics
                    .report(rules::MIXED_ADDITIONAL, place, &[]);
                Additional::Any
            }
        }
    }

    fn additional_of(&mut self, node: &'a Node, at: &Pointer, key: &str) -> Additional {
        let Some(value) = Expect::member(node, key) else {
            return Additional::Unsaid;
        };
        match &value.value {
            Value::Bool(true) => Additional::Any,
            Value::Bool(false) => Additional::Denied,
            Value::Object(entries) if entries.is_empty() => Additional::Any,
            Value::Object(_) => self
                .schema(value, &at.child(key))
                .map_or(Additional::Any, Additional::Schema),
            Value::String(text) if text == "true" || text == "false" => {
                self.expect.coerced(key, "a schema", value, text);
                if text == "true" {
                    Additional::Any
                } else {
                    Additional::Denied
                }
            }
            _ => {
                self.expect.wrong(key, "a schema", value);
                Additional::Unsaid
            }
        }
    }

    fn compositions(&mut self, node: &'a Node, at: &Pointer, schema: &mut Schema) {
        schema.all_of = self.schema_list(node, at, "allOf");
        for key in ["anyOf", "oneOf"] {
            let all = self.schema_list(node, at, key);
            let branches: Vec<SchemaId> = all
                .iter()
                .copied()
                .filter(|id| !self.schemas[*id].is_null())
                .collect();
            if branches.len() < all.len() {
                schema.nullable = true;
                if branches.is_empty() {
                    schema.enumeration = Some(Vec::new());
                }
            }
            if key == "anyOf" {
                schema.any_of = branches;
            } else {
                schema.one_of = branches;
            }
        }
    }

    fn discriminator(&mut self, node: &'a Node, id: SchemaId, schema: &mut Schema) {
        let Some(value) = Expect::member(node, "discriminator") else {
            return;
        };
        let property = match &value.value {
            // As in Swagger 2.
            Value::String(property) => {
                self.expect.coerced(
                    "discriminator",
                    "a mapping",
                    value,
                    &format!("propertyName: {property}"),
                );
                Some(property.clone())
            }
            Value::Object(_) => {
                self.expect.only(
                    value,
                    "a discriminator",
                    &["propertyName", "mapping", "defaultMapping"],
                );
                let property = self.expect.text(value, "propertyName");
                if property.is_none() {
                    self.expect.report(
                        rules::MISSING_MEMBER,
                        value,
                        &[&"a discriminator", &"propertyName"],
                    );
                }
                property
            }
            _ => {
                self.expect.wrong("discriminator", "a mapping", value);
                None
            }
        };
        let Some(property) = property else {
            return;
        };
        for (name, entry) in self.expect.map(value, "mapping") {
            match entry.node.as_str() {
                Some(text) => self.pending.push_back(Pending::Mapping {
                    from: id,
                    value: name,
                    text,
                    place: entry.node.span,
                }),
                None => self.expect.wrong(name, "a string", &entry.node),
            }
        }
        schema.discriminator = Some(Discriminator {
            property,
            mapping: indexmap::IndexMap::new(),
            span: value.span,
        });
    }

    /// Schemas that no field holds: somebody may refer to them, and their own references are checked.
    fn unread(&mut self, node: &'a Node, at: &Pointer) {
        for key in ["$defs", "definitions", "dependentSchemas"] {
            self.schema_map(node, at, key).for_each(drop);
        }
        for key in [
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames",
            "unevaluatedItems",
            "additionalItems",
            "contentSchema",
        ] {
            if let Some(value) = Expect::member(node, key) {
                self.schema(value, &at.child(key));
            }
        }
    }

    fn schema_map(
        &mut self,
        node: &'a Node,
        at: &Pointer,
        key: &str,
    ) -> std::vec::IntoIter<(String, SchemaId)> {
        let at = at.child(key);
        let entries: Vec<_> = self.expect.map(node, key).collect();
        let mut found = Vec::with_capacity(entries.len());
        for (name, entry) in entries {
            if let Some(id) = self.schema(&entry.node, &at.child(name)) {
                found.push((name.clone(), id));
            }
        }
        found.into_iter()
    }

    fn schema_list(&mut self, node: &'a Node, at: &Pointer, key: &str) -> Vec<SchemaId> {
        let at = at.child(key);
        let Some(value) = Expect::member(node, key) else {
            return Vec::new();
        };
        if value.as_object().is_some() {
            self.expect.coerced(key, "a list", value, "a list of one");
            return self.schema(value, &at).into_iter().collect();
        }
        let nodes = self.expect.list(node, key);
        if nodes.is_empty() && value.as_array().is_some() && key != "prefixItems" {
            self.expect.report(rules::EMPTY_LIST, value, &[&key]);
        }
        let mut found = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            found.extend(self.schema(node, &at.child(index)));
        }
        found
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}

pub(super) fn name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// Is a value of the type?
pub(crate) fn fits(value: &serde_json::Value, json_type: JsonType) -> bool {
    match json_type {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|float| float.fract() == 0.0)
        }
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

/// The bounds of 64 bits, where a program that knows floats only has written them.
fn unrounded(number: Number) -> Number {
    let meant = match number.to_string().as_str() {
        "9223372036854776000" => "9223372036854775807",
        "-9223372036854776000" => "-9223372036854775808",
        "18446744073709552000" => "18446744073709551615",
        _ => return number,
    };
    Number::integer(meant).unwrap_or(number)
}

/// A bound and whether it is excluded itself; `exclusive` is a flag in 3.0 and a number in 3.1.
fn bound(
    expect: &mut Expect<'_>,
    node: &Node,
    inclusive: &str,
    exclusive: &str,
    smaller_is_tighter: bool,
) -> (Option<Number>, bool) {
    let limit = expect.number(node, inclusive).map(unrounded);
    match Expect::member(node, exclusive).map(|value| &value.value) {
        Some(Value::Number(excluded)) => {
            let tighter = limit.as_ref().filter(|limit| {
                let (limit, excluded) = (limit.as_f64(), excluded.as_f64());
                if smaller_is_tighter {
                    limit < excluded
                } else {
                    limit > excluded
                }
            });
            match tighter {
                Some(limit) => (Some(limit.clone()), false),
                None => (Some(excluded.clone()), true),
            }
        }
        Some(_) => {
            let flag = expect.flag(node, exclusive) == Some(true);
            (limit, flag)
        }
        None => (limit, false),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Additional, JsonType, Schema};
    use crate::diagnostic::Diagnostics;
    use crate::read::Document;
    use crate::read::document;
    use crate::read::tree::Pointer;
    use crate::source::Sources;
    use serde_json::json;

    /// A document with these schemas, and the names of the rules of all findings.
    fn read(schemas: &str) -> (Document, Vec<&'static str>) {
        let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n".to_owned();
        for line in schemas.lines() {
            text.push_str("    ");
            text.push_str(line);
            text.push('\n');
        }
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add("a.yaml", text);
        let document = document::read(id, &sources, &mut diagnostics).expect("it is a document");
        (document, diagnostics.iter().map(|d| d.rule.name).collect())
    }

    fn at<'d>(document: &'d Document, pointer: &str) -> &'d Schema {
        let pointer = Pointer(format!("/components/schemas/{pointer}"));
        &document.schemas[*document.schemas.by_pointer.get(&pointer).expect("a schema")]
    }

    /// The only schema, which provokes nothing.
    fn one(schema: &str) -> Schema {
        let (document, findings) = read(&format!("A: {schema}"));
        assert_eq!(findings, Vec::<&str>::new());
        at(&document, "A").clone()
    }

    fn pointers(document: &Document, ids: &[super::SchemaId]) -> Vec<String> {
        ids.iter()
            .map(|id| {
                document.schemas[*id]
                    .pointer
                    .0
                    .replace("/components/schemas/", "")
            })
            .collect()
    }

    #[test]
    fn null_is_taken_out_of_types_and_enums() {
        let schema = one("{type: [string, 'null'], enum: [a, null, b], x-enum-varnames: [A, N, B]}");
        assert_eq!(schema.types, [JsonType::String]);
        assert!(schema.nullable);
        let values: Vec<_> = schema
            .enumeration
            .iter()
            .flatten()
            .map(|literal| &literal.value)
            .collect();
        assert_eq!(values, [&json!("a"), &json!("b")]);
        assert_eq!(schema.enum_names, ["A", "B"]);
        assert!(one("{type: string, nullable: true}").nullable);
    }

    #[test]
    fn only_null_is_an_enum_of_nothing() {
        for schema in [
            "{type: 'null'}",
            "{type: ['null']}",
            "{const: null}",
            "{enum: [null]}",
            "{anyOf: [{type: 'null'}]}",
        ] {
            assert!(one(schema).is_null(), "{schema}");
        }
        assert!(!one("{nullable: true}").is_null());
    }

    #[test]
    fn branches_that_only_say_null_go() {
        let (document, findings) = read(
            "A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}\nB: {oneOf: [{enum: [null]}, {type: integer}]}",
        );
        assert_eq!(findings, Vec::<&str>::new());
        let (a, b) = (at(&document, "A"), at(&document, "B"));
        assert!(a.nullable && b.nullable);
        assert_eq!(pointers(&document, &a.any_of), ["A/anyOf/0"]);
        assert_eq!(pointers(&document, &b.one_of), ["B/oneOf/1"]);
    }

    #[test]
    fn a_constant_is_an_enum_of_one() {
        let schema = one("{const: 4}");
        let values: Vec<_> = schema
            .enumeration
            .iter()
            .flatten()
            .map(|literal| &literal.value)
            .collect();
        assert_eq!(values, [&json!(4)]);
    }

    #[test]
    fn bounds_of_both_dialects_mean_the_same() {
        let of = |schema: &str| {
            let limits = one(schema).constraints;
            (limits.minimum.map(|n| n.to_string()), limits.exclusive_minimum)
        };
        assert_eq!(
            of("{minimum: 1, exclusiveMinimum: true}"),
            (Some("1".into()), true)
        );
        assert_eq!(of("{exclusiveMinimum: 1}"), (Some("1".into()), true));
        assert_eq!(of("{minimum: 2, exclusiveMinimum: 1}"), (Some("2".into()), false));
        assert_eq!(of("{minimum: 1, exclusiveMinimum: 1}"), (Some("1".into()), true));
    }

    #[test]
    fn siblings_of_a_reference_are_kept() {
        let (document, _) =
            read("A: {$ref: '#/components/schemas/B', description: mine, nullable: true}\nB: {type: string}");
        let schema = at(&document, "A");
        assert_eq!(pointers(&document, schema.reference.as_slice()), ["B"]);
        assert_eq!(schema.description.as_deref(), Some("mine"));
        assert!(schema.nullable);
    }

    #[test]
    fn references_reach_into_schemas_and_outside_of_the_grammar() {
        let (document, findings) = read(
            "A: {$ref: '#/components/schemas/B/$defs/c'}\nB: {$defs: {c: {type: string}}}\n\
             D: {$ref: '#/components/x-mine/E'}\nF: {$ref: '#/components/schemas/A/G'}\n",
        );
        assert_eq!(findings, ["ref-missing", "ref-missing"]);
        assert_eq!(
            pointers(&document, at(&document, "A").reference.as_slice()),
            ["B/$defs/c"]
        );
    }

    #[test]
    fn boolean_schemas_are_schemas() {
        let (document, findings) = read("A: true\nB: {properties: {no: false}, additionalProperties: false}");
        assert_eq!(findings, Vec::<&str>::new());
        assert_eq!(at(&document, "A").boolean, Some(true));
        assert_eq!(at(&document, "B/properties/no").boolean, Some(false));
        assert_eq!(at(&document, "B").additional, Additional::Denied);
    }

    #[test]
    fn one_pattern_is_a_map_and_several_are_anything() {
        let (document, findings) = read(
            "A: {patternProperties: {^x: {type: string}}}\nB: {patternProperties: {^x: {type: string}}, additionalProperties: true}",
        );
        assert_eq!(findings, ["mixed-additional"]);
        assert!(matches!(at(&document, "A").additional, Additional::Schema(_)));
        assert_eq!(at(&document, "B").additional, Additional::Any);
    }

    #[test]
    fn a_discriminator_maps_to_names_and_references() {
        let (document, findings) = read(
            "A: {discriminator: {propertyName: kind, mapping: {b: B, c: '#/components/schemas/C'}}}\nB: {}\nC: {}",
        );
        assert_eq!(findings, Vec::<&str>::new());
        let discriminator = at(&document, "A").discriminator.as_ref().expect("it has one");
        let targets: Vec<_> = discriminator.mapping.values().copied().collect();
        assert_eq!(pointers(&document, &targets), ["B", "C"]);
    }

    #[test]
    fn a_wrong_keyword_costs_itself_only() {
        let (document, findings) = read(
            "A:\n  type: object\n  maxLength: long\n  minLength: '3'\n  properties: {a: 3, b: {type: string, required: true}}\n  allOf: {}\n  required: a\n",
        );
        let schema = at(&document, "A");
        assert_eq!(schema.properties.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(schema.constraints.min_length, Some(3));
        assert!(schema.required.contains("a"));
        assert_eq!(
            findings,
            [
                "coerced",
                "wrong-type",
                "coerced",
                "required-flag",
                "coerced",
                "coerced",
                "keyword-mismatch"
            ]
        );
    }

    #[test]
    fn schemas_nested_as_deep_as_a_text_may_be_are_read() {
        let depth = 190;
        let text = format!("A: {}true{}", "{items: ".repeat(depth), "}".repeat(depth));
        let (document, _) = read(&text);
        assert_eq!(document.schemas.list.len(), depth + 1);
    }

    #[test]
    fn a_circle_of_references_is_cut_once() {
        let (document, findings) = read(
            "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {$ref: '#/components/schemas/B'}\nD: {properties: {d: {$ref: '#/components/schemas/D'}}}",
        );
        assert_eq!(findings, ["ref-cycle"]);
        assert!(at(&document, "D/properties/d").reference.is_some());
    }
}
