//! What the schemas of a document say about a value: of the several ways to satisfy them, each is an [`Alternative`].

use crate::document::Document;
use crate::parents::open_parent;
use pingback_codegen::model::Direction;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Schemas that all apply to one value.
pub(crate) type Schemas<'d> = Vec<&'d Value>;

/// The most alternatives of one value that are compared.
const MAX_ALTERNATIVES: usize = 200;

/// A type of JSON, `null` aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// A set of types; `None` if any type is allowed.
pub(crate) type Types = Option<BTreeSet<JsonType>>;

/// One way to satisfy schemas: one branch is chosen of each `oneOf` and `anyOf`, and `allOf` and references are
/// followed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Alternative<'d> {
    /// The schemas. Their `allOf`, `oneOf`, `anyOf` and `$ref` have been followed.
    pub(crate) parts: Schemas<'d>,
    /// The chosen branches, each with the schema that lists it.
    pub(crate) chosen: Vec<(&'d Value, &'d Value)>,
    /// The parents of which a child is chosen.
    pub(crate) closed: Schemas<'d>,
    /// The one of the types that the parts allow, if these are several.
    only: Option<JsonType>,
}

/// All alternatives of schemas but those that allow only `null`, or nothing.
pub(crate) fn alternatives<'d>(document: &'d Document, schemas: &[&'d Value]) -> Vec<Alternative<'d>> {
    let mut done = Vec::new();
    let mut open = vec![Alternative::default().with(document, schemas)];
    while let Some(alternative) = open.pop() {
        let Some((union, branches)) = alternative.open_union() else {
            match open_parent(document, &alternative) {
                Some(chosen) => open.extend(chosen.into_iter().rev().map(|member| {
                    let mut next = alternative.with(document, &[member.schema]);
                    next.closed.extend(member.closed);
                    next
                })),
                None => done.push(alternative),
            }
            continue;
        };
        for branch in branches.iter().rev().filter(|branch| !is_only_null(branch)) {
            let mut next = alternative.with(document, &[branch]);
            next.chosen.push((union, branch));
            open.push(next);
        }
        if done.len() + open.len() > MAX_ALTERNATIVES {
            break;
        }
    }
    done.retain(Alternative::is_possible);
    done.into_iter().flat_map(Alternative::split_by_type).collect()
}

/// A branch or part that says nothing but "or null".
fn is_only_null(schema: &Value) -> bool {
    let is_null = schema
        .get("type")
        .is_some_and(|ty| *ty == "null" || *ty == serde_json::json!(["null"]))
        || schema.get("const").is_some_and(Value::is_null)
        || schema
            .get("enum")
            .is_some_and(|list| *list == serde_json::json!([null]));
    is_null || says_or_null(schema)
}

/// `nullable: true` without anything else that restricts values.
fn says_or_null(schema: &Value) -> bool {
    let restricts = [
        "type",
        "$ref",
        "enum",
        "const",
        "allOf",
        "anyOf",
        "oneOf",
        "properties",
        "items",
    ];
    schema.get("nullable") == Some(&Value::Bool(true))
        && restricts.iter().all(|key| schema.get(key).is_none())
}

impl<'d> Alternative<'d> {
    /// Everything that applies to the values of a schema, before any branch is chosen.
    pub(crate) fn of(document: &'d Document, schema: &'d Value) -> Self {
        Self::default().with(document, &[schema])
    }

    /// This alternative with further schemas, and what they refer to.
    fn with(&self, document: &'d Document, schemas: &[&'d Value]) -> Self {
        let mut next = self.clone();
        let mut open: Vec<&Value> = schemas.iter().rev().copied().collect();
        while let Some(schema) = open.pop() {
            if next.parts.iter().any(|part| std::ptr::eq(*part, schema)) {
                continue;
            }
            let target = document.target(schema);
            if target.is_none() || !document.is_3_0 {
                next.parts.push(schema);
                open.extend(list(schema, "allOf").iter().rev());
            }
            open.extend(target);
        }
        next
    }

    /// The values that satisfy both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.parts.extend(&other.parts);
        both.chosen.extend(&other.chosen);
        both
    }

    /// Whether one branch of an `anyOf` is chosen.
    pub(crate) fn is_of_any_of(&self) -> bool {
        self.chosen.iter().any(|(union, _)| union.get("anyOf").is_some())
    }

    /// The first union of which no branch is chosen yet.
    fn open_union(&self) -> Option<(&'d Value, &'d [Value])> {
        self.parts.iter().find_map(|part| {
            ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
                let branches = list(part, keyword);
                let is_chosen = |branch: &Value| {
                    self.chosen
                        .iter()
                        .any(|(_, chosen)| std::ptr::eq(*chosen, branch))
                        || self.parts.iter().any(|part| std::ptr::eq(*part, branch))
                };
                let open =
                    branches.iter().any(|branch| !is_only_null(branch)) && !branches.iter().any(is_chosen);
                open.then_some((*part, branches))
            })
        })
    }

    /// Whether any value but `null` satisfies the alternative.
    fn is_possible(&self) -> bool {
        let is_false = self.parts.iter().any(|part| **part == Value::Bool(false));
        let has_type = self.types().is_none_or(|types| !types.is_empty());
        let has_value = self.values().is_none_or(|values| !values.is_empty());
        !is_false && has_type && has_value
    }

    /// An alternative for each type, if the types are listed.
    fn split_by_type(self) -> Vec<Self> {
        match self.types().filter(|types| types.len() > 1) {
            Some(types) => {
                let only = |ty| Self {
                    only: Some(ty),
                    ..self.clone()
                };
                types.into_iter().map(only).collect()
            }
            None => vec![self],
        }
    }

    /// The types of its values.
    pub(crate) fn types(&self) -> Types {
        let of_keyword = self.parts.iter().filter_map(|part| keyword_types(part));
        let mut types = of_keyword.reduce(|a, b| intersect(&a, &b));
        if let Some(values) = self.values() {
            types = Some(values.iter().filter_map(|value| type_of(value)).collect());
        }
        let mut types = types.or_else(|| self.implied_types())?;
        let format = self.format();
        if types.contains(&JsonType::Number) && matches!(format, Some("int32" | "int64")) {
            types.remove(&JsonType::Number);
            types.insert(JsonType::Integer);
        }
        types.retain(|ty| self.only.is_none_or(|only| only == *ty));
        Some(types)
    }

    /// The types that keywords such as `properties` are for.
    fn implied_types(&self) -> Types {
        const KEYWORDS: [(JsonType, &[&str]); 3] = [
            (
                JsonType::Object,
                &[
                    "properties",
                    "required",
                    "additionalProperties",
                    "patternProperties",
                ],
            ),
            (
                JsonType::Array,
                &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
            ),
            (JsonType::String, &["minLength", "maxLength", "pattern"]),
        ];
        let has = |keyword: &str| {
            self.parts.iter().any(|part| {
                let value = part.get(keyword);
                value.is_some_and(|value| *value != Value::Bool(true) && *value != serde_json::json!({}))
            })
        };
        let implied = KEYWORDS
            .iter()
            .find(|(_, keywords)| keywords.iter().any(|keyword| has(keyword)));
        implied.map(|(json_type, _)| BTreeSet::from([*json_type]))
    }

    /// The values that all `enum` and `const` list, without `null`; `None` if there is no list.
    pub(crate) fn values(&self) -> Option<Vec<&'d Value>> {
        let mut lists = self.parts.iter().filter_map(|part| listed_values(part));
        let mut values = lists.next()?;
        for list in lists {
            values.retain(|value| list.contains(value));
        }
        values.retain(|value| !value.is_null());
        let of_keyword = self.parts.iter().filter_map(|part| keyword_types(part));
        if let Some(types) = of_keyword.reduce(|a, b| intersect(&a, &b)) {
            values.retain(|value| type_of(value).is_some_and(|ty| allows(&types, ty)));
        }
        values.retain(|value| self.only.is_none_or(|only| type_of(value) == Some(only)));
        Some(values)
    }

    /// The format that the parts name.
    pub(crate) fn format(&self) -> Option<&'d str> {
        self.parts.iter().find_map(|part| part.get("format")?.as_str())
    }

    /// The schemas of each property that values of this direction have.
    pub(crate) fn properties(
        &self,
        document: &'d Document,
        direction: Direction,
    ) -> BTreeMap<&'d str, Schemas<'d>> {
        let mut properties: BTreeMap<&str, Schemas> = BTreeMap::new();
        let absent = match direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
        };
        for (name, schema) in self.parts.iter().flat_map(|part| members(part, "properties")) {
            properties.entry(name).or_default().push(schema);
        }
        properties.retain(|_, schemas| {
            let parts = Alternative::default().with(document, schemas).parts;
            let beside_references = schemas.iter().filter(|schema| schema.get(absent).is_some());
            let mut parts = parts.iter().chain(beside_references);
            !parts.any(|part| part.get(absent) == Some(&Value::Bool(true)))
        });
        properties
    }

    /// The members that only `if`, `then`, `else` and `dependentSchemas` describe, with a choice for each description. A
    /// member that only `if` describes holds anything.
    pub(crate) fn conditional(&self, document: &'d Document) -> BTreeMap<&'d str, Vec<Schemas<'d>>> {
        static ANYTHING: Value = Value::Bool(true);
        let described = |schema: &'d Value| {
            let parts = Alternative::of(document, schema).parts;
            parts.into_iter().flat_map(|part| members(part, "properties"))
        };
        let mut found: BTreeMap<&str, Vec<Schemas>> = BTreeMap::new();
        for part in &self.parts {
            for (name, _) in part.get("if").into_iter().flat_map(described) {
                found.entry(name).or_default();
            }
            let consequences = part.get("then").into_iter().chain(part.get("else"));
            let dependent = members(part, "dependentSchemas").map(|(_, schema)| schema);
            for (name, schema) in consequences.chain(dependent).flat_map(described) {
                found.entry(name).or_default().push(vec![schema]);
            }
        }
        for choices in found.values_mut().filter(|choices| choices.is_empty()) {
            choices.push(vec![&ANYTHING]);
        }
        found
    }

    pub(crate) fn required(&self) -> BTreeSet<&'d str> {
        let lists = self.parts.iter().flat_map(|part| list(part, "required"));
        lists.filter_map(Value::as_str).collect()
    }

    /// The required members that have no property.
    pub(crate) fn only_required(&self) -> Vec<&'d str> {
        let has_property = |name: &str| {
            let mut properties = self.parts.iter().flat_map(|part| members(part, "properties"));
            properties.any(|(property, _)| property == name)
        };
        self.required()
            .into_iter()
            .filter(|name| !has_property(name))
            .collect()
    }

    /// The schemas of members without a property: `additionalProperties` and the like.
    pub(crate) fn additional(&self) -> Vec<&'d Value> {
        let of = |part: &'d Value| {
            let patterns = members(part, "patternProperties").map(|(_, schema)| schema);
            let others = ["additionalProperties", "unevaluatedProperties"];
            let others = others.into_iter().filter_map(|keyword| part.get(keyword));
            patterns.chain(others).collect::<Vec<_>>()
        };
        self.parts.iter().flat_map(|part| of(part)).collect()
    }

    /// The schemas of `keyword` in each part that has it, such as `items`.
    pub(crate) fn all(&self, keyword: &str) -> Schemas<'d> {
        self.parts.iter().filter_map(|part| part.get(keyword)).collect()
    }

    /// The greatest minimum and the least maximum, inclusive or not.
    pub(crate) fn range(&self) -> (Option<f64>, Option<f64>) {
        let bounds = |keywords: [&str; 2]| -> Vec<f64> {
            let keywords = self
                .parts
                .iter()
                .flat_map(|part| keywords.map(|keyword| part.get(keyword)));
            keywords.flatten().filter_map(Value::as_f64).collect()
        };
        let min = bounds(["minimum", "exclusiveMinimum"])
            .into_iter()
            .reduce(f64::max);
        let max = bounds(["maximum", "exclusiveMaximum"])
            .into_iter()
            .reduce(f64::min);
        (min, max)
    }
}

/// Whether schemas that all apply to one value allow `null`.
pub(crate) fn allow_null(document: &Document, schemas: &[&Value], depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    schemas.iter().any(|schema| says_or_null(schema))
        || schemas.iter().all(|schema| allows_null(document, schema, depth))
}

fn allows_null(document: &Document, schema: &Value, depth: usize) -> bool {
    if let Value::Bool(boolean) = schema {
        return *boolean;
    }
    // Documents of 3.1 have the keyword of 3.0, too.
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return true;
    }
    let target = document.target(schema);
    if let Some(target) = target.filter(|_| document.is_3_0) {
        return allow_null(document, &[target], depth);
    }
    let by_type = match schema.get("type") {
        Some(Value::String(ty)) => ty == "null",
        Some(Value::Array(types)) => types.iter().any(|ty| ty == "null"),
        _ => Alternative {
            parts: vec![schema],
            ..Alternative::default()
        }
        .implied_types()
        .is_none(),
    };
    let by_list = listed_values(schema).is_none_or(|values| values.iter().any(|value| value.is_null()));
    let all: Vec<&Value> = list(schema, "allOf").iter().collect();
    let any = |keyword| {
        let branches = list(schema, keyword);
        branches.is_empty()
            || branches
                .iter()
                .any(|branch| allow_null(document, &[branch], depth))
    };
    by_type
        && by_list
        && target.is_none_or(|target| allow_null(document, &[target], depth))
        && (all.is_empty() || allow_null(document, &all, depth))
        && any("anyOf")
        && any("oneOf")
}

/// The items of a list, or none.
pub(crate) fn list<'d>(node: &'d Value, keyword: &str) -> &'d [Value] {
    node.get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The members of an object, or none.
pub(crate) fn members<'d>(
    node: &'d Value,
    keyword: &str,
) -> impl Iterator<Item = (&'d str, &'d Value)> + use<'d> {
    let object = node.get(keyword).and_then(Value::as_object);
    object
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

/// The values that a schema itself lists.
fn listed_values(schema: &Value) -> Option<Vec<&Value>> {
    match schema.get("const") {
        Some(value) => Some(vec![value]),
        None => Some(schema.get("enum")?.as_array()?.iter().collect()),
    }
}

fn keyword_types(schema: &Value) -> Option<BTreeSet<JsonType>> {
    let ty = schema.get("type")?;
    let names: Vec<&str> = match ty {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    Some(names.into_iter().filter_map(type_named).collect())
}

fn type_named(name: &str) -> Option<JsonType> {
    match name {
        "boolean" => Some(JsonType::Boolean),
        "integer" => Some(JsonType::Integer),
        "number" => Some(JsonType::Number),
        "string" => Some(JsonType::String),
        "array" => Some(JsonType::Array),
        "object" => Some(JsonType::Object),
        _ => None,
    }
}

/// The type of a value; `None` for `null`.
pub(crate) fn type_of(value: &Value) -> Option<JsonType> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() != 0.0) => {
            JsonType::Number
        }
        Value::Number(_) => JsonType::Integer,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    })
}

fn allows(types: &BTreeSet<JsonType>, ty: JsonType) -> bool {
    types.contains(&ty) || (ty == JsonType::Integer && types.contains(&JsonType::Number))
}

fn intersect(a: &BTreeSet<JsonType>, b: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let both = a
        .iter()
        .filter(|ty| allows(b, **ty))
        .chain(b.iter().filter(|ty| allows(a, **ty)));
    both.copied().collect()
}
