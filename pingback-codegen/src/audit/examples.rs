//! Examples beside the schemas that they are examples of; those that their schema refuses out.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::Document;
use crate::read::schema::{Additional, JsonType, Schema, SchemaId, Schemas};
use crate::read::tree::{Node, Pointer, Value as Tree};
use crate::source::Span;
use serde_json::Value;

/// How many schemas deep an example is followed.
const DEPTH: usize = 40;
/// How many comparisons one example is worth.
const STEPS: usize = 10_000;

/// Reports every example that isn't valid, with what it should have been.
pub(super) fn refused(document: &Document, diagnostics: &mut Diagnostics) {
    let schemas = &document.schemas;
    for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
        for example in &schema.examples {
            report(document, id, &example.value, example.span, diagnostics);
        }
    }
    beside_schemas(document, diagnostics);
}

/// `example` and `examples` of parameters, headers and media types.
fn beside_schemas(document: &Document, diagnostics: &mut Diagnostics) {
    let mut open = vec![(Pointer::default(), &document.tree)];
    while let Some((pointer, node)) = open.pop() {
        match &node.value {
            Tree::Array(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    open.push((pointer.child(index), node));
                }
            }
            Tree::Object(entries) => {
                if let Some(id) = document.schemas.by_pointer.get(&pointer.child("schema")) {
                    for example in examples(node) {
                        report(document, *id, &example.to_json(), example.span, diagnostics);
                    }
                }
                for (key, entry) in entries {
                    // What lies in an example is a value, whatever it looks like.
                    if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                        open.push((pointer.child(key), &entry.node));
                    }
                }
            }
            _ => {}
        }
    }
}

fn examples(node: &Node) -> impl Iterator<Item = &Node> {
    let named = node.get("examples").and_then(Node::as_object);
    let named = named
        .into_iter()
        .flat_map(|named| named.values().filter_map(|example| example.node.get("value")));
    node.get("example").into_iter().chain(named)
}

fn report(document: &Document, id: SchemaId, example: &Value, span: Span, diagnostics: &mut Diagnostics) {
    let mut judge = Judge {
        schemas: &document.schemas,
        steps: STEPS,
    };
    let Some(refusal) = judge.refuses(id, example, 0) else {
        return;
    };
    let schema = &document.schemas[refusal.by];
    let place = refusal
        .keyword
        .and_then(|keyword| document.span(&schema.pointer.child(keyword)))
        .unwrap_or(schema.span);
    let at = if refusal.at.is_empty() {
        String::new()
    } else {
        format!("at `{}`, ", refusal.at)
    };
    diagnostics.push(
        Diagnostic::new(rules::EXAMPLE_REFUSED, span, &[&format!("{at}{}", refusal.why)])
            .about(document.tree.pointer_at(span).0)
            .related(place, "the schema says this"),
    );
}

/// Why a value is not valid.
struct Refusal {
    /// Where in the value.
    at: String,
    /// The schema that says no, and the keyword by which it does.
    by: SchemaId,
    keyword: Option<&'static str>,
    why: String,
}

struct Judge<'s> {
    schemas: &'s Schemas,
    /// What is left of the budget. A value that is too much to judge is taken as valid.
    steps: usize,
}

impl Judge<'_> {
    fn refuses(&mut self, id: SchemaId, value: &Value, depth: usize) -> Option<Refusal> {
        if depth > DEPTH || self.steps == 0 {
            return None;
        }
        self.steps -= 1;
        let schema = &self.schemas[id];
        if schema.boolean == Some(false) {
            return Some(refusal(id, None, "no value is allowed here".to_owned()));
        }
        if value.is_null() && schema.nullable {
            return None;
        }
        let wrong_type = !schema.types.is_empty() && !schema.types.iter().any(|ty| is(*ty, value));
        if wrong_type {
            let allowed: Vec<&str> = schema.types.iter().map(|ty| name(*ty)).collect();
            let allowed = allowed.join(" or ");
            let why = match value {
                Value::Null | Value::Array(_) | Value::Object(_) => {
                    format!("it is {}, not {allowed}", kind(value))
                }
                scalar => format!("{} is {}, not {allowed}", short(scalar), kind(scalar)),
            };
            return Some(refusal(id, Some("type"), why));
        }
        if let Some(listed) = &schema.enumeration
            && !listed.iter().any(|one| same(&one.value, value))
        {
            let why = format!("{} is none of the values allowed", short(value));
            return Some(refusal(id, Some("enum"), why));
        }
        if let Some(next) = schema.reference
            && let Some(refusal) = self.refuses(next, value, depth + 1)
        {
            return Some(refusal);
        }
        limits(id, schema, value)
            .or_else(|| self.members(id, schema, value, depth))
            .or_else(|| self.items(schema, value, depth))
            .or_else(|| self.combined(id, schema, value, depth))
    }

    fn members(&mut self, id: SchemaId, schema: &Schema, value: &Value, depth: usize) -> Option<Refusal> {
        let members = value.as_object()?;
        // Which of the two directions an example shows is not known, so that what only one of them has may
        // be missing.
        let one_way = |name: &String| {
            let property = schema.properties.get(name).map(|id| &self.schemas[*id]);
            property.is_some_and(|property| property.read_only || property.write_only)
        };
        let missing = schema
            .required
            .iter()
            .find(|name| !members.contains_key(*name) && !one_way(name));
        if let Some(name) = missing {
            return Some(refusal(
                id,
                Some("required"),
                format!("`{name}` is required and missing"),
            ));
        }
        for (name, member) in members {
            let of = match (schema.properties.get(name), schema.additional) {
                (Some(property), _) => *property,
                (None, Additional::Schema(additional)) => additional,
                (None, Additional::Denied) => {
                    let why = format!("there is no property `{name}`");
                    return Some(refusal(id, Some("additionalProperties"), why));
                }
                (None, Additional::Any | Additional::Unspecified) => continue,
            };
            if let Some(refusal) = self.refuses(of, member, depth + 1) {
                return Some(inside(refusal, name));
            }
        }
        None
    }

    fn items(&mut self, schema: &Schema, value: &Value, depth: usize) -> Option<Refusal> {
        for (index, item) in value.as_array()?.iter().enumerate() {
            let of = schema.prefix_items.get(index).copied().or(schema.items);
            if let Some(refusal) = of.and_then(|of| self.refuses(of, item, depth + 1)) {
                return Some(inside(refusal, index));
            }
        }
        None
    }

    fn combined(&mut self, id: SchemaId, schema: &Schema, value: &Value, depth: usize) -> Option<Refusal> {
        for part in &schema.all_of {
            if let Some(refusal) = self.refuses(*part, value, depth + 1) {
                return Some(refusal);
            }
        }
        for (keyword, branches) in [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
            let mut refusals = Vec::new();
            for branch in branches {
                let Some(refusal) = self.refuses(*branch, value, depth + 1) else {
                    refusals.clear();
                    break;
                };
                refusals.push(refusal);
            }
            // What the only branch says is more telling.
            if refusals.len() == 1 {
                return refusals.pop();
            }
            if !refusals.is_empty() {
                return Some(refusal(
                    id,
                    Some(keyword),
                    format!("{} fits no branch", short(value)),
                ));
            }
        }
        None
    }
}

fn refusal(by: SchemaId, keyword: Option<&'static str>, why: String) -> Refusal {
    Refusal {
        at: String::new(),
        by,
        keyword,
        why,
    }
}

fn inside(refusal: Refusal, segment: impl std::fmt::Display) -> Refusal {
    Refusal {
        at: format!("{}{}", Pointer::default().child(segment).0, refusal.at),
        ..refusal
    }
}

/// Lengths, bounds and formats.
fn limits(id: SchemaId, schema: &Schema, value: &Value) -> Option<Refusal> {
    let limits = &schema.constraints;
    let count =
        |what: &str, count: usize, least: Option<u64>, most: Option<u64>, keywords: [&'static str; 2]| {
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            if let Some(least) = least.filter(|least| count < *least) {
                let why = format!("{} has {count} {what}, at least {least} are needed", short(value));
                return Some(refusal(id, Some(keywords[0]), why));
            }
            let most = most.filter(|most| count > *most)?;
            let why = format!("{} has {count} {what}, at most {most} are allowed", short(value));
            Some(refusal(id, Some(keywords[1]), why))
        };
    match value {
        Value::String(text) => {
            let length = text.chars().count();
            let keywords = ["minLength", "maxLength"];
            count(
                "characters",
                length,
                limits.min_length,
                limits.max_length,
                keywords,
            )
            .or_else(|| {
                let format = schema.format.as_deref()?;
                let why = format!("{} is no {format}", short(value));
                (!has_format(format, text)).then(|| refusal(id, Some("format"), why))
            })
        }
        Value::Array(items) => count(
            "items",
            items.len(),
            limits.min_items,
            limits.max_items,
            ["minItems", "maxItems"],
        ),
        Value::Object(members) => {
            let keywords = ["minProperties", "maxProperties"];
            count(
                "properties",
                members.len(),
                limits.min_properties,
                limits.max_properties,
                keywords,
            )
        }
        Value::Number(number) => {
            let number = number.as_f64()?;
            let minimum = limits
                .minimum
                .as_ref()
                .and_then(crate::read::number::Number::as_f64);
            let maximum = limits
                .maximum
                .as_ref()
                .and_then(crate::read::number::Number::as_f64);
            let too_small = minimum
                .is_some_and(|minimum| number < minimum || limits.exclusive_minimum && number <= minimum);
            let too_large = maximum
                .is_some_and(|maximum| number > maximum || limits.exclusive_maximum && number >= maximum);
            if too_small {
                return Some(refusal(
                    id,
                    Some("minimum"),
                    format!("{} is too small", short(value)),
                ));
            }
            too_large.then(|| refusal(id, Some("maximum"), format!("{} is too large", short(value))))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// Whether a text has a format; one that isn't known here has every text.
fn has_format(format: &str, text: &str) -> bool {
    let looks_like = |pattern: &str, text: &str| {
        text.len() == pattern.len()
            && pattern
                .bytes()
                .zip(text.bytes())
                .all(|(pattern, byte)| match pattern {
                    b'0' => byte.is_ascii_digit(),
                    b'f' => byte.is_ascii_hexdigit(),
                    sign => sign == byte,
                })
    };
    match format {
        "date" => looks_like("0000-00-00", text),
        "date-time" => {
            let (Some(date), Some(time)) = (text.get(..10), text.get(11..)) else {
                return false;
            };
            looks_like("0000-00-00", date)
                && matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' '))
                && time.get(..8).is_some_and(|clock| looks_like("00:00:00", clock))
                && (time.ends_with(['Z', 'z'])
                    || time.len() > 6 && looks_like("00:00", &time[time.len() - 5..]))
        }
        "uuid" => looks_like("ffffffff-ffff-ffff-ffff-ffffffffffff", text),
        "email" => text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty()),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    }
}

fn is(ty: JsonType, value: &Value) -> bool {
    match ty {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

/// `1` and `1.0` are one number.
fn same(first: &Value, second: &Value) -> bool {
    match (first.as_f64(), second.as_f64()) {
        (Some(first), Some(second)) => (first - second).abs() < f64::EPSILON * first.abs().max(1.0),
        _ => first == second,
    }
}

fn name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Boolean => "a truth value",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A value for a message.
fn short(value: &Value) -> String {
    match value {
        Value::Array(_) => "the array".to_owned(),
        Value::Object(_) => "the object".to_owned(),
        scalar => {
            let text = scalar.to_string();
            match text.char_indices().nth(60) {
                Some((cut, _)) => format!("`{}...`", &text[..cut]),
                None => format!("`{text}`"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use std::fmt::Write as _;

    fn findings(schemas: &str) -> String {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
        );
        let id = sources.add("a.yaml", text);
        let document = crate::read::document::read(id, &sources, &mut diagnostics).expect("a document");
        let mut found = Diagnostics::default();
        refused(&document, &mut found);
        let mut lines = String::new();
        for finding in &found {
            let _ = writeln!(
                lines,
                "{}",
                finding.message.rsplit(": ").next().unwrap_or_default()
            );
        }
        lines
    }

    #[test]
    fn each_keyword_can_refuse() {
        insta::assert_snapshot!(findings(
            "    A: {type: string, example: 25}\n\
             \x20   B: {type: string, enum: [a], example: b}\n\
             \x20   C: {type: integer, maximum: 3, example: 4}\n\
             \x20   D: {type: string, format: uuid, example: '1'}\n\
             \x20   E: {type: object, required: [a], example: {}}\n\
             \x20   F: {type: array, items: {$ref: '#/components/schemas/A'}, example: [1]}\n\
             \x20   G: {oneOf: [{type: string}, {type: integer}], example: []}\n\
             \x20   H: {type: string, example: null}\n\
             \x20   I: {type: string, maxLength: 2, example: abc}\n"
        ), @r#"
        `25` is a number, not a string
        `"b"` is none of the values allowed
        `4` is too large
        `"1"` is no uuid
        `a` is required and missing
        at `/0`, `1` is a number, not a string
        the array fits no branch
        it is null, not a string
        `"abc"` has 3 characters, at most 2 are allowed
        "#);
    }

    #[test]
    fn what_fits_is_not_reported() {
        let fitting = "    A: {type: string, nullable: true, example: null}\n\
             \x20   B: {type: number, example: 4}\n\
             \x20   C: {type: string, format: date-time, example: '2021-11-26T13:42:17.191Z'}\n\
             \x20   D: {type: string, format: date, example: 2021-11-26}\n\
             \x20   E: {anyOf: [{type: string}, {type: integer}], example: 1}\n\
             \x20   F: {type: object, required: [id], properties: {id: {type: string, readOnly: true}}, example: {}}\n\
             \x20   G: {type: object, properties: {g: {$ref: '#/components/schemas/G'}}, example: {g: {g: {}}}}\n\
             \x20   H: {example: 1}\n";
        assert_eq!(findings(fitting), "");
    }
}
