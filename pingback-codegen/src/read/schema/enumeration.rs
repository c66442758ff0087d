//! Reads `enum` and `const`, with the names and descriptions of their values.

use super::super::members::MemberReader;
use super::super::tree::{Node, Value};
use super::{JsonType, Literal, Schema};
use crate::diagnostic::{Diagnostic, rules};
use serde_json::Value as JsonValue;
use std::collections::HashMap;

pub(super) fn read_enumeration(members: &mut MemberReader<'_>, node: &Node, schema: &mut Schema) {
    if let Some(value) = node.get("const") {
        schema.nullable |= value.is_null();
        let values = (!value.is_null()).then(|| Literal::of(value));
        schema.enumeration = Some(values.into_iter().collect());
        return;
    }
    let Some(value) = node.get_non_null("enum") else {
        return;
    };
    let values = members.list(node, "enum");
    if values.is_empty() {
        if value.as_array().is_some() {
            members.report(rules::EMPTY_ENUM, value, &[]);
        }
        return;
    }
    let names = read_names(members, node);
    let descriptions = read_descriptions(members, node, values);

    let mut literals = Vec::with_capacity(values.len());
    let mut is_kept = Vec::with_capacity(values.len());
    let mut first_spans = HashMap::with_capacity(values.len());
    for value in values {
        if value.is_null() {
            schema.nullable = true;
            is_kept.push(false);
            continue;
        }
        let literal = read_value(members, value, &schema.types);
        let text = literal.exact.clone().unwrap_or_else(|| literal.value.to_string());
        let key = match &literal.value {
            JsonValue::Number(_) => decimal(&text).unwrap_or_else(|| text.clone()),
            _ => text.clone(),
        };
        if let Some(first) = first_spans.get(&key) {
            let written = match &value.value {
                Value::Number(_) => members.sources.text(value.span),
                _ => &text,
            };
            members.diagnostics.push(
                Diagnostic::new(rules::DUPLICATE_ENUM_VALUE, value.span, &[&written])
                    .related(*first, "first listed here"),
            );
            is_kept.push(false);
            continue;
        }
        first_spans.insert(key, value.span);
        is_kept.push(true);
        literals.push(literal);
    }
    schema.enumeration = Some(literals);
    schema.enum_names = retain_kept(names, &is_kept);
    schema.enum_descriptions = retain_kept(descriptions, &is_kept);
}

/// A text that is equal for equal numbers in the syntax of JSON: the digits without zeros at either end, and the
/// exponent.
fn decimal(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent - i64::try_from(fraction.len()).ok()? + zeros;
    match significant.trim_start_matches('0') {
        "" => Some("0".to_owned()),
        digits => Some(format!("{sign}{digits}e{exponent}")),
    }
}

/// Removes the texts of the values that were left out, if there is a text for each value.
fn retain_kept(mut texts: Vec<String>, is_kept: &[bool]) -> Vec<String> {
    if texts.len() == is_kept.len() {
        let mut is_kept = is_kept.iter();
        texts.retain(|_| is_kept.next() == Some(&true));
    }
    texts
}

fn read_names(members: &mut MemberReader<'_>, node: &Node) -> Vec<String> {
    for key in ["x-enum-varnames", "x-enumNames"] {
        let names = members.strings(node, key);
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// The descriptions of the values: a list, or a mapping from the values.
fn read_descriptions(members: &mut MemberReader<'_>, node: &Node, values: &[Node]) -> Vec<String> {
    for key in ["x-enum-descriptions", "x-enumDescriptions"] {
        let descriptions = match node.get_non_null(key).map(|given| &given.value) {
            None => continue,
            Some(Value::Object(by_value)) => {
                let description = |value: &Node| {
                    let name = value
                        .as_str()
                        .map_or_else(|| value.to_json().to_string(), str::to_owned);
                    let description = by_value.get(&name)?.node.as_str()?;
                    Some(description.to_owned())
                };
                let descriptions = values.iter().map(|value| description(value).unwrap_or_default());
                descriptions.collect()
            }
            Some(_) => members.strings(node, key),
        };
        if !descriptions.is_empty() {
            return descriptions;
        }
    }
    Vec::new()
}

/// A value of `enum`, converted to the type of the schema where its meaning is clear: YAML reads an unquoted `2024` or
/// `true` as something other than a string.
fn read_value(members: &mut MemberReader<'_>, node: &Node, types: &[JsonType]) -> Literal {
    let literal = Literal::of(node);
    let [json_type] = types else {
        return literal;
    };
    if json_type.matches(&literal.value) {
        return literal;
    }
    let converted = match (json_type, &node.value) {
        (JsonType::String, Value::Number(_) | Value::Bool(_)) => Some(members.sources.text(node.span).into()),
        (JsonType::Integer | JsonType::Number, Value::String(text)) => {
            text.trim().parse().ok().map(serde_json::Value::Number)
        }
        (JsonType::Boolean, Value::String(text)) => text.trim().parse::<bool>().ok().map(Into::into),
        _ => None,
    };
    let converted = converted.filter(|value| json_type.matches(value));
    let consequence = match &converted {
        Some(value) => format!("it is read as `{value}`"),
        None => "it is kept unchanged".to_owned(),
    };
    members.report(
        rules::ENUM_VALUE_TYPE,
        node,
        &[&literal.value, &node.type_name(), &json_type.name(), &consequence],
    );
    match converted {
        Some(value) => Literal {
            value,
            exact: None,
            span: literal.span,
        },
        None => literal,
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn equal_numbers_have_equal_texts() {
        for equal in [
            &["10", "1e1", "10.0", "1E+1", "0.1e2"][..],
            &["0", "-0", "0.0", "0e5"],
            &["-1.5", "-15e-1", "-1.50"],
        ] {
            let texts: Vec<_> = equal.iter().map(|number| decimal(number)).collect();
            assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{equal:?}");
        }
        assert_ne!(decimal("9007199254740993"), decimal("9007199254740992"));
        assert_ne!(decimal("1"), decimal("-1"));
        assert_ne!(decimal("1"), decimal("10"));
    }
}
