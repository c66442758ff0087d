//! Access to the members of an object by the type that the specification gives them. A value of another type is
//! reported; it is converted if its meaning is clear and left out otherwise. `null` counts as absent.

use super::number::Number;
use super::suggestion::closest_name;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::source::{Sources, Span};
use indexmap::IndexMap;

/// Members of Swagger 2.0 that documents converted by hand often still have: the object, the member, and what
/// OpenAPI 3 has instead.
const SWAGGER_MEMBERS: &[(&str, &str, &str)] = &[
    ("the document", "definitions", "`components.schemas`"),
    ("the document", "parameters", "`components.parameters`"),
    ("the document", "responses", "`components.responses`"),
    (
        "the document",
        "securityDefinitions",
        "`components.securitySchemes`",
    ),
    ("the document", "host", "`servers`"),
    ("the document", "basePath", "`servers`"),
    ("the document", "schemes", "`servers`"),
    ("the document", "consumes", "the `content` of request bodies"),
    ("the document", "produces", "the `content` of responses"),
    ("components", "definitions", "`components.schemas`"),
    (
        "components",
        "securityDefinitions",
        "`components.securitySchemes`",
    ),
    ("an operation", "consumes", "the `content` of the request body"),
    ("an operation", "produces", "the `content` of responses"),
    ("an operation", "schemes", "`servers`"),
    ("a parameter", "type", "`schema`"),
    ("a parameter", "format", "`schema`"),
    ("a parameter", "items", "`schema`"),
    ("a parameter", "enum", "`schema`"),
    ("a parameter", "default", "`schema`"),
    ("a parameter", "collectionFormat", "`style` and `explode`"),
    ("a header", "type", "`schema`"),
    ("a header", "format", "`schema`"),
    ("a response", "schema", "`content`"),
    ("a response", "examples", "`content`"),
    ("a security scheme", "flow", "`flows`"),
    ("a security scheme", "authorizationUrl", "`flows`"),
    ("a security scheme", "tokenUrl", "`flows`"),
    ("a security scheme", "scopes", "`flows`"),
];

/// Reads members of objects and reports values of the wrong type.
pub(super) struct MemberReader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl MemberReader<'_> {
    /// Reports `rule` at a node.
    pub(super) fn report(&mut self, rule: &'static Rule, node: &Node, args: &[&dyn std::fmt::Display]) {
        self.diagnostics.report(rule, node.span, args);
    }

    /// Reports that the value of `key` has the wrong type and is left out.
    pub(super) fn report_wrong_type(&mut self, key: &str, expected: &str, node: &Node) {
        self.report(rules::WRONG_TYPE, node, &[&key, &expected, &node.type_name()]);
    }

    /// Reports that the value of `key` has the wrong type and is converted to `converted`.
    pub(super) fn report_coerced(&mut self, key: &str, expected: &str, node: &Node, converted: &str) {
        self.report(
            rules::COERCED,
            node,
            &[&key, &expected, &node.type_name(), &converted],
        );
    }

    /// Reports that `object`, which is `what`, lacks the required member `key`.
    pub(super) fn report_missing(&mut self, object: &Node, what: &str, key: &str) {
        self.report(rules::MISSING_MEMBER, object, &[&what, &key]);
    }

    /// The string at `key`. A number or boolean is converted to its text in the document.
    pub(super) fn string(&mut self, object: &Node, key: &str) -> Option<String> {
        let value = object.get_non_null(key)?;
        self.as_string(value, key)
    }

    /// The string at `key`; if the member is absent, it is reported as missing from `what`.
    pub(super) fn required_string(&mut self, object: &Node, what: &str, key: &str) -> Option<String> {
        if object.get_non_null(key).is_none() {
            self.report_missing(object, what, key);
        }
        self.string(object, key)
    }

    /// `value`, the value of `key`, as a string. A number or boolean is converted to its text in the document.
    pub(super) fn as_string(&mut self, value: &Node, key: &str) -> Option<String> {
        match &value.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => {
                let text = self.sources.text(value.span).to_owned();
                self.report_coerced(key, "a string", value, &text);
                Some(text)
            }
            _ => {
                self.report_wrong_type(key, "a string", value);
                None
            }
        }
    }

    /// The boolean at `key`. The strings `true` and `false` are converted.
    pub(super) fn boolean(&mut self, object: &Node, key: &str) -> Option<bool> {
        let value = object.get_non_null(key)?;
        let boolean = match &value.value {
            Value::Bool(boolean) => return Some(*boolean),
            Value::String(text) if text.eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.eq_ignore_ascii_case("false") => false,
            _ => {
                self.report_wrong_type(key, "`true` or `false`", value);
                return None;
            }
        };
        self.report_coerced(key, "`true` or `false`", value, &boolean.to_string());
        Some(boolean)
    }

    /// Whether the boolean at `key` is present and true.
    pub(super) fn is_true(&mut self, object: &Node, key: &str) -> bool {
        self.boolean(object, key) == Some(true)
    }

    /// The number at `key`. A string that contains a number is converted.
    pub(super) fn number(&mut self, object: &Node, key: &str) -> Option<Number> {
        let value = object.get_non_null(key)?;
        match &value.value {
            Value::Number(number) => return Some(number.clone()),
            Value::String(text) => {
                if let Some(number) = Number::parse(text.trim()) {
                    self.report_coerced(key, "a number", value, &number.to_string());
                    return Some(number);
                }
            }
            _ => {}
        }
        self.report_wrong_type(key, "a number", value);
        None
    }

    /// The non-negative integer at `key`.
    pub(super) fn count(&mut self, object: &Node, key: &str) -> Option<u64> {
        let number = self.number(object, key)?;
        if let Some(count) = number.as_u64() {
            return Some(count);
        }
        // In JSON Schema `10.0` is an integer.
        if let Some(float) = number.as_f64()
            && float.fract() == 0.0
            && let Ok(count) = format!("{float:.0}").parse()
        {
            return Some(count);
        }
        if let Some(value) = object.get_non_null(key) {
            let found = format!("`{number}`");
            self.report(
                rules::WRONG_TYPE,
                value,
                &[&key, &"a non-negative integer", &found],
            );
        }
        None
    }

    /// The elements of the list at `key`; none if it is absent.
    pub(super) fn list<'n>(&mut self, object: &'n Node, key: &str) -> &'n [Node] {
        let Some(value) = object.get_non_null(key) else {
            return &[];
        };
        value.as_array().unwrap_or_else(|| {
            self.report_wrong_type(key, "a list", value);
            &[]
        })
    }

    /// The list of strings at `key`. A single string is converted to a list of one.
    pub(super) fn strings(&mut self, object: &Node, key: &str) -> Vec<String> {
        let Some(value) = object.get_non_null(key) else {
            return Vec::new();
        };
        if let Value::String(text) = &value.value {
            self.report_coerced(key, "a list of strings", value, &format!("[{text}]"));
            return vec![text.clone()];
        }
        let items = self.list(object, key);
        items
            .iter()
            .filter_map(|item| self.as_string(item, key))
            .collect()
    }

    /// The members of the mapping at `key`; none if it is absent.
    pub(super) fn map<'n>(
        &mut self,
        object: &'n Node,
        key: &str,
    ) -> impl Iterator<Item = (&'n String, &'n Entry)> + use<'n> {
        let value = object.get_non_null(key);
        let members = value.and_then(|value| self.object(value, key));
        members.into_iter().flatten()
    }

    /// The members of `node`, which has to be a mapping. `name` names it in the diagnostic.
    pub(super) fn object<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n IndexMap<String, Entry>> {
        let members = node.as_object();
        if members.is_none() {
            self.report_wrong_type(name, "a mapping", node);
        }
        members
    }

    /// Reports the members of `object` that are neither among `known` nor extensions. `what` is the kind of
    /// object with its article, such as `a parameter`.
    pub(super) fn report_unknown_members(&mut self, object: &Node, what: &str, known: &[&str]) {
        for (key, entry) in object.as_object().into_iter().flatten() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") && key != "$ref" {
                self.diagnostics
                    .push(unknown_member(key, entry.key_span, what, known));
            }
        }
    }
}

fn unknown_member(key: &str, span: Span, what: &str, known: &[&str]) -> Diagnostic {
    let in_swagger = SWAGGER_MEMBERS
        .iter()
        .find(|(object, member, _)| *object == what && *member == key);
    if let Some((_, _, replacement)) = in_swagger {
        return Diagnostic::new(rules::SWAGGER_MEMBER, span, &[&key, &what])
            .hint(format!("in OpenAPI 3 use {replacement}"));
    }
    // Short names resemble too many others.
    let similar = closest_name(key, known.iter().copied())
        .filter(|similar| key.len() > 3 || key.eq_ignore_ascii_case(similar));
    match similar {
        Some(similar) => Diagnostic::new(rules::MISSPELT_MEMBER, span, &[&what, &key])
            .hint(format!("did you mean `{similar}`?")),
        None => Diagnostic::new(rules::UNKNOWN_MEMBER, span, &[&what, &key]),
    }
}
