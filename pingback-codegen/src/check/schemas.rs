//! Finds schemas whose keywords contradict each other, do not apply to the type, or have no effect on the output.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::Document;
use crate::read::number::Number;
use crate::read::schema::pattern::pattern_error;
use crate::read::schema::{Constraints, JsonType, Schema};
use crate::read::tree::Node;
use crate::source::Span;
use indexmap::IndexMap;

/// Keywords that restrict values in a way that no generated type enforces.
const UNENFORCED: [&str; 8] = [
    "not",
    "contains",
    "propertyNames",
    "dependentRequired",
    "dependencies",
    "unevaluatedItems",
    "additionalItems",
    "contentSchema",
];

/// Keywords with schemas that apply to some values only, and what they mean for the generated type.
const CONDITIONAL: [(&str, &str); 4] = [
    (
        "if",
        "a member that only it describes is optional and holds any JSON value",
    ),
    ("then", "a member that only it describes is optional"),
    ("else", "a member that only it describes is optional"),
    ("dependentSchemas", "a member that only they describe is optional"),
];

/// Keywords that identify schemas in ways that are not supported.
const IDENTITY: [&str; 4] = [
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
];

/// Formats of strings.
const STRING_FORMATS: [&str; 16] = [
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "email",
    "idn-email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "url",
    "uri-reference",
    "byte",
    "binary",
    "password",
];

/// Formats of numbers. They also occur for strings that contain numbers.
const NUMBER_FORMATS: [&str; 6] = ["int32", "int64", "uint32", "uint64", "float", "double"];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut mismatches = Grouped::default();
    let mut patterns = Grouped::default();
    let mut null_defaults = Grouped::default();
    for schema in &document.schemas.list {
        let Some(node) = document
            .tree
            .at(&schema.pointer)
            .filter(|node| node.as_object().is_some())
        else {
            continue;
        };
        report_keywords_without_effect(document, node, diagnostics);
        report_impossible_bounds(node, schema, diagnostics);
        if schema.read_only && schema.write_only {
            diagnostics.report(rules::READ_ONLY_AND_WRITE_ONLY, schema.span, &[]);
        }
        report_default_mismatch(node, schema, diagnostics);
        if has_invalid_null_default(node, schema) {
            null_defaults.add(
                (String::new(), ""),
                node.get("default").map_or(schema.span, |node| node.span),
            );
        }
        if let Some(mismatch) = mismatched_keyword(node, schema) {
            mismatches.add(mismatch, schema.span);
        }
        if let Some(pattern) = &schema.constraints.pattern
            && let Some(error) = pattern_error(pattern)
        {
            patterns.add((pattern.clone(), error), schema.span);
        }
        if let Some(divisor) = &schema.constraints.multiple_of
            && divisor.as_f64() <= Some(0.0)
        {
            diagnostics.report(rules::MULTIPLE_OF, schema.span, &[divisor]);
        }
    }
    for ((keyword, json_type), (span, count)) in mismatches.groups {
        diagnostics.report(rules::KEYWORD_MISMATCH, span, &[&keyword, &json_type, &count]);
    }
    for (_, (span, count)) in null_defaults.groups {
        diagnostics.report(rules::NULL_DEFAULT, span, &[&count]);
    }
    for ((pattern, error), (span, count)) in patterns.groups {
        diagnostics.report(rules::BAD_PATTERN, span, &[&pattern, &error, &count]);
    }
}

/// Reports what schemas with conditions mean for their types.
pub(super) fn report_conditions(document: &Document, diagnostics: &mut Diagnostics) {
    let mut conditions = Grouped::default();
    for schema in &document.schemas.list {
        let Some(node) = document.tree.at(&schema.pointer) else {
            continue;
        };
        for (keyword, effect) in CONDITIONAL {
            if let Some(entry) = node.entry(keyword) {
                conditions.add((keyword.to_owned(), effect), entry.key_span);
            }
        }
    }
    for ((keyword, effect), (span, count)) in conditions.groups {
        diagnostics.report(rules::CONDITIONAL_SCHEMA, span, &[&keyword, &effect, &count]);
    }
}

/// Facts that hold for several schemas: the first schema and the number of schemas for each.
#[derive(Default)]
struct Grouped {
    groups: IndexMap<(String, &'static str), (Span, usize)>,
}

impl Grouped {
    fn add(&mut self, fact: (String, &'static str), span: Span) {
        self.groups.entry(fact).or_insert((span, 0)).1 += 1;
    }
}

fn report_keywords_without_effect(document: &Document, node: &Node, diagnostics: &mut Diagnostics) {
    for (key, entry) in node.as_object().into_iter().flatten() {
        if IDENTITY.contains(&key.as_str()) || key == "$id" && document.is_openapi_3_0() {
            diagnostics.report(rules::IDENTITY_KEYWORD, entry.key_span, &[key]);
        } else if UNENFORCED.contains(&key.as_str()) {
            diagnostics.report(rules::UNENFORCED_KEYWORD, entry.key_span, &[key]);
        }
    }
}

/// A lower and an upper bound of the same quantity.
struct Bounds {
    /// The keywords of the lower bound, inclusive and exclusive.
    lower_keywords: [&'static str; 2],
    upper_keywords: [&'static str; 2],
    lower: Option<f64>,
    upper: Option<f64>,
    is_exclusive: bool,
}

impl Bounds {
    fn of_values(limits: &Constraints) -> Self {
        let float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
        Self {
            lower_keywords: ["minimum", "exclusiveMinimum"],
            upper_keywords: ["maximum", "exclusiveMaximum"],
            lower: float(&limits.minimum),
            upper: float(&limits.maximum),
            is_exclusive: limits.exclusive_minimum || limits.exclusive_maximum,
        }
    }

    fn of_counts(keywords: [&'static str; 2], counts: [Option<u64>; 2]) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts above 2^53 need not be distinguished"
        )]
        let [lower, upper] = counts.map(|count| count.map(|count| count as f64));
        Self {
            lower_keywords: [keywords[0]; 2],
            upper_keywords: [keywords[1]; 2],
            lower,
            upper,
            is_exclusive: false,
        }
    }
}

/// Reports lower bounds above the upper bound.
fn report_impossible_bounds(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    let limits = &schema.constraints;
    let all = [
        Bounds::of_values(limits),
        Bounds::of_counts(["minLength", "maxLength"], [limits.min_length, limits.max_length]),
        Bounds::of_counts(["minItems", "maxItems"], [limits.min_items, limits.max_items]),
        Bounds::of_counts(
            ["minProperties", "maxProperties"],
            [limits.min_properties, limits.max_properties],
        ),
    ];
    for bounds in all {
        let (Some(lower), Some(upper)) = (bounds.lower, bounds.upper) else {
            continue;
        };
        if lower < upper || (lower <= upper && !bounds.is_exclusive) {
            continue;
        }
        let key_span = |keywords: [&str; 2]| {
            let entry = keywords.iter().find_map(|keyword| node.entry(keyword));
            entry.map(|entry| entry.key_span)
        };
        let mut finding = Diagnostic::new(
            rules::IMPOSSIBLE_BOUNDS,
            key_span(bounds.lower_keywords).unwrap_or(node.span),
            &[
                &bounds.lower_keywords[0],
                &lower,
                &bounds.upper_keywords[0],
                &upper,
            ],
        );
        if let Some(span) = key_span(bounds.upper_keywords) {
            finding = finding.related(span, "the other bound");
        }
        diagnostics.push(finding);
    }
}

/// Reports a default that `type` or `enum` next to it rules out.
fn report_default_mismatch(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    let Some(default) = node.get_non_null("default") else {
        return;
    };
    let value = default.to_json();
    let types = &schema.types;
    if !types.is_empty() && !types.iter().any(|json_type| json_type.matches(&value)) {
        let names: Vec<&str> = types.iter().map(|json_type| json_type.name()).collect();
        let reason = format!("the type is {}", names.join(" or "));
        diagnostics.report(
            rules::DEFAULT_MISMATCH,
            default.span,
            &[&default.type_name(), &reason],
        );
    } else if let Some(values) = &schema.enumeration
        && !values.iter().any(|literal| literal.value == value)
    {
        let reason = "`enum` does not list it";
        diagnostics.report(rules::DEFAULT_MISMATCH, default.span, &[&value, &reason]);
    }
}

/// Whether the default is null, and the schema's own keywords do not allow null.
fn has_invalid_null_default(node: &Node, schema: &Schema) -> bool {
    let is_typed = !schema.types.is_empty() && node.get_non_null("type").is_some();
    node.get("default").is_some_and(Node::is_null)
        && !schema.nullable
        && (is_typed || schema.enumeration.is_some())
        && schema.reference.is_none()
}

/// The first keyword that does not apply to values of the schema's only type, and that type.
fn mismatched_keyword(node: &Node, schema: &Schema) -> Option<(String, &'static str)> {
    // A type that was inferred from some keywords does not contradict the others.
    node.get_non_null("type")?;
    let [json_type] = schema.types.as_slice() else {
        return None;
    };
    let is_number = matches!(json_type, JsonType::Integer | JsonType::Number);
    let is_string = *json_type == JsonType::String;
    let (is_array, is_object) = (*json_type == JsonType::Array, *json_type == JsonType::Object);
    let format = schema.format.as_deref().filter(|format| {
        STRING_FORMATS.contains(format) && !is_string
            || NUMBER_FORMATS.contains(format) && !is_string && !is_number
    });
    if let Some(format) = format {
        return Some((format!("format: {format}"), json_type.name()));
    }
    let limits = &schema.constraints;
    let keywords = [
        ("minLength", limits.min_length.is_some() && !is_string),
        ("maxLength", limits.max_length.is_some() && !is_string),
        ("pattern", limits.pattern.is_some() && !is_string),
        ("minimum", limits.minimum.is_some() && !is_number),
        ("maximum", limits.maximum.is_some() && !is_number),
        ("multipleOf", limits.multiple_of.is_some() && !is_number),
        ("minItems", limits.min_items.is_some() && !is_array),
        ("maxItems", limits.max_items.is_some() && !is_array),
        ("minProperties", limits.min_properties.is_some() && !is_object),
        ("maxProperties", limits.max_properties.is_some() && !is_object),
    ];
    let (keyword, _) = keywords.into_iter().find(|(_, is_mismatch)| *is_mismatch)?;
    Some((keyword.to_owned(), json_type.name()))
}
